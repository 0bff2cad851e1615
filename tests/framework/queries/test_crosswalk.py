"""Proposals of ESCO concepts: by the same name, by another name, by likeness; and what is not proposed."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import JOINING, METALS, ROOT, SKILLS, SOLDERING, WELDER, WELDING, WORKING, an_esco
from tests.records import a_role, a_skill

from synchromesh.framework.models import EscoConcept, EscoLabel, EscoLink, EscoRejection, EscoVersion, Skill
from synchromesh.framework.models.esco import fold
from synchromesh.framework.queries.crosswalk import (
    EscoProposal,
    find_same_names,
    propose_esco_matches,
    rate_match,
    search_esco_concepts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> EscoVersion:
    """A small ESCO in English and German."""
    return an_esco()


def _proposed(skill: Skill) -> dict[str, EscoProposal]:
    return {proposal.around.name.uri: proposal for proposal in propose_esco_matches(skill)}


def _titled(english: str = "", **others: str) -> Skill:
    texts = {"en": english} if english else {}
    return a_skill("skill", titles=texts | others)


def _label(uri: str, text: str, *, kind: str = "alternative", language: str = "en") -> None:
    concept = EscoConcept.objects.get(uri=uri, version__is_active=True)
    EscoLabel.objects.create(concept=concept, language=language, kind=kind, text=text, folded=fold(text))


@pytest.mark.parametrize(
    ("titles", "uri", "reason", "score"),
    [
        ({"en": "Weld metal"}, WELDING, "same-name", 1.0),
        ({"en": "WELD  METAL"}, WELDING, "same-name", 1.0),
        ({"en": "Fuse metal"}, WELDING, "other-name", 0.95),
        ({"en": "Something else", "de": "Metall schweissen"}, WELDING, "same-name", 1.0),
        ({"de": "Lötverfahren anwenden"}, SOLDERING, "same-name", 1.0),
        ({"en": "Weld-metal"}, WELDING, "same-name", 1.0),
    ],
)
def test_a_name_of_ours_in_any_language_finds_its_concept(
    version: EscoVersion, titles: dict[str, str], uri: str, reason: str, score: float
) -> None:
    first = propose_esco_matches(a_skill("skill", titles=titles))[0]
    assert (first.around.name.uri, first.reason, first.score) == (uri, reason, score)


def test_a_name_that_is_alike_is_proposed_below_one_that_is_the_same(version: EscoVersion) -> None:
    _label(SOLDERING, "weld metals")
    found = propose_esco_matches(_titled("Weld metal"))
    assert [proposal.around.name.uri for proposal in found[:2]] == [WELDING, SOLDERING]
    assert (found[1].reason, found[1].best.text) == ("similar", "weld metals")
    assert 0.9 <= found[1].score < 0.95


def test_accents_and_forms_of_a_word_do_not_hide_a_concept(version: EscoVersion) -> None:
    _label(SOLDERING, "métal soldering")
    assert SOLDERING in _proposed(_titled("Metal soldering"))
    assert WELDING in _proposed(a_skill("other", titles={"en": "Welding metals"}))


def test_what_has_only_a_small_word_in_common_is_not_proposed(version: EscoVersion) -> None:
    _label(SOLDERING, "use of the")
    assert _proposed(_titled("Use of the crane")) == {}


def test_a_skill_without_a_title_and_a_site_without_esco_get_no_proposals(version: EscoVersion) -> None:
    assert propose_esco_matches(a_skill("empty", titles={})) == ()
    assert propose_esco_matches(a_skill("signs", titles={"en": "% _ \\"})) == ()
    EscoVersion.objects.update(is_active=False)
    assert propose_esco_matches(_titled("Weld metal")) == ()
    assert search_esco_concepts(Skill.objects.get(slug="skill"), "weld") == ()


def test_a_hidden_label_proposes_nothing(version: EscoVersion) -> None:
    _label(METALS, "sheet bending", kind="hidden")
    assert _proposed(_titled("Sheet bending")) == {}


def test_only_the_active_version_is_proposed(version: EscoVersion) -> None:
    older = an_esco("1.0.9", active=False)
    found = propose_esco_matches(_titled("Weld metal"))
    assert [proposal.around.name.uri for proposal in found].count(WELDING) == 1
    assert EscoConcept.objects.filter(version=older, uri=WELDING).exists()


def test_a_proposal_shows_meaning_place_names_and_who_is_linked_already(version: EscoVersion) -> None:
    other = a_skill("other")
    EscoLink.objects.create(skill=other, uri=WELDING.replace("http:", "https:"), match="close")
    _label(WELDING, "weld a metal")
    proposal = _proposed(_titled("Weld metal"))[WELDING]
    assert proposal.around.descriptions == {"en": "Join pieces of metal by heat."}
    assert [name.uri for name in proposal.around.path] == [SKILLS, WORKING, JOINING]
    assert [link.skill for link in proposal.around.links] == [other]
    assert "weld a metal" in [label.text for label in proposal.others]
    assert proposal.around.name.labels == {"en": "weld metal", "de": "Metall schweißen"}


def test_what_is_linked_or_rejected_is_not_proposed_again(version: EscoVersion) -> None:
    skill = _titled("Weld metal")
    EscoLink.objects.create(skill=skill, uri=WELDING.replace("http:", "https:"), match="close")
    assert WELDING not in _proposed(skill)
    EscoLink.objects.all().delete()
    EscoRejection.objects.create(skill=skill, uri=WELDING, rejected_by="operator", rejected_at=timezone.now())
    assert WELDING not in _proposed(skill)
    assert WELDING in _proposed(a_skill("other", titles={"en": "Weld metal"}))


def test_a_role_gets_occupations_and_a_skill_gets_skills(version: EscoVersion) -> None:
    role = a_role("welder", {})
    assert [proposal.around.name.uri for proposal in propose_esco_matches(role)] == [WELDER]
    assert WELDER not in _proposed(_titled("Welder"))


def test_at_most_so_many_are_proposed_as_were_asked_for(version: EscoVersion) -> None:
    for number, uri in enumerate((WELDING, SOLDERING, METALS)):
        _label(uri, f"bend sheet {number}")
    assert len(propose_esco_matches(_titled("Bend sheet"), limit=2)) == 2


def test_proposing_takes_at_most_eleven_questions_whatever_is_found(
    version: EscoVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    skill = _titled("Weld metal", de="Metall schweißen")
    with django_assert_max_num_queries(11):
        assert propose_esco_matches(skill)
    for number in range(30):
        _label(WELDING, f"weld metal {number}")
        _label(SOLDERING, f"weld metal {number}")
    EscoLink.objects.create(skill=skill, uri=METALS, match="close")
    with django_assert_max_num_queries(11):
        assert len(propose_esco_matches(skill)) >= 2


def test_a_match_is_rated_by_its_most_alike_label(version: EscoVersion) -> None:
    skill = _titled("Fuse metal")
    rated = rate_match(skill, WELDING, version=version)
    assert rated is not None
    assert (rated.text, rated.score, rated.reason) == ("fuse metal", 0.95, "other-name")
    assert rate_match(skill, SOLDERING, version=version) is None


def test_a_search_by_hand_finds_concepts_of_the_right_kind(version: EscoVersion) -> None:
    skill, role = _titled("Paint"), a_role("painter", {})
    assert {around.name.uri for around in search_esco_concepts(skill, "metal")} == {WELDING, METALS, JOINING}
    assert f"{ROOT}/isco/C72" in {around.name.uri for around in search_esco_concepts(role, "metal")}
    assert search_esco_concepts(skill, " ") == ()


def test_same_names_are_looked_up_for_many_at_once(
    version: EscoVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skills = [_titled("Weld metal"), a_skill("other", titles={"de": "Metallarten"}), a_skill("none")]
    with django_assert_num_queries(1):
        found = find_same_names(skills, version)
    assert found == {
        ("en", "weld metal"): [("skill", "weld metal")],
        ("de", "metallarten"): [("knowledge", "Metallarten")],
    }
    assert find_same_names([], version) == {}
