"""Scripts as files while they are written: each read by itself, with its mistakes told by file, line and reason.

What a planner sees of a content folder before anything of it is published. Reads YAML: for a worker.
"""

from pathlib import Path

from msgspec import Struct

from core.content import folder, load_script
from core.content.departments import FOLDER as DEPARTMENTS
from core.content.mistakes import Mistakes
from core.content.offers import OFFERS
from core.content.watched import WATCHED
from core.domain.errors import ContentError
from core.domain.script import Script
from core.guidance.check_folder import SMS, Known, check_scenario, known_of
from core.guidance.graph import Graph, graph_of

SCRIPTS, RESULTS = "scripts", "dispositions"
PARTS = "parts"

Stamp = tuple[tuple[str, int, int], ...]
"""of files: path, time of change in ns, size"""


class Mistake(Struct, frozen=True, kw_only=True):
    file: str
    """below the folder"""
    line: int
    """from 1"""
    reason: str


class ScriptFile(Struct, frozen=True, kw_only=True, eq=False):
    """A scenario as its two files have it now."""

    id: str
    script: Script | None
    """None: it cannot be read"""
    graph: Graph | None
    mistakes: tuple[Mistake, ...] = ()
    """all that publishing would refuse it for; empty: it could be published, as far as it stands alone"""


class ScriptFolder(Struct, frozen=True, kw_only=True, eq=False):
    root: Path
    files: tuple[ScriptFile, ...]
    """by scenario"""
    watched: tuple[Path, ...]
    """folders and files whose change is news"""


def shipped_folder() -> Path:
    """The content that came with this program: what is shown until a folder is named."""
    return folder()


class ScriptReader:
    """Reads a folder again and again; what has not changed is not read anew."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp, ScriptFile]] = {}

    def read(self, root: Path) -> ScriptFolder:
        """Raises ContentError where the folder holds no scripts; a script that cannot be read is told by its file."""
        paths = sorted((root / SCRIPTS).glob("*.yaml"))
        if not paths:
            raise ContentError(file=str(root / SCRIPTS), line=1, reason="there are no scripts here")
        shared = [*sorted((root / SCRIPTS / PARTS).glob("*.yaml")), *sorted((root / RESULTS / PARTS).glob("*.yaml"))]
        held_to = [root / SMS, root / WATCHED, root / OFFERS, root / DEPARTMENTS]
        own = [(path, root / RESULTS / path.name) for path in paths]
        beside = Mistakes()
        rules = known_of(root, beside)
        known: dict[Path, tuple[Stamp, ScriptFile]] = {}
        for path, results in own:
            stamp = _stamp((path, results, *shared, *held_to))
            before = self._known.get(path)
            same = before is not None and before[0] == stamp
            known[path] = before if before and same else (stamp, _read(root, path, results, rules, beside))
        self._known = known
        folders = [root / SCRIPTS, root / SCRIPTS / PARTS, root / RESULTS, root / RESULTS / PARTS]
        every = [*folders, *shared, *held_to, *(path for pair in own for path in pair)]
        return ScriptFolder(
            root=root,
            files=tuple(found for _, found in known.values()),
            watched=tuple(path for path in every if path.exists()),
        )


def _stamp(paths: tuple[Path, ...]) -> Stamp:
    found = []
    for path in paths:
        try:
            told = path.stat()
        except FileNotFoundError:
            # An editor that replaces a file takes it away for a moment: that is a state as well.
            continue
        found.append((str(path), told.st_mtime_ns, told.st_size))
    return tuple(found)


def _read(root: Path, path: Path, results_path: Path, known: Known, beside: Mistakes) -> ScriptFile:
    """`beside`: what is wrong with the texts and words that every scenario is held to."""
    mistakes = Mistakes()
    script = check_scenario(path, results_path, known, mistakes) or _as_it_is(path)
    return ScriptFile(
        id=path.stem,
        script=script,
        graph=graph_of(script) if script else None,
        mistakes=tuple(_told(root, one) for one in (*_own_first(path, mistakes), *beside.found)),
    )


def _own_first(path: Path, mistakes: Mistakes) -> list[ContentError]:
    """Those of the script itself before those of its results and of the parts that it uses."""
    return sorted(mistakes.found, key=lambda one: Path(one.file).name != path.name or RESULTS in Path(one.file).parts)


def _as_it_is(path: Path) -> Script | None:
    """A script that may not be published yet, where its steps hang together: it can still be drawn."""
    try:
        return load_script(path)
    except ContentError:
        return None


def _told(root: Path, error: ContentError) -> Mistake:
    file = Path(error.file)
    return Mistake(
        file=str(file.relative_to(root)) if file.is_relative_to(root) else error.file,
        line=error.line,
        reason=error.reason,
    )
