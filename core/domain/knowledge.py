"""Knowledge: articles and tips in Markdown, linked to the steps of scripts, and the tips that agents write."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from core.domain.approval import Approval
from core.domain.text import Lang, Text

SCHEME = "kb:"
"""begins a link from one article to another: `kb:sim-swap`"""


PUBLISHED, TIP, TIP_ANSWER = "knowledge", "tip", "tip_answer"
"""kinds of content: articles of the centre, tips of agents, what became of one's own tip"""
SEARCHED = frozenset({PUBLISHED, TIP})


class ArticleKind(StrEnum):
    ARTICLE = "article"
    TIP = "tip"
    """short, from a case (KB-02)"""


class LineOfWork(StrEnum):
    """KB-01: knowledge is kept per line of work."""

    MOBILE = "mobile"
    BROADBAND = "broadband"
    BILLING = "billing"
    CARE = "care"
    SERVICE = "service"


KIND_NAMES: dict[ArticleKind, Text] = {
    ArticleKind.ARTICLE: Text("文章", "Article"),
    ArticleKind.TIP: Text("经验", "Tip"),
}
LINE_NAMES: dict[LineOfWork, Text] = {
    LineOfWork.MOBILE: Text("移动业务", "Mobile"),
    LineOfWork.BROADBAND: Text("宽带业务", "Broadband"),
    LineOfWork.BILLING: Text("账务积分", "Bills and points"),
    LineOfWork.CARE: Text("客户关怀", "Customer care"),
    LineOfWork.SERVICE: Text("服务规范", "Service rules"),
}


class Article(Struct, frozen=True, kw_only=True):
    """One page of knowledge, as it is published."""

    id: str
    version: int
    kind: ArticleKind
    title: Text
    body: Text
    """Markdown: no pictures, no HTML, no addresses of other machines. An agent's tip has one language alone"""
    line: LineOfWork
    tags: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    """of use in these; empty: in all"""
    steps: tuple[str, ...] = ()
    """`scenario/step`, or `*/step` for the step of that name in any scenario: shown first there"""
    initials: str = ""
    """of the Chinese title's pinyin, for the search"""
    author: str = ""
    """staff number of the agent whose tip it is"""
    approval: Approval | None = None
    """without one it says nothing of competitors"""


class Tip(Struct, frozen=True, kw_only=True):
    """What an agent wrote down from a call, before anybody approved it."""

    id: UUID
    agent: str
    at: datetime
    title: str
    text: str
    scenario: str
    step: str = ""
    """of the script, where the call stood"""
    lang: Lang = Lang.ZH
    """the language that it is written in"""
    after: UUID | None = None
    """the tip that came back to be written anew, in whose place this one stands"""


class TipState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"
    """to its author, with what is still to be said better"""
    WITHDRAWN = "withdrawn"
    """it stood for everyone, and was taken back"""


class TipAnswer(Struct, frozen=True, kw_only=True):
    """What became of a tip, for the agent who wrote it."""

    id: UUID
    title: str
    state: TipState
    """refused also where it came back to be written anew, or was taken back: an earlier desk knows no other word"""
    reason: str = ""
    at: datetime
    again: bool = False
    """it came back to be written anew; then its words are here"""
    text: str = ""
    scenario: str = ""
    step: str = ""
    withdrawn: bool = False
    """everyone had it, and it was taken back"""


def step_key(scenario: str, step: str) -> str:
    """How an article names a step of a script."""
    return f"{scenario}/{step}"


def step_in_any(step: str) -> str:
    """How it names the step of all scripts, such as the one that asks who is on the line."""
    return step_key("*", step)
