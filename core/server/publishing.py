"""Publishing content: what came with the program, a folder as a whole, or an earlier publication once more.

Each in one transaction with its number and its entry in the audit: desks get all of it or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.domain import decoding
from core.domain.calendar import CALENDAR
from core.domain.errors import ContentError, InputError
from core.domain.package import PACKAGE, Package
from core.domain.text import Text
from core.server.calling_rules import ask_again
from core.server.content_diff import Change, Difference, differences, same
from core.server.db import audit, people, publications, published, settings
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.db.publications import Publication, Source
from core.wire.pull import ContentDocument

if TYPE_CHECKING:
    from core.content import Shipped


@dataclass(frozen=True, slots=True)
class Published:
    publication: Publication
    differences: list[Difference]


def publish_shipped(
    database: Database, *, by: str = "server", checked: bool = True, coming: frozenset[str] = frozenset()
) -> list[str]:
    """The keys of what was published, of what this program carries newer than the database has it.

    Nothing once a site publishes content itself: then it says what comes (`content publish`). A package is for the
    teams that it names: where they are not, nor among those `coming`, it stays away. Raises ContentError where a
    shipped file is wrong, with all mistakes; `checked`: the caller knows that all fits together.
    """
    # Reading YAML takes a while and is not needed for listening.
    from core.content import folder, shipped

    try:
        pieces = _documents(shipped())
    except ContentError:
        checked_pieces(folder())
        raise
    if not checked and _would_publish(database, pieces):
        checked_pieces(folder())
    with database.write() as unit:
        last = publications.last(unit)
        if last is not None and last.source is not Source.SHIPPED:
            return []
        fresh = _newer_for(unit, pieces, coming)
        if fresh:
            before = publications.current(unit)
            changed = differences(before, [*before, *fresh])
            _ask_again_by_new_hours(unit, changed)
            made = publications.publish(unit, fresh, source=Source.SHIPPED, by=by)
            _put_on_record(unit, made, changed)
        return [published.content_key(piece.kind, piece.name) for piece in fresh]


def _would_publish(database: Database, pieces: Sequence[ContentDocument]) -> bool:
    with database.read() as unit:
        last = publications.last(unit)
        return (last is None or last.source is Source.SHIPPED) and bool(_newer_for(unit, pieces, frozenset()))


def _newer_for(unit: Unit, pieces: Sequence[ContentDocument], coming: frozenset[str]) -> list[ContentDocument]:
    """Of the shipped pieces those that this centre has not, without packages of teams that it has not."""
    here = coming | {account.agent.team for account in people.everyone(unit)}
    return [one for one in published.newer(unit, pieces) if one.kind != PACKAGE or _teams_of(one) <= here]


def _teams_of(package: ContentDocument) -> frozenset[str]:
    return frozenset(one.team for one in decoding.decode(package.body, Package).units)


def _without_examples(unit: Unit, pieces: Sequence[ContentDocument]) -> list[ContentDocument]:
    """A folder that was copied holds the shipped package too: as it came, it is for nobody but the teams it names."""
    here = frozenset(account.agent.team for account in people.everyone(unit))
    foreign = [one for one in pieces if one.kind == PACKAGE and not _teams_of(one) <= here]
    if not foreign:
        return list(pieces)
    from core.content import shipped

    examples = [one for one in _documents(shipped()) if one.kind == PACKAGE]
    return [one for one in pieces if not (one in foreign and any(same(one, example) for example in examples))]


def folder_differences(database: Database, root: Path, *, against: int | None = None) -> list[Difference]:
    """What publishing that folder would change, or what differs from an earlier publication.

    Raises ContentError where a file is wrong, InputError where there is no such publication.
    """
    pieces = _documents(checked_pieces(root))
    with database.read() as unit:
        after = _without_examples(unit, pieces)
        before = publications.current(unit) if against is None else _pieces_of(unit, against)
    return differences(before, after)


def publish_folder(database: Database, root: Path, *, by: str) -> Published | None:
    """The folder as a whole; None where desks have all of it already.

    Raises ContentError with file, line and reason where a file is wrong or its version was not raised.
    """
    found = checked_pieces(root)
    documents = _documents(found)
    with database.write() as unit:
        pieces = _without_examples(unit, documents)
        changed = differences(publications.current(unit), pieces)
        if not changed:
            return None
        _check_versions(unit, changed, found)
        return _publish(unit, changed, pieces, Source.FOLDER, by)


def unraised(database: Database, found: "Sequence[Shipped]") -> list[ContentError]:
    """Each piece that publishing would refuse: other words under a version that was published; nothing is written."""
    with database.read() as unit:
        return _unraised(unit, differences(publications.current(unit), _documents(found)), found)


def roll_back(database: Database, number: int, *, by: str) -> Published | None:
    """The content of an earlier publication, as a new one; None where that is what desks have.

    Raises InputError where there is no such publication.
    """
    with database.write() as unit:
        pieces = _pieces_of(unit, number)
        changed = differences(publications.current(unit), pieces)
        if not changed:
            return None
        return _publish(unit, changed, pieces, Source.ROLLBACK, by, of=number)


def checked_pieces(root: Path) -> "list[Shipped]":
    """A folder's content, each file sound and all fitting together.

    Raises ContentError with every mistake, InputError where there is no such folder."""
    from core.content import pieces_of
    from core.content.mistakes import Mistakes
    from core.guidance.check_folder import check_folder
    from core.offers.check import check_offers

    if not root.is_dir():
        raise InputError(
            title=Text("没有这个文件夹", "There is no such folder"),
            message=Text(f"{root} 不存在，或不是文件夹", f"{root} is not there, or is no folder"),
            next_step=Text("请核对路径后重试。", "Check how it is written and try again."),
        )
    mistakes = Mistakes()
    mistakes.of(lambda: check_folder(root))
    mistakes.of(lambda: check_offers(root))
    mistakes.refuse()
    return pieces_of(root)


def _publish(
    unit: Unit,
    changed: list[Difference],
    pieces: Sequence[ContentDocument],
    source: Source,
    by: str,
    *,
    of: int | None = None,
) -> Published:
    touched = {(one.kind, one.name) for one in changed if one.change is not Change.GONE}
    gone = [(one.kind, one.name) for one in changed if one.change is Change.GONE]
    fresh = [piece for piece in pieces if (piece.kind, piece.name) in touched]
    _keep_the_calendar(unit, gone)
    _ask_again_by_new_hours(unit, changed)
    made = publications.publish(unit, fresh, gone=gone, source=source, by=by, of=of)
    _put_on_record(unit, made, changed)
    return Published(made, changed)


def _keep_the_calendar(unit: Unit, gone: Sequence[tuple[str, str]]) -> None:
    """Raises InputError where the site would be left without the calendar that it calls by: nobody could dial."""
    from core.content.calendars import calendar_names

    name = settings.site(unit).calendar
    if (CALENDAR, name) in gone and name not in calendar_names():
        raise InputError(
            title=Text("本站正在用这个日历", "The site calls by that calendar"),
            message=Text(
                f"要发布的内容里没有日历 {name}，而本站按它外呼；没有发布。",
                f"What was to be published lacks the calendar {name}, by which the site calls; nothing was published.",
            ),
            next_step=Text(
                f"请保留 calendars/{name}.yaml，或先用 site set --calendar 换一个。",
                f"Keep calendars/{name}.yaml, or choose another first (site set --calendar).",
            ),
        )


def _ask_again_by_new_hours(unit: Unit, changed: Sequence[Difference]) -> None:
    """Who rests by the former calendar may be called now; asked before anything is written."""
    if any(one.kind == CALENDAR for one in changed):
        ask_again(unit)


def _put_on_record(unit: Unit, made: Publication, changed: list[Difference]) -> None:
    counts = {change.value: sum(one.change is change for one in changed) for change in Change}
    audit.write(
        unit, writer=made.by, action=Action.CONTENT_PUBLISHED, object_=str(made.number), source=made.source,
        of=made.of or 0, **counts,
    )  # fmt: skip


def _pieces_of(unit: Unit, number: int) -> list[ContentDocument]:
    pieces = publications.pieces(unit, number)
    if not pieces:
        raise InputError(
            title=Text("没有这次发布", "No such publication"),
            message=Text(f"没有第 {number} 号发布。", f"There is no publication {number}."),
            next_step=Text("用 stayline-server content list 查看。", "See them with stayline-server content list."),
        )
    return pieces


def _documents(found: "Sequence[Shipped]") -> list[ContentDocument]:
    return [
        ContentDocument(kind=one.kind, name=one.name, version=one.version, body=msgspec.Raw(one.body)) for one in found
    ]


def _check_versions(unit: Unit, changed: Sequence[Difference], found: "Sequence[Shipped]") -> None:
    from core.content.mistakes import Mistakes

    mistakes = Mistakes()
    for one in _unraised(unit, changed, found):
        mistakes.add(one)
    mistakes.refuse()


def _unraised(unit: Unit, changed: Sequence[Difference], found: "Sequence[Shipped]") -> list[ContentError]:
    """A version stands for its words for good: an outcome names the version that it was called under."""
    out: list[ContentError] = []
    files = {(one.kind, one.name): one for one in found}
    for one in changed:
        piece = files.get((one.kind, one.name))
        if piece is None:
            continue
        known = publications.versions_of(unit, one.kind, one.name)
        document = _documents([piece])[0]
        newest = max((each.version for each in known), default=0)
        if piece.version > newest or any(same(each, document) for each in known):
            continue
        reason = f"version {newest} was published with other words; raise `version` to {newest + 1}"
        out.append(ContentError(file=piece.file, line=_line_of_version(Path(piece.file)), reason=reason))
    return out


def _line_of_version(path: Path) -> int:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next((at for at, line in enumerate(lines, start=1) if line.startswith("version:")), 1)
