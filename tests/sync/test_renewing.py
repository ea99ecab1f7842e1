"""One renewal for all who ask: a used refresh token must not be shown to the server again."""

import threading

import pytest
from rough_server import Answering, Asked, SmallStayline
from store_kit import NOW

from core.store.store import Store
from core.sync.refusals import TokenRefused
from core.sync.session import Credentials, forget_tokens, remembered
from core.sync.transport import Transport


def test_the_sync_and_a_question_renew_the_token_once(signed_in: Store, small: SmallStayline, url: str) -> None:
    both_refused = threading.Barrier(2, timeout=10)

    def late(asked: Asked) -> Answering | None:
        if asked.path.startswith("/v1/pull") and asked.headers.get("Authorization") == "Bearer old":
            both_refused.wait()
        return None

    small.first = late
    transport = Transport(url)
    transport.access_token = "old"
    askers = [Credentials(signed_in, transport, lambda: NOW) for _ in range(2)]
    threads = [
        threading.Thread(target=lambda one=one: one.call(lambda: transport.pull("", 10)))  # type: ignore[misc]
        for one in askers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sum(asked.path == "/v1/session/refresh" for asked in small.asked) == 1
    kept = remembered(signed_in)
    assert kept is not None
    assert kept.access_token == transport.access_token == small.access
    transport.close()


def test_a_renewal_under_way_does_not_undo_a_sign_out(signed_in: Store, small: SmallStayline, url: str) -> None:
    def sign_out_meanwhile(asked: Asked) -> Answering | None:
        if asked.path == "/v1/session/refresh":
            forget_tokens(signed_in)
        return None

    small.first = sign_out_meanwhile
    transport = Transport(url)
    transport.access_token = "old"
    with pytest.raises(TokenRefused):
        Credentials(signed_in, transport, lambda: NOW).call(lambda: transport.pull("", 10))
    kept = remembered(signed_in)
    assert kept is not None
    assert (kept.access_token, kept.refresh_token) == ("", "")
    transport.close()
