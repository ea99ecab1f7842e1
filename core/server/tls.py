"""TLS of the server itself, for a centre without a proxy: certificate and private key, looked at before it serves."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text
from core.wire.server_key import key_of

_BEGIN, _END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM: the certificate, followed by those of its issuers where there are some, and its private key."""

    certificate: Path
    private_key: Path

    def check(self) -> None:
        """Raises InputError where a server could not speak with them."""
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.certificate, self.private_key, password="")
        except (OSError, ValueError) as error:
            raise _unusable(self.certificate, self.private_key) from error


def key_in(file: Path) -> str:
    """The name of the key of a server's certificate (PEM); raises InputError.

    Of a chain the first counts: it is the server's, the others are its issuers'.
    """
    try:
        return key_of(ssl.PEM_cert_to_DER_cert(_first(file.read_text("ascii"))))
    except (OSError, ValueError) as error:
        raise InputError(
            title=Text("证书文件用不了", "The certificate file cannot be used"),
            message=Text(
                f"“{file}”不在、读不了，或者里面没有证书（PEM 格式）。",
                f"“{file}” is not there, cannot be read, or holds no certificate (PEM).",
            ),
            next_step=Text("请给出服务器证书的文件。", "Name the file of the server's certificate."),
        ) from error


def _first(text: str) -> str:
    """From the first certificate to its end; ValueError where there is none."""
    begin = text.index(_BEGIN)
    return text[begin : text.index(_END, begin) + len(_END)]


def _unusable(certificate: Path, private_key: Path) -> InputError:
    return InputError(
        title=Text("证书或私钥用不了", "The certificate or its key cannot be used"),
        message=Text(
            f"“{certificate}”和“{private_key}”读不了、不是 PEM、带口令，或者不是一对。",
            f"“{certificate}” and “{private_key}” cannot be read, are not PEM, need a passphrase, or are no pair.",
        ),
        next_step=Text(
            "请用 openssl 核对，并确认运行服务器的用户读得到它们。",
            "Check them with openssl, and that the server's user may read them.",
        ),
    )
