"""The automatic note's line on what was asked of the team lead in this case: who granted what."""

from collections.abc import Sequence

from core.domain.authority import AuthorityCase, RequestState
from core.domain.money import yuan_short
from core.domain.text import Lang, Text

_BY_STATE: dict[RequestState, Text] = {
    RequestState.WAITING: Text(
        "{offer}已向班长申请 {asked} 元，待答复", "asked the lead for ¥{asked} ({offer}), no answer yet"
    ),
    RequestState.GRANTED: Text("{offer}由{name}批准 {granted} 元", "{name} granted ¥{granted} ({offer})"),
    RequestState.GRANTED_LESS: Text(
        "{offer}申请 {asked} 元，{name}批准 {granted} 元", "{name} granted ¥{granted} of ¥{asked} ({offer})"
    ),
    RequestState.REFUSED: Text("{offer}申请 {asked} 元，{name}未同意", "{name} refused ¥{asked} ({offer})"),
}
"""a request that was withdrawn or expired is not worth a word"""


def authority_words(cases: Sequence[AuthorityCase], lang: Lang) -> list[str]:
    """One sentence part for each request of the case that is not of an earlier outcome."""
    return [_words(case).of(lang) for case in cases if case.state in _BY_STATE and case.used_by is None]


def _words(case: AuthorityCase) -> Text:
    asked, granted = yuan_short(case.request.cost_fen), yuan_short(case.granted_fen)
    offer, by = case.request.offer, case.answered_by_name
    return Text(
        _BY_STATE[case.state].zh.format(offer=offer.zh, asked=asked, granted=granted, name=by),
        _BY_STATE[case.state].en.format(offer=offer.en, asked=asked, granted=granted, name=by),
    )
