"""Signing in as the window sees it, on a worker: who one is first, then what a machine without a keyring needs."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import structs

from core.desk.folder import may_have_store
from core.desk.server_word import ServerWord, certificates_of, keep_certificates
from core.domain.errors import Refused, ServerForeign, ServerUnreachable, ServerUntrusted
from core.domain.text import filled
from desktop.signin import words

if TYPE_CHECKING:
    from core.desk.entering import Accepted, Entered, Listener
    from core.sync.browser import Browser

SHORTEST_PASSPHRASE = 8
_NOTHING_SAID = ServerWord()


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
        self._accepted: tuple[tuple[str, str, str | None], Accepted] | None = None

    def need(self, server: str, staff_number: str) -> Need:
        """Raises StoreLocked, StoreForeign, StoreDisk."""
        from core.desk import entering

        folder = entering.folder_of(self._data, server, staff_number)
        if not entering.needs_passphrase(folder):
            return Need.NOTHING
        return Need.PASSPHRASE if entering.has_store(folder) else Need.NEW_PASSPHRASE

    def here(self, server: str, staff_number: str) -> bool:
        """Whether this agent has data on this machine."""
        return may_have_store(self._data, server, staff_number)

    def offers_organisation(self, server: str) -> bool | None:
        """Whether one may sign in there by an account of the organisation; None where that cannot be asked now."""
        from core.desk import entering

        try:
            return entering.offers_organisation(server, word=ServerWord(certificates=certificates_of(self._data)))
        except (ServerUnreachable, ServerForeign, Refused):
            # Asked beside the person's typing: signing in tells what is wrong with the server.
            return None

    def enter(
        self,
        server: str,
        staff_number: str,
        proof: "str | Browser",
        passphrase: str,
        *,
        twice: bool,
        word: ServerWord = _NOTHING_SAID,
    ) -> "Entered | Need":
        """An open desk, or what is still to be asked; `twice`: the passphrase was typed twice, and the same.

        `proof` is a password, or the browser in which the organisation's provider is asked. Raises what
        `entering.sign_in` does. Who is not let in hears of it before choosing a passphrase.
        """
        file = word.certificates or certificates_of(self._data)
        try:
            found = self._enter(
                server,
                staff_number,
                proof,
                passphrase,
                twice=twice,
                word=structs.replace(word, certificates=file),
            )
        except ServerUnreachable as error:
            # Raised only where this machine does not know the agent: there is nothing to go on with offline.
            next_step = words.NOTHING_HERE
            raise ServerUnreachable(title=error.title, message=error.message, next_step=next_step) from error
        except ServerUntrusted:
            raise
        except (ServerForeign, Refused) as error:
            too_much = path_after(server)
            if not too_much:
                raise
            next_step = filled(words.PATH_NEXT, path=too_much, address=server.removesuffix(too_much))
            raise ServerForeign(title=error.title, message=error.message, next_step=next_step) from error
        if word.certificates is not None and not isinstance(found, Need) and not found.offline:
            keep_certificates(self._data, word.certificates)
        return found

    def _enter(
        self, server: str, staff_number: str, proof: "str | Browser", passphrase: str, *, twice: bool, word: ServerWord
    ) -> "Entered | Need":
        from core.desk import entering

        need = self.need(server, staff_number)
        if need is Need.NEW_PASSPHRASE:
            self._check(server, staff_number, proof, word)
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
            proof,
            passphrase=passphrase,
            listener=self._listener,
            accepted=accepted if need is Need.NEW_PASSPHRASE else None,
            word=word,
        )

    def _check(self, server: str, staff_number: str, proof: "str | Browser", word: ServerWord) -> None:
        from core.desk import entering

        # Who has been in the browser already is not sent there again for the passphrase.
        given = (server, staff_number, proof if isinstance(proof, str) else None)
        if self._accepted is None or self._accepted[0] != given:
            self._accepted = None
            self._accepted = given, entering.accepted(server, staff_number, proof, word=word)


def path_after(server: str) -> str:
    """What stands after host and port, from the slash on; empty where nothing does."""
    address = urlsplit(server)
    return server.partition(address.netloc)[2] if address.netloc else ""
