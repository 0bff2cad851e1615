"""The closed list of vocabularies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from synchromesh.engine.credential_formats import contexts, derived_contexts
from synchromesh.engine.credential_formats.encodings import base64url_encode
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

# Of the context of the data model 2.0, as its appendix B.1 states it.
SHA256 = "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
EVERY_ADDRESS = (*contexts._PINS, *contexts._OWN, *derived_contexts.DERIVED)


@pytest.fixture
def unread() -> Iterator[None]:
    """Nothing is remembered from another test, nor by the next one."""
    contexts.get_context.cache_clear()
    yield
    contexts.get_context.cache_clear()


@pytest.mark.parametrize("url", EVERY_ADDRESS)
def test_every_vocabulary_is_there_and_the_pinned_one(url: str) -> None:
    assert contexts.get_context(url)["@context"]


def test_any_other_vocabulary_is_refused_by_name() -> None:
    with pytest.raises(Refusal) as refusal:
        contexts.get_context("https://example.org/words")
    assert refusal.value.reason == Reason.UNKNOWN_CONTEXT
    assert refusal.value.details == {"url": "https://example.org/words"}


@pytest.mark.usefixtures("unread")
def test_a_file_that_is_not_the_pinned_one_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "_bytes_of", lambda pin: b'{"@context": {}}')
    with pytest.raises(Refusal, match="not the pinned one"):
        contexts.get_context(contexts.CREDENTIALS_2)


@pytest.mark.usefixtures("unread")
def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "find_spec", lambda name: None)
    with pytest.raises(Refusal, match="openbadgeslib"):
        contexts.get_context(contexts.CREDENTIALS_2)


@pytest.mark.parametrize("url", derived_contexts.DERIVED)
def test_a_derived_vocabulary_with_another_outcome_is_not_used(url: str) -> None:
    changes = derived_contexts.DERIVED[url]
    base: Any = contexts.get_context(changes.base)
    place = next(iter(changes.changes))
    others = {name: value for name, value in changes.changes.items() if name != place}
    assert derived_contexts.derived(base, changes) is not None
    assert derived_contexts.derived(base, replace(changes, changes=others)) is None


@pytest.mark.parametrize(
    ("digest", "is_right"),
    [
        # As the data model 2.0 states them in appendix B.1.
        ("sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU", True),
        ("uWZVc7WaX0D4_KyVV_rVjCKtoWDaE5bWG9_f2Ha3sk", False),
        ("u" + base64url_encode(bytes.fromhex(SHA256)), True),
        ("u" + base64url_encode(b"\x12\x20" + bytes.fromhex(SHA256)), True),
        ("sha384-AAAA", False),
        ("md5-AAAA", False),
        ("nothing", False),
    ],
)
def test_a_digest_is_held_against_our_copy(digest: str, is_right: bool) -> None:
    assert contexts.has_digest(contexts.CREDENTIALS_2, digest) is is_right


def test_a_digest_of_something_else_cannot_be_held_against_anything() -> None:
    assert contexts.has_digest("https://example.org/file.pdf", "sha384-AAAA")
