"""What cannot be read as a list, said plainly in both languages."""

from pathlib import Path

from core.domain.content_reasons import in_chinese
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.importing.raw import Raw

TITLE = Text(zh="名单无法导入", en="The list cannot be imported")


def refuse(message: Text, next_step: Text) -> InputError:
    return InputError(title=TITLE, message=message, next_step=next_step)


SAVE_AS = Text(
    zh="请另存为 CSV（UTF-8 或 GB18030）或 XLSX 后重试。", en="Save it as CSV (UTF-8 or GB18030) or XLSX and try again."
)


def not_a_table(path: Path | Raw, zh: str, en: str, *, how: Text = SAVE_AS) -> InputError:
    """The file is no list of the forms that can be read; `how` it becomes one."""
    return refuse(
        Text(zh=f"{path.name}：{zh}，没有导入任何客户。", en=f"{path.name}: {en}. Nothing was imported."),
        how,
    )


def not_opened(path: Path, error: OSError) -> InputError:
    """The file is not there, or may not be read."""
    why = error.strerror or type(error).__name__
    next_step = Text(zh="请检查路径和权限。", en="Check the path and its permissions.")
    if path.is_dir():
        next_step = Text(zh="请写出里面那个名单文件的名字。", en="Name the list inside it.")
    return refuse(
        Text(
            zh=f"{path.name} 打不开（{in_chinese(why)}），没有导入任何客户。",
            en=f"{path.name} cannot be opened ({why}). Nothing was imported.",
        ),
        next_step,
    )


def only_headers(path: Path, sheet: str) -> InputError:
    """Nothing stands below the headers, or nothing at all that is a row of data."""
    where = (
        Text(f"{path.name} 的工作表“{sheet}”", f"Sheet “{sheet}” of {path.name}")
        if sheet
        else Text(path.name, path.name)
    )
    return refuse(
        Text(
            zh=f"{where.zh} 只有表头，没有一行客户，没有导入任何客户。",
            en=f"{where.en} holds headers and not one row of customers. Nothing was imported.",
        ),
        Text(
            zh="请检查导出时是否选了条件或别的工作表（--sheet 名称），补上数据后再导入。",
            en="See whether a filter was on at its export or another sheet (--sheet NAME) holds them; import it again.",
        ),
    )
