"""What `model` has to say, in both languages."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.clock import CHINA
from core.domain.text import Text
from core.server.commands.say import say, warn

if TYPE_CHECKING:
    from core.screening.model.evaluating import Evaluation
    from core.screening.model.explaining import Explanation
    from core.screening.model.measuring import Worth
    from core.screening.model.published import Publication
    from core.screening.model.record import Caution, Record
    from core.screening.model.uplift import Uplift


def tell_trained(record: "Record", folder: Path) -> None:
    from core.screening.model.report import shown
    from core.screening.model.report_words import compared, summed_up

    say(f"模型 {record.id} / model {record.id}")
    for text, values in summed_up(record.source, record.roles.label):
        _both(text, **values)
    _both(compared(record.used, record.ahead), gap=shown(record.ahead))
    _tell_worth(record.measured.worth)
    tell_cautions(record.cautions)
    say(f"报告 / report: {folder / 'report.zh_CN.html'}, {folder / 'report.en.html'}")


def tell_evaluated(found: "Evaluation") -> None:
    from core.screening.model.report_words import EVALUATED

    _both(EVALUATED, id=found.model, file=found.file, label=found.label, rows=found.rows, left=found.left)
    _tell_worth(found.measured.worth)
    tell_cautions(found.cautions)


def _tell_worth(worth: "Worth") -> None:
    from core.screening.model.report import shown, yuan

    told = [f"AUC {shown(worth.auc)}", f"lift 10% {shown(worth.lift, 2)}", f"ECE {shown(worth.ece)}"]
    told.append(f"Brier {shown(worth.brier)}")
    say("\n".join(told))
    if worth.profit:
        say(f"每千名客户预期收益（元） / expected profit for 1,000 customers (yuan): {yuan(worth.profit)}")


def tell_cautions(cautions: "Sequence[Caution]") -> None:
    """On standard error: they are for whoever sits there."""
    for one in cautions:
        mark = "! " if one.grave else "  "
        warn(f"{mark}{one.words.zh}\n  {one.words.en}")


def tell_explained(found: "Explanation", record: "Record") -> None:
    say(f"模型 {record.id} / model {record.id}")
    row = "" if found.named else "第几行 row "
    for one in found.customers:
        zh, en = "；".join(why.zh for why in one.reasons), "; ".join(why.en for why in one.reasons)
        say(f"{row}{one.customer}\t{one.chance:.1%}\t{zh} / {en}")


def tell_models(records: "Sequence[Record]", publications: "Sequence[Publication]") -> None:
    from core.screening.model.report import shown

    for one in records:
        when, auc = f"{one.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}", shown(one.measured.worth.auc)
        say("\t".join((one.id, when, one.by, one.used.value, f"AUC {auc}", one.source.file, one.source.sha256)))
    for made in publications:
        when = f"{made.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        back = f"\t← {made.back_to}" if made.back_to else ""
        say(f"第 {made.number} 次发布 / publication {made.number}\t{when}\t{made.by}\t{made.model}{back}")
    if not records:
        say("还没有模型。 / There is no model yet.")


def tell_uplift(found: "Uplift") -> None:
    from core.screening.model.uplift_words import lines

    for one in lines(found):
        say(f"{one.zh}\n{one.en}")


def _both(text: Text, **values: object) -> None:
    say(f"{text.zh.format(**values)}\n{text.en.format(**values)}")
