"""How a content file is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.domain.errors import ContentError


def refusal(load: Callable[[Path], object], path: Path) -> ContentError:
    """The mistake that `load` tells of the file."""
    with pytest.raises(ContentError) as caught:
        load(path)
    return caught.value
