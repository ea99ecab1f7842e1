"""build/prove: find the goals asked for, prove each in a process of its own, print figures, write JSON if wished.

A goal is a file `r<number>.py` or `s<number>.py` here, with `def prove(scale: Scale, folder: Path) -> Proof`.
What a proof starts is a child of its process, which is ended as a group whatever happened.
"""

import argparse
import ctypes
import importlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from not_held import NOT_HELD
from proof import Proof, Scale

HERE = Path(__file__).resolve().parent
_PR_SET_PDEATHSIG = 1
LIMIT_S = {Scale.QUICK: 240, Scale.FULL: 4 * 3600}
"""a proof that takes longer hangs; a quick one is meant to take ten seconds on a calm machine"""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of one id."""

    id: str
    seconds: float
    proof: dict[str, Any] | None
    error: str = ""

    @property
    def shown(self) -> bool:
        return self.proof is not None and bool(self.proof["shown"])


def names() -> list[str]:
    """R1 … S13 of the proofs that are there, in order."""
    found = [path.stem.upper() for path in HERE.glob("[rs]*.py") if path.stem[1:].isdigit()]
    return sorted(found, key=lambda name: (name[0], int(name[1:])))


def main(argv: list[str]) -> int:
    """0 where every goal asked for is shown."""
    options = _options(argv)
    scale = Scale(options.scale)
    if options.one:
        return _prove_here(options.one, scale, Path(options.json))
    chosen = options.names or [name for name in names() if not (options.held and name in NOT_HELD)]
    with ThreadPoolExecutor(options.jobs) as pool:
        ran = list(pool.map(lambda name: _told(_prove_apart(name, scale)), chosen))
    if options.json:
        Path(options.json).write_text(json.dumps(report(ran, scale), ensure_ascii=False, indent=1) + "\n")
    missed = [one.id for one in ran if not one.shown]
    took = sum(one.seconds for one in ran)
    print(f"{len(ran) - len(missed)} shown, {len(missed)} not{': ' + ' '.join(missed) if missed else ''}; {took:.0f} s")
    return 1 if missed else 0


def _prove_here(name: str, scale: Scale, out: Path) -> int:
    """In this process, which was started for it, and ends with who started it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    module = importlib.import_module(name.lower())
    with tempfile.TemporaryDirectory(prefix=f"stayline-prove-{name.lower()}-", ignore_cleanup_errors=True) as folder:
        found: Proof = module.prove(scale, Path(folder))
    out.write_text(json.dumps(found.as_json(), ensure_ascii=False))
    return 0


def _prove_apart(name: str, scale: Scale) -> Ran:
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stayline-prove-") as folder:
        out, log = Path(folder) / "proof.json", Path(folder) / "log"
        command = [sys.executable, str(HERE / "run.py"), "--one", name, "--scale", scale.value, "--json", str(out)]
        with log.open("wb") as written:
            process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, start_new_session=True)
            try:
                status = process.wait(LIMIT_S[scale])
            except subprocess.TimeoutExpired:
                status = -1
            finally:
                _end(process)
        seconds = time.monotonic() - start
        if status == 0:
            return Ran(id=name, seconds=seconds, proof=json.loads(out.read_text()))
        told = log.read_text("utf-8", errors="replace")[-6000:]
        why = f"not done within {LIMIT_S[scale]} s" if status == -1 else f"ended with {status}"
        return Ran(id=name, seconds=seconds, proof=None, error=f"{why}\n{told}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """All that it started and that is still there goes with it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _told(ran: Ran) -> Ran:
    print("\n".join(lines(ran)), flush=True)
    return ran


def lines(ran: Ran) -> list[str]:
    """What is printed of one id."""
    if ran.proof is None:
        return [f"{ran.id:<4} BROKEN  {ran.seconds:.1f} s", ran.error]
    verdict = "holds" if ran.shown else "DOES NOT HOLD" if not ran.proof["product"]["holds"] else "CONTROL PASSED"
    out = [f"{ran.id:<4} {verdict:<14} {ran.seconds:6.1f} s  {ran.proof['what']}"]
    for side in ("product", "control"):
        out.append(f"     {side}: {figures(ran.proof[side]['figures'])}")
    return out


def figures(found: dict[str, Any]) -> str:
    """`12 outcomes, 0 lost` of names and values."""
    return ", ".join(f"{_value(value)} {name}" for name, value in found.items())


def _value(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}" if isinstance(value, float) else str(value)


def report(ran: Sequence[Ran], scale: Scale) -> list[dict[str, Any]]:
    """As JSON has it, each with when and on what it was run."""
    where = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "scale": scale.value,
    }
    return [
        {"id": one.id, "shown": one.shown, "seconds": round(one.seconds, 1), **(one.proof or {}), "error": one.error}
        | where
        for one in ran
    ]


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build/prove", description="Reliability goals, each with its control.")
    parser.add_argument("names", nargs="*", type=str.upper, metavar="ID", help=f"of {', '.join(names()) or 'none'}")
    parser.add_argument("--scale", choices=[scale.value for scale in Scale], default=Scale.QUICK.value)
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many goals beside each other")
    parser.add_argument("--held", action="store_true", help="leave out those that are known not to hold")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no goal {', '.join(sorted(unknown))}; there are {', '.join(names()) or 'none'}")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
