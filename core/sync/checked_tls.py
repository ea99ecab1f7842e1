"""TLS connections that are looked at before anything is sent: an adapter of requests that asks a `Trust`."""

import ssl
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from core.sync.trust import Trust


class CheckedAdapter(HTTPAdapter):
    """Connections of one `Trust`; an error that it raises comes out of the request as it is."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, ssl_context=self._trust.context(), **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _pool(self._trust)}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context knows its issuers; requests would add its own file to them at each connection."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None


def _pool(trust: Trust) -> type[HTTPSConnectionPool]:
    class Checked(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            try:
                if isinstance(self.sock, ssl.SSLSocket):
                    trust.check(self.sock.getpeercert(binary_form=True) or b"")
                else:
                    # Of another kind only behind a TLS proxy, which a desk never uses.
                    raise ssl.SSLError("a connection whose certificate cannot be seen")
            except BaseException:
                self.close()
                raise

    class Pool(HTTPSConnectionPool):
        ConnectionCls = Checked

    return Pool
