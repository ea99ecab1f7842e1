"""What the server goes by while it works: kinds of events, retries, re-checks, hours of jobs, words of outreach, the
quality that lists must have. Files of a folder laid out as `resources/`, each loaded whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from string import Formatter
from typing import TypeVar

import msgspec

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, named, read_text
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.condition import Condition
from core.domain.incoming import EventKind
from core.domain.job import Job
from core.domain.list_quality import QualityRule
from core.domain.outreach import SENT_ROUTES, Outreach, is_stop, plain_reply
from core.domain.recheck import Recheck, RecheckFact
from core.domain.retrying import RetryPolicy
from core.domain.text import Text

T = TypeVar("T", bound=msgspec.Struct)
EVENTS, RETRIES, RECHECKS, JOBS, OUTREACH_FOLDER = (
    Path(one) for one in ("events", "retries", "rechecks", "jobs", "outreach")
)
QUALITY_FILE = Path("rules/list_quality.yaml")
SITE_WORDS = frozenset({"centre", "hotline"})
_PARTS_OF_A_CRONTAB = (("minute", 59), ("hour", 23), ("weekdays", 7))
_MOST_MIN, _MOST_HOURS, _MOST_DAYS, _MOST_TRIES = 24 * 60, 24 * 90, 90, 20


def load_event_kinds(root: Path) -> list[EventKind]:
    """Raises ContentError."""
    scripts = _scripts(root)

    def flaws(found: EventKind) -> list[Flaw]:
        names: list[tuple[Where, str]] = [(("fields", at, "name"), one.name) for at, one in enumerate(found.fields)]
        return [
            *_scenarios([(("scenario",), found.scenario)], scripts),
            *([] if 0 <= found.priority <= 9 else [Flaw(("priority",), "a priority is 0 to 9")]),
            *_between(found.due_within_min, _MOST_MIN, ("due_within_min",), "minutes"),
            *_between(found.expires_after_hours, _MOST_HOURS, ("expires_after_hours",), "hours"),
            *repeated(names, "field"),
            *_places(found.reason, ("reason",), {one.name for one in found.fields}),
        ]

    return _load(root / EVENTS, EventKind, flaws)


def load_retry_policies(root: Path) -> list[RetryPolicy]:
    """Raises ContentError."""
    scripts = _scripts(root)

    def flaws(found: RetryPolicy) -> list[Flaw]:
        return [
            *_scenarios([(("scenarios", at), one) for at, one in enumerate(found.scenarios)], scripts),
            *_between(found.attempts, _MOST_TRIES, ("attempts",), "attempts"),
            *_between(found.over_days, _MOST_DAYS, ("over_days",), "days"),
            *_between(found.a_day, _MOST_TRIES, ("a_day",), "attempts"),
            *_between(found.wait_min, _MOST_MIN, ("wait_min",), "minutes"),
            *(
                Flaw(("spans", at), "a span ends after it begins, between hour 0 and 24")
                for at, one in enumerate(found.spans)
                if not 0 <= one.from_hour < one.until_hour <= 24
            ),
        ]

    return _load(root / RETRIES, RetryPolicy, flaws)


def load_rechecks(root: Path, *, also: Callable[[Condition], list[str]] | None = None) -> list[Recheck]:
    """`also` looks at conditions: their form is a room above. Raises ContentError."""
    scripts = _scripts(root)

    def flaws(found: Recheck) -> list[Flaw]:
        told = _scenarios([(("scenarios", at), one) for at, one in enumerate(found.scenarios)], scripts)
        for at, one in enumerate(found.ends):
            told += [Flaw(("ends", at, "when"), flaw) for flaw in (also(one.when) if also else [])]
            known = {"balance"} if RecheckFact.BALANCE_YUAN in _needed(one.when) else set()
            told += _places(one.words, ("ends", at, "words"), known)
        codes: list[tuple[Where, str]] = [(("ends", at, "code"), one.code) for at, one in enumerate(found.ends)]
        return told + repeated(codes, "code")

    return _load(root / RECHECKS, Recheck, flaws)


def load_jobs(root: Path) -> list[Job]:
    """Raises ContentError."""

    def flaws(found: Job) -> list[Flaw]:
        told = [
            Flaw((name,), f"`{getattr(found, name)}` is no part of a crontab, such as 2, 8-20 or */15")
            for name, most in _PARTS_OF_A_CRONTAB
            if not _is_cron(getattr(found, name), most)
        ]
        if not found.runs or not all(found.runs):
            told.append(Flaw(("runs",), "a job runs one command at least"))
        return [
            *told,
            *_between(found.catch_up_hours, _MOST_HOURS, ("catch_up_hours",), "hours"),
            *_between(found.tries, _MOST_TRIES, ("tries",), "attempts"),
            *_between(found.longest_hours, _MOST_HOURS, ("longest_hours",), "hours"),
            *_between(found.again_after_min, _MOST_MIN, ("again_after_min",), "minutes"),
        ]

    return _load(root / JOBS, Job, flaws)


def load_outreach(root: Path) -> list[Outreach]:
    """Raises ContentError."""
    scripts = _scripts(root)

    def flaws(found: Outreach) -> list[Flaw]:
        told = _scenarios([(("scenario",), found.scenario)], scripts)
        told += _between(found.report_within_hours, _MOST_HOURS, ("report_within_hours",), "hours")
        told += [
            Flaw(("call_replies", at), "an answer, and none by which customers want nothing more")
            for at, one in enumerate(found.call_replies)
            if not plain_reply(one) or is_stop(one)
        ]
        for route, words in found.words.items():
            where = ("words", route.value)
            if route not in SENT_ROUTES:
                told.append(Flaw(where, "a call has a script, and no words here"))
            told += missing_words(words, where) + _places(words, where, set(SITE_WORDS))
        return told

    return _load(root / OUTREACH_FOLDER, Outreach, flaws, key="scenario")


def load_quality_rule(path: Path) -> QualityRule:
    """Raises ContentError."""

    def flaws(found: QualityRule) -> list[Flaw]:
        told = [] if found.version >= 1 else [Flaw(("version",), "versions begin at 1")]
        if found.least_calls < 1:
            told.append(Flaw(("least_calls",), "must be above 0"))
        if not 0 < found.most_wrong_percent <= 100:
            told.append(Flaw(("most_wrong_percent",), "a share is above 0 and at most 100 percent"))
        return [*told, *_between(found.days, 400, ("days",), "days")]

    file = str(path)
    return convert(parse(read_text(path), file=file), QualityRule, flaws, file=file)


def _load(within: Path, kind: type[T], flaws: Callable[[T], list[Flaw]], *, key: str = "id") -> list[T]:
    return [_load_one(path, kind, flaws, key) for path in sorted(within.glob("*.yaml"))]


def _load_one(path: Path, kind: type[T], flaws: Callable[[T], list[Flaw]], key: str) -> T:
    def all_flaws(found: T) -> list[Flaw]:
        told = named(str(getattr(found, key)), key, path) + missing_words(found)
        if getattr(found, "version") < 1:  # noqa: B009  every kind has one
            told.append(Flaw(("version",), "versions begin at 1"))
        return told + flaws(found)

    file = str(path)
    return convert(parse(read_text(path), file=file), kind, all_flaws, file=file)


def _scripts(root: Path) -> frozenset[str]:
    """Of the folder, and those that came with the program: a site that took one out need not mend these files."""
    return frozenset(path.stem for one in (root, folder()) for path in (one / "scripts").glob("*.yaml"))


def _scenarios(asked: list[tuple[Where, str]], scripts: frozenset[str]) -> list[Flaw]:
    return [Flaw(where, f"there is no script `{name}`") for where, name in asked if name not in scripts]


def _between(value: int, most: int, where: Where, what: str) -> list[Flaw]:
    return [] if 1 <= value <= most else [Flaw(where, f"{what} are 1 to {most}")]


def _places(words: Text, where: Where, known: set[str]) -> list[Flaw]:
    """Places `{name}` of words that nothing fills."""
    try:
        named_ = {name for one in (words.zh, words.en) for _, name, _, _ in Formatter().parse(one) if name is not None}
    except ValueError as error:
        return [Flaw(where, f"the places of the words are not sound: {error}")]
    return [Flaw(where, f"nothing fills the place `{name}`") for name in sorted(named_ - known)]


def _needed(when: Condition) -> set[str]:
    """Facts that are known for certain where the condition holds."""
    own = {when.field} if when.field and when.known is not False else set()
    return own.union(*(_needed(one) for one in when.all or ()))


def _is_cron(written: str, most: int) -> bool:
    return all(_is_piece(one, most) for one in written.split(","))


def _is_piece(piece: str, most: int) -> bool:
    """`*`, `5`, `8-20` or `*/15`."""
    if piece == "*":
        return True
    every = piece.removeprefix("*/")
    if every != piece:
        return every.isascii() and every.isdigit() and 1 <= int(every) <= most
    numbers = piece.split("-")
    return len(numbers) <= 2 and all(one.isascii() and one.isdigit() and int(one) <= most for one in numbers)
