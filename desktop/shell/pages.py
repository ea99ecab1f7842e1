"""The pages of the window, in the order of their tabs and keys. A new one is one more entry at the end.

A page's place in `PAGES` is its key for ever, for every role: Ctrl+1 the first, Ctrl+5 the fifth.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from core.domain.people import RIGHTS, Right, Role
from desktop.keys.call import AGREED_WITH, OFFERING, PRACTISING, SENDING
from desktop.keys.caps import PAGE_KEYS
from desktop.keys.following import CARING, CASE_KEYS, PORTFOLIO, SETTLING, WEEK
from desktop.keys.leading import INSPECTING, JUDGING, LEADING, TAKING
from desktop.keys.planning import CONDUCTING, LISTING, PLANNING, RULING, SWITCHING
from desktop.shell import words
from desktop.shell.page import MadePage, PageContext, ShellPage, Tidings

if TYPE_CHECKING:
    from desktop.authority.requests_page import RequestsPage
    from desktop.campaigning.page import CampaigningPage
    from desktop.care.page import CarePage
    from desktop.cases.page import CasesPage
    from desktop.followups.page import FollowUpsPage
    from desktop.planning.page import PlanningPage
    from desktop.portfolio.page import PortfolioPage
    from desktop.practice.page import PracticePage
    from desktop.quality.page import QualityPage
    from desktop.review.page import ReviewPage
    from desktop.settings.page import SettingsPage
    from desktop.team.page import TeamPage
    from desktop.tips.page import TipsPage
    from desktop.today.page import TodayPage


def _desk(context: PageContext) -> MadePage[QWidget]:
    return context.desk


def _follow_ups(context: PageContext) -> "MadePage[FollowUpsPage]":
    from desktop.followups.page import FollowUpsPage

    page = FollowUpsPage(
        context.entered.desk,
        context.tongue,
        lane=context.store_lane,
        scenario_name=context.scenario_name,
        say=context.say,
        show_error=context.show_error,
        logged=context.entered.syncer.wake,
        ask=context.entered.ask,
        network_lane=context.network_lane,
    )
    page.task_chosen.connect(context.open_task)
    return MadePage(page, page.refresh)


def _today(context: PageContext) -> "MadePage[TodayPage]":
    from desktop.today.page import TodayPage

    page = TodayPage(
        context.entered.desk,
        context.tongue,
        lane=context.store_lane,
        scenario_name=context.scenario_name,
        say=context.say,
        show_error=context.show_error,
    )
    page.corrected.connect(context.entered.syncer.wake)
    return MadePage(page, page.refresh)


def _settings(context: PageContext) -> "MadePage[SettingsPage]":
    from desktop.settings.page import SettingsPage

    page = SettingsPage(context.config, context.tongue, facts=context.diagnostics.facts)
    page.changed.connect(context.config_taken)
    page.sync_wanted.connect(context.entered.syncer.retry_now)
    page.diagnostics_wanted.connect(context.diagnostics.copy)
    page.sign_out_wanted.connect(context.sign_out)
    return MadePage(page, page.refresh)


def _practice(context: PageContext) -> "MadePage[PracticePage]":
    from desktop.practice.page import PracticePage

    page = PracticePage(
        context.entered.desk,
        context.tongue,
        lane=context.store_lane,
        in_call=context.in_call,
        show_error=context.show_error,
    )
    return MadePage(page, page.refresh)


def _tips(context: PageContext) -> "MadePage[TipsPage]":
    from desktop.tips.page import TipsPage

    page = TipsPage(
        context.entered.desk,
        context.entered.ask,
        context.tongue,
        lane=context.network_lane,
        scenario_name=context.scenario_name,
        say=context.say,
        show_error=context.show_error,
    )
    return MadePage(page, page.refresh)


def _planning(context: PageContext) -> "MadePage[PlanningPage]":
    from desktop.planning.page import PlanningPage
    from desktop.planning.parts import Context

    page = PlanningPage(
        Context(
            desk=context.entered.desk,
            ask=context.entered.ask,
            tongue=context.tongue,
            store_lane=context.store_lane,
            network_lane=context.network_lane,
            scenario_name=context.scenario_name,
            show_error=context.show_error,
        )
    )
    return MadePage(page, page.refresh)


def _requests(context: PageContext) -> "MadePage[RequestsPage]":
    from desktop.authority.requests_page import RequestsPage

    page = RequestsPage(
        context.requests,
        context.tongue,
        now=lambda: context.entered.desk.moment().wall,
        online=context.online,
        say=context.say,
    )
    return MadePage(page, page.refresh)


def _care(context: PageContext) -> "MadePage[CarePage]":
    from desktop.care.page import CarePage

    page = CarePage(
        context.entered.desk,
        context.tongue,
        lane=context.store_lane,
        say=context.say,
        show_error=context.show_error,
        logged=context.entered.syncer.wake,
    )
    page.task_chosen.connect(context.open_task)
    return MadePage(page, page.refresh)


def _cases(context: PageContext) -> "MadePage[CasesPage]":
    from desktop.cases.page import CasesPage

    page = CasesPage(
        context.entered.desk,
        context.tongue,
        lane=context.store_lane,
        say=context.say,
        show_error=context.show_error,
        logged=context.entered.syncer.wake,
    )
    page.customer_chosen.connect(context.open_task)
    return MadePage(page, page.refresh)


def _team(context: PageContext) -> "MadePage[TeamPage]":
    from desktop.team.page import TeamPage

    page = TeamPage(context)
    return MadePage(page, page.refresh)


def _quality(context: PageContext) -> "MadePage[QualityPage]":
    from desktop.quality.page import QualityPage

    page = QualityPage(
        context.entered.desk,
        context.tongue,
        lane=context.store_lane,
        say=context.say,
        show_error=context.show_error,
        logged=context.entered.syncer.wake,
    )
    return MadePage(page, page.refresh)


def _review(context: PageContext) -> "MadePage[ReviewPage]":
    from desktop.review.page import ReviewPage

    page = ReviewPage(
        context.entered.desk,
        context.entered.review,
        context.tongue,
        lane=context.store_lane,
        heavy=context.heavy_lane,
        scenario_name=context.scenario_name,
        online=context.online,
        show_error=context.show_error,
        logged=context.entered.syncer.wake,
    )
    return MadePage(page, page.refresh)


def _portfolio(context: PageContext) -> "MadePage[PortfolioPage]":
    from desktop.portfolio.page import PortfolioPage

    page = PortfolioPage(context.entered.desk, context.tongue, lane=context.store_lane)
    page.customer_chosen.connect(context.open_task)
    return MadePage(page, page.refresh)


def _campaigning(context: PageContext) -> "MadePage[CampaigningPage]":
    from desktop.campaigning.page import CampaigningPage
    from desktop.campaigning.parts import CampaigningContext

    page = CampaigningPage(
        CampaigningContext(
            desk=context.entered.desk,
            ask=context.entered.ask,
            tongue=context.tongue,
            store_lane=context.store_lane,
            network_lane=context.network_lane,
            scenario_name=context.scenario_name,
            show_error=context.show_error,
            say=context.say,
            heavy_lane=context.heavy_lane,
            desk_scenarios=context.scenarios,
        )
    )
    return MadePage(page, page.refresh)


def _who_may(right: Right) -> frozenset[Role]:
    return frozenset(role for role, rights in RIGHTS.items() if right in rights)


DESK = ShellPage(words.DESK, _desk, keys=tuple(OFFERING.values()))
FOLLOW_UPS = ShellPage(
    words.FOLLOW_UPS,
    _follow_ups,
    follows=frozenset({Tidings.PULLED}),
    keys=(*SENDING.values(), *WEEK.values(), *AGREED_WITH.values()),
)
TODAY = ShellPage(words.TODAY, _today, follows=frozenset({Tidings.UPLOADS, Tidings.PULLED}))
SETTINGS = ShellPage(words.SETTINGS, _settings, follows=frozenset({Tidings.STATUS}))
PRACTICE = ShellPage(words.PRACTICE, _practice, roles=_who_may(Right.CALL), keys=tuple(PRACTISING.values()))
TIPS = ShellPage(
    words.TIPS,
    _tips,
    roles=_who_may(Right.JUDGE_TIPS),
    # Names of scenarios and steps may come after the tips.
    follows=frozenset({Tidings.PULLED}),
    keys=tuple(JUDGING.values()),
)
PLANNING_PAGE = ShellPage(words.PLANNING, _planning, roles=_who_may(Right.PLAN), keys=tuple(PLANNING.values()))

REQUESTS = ShellPage(words.REQUESTS, _requests, roles=_who_may(Right.ANSWER_AUTHORITY), keys=tuple(SETTLING.values()))
CARE = ShellPage(words.CARE, _care, roles=_who_may(Right.CALL), keys=tuple(CARING.values()))

CASES = ShellPage(
    words.CASES,
    _cases,
    # Whoever speaks to customers may open one, and has to see what becomes of it.
    roles=_who_may(Right.CALL),
    follows=frozenset({Tidings.PULLED, Tidings.UPLOADS}),
    keys=CASE_KEYS,
)

QUALITY = ShellPage(
    words.QUALITY,
    _quality,
    roles=_who_may(Right.CALL),
    follows=frozenset({Tidings.PULLED, Tidings.UPLOADS}),
    keys=tuple(INSPECTING.values()),
    key="Ctrl+Shift+3",
)
TEAM = ShellPage(
    words.TEAM,
    _team,
    roles=frozenset({Role.TEAM_LEAD}),
    follows=frozenset({Tidings.PULLED}),
    key="Ctrl+Shift+4",
    keys=tuple(LEADING.values()),
)

REVIEW = ShellPage(words.REVIEW, _review, roles=_who_may(Right.REVIEW), key="Ctrl+Shift+2", keys=tuple(TAKING.values()))
MY_CUSTOMERS = ShellPage(
    words.PORTFOLIO,
    _portfolio,
    roles=_who_may(Right.PORTFOLIO),
    follows=frozenset({Tidings.PULLED, Tidings.UPLOADS}),
    key="Ctrl+Shift+5",
    keys=tuple(PORTFOLIO.values()),
)

CAMPAIGNS = ShellPage(
    words.CAMPAIGNS,
    _campaigning,
    roles=_who_may(Right.PLAN),
    follows=frozenset({Tidings.SCRIPTS}),
    key="Ctrl+Shift+6",
    keys=(*RULING.values(), *CONDUCTING.values(), *LISTING.values(), *SWITCHING.values()),
)

PAGES: tuple[ShellPage[Any], ...] = (
    DESK, FOLLOW_UPS, TODAY, SETTINGS, PRACTICE, TIPS, PLANNING_PAGE, REQUESTS, CARE, CASES, REVIEW, QUALITY, TEAM,
    MY_CUSTOMERS, CAMPAIGNS,
)  # fmt: skip


def keyed(pages: tuple[ShellPage[Any], ...]) -> dict[str, ShellPage[Any]]:
    """The pages by key: their place's, or the one that they name. ValueError when there are more pages than keys."""
    if len(pages) > len(PAGE_KEYS):
        raise ValueError(f"{len(pages)} pages, {len(PAGE_KEYS)} keys")
    return {page.key or key: page for key, page in zip(PAGE_KEYS, pages, strict=False)}


def pages_seen_by(role: Role, pages: tuple[ShellPage[Any], ...] = PAGES) -> dict[str, ShellPage[Any]]:
    """By key, in order; a page that others do not see leaves its key free for nobody else."""
    return {key: page for key, page in keyed(pages).items() if role in page.roles}
