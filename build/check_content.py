"""Read all shipped content as the server and the desktop do; each mistake with its file and line, status 1 if any."""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.compliance import load_calendar
from core.content import load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.content.resources import folder
from core.domain.errors import ContentError

READERS: dict[str, Callable[[Path], object]] = {
    "scripts/*.yaml": load_script,
    "dispositions/*.yaml": load_dispositions,
    "templates/sms.yaml": load_sms_templates,
    "templates/skip_reasons.yaml": load_skip_reasons,
    "calendars/*.yaml": lambda path: load_calendar(path.stem),
}


def main() -> int:
    """0 where everything reads."""
    read, wrong = 0, []
    for pattern, reader in READERS.items():
        for path in sorted(folder().glob(pattern)):
            read += 1
            try:
                reader(path)
            except ContentError as error:
                wrong.append(f"{path.parent.name}/{error.file}:{error.line}: {error.message.en}")
    print(*wrong, f"{read} content files, {len(wrong)} with a mistake", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
