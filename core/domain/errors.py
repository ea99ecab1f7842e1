"""One tree of the errors that a person may see.

    StaylineError                 title, message and what to do next, in both languages
    ├─ ContentError               a content file is wrong: file, line, reason
    ├─ InputError                 what was given cannot be used (an import, an option)
    ├─ StoreError                 the local store
    │  ├─ StoreLocked             its key is missing or locked; nothing was deleted
    │  ├─ StoreForeign            it belongs to another user or program, or is damaged
    │  ├─ StoreDisk               the disk under it; what the step was to write is not kept
    │  │  ├─ StoreFull            it has no room; what was acknowledged is safe
    │  │  ├─ StoreReadOnly        it is write-protected
    │  │  ├─ StoreForbidden       this account may not read or write there
    │  │  └─ StoreFailing         it, or a network drive, does not answer
    │  ├─ StoreClosed             the desk was left while the step was on its way
    │  └─ StoreInUse              another window has it open
    ├─ SignInRefused              wrong password, disabled, throttled
    ├─ SessionEnded               the server ended the session: no dialling until one signs in again
    ├─ ServerUnreachable          no answer in time; work goes on offline
    ├─ ServerForeign              an answer, but not from a Stayline server of this API
    │  └─ ServerUntrusted         it cannot be told whether it is ours: nothing was sent, work goes on offline
    │     ├─ CertificateUnknown   its certificate is of nobody whom this machine knows
    │     └─ ServerKeyChanged     its key is another than the one that this machine has kept
    ├─ Refused                    the server understood and says no
    ├─ CallForbidden              compliance says no: reason and next allowed time
    ├─ ScriptUnsayable            a script's words cannot be filled in for this customer
    └─ DialFailed                 the machine's phone did not take the number

Errors of libraries are translated into these where they enter (one table a room).
"""

from collections.abc import Sequence
from datetime import datetime

from core.domain.content_reasons import in_chinese, in_english
from core.domain.text import Lang, Text


class StaylineError(Exception):
    """What happened, what is safe, what to do next."""

    def __init__(self, *, title: Text, message: Text, next_step: Text) -> None:
        super().__init__(f"{title.en}: {message.en} {next_step.en}")
        self.title, self.message, self.next_step = title, message, next_step

    def spoken(self, lang: Lang) -> str:
        """One line for the message surface."""
        joint = "" if lang is Lang.ZH else " "
        stop = "：" if lang is Lang.ZH else ": "
        said = (_closed(self.message.of(lang), lang), self.next_step.of(lang))
        return self.title.of(lang) + stop + joint.join(one for one in said if one)


def _closed(message: str, lang: Lang) -> str:
    """The message as a sentence of its own: what to do next is another."""
    if not message or message.endswith(("。", "！", "？", "…", ".", "!", "?")):
        return message
    return message + ("。" if lang is Lang.ZH else ".")


class ContentError(StaylineError):
    """A content file that cannot be used; `file` and `line` (from 1) say where.

    `others`: what else is wrong, found at the same time.
    """

    def __init__(self, *, file: str, line: int, reason: str, others: "Sequence[ContentError]" = ()) -> None:
        self.file, self.line, self.reason = file, line, reason
        self.others = tuple(others)
        where = f"{file}:{line}: "
        super().__init__(
            title=Text(zh="内容文件有误", en="Content file is wrong"),
            message=Text(zh=where + in_chinese(reason), en=where + in_english(reason)),
            next_step=Text(zh="请改正后重新加载。", en="Correct it and load again."),
        )

    @property
    def every(self) -> "tuple[ContentError, ...]":
        """This mistake and the others."""
        return (self, *self.others)


class InputError(StaylineError):
    """What was given cannot be used."""


class StoreError(StaylineError):
    """The local store."""


class StoreLocked(StoreError):
    """The store's key is missing or locked."""


class StoreForeign(StoreError):
    """The store is another's, or damaged."""


class StoreDisk(StoreError):
    """The disk under the store refused; what the step was to write is not kept."""


class StoreFull(StoreDisk):
    """The disk has no room."""


class StoreReadOnly(StoreDisk):
    """The disk is write-protected."""


class StoreForbidden(StoreDisk):
    """This account of the computer may not read or write the store's folder."""


class StoreFailing(StoreDisk):
    """The disk, or the network drive, does not answer as it should."""


class StoreClosed(StoreError):
    """The desk was left while the step was on its way."""


class StoreInUse(StoreError):
    """Another process has the store open."""


class SignInRefused(StaylineError):
    """The server refused the sign-in."""


class SessionEnded(StaylineError):
    """The server has stopped this account or ended its session; what is saved stays."""


class ServerUnreachable(StaylineError):
    """No answer from the server within the deadline."""


class ServerForeign(StaylineError):
    """Something answered that is no Stayline server of this API version."""


class ServerUntrusted(ServerForeign):
    """It cannot be told whether what answers is our server; neither password nor data were sent."""


class CertificateUnknown(ServerUntrusted):
    """The certificate is of an issuer whom this machine does not know; the centre's file would name them."""


class ServerKeyChanged(ServerUntrusted):
    """The certificate has another key than the one kept at the first sign-in."""


class Refused(StaylineError):
    """The server understood and says no; `code` is machine-readable."""

    def __init__(self, *, code: str, title: Text, message: Text, next_step: Text) -> None:
        super().__init__(title=title, message=message, next_step=next_step)
        self.code = code


class CallForbidden(StaylineError):
    """Compliance says no; `next_allowed` is None where waiting does not help; `code` is machine-readable."""

    def __init__(self, *, reason: Text, next_allowed: datetime | None, next_step: Text, code: str = "") -> None:
        super().__init__(title=Text(zh="现在不能拨打", en="Not callable now"), message=reason, next_step=next_step)
        self.reason, self.next_allowed, self.code = reason, next_allowed, code


class ScriptUnsayable(StaylineError):
    """A script's words cannot be filled in; what it is called and its version are for whoever writes it."""

    def __init__(self, *, script: Text, version: int) -> None:
        super().__init__(
            title=Text(zh="这句话术显示不出来", en="These words cannot be shown"),
            message=Text(
                zh=f"“{script.zh}”话术第 {version} 版写得有误。已填的内容和草稿都在",
                en=f"the script “{script.en}”, version {version}, holds a mistake. Drafts are safe",
            ),
            next_step=Text(zh="请先做别的，并把这句提示告诉班长。", en="Go on with something else and tell your lead."),
        )


class DialFailed(StaylineError):
    """The phone of this machine did not take the number; nothing was dialled."""
