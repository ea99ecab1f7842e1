"""The line of headers of a labelled list, and titles that stand above it."""

from pathlib import Path

import pytest

from core.screening.model.labels import labels_in
from core.screening.model.naming import load_naming
from core.screening.model.reading import read_list


@pytest.mark.parametrize(
    "text",
    [
        "2025 年离网样本\n\n客户编号,在网,流失 标记\nA,20,Y\nB,30,N\n",
        "样本；2025;;\n客户编号;在网;流失 标记\nA;20;Y\nB;30;N\n",
        '"离网样本\n二〇二五年"\n制表：张三\n客户编号\t在网\t"流失\n标记"\nA\t20\tY\nB\t30\tN\n',
    ],
)
def test_a_title_above_the_headers_is_passed_over(tmp_path: Path, text: str) -> None:
    # ID-04
    path = tmp_path / "list.csv"
    path.write_text(text, "gb18030")
    frame = read_list(path).frame
    assert list(frame.columns) == ["客户编号", "在网", "流失 标记"]
    assert frame.to_numpy().tolist() == [["A", "20", "Y"], ["B", "30", "N"]]
    assert labels_in(frame, load_naming()) == ["流失 标记"]


def test_what_may_be_a_customer_is_not_taken_for_headers(tmp_path: Path) -> None:
    # ID-04: a list whose columns but one have no name
    path = tmp_path / "list.csv"
    path.write_text("churn,,\nyes,5,A\nno,7,B\n", "utf-8")
    assert read_list(path).frame["churn"].tolist() == ["yes", "no"]
