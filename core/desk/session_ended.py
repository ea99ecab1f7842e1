"""What a desk no longer does once the server has ended its session: nobody is rung, no number is shown. One that was
without the server for too long opens no customer either."""

from core.domain.errors import Refused, SessionEnded
from core.domain.text import Text
from core.sync.status import OFFLINE_LIMIT, SyncState, SyncStatus

DISABLED = "disabled"
"""code of the refusal of an account that was stopped; every other is of a session that was ended or ran out"""


def refusal_in(status: SyncStatus) -> Refused | None:
    """The server's word that ended the session; None while it goes on, and where the server is merely away."""
    error = status.last_error
    return error if status.state is SyncState.SIGNED_OUT and isinstance(error, Refused) else None


def session_ended(refusal: Refused) -> SessionEnded:
    """As the agent is told who wants to dial or to see a number."""
    if refusal.code == OFFLINE_LIMIT:
        return SessionEnded(
            title=Text("离线已到时限", "Offline for too long"),
            message=Text(
                "现在不能打开客户、拨打或看号码；手上的可以照常保存，本机记录都在。",
                "Opening, dialling and showing numbers are off; what you began can be saved, and what is saved stays.",
            ),
            next_step=Text("连上服务器就能继续。", "Go on as soon as the server is reached."),
        )
    stopped = refusal.code == DISABLED
    return SessionEnded(
        title=Text("账号已停用", "This account was stopped")
        if stopped
        else Text("登录已失效", "The session was ended"),
        message=Text(
            "现在不能拨打，也不能看号码；手上的可以照常保存，本机记录都在。",
            "Dialling and showing numbers are off; what you began can be saved, and what is saved stays here.",
        ),
        next_step=Text("请重新登录。", "Sign in again."),
    )
