"""What an installed program carries: every folder of content, or a new server would begin without it in silence."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOR_THE_README = "pictures"


def test_every_folder_of_content_is_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folders = sorted(path.name for path in (ROOT / "resources").iterdir() if path.is_dir())
    expected = {f"resources/{name}": f"core/resources/{name}" for name in folders if name != FOR_THE_README}
    assert {where: to for where, to in shipped.items() if where.startswith("resources/")} == expected
