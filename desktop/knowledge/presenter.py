"""What the knowledge panel does: searches as one types, opens, follows links. No widgets; the store on its lane."""

from collections.abc import Callable
from typing import NamedTuple

from core.desk.desk import Desk
from core.domain.knowledge import PUBLISHED, SCHEME, TIP, Article, TipAnswer
from core.domain.text import Text
from core.store.knowledge import ArticleHit
from desktop.knowledge.place import Place
from desktop.lane import Lane

ANSWERS = 5
"""of one's own tips, told below the list"""


class Found(NamedTuple):
    hits: list[ArticleHit]
    answers: list[TipAnswer]
    refused: list[Text]
    """why the server would not take a tip"""


class KnowledgePresenter:
    """Each search has a ticket: an answer that a later key has overtaken is dropped."""

    def __init__(
        self,
        desk: Desk,
        *,
        lane: Lane,
        place: Callable[[], Place],
        found: Callable[[Found], None],
        opened: Callable[[Article], None],
        show_error: Callable[[Exception], None],
    ) -> None:
        self._desk, self._lane, self._place = desk, lane, place
        self._found, self._opened, self._show_error = found, opened, show_error
        self._text = ""
        self._searched = 0
        self._asked = 0
        self._at = Place()

    def search(self, text: str) -> None:
        """The articles for these words; those of the present step first, all of them without words."""
        self._text, self._at = text, self._place()
        self._searched += 1
        ticket, at, store = self._searched, self._at, self._desk.store

        def look() -> Found:
            hits = store.articles(text, scenario=at.scenario, step=at.step)
            if text.strip():
                return Found(hits, [], [])
            refused = [one.message for one in store.outbox_state().troubled if one.kind == TIP]
            return Found(hits, store.tip_answers()[:ANSWERS], refused)

        def show(found: Found) -> None:
            if ticket == self._searched:
                self._found(found)

        self._lane(look, show, self._show_error)

    def again(self) -> None:
        """Something came from the server."""
        self.search(self._text)

    def follow(self) -> None:
        """The script may have gone on to another step."""
        if self._place() != self._at:
            self.again()

    def open(self, kind: str, name: str) -> None:
        self._asked += 1
        ticket, store = self._asked, self._desk.store

        def show(article: Article | None) -> None:
            if ticket == self._asked and article is not None:
                self._opened(article)

        self._lane(lambda: store.article(kind, name), show, self._show_error)

    def follow_link(self, address: str) -> None:
        """A link in an article leads to another one; any other is left alone."""
        if address.startswith(SCHEME):
            self.open(PUBLISHED, address.removeprefix(SCHEME))
