"""The report on whom calls help, as one HTML file: of a model as it learnt, or on a list that came later."""

from collections.abc import Sequence

from core.domain.text import Lang, Text
from core.screening.model.page import page, sayer
from core.screening.model.pictures import Canvas
from core.screening.model.report_words import FIGURES_NOTE
from core.screening.model.uplift import Uplift
from core.screening.model.uplift_applying import UpliftEvaluation
from core.screening.model.uplift_record import UpliftRecord
from core.screening.model.uplift_words import (
    CALLED,
    CURVE,
    KEPT,
    TITLE,
    lines,
    of_evaluation,
    of_record,
    of_source,
)


def uplift_report(found: Uplift, lang: Lang, record: UpliftRecord | None = None) -> str:
    """The whole file; `record`: of the model that was kept, whose members it learnt from and by what it goes."""
    if record is None:
        return _file([*lines(found), FIGURES_NOTE], found.curve, lang)
    said = (one.words for one in record.cautions)
    told = [*of_record(record), *lines(found, record.source), FIGURES_NOTE, *of_source(record.source), *said]
    return _file(told, found.curve, lang)


def uplift_evaluation_report(model_id: str, found: UpliftEvaluation, lang: Lang) -> str:
    """The whole file."""
    said = [*of_evaluation(model_id, found), FIGURES_NOTE, *(one.words for one in found.cautions)]
    return _file(said, found.curve, lang)


def _file(told: Sequence[Text], curve: Sequence[tuple[float, float]], lang: Lang) -> str:
    say = sayer(lang)
    kept = [one for _share, one in curve]
    picture = Canvas(x=say(CALLED), y=say(KEPT), right=1.0, top=max(0.0, *kept), bottom=min(0.0, *kept), percent=False)
    picture.line([(0, 0), (1, kept[-1])], main=False)
    picture.line(curve)
    paragraphs = "".join(f"<p>{say(one)}</p>" for one in told)
    return page(say(TITLE), [f"<h1>{say(TITLE)}</h1>{paragraphs}<h2>{say(CURVE)}</h2>{picture.drawn()}"], lang)
