"""Publishing the content that came with this version, where the database has none newer."""

import msgspec

from core.server.db import published
from core.server.db.engine import Database
from core.wire.pull import ContentDocument


def publish_shipped(database: Database) -> list[str]:
    """The keys of what was published; raises ContentError where a shipped file is wrong."""
    # Reading YAML takes a while and is not needed for listening.
    from core.content import shipped

    pieces = [
        ContentDocument(kind=one.kind, name=one.name, version=one.version, body=msgspec.Raw(one.body))
        for one in shipped()
    ]
    with database.write() as unit:
        return published.publish(unit, pieces)
