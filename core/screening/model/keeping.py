"""The folder of models: one a folder with `model.json`, `model.txt` and its reports; which of them counts.

Nothing of it is a program: a model is text, and is refused where it is not byte for byte what was kept.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.domain.decoding import decode
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.met import MET
from core.screening.model.published import (
    PUBLISHED,
    ModelKind,
    Publication,
    altered,
    counting,
    folder_of_models,
    publications,
)
from core.screening.model.record import Record
from core.screening.moment_names import free_name

if TYPE_CHECKING:
    from lightgbm import Booster

RECORD, TREES = "model.json", "model.txt"
OF_UPLIFT = "uplift.json"
"""an uplift model's record, in the same folder of models"""


class Models:
    """The models of one data folder and tenant."""

    def __init__(self, data: Path, tenant: str = "main") -> None:
        self.folder = folder_of_models(data, tenant)

    def path(self, model_id: str) -> Path:
        return self.folder / model_id

    def new_id(self, at: datetime) -> str:
        return free_name(self.folder, at)

    def keep(self, record: Record, trees: str, reports: dict[str, str]) -> Path:
        """The model's folder, there only once it is whole; `reports` by name of the file."""
        text = msgspec.json.format(msgspec.json.encode(record)).decode()
        return keep_whole(self.path(record.id), {TREES: trees, RECORD: text, **reports})

    def all(self) -> list[Record]:
        """Oldest first. Raises InputError where one cannot be read."""
        found = [self._read(path) for path in self.folder.glob(f"[!.]*/{RECORD}")]
        return sorted(found, key=lambda one: (one.made_at, one.id))

    def find(self, model_id: str = "") -> Record:
        """That model, else the published one, else the newest; raises InputError where there is none, or it cannot be
        read. Of the first two no other's record is."""
        there = {path.parent.name: path for path in self.folder.glob(f"[!.]*/{RECORD}")}
        wanted = model_id or self.published_id()
        if wanted in there:
            return self._read(there[wanted])
        if there and not wanted:
            return self.newest()
        raise not_of_leaving(wanted) if self._of_uplift(wanted) else no_model(wanted, sorted(there))

    def newest(self) -> Record:
        """Whatever is published; raises InputError where there is none."""
        every = self.all()
        if not every:
            raise no_model("", [])
        return every[-1]

    def booster(self, record: Record) -> "Booster":
        """Its trees. Raises InputError where they are not what was kept."""
        from core.screening.model import trees

        try:
            blob = (self.path(record.id) / TREES).read_bytes()
        except OSError as error:
            raise altered(record.id) from error
        if hashlib.sha256(blob).hexdigest() != record.trees_sha256:
            raise altered(record.id)
        return trees.read(blob.decode())

    def met(self, model_id: str) -> str:
        """Of whom that model learnt, as `met_in` gave it; empty where nothing of it was kept."""
        path = self.path(model_id) / MET
        return path.read_text("utf-8") if path.exists() else ""

    def publications(self) -> list[Publication]:
        """Oldest first, of models of every kind: they have their numbers in common."""
        return publications(self.folder)

    def published_id(self) -> str:
        """The model that counts; empty where none does."""
        found = counting(self.folder, ModelKind.CHURN)
        return found.model if found else ""

    def publish(
        self, record: Record, *, at: datetime, by: str, accepted: bool = False, back_to: int = 0
    ) -> Publication:
        """Lets this model count from now on."""
        self.booster(record)
        return note_published(self.folder, record.id, ModelKind.CHURN, at=at, by=by, accepted=accepted, back_to=back_to)

    def publication(self, number: int) -> Publication:
        """Raises InputError where there is no such publication."""
        every = self.publications()
        found = next((one for one in every if one.number == number), None)
        if found is None:
            raise InputError(
                title=Text("没有这次发布", "No such publication"),
                message=Text(f"没有第 {number} 次发布。", f"There is no publication {number}."),
                next_step=Text(f"共发布过 {len(every)} 次，用 model list 查看。",
                               f"There are {len(every)}: see them with model list."),
            )  # fmt: skip
        return found

    def _of_uplift(self, model_id: str) -> bool:
        """Whether that one is an uplift model; of an empty id, whether any is."""
        there = {path.parent.name for path in self.folder.glob(f"[!.]*/{OF_UPLIFT}")}
        # Whoever asks may have said anything: it is looked for among what is there, and is no path.
        return model_id in there if model_id else bool(there)

    def _read(self, path: Path) -> Record:
        try:
            return decode(path.read_bytes(), Record)
        except (msgspec.DecodeError, OSError) as error:
            raise altered(path.parent.name) from error


def keep_whole(place: Path, files: Mapping[str, str]) -> Path:
    """A model's folder, there only once it is whole; files by name, which nobody writes to again."""
    partial = place.parent / f".{place.name}.partial"
    partial.mkdir(parents=True, mode=0o700)
    for name, words in files.items():
        (partial / name).write_text(words, encoding="utf-8", newline="\n")
        (partial / name).chmod(0o400)
    return partial.replace(place)


def note_published(
    folder: Path, model_id: str, kind: ModelKind, *, at: datetime, by: str, accepted: bool, back_to: int
) -> Publication:  # fmt: skip
    """It counts from now on, instead of the one of its kind before."""
    every = publications(folder)
    made = Publication(
        number=len(every) + 1, model=model_id, at=at, by=by, accepted=accepted, back_to=back_to, kind=kind
    )  # fmt: skip
    partial = folder / f"{PUBLISHED}.partial"
    partial.write_bytes(msgspec.json.format(msgspec.json.encode([*every, made])))
    partial.replace(folder / PUBLISHED)
    return made


def not_of_leaving(model_id: str) -> InputError:
    """Of an uplift model, or of a place that holds no others, where the chance of leaving is asked for."""
    return InputError(
        title=Text("增益模型说不出离网概率", "An uplift model tells no chance of leaving"),
        message=Text(
            f"“{model_id}”是增益模型：说的是外呼对谁有用。" if model_id else "这里只有增益模型：说的是外呼对谁有用。",
            f"“{model_id}” is an uplift model: it says whom a call helps, not who leaves." if model_id
            else "There are uplift models alone here: they say whom a call helps, not who leaves.",
        ),
        next_step=Text("请用离网模型：stayline-server model train 训练，model list 查看。",
                       "Use a churn model: stayline-server model train learns one, model list shows them."),
    )  # fmt: skip


def no_model(model_id: str, known: list[str]) -> InputError:
    return InputError(
        title=Text("没有模型", "No model"),
        message=Text(
            f"没有“{model_id}”这个模型。" if model_id else "这里还没有模型。",
            f"There is no model “{model_id}”." if model_id else "There is no model here yet.",
        ),
        next_step=Text(
            f"现有：{'、'.join(known[-5:])}。" if known else "请先运行 stayline-server model train。",
            f"There are: {', '.join(known[-5:])}." if known else "Run stayline-server model train first.",
        ),
    )
