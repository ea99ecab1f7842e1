"""Signing in as the window sees it, on a worker: the password first, then what a machine without a keyring needs."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.desk.entering import Accepted, Entered, Listener

SHORTEST_PASSPHRASE = 8


class Need(Enum):
    """What the data of an agent on this machine ask of whoever signs in."""

    NOTHING = "nothing"
    PASSPHRASE = "passphrase"
    """the one that their data were encrypted with"""
    NEW_PASSPHRASE = "new_passphrase"
    """there is no keyring and there are no data yet: one has to be chosen"""


class Attempts:
    """Keeps what the server accepted until there is an encrypted store to write it into.

    For one thread at a time: the window has one attempt under way.
    """

    def __init__(self, data: Path, listener: "Listener") -> None:
        self._data, self._listener = data, listener
        self._accepted: tuple[tuple[str, str, str], Accepted] | None = None

    def need(self, server: str, staff_number: str) -> Need:
        """Raises StoreLocked, StoreForeign, StoreDisk."""
        from core.desk import entering

        folder = entering.folder_of(self._data, server, staff_number)
        if not entering.needs_passphrase(folder):
            return Need.NOTHING
        return Need.PASSPHRASE if entering.has_store(folder) else Need.NEW_PASSPHRASE

    def enter(self, server: str, staff_number: str, password: str, passphrase: str, *, twice: bool) -> "Entered | Need":
        """An open desk, or what is still to be asked; `twice`: the passphrase was typed twice, and the same.

        Raises what `entering.sign_in` does. Who mistyped the password hears of it before choosing a passphrase.
        """
        from core.desk import entering

        need = self.need(server, staff_number)
        if need is Need.NEW_PASSPHRASE:
            self._check(server, staff_number, password)
        if need is not Need.NOTHING and len(passphrase) < SHORTEST_PASSPHRASE:
            return need
        if need is Need.NEW_PASSPHRASE and not twice:
            return need
        accepted = self._accepted[1] if self._accepted else None
        self._accepted = None
        folder = entering.folder_of(self._data, server, staff_number)
        return entering.sign_in(
            folder,
            server,
            staff_number,
            password,
            passphrase=passphrase,
            listener=self._listener,
            accepted=accepted if need is Need.NEW_PASSPHRASE else None,
        )

    def _check(self, server: str, staff_number: str, password: str) -> None:
        from core.desk import entering

        given = (server, staff_number, password)
        if self._accepted is None or self._accepted[0] != given:
            self._accepted = None
            self._accepted = given, entering.accepted(server, staff_number, password)
