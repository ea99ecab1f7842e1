"""Which model counts: the publications of a folder of models, read without anything that learns."""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from core.domain.decoding import decode
from core.domain.errors import InputError
from core.domain.text import Text

FOLDER, PUBLISHED = "models", "published.json"


class Publication(Struct, frozen=True, kw_only=True):
    number: int
    model: str
    at: datetime
    by: str
    back_to: int = 0
    """of a rollback: the publication whose model counts again"""
    accepted: bool = False
    """grave cautions were accepted by whoever published"""


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


def published_model(data: Path, tenant: str) -> str:
    """The id of the model that counts; empty where none does. Raises InputError."""
    every = publications(folder_of_models(data, tenant))
    return every[-1].model if every else ""


def altered(model_id: str) -> InputError:
    return InputError(
        title=Text("模型被改动", "The model was altered"),
        message=Text(f"{model_id} 与保存时不同，不能使用。", f"{model_id} is not what was kept; it is not used."),
        next_step=Text("请重新训练，或换用别的模型。", "Train anew, or use another model."),
    )
