"""P9, product: the click on the review, until its first chart is painted; then filters, each until it is repainted.

Arguments: the store's folder, how many filters. The program runs already: Qt and the store stand before the click, and
nothing of the review is imported. Prints as JSON seconds and what was shown.
"""

import json
import sys
import time
from functools import partial
from pathlib import Path

import made_packs_store
from painting import Painted
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from core.calling import Moment
from core.desk.desk import Desk
from core.domain.text import Text
from core.sync.review import ReviewLine
from core.sync.transport import Transport
from core.wire.session import Site
from desktop import theme
from desktop.jobs import Jobs
from desktop.tongue import Tongue


def main() -> int:
    folder, filters = Path(sys.argv[1]), int(sys.argv[2])
    qt = QApplication(sys.argv[:1])
    theme.apply(qt, theme.Theme.LIGHT)
    store = made_packs_store.opened(folder)
    window, jobs = QStackedWidget(), Jobs()
    window.addWidget(QWidget())
    window.resize(1366, 740)
    window.show()
    qt.processEvents()
    unwanted = [name for name in ("pandas", "pyarrow", "numpy", "core.review.frame") if name in sys.modules]
    begin = time.perf_counter()
    desk = Desk(
        store=store, agent=made_packs_store.AGENT, site=Site(name_zh="", name_en="", official_hotline="10000"),
        moment=lambda: Moment(made_packs_store.NOW, 0.0),
    )  # fmt: skip
    from desktop.review.page import ReviewPage

    page = ReviewPage(
        desk, ReviewLine(store, Transport("http://127.0.0.1:9"), made_packs_store.AGENT), Tongue(),
        lane=partial(jobs.store, jobs), heavy=partial(jobs.heavy, jobs),
        scenario_name=lambda name: Text(name, name), online=lambda: False, show_error=_fail, logged=lambda: None,
    )  # fmt: skip
    window.addWidget(page)
    window.setCurrentWidget(page)
    page._load()
    took: list[float] = []
    seen: list[dict[str, object]] = []

    def painted(since: float) -> None:
        took.append(time.perf_counter() - since)
        seen.append(_shown(page))
        if len(took) > filters:
            print(json.dumps({"seconds": took, "shown": seen, "unwanted": unwanted}), flush=True)
            qt.quit()
            return
        before, now = page.look, time.perf_counter()
        Painted(page.overview.hours, partial(painted, now), lambda: page.look is not before)
        page.filters.narrow("scenario", f"scenario-{len(took) % 6}")

    Painted(page.overview.hours, partial(painted, begin), lambda: page.look is not None)
    return qt.exec()


def _shown(page: object) -> dict[str, object]:
    """By agent calls, answered, owners, successes; the map of hours; the reasons."""
    from core.review.measures import Measure

    look = page.look  # type: ignore[attr-defined]
    agents = {
        row.word: [row.figures[one].part for one in (Measure.CALLS, Measure.CONNECT_RATE, Measure.OWNERS,
                                                     Measure.SUCCESSES, Measure.SAVE_RATE_7)]
        for row in look.rows
    }  # fmt: skip
    cells = [[one.weekday, one.hour, one.connected, one.dialled] for one in look.hours if one.dialled]
    return {"agents": agents, "hours": cells, "reasons": sorted([bar.reason, bar.calls] for bar in look.reasons)}


def _fail(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    sys.exit(main())
