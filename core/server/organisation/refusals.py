"""Why somebody is not let in by an account of the organisation, in words for the person at the desk."""

from core.domain.errors import Refused
from core.domain.text import Text
from core.server.access.sessions import Unauthenticated
from core.server.organisation.id_token import Flaw

_TITLE = Text("单位账号登录未成功", "Not signed in by your organisation's account")
_AGAIN = Text(
    "请再点一次“用单位账号登录”；也可以用工号和密码登录。",
    "Choose “Sign in with your organisation” once more, or use staff number and password.",
)
_PASSWORD = Text("请用工号和密码登录，并告诉管理员。", "Use staff number and password, and tell your administrator.")
_BY_FLAW = {
    Flaw.EXPIRED: Text("登录凭据已过期。", "The proof of who you are has expired."),
    Flaw.EARLY: Text(
        "登录凭据的时间比本服务器的时钟还晚，两边的时钟对不上。",
        "The proof of who you are is dated ahead of this server's clock: the two clocks differ.",
    ),
    Flaw.NONCE: Text("登录凭据不属于这一次登录。", "The proof of who you are belongs to another sign-in."),
    Flaw.AUDIENCE: Text("登录凭据是发给另一个系统的。", "The proof of who you are was made out to another system."),
    Flaw.UNVERIFIED: Text("单位账号的邮箱还没有验证。", "The e-mail of your account is not verified yet."),
}
_UNBELIEVED = Text("登录凭据无法核实。", "The proof of who you are cannot be verified.")


class ProviderAway(Refused):
    """The organisation's provider does not answer; `retry_after_s` says when it is asked again."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(
            code="provider_away",
            title=_TITLE,
            message=Text("单位的身份认证系统没有回应。", "Your organisation's sign-in service does not answer."),
            next_step=Text(
                "请稍后再试；也可以用工号和密码登录。", "Try again shortly, or use staff number and password."
            ),
        )


class NotOffered(Refused):
    """This server knows passwords alone."""

    def __init__(self) -> None:
        super().__init__(
            code="no_organisation",
            title=Text("没有开通单位账号登录", "Not offered here"),
            message=Text("本服务器只用工号和密码登录。", "This server knows staff numbers and passwords alone."),
            next_step=Text("请用工号和密码登录。", "Use staff number and password."),
        )


def code_refused() -> Unauthenticated:
    return Unauthenticated(
        code="code_refused",
        title=_TITLE,
        message=Text("登录凭据已用过或已过期。", "The proof of who you are was used already, or is too old."),
        next_step=_AGAIN,
    )


def client_refused() -> Refused:
    return Refused(
        code="client_refused",
        title=_TITLE,
        message=Text(
            "单位的身份认证系统不认本服务器（客户端编号或密钥不对）。",
            "Your organisation's sign-in service does not take this server (its client id or secret is wrong).",
        ),
        next_step=_PASSWORD,
    )


def token_unfit(flaw: Flaw) -> Unauthenticated:
    return Unauthenticated(
        code=f"token_{flaw.value}",
        title=_TITLE,
        message=_BY_FLAW.get(flaw, _UNBELIEVED),
        next_step=_AGAIN if flaw in (Flaw.EXPIRED, Flaw.NONCE) else _PASSWORD,
    )


def not_linked(subject: str) -> Unauthenticated:
    return Unauthenticated(
        code="not_linked",
        title=_TITLE,
        message=Text(
            f"单位账号“{subject}”还没有关联工号。", f"Your account “{subject}” is not linked to a staff number."
        ),
        next_step=Text(
            "请把这个账号告诉管理员来关联；这次请用工号和密码登录。",
            "Tell your administrator this account to have it linked; this time use staff number and password.",
        ),
    )
