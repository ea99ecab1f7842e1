"""Use: means against the allowance, how the plan fits, by month, by day."""

from desktop.call.view360_pages.charts import ChartCard, gb_axis, plain_axis
from desktop.call.view360_pages.page import Page, RowsCard
from desktop.call.view360_parts import words
from desktop.call.view360_presenter import View360
from desktop.widgets.bar_chart import BarChart
from desktop.widgets.line_chart import LineChart


class UsagePage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.means, self.fit = RowsCard(words.USAGE_PLAIN), RowsCard(words.FIT)
        self.monthly_data = ChartCard(words.MONTHLY_DATA, BarChart(height=112), gb_axis)
        self.monthly_voice = ChartCard(words.MONTHLY_VOICE, BarChart(height=100), plain_axis)
        self.daily_data = ChartCard(words.DAILY_DATA, LineChart(height=100), plain_axis)
        self.daily_voice = ChartCard(words.DAILY_VOICE, LineChart(height=90), plain_axis)
        self.add(self.means, self.fit)
        self.add(self.monthly_data)
        self.add(self.daily_data)
        self.add(self.monthly_voice)
        self.add(self.daily_voice)
        self.column.addStretch(1)

    def fill(self, view: View360) -> None:
        self.means.fill(view, [*view.usage_rows(), *view.usage_more_rows()], title=view.usage_title())
        self.fit.fill(view, view.fit_rows())
        self.monthly_data.fill(view, view.monthly_data())
        self.monthly_voice.fill(view, view.monthly_voice(), note=view.w(words.UNIT_MINUTES))
        data, voice = view.daily_data(), view.daily_voice()
        self.daily_data.fill(view, data, note="MB", n=len(data.points))
        self.daily_voice.fill(view, voice, note=view.w(words.UNIT_MINUTES), n=len(voice.points))
