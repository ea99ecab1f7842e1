"""A long list that a desk sends piece by piece is read by the server as if it had come whole."""

from typing import cast

import pytest
from msgspec import structs
from server_kit import document, number_of, task

from core.desk import list_reading
from core.desk.list_reading import look_over
from core.server.campaigns.list_upload import look
from core.server.db.engine import Database
from core.server.loading import load
from core.sync.campaigns import AskCampaigns
from core.wire.list_files import ListFile, ListLook


class Server:
    def __init__(self, database: Database) -> None:
        self._database, self.asked = database, 0

    def look_at(self, file: ListFile) -> ListLook:
        self.asked += 1
        return look(self._database, file)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("title", ["", "十一月流失预警名单\n\n"])
def test_pieces_make_the_whole(sqlite: Database, monkeypatch: pytest.MonkeyPatch, encoding: str, title: str) -> None:
    # ID-06, ID-07
    load(sqlite, [(document(n), task(n)) for n in range(1, 41)])
    lines = [
        f'{number_of(n)},吴文静,{"7" if n % 10 == 0 else "0.5"},"上月投诉，\n没有回音"\n' + ("\n" if n == 20 else "")
        for n in range(1, 61)
    ]
    body = (f"{title}手机号码,客户姓名,得分,理由\n" + "".join(lines)).encode(encoding)
    file, server = ListFile(file_name="list.csv", body=body), Server(sqlite)
    whole = look_over(cast(AskCampaigns, server), file, step=lambda _done, _of: None)
    assert (server.asked, whole.rows, whole.customers, len(whole.flaws), len(whole.no_score)) == (1, 60, 40, 20, 6)
    monkeypatch.setattr(list_reading, "PIECE", 900)
    pieced = look_over(cast(AskCampaigns, server), file, step=lambda _done, _of: None)
    assert server.asked > 4
    # Whether a column is of names, to be masked, is told by its cells.
    assert pieced == structs.replace(whole, first=pieced.first)
