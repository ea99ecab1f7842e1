"""The options of `model`, by its verbs."""

import argparse
from pathlib import Path

from core.domain.text import Lang


def add_training(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "list", nargs="?", default="", metavar="LIST",
        help="rows of customers of whom it is known whether they left; else the snapshots kept here, and `on-net`",
    )  # fmt: skip
    verb.add_argument("--within", type=int, default=30, metavar="DAYS", help="of snapshots: left within (30)")
    _add_columns(verb)
    verb.add_argument("--time", default="", metavar="COLUMN", help="when a row was true; `none` where nothing says so")
    verb.add_argument("--keep", action="append", default=[], metavar="COLUMN", help="learn from it all the same")
    verb.add_argument("--today", default="", metavar="LIST", help="who would be called: a file or snapshot, for drift")
    _add_costs(verb)
    _add_content(verb)


def add_evaluating(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "list", nargs="?", default="", metavar="LIST", help="rows of customers of whom it is known whether they left"
    )
    verb.add_argument("--label", default="", metavar="COLUMN", help="who left; as in training by default")
    _add_model(verb)
    _add_drawing(verb)
    verb.set_defaults(customer="", time="", keep=[], drop=[])
    _add_costs(verb)
    _add_report(verb)
    _add_content(verb)


def add_explaining(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("list", metavar="LIST", help="a file, or the id of a snapshot")
    verb.add_argument("--top", type=int, default=20, metavar="N", help="so many (20)")
    verb.add_argument("--customer", action="append", default=[], metavar="ID", help="these alone")
    verb.add_argument("--out", type=Path, metavar="FILE", help="into a .csv or .xlsx; on record")
    _add_model(verb)
    _add_lang(verb)


def add_scoring(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("snapshot", nargs="?", default="", metavar="SNAPSHOT", help="the newest by default")
    _add_model(verb)


def add_publishing(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("id", nargs="?", default="", metavar="MODEL", help="the newest by default")
    verb.add_argument("--accept", action="store_true", help="in spite of what was said of it")


def add_going_back(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("number", type=int, metavar="PUBLICATION", help="as `list` shows it")


def add_uplift(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("list", nargs="?", default="", metavar="LIST", help="rows of customers, called and held out")
    _add_drawing(verb)
    _add_columns(verb)
    verb.add_argument("--time", default="", metavar="COLUMN", help="when a row was true; `none` where nothing says so")
    verb.add_argument("--keep", action="append", default=[], metavar="COLUMN", help="learn from it all the same")
    _add_report(verb)
    _add_content(verb)


def _add_drawing(verb: argparse.ArgumentParser) -> None:
    """Of uplift models: what says who was called, and that chance decided it."""
    verb.add_argument("--treatment", default="", metavar="COLUMN", help="of a list: who was called, yes or no")
    verb.add_argument("--randomised", action="store_true", help="of a list: chance alone decided who was called")
    verb.add_argument(
        "--campaign", action="append", default=[], metavar="CAMPAIGN",
        help="instead of a list: its members, called and held out, with `on-net`",
    )  # fmt: skip
    verb.add_argument("--within", type=int, default=30, metavar="DAYS", help="of campaigns: left within (30)")


def _add_columns(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--label", default="", metavar="COLUMN", help="who left; found by its name otherwise")
    verb.add_argument("--customer", default="", metavar="COLUMN", help="of which customer a row is")
    verb.add_argument("--drop", action="append", default=[], metavar="COLUMN", help="do not learn from it")


def _add_costs(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--call-cost", default="", metavar="YUAN", help="what one call costs")
    verb.add_argument("--worth", default="", metavar="YUAN", help="what a customer who stays is worth")
    verb.add_argument("--saved", default="", metavar="SHARE", help="share of leavers whom a call keeps, such as 0.08")
    verb.add_argument("--segment", action="append", default=[], metavar="COLUMN", help="figures by its values as well")


def _add_model(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--model", default="", metavar="MODEL", help="the published one by default, else the newest")


def _add_report(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--report", type=Path, metavar="FILE", help="an .html file that needs nothing else")
    _add_lang(verb)


def _add_lang(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--lang", choices=[lang.value for lang in Lang], default=Lang.ZH.value)


def _add_content(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--content", type=Path, metavar="DIR", help="a folder whose model/columns.yaml counts")
