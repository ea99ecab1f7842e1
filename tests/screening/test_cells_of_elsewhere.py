"""Figures and days of lists from elsewhere are what they say, or stay as words."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.screening.model.cells import days, numbers
from core.screening.model.elsewhere import written_here
from core.screening.model.reading import read_list


def _here(*cells: str) -> list[str]:
    return [str(one) for one in written_here(pd.DataFrame({"a": cells, "b": "x"}))["a"]]


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (["1.234,50", "12,5", "999"], [1234.5, 12.5, 999.0]),
        (["1.234,50 €", "-12,50 €", ""], [1234.5, -12.5, np.nan]),
        (["0,125", "12,345", "1"], [0.125, 12.345, 1.0]),
        (["12,5%", "7,25%"], [12.5, 7.25]),
        (["1,234.50", "12.5", "1,234,567"], [1234.5, 12.5, 1234567.0]),
        (["1,234", "12,345"], [1234.0, 12345.0]),
        (["1,23,456", "12,34,567", "99"], [123456.0, 1234567.0, 99.0]),
        (["$1,234.50", "$8"], [1234.5, 8.0]),
        (["R$ 1.234,50", "R$ 8,00"], [1234.5, 8.0]),
        (["¥1,234.5元", "￥8"], [1234.5, 8.0]),
        (["1'234.50", "8.00"], [1234.5, 8.0]),
    ],
)
def test_a_figure_is_read_as_its_country_writes_it(cells: list[str], figures: list[float]) -> None:
    # ID-04
    np.testing.assert_allclose(numbers(pd.Series(_here(*cells)))[0], figures)


@pytest.mark.parametrize(
    ("cells", "here"),
    [
        (["31.12.2025", "01.02.2026"], ["2025-12-31", "2026-02-01"]),
        (["31/12/2025", "01/02/2026 10:30"], ["2025-12-31", "2026-02-01"]),
        (["12/31/2025", "6/1/2026"], ["2025-12-31", "2026-06-01"]),
        (["01/01/2026", "02/01/2026", "03/01/2026"], ["2026-01-01", "2026-02-01", "2026-03-01"]),
        (["01-Jan-2026", "15-Dec-2025"], ["2026-01-01", "2025-12-15"]),
        (["2026-01-05", "2026/02/06"], ["2026-01-05", "2026/02/06"]),
        (["05/06/2026", "07/08/2026"], ["05/06/2026", "07/08/2026"]),
        (["1.2.3.4", "10.0.0.1"], ["1.2.3.4", "10.0.0.1"]),
        (["畅享, 59", "融合, 129"], ["畅享, 59", "融合, 129"]),
    ],
)
def test_a_day_is_read_where_the_column_leaves_no_doubt(cells: list[str], here: list[str]) -> None:
    # ID-04
    assert _here(*cells) == here


def test_a_column_in_doubt_follows_the_others_of_its_list(tmp_path: Path) -> None:
    # ID-04
    path = tmp_path / "list.csv"
    path.write_text("since;until;fee;churn\n05/06/2025;31/12/2026;9,90;0\n07/08/2025;30/11/2026;19,90;1\n", "utf-8-sig")
    frame = read_list(path).frame
    assert frame["since"].tolist() == ["2025-06-05", "2025-08-07"]
    assert np.isfinite(days(frame["until"], compact=False)[0]).all()
    assert frame["fee"].tolist() == ["9.90", "19.90"]
