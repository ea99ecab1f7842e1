"""Dialling by handing a `tel:` or `sip:` address to the system's phone: it goes out, and nothing comes back."""

from collections.abc import Callable
from enum import StrEnum

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

    def __init__(self, scheme: Scheme | str, open_uri: OpenUri, *, prefix: str = "", sip_domain: str = "") -> None:
        """`prefix` is dialled before the number (an outside line, `9`); `sip_domain` follows it, where needed."""
        self._scheme = Scheme(scheme)
        self._open_uri, self._prefix, self._sip_domain = open_uri, prefix, sip_domain

    @property
    def name(self) -> str:
        return self._scheme.value

    def dial(self, permit: Permit) -> None:
        if not self._open_uri(self._address(permit.spend())):
            raise _nobody_took_it(self._scheme)

    def _address(self, number: str) -> str:
        domain = f"@{self._sip_domain}" if self._scheme is Scheme.SIP and self._sip_domain else ""
        return f"{self._scheme}:{self._prefix}{number}{domain}"


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
