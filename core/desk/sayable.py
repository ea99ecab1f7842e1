"""A session whose words can be said: a script that cannot be filled in is told before anything of it is drawn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy

from core.calling import Moment
from core.desk.call_session import CallSession
from core.desk.follow_up_planning import Fell
from core.desk.opened import Opened
from core.domain.errors import ScriptUnsayable
from core.domain.script import Script
from core.domain.text import Lang
from core.guidance.render import BadTemplate, MissingFigure, prepare


def sayable_session(opened: Opened, *, lang: Lang, moment: Callable[[], Moment]) -> CallSession:
    """The call with that customer, the words in view filled in once. Raises ScriptUnsayable."""
    with _told_of(opened.script):
        prepare(opened.script, lang)
        session = CallSession(opened, lang=lang, moment=moment)
        session.conversation.view()
    return session


def walk(session: CallSession, move: Callable[[], object]) -> None:
    """Moves in the script. Raises ScriptUnsayable where the words there cannot be said: then it stands as before."""
    before = session.conversation.state()
    try:
        with _told_of(session.opened.script):
            move()
            session.conversation.view()
    except ScriptUnsayable:
        session.conversation.stand_at(before)
        raise


def made_ready(session: CallSession, lang: Lang) -> None:
    """Prepares the script's words in that language: it takes a while, away from the windows. Raises ScriptUnsayable."""
    with _told_of(session.opened.script):
        prepare(session.opened.script, lang)


def speak(session: CallSession, lang: Lang) -> None:
    """The call goes on in that language. Raises ScriptUnsayable where the words in view have none: then as before."""
    before = session.lang
    try:
        with _told_of(session.opened.script):
            session.set_lang(lang)
            session.conversation.view()
    except ScriptUnsayable:
        session.set_lang(before)
        raise


def learn(session: CallSession, newer: Opened) -> Fell | None:
    """Newer data of the same customer, with the callback that made way for hours without calls. Raises ScriptUnsayable
    where the words in view need what they lack: then the earlier ones stand."""
    before = copy(session.opened)
    try:
        with _told_of(session.opened.script):
            session.refresh(newer)
            session.conversation.view()
    except ScriptUnsayable:
        session.refresh(before)
        raise
    same = newer.quiet == before.quiet
    return None if same else session.left_in_peace(newer.quiet, newer.standing)


@contextmanager
def _told_of(script: Script) -> Iterator[None]:
    try:
        yield
    except (BadTemplate, MissingFigure) as error:
        raise ScriptUnsayable(script=script.title, version=script.version) from error
