"""How the public key of a server's certificate is named: as desks keep it, and as people say it over the phone.

A renewed certificate with the same key keeps its name. The name is the SHA-256 of SubjectPublicKeyInfo, as RFC 7469
pins keys; `openssl x509 -in FILE -pubkey -noout | openssl pkey -pubin -outform der | sha256sum` prints it too.
"""

import base64
import hashlib

_CODE_LETTERS, _GROUP = 20, 4
"""100 bits: nobody finds a second key for it"""


def key_of(der: bytes) -> str:
    """The name of the key in a certificate (DER), 64 hex digits; raises ValueError where it is no certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = x509.load_der_x509_certificate(der).public_key()
    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def code_of(key: str) -> str:
    """The check code of a key: five groups of four letters and digits, none of which sound or look alike."""
    letters = base64.b32encode(bytes.fromhex(key)).decode()[:_CODE_LETTERS]
    return "-".join(letters[at : at + _GROUP] for at in range(0, _CODE_LETTERS, _GROUP))


def typed_code(text: str) -> str:
    """A code as somebody typed it, as `code_of` writes it; what is no code comes back as one that fits no key."""
    letters = "".join(c for c in text.upper() if c.isalnum() and c.isascii())
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
