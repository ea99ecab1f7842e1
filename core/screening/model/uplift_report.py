"""The report on whom calls help, as one HTML file."""

from core.domain.text import Lang
from core.screening.model.page import page, sayer
from core.screening.model.pictures import Canvas
from core.screening.model.uplift import Uplift
from core.screening.model.uplift_record import UpliftSource
from core.screening.model.uplift_words import CALLED, CURVE, KEPT, TITLE, lines, of_source


def uplift_report(found: Uplift, lang: Lang, source: UpliftSource | None = None) -> str:
    """The whole file; `source` tells whose members were learnt from, and how many of them."""
    say = sayer(lang)
    kept = [one for _share, one in found.curve]
    picture = Canvas(x=say(CALLED), y=say(KEPT), right=1.0, top=max(0.0, *kept), bottom=min(0.0, *kept), percent=False)
    picture.line([(0, 0), (1, kept[-1])], main=False)
    picture.line(found.curve)
    told = "".join(f"<p>{say(one)}</p>" for one in [*lines(found), *(of_source(source) if source else ())])
    return page(say(TITLE), [f"<h1>{say(TITLE)}</h1>{told}<h2>{say(CURVE)}</h2>{picture.drawn()}"], lang)
