"""Find out what somebody sent for a check: a file, a picture with a QR code in it, an address, or the text itself.

Nothing of it is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from synchromesh.credentials.operations.checking import read_codes, verify_address, verify_credential
from synchromesh.credentials.queries.pages import SIGNS_OF_A_CODE
from synchromesh.engine.credential_formats.baked import read_baked_png
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.plumbing.typed_codes import read_code
from synchromesh.web.error_sentences import TranslatedInvalidInput

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_OWN_PAGE = re.compile(r"(?:/[a-z]{2})?/c/([^/]+)/?")
_OWN_RECORD = re.compile(r"/id/credential/([0-9a-f]{8}-[0-9a-f-]{27})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A check, and what was checked; or the `code` or `uid` of a credential of this site, whose page says it better."""

    checked: CheckedCredential | None = None
    name: str = ""
    code: str = ""
    uid: UUID | None = None


def answer_file(data: bytes, *, name: str) -> Answer:
    """Check a file; a picture without a credential inside is searched for a QR code.

    Raises InvalidInput for a file that is empty, too large or a picture without either, ExternalFailure for a code that
    leads to an address where nothing can be had, Conflict where too many checks are under way.
    """
    if not data.startswith(_PICTURES) or _holds_credential(data):
        return Answer(checked=verify_credential(data, name=name), name=name)
    texts = read_codes(data)
    if not texts:
        raise TranslatedInvalidInput(
            gettext(
                "There is neither a credential nor a readable QR code in this picture. Take the photo closer, with "
                "light and without reflections; of a badge picture send the original file."
            ),
            field="file",
        )
    return answer_text(texts[0])


def _holds_credential(picture: bytes) -> bool:
    return picture.startswith(_PICTURES[0]) and read_baked_png(picture) is not None


def answer_text(text: str) -> Answer:
    """Check what was pasted or read from a QR code: a code or an address of this site, another address, or a file.

    Raises as `answer_file`.
    """
    text = text.strip()
    own = _find_own(text)
    if own is not None:
        return own
    if re.match(r"https?://\S+\Z", text):
        return Answer(checked=verify_address(text), name=text[:200])
    return Answer(checked=verify_credential(text.encode(errors="replace")))


def _find_own(text: str) -> Answer | None:
    """The credential of this site that a code or an address means."""
    if code := read_code(text, signs=SIGNS_OF_A_CODE):
        return Answer(code=code)
    try:
        address = urlsplit(text)
    except ValueError:
        return None
    if address.netloc != urlsplit(settings.SITE_ADDRESS).netloc:
        return None
    page, record = _OWN_PAGE.fullmatch(address.path), _OWN_RECORD.fullmatch(address.path)
    if page and (code := read_code(page[1], signs=SIGNS_OF_A_CODE)):
        return Answer(code=code)
    return Answer(uid=UUID(record[1])) if record else None
