"""`model train|evaluate|explain|publish|rollback|list|uplift`: who is likely to leave, learnt from a labelled list."""

import argparse
from collections.abc import Callable
from pathlib import Path

from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.server.commands.apart import add_here, apart
from core.server.commands.model_options import add_columns, add_costs, costs_of, labels_of, listed_of
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say
from core.server.db import audit
from core.server.db.audit import Action
from core.server.purge.files import note_written

_VERBS = "train|evaluate|explain|publish|rollback|list|uplift"


def run_train(options: argparse.Namespace) -> int:
    return apart(_train, options)


def _train(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models
    from core.screening.model.naming import load_naming
    from core.screening.model.preparing import Asked
    from core.screening.model.report import report
    from core.screening.model.training import train
    from core.server.commands.told_model import tell_trained

    costs, listed = costs_of(options), listed_of(options, options.list)
    today = listed_of(options, options.today) if options.today else None
    asked = Asked(
        label=options.label, time=options.time, customer=options.customer, keep=tuple(options.keep),
        drop=tuple(options.drop),
    )  # fmt: skip
    with opened(options) as database, progress("训练 training") as step:
        at, models = database.clock(), Models(folder_of(options), options.tenant)
        made = train(
            listed, load_naming(options.content), asked, costs=costs, by_segment=tuple(options.segment),
            model_id=models.new_id(at), at=at, by=actor(), step=step, today=today,
        )  # fmt: skip
        labels = labels_of(database)
        files = {f"report.{lang.value}.html": report(made.record, lang, labels) for lang in Lang}
        folder = models.keep(made.record, made.trees, files)
        with database.write() as unit:
            audit.write(
                unit, writer=actor(), action=Action.MODEL_TRAINED, object_=made.record.id, list=listed.sha256,
                rows=made.record.source.rows, trees=made.record.trees_sha256, learner=made.record.used.value,
            )  # fmt: skip
    tell_trained(made.record, folder)


def run_evaluate(options: argparse.Namespace) -> int:
    return apart(_evaluate, options)


def _evaluate(options: argparse.Namespace) -> None:
    from core.screening.model.evaluating import evaluate, evaluation_report
    from core.screening.model.keeping import Models
    from core.screening.model.naming import load_naming
    from core.server.commands.told_model import tell_evaluated
    from core.server.commands.written import write_whole

    costs, listed = costs_of(options), listed_of(options, options.list)
    models = Models(folder_of(options), options.tenant)
    record = models.find(options.model)
    with opened(options) as database:
        found = evaluate(
            record, models.booster(record), listed, load_naming(options.content), label=options.label, costs=costs,
            by_segment=tuple(options.segment),
        )  # fmt: skip
        if options.report:
            write_whole(options.report, evaluation_report(found, Lang(options.lang), dict(labels_of(database))))
    tell_evaluated(found)


def run_explain(options: argparse.Namespace) -> int:
    if options.top < 1:
        raise InputError(
            title=Text("数量不可用", "The number cannot be used"),
            message=Text("--top 至少为 1。", "--top is at least 1."),
            next_step=Text("例如 --top 200。", "Such as --top 200."),
        )
    return apart(_explain, options)


def _explain(options: argparse.Namespace) -> None:
    from core.screening.model.explaining import explain
    from core.screening.model.keeping import Models
    from core.server.commands.told_model import tell_explained
    from core.server.sheets import write_sheet

    listed, models = listed_of(options, options.list), Models(folder_of(options), options.tenant)
    record = models.find(options.model)
    with opened(options) as database:
        found = explain(
            record, models.booster(record), listed, labels_of(database), customers=options.customer, top=options.top
        )
        if not options.out:
            tell_explained(found, record)
            return
        lang = Lang(options.lang)
        heads = ("客户", "离网概率", "理由") if lang is Lang.ZH else ("customer", "chance of leaving", "reasons")
        joint = "；" if lang is Lang.ZH else "; "
        rows = [(one.customer, f"{one.chance:.4f}", joint.join(why.of(lang) for why in one.reasons)) for one in found]
        written = write_sheet(options.out, heads, rows)
        with database.write() as unit:
            audit.write(unit, writer=actor(), action=Action.EXPORT, object_="model", rows=written, model=record.id)
            note_written(unit, Kept.EXPORTS, options.out)
    say(f"已写入 {options.out}，{written} 位。 / {counted(written, 'customer')} written to {options.out}.")


def run_publish(options: argparse.Namespace) -> int:
    return apart(_publish, options)


def _publish(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models

    models = Models(folder_of(options), options.tenant)
    record = models.find(options.id) if options.id else models.newest()
    if record.grave and not options.accept:
        listed = "".join(one.words.zh for one in record.grave), " ".join(one.words.en for one in record.grave)
        raise InputError(
            title=Text("发布前要先确认", "Something has to be accepted first"),
            message=Text(*listed),
            next_step=Text("核对后仍要发布请加 --accept。", "Once you have looked at it, publish with --accept."),
        )
    with opened(options) as database:
        made = models.publish(record, at=database.clock(), by=actor(), accepted=options.accept)
        with database.write() as unit:
            audit.write(
                unit, writer=actor(), action=Action.MODEL_PUBLISHED, object_=record.id, number=made.number,
                trees=record.trees_sha256, accepted=options.accept,
            )  # fmt: skip
    say(f"第 {made.number} 次发布：模型 {record.id}。 / Publication {made.number}: model {record.id}.")


def run_rollback(options: argparse.Namespace) -> int:
    return apart(_rollback, options)


def _rollback(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models

    models = Models(folder_of(options), options.tenant)
    back = models.publication(options.number)
    record = models.find(back.model)
    with opened(options) as database:
        made = models.publish(record, at=database.clock(), by=actor(), accepted=back.accepted, back_to=back.number)
        with database.write() as unit:
            audit.write(
                unit, writer=actor(), action=Action.MODEL_ROLLED_BACK, object_=record.id, number=made.number,
                back_to=back.number,
            )  # fmt: skip
    say(
        f"第 {made.number} 次发布：回到第 {back.number} 次的模型 {record.id}。"
        f" / Publication {made.number}: back to model {record.id} of publication {back.number}."
    )


def run_list(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models
    from core.server.commands.told_model import tell_models

    models = Models(folder_of(options), options.tenant)
    tell_models(models.all(), models.publications())


def run_uplift(options: argparse.Namespace) -> int:
    return apart(_uplift, options)


def _uplift(options: argparse.Namespace) -> None:
    from core.screening.model.naming import load_naming
    from core.screening.model.preparing import Asked
    from core.screening.model.uplift import uplift
    from core.screening.model.uplift_report import uplift_report
    from core.server.commands.told_model import tell_uplift
    from core.server.commands.written import write_whole

    listed = listed_of(options, options.list)
    asked = Asked(label=options.label, time="none", customer=options.customer, drop=tuple(options.drop))
    with progress("增益 uplift") as step:
        found = uplift(
            listed, load_naming(options.content), asked, treatment=options.treatment,
            randomised=options.randomised, step=step,
        )  # fmt: skip
    if options.report:
        write_whole(options.report, uplift_report(found, Lang(options.lang)))
    tell_uplift(found)


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_VERBS)
    training = verbs.add_parser(
        "train", help="learn from a labelled list: CSV, Parquet; with a report of what it is worth"
    )
    training.add_argument(
        "list", metavar="LIST", help="a file; rows of customers of whom it is known whether they left"
    )
    add_columns(training)
    training.add_argument("--keep", action="append", default=[], metavar="COLUMN", help="learn from it all the same")
    training.add_argument(
        "--today", default="", metavar="LIST", help="who would be called: a file or snapshot, for drift"
    )
    evaluating = verbs.add_parser("evaluate", help="what a model is worth on a later labelled list")
    evaluating.add_argument("list", metavar="LIST")
    evaluating.add_argument("--label", default="", metavar="COLUMN", help="who left")
    explaining = verbs.add_parser("explain", help="the likeliest to leave of a list or snapshot, with reasons in words")
    explaining.add_argument("list", metavar="LIST", help="a file, or the id of a snapshot")
    explaining.add_argument("--top", type=int, default=20, metavar="N", help="so many (20)")
    explaining.add_argument("--customer", action="append", default=[], metavar="ID", help="these alone")
    explaining.add_argument("--out", type=Path, metavar="FILE", help="into a .csv or .xlsx; on record")
    publishing = verbs.add_parser("publish", help="let a model count from now on; on record")
    publishing.add_argument("id", nargs="?", default="", metavar="MODEL", help="the newest by default")
    publishing.add_argument("--accept", action="store_true", help="in spite of what was said of it")
    back = verbs.add_parser("rollback", help="the model of an earlier publication counts again; on record")
    back.add_argument("number", type=int, metavar="PUBLICATION")
    listing = verbs.add_parser("list", help="models and publications")
    helping = verbs.add_parser("uplift", help="whom calls help, where a control group was held out at random")
    helping.add_argument("list", metavar="LIST")
    add_columns(helping)
    helping.add_argument("--treatment", required=True, metavar="COLUMN", help="who was called: yes or no")
    helping.add_argument("--randomised", action="store_true", help="chance alone decided who was called")
    for verb, does in (
        (training, run_train), (evaluating, run_evaluate), (explaining, run_explain), (publishing, run_publish),
        (back, run_rollback), (helping, run_uplift),
    ):  # fmt: skip
        verb.set_defaults(run=does)
        add_here(verb)
    listing.set_defaults(run=run_list)
    for verb in (training, evaluating, helping):
        verb.add_argument("--content", type=Path, metavar="DIR", help="a folder whose model/columns.yaml counts")
    for verb in (training, evaluating):
        add_costs(verb)
    for verb in (evaluating, explaining):
        verb.add_argument("--model", default="", metavar="MODEL", help="the published one by default, else the newest")
    for verb in (evaluating, helping):
        verb.add_argument("--report", type=Path, metavar="FILE", help="an HTML file that needs nothing else")
    for verb in (evaluating, explaining, helping):
        verb.add_argument("--lang", choices=[lang.value for lang in Lang], default=Lang.ZH.value)
    for verb in (training, evaluating, explaining, publishing, back, listing, helping):
        add_place(verb)
