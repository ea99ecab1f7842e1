"""The planner's page: scripts, the base, ways between plans, surveys, what is sold, the four zones."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.keys.planning import PLANNING, Plan
from desktop.planning import words
from desktop.planning.base_presenter import BasePresenter
from desktop.planning.parts import Context
from desktop.widgets.part_tabs import Part, PartTab, PartTabs


class PlanningPage(PartTabs):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        base = BasePresenter(context.desk, context.ask, lane=context.network_lane, show_error=context.show_error)
        makers = (
            partial(_scripts, context),
            partial(_base, context, base),
            partial(_migration, context, base),
            partial(_surveys, context),
            partial(_catalogue, context),
            partial(_shelf, context),
            partial(_zones, context),
        )
        parts = [PartTab(title, make) for title, make in zip(words.TABS, makers, strict=True)]
        super().__init__(context.tongue, words.TITLE, parts, key=PLANNING[Plan.PART][0], parent=parent)


def _scripts(context: Context) -> Part:
    from desktop.planning.scripts import ScriptsPage

    return ScriptsPage(context)


def _base(context: Context, presenter: BasePresenter) -> Part:
    from desktop.planning.base import BasePage

    return BasePage(context, presenter)


def _migration(context: Context, presenter: BasePresenter) -> Part:
    from desktop.planning.migration import MigrationPage

    return MigrationPage(context, presenter)


def _surveys(context: Context) -> Part:
    from desktop.planning.surveys import SurveysPage

    return SurveysPage(context)


def _catalogue(context: Context) -> Part:
    from desktop.planning.catalogue import CataloguePage

    return CataloguePage(context)


def _shelf(context: Context) -> Part:
    from desktop.planning.shelf import ShelfPage

    return ShelfPage(context)


def _zones(context: Context) -> Part:
    from desktop.planning.zones import ZonesPage

    return ZonesPage(context)
