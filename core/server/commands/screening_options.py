"""The option that snapshots and screening share."""

import argparse
from pathlib import Path


def add_content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, metavar="DIR",
        help="a folder laid out as resources/ whose warnings/ and factors/ count; those that ship by default",
    )  # fmt: skip
