"""Scripts as files while they are written: each read by itself, with its mistakes told by file, line and reason.

What a planner sees of a content folder before anything of it is published. Reads YAML: for a worker.
"""

from pathlib import Path

from msgspec import Struct

from core.content import Flaw, folder, load_dispositions, load_script
from core.domain.disposition import Dispositions
from core.domain.errors import ContentError
from core.domain.script import Script
from core.guidance.check import offer_flaws, script_flaws, suggestion_flaws
from core.guidance.check_folder import offers_of
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
    """empty: it could be published, as far as it stands alone"""


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
        own = [(path, root / RESULTS / path.name) for path in paths]
        known: dict[Path, tuple[Stamp, ScriptFile]] = {}
        for path, results in own:
            stamp = _stamp((path, results, *shared))
            before = self._known.get(path)
            known[path] = before if before is not None and before[0] == stamp else (stamp, _read(root, path, results))
        self._known = known
        folders = [root / SCRIPTS, root / SCRIPTS / PARTS, root / RESULTS, root / RESULTS / PARTS]
        every = [*folders, *shared, *(path for pair in own for path in pair)]
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


def _read(root: Path, path: Path, results_path: Path) -> ScriptFile:
    mistakes: list[Mistake] = []
    results: Dispositions | None = None
    try:
        results = load_dispositions(results_path)
    except ContentError as error:
        mistakes.append(_told(root, error))
    sound = results

    def also(script: Script) -> list[Flaw]:
        flaws = script_flaws(script) + offer_flaws(script, offers_of(root))
        return flaws + (suggestion_flaws(script, sound) if sound else [])

    script: Script | None = None
    try:
        script = load_script(path, also=also)
    except ContentError as error:
        mistakes.insert(0, _told(root, error))
        script = _as_it_is(path)
    return ScriptFile(id=path.stem, script=script, graph=graph_of(script) if script else None, mistakes=tuple(mistakes))


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
