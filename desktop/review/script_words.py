"""A step's words without the figures that were filled in for the customer."""

import re

_FILLED = re.compile(r"\{\{.*?\}\}", re.S)
_RUN = re.compile("…(?: ?…)+")
_BEFORE = re.compile(r"^…[\s，、。！？,.!?]*")
"""a name or a greeting that stood first: without it the words begin with what follows"""
_CASE = re.compile(r"\{%.*?%\}", re.S)


def bare_words(template: str) -> str:
    """`您上月 {{ used }} 元` as `您上月 … 元`; of cases all words."""
    bare = " ".join(_CASE.sub("", _FILLED.sub("…", template)).split())
    return _BEFORE.sub("", _RUN.sub("…", bare))
