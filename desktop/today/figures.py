"""The day's figures as tiles and a table. No widgets. Rates name what they are divided by."""

from collections.abc import Callable

from core.domain.text import Text
from core.store.types import DayFigures
from desktop.today import words
from desktop.tongue import Tongue
from desktop.widgets.values import Cell, TableRow, Tile, Tone


def tiles(figures: DayFigures, target: int, say: Tongue) -> list[Tile]:
    reached = Tone.OK if figures.called >= target else Tone.NEUTRAL
    return [
        Tile(say(words.CALLED), f"{figures.called} / {target}", reached, hint=say(words.CALLED_HINT)),
        Tile(say(words.DIALLED), str(figures.dialled)),
        Tile(say(words.CONNECTED), str(figures.connected)),
        Tile(say(words.CONNECT_RATE), rate(figures.connected, figures.dialled), hint=say(words.PER_DIAL)),
        Tile(say(words.OWNER), str(figures.owner)),
        Tile(say(words.SUCCESS), str(figures.success), Tone.OK if figures.success else Tone.NEUTRAL),
        Tile(
            say(words.AWAITED),
            str(figures.awaited),
            Tone.WARN if figures.awaited else Tone.NEUTRAL,
            hint=say(words.AWAITED_HINT),
        ),
        Tile(say(words.SUCCESS_RATE), rate(figures.success, figures.owner), hint=say(words.PER_OWNER)),
        Tile(say(words.TALK), f"{figures.talk_s // 60}:{figures.talk_s % 60:02d}"),
    ]


def scenario_table(figures: DayFigures, name: Callable[[str], Text], say: Tongue) -> tuple[list[str], list[TableRow]]:
    head = [
        say(text)
        for text in (
            words.SCENARIO,
            words.CUSTOMERS,
            words.CALLS,
            words.CONNECTED,
            words.OWNER,
            words.SUCCESS,
            words.SUCCESS_RATE,
        )
    ]
    rows = [
        TableRow(
            tuple(
                Cell(text)
                for text in (
                    say(name(scenario)),
                    str(of.called),
                    str(of.calls),
                    str(of.connected),
                    str(of.owner),
                    str(of.success),
                    rate(of.success, of.owner),
                )
            )
        )
        for scenario, of in sorted(figures.by_scenario.items())
    ]
    return head, rows


def rate(part: int, whole: int) -> str:
    """`38.5%`; a dash where there is nothing to divide by."""
    return f"{100 * part / whole:.1f}%" if whole else "—"
