"""A row as it was read, before anyone knows what its cells mean."""

from msgspec import Struct

from core.domain.text import Text


class Row(Struct, frozen=True):
    number: int
    """as a spreadsheet counts it, from 1, blank rows and the header among them"""
    cells: list[str]
    fault: Text | None = None
    """why the row cannot be trusted, where its form is broken"""

    @property
    def blank(self) -> bool:
        return self.fault is None and not any(cell.strip() for cell in self.cells)


UNCLOSED_QUOTE = Text(zh="引号没有闭合", en="a quotation mark is never closed")
UNREADABLE = Text(zh="含有无法识别的字符", en="holds characters that cannot be read")
