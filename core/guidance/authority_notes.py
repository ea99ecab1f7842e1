"""The automatic note's line on what was asked of the team lead in this case: who granted what."""

from collections.abc import Collection, Sequence

from core.domain.authority import AuthorityCase, RequestState, offer_granted
from core.domain.money import yuan_short
from core.domain.text import Lang, Text, filled

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


_UNUSED = Text("，还没办", ", not taken up yet")


def authority_words(cases: Sequence[AuthorityCase], lang: Lang, *, accepted: Collection[str]) -> list[str]:
    """One sentence part for each request of the case that is not of an earlier outcome; what was granted and is none
    of the `accepted` offers was given to nobody yet, and says so."""
    return [_words(case, accepted).of(lang) for case in cases if case.state in _BY_STATE and case.used_by is None]


def _words(case: AuthorityCase, accepted: Collection[str]) -> Text:
    asked, granted = yuan_short(case.request.cost_fen), yuan_short(case.granted_fen)
    offer, by = case.request.offer, case.answered_by_name
    unused = case.state.is_grant and offer_granted(case.request) not in accepted
    said = filled(_BY_STATE[case.state], offer=offer, asked=asked, granted=granted, name=by)
    return Text(said.zh + _UNUSED.zh, said.en + _UNUSED.en) if unused else said
