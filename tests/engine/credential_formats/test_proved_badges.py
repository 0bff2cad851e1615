"""The sealed badge that other envelopes hold is the one of its own envelope."""

from __future__ import annotations

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, KEY

from synchromesh.engine.credential_formats.envelopes import open_badge
from synchromesh.engine.credential_formats.proved_badges import MEDIA_TYPE, NAME, TITLE, seal_badge
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.errors import InvalidInput


def test_the_badge_inside_other_envelopes_is_the_one_of_its_own() -> None:
    assert seal_badge(BADGE, signer=KEY) == open_badge.seal(BADGE, signer=KEY)
    assert (NAME, TITLE, MEDIA_TYPE) == (open_badge.NAME, open_badge.TITLE, open_badge.MEDIA_TYPE)


def test_a_key_of_somebody_else_does_not_seal() -> None:
    with pytest.raises(InvalidInput, match="may not sign"):
        seal_badge(BADGE, signer=key_from_seed(bytes(32)))
