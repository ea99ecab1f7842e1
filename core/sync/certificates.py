"""What is said where a server's certificate does not do, or the way to it is not encrypted."""

import ssl

from core.domain.errors import CertificateUnknown, ServerForeign, ServerKeyChanged, ServerUntrusted
from core.domain.text import Text

_NOTHING_SENT = Text(
    "密码和客户资料都没有发出去，本机已保存的都在。",
    "No password and no data were sent; all that is saved here is safe.",
)
_NOT_KNOWN = Text("不能确认这是我们的服务器", "Not known to be our server")
_EXPIRED = (9, 10)
_WRONG_NAME = (62, 64)
"""numbers of X509_verify_cert, as OpenSSL documents them: not yet valid, expired; host and address do not match"""


def not_verified(error: BaseException) -> ServerForeign:
    """Why a TLS connection did not come about; `error` is that of requests."""
    found = _verification(error)
    if found is None:
        return ServerForeign(
            title=Text("连接没有加密成功", "No encrypted connection"),
            message=Text("该地址有回应，但不是加密的回应。", "It answers, but not over TLS."),
            next_step=Text("请核对服务器地址和端口。", "Check the server's address and port."),
        )
    # Python sets it only where OpenSSL gave the verdict.
    code = getattr(found, "verify_code", 0)
    if code in _EXPIRED:
        return _untrusted(
            Text(
                "服务器的证书已过期，或还没到生效日期。", "The server's certificate has expired or does not hold yet."
            ),
            Text(
                "先看看这台电脑的日期对不对；日期没错，就请管理员换证书。",
                "See whether this computer's date is right; if it is, ask your administrator to renew the certificate.",
            ),
        )
    if code in _WRONG_NAME:
        return _untrusted(
            Text("服务器的证书不是发给这个地址的。", "The server's certificate is for another address."),
            Text(
                "请核对登录窗口里的服务器地址；地址没错，就请告诉管理员。",
                "Check the server's address in the sign-in window; if it is right, tell your administrator.",
            ),
        )
    return CertificateUnknown(
        title=Text("认不出服务器的证书", "The server's certificate is not known"),
        message=_with_nothing_sent(
            Text("签发它的机构不在这台电脑的信任名单里。", "This computer does not know who issued it.")
        ),
        next_step=Text(
            "请向管理员要“服务器证书文件”，在登录窗口填上再登录。",
            "Ask your administrator for the server's certificate file and name it in the sign-in window.",
        ),
    )


def key_changed(*, coded: bool) -> ServerKeyChanged:
    """`coded`: a check code was given, and does not fit."""
    if coded:
        return ServerKeyChanged(
            title=Text("核对码对不上", "The check code does not fit"),
            message=_with_nothing_sent(
                Text("它不是这台服务器现在证书的核对码。", "It is not that of the certificate which the server shows.")
            ),
            next_step=Text(
                "请和管理员再逐个核对一遍；还是对不上就不要连，先离线工作。",
                "Go through it once more with your administrator; if it still does not fit, go on offline.",
            ),
        )
    return ServerKeyChanged(
        title=Text("服务器换了证书", "The server's certificate has changed"),
        message=_with_nothing_sent(
            Text(
                "和这台电脑记住的不是同一个，可能是管理员换过，也可能有人在冒充服务器。",
                "It is not the one that this computer has kept: an administrator may have changed it, or somebody "
                "poses as the server.",
            )
        ),
        next_step=Text(
            "请打电话问管理员：换过，就把他念的核对码填进登录窗口；没换过，请照样告诉他，先离线工作。",
            "Call your administrator: if it was changed, enter the check code that they read to you in the sign-in "
            "window; if not, tell them so and go on offline.",
        ),
    )


def file_unusable(name: str) -> CertificateUnknown:
    """The centre's file is gone, cannot be read, or holds no certificate."""
    return CertificateUnknown(
        title=Text("证书文件用不了", "The certificate file cannot be used"),
        message=Text(
            f"“{name}”不在了、读不了，或者里面没有证书（PEM 格式）。",
            f"“{name}” is gone, cannot be read, or holds no certificate (PEM).",
        ),
        next_step=Text(
            "请向管理员要一份，在登录窗口重新填上。", "Ask your administrator for it and name it once more."
        ),
    )


def plain_http() -> ServerUntrusted:
    """The address would have passwords and customers travel readable."""
    return _untrusted(
        Text(
            "http:// 的地址不加密，密码和客户资料在路上会被看到。",
            "An http:// address is not encrypted: all could be read on the way.",
        ),
        Text(
            "请把服务器地址开头改成 https://；还连不上，请问管理员。",
            "Begin the server's address with https://; if that does not answer, ask your administrator.",
        ),
        title=Text("不用不加密的连接", "Not over an open connection"),
    )


def _untrusted(message: Text, next_step: Text, *, title: Text = _NOT_KNOWN) -> ServerUntrusted:
    return ServerUntrusted(title=title, message=_with_nothing_sent(message), next_step=next_step)


def _with_nothing_sent(message: Text) -> Text:
    return Text(message.zh + _NOTHING_SENT.zh, f"{message.en} {_NOTHING_SENT.en}")


def _verification(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """OpenSSL's own word, under the wrappings of urllib3 and requests."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ssl.SSLCertVerificationError):
            return one
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return None
