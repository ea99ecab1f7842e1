"""`model uplift` and what other verbs of `model` do with an uplift model: whom a call helps."""

import argparse
from typing import TYPE_CHECKING

from msgspec import structs

from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.text import Lang, Text
from core.server.commands.model_fit import ask_to_accept
from core.server.commands.model_lists import listed_of, refuse_no_days
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.progress import progress
from core.server.commands.say import counted, say
from core.server.db import audit
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.purge.files import note_written

if TYPE_CHECKING:
    from core.screening.model.uplift import Trial
    from core.screening.model.uplift_record import UpliftRecord
    from core.screening.model.xlearner import XLearner


def train_kept(options: argparse.Namespace) -> None:
    """A model with its report, in the folder of models."""
    from core.screening.model.keeping import Models
    from core.screening.model.uplift_keeping import Uplifts
    from core.screening.model.uplift_report import uplift_report
    from core.screening.model.uplift_training import train_uplift
    from core.server.commands.told_model import tell_uplift
    from core.server.commands.written import page_asked, write_whole

    page = page_asked(options.report)
    with opened(options) as database, progress("增益 uplift") as step:
        treatment, made = _trial(options, database)
        at = database.clock()
        model_id = Models(folder_of(options), options.tenant).new_id(at)
        trained = train_uplift(
            made, treatment=treatment, model_id=model_id, at=at, by=actor(), step=step,
            campaigns=options.campaign, within_days=options.within if options.campaign else 0,
        )  # fmt: skip
        record = trained.record
        files = {f"report.{lang.value}.html": uplift_report(record.found, lang, record) for lang in Lang}
        folder = Uplifts(folder_of(options), options.tenant).keep(trained, files)
        with database.write() as unit:
            audit.write(
                unit, writer=actor(), action=Action.MODEL_TRAINED, object_=record.id, list=record.source.sha256,
                rows=record.source.rows, trees=record.called_sha256, learner="uplift",
            )  # fmt: skip
    if page:
        write_whole(page, uplift_report(record.found, Lang(options.lang), record))
    tell_uplift(record, folder)


def evaluate_kept(options: argparse.Namespace) -> None:
    """What it is worth on a later list with a control group."""
    from core.screening.model.keeping import Models
    from core.screening.model.uplift_applying import evaluate_uplift
    from core.screening.model.uplift_report import uplift_evaluation_report
    from core.server.commands.told_model import tell_uplift_evaluated
    from core.server.commands.written import page_asked, write_whole

    page = page_asked(options.report)
    record, learner = _kept(options)
    with opened(options) as database:
        _treatment, made = _trial(options, database, record)
        met = Models(folder_of(options), options.tenant).met(record.id)
        found = evaluate_uplift(record, learner, made, campaigns=options.campaign, met=met)
    if page:
        write_whole(page, uplift_evaluation_report(record.id, found, Lang(options.lang)))
    tell_uplift_evaluated(record, found)


def explain_kept(options: argparse.Namespace) -> None:
    """Whom a call is thought to help most, in plain figures."""
    from core.screening.model.explaining import named_by, nobody_named
    from core.screening.model.uplift_applying import effects_on
    from core.server.commands.told_model import tell_cautions, tell_uplift_explained
    from core.server.sheets import write_sheet

    record, learner = _kept(options)
    listed = listed_of(options, options.list)
    names, named = named_by(record.roles.customer, listed, options.customer)
    if options.out and not named:
        raise nobody_named(record.roles.customer, listed)
    effects, cautions = effects_on(record, learner, listed)
    found = sorted(zip(names, map(float, effects), strict=True), key=lambda one: -one[1])
    wanted = frozenset(options.customer)
    found = [one for one in found if one[0] in wanted] if wanted else found[: options.top]
    tell_cautions(cautions)
    if not options.out:
        tell_uplift_explained(record, found, named=named)
        return
    heads = ("客户", "预计少离网（百分点）") if Lang(options.lang) is Lang.ZH else ("customer", "points fewer leave")
    with opened(options) as database:
        written = write_sheet(options.out, heads, [(name, round(100 * effect, 2)) for name, effect in found])
        with database.write() as unit:
            audit.write(unit, writer=actor(), action=Action.EXPORT, object_="model", rows=written, model=record.id)
            note_written(unit, Kept.EXPORTS, options.out)
    say(f"已写入 {options.out}，{written} 位。 / {counted(written, 'customer')} written to {options.out}.")


