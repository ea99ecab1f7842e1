"""A tip from a call: kept once, read by a team lead, on every desk when approved, answered to its author."""

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from server_kit import a_tip, add_agent, agent, read_page, send, verdicts

from core.domain import decoding
from core.domain.errors import InputError, Refused
from core.domain.knowledge import Article, ArticleKind, Tip, TipAnswer, TipState
from core.domain.people import RIGHTS, Role
from core.domain.text import Lang
from core.server.access.caller import Caller
from core.server.cli import main
from core.server.db import audit, schema, tips
from core.server.db.engine import Database
from core.server.standing_tips import reword, take_back
from core.server.sync.pull import pull
from core.server.tips import decide
from core.wire.pull import ContentDocument
from core.wire.push import TipWritten
from tests.server_process import ServerProcess


def pulled(database: Database, who: str) -> dict[str, Any]:
    """Tips and answers on a desk, by key."""
    body = pull(database, staff_number=who, rights=RIGHTS[Role.VIP_SPECIALIST], cursor="", limit=2000).body
    found: dict[str, Any] = {}
    for change in read_page(body).changes:
        if change.key.startswith("tip"):
            document = decoding.decode(change.body, ContentDocument)
            kind = Article if document.kind == "tip" else TipAnswer
            found[change.key] = decoding.decode(document.body, kind)
    return found


def written(database: Database, caller: Caller, **changes: Any) -> Tip:
    tip = a_tip(caller.staff_number, **changes)
    assert verdicts(send(database, caller, TipWritten(tip=tip))) == ["accepted"]
    return tip


def test_a_tip_waits_until_a_lead_approves_it_and_is_on_every_desk_then(database: Database) -> None:
    # KB-02, VIP-10
    me, _other = add_agent(database, agent("1")), add_agent(database, agent("2", team="B"))
    lead = add_agent(database, agent("8", role=Role.TEAM_LEAD))
    tip = written(database, me)
    assert pulled(database, "2") == {}
    decide(database, str(tip.id), approve=True, by="8", judge=lead)
    article = pulled(database, "2")[f"tip/{tip.id}"]
    assert (article.kind, article.title.zh, article.steps) == (ArticleKind.TIP, tip.title, ("4g-upgrade/signal",))
    assert article.initials == "hkhxcqlc"
    assert pulled(database, "1")[f"tip_answer/{tip.id}"].state is TipState.APPROVED
    with database.read() as unit:
        entries = unit.conn.execute(schema.audit.select().where(schema.audit.c.writer == "8")).all()
        assert [(row.action, row.object) for row in entries] == [("tip_approved", str(tip.id))]
        assert audit.verify(unit) == []


def test_a_refused_tip_goes_back_to_its_author_alone_with_the_reason(database: Database) -> None:
    me, lead = add_agent(database, agent("1")), add_agent(database, agent("8", role=Role.TEAM_LEAD))
    tip = written(database, me)
    with pytest.raises(InputError):
        decide(database, str(tip.id), approve=False, reason=" ", by="8", judge=lead)
    decide(database, str(tip.id), approve=False, reason="与口径不符", by="8", judge=lead)
    (answer,) = pulled(database, "1").values()
    assert (answer.state, answer.reason) == (TipState.REFUSED, "与口径不符")
    assert pulled(database, "2") == {}


def test_the_same_tip_again_is_one_tip(database: Database) -> None:
    me = add_agent(database, agent("1"))
    item = TipWritten(tip=a_tip("1"))
    other = TipWritten(tip=msgspec.structs.replace(item.tip, title="别的"))
    assert verdicts(send(database, me, item, item, other)) == ["accepted", "duplicate", "conflict"]
    with database.read() as unit:
        assert [one.tip for one in tips.listed(unit)] == [item.tip]


@pytest.mark.parametrize(
    "text",
    [
        "客户号码 10000000417，先打这个。",
        "打 100 0000 0417 就行",
        "打 100-0000-0417 就行",
        "打１００００００００４１７就行",
        "打一零零零零零零零零四一七就行",
        "Born 1985-03-12, likes tea.",
    ],
)
def test_numbers_that_may_be_somebodys_are_refused(sqlite: Database, text: str) -> None:
    # No personal data in a tip
    me = add_agent(sqlite, agent("1"))
    answer = send(sqlite, me, TipWritten(tip=a_tip("1", text=text))).answers[0]
    assert (answer.verdict, answer.code) == ("rejected", "personal_data")
    assert answer.message_zh
    with sqlite.read() as unit:
        assert tips.listed(unit) == []


