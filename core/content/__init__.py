"""Content: scripts, dispositions, templates. Reads and checks YAML for the server, decodes JSON for the client.

`core.content.decode` is all that the client's start path needs; YAML is imported when a file is first read."""

from core.content.decode import decode_dispositions, decode_script, decode_skip_reasons, decode_sms_templates
from core.content.flaws import Flaw
from core.content.load import load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.content.resources import folder
from core.content.shipped import (
    Shipped,
    dispositions,
    knowledge,
    pieces_of,
    scripts,
    shipped,
    skip_reasons,
    sms_templates,
)

__all__ = [
    "Flaw",
    "Shipped",
    "decode_dispositions",
    "decode_script",
    "decode_skip_reasons",
    "decode_sms_templates",
    "dispositions",
    "folder",
    "knowledge",
    "load_dispositions",
    "load_script",
    "load_skip_reasons",
    "load_sms_templates",
    "pieces_of",
    "scripts",
    "shipped",
    "skip_reasons",
    "sms_templates",
]
