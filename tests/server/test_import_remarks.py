"""What several lists say of a customer in the same words stands once."""

from pathlib import Path

from sqlalchemy import select

from core.domain import decoding
from core.domain.customer import Document
from core.domain.people import RIGHTS, Role
from core.server.cli import main
from core.server.db import customers, schema
from core.server.db.engine import Database, open_engine, sqlite_url


def remarks(data: Path) -> list[object]:
    """The customer's remarks, of whatever list."""
    database = Database(open_engine(sqlite_url(data)))
    with database.read() as unit:
        who = unit.conn.execute(select(schema.customer.c.id)).scalar_one()
        body = customers.documents(unit, [who], RIGHTS[Role.OUTBOUND_REPRESENTATIVE])[who]
    database.close()
    held = decoding.decode(body, Document).indicators or {}
    return [value for name, value in held.items() if name.endswith(":备注")]


# ID-06
def test_the_same_remark_from_other_files_is_one_remark(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert main(["init", "--data", str(data)]) == 0

    def bring_in(name: str, remark: str) -> list[object]:
        listed = tmp_path / name
        listed.write_text(f"手机号码,客户姓名,备注\n10000000001,吴文静,{remark}\n", "utf-8")
        assert main(["import", str(listed), "--scenario", "4g-upgrade", "--data", str(data)]) == 0
        return remarks(data)

    assert bring_in("zh.csv", "流量不够用") == ["流量不够用"]
    assert bring_in("zh_gb.csv", "流量不够用") == ["流量不够用"]
    assert bring_in("more.csv", "想换手机") == ["流量不够用", "想换手机"]
    assert bring_in("zh.csv", "想换手机") == ["想换手机"], "the list's own remark has changed to one that is there"
