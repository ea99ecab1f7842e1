"""An agent's line on the board: in words, with a tone where something is to be seen to."""

from collections.abc import Callable
from datetime import datetime

from core.domain.clock import CHINA
from core.domain.presence import STATE_NAMES, Seen
from core.domain.text import Text
from core.wire.team import AgentToday
from desktop.team import words
from desktop.team.ages import ago
from desktop.tongue import Tongue
from desktop.widgets.values import Cell, TableRow, Tile, Tone

_DASH = "—"


def cells(one: AgentToday, now: datetime, say: Tongue) -> tuple[Cell, ...]:
    """In the order of `words.COLUMNS`."""
    return (
        Cell(f"{one.name} {one.staff_number}"),
        state_cell(one, now, say),
        Cell(str(one.remaining)),
        Cell(str(one.overdue) if one.overdue else _DASH, Tone.BAD if one.overdue else Tone.MUTED),
        Cell(str(one.callbacks) if one.callbacks else _DASH, Tone.NEUTRAL if one.callbacks else Tone.MUTED),
        Cell(against(one.calls, one.calls_target)),
        Cell(share(one.connects, one.calls), Tone.NEUTRAL if one.calls else Tone.MUTED),
        Cell(against(one.successes, one.successes_target), _met(one.successes, one.successes_target)),
    )


def state_cell(one: AgentToday, now: datetime, say: Tongue) -> Cell:
    if one.away_until is not None:
        return Cell(say(words.AWAY), Tone.MUTED)
    if one.seen is Seen.NEVER or one.state is None:
        return Cell(say(words.NEVER), Tone.MUTED)
    if one.seen is Seen.SIGNED_OUT:
        return Cell(say(words.SIGNED_OUT), Tone.MUTED)
    name = say(STATE_NAMES[one.state])
    if one.seen is Seen.UNHEARD and one.heard_at is not None:
        since = say(ago(one.heard_at, now))
        return Cell(say(words.UNHEARD).format(since=since, state=name), Tone.BAD)
    since = say(ago(one.since, now)) if one.since else ""
    return Cell(f"{name} · {since}" if since else name, words.STATE_TONES[one.state])


def scenario_table(
    one: AgentToday, scenario_name: Callable[[str], Text], say: Tongue
) -> tuple[list[str], list[TableRow]]:
    """Heads and rows of one agent's scenarios; no rows where nothing was called and no target is set."""
    heads = [say(text).format(name=one.name) for text in words.SCENARIO_COLUMNS]
    return heads, [
        TableRow(
            (
                Cell(say(scenario_name(row.scenario))),
                Cell(against(row.calls, row.target_calls)),
                Cell(share(row.connects, row.calls)),
                Cell(against(row.successes, row.target_successes), _met(row.successes, row.target_successes)),
                Cell(str(row.awaited) if row.awaited else _DASH, Tone.MUTED),
            )
        )
        for row in one.scenarios
    ]


def hint(one: AgentToday, say: Tongue) -> str:
    if one.seen is not Seen.UNHEARD or one.heard_at is None:
        return ""
    return say(words.UNHEARD_HINT).format(time=f"{one.heard_at.astimezone(CHINA):%H:%M}")


def tiles(agents: tuple[AgentToday, ...], say: Tongue) -> list[Tile]:
    """Of all of them together, in the order of `words.TILES`."""
    here = sum(one.seen is Seen.HERE for one in agents)
    calls, owners, won = (sum(getattr(one, name) for one in agents) for name in ("calls", "owners", "successes"))
    late = sum(one.overdue for one in agents)
    per_call = say(words.RATE_HINT).format(per_call=share(won, calls))
    values: tuple[tuple[str, Tone, str], ...] = (
        (f"{here}/{len(agents)}", Tone.NEUTRAL, ""),
        (str(sum(one.remaining for one in agents)), Tone.NEUTRAL, ""),
        (str(late), Tone.BAD if late else Tone.MUTED, ""),
        (against(calls, sum(one.calls_target for one in agents)), Tone.NEUTRAL, ""),
        (share(sum(one.connects for one in agents), calls), Tone.NEUTRAL, ""),
        (against(won, sum(one.successes_target for one in agents)), Tone.NEUTRAL, ""),
        (share(won, owners), Tone.NEUTRAL, per_call),
    )
    return [Tile(say(label), *value) for label, value in zip(words.TILES, values, strict=True)]


def against(done: int, target: int) -> str:
    return f"{done}/{target}" if target else str(done)


def share(part: int, whole: int) -> str:
    """Per cent without decimals; a dash where there is nothing to divide by."""
    return f"{part / whole:.0%}" if whole else _DASH


def as_of(at: datetime, text: Text, say: Tongue) -> str:
    return say(text).format(time=f"{at.astimezone(CHINA):%H:%M}")


def _met(done: int, target: int) -> Tone:
    return Tone.OK if target and done >= target else Tone.NEUTRAL
