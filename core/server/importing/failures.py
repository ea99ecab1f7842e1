"""What cannot be read as a list, said plainly in both languages."""

from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text

TITLE = Text(zh="名单无法导入", en="The list cannot be imported")


def refuse(message: Text, next_step: Text) -> InputError:
    return InputError(title=TITLE, message=message, next_step=next_step)


def not_a_table(path: Path, zh: str, en: str) -> InputError:
    """The file is no list of the forms that can be read."""
    return refuse(
        Text(zh=f"{path.name}：{zh}。", en=f"{path.name}: {en}."),
        Text(
            zh="请另存为 CSV（UTF-8 或 GB18030）或 XLSX 后重试。",
            en="Save it as CSV (UTF-8 or GB18030) or XLSX and try again.",
        ),
    )
