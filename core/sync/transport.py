"""HTTP to the server: the only user of requests. zstd both ways; what comes back is a value or a known error.

Whether it is our server is settled by `Trust` before anything is sent; without TLS only this machine is spoken to.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID

import msgspec
import zstandard

from core.domain import decoding
from core.domain.addresses import is_this_machine
from core.domain.authority import AuthorityCase
from core.domain.errors import Refused
from core.domain.knowledge import TipState
from core.sync import certificates, refusals
from core.sync.event_stream import SILENT_S, EventStream
from core.sync.trust import Trust
from core.wire import API
from core.wire.authority import AuthorityAnswer, AuthorityNews
from core.wire.base import BasePage, SurveyResults
from core.wire.departments import SlotAnswer, SlotAsk, Stores
from core.wire.organisation import SignInByCode, SignInPage
from core.wire.pull import PullPage
from core.wire.push import Answers
from core.wire.recheck import DEADLINE_S as RECHECK_S
from core.wire.recheck import RecheckAsk, RecheckTold
from core.wire.review import PackList
from core.wire.search import CustomerQuery, FoundCustomers
from core.wire.session import Hello, Refresh, Session, SignIn
from core.wire.team import DeskTasks, Moved, MoveTasks, SetTarget, TeamBoard
from core.wire.tips import JudgedTip, TipDecision, Tips, TipWithdrawal, TipWording

if TYPE_CHECKING:
    import requests

CONNECT_S, READ_S = 5.0, 30.0
_LARGEST_ANSWER = 256 * 1024 * 1024
_LEVEL = 3
_PRODUCT = "stayline"
_EVENTS = "text/event-stream"
_T = TypeVar("_T")
_PAGE = decoding.decoder(PullPage)


class Transport:
    """Requests to one server. Safe to use from any thread; each keeps its own connection."""

    def __init__(
        self, base_url: str, *, trust: Trust | None = None, connect_s: float = CONNECT_S, read_s: float = READ_S
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.trust = trust or Trust()
        self.access_token = ""
        self.renewing = threading.Lock()
        """held while the token is renewed: whoever else was refused meanwhile takes the new one"""
        self.by_organisation: bool | None = None
        """whether one may sign in there by an account of the organisation; None until it has said hello"""
        self._timeout = (connect_s, read_s)
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()

    def hello(self) -> Hello:
        """Whether this is a Stayline server of our API; raises ServerForeign, ServerUnreachable."""
        answer = self._decoded("GET", "/hello", Hello, signed=False)
        if answer.product.lower() != _PRODUCT or answer.api != API:
            raise refusals.not_ours()
        self.by_organisation = answer.organisation
        return answer

    def sign_in(self, asked: SignIn) -> Session:
        """Raises SignInRefused (SignInThrottled with the time to wait), ServerForeign, ServerUnreachable."""
        try:
            return self._decoded("POST", "/session", Session, body=msgspec.json.encode(asked), signed=False)
        except (Refused, refusals.ServerBusy) as error:
            raise refusals.sign_in_refused(error) from error

    def sign_in_page(self) -> SignInPage:
        """Where the organisation's provider is asked who one is; raises what `sign_in` does."""
        try:
            return self._decoded("GET", "/sessions/oidc", SignInPage, signed=False)
        except (Refused, refusals.ServerBusy) as error:
            raise refusals.sign_in_refused(error) from error

    def sign_in_by_code(self, given: SignInByCode) -> Session:
        """Raises what `sign_in` does."""
        try:
            return self._decoded("POST", "/sessions/oidc", Session, body=msgspec.json.encode(given), signed=False)
        except (Refused, refusals.ServerBusy) as error:
            raise refusals.sign_in_refused(error) from error

    def refresh(self, refresh_token: str) -> Session:
        """New tokens for a refresh token, which is used up; raises TokenRefused."""
        body = msgspec.json.encode(Refresh(refresh_token=refresh_token))
        return self._decoded("POST", "/session/refresh", Session, body=body, signed=False)

    def sign_out(self) -> None:
        self._bytes("DELETE", "/session")

    def pull(self, cursor: str, limit: int) -> PullPage:
        """A page of changes; bodies are slices of the answer. Raises TokenRefused, Refused, ServerUnreachable."""
        return _page(self._bytes("GET", "/pull", query={"cursor": cursor, "limit": str(limit)}))

    def events(self, after: str) -> EventStream:
        """What the server tells as it happens, beginning after that place of the feed; closed by whoever reads it.

        Raises TokenRefused, Refused (an older server has none), ServerForeign, ServerUnreachable."""
        headers = {"Accept": _EVENTS, "Accept-Encoding": "identity"} | ({"Last-Event-ID": after} if after else {})
        with _plainly():
            response = self._opened("GET", "/events", headers, read_s=SILENT_S)
            if response.status_code == 200 and response.headers.get("Content-Type", "").startswith(_EVENTS):
                return EventStream(response)
            with response:
                content = _content(response)
        if response.status_code == 200:
            raise refusals.not_ours()
        raise refusals.refused(response.status_code, content, response.headers.get("Retry-After"))

    def push(self, items: list[bytes]) -> Answers:
        """Uploads items that are encoded already."""
        return self._decoded("POST", "/push", Answers, body=b'{"items":[' + b",".join(items) + b"]}")

    def authority_news(self, after: int, wait_s: int) -> AuthorityNews:
        """What changed after the cursor; the server answers when there is some, or after `wait_s`."""
        query = {"after": str(after), "wait_s": str(wait_s)}
        return self._decoded("GET", "/authority", AuthorityNews, query=query)

    def answer_authority(self, request: UUID, answer: AuthorityAnswer) -> AuthorityCase:
        body = msgspec.json.encode(answer)
        return self._decoded("POST", f"/authority/{request}/answer", AuthorityCase, body=body)

    def search_customers(self, query: CustomerQuery) -> FoundCustomers:
        return self._decoded("POST", "/customers/search", FoundCustomers, body=msgspec.json.encode(query))

    def open_customer(self, customer_id: str) -> bytes:
        """The document's bytes; the server then also hands it out with the pull."""
        return self._bytes("GET", f"/customers/{quote(customer_id, safe='')}")

    def waiting_tips(self) -> Tips:
        """Those that the signed-in person may judge, oldest first."""
        return self._decoded("GET", "/tips", Tips)

    def standing_tips(self) -> Tips:
        """Those of the same people that everyone has."""
        return self._decoded("GET", "/tips", Tips, query={"which": TipState.APPROVED.value})

    def decide_tip(self, tip_id: str, decision: TipDecision) -> JudgedTip:
        body = msgspec.json.encode(decision)
        return self._decoded("POST", f"/tips/{quote(tip_id, safe='')}/decision", JudgedTip, body=body)

    def take_tip_back(self, tip_id: str, asked: TipWithdrawal) -> JudgedTip:
        body = msgspec.json.encode(asked)
        return self._decoded("POST", f"/tips/{quote(tip_id, safe='')}/withdrawal", JudgedTip, body=body)

    def reword_tip(self, tip_id: str, asked: TipWording) -> JudgedTip:
        body = msgspec.json.encode(asked)
        return self._decoded("POST", f"/tips/{quote(tip_id, safe='')}/wording", JudgedTip, body=body)

    def team_board(self) -> TeamBoard:
        return self._decoded("GET", "/team", TeamBoard)

    def desk_tasks(self, staff_number: str) -> DeskTasks:
        return self._decoded("GET", f"/team/{quote(staff_number, safe='')}/tasks", DeskTasks)

    def move_tasks(self, asked: MoveTasks) -> Moved:
        return self._decoded("POST", "/team/moves", Moved, body=msgspec.json.encode(asked))

    def set_target(self, asked: SetTarget) -> TeamBoard:
        return self._decoded("POST", "/team/targets", TeamBoard, body=msgspec.json.encode(asked))

    def base(self, start: int, after: str) -> BasePage:
        """A page of the base without persons, after the bookmark; where it is empty after the first `start` customers.

        A server that gives no bookmarks goes by the number alone."""
        place = {"start": str(start)} | ({"after": after} if after else {})
        return self._decoded("GET", "/base", BasePage, query=place)

    def stores(self, area: str, what: str) -> Stores:
        """What stores have free and in stock now; raises Refused where they do not answer the server."""
        return self._decoded("GET", "/stores", Stores, query={"area": area, "what": what})

    def book_slot(self, slot_id: UUID, ask: SlotAsk) -> SlotAnswer:
        return self._decoded("PUT", f"/slots/{slot_id}", SlotAnswer, body=msgspec.json.encode(ask))

    def cancel_slot(self, slot_id: UUID) -> None:
        """Raises Refused where no such booking stands."""
        self._bytes("DELETE", f"/slots/{slot_id}")

    def recheck(self, task_id: str, asked: RecheckAsk) -> RecheckTold:
        """Whether the task's reason still holds; raises ServerUnreachable after a second (ID-11)."""
        path, body = f"/tasks/{quote(task_id, safe='')}/recheck", msgspec.json.encode(asked)
        return self._decoded("POST", path, RecheckTold, body=body, within_s=RECHECK_S)

    def survey_results(self, scenario: str, days: int) -> SurveyResults:
        path = f"/surveys/{quote(scenario, safe='')}"
        return self._decoded("GET", path, SurveyResults, query={"days": str(days)})

    def review_packs(self) -> PackList:
        """The review packs that the signed-in person may see; raises Refused where they may see none."""
        return self._decoded("GET", "/review/packs", PackList)

    def review_piece(self, digest: str, offset: int, length: int) -> bytes:
        """Bytes of a part; raises Refused once the part was replaced."""
        query = {"offset": str(offset), "length": str(length)}
        return self._bytes("GET", f"/review/parts/{quote(digest, safe='')}", query=query)

    def asked(
        self,
        method: str,
        path: str,
        kind: type[_T],
        *,
        body: bytes | None = None,
        query: dict[str, str] | None = None,
        within_s: float | None = None,
    ) -> _T:
        """A question of a room that has its own messages (`core.sync.screening` and its neighbours)."""
        return self._decoded(method, path, kind, body=body, query=query, within_s=within_s)

    def close(self) -> None:
        with self._lock:
            for session in self._sessions:
                session.close()
            self._sessions.clear()

    def _decoded(
        self,
        method: str,
        path: str,
        kind: type[_T],
        *,
        body: bytes | None = None,
        query: dict[str, str] | None = None,
        signed: bool = True,
        within_s: float | None = None,
    ) -> _T:
        answer = self._bytes(method, path, body=body, query=query, signed=signed, within_s=within_s)
        try:
            return decoding.decode(answer, kind)
        except (msgspec.DecodeError, RecursionError) as error:
            raise refusals.not_ours() from error

    def _bytes(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        query: dict[str, str] | None = None,
        signed: bool = True,
        within_s: float | None = None,
    ) -> bytes:
        headers = {"Accept-Encoding": "zstd", "Accept": "application/json"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Content-Encoding": "zstd"}
            body = zstandard.ZstdCompressor(level=_LEVEL).compress(body)
        with (
            _plainly(),
            self._opened(method, path, headers, body=body, query=query, signed=signed, read_s=within_s) as response,
        ):
            content = _content(response)
        if 200 <= response.status_code < 300:
            return content
        raise refusals.refused(response.status_code, content, response.headers.get("Retry-After"))

    def _opened(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        *,
        body: bytes | None = None,
        query: dict[str, str] | None = None,
        signed: bool = True,
        read_s: float | None = None,
    ) -> "requests.Response":
        """The answer, of which only the head was read."""
        if _in_the_open(self.base_url):
            raise certificates.plain_http()
        connect_s, usual_s = self._timeout
        return self._session().request(
            method,
            f"{self.base_url}/{API}{path}",
            params=query,
            data=body,
            headers=headers | ({"Authorization": f"Bearer {self.access_token}"} if signed else {}),
            timeout=(connect_s, usual_s if read_s is None else read_s),
            allow_redirects=False,
            stream=True,
        )

    def _session(self) -> "requests.Session":
        import requests

        found: requests.Session | None = getattr(self._local, "session", None)
        if found is None:
            found = self._made()
            self._local.session = found
            with self._lock:
                self._sessions.append(found)
        return found

    def _made(self) -> "requests.Session":
        import requests

        made = requests.Session()
        # A proxy or .netrc of the machine must neither see nor replace the token.
        made.trust_env = False
        if self.base_url.lower().startswith("https:"):
            from core.sync.checked_tls import CheckedAdapter

            made.mount("https://", CheckedAdapter(self.trust))
        return made


class _BrokenAnswer(Exception):
    """The answer ended early or is not what it says."""


@contextmanager
def _plainly() -> Iterator[None]:
    """What goes wrong on the way, as an error that a person may see."""
    # A tenth of a second to import, and no window waits for the network.
    import requests

    try:
        yield
    except requests.RequestException as error:
        raise refusals.unreachable(error) from error
    except (OSError, _BrokenAnswer) as error:
        raise refusals.unreachable(requests.ConnectionError()) from error


def _in_the_open(address: str) -> bool:
    """Plain HTTP beyond this machine; a malformed address is told as one by requests."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and bool(parts.hostname) and not is_this_machine(parts.hostname or "")
    except ValueError:
        return False


def _content(response: "requests.Response") -> bytes:
    """The answer's bytes, unpacked to a bound; urllib3's own errors become one."""
    from urllib3.exceptions import HTTPError

    try:
        packed: bytes = response.raw.read(_LARGEST_ANSWER, decode_content=False)
    except HTTPError as error:
        raise _BrokenAnswer from error
    if response.raw.length_remaining:
        # Read by amount, an answer that was cut in the middle ends without an error.
        raise _BrokenAnswer
    if response.headers.get("Content-Encoding", "").lower() != "zstd":
        return packed
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            return reader.read(_LARGEST_ANSWER)
    except zstandard.ZstdError as error:
        raise _BrokenAnswer from error


def _page(body: bytes) -> PullPage:
    try:
        return _PAGE.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise refusals.not_ours() from error
