"""An Open Badge inside the PNG picture of its badge.

Source: Open Badges 3.0 section 5.3.1. Pictures with a badge of version 2 inside are checked as well.
"""

from __future__ import annotations

from dataclasses import replace

from synchromesh.engine.credential_formats.badge_picture import badge_png
from synchromesh.engine.credential_formats.baked import PNG_START, bake_png, read_baked_png
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.open_badges import text_in
from synchromesh.engine.credential_formats.proved_badges import seal_badge
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

TITLE = "Open Badge 3.0 in a PNG picture"
MEDIA_TYPE = "image/png"
ENDING = "png"
IS_WRITTEN = True

NAME = "baked_png"


def accepts(data: bytes) -> bool:
    """Whether it is a PNG picture, with or without a credential inside."""
    return data.startswith(PNG_START)


def seal(record: CredentialRecord, *, signer: Signer, picture: bytes = b"", kind: str = "") -> bytes:
    """Sign a record and bake it into a picture: `picture`, or our own drawing with `kind` as the word above the title.

    Raises InvalidInput for a picture that is no sound PNG.
    """
    drawn = picture or badge_png(
        title=text_in(record.achievement.titles, record.language),
        issuer=record.issuer.name,
        level=record.achievement.level,
        kind=kind,
        language=record.language,
    )
    return bake_png(drawn, seal_badge(record, signer=signer))


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Take the credential out of the picture and check that. The picture itself is not signed by anybody."""
    try:
        inside = read_baked_png(data)
        if inside is None:
            raise Refusal(Reason.NOTHING_INSIDE)
    except InvalidInput as error:
        return refused(NAME, error)
    return replace(check_credential(inside, around=around), format=NAME)
