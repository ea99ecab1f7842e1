"""The sync's thread: what it uploads and takes, what it tells, and how it outlives what goes wrong."""

import logging
import time
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from news_kept import News
from rough_server import Asked, SmallStayline, problem
from store_kit import NOW, a_dial, a_task, asking, put, saved

from core.domain.calendar import Window
from core.domain.call import QuietAsked
from core.domain.errors import Refused, ServerUnreachable, StaylineError
from core.store.store import Store
from core.store.types import Applied, UploadState
from core.sync.session import remember, remembered
from core.sync.status import SyncState, SyncStatus
from core.sync.syncer import Syncer
from core.sync.transport import Transport
from core.wire.push import QuietTold

DAY = (NOW - timedelta(days=1), NOW + timedelta(days=1))


def test_it_pushes_then_pulls_then_is_online(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    kept = saved(a_task(2))
    signed_in.save(kept)
    small.changes = [put(a_task(1))]
    syncer.start()
    news.until(lambda one: isinstance(one, Applied) and one.task_ids == ("T0001",))
    status = news.status(lambda one: one.state is SyncState.ONLINE)
    assert (status.waiting, status.last_error) == (0, None)
    assert small.taken == [str(kept.id)]
    order = [asked.path.split("?")[0] for asked in small.asked]
    assert order.index("/v1/push") < order.index("/v1/pull")
    assert signed_in.counts(asking()).total == 1


def test_a_save_is_uploaded_when_it_wakes_the_sync(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    signed_in.save(saved(a_task(1)))
    syncer.wake()
    news.status(lambda one: one.state is SyncState.SYNCING)
    news.status(lambda one: one.state is SyncState.ONLINE and one.waiting == 0)
    assert len(small.taken) == 1


def test_pages_follow_one_another_with_progress(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.changes = [put(a_task(n)) for n in range(25)]
    small.page = 10
    syncer.start()
    told = [news.status(lambda one: one.progress is not None).progress for _ in range(2)]
    assert told == [(10, None), (20, None)]
    news.status(lambda one: one.state is SyncState.ONLINE)
    assert signed_in.counts(asking()).total == 25


def test_a_pull_that_is_cut_off_shows_what_was_there_before_and_goes_on_where_it_stood(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.changes = [put(a_task(n)) for n in range(3)]
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    small.changes += [put(a_task(n)) for n in range(3, 28)]
    small.page = 10
    small.first = lambda asked: (502, {}, b"gone") if "cursor=23" in asked.path else None
    syncer.wake()
    news.status(lambda one: one.last_error is not None)
    assert (signed_in.counts(asking()).total, signed_in.cursor()) == (3, "23")
    small.first, before = lambda _asked: None, len(small.asked)
    syncer.retry_now()
    news.until(lambda one: isinstance(one, Applied) and one.finished)
    assert signed_in.counts(asking()).total == 28
    assert [one.path.split("cursor=")[1].split("&")[0] for one in small.asked[before:] if "pull" in one.path] == ["23"]


def test_without_the_server_it_says_since_when_and_how_much_waits(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.first = lambda _asked: (502, {}, b"gone")
    signed_in.save(saved(a_task(1)))
    signed_in.log(a_dial("C1"))
    syncer.start()
    status = news.status(lambda one: one.state is SyncState.OFFLINE and one.last_error is not None)
    assert (status.waiting, status.oldest_waiting_at) == (2, NOW)
    assert isinstance(status.last_error, ServerUnreachable)
    again = news.status(lambda one: one.last_error is not None)
    assert again.since == status.since, "offline since the first failure"
    small.first = lambda _asked: None
    syncer.retry_now()
    assert news.status(lambda one: one.state is SyncState.ONLINE).waiting == 0
    assert len(small.taken) == 2


def test_a_desk_that_runs_on_past_its_limit_is_shut_until_the_server_is_heard(
    signed_in: Store, url: str, small: SmallStayline, news: News
) -> None:
    # Reliability S5: by a clock that nobody sets, as whoever was dismissed leaves the program running
    steady = [1000.0]
    syncer = Syncer(signed_in, Transport(url, read_s=3), news, poll_s=600, steady_s=lambda: steady[0])
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    small.first = lambda _asked: (502, {}, b"gone")
    steady[0] += 72 * 3600 - 1
    syncer.retry_now()
    assert isinstance(news.status(lambda one: one.state is SyncState.OFFLINE).last_error, ServerUnreachable)
    steady[0] += 1
    syncer.retry_now()
    shut = news.status(lambda one: one.state is SyncState.SIGNED_OUT).last_error
    assert isinstance(shut, Refused)
    assert (shut.code, shut.message.en.split(".")[0]) == ("offline_limit", "Offline for over 72 hours")
    small.first = lambda _asked: None
    syncer.retry_now()
    assert news.status(lambda one: one.state is SyncState.ONLINE).last_error is None
    small.first = lambda _asked: (502, {}, b"gone")
    syncer.retry_now()
    assert news.status(lambda one: one.last_error is not None).state is SyncState.OFFLINE
    syncer.stop()


def test_retry_after_is_honoured_whatever_is_saved(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.first = lambda _asked: problem(503, "busy", **{"Retry-After": "600"})
    syncer.start()
    news.status(lambda one: one.last_error is not None)
    small.first = lambda _asked: None
    before = len(small.asked)
    syncer.wake()
    with pytest.raises(AssertionError):
        news.status(lambda one: one.state is SyncState.ONLINE, within_s=0.3)
    assert len(small.asked) == before
    syncer.retry_now()
    news.status(lambda one: one.state is SyncState.ONLINE)


def test_one_poisoned_item_never_blocks_the_rest(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    items = [saved(a_task(n)) for n in range(7)]
    poison = str(items[3].id)

    def refuse(asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        return problem(400, "bad_request") if asked.path == "/v1/push" and poison.encode() in asked.body else None

    small.first = refuse
    for item in items:
        signed_in.save(item)
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE and one.waiting == 0)
    assert set(small.taken) == {str(item.id) for item in items} - {poison}
    (troubled,) = signed_in.outbox_state().troubled
    assert (troubled.id, troubled.state, troubled.message.zh) == (UUID(poison), UploadState.REJECTED, "细节")
    assert signed_in.saved(items[3].id) == items[3]


# TASK-16: a later kind of item, at a server of before it
def test_what_the_server_does_not_read_yet_waits_for_one_that_does(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    quiet = QuietAsked(id=uuid4(), customer_id="C1", quiet=(Window(0, 60),), at=NOW, agent="1001")
    signed_in.log(QuietTold(quiet=quiet))
    signed_in.log(a_dial("C1"))
    syncer.start()
    status = news.status(lambda one: one.state is SyncState.ONLINE)
    assert (len(small.taken), status.waiting, status.oldest_waiting_at) == (1, 0, None)
    assert str(quiet.id) not in small.taken
    assert signed_in.quiet_asked("C1") == quiet, "it binds this desk all the same"
    small.site = msgspec.structs.replace(small.site, reads=("quiet",))
    syncer.wake()
    news.until(lambda one: isinstance(one, Applied) and one.site == small.site)
    syncer.wake()
    news.until(lambda _one: str(quiet.id) in small.taken)


def test_an_expired_token_is_renewed_unnoticed(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.access = "access-2"
    small.changes = [put(a_task(1))]
    syncer.start()
    status = news.status(lambda one: one.state is not SyncState.SYNCING)
    assert status.state is SyncState.ONLINE
    kept = remembered(signed_in)
    assert kept is not None
    assert kept.access_token == "access-2"


def test_a_session_that_ended_signs_out_and_work_goes_on(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.access, small.refresh = "access-2", "refresh-2"
    kept = saved(a_task(1))
    signed_in.save(kept)
    syncer.start()
    status = news.status(lambda one: one.state is SyncState.SIGNED_OUT)
    assert isinstance(status.last_error, Refused)
    assert status.waiting == 1
    signed_in.save(saved(a_task(3)))
    syncer.wake()
    later = news.status(lambda one: one.waiting == 2)
    assert later.last_error == status.last_error, "why is told as long as it lasts"
    signed_in.save(saved(a_task(2)))
    remember(signed_in, small.session(), NOW)
    syncer.wake()
    assert news.status(lambda one: one.state is SyncState.ONLINE).waiting == 0
    assert len(small.taken) == 3


def test_an_answer_that_was_lost_makes_no_duplicate(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    kept = saved(a_task(1))
    signed_in.save(kept)
    cut = [True]

    def lose(asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        if asked.path == "/v1/push" and cut.pop() if cut else False:
            small._push(asked)
            return 200, {"Content-Length": "9999"}, b"{"
        return None

    small.first = lose
    syncer.start()
    news.status(lambda one: one.last_error is not None)
    syncer.wake()
    news.status(lambda one: one.state is SyncState.ONLINE and one.waiting == 0)
    assert small.taken == [str(kept.id)]
    assert signed_in.saved_between(*DAY)[0].upload is UploadState.UPLOADED


def test_a_cursor_that_the_server_does_not_know_fetches_all_again(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    from store_kit import a_page

    signed_in.apply(a_page(put(a_task(7)), cursor="old"), now=NOW)
    small.first = lambda asked: problem(400, "bad_cursor") if "cursor=old" in asked.path else None
    small.changes = [put(a_task(1))]
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    assert [row.task_id for row in signed_in.queue(asking(), offset=0, limit=9)] == ["T0001"]


def test_any_other_refusal_of_a_pull_leaves_what_is_here(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    from store_kit import a_page

    signed_in.apply(a_page(put(a_task(7)), cursor="old"), now=NOW)
    small.first = lambda asked: problem(403, "forbidden") if "cursor=" in asked.path else None
    syncer.start()
    assert isinstance(news.status(lambda one: one.last_error is not None).last_error, Refused)
    assert [row.task_id for row in signed_in.queue(asking(), offset=0, limit=9)] == ["T0007"]
    assert signed_in.cursor() == "old"


def test_an_object_that_cannot_be_read_is_told_and_the_rest_is_there(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    broken = put(a_task(2))
    broken.body = msgspec.Raw(b'{"id":7}')
    small.changes = [broken, put(a_task(1))]
    syncer.start()
    status = news.status(lambda one: one.last_error is not None)
    assert status.state is SyncState.ONLINE
    assert signed_in.counts(asking()).total == 1


def test_a_fault_of_the_program_is_told_logged_and_survived(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(signed_in, "pending", lambda _limit: 1 / 0)
        syncer.start()
        status = news.status(lambda one: one.last_error is not None)
    assert isinstance(status.last_error, StaylineError)
    assert "ZeroDivisionError" in status.last_error.message.en
    assert "sync round failed" in caplog.text
    syncer.retry_now()
    news.status(lambda one: one.state is SyncState.ONLINE and one.last_error is None)


def test_stopping_is_quick_even_while_it_waits(syncer: Syncer, news: News) -> None:
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    begun = time.monotonic()
    syncer.stop()
    assert time.monotonic() - begun < 1
    assert not syncer._thread.is_alive()


def test_a_listener_that_fails_does_not_end_the_sync(
    signed_in: Store, url: str, small: SmallStayline, news: News, caplog: pytest.LogCaptureFixture
) -> None:
    def listener(one: SyncStatus | Applied) -> None:
        news(one)
        raise RuntimeError("a window is gone")

    syncer = Syncer(signed_in, Transport(url), listener, poll_s=600)
    syncer.start()
    try:
        news.status(lambda one: one.state is SyncState.ONLINE)
        signed_in.save(saved(a_task(1)))
        syncer.wake()
        news.status(lambda one: one.state is SyncState.ONLINE and one.waiting == 0)
    finally:
        syncer.stop()
    assert len(small.taken) == 1
    assert "a listener failed" in caplog.text


def test_a_page_that_fails_is_asked_for_again_from_where_the_store_stands(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    small.changes = [put(a_task(n)) for n in range(50)]
    small.page = 10
    fails = [True]

    def once(asked: Asked) -> tuple[int, dict[str, str], bytes] | None:
        return (502, {}, b"") if "cursor=20" in asked.path and fails and fails.pop() else None

    small.first = once
    syncer.start()
    news.status(lambda one: one.last_error is not None)
    assert signed_in.cursor() == "20"
    syncer.wake()
    news.status(lambda one: one.state is SyncState.ONLINE and one.last_error is None)
    assert signed_in.counts(asking()).total == 50
    asked = [one.path.split("cursor=")[1].split("&")[0] for one in small.asked if "/pull" in one.path]
    assert asked.count("0") + asked.count("10") == 1, "no page that was taken is fetched twice"


@pytest.mark.parametrize("tells_site", [True, False])
def test_changed_calling_hours_reach_a_running_desk(
    tells_site: bool, syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    # TASK-16: with the pull, and with a renewed token where the server is an older one
    small.tells_site = tells_site
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    small.site = msgspec.structs.replace(small.site, call_from="10:00", cap_24h=1, calendar="training")
    small.access = "access-2"
    syncer.wake()
    told = news.until(lambda one: isinstance(one, Applied) and one.site is not None)
    assert isinstance(told, Applied)
    assert told.site == small.site
    kept = remembered(signed_in)
    assert kept is not None
    assert (kept.site, kept.access_token) == (small.site, "access-2")


def test_calling_hours_that_stay_are_no_news(
    syncer: Syncer, signed_in: Store, small: SmallStayline, news: News
) -> None:
    syncer.start()
    news.status(lambda one: one.state is SyncState.ONLINE)
    small.changes = [put(a_task(1))]
    syncer.wake()
    news.until(lambda one: isinstance(one, Applied) and one.task_ids == ("T0001",))
    syncer.stop()
    assert not [one for one in news.all if isinstance(one, Applied) and one.site is not None]
