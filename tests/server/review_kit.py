"""Packs of a small centre, pulled as a lead's machine does, and laid into a frame."""

import hashlib

from server_kit import add_agent, agent

from core.domain.people import Role
from core.review.frame import Frame, PackId
from core.review.packs import LoadedPack, details, load
from core.server.access.caller import Caller
from core.server.db.engine import Database
from core.server.review.handing_out import pack_list, piece
from core.wire.review import DETAILS, Pack, PackList


def lead(database: Database, team: str = "A", staff_number: str = "3001") -> Caller:
    return add_agent(database, agent(staff_number, role=Role.TEAM_LEAD, team=team, team_name=f"{team} 班"))


def planner(database: Database) -> Caller:
    return add_agent(database, agent("9001", role=Role.PLANNER, team="office"))


def listed(database: Database, caller: Caller) -> PackList:
    found = pack_list(database, caller, budget_s=60)
    assert found.waiting == 0
    return found


def bytes_of(database: Database, caller: Caller, digest: str, *, length: int = 1_000_000) -> bytes:
    """A part in pieces, as it is fetched."""
    whole = b""
    while True:
        more = piece(database, caller, digest, offset=len(whole), length=length)
        assert more is not None
        if not more:
            break
        whole += more
    assert hashlib.sha256(whole).hexdigest() == digest
    return whole


def fetched(database: Database, caller: Caller, pack: Pack) -> LoadedPack:
    parts = {part.name: bytes_of(database, caller, part.digest) for part in pack.parts}
    return LoadedPack(PackId(pack.team, pack.period), pack.made_at.timestamp(), parts)


def frame_of(database: Database, caller: Caller) -> Frame:
    found = listed(database, caller)
    packs = [fetched(database, caller, pack) for pack in found.packs]
    return load(packs, now=found.server_time.timestamp(), names=found.names, on_net_day=found.on_net_day)


def all_details(database: Database, caller: Caller) -> list[object]:
    found = []
    for pack in listed(database, caller).packs:
        parts = fetched(database, caller, pack).parts
        found += details(parts[DETAILS], range(pack.calls))
    return list(found)