@pytest.mark.parametrize(
    "text", ["资费 59 元、99 元、129 元，10:30 到 12:00 打", "拨 10000 核实", "1. 重启\n2. 换卡\n3. 再测 100 M"]
)
def test_prices_hours_and_hotlines_are_no_personal_data(sqlite: Database, text: str) -> None:
    me = add_agent(sqlite, agent("1"))
    tip = a_tip("1", text=text)
    assert verdicts(send(sqlite, me, TipWritten(tip=tip))) == ["accepted"]
    with sqlite.read() as unit:
        assert [one.tip.text for one in tips.listed(unit)] == [text]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"text": " "},
        {"title": "长" * 41},
        {"text": "长" * 2001},
        {"text": "看 ![图](http://x/y.png)"},
        {"text": "<b>粗</b>"},
        {"text": "见 https://example.com"},
        {"scenario": "s" * 81},
    ],
)
def test_what_no_window_would_write_is_refused(sqlite: Database, changes: dict[str, str]) -> None:
    me = add_agent(sqlite, agent("1"))
    assert verdicts(send(sqlite, me, TipWritten(tip=a_tip("1", **changes)))) == ["rejected"]


def test_a_tip_in_anothers_name_is_refused(sqlite: Database) -> None:
    me = add_agent(sqlite, agent("1"))
    assert verdicts(send(sqlite, me, TipWritten(tip=a_tip("2")))) == ["rejected"]


def test_who_may_decide(sqlite: Database) -> None:
    # ROLE-01
    me = add_agent(sqlite, agent("1"))
    tip_id = str(written(sqlite, me).id)
    stranger = Caller(agent("7", role=Role.TEAM_LEAD, team="B"), "s")
    for judge, error in ((me, Refused), (stranger, InputError)):
        with pytest.raises(error):
            decide(sqlite, tip_id, approve=True, by=judge.staff_number, judge=judge)
    own = add_agent(sqlite, agent("8", role=Role.TEAM_LEAD))
    with pytest.raises(Refused):
        decide(sqlite, str(written(sqlite, own).id), approve=True, by="8", judge=own)
    planner = Caller(agent("9", role=Role.PLANNER, team="Z"), "s")
    assert decide(sqlite, tip_id, approve=True, by="9", judge=planner).state is TipState.APPROVED
    with pytest.raises(InputError):
        decide(sqlite, tip_id, approve=False, reason="晚了", by="9", judge=planner)
    with pytest.raises(InputError):
        decide(sqlite, str(UUID(int=1)), approve=True, by="9", judge=planner)


def test_an_english_tip_is_published_in_english(sqlite: Database) -> None:
    me = add_agent(sqlite, agent("1"))
    tip = written(sqlite, me, title="Restart twice", lang=Lang.EN)
    decide(sqlite, str(tip.id), approve=True, by="cli")
    title = pulled(sqlite, "1")[f"tip/{tip.id}"].title
    assert (title.zh, title.of(Lang.ZH)) == ("", "Restart twice")


def test_a_returned_tip_comes_back_whole_and_is_no_longer_asked_for_once_written_anew(database: Database) -> None:
    # KB-02
    me, lead = add_agent(database, agent("1")), add_agent(database, agent("8", role=Role.TEAM_LEAD))
    tip = written(database, me)
    with pytest.raises(InputError):
        decide(database, str(tip.id), approve=False, again=True, reason="", by="8", judge=lead)
    done = decide(database, str(tip.id), approve=False, again=True, reason="写上测了几次", by="8", judge=lead)
    assert done.state is TipState.RETURNED
    (answer,) = pulled(database, "1").values()
    # A desk of an earlier version knows no other word than refused.
    assert (answer.state, answer.again, answer.reason) == (TipState.REFUSED, True, "写上测了几次")
    assert (answer.text, answer.scenario, answer.step) == (tip.text, tip.scenario, tip.step)
    with pytest.raises(InputError):
        decide(database, str(tip.id), approve=True, by="8", judge=lead)
    better = written(database, me, text="先重启两次，再测。", after=tip.id)
    assert pulled(database, "1") == {}
    with database.read() as unit:
        assert [one.tip for one in tips.listed(unit, state=TipState.WAITING)] == [better]
        returned = unit.conn.execute(schema.audit.select().where(schema.audit.c.action == "tip_returned")).all()
        assert [row.object for row in returned] == [str(tip.id)]


def test_nobody_puts_away_anothers_returned_tip(sqlite: Database) -> None:
    me, other = add_agent(sqlite, agent("1")), add_agent(sqlite, agent("2"))
    tip = written(sqlite, me)
    decide(sqlite, str(tip.id), approve=False, again=True, reason="再写清楚些", by="cli")
    written(sqlite, other, after=tip.id)
    assert set(pulled(sqlite, "1")) == {f"tip_answer/{tip.id}"}


