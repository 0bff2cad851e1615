"""Links that a new version of ESCO tells another story about: gone, obsolete, renamed, described or placed anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import JOINING, ROOT, WELDING, WORKING, an_esco
from tests.records import a_skill

from synchromesh.framework.models import EscoConcept, EscoLabel, EscoLink, EscoRelation, EscoText, EscoVersion
from synchromesh.framework.queries.esco_moves import ConceptChange, list_moved_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def newer() -> EscoVersion:
    """Version 1.2.0, active, which says the same as 1.1.1 until a test changes it."""
    an_esco("1.1.1", active=False)
    return an_esco("1.2.0")


def _link(uri: str = WELDING, *, version: str = "1.1.1", confirmed: bool = True) -> EscoLink:
    at = timezone.now() if confirmed else None
    return EscoLink.objects.create(
        skill=a_skill("weld"), uri=uri, match="close", esco_version=version if confirmed else "", confirmed_at=at
    )


def _changes() -> list[ConceptChange]:
    return [change for entry in list_moved_links() for change in entry.changes]


def _of(newer: EscoVersion) -> EscoConcept:
    return EscoConcept.objects.get(version=newer, uri=WELDING)


def _take_away(newer: EscoVersion) -> None:
    _of(newer).delete()


def _make_obsolete(newer: EscoVersion) -> None:
    EscoConcept.objects.filter(version=newer, uri=WELDING).update(status="obsolete")


def _rename(newer: EscoVersion) -> None:
    EscoLabel.objects.filter(concept=_of(newer), language="de", kind="preferred").update(text="Schweißen")


def _redescribe(newer: EscoVersion) -> None:
    EscoText.objects.filter(concept=_of(newer)).update(description="Join metal by melting it.")


def _move(newer: EscoVersion) -> None:
    target = EscoConcept.objects.get(version=newer, uri=WORKING)
    EscoRelation.objects.filter(source=_of(newer), kind="broader").update(target=target)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_take_away, ConceptChange(kind="gone")),
        (_make_obsolete, ConceptChange(kind="obsolete")),
        (_rename, ConceptChange(kind="renamed", language="de", before="Metall schweißen", after="Schweißen")),
        (
            _redescribe,
            ConceptChange(
                kind="redescribed",
                language="en",
                before="Join pieces of metal by heat.",
                after="Join metal by melting it.",
            ),
        ),
        (_move, ConceptChange(kind="moved", before="joining metal", after="working with machinery")),
    ],
)
def test_what_is_different_is_listed(
    newer: EscoVersion, change: Callable[[EscoVersion], None], expected: ConceptChange
) -> None:
    _link()
    assert _changes() == []
    change(newer)
    assert _changes() == [expected]


def test_a_link_confirmed_under_the_active_version_has_been_looked_at(newer: EscoVersion) -> None:
    _link(version="1.2.0")
    for change in (_make_obsolete, _rename, _redescribe, _move):
        change(newer)
    assert _changes() == []


def test_of_a_link_that_nobody_confirmed_only_what_the_active_version_says_by_itself_counts(newer: EscoVersion) -> None:
    _link(confirmed=False)
    for change in (_rename, _redescribe, _move):
        change(newer)
    assert _changes() == []
    _make_obsolete(newer)
    assert _changes() == [ConceptChange(kind="obsolete")]


def test_a_version_that_was_removed_leaves_nothing_to_compare_with(newer: EscoVersion) -> None:
    _link(version="1.0.9")
    _rename(newer)
    assert _changes() == []
    _take_away(newer)
    assert _changes() == [ConceptChange(kind="gone")]


def test_an_address_typed_with_https_is_the_same_concept(newer: EscoVersion) -> None:
    _link(WELDING.replace("http:", "https:"))
    assert _changes() == []
    _rename(newer)
    assert [change.kind for change in _changes()] == ["renamed"]


def test_a_version_without_a_hierarchy_says_nothing_about_the_place(newer: EscoVersion) -> None:
    _link()
    EscoRelation.objects.filter(source__version=newer).delete()
    assert _changes() == []


def test_a_language_that_only_one_version_has_is_no_change(newer: EscoVersion) -> None:
    _link()
    EscoLabel.objects.filter(concept__version=newer, language="de").delete()
    assert _changes() == []


def test_a_concept_that_was_not_there_then_has_not_moved(newer: EscoVersion) -> None:
    _link(version="1.1.1")
    EscoConcept.objects.filter(version__label="1.1.1", uri=WELDING).delete()
    assert _changes() == []


def test_nothing_has_moved_while_no_esco_is_loaded() -> None:
    _link()
    assert list_moved_links() == []


def test_the_number_of_questions_does_not_grow_with_the_links(
    newer: EscoVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    skill = _link().skill
    for number in range(20):
        EscoLink.objects.create(skill=skill, uri=f"{ROOT}/skill/{number}", match="close")
    EscoLink.objects.create(skill=skill, uri=JOINING, match="broad")
    with django_assert_max_num_queries(8):
        assert len(list_moved_links()) == 20
