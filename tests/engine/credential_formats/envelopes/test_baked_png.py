"""Badges in PNG pictures: ours and other people's are judged by what is inside, hostile ones end in a verdict."""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.engine.credential_formats.badge_samples import BADGE, KEY, offline

from synchromesh.engine.credential_formats.badge_picture import badge_png
from synchromesh.engine.credential_formats.baked import bake_png
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.envelopes import baked_png, baked_svg
from synchromesh.engine.credential_formats.verdicts import SignatureWord
from synchromesh.engine.errors import InvalidInput

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[5] / "shared")
FIXTURES = SHARED / "data" / "standards" / "open_badges" / "ob30"
SEALED = baked_png.seal(BADGE, signer=KEY)
PLAIN = badge_png(title="Plain", issuer="Nobody", pixels=90)


def test_a_baked_badge_verifies_and_is_a_picture() -> None:
    checked = check_credential(SEALED, around=offline())
    assert (checked.format, checked.signature.word, checked.status.word, checked.issuer.word) == (
        "baked_png",
        "good",
        "valid",
        "known",
    )
    assert checked.shown.title == BADGE.achievement.titles["en"]
    Image.open(BytesIO(SEALED)).load()
    assert baked_png.seal(BADGE, signer=KEY) == SEALED


def test_a_picture_of_the_issuer_s_own_is_taken_and_an_unsound_one_refused() -> None:
    baked = baked_png.seal(BADGE, signer=KEY, picture=PLAIN)
    assert baked.startswith(PLAIN[:33])
    assert check_credential(baked, around=offline()).signature.word == "good"
    with pytest.raises(InvalidInput):
        baked_png.seal(BADGE, signer=KEY, picture=b"GIF89a")


def test_an_altered_credential_in_a_sound_picture_is_found() -> None:
    altered = bytearray(SEALED)
    place = SEALED.index(b"High-voltage battery safety")
    altered[place] ^= 1
    (length,) = struct.unpack(">I", altered[33:37])
    altered[41 + length : 45 + length] = struct.pack(">I", zlib.crc32(altered[37 : 41 + length]))
    assert check_credential(bytes(altered), around=offline()).signature.reason == "signature_bad"


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (PLAIN, "nothing_inside"),
        (SEALED[:-20], "invalid_field"),
        (bake_png(PLAIN, b"no credential at all"), "unknown_format"),
        (bake_png(PLAIN, b"{}"), "unknown_format"),
    ],
)
def test_a_picture_that_is_no_use_ends_in_a_verdict(picture: bytes, reason: str) -> None:
    checked = check_credential(picture, around=offline())
    assert (checked.format, checked.signature.word, checked.signature.reason) == (
        "baked_png",
        "could_not_check",
        reason,
    )


@settings(max_examples=25)
@given(data=st.data())
def test_no_damage_is_taken_for_good_unless_it_left_the_credential_whole(data: st.DataObject) -> None:
    damaged = bytearray(SEALED)
    place = data.draw(st.integers(0, len(damaged) - 1))
    damaged[place] ^= data.draw(st.integers(1, 255))
    checked = check_credential(bytes(damaged), around=offline())
    # The check sums of PNG stand around every byte of it.
    assert checked.signature.word != SignatureWord.GOOD


@pytest.mark.conformance
@pytest.mark.skipif(not FIXTURES.is_dir(), reason=f"No fixtures in {FIXTURES}. SYNCHROMESH_SHARED names the folder.")
@pytest.mark.parametrize("kind", ["json", "jwt", "jwt_v1"])
@pytest.mark.parametrize("envelope", [baked_png, baked_svg])
def test_the_baked_samples_of_the_standard_s_makers_verify(kind: str, envelope: object) -> None:
    ending = "png" if envelope is baked_png else "svg"
    checked = check_credential((FIXTURES / f"simple-{kind}.{ending}").read_bytes(), around=offline())
    assert checked.format == f"baked_{ending}"
    assert checked.signature.word == SignatureWord.GOOD
    assert checked.issuer.word == "unknown"
    assert checked.shown.title == "Teamwork"
