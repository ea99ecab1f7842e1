"""What the routes work with, put together once."""

from dataclasses import dataclass, field
from pathlib import Path

from core.server.access.sessions import Sessions
from core.server.access.throttle import Throttle
from core.server.access.tokens import Signer
from core.server.db.engine import Database
from core.server.departments.port import StorePort
from core.server.http.bell import Bell
from core.server.http.metrics import Metrics
from core.server.news.watch import Watch
from core.server.organisation.signing_in import OrganisationSignIn
from core.server.planner.warm import Planner
from core.server.rechecking.port import StandingPort
from core.server.team.hearing import Hearing
from core.server.watched_thread import WatchedThread


@dataclass(frozen=True, slots=True)
class Services:
    database: Database
    sessions: Sessions
    organisation: OrganisationSignIn
    metrics: Metrics
    bell: Bell
    watch: Watch
    planner: Planner
    data: Path
    """the folder of snapshots and models"""
    hearing: Hearing = field(default_factory=Hearing)
    stores: StorePort | None = None
    """None: nobody can say what stores have free"""
    standing: StandingPort | None = None
    """None: nobody can say how customers stand now"""
    orders: WatchedThread = field(default_factory=WatchedThread)
    errands: WatchedThread = field(default_factory=WatchedThread)
    jobs: WatchedThread = field(default_factory=WatchedThread)
    contacts: WatchedThread = field(default_factory=WatchedThread)
    housekeeping: WatchedThread = field(default_factory=WatchedThread)

    @property
    def alone(self) -> bool:
        """Nobody else writes to the database: a file belongs to one server."""
        return self.database.engine.dialect.name == "sqlite"

    @classmethod
    def of(cls, database: Database, folder: Path) -> "Services":
        """`folder` keeps the signing key, and what the server shows the organisation's provider."""
        throttle, watch = Throttle(database), Watch(database)
        sessions = Sessions(database, Signer.of_folder(folder), throttle)
        organisation = OrganisationSignIn(database, sessions, throttle, folder)
        metrics = Metrics(database, listening=watch.__len__)
        return cls(database, sessions, organisation, metrics, Bell(), watch, Planner(database, folder), folder)
