"""Departments that take files, as `core.wire.departments` says it: a file each revision of an errand."""

from uuid import UUID

import msgspec

from core.domain.errand import ErrandState
from core.server.departments.later_decode import LaterTold, read_later
from core.server.outside.file_box import FileBox
from core.server.outside.reading import read_answer
from core.wire.departments import ErrandAnswer, ErrandOut

RECEIVED = ErrandAnswer(state=ErrandState.SUBMITTED)
LATER = "later.json"


class FileDepartments:
    """A DepartmentPort over a folder."""

    def __init__(self, box: FileBox) -> None:
        self._box = box

    def place(self, errand: ErrandOut) -> ErrandAnswer:
        self._box.put(f"{errand.id}.{errand.revision}.json", msgspec.json.encode(errand))
        if errand.withdrawn:
            # Nobody waits for an answer to it.
            return ErrandAnswer(state=ErrandState.WITHDRAWN)
        return self.look(errand.id) or RECEIVED

    def look(self, errand_id: UUID) -> ErrandAnswer | None:
        answer = self._box.answer(f"{errand_id}.json")
        if answer is not None:
            return read_answer(answer, ErrandAnswer)
        return RECEIVED if self._box.has_left(f"{errand_id}.1.json") else None

    def later(self, after: str) -> LaterTold:
        """All of the file: what is known already is taken no second time."""
        answer = self._box.answer(LATER)
        return LaterTold(after=after) if answer is None else read_later(answer)
