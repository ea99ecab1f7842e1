"""Keys as people read them, and those of the pages."""

PAGE_KEYS = (
    *(f"Ctrl+{number}" for number in range(1, 10)),
    *(f"Ctrl+Shift+{number}" for number in range(1, 7)),
)
"""the pages, in the order of their tabs"""


_ON_THE_CAP = {"Return": "Enter", "Delete": "Del", "Backspace": "Bksp", "Left": "←", "Right": "→"}


def on_both_enters(key: str) -> tuple[str, ...]:
    """The key as Qt knows it: one with Return stands on the keypad's Enter as well."""
    return (key, key.replace("Return", "Enter")) if "Return" in key else (key,)


def cap(key: str) -> str:
    """The key as people read it, everywhere alike: `Ctrl+Return` is written Ctrl+Enter, `Alt+Left` Alt+←."""
    return "+".join(_ON_THE_CAP.get(part, part) for part in key.split("+"))
