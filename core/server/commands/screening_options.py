"""The options that snapshots and screening share."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.errors import InputError
from core.domain.text import Text

if TYPE_CHECKING:
    from core.screening.engines import Engine

ENGINE_VARIABLE = "STAYLINE_ENGINE_URL"


def add_content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, metavar="DIR",
        help="a folder laid out as resources/ whose warnings/ and factors/ count; those that ship by default",
    )  # fmt: skip


def add_delivery(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id", default="", metavar="COLUMN", help="the customer's id, where headers do not say it")
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FACTOR", help="what a column is")


def said_columns(options: argparse.Namespace) -> dict[str, str]:
    """Factors by column, as `--map` says. Raises InputError where it is not written so."""
    said = dict(one.rpartition("=")[::2] for one in options.map)
    if not all(said.values()) or not all(said):
        raise InputError(
            title=Text("--map 的写法不对", "--map is not written so"),
            message=Text("要写成 列=因子。", "It is written COLUMN=FACTOR."),
            next_step=Text("例如 --map 余额=balance。", "Such as --map 余额=balance."),
        )
    return said


def add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine", default="", metavar="URL",
        help=f"postgresql://…, spark://…, clickhouse://… or trino://… works it out; also as {ENGINE_VARIABLE}",
    )  # fmt: skip


def engine_of(options: argparse.Namespace) -> "Engine | None":
    """None where DuckDB works here. Raises InputError where the engine cannot be reached."""
    url = options.engine or os.environ.get(ENGINE_VARIABLE, "")
    if not url:
        return None
    from core.screening.engines import Engine

    return Engine(url)
