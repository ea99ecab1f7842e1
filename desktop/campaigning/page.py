"""The planner's page of campaigns: rules, campaigns, effect, lists and types of task."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.campaigning import words
from desktop.campaigning.parts import CampaigningContext
from desktop.keys.planning import PLANNING, Plan
from desktop.widgets.part_tabs import Part, PartTab, PartTabs


class CampaigningPage(PartTabs):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        makers = (_rules, _campaigns, _effect, _lists, _task_types)
        parts = [PartTab(title, partial(make, context)) for title, make in zip(words.TABS, makers, strict=True)]
        super().__init__(context.tongue, words.TITLE, parts, key=PLANNING[Plan.PART][0], parent=parent)


def _rules(context: CampaigningContext) -> Part:
    from desktop.campaigning.rules import RulesPart

    return RulesPart(context)


def _campaigns(context: CampaigningContext) -> Part:
    from desktop.campaigning.campaigns import CampaignsPart

    return CampaignsPart(context)


def _effect(context: CampaigningContext) -> Part:
    from desktop.campaigning.effect import EffectPart

    return EffectPart(context)


def _lists(context: CampaigningContext) -> Part:
    from desktop.campaigning.lists import ListsPart

    return ListsPart(context)


def _task_types(context: CampaigningContext) -> Part:
    from desktop.campaigning.task_types import TaskTypesPart

    return TaskTypesPart(context)
