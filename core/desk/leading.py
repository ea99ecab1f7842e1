"""A lead's board of today as it is asked of the server, and as it was last known where that is away."""

import msgspec

from core.desk.desk import Desk
from core.domain import decoding
from core.store.settings import TEAM_BOARD
from core.sync.ask import Ask
from core.wire.team import TeamBoard


def fresh_board(desk: Desk, ask: Ask) -> TeamBoard:
    """From the server, and kept for a time without it. Raises ServerUnreachable, Refused."""
    board = ask.team_board()
    keep_board(desk, board)
    return board


def keep_board(desk: Desk, board: TeamBoard) -> None:
    desk.store.put_setting(TEAM_BOARD, msgspec.json.encode(board).decode())


def known_board(desk: Desk) -> TeamBoard | None:
    """As it was last told; None before the first time, or where another version of the program kept it."""
    kept = desk.store.setting(TEAM_BOARD)
    if not kept:
        return None
    try:
        return decoding.decode(kept, TeamBoard)
    except msgspec.DecodeError:
        return None
