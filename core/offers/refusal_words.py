"""A refusal in a sentence: why, since when, and until which day or until what happens."""

from core.domain.text import Text
from core.offers.eligibility import Refusal


def refusal_words(refusal: Refusal) -> Text:
    """As the agent reads it; what is not known of its days is left out."""
    since, why = refusal.since, refusal.text
    zh, en = _until(refusal)
    if since is not None:
        zh = f"{since} 起、{zh}" if zh else f"{since} 起"
        en = f"since {since}, {en}" if en else f"since {since}"
    if not zh:
        return Text(f"不可办：{why.zh}", f"Not allowed: {why.en}")
    return Text(f"{zh}不可办：{why.zh}", f"Not allowed {en}: {why.en}")


def _until(refusal: Refusal) -> tuple[str, str]:
    """Until the day, else until what happens."""
    if refusal.until is not None:
        return f"{refusal.until} 前", f"until {refusal.until}"
    if refusal.ends is not None:
        return f"{refusal.ends.zh}前", f"until {refusal.ends.en}"
    return "", ""
