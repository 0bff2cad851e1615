"""Records in the European Learning Model: they conform to the Commission's shapes and lose no word on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pyshacl
import pytest
import rdflib
from pyld import jsonld
from tests.engine.credential_formats.european_samples import SHAPES, SIGNED, contexts, needs_samples, sample
from tests.engine.credential_formats.printed_records import ACHIEVEMENT, FULL, ISSUER, LEAST

from synchromesh.engine.credential_formats.european_learning_model import elm_document, status_entries
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.wording import ENGLISH, Wording
from synchromesh.engine.errors import InvalidInput

PART = replace(LEAST, url="https://alliance.example/c/PART")


def document_of(record: CredentialRecord, wording: Wording = ENGLISH) -> dict[str, Any]:
    """A record as a European credential, with a picture that need not be one here."""
    return elm_document(record, wording=wording, picture=b"picture", legal_id="VATDE-123456789")


# The library takes any mapping here, but states only its own kind.
linked_data: Any = jsonld


def load(address: str, options: object = None) -> dict[str, Any]:
    """The contexts, for the JSON-LD library; no other address is known."""
    return {"contextUrl": None, "documentUrl": address, "document": contexts()[address]}


@cache
def shapes() -> rdflib.Graph:
    """The Commission's shapes, read once."""
    return rdflib.Graph().parse(SHAPES, format="turtle")


def conforms(document: Mapping[str, Any]) -> str:
    """Hold a document against the Commission's shapes; the report where it does not conform, else nothing."""
    statements = linked_data.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
    graph = rdflib.Graph().parse(data=statements, format="nt")
    is_conforming, _, report = pyshacl.validate(graph, shacl_graph=shapes(), advanced=True)
    return "" if is_conforming else str(report)


def undefined_words(document: Mapping[str, Any]) -> set[str]:
    """Words of a document that its contexts do not define: they fall into a vocabulary that catches all others."""
    caught = {**document, "@context": [*document["@context"], {"@vocab": "urn:undefined:"}]}
    expanded = linked_data.expand(caught, {"documentLoader": load})
    return {word for word in _words(expanded) if word.startswith("urn:undefined:")}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def texts_in(value: Any) -> Iterator[str]:
    """All texts of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


@pytest.mark.conformance
@needs_samples
@pytest.mark.parametrize(
    "record",
    [
        FULL,
        LEAST,
        replace(FULL, parts=(PART, replace(PART, url="https://alliance.example/c/OTHER"))),
        replace(FULL, achievement=replace(ACHIEVEMENT, eqf=None, ects=None, minutes=45, level=0)),
    ],
    ids=["full", "least", "bundle", "without-eqf"],
)
def test_what_we_write_conforms_to_the_shapes_of_the_commission(record: CredentialRecord) -> None:
    assert conforms(document_of(record)) == ""


@pytest.mark.conformance
@needs_samples
def test_the_shapes_are_the_ones_that_the_commissions_samples_meet_and_broken_ones_do_not() -> None:
    assert [conforms(json.loads(json.loads(sample(name))["payload"])) for name in SIGNED] == ["", ""]
    broken = document_of(FULL)
    del broken["credentialSubject"]["hasClaim"]["awardedBy"]
    assert "awardedBy" in conforms(broken)


@pytest.mark.conformance
@needs_samples
def test_every_word_that_we_write_is_defined() -> None:
    document = document_of(replace(FULL, parts=(PART,)))
    assert undefined_words(document) == set()
    assert undefined_words({**document, "madeUp": "word"}) == {"urn:undefined:madeUp"}


def test_all_that_the_record_says_stands_in_the_document() -> None:
    said = " ".join(texts_in(document_of(FULL)))
    achievement = FULL.achievement
    for texts in (
        achievement.titles, achievement.descriptions, achievement.criteria, *achievement.outcomes,
        achievement.assessment, achievement.participation, achievement.quality_assurance, achievement.identity_check,
        *(skill.names for skill in achievement.skills), *(evidence.names for evidence in FULL.evidence),
    ):  # fmt: skip
        assert [text for text in texts.values() if text not in said] == []
    for text in (
        FULL.holder.name, FULL.holder.did, ISSUER.name, ISSUER.did, FULL.uid, "country/DEU", "language/ENG",
        "language/DEU", "PT25H", "eqf/4", achievement.eqf_source, "88 %", FULL.evidence[0].sha256,
        achievement.skills[0].esco_uri, "2 of 3: Practitioner", achievement.part_of[0], "2029-11-20T09:30:00Z",
    ):  # fmt: skip
        assert text in said, text


def test_an_eqf_level_is_only_stated_where_the_source_of_the_course_states_it() -> None:
    assert "eqfLevel" not in json.dumps(document_of(LEAST))
    assert document_of(FULL)["credentialSubject"]["hasClaim"]["specifiedBy"]["type"] == "Qualification"
    without = document_of(replace(FULL, achievement=replace(ACHIEVEMENT, eqf=None)))
    assert without["credentialSubject"]["hasClaim"]["specifiedBy"]["type"] == "LearningAchievementSpecification"


def test_only_a_higher_education_body_may_state_ects_points() -> None:
    with pytest.raises(InvalidInput, match="higher-education"):
        document_of(replace(FULL, issuer=replace(ISSUER, is_higher_education=False)))
    points = replace(FULL, achievement=replace(ACHIEVEMENT, ects=Decimal("2.50")))
    assert document_of(points)["credentialSubject"]["hasClaim"]["creditReceived"]["point"] == "2.5"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (replace(FULL, issuer=replace(ISSUER, country="XX")), "country"),
        (replace(FULL, language="xx"), "language"),
        (replace(FULL, achievement=replace(ACHIEVEMENT, titles={})), "title"),
        (replace(FULL, achievement=replace(ACHIEVEMENT, outcomes=({},))), "outcomes"),
    ],
)
def test_what_the_model_cannot_say_is_refused_with_the_field(record: CredentialRecord, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        document_of(record)
    assert refusal.value.field == field


def test_status_entries_are_found_at_the_claim_and_at_the_top_by_their_short_names() -> None:
    document = document_of(FULL)
    assert "credentialStatus" not in document
    assert status_entries(document) == [
        {
            "id": f"{FULL.url}#status-{place.purpose}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": place.purpose,
            "statusListIndex": "94567",
            "statusListCredential": place.list_url,
        }
        for place in FULL.status
    ]
    theirs = {"id": "https://issuer.example/status/1#3", "type": "CredentialStatus"}
    assert status_entries({"credentialStatus": theirs}) == [theirs]
    assert status_entries({"credentialStatus": [theirs, "odd"], "credentialSubject": "odd"}) == [theirs, "odd"]
    assert status_entries(document_of(LEAST)) == []


def test_the_labels_of_notes_are_those_of_the_caller() -> None:
    german = Wording(language="de", labels={"identity_check": "Prüfung der Identität", "passed": "Bestanden"})
    said = json.dumps(document_of(replace(FULL, result_percent=None), german), ensure_ascii=False)
    assert "Prüfung der Identität: Identity card shown to the supervisor" in said
    assert '{"de": "Bestanden"}' in said
