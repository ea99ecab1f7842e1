"""Knowledge in the store: found offline by title, initials, tags and text, in both languages, the step's own first."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from store_kit import AGENT, NOW, a_page, gone, put

from core.content.initials import initials_of
from core.domain import decoding
from core.domain.knowledge import PUBLISHED, TIP, TIP_ANSWER, Article, ArticleKind, LineOfWork, Tip, TipAnswer, TipState
from core.domain.text import Text
from core.store.store import Store
from core.wire.pull import Change, ContentDocument, Kind
from core.wire.push import TipWritten


def an_article(name: str, zh: str, en: str, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": name,
        "version": 1,
        "kind": ArticleKind.ARTICLE,
        "title": Text(zh, en),
        "body": Text(f"{zh}怎么做。", f"How to do: {en}."),
        "line": LineOfWork.MOBILE,
        "initials": initials_of(zh),
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


def published(article: Article, kind: str = PUBLISHED) -> Change:
    body = msgspec.Raw(msgspec.json.encode(article))
    return put(ContentDocument(kind=kind, name=article.id, version=article.version, body=body))


SWAP = an_article(
    "sim-swap",
    "补换 SIM 卡",
    "Replacing a SIM",
    tags=("白卡", "eSIM"),
    body=Text("先**核身**，再写卡。\n新卡 15 分钟后有信号。", "Verify first.\nSignal comes within 15 minutes."),
    scenarios=("vip-care",),
    steps=("vip-care/replace-sim",),
)
ROAMING = an_article(
    "roaming-repair", "漫游修复", "Roaming repair", body=Text("先开漫游，再[换卡](kb:sim-swap)试。", "Try another SIM.")
)
BILL = an_article("bill-reading", "读懂账单", "Reading a bill", tags=("账单", "bill"), scenarios=("4g-upgrade",))


@pytest.fixture
def shelf(store: Store) -> Store:
    store.apply(a_page(*map(published, (SWAP, ROAMING, BILL))), now=NOW)
    return store


def names(store: Store, text: str, scenario: str = "", step: str = "") -> list[str]:
    return [hit.name for hit in store.articles(text, scenario=scenario, step=step)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("漫游", ["roaming-repair"]),
        ("漫", ["roaming-repair"]),
        ("sim", ["sim-swap", "roaming-repair"]),
        ("SIM 卡", ["sim-swap", "roaming-repair"]),
        ("ESIM", ["sim-swap"]),
        ("bhsimk", ["sim-swap"]),
        ("mydxf", []),
        ("mf", []),
        ("xf", ["roaming-repair"]),
        ("核身", ["sim-swap"]),
        ("15 分钟", ["sim-swap"]),
        ("signal within", ["sim-swap"]),
        ("换卡", ["roaming-repair"]),
        ("bill", ["bill-reading"]),
        ("kb:", []),
        ("swap", []),
        ('"', []),
        ("没有的词", []),
        ("*", []),
    ],
)
def test_it_is_found_by_any_of_its_words(shelf: Store, text: str, found: list[str]) -> None:
    # KB-01
    assert names(shelf, text) == found


def test_a_title_comes_before_a_text_and_a_step_before_both(shelf: Store) -> None:
    assert names(shelf, "sim") == ["sim-swap", "roaming-repair"]
    linked = an_article("z", "别的", "Other", body=Text("也讲 SIM。", "SIM too."), steps=("vip-care/replace-sim",))
    shelf.apply(a_page(published(linked), cursor="2"), now=NOW)
    hits = shelf.articles("sim", scenario="vip-care", step="replace-sim")
    assert [(hit.name, hit.linked) for hit in hits] == [("sim-swap", True), ("z", True), ("roaming-repair", False)]


def test_an_article_may_belong_to_a_step_of_every_script(shelf: Store) -> None:
    everywhere = an_article("any", "核身", "Identity", steps=("*/verify",))
    shelf.apply(a_page(published(everywhere), cursor="2"), now=NOW)
    for scenario in ("vip-care", "4g-upgrade"):
        assert shelf.articles("", scenario=scenario, step="verify")[0].name == "any"
        assert not shelf.articles("核身", scenario=scenario, step="opening")[0].linked


def test_without_a_word_all_are_there_those_of_the_step_and_scenario_first(shelf: Store) -> None:
    assert names(shelf, "", "vip-care", "replace-sim") == ["sim-swap", "roaming-repair", "bill-reading"]
    assert names(shelf, " ", "4g-upgrade") == ["bill-reading", "roaming-repair", "sim-swap"]


def test_where_only_the_text_has_it_the_place_is_shown(shelf: Store) -> None:
    assert [hit.excerpt for hit in shelf.articles("核身")] == ["先核身，再写卡。"]
    assert [hit.excerpt for hit in shelf.articles("漫游")] == [""]


def test_a_new_version_takes_the_place_of_the_old_one(shelf: Store) -> None:
    newer = msgspec.structs.replace(ROAMING, version=2, title=Text("出国先看", "Before you travel"), initials="cgxk")
    shelf.apply(a_page(published(newer), cursor="2"), now=NOW)
    assert names(shelf, "漫游修复") == []
    assert names(shelf, "cgxk") == ["roaming-repair"]
    found = shelf.article(PUBLISHED, "roaming-repair")
    assert found is not None
    assert found.version == 2


def test_what_is_withdrawn_is_not_found_any_more(shelf: Store) -> None:
    shelf.apply(a_page(gone(Kind.CONTENT, f"{PUBLISHED}/sim-swap"), cursor="2"), now=NOW)
    assert names(shelf, "sim") == ["roaming-repair"]
    assert shelf.article(PUBLISHED, "sim-swap") is None
    shelf.clear_mirror()
    assert names(shelf, "") == []


def test_what_is_no_article_is_left_out_and_the_rest_goes_on(store: Store) -> None:
    broken = put(ContentDocument(kind=PUBLISHED, name="x", version=1, body=msgspec.Raw(b'{"id":1}')))
    applied = store.apply(a_page(broken, published(BILL)), now=NOW)
    assert applied.unreadable == (f"{PUBLISHED}/x",)
    assert names(store, "") == ["bill-reading"]


def test_tips_stand_among_the_articles_and_answers_do_not(store: Store) -> None:
    # KB-02
    tip = an_article("t1", "先重启", "", kind=ArticleKind.TIP, author="2043")
    answers = [
        TipAnswer(id=uuid4(), title="旧", state=TipState.APPROVED, at=NOW - timedelta(days=1)),
        TipAnswer(id=uuid4(), title="新", state=TipState.REFUSED, reason="重复", at=NOW),
    ]
    told = [
        put(ContentDocument(kind=TIP_ANSWER, name=str(a.id), version=1, body=msgspec.Raw(msgspec.json.encode(a))))
        for a in answers
    ]
    store.apply(a_page(published(tip, TIP), *told), now=NOW)
    assert [(hit.kind, hit.form) for hit in store.articles("重启")] == [(TIP, ArticleKind.TIP)]
    assert [answer.title for answer in store.tip_answers()] == ["新", "旧"]
    assert store.articles("旧") == []


def test_a_tip_waits_in_the_outbox_once(store: Store) -> None:
    tip = Tip(id=uuid4(), agent=AGENT, at=NOW, title="先重启", text="重启两次。", scenario="vip-care")
    for _ in range(2):
        store.log(TipWritten(tip=tip))
    (item,) = store.pending(10)
    assert (item.id, item.kind) == (tip.id, "tip")
    assert decoding.decode(item.body, TipWritten).tip == tip


def test_the_words_that_a_call_began_with_are_kept(store: Store) -> None:
    for version in range(1, 9):
        document = ContentDocument(kind="script", name="s", version=version, body=msgspec.Raw(b'{"v":%d}' % version))
        store.apply(a_page(put(document), cursor=str(version)), now=NOW)
    assert store.content_before("script", "s", 8) is None
    assert store.content_before("script", "s", 7) == b'{"v":7}'
    assert store.content_before("script", "s", 3) == b'{"v":3}'
    assert store.content_before("script", "s", 2) is None
