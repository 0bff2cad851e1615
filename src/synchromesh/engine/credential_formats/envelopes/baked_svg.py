"""An Open Badge inside the SVG drawing of its badge.

Source: Open Badges 3.0 section 5.3.2. Drawings with a badge of version 2 inside are checked as well.
"""

from __future__ import annotations

import re
from dataclasses import replace

from synchromesh.engine.credential_formats.badge_picture import badge_svg
from synchromesh.engine.credential_formats.baked import bake_svg, read_baked_svg
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.open_badges import text_in
from synchromesh.engine.credential_formats.proved_badges import seal_badge
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

TITLE = "Open Badge 3.0 in an SVG picture"
MEDIA_TYPE = "image/svg+xml"
ENDING = "svg"
IS_WRITTEN = True

NAME = "baked_svg"
# Drawing programs write long headings, with comments and a document type.
_HEADING = 20_000
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]")


def accepts(data: bytes) -> bool:
    """Whether it is an SVG drawing, with or without a credential inside."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_ROOT.search(data[:_HEADING]))


def seal(record: CredentialRecord, *, signer: Signer, picture: bytes = b"", kind: str = "") -> bytes:
    """Sign a record and bake it into a drawing: `picture`, or our own with `kind` as the word above the title.

    Raises InvalidInput for a drawing that is no sound SVG or could run something.
    """
    drawn = picture or badge_svg(
        title=text_in(record.achievement.titles, record.language),
        issuer=record.issuer.name,
        level=record.achievement.level,
        kind=kind,
        language=record.language,
    )
    return bake_svg(drawn, seal_badge(record, signer=signer))


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Take the credential out of the drawing and check that. The drawing itself is not signed by anybody."""
    try:
        inside = read_baked_svg(data)
        if inside is None:
            raise Refusal(Reason.NOTHING_INSIDE)
    except InvalidInput as error:
        return refused(NAME, error)
    return replace(check_credential(inside, around=around), format=NAME)
