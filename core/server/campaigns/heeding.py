"""Who wants no calls, or none that sell, as a list says: it binds, on whichever list it stands (OUTCOME-11, ID-06)."""

from collections.abc import Sequence

from core.compliance.moments import CONSENT
from core.domain.customer import Care, Document
from core.server import binding
from core.server.customer_ids import of_source
from core.server.db import refusals
from core.server.db.engine import Unit
from core.server.loading.customers import CustomerBatch
from core.server.one_run import one_run_at_a_time
from core.wire.campaigns import ListRow


def heed(unit: Unit, rows: Sequence[ListRow], whom: Sequence[Sequence[str]], *, by: str) -> None:
    """As an import heeds it: for the customer and their numbers, be they here already or come later. `rows`: those that
    say so; `whom`: of each the customers whom it may mean."""
    if not rows:
        return
    wanting = list(zip(rows, whom, strict=True))
    one_run_at_a_time(unit)
    selling = sorted({ids[0] for row, ids in wanting if row.withholds_consent and len(ids) == 1})
    CustomerBatch(unit, [Document(id=one, indicators={CONSENT: False}) for one in selling]).write()
    wanting = [(row, ids) for row, ids in wanting if row.wants_no_calls]
    here = sorted({ids[0] for _row, ids in wanting if len(ids) == 1})
    CustomerBatch(unit, [Document(id=one, care=Care(opted_out=True)) for one in here]).write()
    strangers = {of_source(row.customer_id) for row, ids in wanting if row.customer_id and not ids}
    # A list of one column may hold numbers where it names ids; what is no line refuses nothing.
    numbers = sorted({told for row, _ids in wanting for told in (row.number, row.customer_id) if told})
    refusals.keep(unit, strangers, numbers)
    binding.bind_all_with(unit, numbers, besides=here, writer=by, outcome_id="")