def publish_kept(
    options: argparse.Namespace, model_id: str, *, accepted: bool, back_to: int = 0
) -> None:  # fmt: skip
    """It says from now on who is called first. Raises InputError where nothing is gained by it and nobody accepted."""
    from core.screening.model.uplift_keeping import Uplifts

    uplifts = Uplifts(folder_of(options), options.tenant)
    record = uplifts.find(model_id)
    ask_to_accept(options, record, accepted=accepted or bool(back_to))
    with opened(options) as database:
        made = uplifts.publish(record, at=database.clock(), by=actor(), accepted=accepted, back_to=back_to)
        with database.write() as unit:
            action = Action.MODEL_ROLLED_BACK if back_to else Action.MODEL_PUBLISHED
            said: dict[str, int | bool] = {"back_to": back_to} if back_to else {"accepted": accepted}
            audit.write(
                unit, writer=actor(), action=action, object_=record.id, number=made.number, kind="uplift",
                trees=record.called_sha256, **said,
            )  # fmt: skip
    back = Text(f"，回到第 {back_to} 次", f", back to {back_to}") if back_to else Text("", "")
    say(
        f"第 {made.number} 次发布：增益模型 {record.id}{back.zh}。"
        f" / Publication {made.number}: uplift model {record.id}{back.en}."
    )


def is_uplift(options: argparse.Namespace, model_id: str) -> bool:
    """Whether that id is one of an uplift model; an empty one stands for a churn model."""
    if not model_id:
        return False
    from core.screening.model.uplift_keeping import Uplifts

    return Uplifts(folder_of(options), options.tenant).has(model_id)


def newest_uplift(options: argparse.Namespace) -> str:
    """The id of the uplift model that is newer than every churn model; empty where there is none."""
    from core.screening.model.keeping import Models
    from core.screening.model.uplift_keeping import Uplifts

    mine = Uplifts(folder_of(options), options.tenant).all()
    others = Models(folder_of(options), options.tenant).all()
    if not mine or (others and (others[-1].made_at, others[-1].id) > (mine[-1].made_at, mine[-1].id)):
        return ""
    return mine[-1].id


def meant(options: argparse.Namespace) -> str:
    """The uplift model that an evaluation or explanation is of; empty where it is of a churn model: the one that is
    named, else the one that counts, else the newest, where a control group is asked about or no churn model is kept."""
    from core.screening.model.keeping import Models
    from core.screening.model.uplift_keeping import Uplifts

    if options.model:
        return options.model if is_uplift(options, options.model) else ""
    uplifts = Uplifts(folder_of(options), options.tenant)
    mine = uplifts.all()
    of_calls = getattr(options, "campaign", []) or getattr(options, "treatment", "")
    if not mine or (not of_calls and Models(folder_of(options), options.tenant).all()):
        return ""
    counts = uplifts.published()
    return counts.model if counts else mine[-1].id


def _kept(options: argparse.Namespace) -> "tuple[UpliftRecord, XLearner]":
    from core.screening.model.uplift_keeping import Uplifts

    uplifts = Uplifts(folder_of(options), options.tenant)
    record = uplifts.find(meant(options))
    return record, uplifts.learner(record)


def _trial(
    options: argparse.Namespace, database: Database, record: "UpliftRecord | None" = None
) -> "tuple[str, Trial]":  # fmt: skip
    """The column that says who was called, and the list made ready: of campaigns kept here, or one that was brought."""
    from core.screening.model.called import CALLED
    from core.screening.model.labelled import roles
    from core.screening.model.naming import Names, load_naming
    from core.screening.model.preparing import Asked
    from core.screening.model.uplift import trial
    from core.server.commands.told_model import tell_passed_over
    from core.server.screening.called import called_in

    naming, keep, drop = load_naming(options.content), tuple(options.keep), tuple(options.drop)
    if bool(options.campaign) is bool(options.list):
        raise _either()
    if not options.campaign:
        treatment = options.treatment or (record.treatment if record else "")
        if not treatment:
            raise _no_treatment()
        listed = listed_of(options, options.list)
        same = record.roles.label if record and record.roles.label in listed.frame else ""
        asked = Asked(label=options.label or same, time=options.time, customer=options.customer, keep=keep, drop=drop)
        return treatment, trial(listed, naming, asked, treatment=treatment, randomised=options.randomised)
    refuse_no_days(options.within)
    listed, passed = called_in(database, folder_of(options), options.campaign, within_days=options.within)
    tell_passed_over(passed)
    own = roles()
    # What a snapshot holds was known before the draw, whatever it is called.
    naming = structs.replace(naming, suspects=(), label=Names())
    asked = Asked(label=own.label, time=own.time, customer=own.customer, keep=keep, drop=drop)
    return CALLED, trial(listed, naming, asked, treatment=CALLED, randomised=True)


def _either() -> InputError:
    return InputError(
        title=Text("请给出名单或活动", "Name a list or a campaign"),
        message=Text("要么一份名单，要么 --campaign，只能给一种。", "Either a list or --campaign, one of them."),
        next_step=Text("例如 model uplift --campaign winter。", "Such as: model uplift --campaign winter."),
    )


def _no_treatment() -> InputError:
    return InputError(
        title=Text("不知道谁被外呼", "Who was called is not known"),
        message=Text("名单里哪一列写明谁被外呼？", "Which column of the list says who was called?"),
        next_step=Text("请用 --treatment 指明。", "Name it with --treatment."),
    )
