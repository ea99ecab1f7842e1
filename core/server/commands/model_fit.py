"""What has to be accepted before a model counts: what is grave of it, and that the newest snapshot lacks what it asks
for, so that it would score nobody at night."""

import argparse
from typing import TYPE_CHECKING

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import folder_of
from core.server.commands.say import warn

if TYPE_CHECKING:
    from core.screening.model.record import Record
    from core.screening.model.uplift_record import UpliftRecord


def ask_to_accept(options: argparse.Namespace, record: "Record | UpliftRecord", *, accepted: bool) -> None:
    """Raises InputError, with all there is, where nobody accepted it; what does not fit is said in any case."""
    misfit = _misfit(options, record)
    said = [one.words for one in record.grave]
    said += [misfit] if misfit else []
    if said and not accepted:
        raise InputError(
            title=Text("发布前要先确认", "Something has to be accepted first"),
            message=Text("".join(one.zh for one in said), " ".join(one.en for one in said)),
            next_step=Text("核对后仍要发布请加 --accept。", "Once you have looked at it, publish with --accept."),
        )
    if misfit:
        warn(f"！{misfit.zh} / {misfit.en}")


def _misfit(options: argparse.Namespace, record: "Record | UpliftRecord") -> Text | None:
    """None as well where there is no snapshot yet: nothing is known of it then."""
    from core.screening.model.blocks import refuse_other_schema
    from core.screening.snapshots.keeping import Shelf

    shelf = Shelf(folder_of(options), options.tenant)
    newest = shelf.newest()
    if newest is None:
        return None
    try:
        refuse_other_schema(record.columns, shelf.path(newest.id))
    except InputError as error:
        why = error.message
        return Text(
            f"最新的快照 {newest.id} 没有它要的列，夜间给不了任何人评分：{why.zh}",
            f"The newest snapshot, {newest.id}, lacks what it asks for, so it would score nobody at night: {why.en}",
        )
    return None
