"""Badges in SVG drawings: judged by what is inside; a drawing that is no use ends in a verdict."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import BADGE, KEY, offline

from synchromesh.engine.credential_formats.baked import read_baked_svg
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.envelopes import baked_svg, open_badge
from synchromesh.engine.credential_formats.verdicts import SignatureWord
from synchromesh.engine.errors import InvalidInput

SEALED = baked_svg.seal(BADGE, signer=KEY, kind="Micro-credential")
PLAIN = b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"


def test_a_baked_badge_verifies_and_is_a_drawing() -> None:
    checked = check_credential(SEALED, around=offline())
    assert (checked.format, checked.signature.word, checked.status.word, checked.issuer.word) == (
        "baked_svg",
        "good",
        "valid",
        "known",
    )
    assert fromstring(SEALED.decode()).get("role") == "img"
    assert baked_svg.seal(BADGE, signer=KEY, kind="Micro-credential") == SEALED


def test_a_drawing_of_the_issuer_s_own_is_taken_and_one_with_a_script_refused() -> None:
    baked = baked_svg.seal(BADGE, signer=KEY, picture=PLAIN)
    assert read_baked_svg(baked) == open_badge.seal(BADGE, signer=KEY)
    with pytest.raises(InvalidInput, match="could run"):
        baked_svg.seal(BADGE, signer=KEY, picture=PLAIN.replace(b"path d", b"script d"))


def test_an_altered_credential_in_a_drawing_is_found() -> None:
    altered = SEALED.replace(b"High-voltage battery safety", b"High-voltage battery sapety")
    assert check_credential(altered, around=offline()).signature.reason == "signature_bad"


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        (PLAIN, "nothing_inside"),
        (SEALED[:-3], "invalid_field"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "invalid_field"),
        (b"<html><svg/></html>", "invalid_field"),
    ],
)
def test_a_drawing_that_is_no_use_ends_in_a_verdict(drawing: bytes, reason: str) -> None:
    checked = check_credential(drawing, around=offline())
    assert (checked.format, checked.signature.word, checked.signature.reason) == (
        "baked_svg",
        "could_not_check",
        reason,
    )


@settings(max_examples=25)
@given(data=st.data())
def test_no_damage_of_the_credential_is_taken_for_good(data: st.DataObject) -> None:
    start = SEALED.index(b"CDATA[") + 6
    damaged = bytearray(SEALED)
    damaged[data.draw(st.integers(start, SEALED.index(b"]]>") - 1))] ^= data.draw(st.integers(1, 255))
    checked = check_credential(bytes(damaged), around=offline())
    assert (
        checked.signature.word != SignatureWord.GOOD
        or checked.document == check_credential(SEALED, around=offline()).document
    )
