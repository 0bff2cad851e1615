"""The binary files of older office programs (.doc, .xls, .ppt), and new ones with a password, which look the same.

Source: [MS-CFB] for the signature and [MS-OFFCRYPTO] for the names of encrypted parts,
https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb/ and .../ms-offcrypto/
"""

from __future__ import annotations

from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "Word 97 to 2003 (not read)"
_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def likeness(data: bytes) -> Likeness:
    """All these files begin with the same signature."""
    return Likeness.SURE if data.startswith(_SIGNATURE) else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Refuse, and say how to mend it."""
    if _ENCRYPTED in data:
        raise InvalidInput(f"{name} is protected with a password. Save it without one and send it again.")
    raise InvalidInput(
        f"{name} is in the format of an older office program (.doc), which is not read. Open it and save it as PDF or "
        f"DOCX."
    )
