"""The pages of a desk's files as they are under the key: what is deleted and what is not, journal and all.

SQLCipher 4 with a raw key: each page is AES-256-CBC, its last 80 bytes are the IV of 16 and the HMAC-SHA512 of 64; of
the first page 16 bytes of salt stand before. Source: SQLCipher's design, https://www.zetetic.net/sqlcipher/design/.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from core.store.key import StoreKey

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_WAL_HEADER, _FRAME_HEADER = 32, 24


def pages(file: Path, key: StoreKey) -> list[bytes]:
    """Every page of a database file or of its journal, decrypted."""
    body = file.read_bytes()
    if file.name.endswith("-wal"):
        frames = range(_WAL_HEADER, len(body) - _FRAME_HEADER, _FRAME_HEADER + _PAGE)
        found = [
            (int.from_bytes(body[at : at + 4], "big"), body[at + _FRAME_HEADER : at + _FRAME_HEADER + _PAGE])
            for at in frames
        ]
    else:
        found = [(at // _PAGE + 1, body[at : at + _PAGE]) for at in range(0, len(body), _PAGE)]
    return [_plain(page, number, bytes.fromhex(key.hex)) for number, page in found if len(page) == _PAGE]


def _plain(page: bytes, number: int, key: bytes) -> bytes:
    start, end = _SALT if number == 1 else 0, _PAGE - _RESERVED
    if not any(page):
        return page
    decryptor = Cipher(algorithms.AES(key), modes.CBC(page[end : end + _IV])).decryptor()
    return decryptor.update(page[start:end]) + decryptor.finalize()
