"""Cards that hold one chart."""

from core.domain.text import Text
from desktop.call.view360_parts.usage import Curve
from desktop.call.view360_presenter import View360
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.card import Card
from desktop.widgets.chart import AxisWords, Chart
from desktop.widgets.values import Tone


class ChartCard(Card):
    """A chart under its title; the note tells the chosen point."""

    def __init__(self, title: Text, chart: Chart, axis: AxisWords) -> None:
        super().__init__()
        self._words, self._axis = title, axis
        self.chart = chart
        self.add(chart)
        chart.chosen.connect(self._on_chosen)

    def fill(self, view: View360, curve: Curve, *, note: str = "", **places: object) -> None:
        """`places` fill the title's."""
        self.set_title(view.w(self._words, **places))
        self.set_note(note)
        self.chart.setAccessibleName(self.title)
        self.chart.set_points(
            curve.points, axis=self._axis, line=curve.level, line_label=curve.level_label, empty=view.w.missing
        )

    def _on_chosen(self, index: int) -> None:
        self.set_note(self.chart.points()[index].hint, Tone.BRAND)


def bill_card(title: Text, *, height: float) -> ChartCard:
    """The 24 months of bills with the line of the plan's fee."""
    return ChartCard(title, BarChart(height=height), yuan_axis)


def fill_bills(card: ChartCard, view: View360) -> None:
    level, label = view.fee_level()
    card.fill(view, Curve(view.bill_points(), level, label), note=view.bills_note())


def yuan_axis(value: float) -> str:
    return f"¥{value:g}"


def gb_axis(value: float) -> str:
    return f"{value:g} GB"


def plain_axis(value: float) -> str:
    return f"{value:g}"
