"""Uplift models in the folder of models, beside those of churn: kept, found, published by the same numbers."""

import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from core.domain.decoding import decode
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.keeping import OF_UPLIFT, Models, keep_whole, no_model, note_published
from core.screening.model.met import MET
from core.screening.model.published import ModelKind, Publication, altered, counting
from core.screening.model.uplift_record import UpliftRecord
from core.screening.model.uplift_training import UpliftTrained
from core.screening.model.xlearner import XLearner

RECORD, CALLED, HELD = OF_UPLIFT, "called.txt", "held.txt"


class Uplifts:
    """The uplift models of one data folder and tenant."""

    def __init__(self, data: Path, tenant: str = "main") -> None:
        self.folder = Models(data, tenant).folder

    def has(self, model_id: str) -> bool:
        """Whether a model of that id is one of uplift."""
        return model_id in {path.parent.name for path in self.folder.glob(f"[!.]*/{RECORD}")}

    def keep(self, made: UpliftTrained, reports: dict[str, str]) -> Path:
        """The model's folder, there only once it is whole; `reports` by name of the file."""
        text = msgspec.json.format(msgspec.json.encode(made.record)).decode()
        files = {CALLED: made.called, HELD: made.held, MET: made.met, RECORD: text, **reports}
        return keep_whole(self.folder / made.record.id, files)

    def all(self) -> list[UpliftRecord]:
        """Oldest first. Raises InputError where one cannot be read."""
        found = [self._read(path) for path in self.folder.glob(f"[!.]*/{RECORD}")]
        return sorted(found, key=lambda one: (one.made_at, one.id))

    def find(self, model_id: str) -> UpliftRecord:
        """Raises InputError where there is none of that id."""
        if not self.has(model_id):
            raise no_model(model_id, [one.id for one in self.all()])
        return self._read(self.folder / model_id / RECORD)

    def learner(self, record: UpliftRecord) -> XLearner:
        """Its trees. Raises InputError where they are not what was kept."""
        from core.screening.model import trees

        texts = []
        for name, digest in ((CALLED, record.called_sha256), (HELD, record.held_sha256)):
            try:
                blob = (self.folder / record.id / name).read_bytes()
            except OSError as error:
                raise altered(record.id) from error
            if hashlib.sha256(blob).hexdigest() != digest:
                raise altered(record.id)
            texts.append(blob.decode())
        return XLearner(trees.read(texts[0]), trees.read(texts[1]), record.share)

    def published(self) -> Publication | None:
        """The publication that counts; None where no uplift model was published."""
        return counting(self.folder, ModelKind.UPLIFT)

    def publish(
        self, record: UpliftRecord, *, at: datetime, by: str, accepted: bool = False, back_to: int = 0
    ) -> Publication:
        """Lets this model say who is called first from now on. Raises InputError where grave cautions were not
        accepted."""
        if record.grave and not accepted:
            raise to_be_accepted(record)
        self.learner(record)
        return note_published(
            self.folder, record.id, ModelKind.UPLIFT, at=at, by=by, accepted=accepted, back_to=back_to
        )  # fmt: skip

    def _read(self, path: Path) -> UpliftRecord:
        try:
            return decode(path.read_bytes(), UpliftRecord)
        except (msgspec.DecodeError, OSError) as error:
            raise altered(path.parent.name) from error


def to_be_accepted(record: UpliftRecord) -> InputError:
    """Said before an uplift model of which something grave is known counts."""
    return InputError(
        title=Text("发布前要先确认", "Something has to be accepted first"),
        message=Text(
            "".join(one.words.zh for one in record.grave), " ".join(one.words.en for one in record.grave)
        ),
        next_step=Text("核对后仍要发布请加 --accept。", "Once you have looked at it, publish with --accept."),
    )  # fmt: skip
