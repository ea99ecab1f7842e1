"""The report on whom calls help, as one HTML file."""

from core.domain.text import Lang
from core.screening.model.page import page, sayer
from core.screening.model.pictures import Canvas
from core.screening.model.uplift import Uplift
from core.screening.model.uplift_words import CALLED, CURVE, KEPT, TITLE, lines


def uplift_report(found: Uplift, lang: Lang) -> str:
    """The whole file."""
    say = sayer(lang)
    most = max(1e-6, *(kept for _share, kept in found.curve))
    picture = Canvas(x=say(CALLED), y=say(KEPT), right=1.0, top=most, percent=False)
    end = found.curve[-1][1]
    picture.line([(0, 0), (1, max(0.0, end))], main=False)
    picture.line([(share, max(0.0, kept)) for share, kept in found.curve])
    told = "".join(f"<p>{say(one)}</p>" for one in lines(found))
    return page(say(TITLE), [f"<h1>{say(TITLE)}</h1>{told}<h2>{say(CURVE)}</h2>{picture.drawn()}"], lang)
