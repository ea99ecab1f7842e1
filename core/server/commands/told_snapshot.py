"""How a snapshot's sources stand, and which rules are held by them, in words."""

from collections.abc import Mapping

from core.domain.clock import CHINA
from core.domain.factor import Library
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.screening.holding import all_holding
from core.screening.model.published import published_model
from core.screening.snapshots.health import Arrival
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import FaultKind, Snapshot, Stand
from core.screening.snapshots.scored import Scored, Scores
from core.screening.words import factors_of
from core.server.commands.say import counted, say
from core.server.screening.loading import Taken

_COLUMNS, _MOVED = 12, 3


def tell_stands(snapshot: Snapshot, library: Library) -> None:
    """A line for each source."""
    when = snapshot.taken_at.astimezone(CHINA)
    say(f"快照 {snapshot.id} / Snapshot {snapshot.id}\t{when:%Y-%m-%d %H:%M}\t{snapshot.owner}\t{snapshot.rows}")
    for one in snapshot.sources:
        failed = any(fault.kind is FaultKind.FAILED and fault.source == one.source for fault in snapshot.faults)
        say(f"{one.label.zh} / {one.label.en}\t{_told(one, library, failed=failed)}")


def _told(one: Stand, library: Library, *, failed: bool) -> str:
    untold = "失败 failed" if failed else "未报到达 arrival not told"
    arrived = f"{one.arrived_at.astimezone(CHINA):%m-%d %H:%M}" if one.arrived_at else untold
    parts = [arrived, f"客户 customers {one.rows}", f"缺失 missing {one.null_percent:g}%"]
    if one.unusable:
        parts.append(f"不可用 unusable {one.unusable}")
    if one.drift is not None:
        label = library.factors[one.drift_factor].label
        mark = "！" if one.drifted else ""
        parts.append(f"{mark}漂移 drift {one.drift:g}σ {label.zh} / {label.en}")
    return "\t".join(parts)


def tell_faults(snapshot: Snapshot) -> None:
    """ID-10: what is wrong."""
    labels = {one.source: one.label for one in snapshot.sources}
    absent = [fault for fault in snapshot.faults if fault.kind is FaultKind.ABSENT]
    if absent:
        say(
            f"！{len(absent)} 个因子没有送来，用到它们的规则暂停。"
            f" / {counted(len(absent), 'factor')} not delivered; rules that ask for them are held."
        )
    for fault in snapshot.faults:
        if fault.kind is FaultKind.ABSENT:
            continue
        label = labels.get(fault.source)
        named = f"{label.zh} / {label.en}" if label else "快照 / Snapshot"
        say(f"！{named}：{fault.why.zh} / {fault.why.en}")


def tell_since(arrivals: Mapping[str, Arrival], library: Library) -> None:
    """What was told of sources after the snapshot, which stands as it was taken."""
    known = [(library.sources[key].label, one) for key, one in sorted(arrivals.items()) if key in library.sources]
    if not known:
        return
    say("以上是取快照时的情形；此后： / That is as of the snapshot; since then:")
    for label, one in known:
        zh, en = (f"失败：{one.failed}", f"failed: {one.failed}") if one.failed else ("已到达", "arrived")
        say(f"    {label.zh}：{zh} / {label.en} {en}\t{one.at.astimezone(CHINA):%m-%d %H:%M}")
    say("    再取一次快照才算数。 / A snapshot taken anew goes by it.")


def tell_held(shelf: Shelf, snapshot: Snapshot, library: Library, rules: Mapping[str, WarningRule]) -> None:
    """The factors and rules that hang on what is wrong."""
    held = [one for one in rules.values() if all_holding(shelf, snapshot, library, factors_of(one))]
    factors = [name for name in library.factors if all_holding(shelf, snapshot, library, frozenset({name}))]
    if not factors:
        say("没有因子或规则被暂停。 / No factor and no rule is held.")
        return
    say(
        f"暂停 {len(factors)} 个因子、{len(held)} 条规则。"
        f" / {counted(len(factors), 'factor')} and {counted(len(held), 'rule')} held."
    )
    for one in held:
        say(f"    {one.id}\t{one.name.zh} / {one.name.en}")


def tell_loaded(taken: Taken) -> None:
    """What a delivery held, and what of it is not known here."""
    snapshot, loaded = taken.snapshot, taken.loaded
    came = len(loaded.columns) - len(loaded.absent)
    size = f"{snapshot.size / 1_000_000:.1f} MB"
    say(
        f"已取快照 {snapshot.id}：{snapshot.rows} 位客户，{came} 个因子，{size}。"
        f" / Snapshot {snapshot.id} taken: {counted(snapshot.rows, 'customer')}, {counted(came, 'factor')}, {size}."
    )
    if taken.stranger_to:
        say(
            f"！抽看的 {taken.stranger_to} 位客户，这里一位也没有：客户编号对吗？对不上就派不出任务。"
            f" / None of the {counted(taken.stranger_to, 'customer')} looked up is known here: are these our ids?"
            " Nobody can be called by it."
        )
    if loaded.nameless:
        say(f"！{loaded.nameless} 行没有客户编号，未收。 / {counted(loaded.nameless, 'row')} without an id left out.")
    if loaded.unknown:
        listed = "、".join(loaded.unknown[:_COLUMNS]) + ("……" if len(loaded.unknown) > _COLUMNS else "")
        say(
            f"？{len(loaded.unknown)} 列不认识，未收：{listed}"
            f" / {counted(len(loaded.unknown), 'column')} not known and left out; --map says what they are"
        )
    for name, column in taken.resembling.items():
        say(f"？“{column}”是不是因子 {name}？ / Is “{column}” the factor {name}? --map {column}={name}")


def tell_moved(shelf: Shelf, snapshot: Snapshot) -> None:
    """ID-04: how far its customers are from those that the model which counts learnt from."""
    scored = _scored(shelf, snapshot)
    if scored is None or not scored.shifts:
        return
    from core.server.screening.drifted import drifted

    if (moved := drifted(scored)) is not None:
        say(f"！{moved.zh} / {moved.en}")


def moved_in_short(shelf: Shelf, snapshot: Snapshot) -> Text:
    """The same for the end of a line, such as the one that is kept of a job; nothing where nothing moved."""
    scored = _scored(shelf, snapshot)
    if scored is None or not scored.shifts:
        return Text("", "")
    names = ", ".join(one.column for one in scored.shifts[:_MOVED])
    return Text(f"模型以来客户有变化：{names}。", f" Customers moved since the model: {names}.")


def _scored(shelf: Shelf, snapshot: Snapshot) -> Scored | None:
    """By the model that counts."""
    model = published_model(shelf.data, shelf.tenant)
    return Scores(shelf.data, shelf.tenant).find(snapshot.id, model) if model else None
