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
    from core.screening.model.uplift_applying import UpliftEvaluation
    from core.screening.model.uplift_record import UpliftRecord

_WEIGHTS_TOLD = 5


def tell_trained(record: "Record", folder: Path) -> None:
    from core.screening.model.report import shown_gap
    from core.screening.model.report_words import compared, summed_up

    say(f"模型 {record.id} / model {record.id}")
    for text, values in summed_up(record.source, record.roles.label):
        _both(text, **values)
    _both(compared(record.used, record.ahead), gap=shown_gap(record.ahead))
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


def tell_models(
    records: "Sequence[Record]", publications: "Sequence[Publication]", uplifts: "Sequence[UpliftRecord]" = ()
) -> None:
    from core.screening.model.report import shown

    for one in records:
        when, auc = f"{one.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}", shown(one.measured.worth.auc)
        say("\t".join((one.id, when, one.by, one.used.value, f"AUC {auc}", one.source.file, one.source.sha256)))
    for each in uplifts:
        when, qini = f"{each.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}", each.found.x_qini
        told = f"Qini {qini.value:.2f} ({qini.low:.2f} … {qini.high:.2f})"
        say("\t".join((each.id, when, each.by, "uplift", told, each.source.file, each.source.sha256)))
    counting = {made.kind: made.number for made in publications}
    for made in publications:
        when = f"{made.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        back = f"\t← {made.back_to}" if made.back_to else ""
        now = "\t现用 counts now" if counting[made.kind] == made.number else ""
        told = f"第 {made.number} 次发布 / publication {made.number}\t{when}\t{made.by}\t{made.kind.value}"
        say(f"{told}\t{made.model}{back}{now}")
    if not records and not uplifts:
        say("还没有模型。 / There is no model yet.")


def tell_uplift(record: "UpliftRecord", folder: Path) -> None:
    from core.screening.model.uplift_words import lines, of_source

    say(f"增益模型 {record.id} / uplift model {record.id}")
    for one in [*lines(record.found, record.source), *of_source(record.source)]:
        say(f"{one.zh}\n{one.en}")
    tell_cautions(record.cautions)
    say(f"报告 / report: {folder / 'report.zh_CN.html'}, {folder / 'report.en.html'}")


def tell_passed_over(members: int) -> None:
    """Of campaigns: of whom no snapshot from before the draw is kept."""
    if members:
        warn(
            f"！抽组前的快照里没有 {members} 位成员，没有学。"
            f" / {members} members are in no snapshot from before the draw, and were not learnt from."
        )


def tell_uplift_evaluated(record: "UpliftRecord", found: "UpliftEvaluation") -> None:
    from core.screening.model.uplift_words import of_evaluation

    for one in of_evaluation(record.id, found):
        say(f"{one.zh}\n{one.en}")
    tell_cautions(found.cautions)


def tell_uplift_explained(record: "UpliftRecord", found: "Sequence[tuple[str, float]]", *, named: bool) -> None:
    """Customers with the points by which a call is thought to lower their chance of leaving."""
    say(f"增益模型 {record.id} / uplift model {record.id}")
    weights = sorted(zip(record.importance, (one.name for one in record.columns), strict=True), reverse=True)
    first = [f"{name} {weight:.0%}" for weight, name in weights[:_WEIGHTS_TOLD] if weight > 0]
    say(f"看重 looks at: {', '.join(first)}")
    row = "" if named else "第几行 row "
    for customer, effect in found:
        say(f"{row}{customer}\t{100 * effect:+.2f}")


def _both(text: Text, **values: object) -> None:
    say(f"{text.zh.format(**values)}\n{text.en.format(**values)}")