def test_the_command_line_lists_and_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ServerProcess(tmp_path) as server:
        server.add_user(agent("1"))
        me = Caller(agent("1"), "s")
        first, second = written(server.database, me), written(server.database, me, title="再一条")
        data = ["--data", str(tmp_path)]
        assert main(["tips", "list", *data]) == 0
        assert f"{first.id}\t" in capsys.readouterr().out
        assert main(["tips", "approve", str(first.id), *data]) == 0
        assert main(["tips", "refuse", str(second.id), "--reason", "重复", *data]) == 0
        third = written(server.database, me, title="第三条")
        assert main(["tips", "return", str(third.id), "--reason", "写清步骤", *data]) == 0
        assert "已退回 1 修改" in capsys.readouterr().out
        assert main(["tips", "refuse", "no-such-tip", "--reason", "x", *data]) == 1
        assert main(["tips", "list", *data]) == 0
        assert "没有经验在等待" in capsys.readouterr().out
        assert main(["tips", "reword", str(first.id), "--title", "换个说法", *data]) == 0
        assert "已改写" in capsys.readouterr().out
        assert pulled(server.database, "1")[f"tip/{first.id}"].title.zh == "换个说法"
        assert main(["tips", "take-back", str(first.id), "--reason", "过时了", *data]) == 0
        assert main(["tips", "reword", str(first.id), "--title", "再换", *data]) == 1
        assert f"tip/{first.id}" not in pulled(server.database, "1")
        assert main(["tips", "approve", str(written(server.database, me).id), *data]) == 0
        assert {key.split("/")[0] for key in pulled(server.database, "1")} == {"tip", "tip_answer"}


def test_the_list_of_commands_names_everything_that_can_be_done_with_a_tip(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["tips", "--help"])
    said = capsys.readouterr().out.partition("options:")[0].partition("positional")[0]
    assert "list, approve, return, refuse, take-back, reword" in " ".join(said.split())


def test_an_approved_tip_is_reworded_for_everyone_and_stays_its_authors(database: Database) -> None:
    # KB-02, VIP-10
    me, lead = add_agent(database, agent("1")), add_agent(database, agent("8", role=Role.TEAM_LEAD))
    add_agent(database, agent("2", team="B"))
    tip = written(database, me)
    with pytest.raises(InputError):
        reword(database, str(tip.id), title="别的", text="还没批准", by="8", judge=lead)
    decide(database, str(tip.id), approve=True, by="8", judge=lead)
    with pytest.raises(InputError):
        reword(database, str(tip.id), title="换卡", text="打 10000000417", by="8", judge=lead)
    with pytest.raises(Refused):
        reword(database, str(tip.id), title="换卡", text="联通的卡也行。", by="8", judge=lead)
    reword(database, str(tip.id), title="先重启再换卡", text="重启两次，再换卡。", by="8", judge=lead)
    article = pulled(database, "2")[f"tip/{tip.id}"]
    assert (article.title.zh, article.body.zh, article.author) == ("先重启再换卡", "重启两次，再换卡。", "1")
    assert (article.version, article.steps) == (2, ("4g-upgrade/signal",))
    told = pulled(database, "1")[f"tip_answer/{tip.id}"]
    assert (told.state, told.reason) == (TipState.APPROVED, "您的经验改了措辞，继续公开。")


def test_an_approved_tip_is_taken_back_from_every_desk_and_its_author_is_told_why(database: Database) -> None:
    # KB-02
    me, lead = add_agent(database, agent("1")), add_agent(database, agent("8", role=Role.TEAM_LEAD))
    tip = written(database, me)
    with pytest.raises(InputError):
        take_back(database, str(tip.id), reason="过时了", by="8", judge=lead)
    decide(database, str(tip.id), approve=True, by="8", judge=lead)
    with pytest.raises(InputError):
        take_back(database, str(tip.id), reason=" ", by="8", judge=lead)
    with pytest.raises(Refused):
        take_back(database, str(tip.id), reason="过时了", by="1", judge=me)
    for _ in range(2):
        done = take_back(database, str(tip.id), reason="过时了", by="8", judge=lead)
        assert (done.state, done.reason) == (TipState.WITHDRAWN, "过时了")
    assert pulled(database, "2") == {}
    (answer,) = pulled(database, "1").values()
    # A desk of an earlier version knows no other word than refused.
    assert (answer.state, answer.withdrawn, answer.reason) == (TipState.REFUSED, True, "过时了")
    with pytest.raises(InputError):
        decide(database, str(tip.id), approve=True, by="8", judge=lead)
    with database.read() as unit:
        done_ = [row.action for row in unit.conn.execute(schema.audit.select().where(schema.audit.c.writer == "8"))]
    assert done_ == ["tip_approved", "tip_withdrawn"]


def test_a_tip_about_a_competitor_goes_back_to_its_author_before_a_lead_reads_it(sqlite: Database) -> None:
    # BB-09
    me = add_agent(sqlite, agent("1"))
    tip = written(sqlite, me, text="就说联通信号更差。")
    with sqlite.read() as unit:
        assert tips.listed(unit, state=TipState.WAITING) == []
    (answer,) = pulled(sqlite, "1").values()
    assert (answer.again, "“联通”" in answer.reason, answer.text) == (True, True, tip.text)
    neutral = written(sqlite, me, text="不评价别家，只说我们能做的。")
    with sqlite.read() as unit:
        assert [one.tip.id for one in tips.listed(unit, state=TipState.WAITING)] == [neutral.id]
