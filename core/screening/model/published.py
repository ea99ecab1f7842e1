"""Which model counts: the publications of a folder of models, read without anything that learns."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from core.domain.decoding import decode
from core.domain.errors import InputError
from core.domain.text import Text

FOLDER, PUBLISHED = "models", "published.json"


class ModelKind(StrEnum):
    CHURN = "churn"
    UPLIFT = "uplift"
    """whom a call helps"""


class Publication(Struct, frozen=True, kw_only=True):
    number: int
    model: str
    at: datetime
    by: str
    back_to: int = 0
    """of a rollback: the publication whose model counts again"""
    accepted: bool = False
    """grave cautions were accepted by whoever published"""
    kind: ModelKind = ModelKind.CHURN
    """a publication counts until the next of its kind"""


def folder_of_models(data: Path, tenant: str) -> Path:
    return data / FOLDER / tenant


def publications(folder: Path) -> list[Publication]:
    """Oldest first. Raises InputError where what is kept cannot be read."""
    path = folder / PUBLISHED
    if not path.exists():
        return []
    try:
        return decode(path.read_bytes(), list[Publication])
    except msgspec.DecodeError as error:
        raise altered(PUBLISHED) from error


def counting(folder: Path, kind: ModelKind) -> Publication | None:
    """The publication of that kind that counts; None where there is none. Raises InputError."""
    return next((one for one in reversed(publications(folder)) if one.kind is kind), None)


def published_model(data: Path, tenant: str) -> str:
    """The id of the churn model that counts; empty where none does. Raises InputError."""
    found = counting(folder_of_models(data, tenant), ModelKind.CHURN)
    return found.model if found else ""


def altered(model_id: str) -> InputError:
    return InputError(
        title=Text("模型被改动", "The model was altered"),
        message=Text(f"{model_id} 与保存时不同，不能使用。", f"{model_id} is not what was kept; it is not used."),
        next_step=Text("请重新训练，或换用别的模型。", "Train anew, or use another model."),
    )
