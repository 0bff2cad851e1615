"""Reading ESCO: lists with filters, one concept with its surroundings, and what changed between versions."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import (
    JOINING,
    METAL_WORKERS,
    METALS,
    ROOT,
    SKILLS,
    SOLDERING,
    TRADES,
    WELDER,
    WELDING,
    WORKING,
    an_esco,
)
from tests.records import a_role, a_skill

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import (
    EscoConcept,
    EscoLabel,
    EscoLink,
    EscoMembership,
    EscoRelation,
    EscoVersion,
    Skill,
)
from synchromesh.framework.queries import esco, esco_concepts
from synchromesh.framework.queries.esco import (
    NO_LANGUAGE,
    find_names,
    get_version,
    list_concepts,
    list_versions,
    same_address,
    written_forms,
)
from synchromesh.framework.queries.esco_concepts import find_concept
from synchromesh.framework.queries.esco_difference import compare_versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> EscoVersion:
    """A small ESCO in English and German."""
    return an_esco()


def _uris(version: EscoVersion, **filters: str) -> list[str]:
    return [concept.uri for concept in list_concepts(version=version, **filters).concepts]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "skill"}, [SOLDERING, WELDING]),
        ({"kind": "skill", "language": "de"}, [SOLDERING, WELDING]),
        ({"collection": "green"}, [WELDING]),
        ({"broader": JOINING}, [WELDING]),
        ({"query": "METAL", "kind": "skill"}, [WELDING]),
        ({"query": "metal weld"}, [WELDING]),
        ({"query": "fuse"}, [WELDING]),
        ({"query": "welder"}, [WELDER]),
        ({"query": "SCHWEISSEN"}, [WELDING]),
        ({"query": "löt", "language": "mt"}, [SOLDERING]),
        ({"query": WELDER}, [WELDER]),
        ({"query": "weld solder"}, []),
        ({"query": "weld\0 metal"}, [WELDING]),
        ({"kind": "skill", "collection": "digital"}, []),
    ],
)
def test_concepts_are_filtered(version: EscoVersion, filters: dict[str, str], expected: list[str]) -> None:
    assert _uris(version, **filters) == expected


def test_a_search_puts_the_name_itself_first_and_then_names_that_begin_so(version: EscoVersion) -> None:
    for uri, text in ((SOLDERING, "arc metal"), (METALS, "metal"), (WELDING, "metal zinc")):
        EscoLabel.objects.filter(concept__uri=uri, language="en", kind="preferred").update(text=text, folded=text)
    assert _uris(version, query="metal")[:3] == [METALS, METAL_WORKERS, WELDING]


def test_a_code_finds_its_concept(version: EscoVersion) -> None:
    EscoConcept.objects.filter(uri=WELDER).update(code="7212.3")
    assert _uris(version, query="7212.3") == [WELDER]


def test_a_concept_without_label_stands_last_and_shows_its_address(version: EscoVersion) -> None:
    EscoLabel.objects.filter(concept__uri=SOLDERING).delete()
    found = list_concepts(version=version, kind="skill").concepts
    assert [concept.uri for concept in found] == [WELDING, SOLDERING]
    assert found[1].labels == {NO_LANGUAGE: SOLDERING}


def test_pages_hold_every_concept_once(version: EscoVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(esco, "PAGE_SIZE", 4)
    pages = [list_concepts(version=version, page=number) for number in (1, 2, 3)]
    assert [len(page.concepts) for page in pages] == [4, 4, 1]
    assert len({concept.uri for page in pages for concept in page.concepts}) == pages[0].total == 9
    assert list_concepts(version=version, page="nonsense").page.number == 1
    assert list_concepts(version=version, page=99).page.number == 3


def test_only_the_chosen_version_is_listed(version: EscoVersion) -> None:
    other = an_esco("1.2.0", active=False)
    assert len(_uris(version, query="weld metal")) == 1
    assert EscoConcept.objects.get(uri=WELDING, version=other).pk
    assert list_concepts(version=other, broader=JOINING).total == 1


def test_a_concept_shows_labels_place_relations_and_our_links(version: EscoVersion) -> None:
    a_role("technician", {"welding": 2})
    skill = Skill.objects.get(slug="welding")
    EscoLink.objects.create(skill=skill, uri=WELDING, match="exact")
    EscoLink.objects.create(skill=a_skill("joining"), uri=WELDING.replace("http:", "https:"), match="broad")
    found = find_concept(WELDING)
    assert found is not None
    assert [(row.language, row.preferred, row.alternatives) for row in found.labels] == [
        ("de", "Metall schweißen", ()),
        ("en", "weld metal", ("fuse metal",)),
    ]
    assert [[name.uri for name in path] for path in found.paths] == [[SKILLS, WORKING, JOINING]]
    assert [name.uri for name in found.needs_optional] == [METALS]
    assert [name.labels["en"] for name in found.needed_essential] == ["welder"]
    assert (found.collections, found.descriptions) == (("green",), {"en": "Join pieces of metal by heat."})
    assert [(str(link.skill), link.match) for link in found.links] == [("Joining", "broad"), ("Welding", "exact")]
    group = find_concept(JOINING)
    assert group is not None
    assert [name.uri for name in group.narrower] == [WELDING]


def test_a_concept_may_stand_in_several_places_and_circles_end(version: EscoVersion) -> None:
    concepts = {concept.uri: concept for concept in EscoConcept.objects.filter(version=version)}
    for source, target in ((WELDING, TRADES), (SKILLS, WELDING)):
        EscoRelation.objects.create(source=concepts[source], target=concepts[target], kind="broader")
    found = find_concept(WELDING)
    assert found is not None
    assert [[name.uri for name in path] for path in found.paths] == [[TRADES], [SKILLS, WORKING, JOINING]]


def test_a_concept_that_is_not_loaded_is_none(version: EscoVersion) -> None:
    assert find_concept(f"{ROOT}/skill/nothing") is None
    assert find_concept("\0") is None
    an_esco("1.2.0", active=False)
    EscoConcept.objects.get(uri=WELDING, version=version).delete()
    assert find_concept(WELDING) is None
    assert find_concept(WELDING, label="1.2.0") is not None


def test_names_for_links_come_from_the_active_version() -> None:
    assert find_names([WELDING]) == {}
    an_esco()
    typed = WELDING.replace("http:", "https:")
    found = find_names([WELDING, typed, "https://example.org/"])
    assert {uri: name.labels["de"] for uri, name in found.items()} == dict.fromkeys(
        (WELDING, typed), "Metall schweißen"
    )


def test_versions_are_ordered_by_number() -> None:
    for label in ("1.10.0", "1.2.0", "1.2.0-rc"):
        an_esco(label, active=False)
    assert [version.label for version in list_versions()] == ["1.2.0", "1.2.0-rc", "1.10.0"]
    with pytest.raises(NotFound, match="esco list"):
        get_version("3.0")


def test_two_versions_are_compared(version: EscoVersion) -> None:
    newer = an_esco("1.2.0", active=False)
    EscoConcept.objects.get(version=newer, uri=SOLDERING).delete()
    added = EscoConcept.objects.create(version=newer, uri=f"{ROOT}/skill/new", kind="skill")
    EscoLabel.objects.filter(concept__version=newer, concept__uri=WELDING, language="de").update(text="Schweißen")
    EscoLink.objects.create(skill=a_skill("soldering"), uri=SOLDERING, match="exact")
    found = compare_versions(version, newer)
    assert [name.uri for name in found.new] == [added.uri]
    assert [(name.uri, name.labels["en"]) for name in found.gone] == [(SOLDERING, "apply soldering techniques")]
    assert [(row.uri, row.language, row.before, row.after) for row in found.renamed] == [
        (WELDING, "de", "Metall schweißen", "Schweißen")
    ]
    assert [str(link.skill) for link in found.links] == ["Soldering"]
    same = compare_versions(version, version)
    assert (same.new, same.gone, same.renamed, same.links) == ((), (), (), ())


def test_the_number_of_questions_does_not_grow_with_the_content(
    version: EscoVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    welding = EscoConcept.objects.get(uri=WELDING)
    for number in range(40):
        concept = EscoConcept.objects.create(version=version, uri=f"{ROOT}/occupation/{number}", kind="occupation")
        EscoLabel.objects.create(concept=concept, language="en", kind="preferred", text=f"job {number}", folded="job")
        EscoMembership.objects.create(concept=concept, collection="research")
        EscoRelation.objects.create(source=concept, target=welding, kind="essential")
    with django_assert_max_num_queries(5):
        assert list_concepts(version=version, query="job", kind="occupation", collection="research").total == 40
    with django_assert_max_num_queries(6):
        found = find_concept(WELDING)
    assert found is not None
    assert len(found.needed_essential) == 41


def test_a_concept_that_half_the_world_needs_stays_readable(
    version: EscoVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(esco_concepts, "_MOST_SHOWN", 0)
    found = find_concept(WELDING)
    assert found is not None
    assert found.needed_essential == ()


def test_links_are_found_in_every_form_in_which_an_address_is_written() -> None:
    forms = written_forms(WELDING)
    assert forms == [
        WELDING,
        WELDING.replace("http:", "https:"),
        f"{WELDING}/",
        f"{WELDING.replace('http:', 'https:')}/",
    ]
    assert {same_address(form) for form in [*forms, f" {WELDING}//"]} == {WELDING}
