"""An indicator that several lists bring stands once, as the last of them says; a mean spend reaches the 360° view."""

from pathlib import Path

from sqlalchemy import select

from core.domain import decoding
from core.domain.customer import Document
from core.domain.people import RIGHTS, Role
from core.server.cli import main
from core.server.db import customers, schema
from core.server.db.engine import Database, open_engine, sqlite_url

HEADER = "手机号码,客户姓名,月均消费(元),小区档位,备注"


def kept(data: Path) -> Document:
    """The only customer, as an agent's desktop gets it."""
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        who = unit.conn.execute(select(schema.customer.c.id)).scalar_one()
        body = customers.documents(unit, [who], RIGHTS[Role.OUTBOUND_REPRESENTATIVE])[who]
    database.close()
    return decoding.decode(body, Document)


# ID-06, VIEW-02
def test_the_same_indicator_of_another_list_replaces_and_a_remark_does_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0

    def bring_in(name: str, row: str) -> Document:
        listed = tmp_path / name
        listed.write_text(f"{HEADER}\n10000000001,吴文静,{row}\n", "utf-8")
        assert main(["import", str(listed), "--scenario", "4g-upgrade", "--data", str(data)]) == 0
        return kept(data)

    first = bring_in("十月.csv", "88.5,高,流量不够用")
    assert first.billing is not None
    assert first.billing.arpu_fen == 8850
    second = bring_in("十一月.csv", "91,中,想换手机")
    assert second.billing is not None
    assert second.billing.arpu_fen == 9100
    assert second.indicators == {
        "import:十一月:月均消费(元)": 9100,
        "import:十一月:小区档位": "中",
        "import:十月:备注": "流量不够用",
        "import:十一月:备注": "想换手机",
    }
    third = bring_in("十二月.csv", ",,")
    assert third.billing is not None
    assert third.billing.arpu_fen == 9100
    assert third.indicators == second.indicators, "what a list leaves empty it does not take away"
