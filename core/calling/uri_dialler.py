"""Dialling by handing a `tel:` or `sip:` address to the system's phone: it goes out, and nothing comes back.

A `sip:` address can name the number that the customer is to see, as a header of the call (RFC 3261, 19.1.1) by which an
exchange that trusts its phones goes (RFC 3325, 9.2); a `tel:` address cannot: there the line, or its prefix, decides.
"""

from collections.abc import Callable
from enum import StrEnum
from urllib.parse import quote

from core.calling.dialler import Capability
from core.compliance import Permit
from core.domain.errors import DialFailed
from core.domain.text import Text

OpenUri = Callable[[str], bool]
"""Hands an address to the system; False where no program took it. The desktop's is QDesktopServices.openUrl."""


class Scheme(StrEnum):
    TEL = "tel"
    SIP = "sip"


class UriDialler:
    """Has no capability: the agent states when the call is answered and ended."""

    capabilities: frozenset[Capability] = frozenset()

    def __init__(
        self,
        scheme: Scheme | str,
        open_uri: OpenUri,
        *,
        prefix: str = "",
        sip_domain: str = "",
        caller: Callable[[], str] = lambda: "",
    ) -> None:
        """`prefix` is dialled before the number (an outside line, `9`); `sip_domain` follows it, where needed.

        `caller`: the official number that customers are to see (INTEG-06), asked at each dial; empty: none stated."""
        self._scheme = Scheme(scheme)
        self._open_uri, self._prefix, self._sip_domain, self._caller = open_uri, prefix, sip_domain, caller

    @property
    def name(self) -> str:
        return self._scheme.value

    def dial(self, permit: Permit) -> None:
        if not self._open_uri(self._address(permit.spend())):
            raise _nobody_took_it(self._scheme)

    def _address(self, number: str) -> str:
        if self._scheme is Scheme.TEL:
            return f"{self._scheme}:{self._prefix}{number}"
        domain = f"@{self._sip_domain}" if self._sip_domain else ""
        caller = self._caller() if domain else ""
        shown = f"?P-Preferred-Identity={quote(f'<sip:{caller}{domain}>', safe='')}" if caller else ""
        return f"{self._scheme}:{self._prefix}{number}{domain}{shown}"


def _nobody_took_it(scheme: Scheme) -> DialFailed:
    return DialFailed(
        title=Text("没有拨出", "Not dialled"),
        message=Text(
            f"本机没有接管“{scheme}:”拨号的电话程序。", f"No phone program on this machine takes “{scheme}:” addresses."
        ),
        next_step=Text(
            "请启动电话程序后重拨，或在设置中更换拨号方式。",
            "Start the phone program and dial again, or choose another way to dial in the settings.",
        ),
    )
