"""The model's report as one HTML file that needs nothing else, in Chinese or English."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from core.domain.call_costs import Costs
from core.domain.clock import CHINA
from core.domain.text import Lang, Text
from core.screening.model import report_words as words
from core.screening.model.figures import Figure
from core.screening.model.measuring import Measured, Worth
from core.screening.model.page import page, sayer
from core.screening.model.pictures import Canvas, bars, spans
from core.screening.model.record import Caution, Learner, Record

_WEIGHTS_SHOWN, _SHIFTS_SHOWN = 12, 8


def report(record: Record, lang: Lang, labels: Mapping[str, Text]) -> str:
    """The whole file; `labels` are people's names of columns."""

    say = sayer(lang)

    def named(column: str) -> str:
        return labels[column].of(lang) if column in labels else column

    parts = [
        f"<h1>{say(words.TITLE)}</h1>", _summary(record, say), cautions(record.cautions, say),
        _figures(record, say), pictures(record.measured, say), _weights(record, say, named),
        segments(record.measured, say, named), _shifts(record, say, named), _left_out(record, say),
    ]  # fmt: skip
    at = f"{record.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    made = say(
        words.MADE, id=record.id, by=record.by, at=at, sha256=record.source.sha256, engine=record.engine
    )  # fmt: skip
    return page(say(words.TITLE), [*parts, f"<p><small>{made}</small></p>"], lang)


def _summary(record: Record, say: Callable[..., str]) -> str:
    lines = [
        *(say(text, **values) for text, values in words.summed_up(record.source, record.roles.label)),
        say(words.compared(record.used, record.ahead), gap=shown_gap(record.ahead)),
    ]  # fmt: skip
    return "".join(f"<p>{one}</p>" for one in lines)


def cautions(found: Sequence[Caution], say: Callable[..., str]) -> str:
    """The box that stands before all figures."""
    if not found:
        return f"<h2>{say(words.CAUTIONS)}</h2><p>{say(words.NO_CAUTIONS)}</p>"
    lines = []
    for one in found:
        mark = f" <b>[{say(words.GRAVE)}]</b>" if one.grave else ""
        lines.append(f'<p class="{"grave" if one.grave else "light"}">{say(one.words)}{mark}</p>')
    return f"<h2>{say(words.CAUTIONS)}</h2>{''.join(lines)}"


def _figures(record: Record, say: Callable[..., str]) -> str:
    both = [(Learner.TREES, record.trees), (Learner.SCORECARD, record.scorecard)]
    columns = [(say(words.LEARNERS[one]) + (" ✓" if one is record.used else ""), worth) for one, worth in both]
    return (
        f"<h2>{say(words.FIGURES)}</h2>{worth_table(columns, say)}"
        f"<p><small>{say(words.FIGURES_NOTE)} {costs_words(record.costs, say)}</small></p>"
    )


def worth_table(columns: Sequence[tuple[str, Worth]], say: Callable[..., str]) -> str:
    """One column a learner, each with its head."""
    heads = "".join(f"<th>{head}</th>" for head, _worth in columns)
    told = [_told(worth) for _head, worth in columns]
    rows = []
    for lines in zip(*told, strict=True):
        cells = "".join(f'<td class="n">{figure}</td>' for _name, figure in lines)
        rows.append(f"<tr><td>{say(lines[0][0])}</td>{cells}</tr>")
    return f"<table><tr><th>{say(words.FIGURE)}</th>{heads}</tr>{''.join(rows)}</table>"


def _told(worth: Worth) -> list[tuple[Text, str]]:
    found = [
        (words.AUC, shown(worth.auc)), (words.LIFT, shown(worth.lift, 2)), (words.ECE, shown(worth.ece)),
        (words.BRIER, shown(worth.brier)),
    ]  # fmt: skip
    return found + ([(words.PROFIT, yuan(worth.profit))] if worth.profit else [])


def costs_words(costs: Costs | None, say: Callable[..., str]) -> str:
    """What the profit goes by."""
    if costs is None:
        return say(words.NO_COSTS)
    return say(
        words.COSTS, call=f"{costs.call_fen / 100:.2f}", worth=f"{costs.worth_fen / 100:.2f}",
        saved=f"{costs.saved:.0%}", from_=f"{min(1.0, costs.worth_calling_from):.1%}",
    )  # fmt: skip


