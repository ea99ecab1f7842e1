"""`model train|evaluate|explain|publish|rollback|list|uplift`: who is likely to leave, learnt from a labelled list."""

import argparse
from collections.abc import Callable

from msgspec import structs

from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.server.commands.apart import add_here, apart
from core.server.commands.model_fit import ask_to_accept
from core.server.commands.model_lists import costs_of, labels_of, learnt_from, listed_of, no_list, said_by
from core.server.commands.model_options import (
    add_evaluating,
    add_explaining,
    add_going_back,
    add_publishing,
    add_scoring,
    add_training,
    add_uplift,
)
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say
from core.server.commands.uplift import (
    evaluate_kept,
    explain_kept,
    is_uplift,
    meant,
    newest_uplift,
    publish_kept,
    train_kept,
)
from core.server.db import audit
from core.server.db.audit import Action
from core.server.purge.files import note_written


def run_train(options: argparse.Namespace) -> int:
    return apart(_train, options)


def _train(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models
    from core.screening.model.labelled import roles
    from core.screening.model.labels import Roles
    from core.screening.model.met import MET
    from core.screening.model.naming import Names, load_naming
    from core.screening.model.preparing import Asked
    from core.screening.model.report import report
    from core.screening.model.training import train
    from core.server.commands.told_model import tell_trained

    costs = costs_of(options)
    today = listed_of(options, options.today, sample=True) if options.today else None
    with opened(options) as database, progress("训练 training") as step:
        listed = learnt_from(options, database)
        own = Roles(label=options.label, time=options.time, customer=options.customer) if options.list else roles()
        asked = Asked(
            label=own.label, time=own.time, customer=own.customer, keep=tuple(options.keep), drop=tuple(options.drop)
        )
        at, models = database.clock(), Models(folder_of(options), options.tenant)
        naming = load_naming(options.content)
        if not options.list:
            # What a snapshot holds was known before anybody left, whatever it is called.
            naming = structs.replace(naming, suspects=(), label=Names())
        made = train(
            listed, naming, asked, costs=costs, by_segment=tuple(options.segment),
            model_id=models.new_id(at), at=at, by=actor(), step=step, today=today,
        )  # fmt: skip
        labels = labels_of(database)
        files = {f"report.{lang.value}.html": report(made.record, lang, labels) for lang in Lang}
        folder = models.keep(made.record, made.trees, files | {MET: made.met})
        with database.write() as unit:
            audit.write(
                unit, writer=actor(), action=Action.MODEL_TRAINED, object_=made.record.id, list=listed.sha256,
                rows=made.record.source.rows, trees=made.record.trees_sha256, learner=made.record.used.value,
            )  # fmt: skip
    tell_trained(made.record, folder)


def run_evaluate(options: argparse.Namespace) -> int:
    return apart(_evaluate, options)


def _evaluate(options: argparse.Namespace) -> None:
    if meant(options):
        evaluate_kept(options)
        return
    if not options.list:
        raise no_list()
    from core.screening.model.evaluating import evaluate, evaluation_report
    from core.screening.model.keeping import Models
    from core.screening.model.naming import load_naming
    from core.server.commands.told_model import tell_evaluated
    from core.server.commands.written import page_asked, write_whole

    page = page_asked(options.report)
    costs, listed = costs_of(options), listed_of(options, options.list)
    models = Models(folder_of(options), options.tenant)
    record = models.find(options.model)
    with opened(options) as database:
        found = evaluate(
            record, models.booster(record), listed, load_naming(options.content), label=options.label, costs=costs,
            by_segment=tuple(options.segment), met=models.met(record.id),
        )  # fmt: skip
        if page:
            write_whole(page, evaluation_report(found, Lang(options.lang), dict(labels_of(database))))
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
    if meant(options):
        explain_kept(options)
        return
    from core.screening.model.explaining import explain, nobody_named
    from core.screening.model.keeping import Models
    from core.server.commands.told_model import tell_cautions, tell_explained
    from core.server.sheets import write_sheet

    listed, models = listed_of(options, options.list), Models(folder_of(options), options.tenant)
    record = models.find(options.model)
    with opened(options) as database:
        found = explain(
            record, models.booster(record), listed, labels_of(database), customers=options.customer, top=options.top,
            factors=said_by(options.list, database),
        )  # fmt: skip
        if options.out and not found.named:
            raise nobody_named(record.roles.customer, listed)
        tell_cautions(found.cautions)
        if not options.out:
            tell_explained(found, record)
            return
        lang = Lang(options.lang)
        heads = ("客户", "离网概率", "理由") if lang is Lang.ZH else ("customer", "chance of leaving", "reasons")
        joint = "；" if lang is Lang.ZH else "; "
        rows = [(one.customer, round(one.chance, 4), joint.join(why.of(lang) for why in one.reasons))
                for one in found.customers]  # fmt: skip
        written = write_sheet(options.out, heads, rows)
        with database.write() as unit:
            audit.write(unit, writer=actor(), action=Action.EXPORT, object_="model", rows=written, model=record.id)
            note_written(unit, Kept.EXPORTS, options.out)
    say(f"已写入 {options.out}，{written} 位。 / {counted(written, 'customer')} written to {options.out}.")


def run_publish(options: argparse.Namespace) -> int:
    return apart(_publish, options)


def _publish(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models

    wanted = options.id or newest_uplift(options)
    if is_uplift(options, wanted):
        publish_kept(options, wanted, accepted=options.accept)
        return
    models = Models(folder_of(options), options.tenant)
    record = models.find(options.id) if options.id else models.newest()
    ask_to_accept(options, record, accepted=options.accept)
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
    if is_uplift(options, back.model):
        publish_kept(options, back.model, accepted=back.accepted, back_to=back.number)
        return
    record = models.find(back.model)
    ask_to_accept(options, record, accepted=True)
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


def run_score(options: argparse.Namespace) -> int:
    return apart(_score, options)


def _score(options: argparse.Namespace) -> None:
    from core.screening.snapshots.keeping import Shelf
    from core.server.commands.told_scores import score_and_tell

    snapshot = Shelf(folder_of(options), options.tenant).find(options.snapshot)
    with opened(options) as database:
        score_and_tell(database, folder_of(options), snapshot, model=options.model)


def run_list(options: argparse.Namespace) -> None:
    from core.screening.model.keeping import Models
    from core.screening.model.uplift_keeping import Uplifts
    from core.server.commands.told_model import tell_models

    models = Models(folder_of(options), options.tenant)
    tell_models(models.all(), models.publications(), Uplifts(folder_of(options), options.tenant).all())


def run_uplift(options: argparse.Namespace) -> int:
    return apart(train_kept, options)


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="|".join(_DOES))
    for name, (words, run, add_options) in _DOES.items():
        verb = verbs.add_parser(name, help=words)
        add_options(verb)
        if run is not run_list:
            add_here(verb)
        verb.set_defaults(run=run)
        add_place(verb)


_DOES: dict[str, tuple[str, Callable[[argparse.Namespace], int | None], Callable[[argparse.ArgumentParser], None]]] = {
    "train": ("learn from a labelled list or snapshots; with a report of what it is worth", run_train, add_training),
    "evaluate": ("what a model is worth on a later labelled list", run_evaluate, add_evaluating),
    "explain": ("the likeliest to leave of a list or snapshot, with reasons in words", run_explain, add_explaining),
    "score": ("every customer's chance of leaving, as a factor of a snapshot", run_score, add_scoring),
    "publish": ("let a model count from now on; on record", run_publish, add_publishing),
    "rollback": ("the model of an earlier publication counts again; on record", run_rollback, add_going_back),
    "list": ("models and publications", run_list, lambda _verb: None),
    "uplift": ("whom calls help, where a control group was held out at random", run_uplift, add_uplift),
}
