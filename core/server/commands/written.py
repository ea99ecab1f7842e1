"""A text file that a command writes: whole, or not at all."""

from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text
from core.review.taking.whole_file import whole_file

_PAGES = (".html", ".htm")


def write_whole(path: Path, words: str) -> None:
    """A file of that name is replaced only by a whole one. Raises InputError where the disk does not take it."""
    with whole_file(path) as beside:
        beside.write_text(words, encoding="utf-8", newline="\n")


def page_asked(path: Path | None) -> Path | None:
    """The place of a report, asked for before the work begins. Raises InputError where its name says that it is no
    page: HTML that is called a PDF opens nowhere."""
    if path is None or path.suffix.lower() in _PAGES:
        return path
    raise InputError(
        title=Text("报告是网页文件", "The report is a page"),
        message=Text(f"{path.name} 不以 .html 结尾。", f"{path.name} does not end in .html."),
        next_step=Text(
            "请用 .html；要 PDF 就用浏览器打开后打印成 PDF。",
            "Use .html; for a PDF open it in a browser and print it as one.",
        ),
    )