def pictures(found: Measured, say: Callable[..., str]) -> str:
    """How many leavers are found first, and whether chances came true."""
    gains = Canvas(x=say(words.CUSTOMERS_CALLED), y=say(words.LEAVERS_FOUND), right=1.0, top=1.0)
    gains.line([(0, 0), (1, 1)], main=False)
    gains.line([(0, 0), *((at / len(found.gains), one) for at, one in enumerate(found.gains, 1))])
    most = max([one.seen.high for one in found.bins] + [one.told for one in found.bins], default=1.0)
    told = Canvas(x=say(words.TOLD), y=say(words.SEEN), right=most, top=most)
    told.line([(0, 0), (most, most)], main=False)
    for one in found.bins:
        told.point(one.told, one.seen.value, one.seen.low, one.seen.high)
    return (
        f'<div class="pair"><div><h2>{say(words.GAINS)}</h2>{gains.drawn()}</div>'
        f"<div><h2>{say(words.CALIBRATION)}</h2>{told.drawn()}</div></div>"
    )


def _weights(record: Record, say: Callable[..., str], named: Callable[[str], str]) -> str:
    pairs = zip(record.columns, record.importance, strict=True)
    found = sorted(((weight, one.name) for one, weight in pairs), reverse=True)
    first = [(named(name), weight) for weight, name in found[:_WEIGHTS_SHOWN] if weight > 0]
    return f"<h2>{say(words.WEIGHTS)}</h2>{bars(first)}<p><small>{say(words.WEIGHTS_NOTE)}</small></p>"


def segments(found: Measured, say: Callable[..., str], named: Callable[[str], str]) -> str:
    """A table, and AUC with intervals as a picture."""
    if not found.segments:
        return ""
    priced = any(one.profit for one in found.segments)
    heads = "".join(f"<th>{say(one)}</th>" for one in (*words.SEGMENT_HEADS, *([words.PROFIT] if priced else [])))
    rows, seen = [], []
    for one in found.segments:
        name = f"{named(one.column)}: {one.value}"
        figures = [shown(one.auc) if one.auc else say(words.TOO_FEW), shown(one.lift, 2) if one.lift else "—"]
        cells = [str(one.rows), f"{one.left / one.rows:.1%}", f"{one.told:.1%}", *figures]
        cells += [yuan(one.profit) if one.profit else say(words.TOO_FEW)] if priced else []
        rows.append(f"<tr><td>{escape(name)}</td>{''.join(f'<td class=n>{cell}</td>' for cell in cells)}</tr>")
        if one.auc:
            seen.append((name, one.auc.value, one.auc.low, one.auc.high))
    picture = spans(seen, x=say(words.SEGMENT_AXIS), least=0.4, most=1.0) if seen else ""
    return f"<h2>{say(words.SEGMENTS)}</h2><table><tr>{heads}</tr>{''.join(rows)}</table>{picture}"


def _shifts(record: Record, say: Callable[..., str], named: Callable[[str], str]) -> str:
    moved = [one for one in record.shifts if one.seen][:_SHIFTS_SHOWN]
    rows = "".join(f'<tr><td>{escape(named(one.column))}</td><td class="n">{one.index:.2f}</td></tr>' for one in moved)
    return f"<h2>{say(words.DRIFT)}</h2><table>{rows}</table>" if moved else ""


def _left_out(record: Record, say: Callable[..., str]) -> str:
    rows = [(one.column, one.why) for one in record.left_out]
    rows += [(one.column, one.why) for one in record.knows if not one.kept]
    cells = "".join(f"<tr><td>{escape(name)}</td><td>{say(why)}</td></tr>" for name, why in rows)
    return f"<h2>{say(words.COLUMNS)}</h2><table>{cells}</table>" if rows else ""


def shown(figure: Figure, digits: int = 3) -> str:
    """A figure with its interval."""
    return f"{figure.value:.{digits}f} ({figure.low:.{digits}f} … {figure.high:.{digits}f})"


def shown_gap(figure: Figure) -> str:
    """As `shown`, with as many digits as tell its ends from 0 where they are not 0: else it reads as nothing."""
    least = min((abs(one) for one in (figure.value, figure.low, figure.high) if one), default=1.0)
    return shown(figure, next((digits for digits in range(3, 7) if round(least, digits)), 7))


def yuan(figure: Figure) -> str:
    """Fen as yuan, with the interval."""
    return f"{figure.value / 100:,.0f} ({figure.low / 100:,.0f} … {figure.high / 100:,.0f})"
