"""What `build/run` starts: an embedded server with demo data, and the desktop beside it; or the tour."""

import argparse
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

from launching.children import Children, CouldNotStart
from launching.data_folder import DataFolder, FolderProblem
from launching.embedded_server import make_demo, start_crm, start_departments, start_server

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh_CN", "en")


def main(argv: list[str]) -> int:
    """The exit status of the desktop or the tour; 1 where something could not start, 130 after Ctrl+C."""
    options = _parser().parse_args(argv)
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        return tour(options) if options.tour else desktop(options)
    except KeyboardInterrupt:
        _say("Stopped. What was saved is kept; a first start that was cut short begins again.")
        return 130
    except (FolderProblem, CouldNotStart) as problem:
        _say(str(problem))
        return 1


def desktop(options: argparse.Namespace) -> int:
    """Server and desktop until the window closes."""
    with DataFolder.default().held() as folder, Children(cwd=ROOT) as children:
        if options.fresh:
            folder.clear()
        if not folder.demo_ready:
            _say("Making demo data …")
            folder.begin_demo()
            make_demo(children, folder.server, customers=options.customers)
            folder.finish_demo()
        elif options.customers:
            _say(f"Data exist in {folder.path} and are kept: --customers does nothing. With --fresh it starts over.")
        crm = start_crm(children, folder.server, log=folder.log)
        departments = start_departments(children, folder.server, log=folder.log)
        url = start_server(children, folder.server, log=folder.log, crm=crm, departments=departments)
        _say(f"Stayline runs: desktop and server ({url}). Close its window, or press Ctrl+C here, to stop both.")
        _say(f"Data: {folder.path}   log: {folder.log}")
        mine = ("--data", folder.desktop, "--parent", os.getpid())
        return children.run(_python("desktop.app", "--server", url, *mine, "--demo", *_lang(options)))


def tour(options: argparse.Namespace) -> int:
    """A working day through the real windows, in a data folder of its own that is gone afterwards."""
    target = Path(options.tour).resolve()
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _say(f"The pictures cannot go into {target}: {error.strerror or error}. Name a folder that can be made.")
        return 2
    with tempfile.TemporaryDirectory(prefix="stayline-tour-") as data, Children(cwd=ROOT) as children:
        environment = {"STAYLINE_DATA": data}
        if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        size = ["--size", options.size]
        return children.run(_python("desktop.tour", target, *_lang(options), *size), environment=environment)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _python(module: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", module, *(str(argument) for argument in arguments)]


def _lang(options: argparse.Namespace) -> list[str]:
    return ["--lang", options.lang] if options.lang else []


def _size(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{2,4}x[1-9]\d{2,4}", text):
        raise argparse.ArgumentTypeError(f"{text} is no size like 1600x940")
    return text


def _customers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is no number of customers")
    return int(text)


def _as_interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build/run",
        description="Start Stayline: an embedded server with demo data, and the desktop.",
        epilog="Data lie in STAYLINE_DATA, by default in the user's data folder. A second start keeps them.",
    )
    parser.add_argument("--fresh", action="store_true", help="clear Stayline's own data folder and begin again")
    parser.add_argument("--customers", type=_customers, help="how many demo customers are made on first start")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the windows")
    parser.add_argument("--tour", metavar="DIR", help="drive the windows through a working day; pictures go into DIR")
    parser.add_argument("--size", type=_size, default="1600x940", help="window size of the tour (default 1600x940)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
