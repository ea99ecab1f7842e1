"""Lists that nobody here wrote: every row is taken, every column can be found again at the customer."""

import csv
import shutil
from pathlib import Path

import pytest
from import_kit import MemorySink, bring_in

from core.domain.customer import Document
from core.domain.money import yuan

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def public_list(name: str, folder: Path) -> Path:
    source = DATA / name
    if not source.is_file():
        pytest.skip(f"{source} is absent: the public lists do not come with the checkout")
    return Path(shutil.copy(source, folder / name))


def reachable(sink: MemorySink, document: Document) -> set[str]:
    """Everything that the 360° view can show of the customer, as words."""
    labels = {one.name: one for one in sink.catalogue}
    shown = {str(value) for value in (document.indicators or {}).values()}
    shown |= {
        yuan(value).replace(",", "")
        for name, value in (document.indicators or {}).items()
        if labels[name].type == "fen" and isinstance(value, int)
    }
    identity = document.identity
    assert identity is not None
    shown |= {identity.gender or "", str(identity.tenure_months)}
    shown |= {contract.kind.en for contract in document.services.contracts} if document.services else set()
    return {word.lower() for word in shown}


# ID-06
def test_the_ibm_list_loads_with_all_of_its_columns(tmp_path: Path) -> None:
    path = public_list("telco_ibm.csv", tmp_path)
    sink = MemorySink()
    sink._put_task = lambda task: sink.tasks.setdefault(task.id, task)  # type: ignore[method-assign, assignment]
    report = bring_in(path, sink, demo_numbers=True)
    assert (report.rows, report.accepted, report.rejected, report.without_number) == (7043, 7043, 0, 0)
    assert len({task.customer.numbers for task in sink.tasks.values()}) == 7043
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(sink.catalogue) + 3 == 21  # gender, tenure and contract have places of their own
    for row, document in list(zip(rows, sink.documents, strict=True))[::97]:
        shown = reachable(sink, document)
        for column, cell in row.items():
            word = {"yes": "true", "no": "false"}.get(cell.lower(), cell.strip().lower())
            figure = word.removesuffix(".0")
            assert not word or {word, cell.lower(), figure, f"{word}0", f"{word}.00", f"{word}.0"} & shown, (
                column,
                cell,
            )
    blank = [row["customerID"] for row in rows if not row["TotalCharges"].strip()]
    without = [document for document in sink.documents if sink.indicator(document, "TotalCharges") is None]
    assert len(blank) == len(without) == 11
    again = bring_in(path, sink, demo_numbers=True)
    assert (again.unchanged, len(sink.tasks)) == (7043, 7043)


def test_a_list_without_names_numbers_or_ids_loads_with_invented_ones(tmp_path: Path) -> None:
    path = public_list("mlc_churn.csv", tmp_path)
    sink = MemorySink()
    sink._put_task = lambda task: sink.tasks.setdefault(task.id, task)  # type: ignore[method-assign, assignment]
    report = bring_in(path, sink, demo_numbers=True)
    assert (report.rows, report.accepted, report.rejected) == (5000, 5000, 0)
    assert len(sink.catalogue) == 20
    first = sink.documents[0]
    assert sink.indicator(first, "total_day_charge") == 45.07
    assert sink.indicator(first, "churn") is False
