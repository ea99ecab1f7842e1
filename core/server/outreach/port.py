"""The one port to gateways and field staff, and its two adapters."""

import os
from typing import Protocol
from uuid import UUID

import msgspec

from core.domain.outreach import ContactState
from core.domain.text import Text
from core.server.outside.file_box import FileBox
from core.server.outside.peer import Peer
from core.server.outside.place import exchange_folder
from core.server.outside.reading import read_answer
from core.wire.outreach import ContactOut, ContactReport

VARIABLE, TOKEN_VARIABLE = "STAYLINE_OUTREACH", "STAYLINE_OUTREACH_TOKEN"
"""a token comes by the environment alone: a process list shows options"""
_encode = msgspec.json.Encoder().encode
_TAKEN = ContactReport(state=ContactState.SENT)


class OutreachPort(Protocol):
    """Each call raises PortDown, and ends within seconds whatever the other side does."""

    def send(self, contact: ContactOut) -> ContactReport:
        """Hand it over; the same id again sends nothing more and tells how it stands."""
        ...

    def look(self, contact_id: UUID) -> ContactReport | None:
        """How it stands; None where the other side has never had it."""
        ...


class HttpOutreach:
    def __init__(self, peer: Peer) -> None:
        self._peer = peer

    def send(self, contact: ContactOut) -> ContactReport:
        answer = self._peer.put(f"/contacts/{contact.id}", _encode(contact), key=str(contact.id))
        return read_answer(answer, ContactReport)

    def look(self, contact_id: UUID) -> ContactReport | None:
        answer = self._peer.get(f"/contacts/{contact_id}")
        return None if answer is None else read_answer(answer, ContactReport)


class FileOutreach:
    """A file each: for systems that load files."""

    def __init__(self, box: FileBox) -> None:
        self._box = box

    def send(self, contact: ContactOut) -> ContactReport:
        self._box.put(f"{contact.id}.json", _encode(contact))
        return self.look(contact.id) or _TAKEN

    def look(self, contact_id: UUID) -> ContactReport | None:
        answer = self._box.answer(f"{contact_id}.json")
        if answer is not None:
            return read_answer(answer, ContactReport)
        return _TAKEN if self._box.has_left(f"{contact_id}.json") else None


def outreach_port(where: str) -> OutreachPort | None:
    """By address, `https://…`, or a folder; empty: by the environment, else none. Raises InputError."""
    where = where or os.environ.get(VARIABLE, "")
    if not where:
        return None
    if "://" in where:
        return HttpOutreach(Peer(where, token=os.environ.get(TOKEN_VARIABLE, "")))
    return FileOutreach(FileBox(exchange_folder(where, what=Text("短信和语音网关", "gateway of texts and calls"))))
