"""A repair case between two desks and a real server: begun offline, helped with, handed over, found by its caller."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from news_kept import News
from rough_server import ANNA, SITE
from server_process import ServerProcess
from store_kit import a_document

from core.calling import Moment
from core.desk import case_acts, casework
from core.desk.desk import Desk
from core.domain.case import CASE, Passed
from core.domain.customer import Identity
from core.domain.people import Agent
from core.domain.promise import PROMISE
from core.domain.task import Tier
from core.domain.text import Text
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.store.types import Applied
from core.sync.ask import Ask
from core.sync.sign_in import sign_in_online
from core.sync.syncer import Syncer
from core.sync.transport import Transport

PASSWORD = "stayline-demo"
BEN = msgspec.structs.replace(ANNA, staff_number="2044", name="白予安")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path / "server") as running:
        for who in (ANNA, BEN):
            running.add_user(who, PASSWORD)
        running.publish_content()
        document = a_document(1, numbers=("10000007788",), name="吴文静")
        document.identity = Identity(name="吴文静", tier=Tier.DIAMOND)
        running.load([(document, None)])
        yield running


@pytest.fixture
def bens(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "bens", StoreKey("5a" * 32))
    yield opened
    opened.close()


def a_desk(server: ServerProcess, store: Store, who: Agent, news: News) -> tuple[Desk, Syncer]:
    transport = Transport(server.url, read_s=10)
    sign_in_online(store, transport, who.staff_number, PASSWORD)
    desk = Desk(store=store, agent=who, site=SITE, moment=lambda: Moment(datetime.now(UTC), 0.0))
    return desk, Syncer(store, transport, news, poll_s=600)


def brought(kind: str, news: News) -> None:
    news.until(lambda one: isinstance(one, Applied) and any(found == kind for found, _ in one.content))


def sent(store: Store, news: News) -> None:
    news.until(lambda one: not isinstance(one, Applied) and one.waiting == 0 and not store.pending(1))


def _owner(desk: Desk) -> str:
    rows = casework.board(desk).open
    return rows[0].case.owner.staff_number if rows else ""


def test_a_case_begun_offline_is_helped_with_and_handed_over(
    server: ServerProcess, store: Store, bens: Store, news: News
) -> None:
    # VIP-06, VIP-08, VIP-11, TASK-12
    bens_news = News()
    (anna, annas_sync), (ben, bens_sync) = a_desk(server, store, ANNA, news), a_desk(server, bens, BEN, bens_news)
    try:
        Ask(store, annas_sync._transport).open_customer("C0001")
        annas_sync.start()
        brought("repair", news)
        server.stop()
        roaming = casework.template(anna, "roaming-no-service")
        case = case_acts.open_case(anna, "C0001", "吴文静", template=roaming)
        case_acts.promise(anna, "C0001", "吴文静", "回复换卡结果", datetime.now(UTC) + timedelta(hours=1))
        case_acts.join(anna, case, BEN.staff_number, BEN.name)
        server.start()
        annas_sync.wake()
        sent(store, news)
        # What the server makes of it comes back: the tier that it knows, the pace that follows.
        brought(CASE, news)
        (row,) = casework.board(anna).open
        assert (row.case.began.tier, row.unsent) == (Tier.DIAMOND, False)
        bens_sync.start()
        brought(PROMISE, bens_news)
        (seen,) = casework.board(ben, "7788").open
        assert (seen.name, seen.promises[0].made.words) == ("吴文静", "回复换卡结果")
        case_acts.check(ben, case, step="swap_test", name=Text("换机测试", "Swap test"), finding="换机后正常")
        bens_sync.wake()
        sent(bens, bens_news)
        annas_sync.wake()
        brought(CASE, news)
        assert [one.finding for one in casework.board(anna).open[0].case.checks] == ["换机后正常"]
        case_acts.hand_over(anna, BEN.staff_number, "客户晚上方便")
        assert casework.board(anna).handing_over
        annas_sync.wake()
        sent(store, news)
        brought(CASE, news)
        assert casework.board(anna).open == ()
        bens_sync.wake()
        bens_news.until(lambda one: isinstance(one, Applied) and _owner(ben) == BEN.staff_number)
        (mine,) = casework.board(ben).open
        passed = next(one.what for one in mine.case.log if isinstance(one.what, Passed))
        assert "换机测试：换机后正常" in passed.summary.zh
        assert passed.summary.zh.endswith("客户晚上方便")
    finally:
        annas_sync.stop()
        bens_sync.stop()
