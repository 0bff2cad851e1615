"""What is kept ready to tell the meaning of a query."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import WELDER, an_esco
from tests.records import a_role, a_skill_in_force, the_version

from synchromesh.engine.matching.concepts import Concept
from synchromesh.engine.matching.encoders import TextKind, Vectors
from synchromesh.framework.models import EscoLink, JobRole
from synchromesh.framework.queries import prepared_meanings
from synchromesh.framework.queries.prepared_meanings import find_meanings, forget, prepare, read_concepts

pytestmark = pytest.mark.django_db


class _MadeUp:
    """Every text means the same."""

    identity = "made up"

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


@pytest.fixture
def role() -> JobRole:
    return a_role(
        "battery-technician", {"isolate-hv": 2, "weld-tabs": 1}, titles={"en": "Battery technician", "de": ""}
    )


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The states for which vectors were asked for."""
    asked: list[str] = []
    monkeypatch.setattr(prepared_meanings, "prepare_aside", lambda state, concepts: asked.append(state))
    return asked


def _uris(query: str) -> list[str]:
    return [one.uri for one in find_meanings().weigh(query, least=0.2, most=5)]


def test_skills_and_roles_in_force_are_known_by_titles_and_slugs(role: JobRole) -> None:
    concepts = {concept.uri: concept for concept in read_concepts()}
    assert set(concepts) == {"skill/isolate-hv", "skill/weld-tabs", "role/battery-technician"}
    assert concepts["role/battery-technician"].preferred == {"en": "Battery technician"}
    assert concepts["skill/isolate-hv"].alternatives == {"": ("isolate hv",)}
    JobRole.objects.update(retired_at=timezone.now())
    assert "role/battery-technician" not in {concept.uri for concept in read_concepts()}


def test_the_names_of_the_same_thing_in_esco_are_names_too(role: JobRole) -> None:
    an_esco()
    EscoLink.objects.create(role=role, uri=WELDER.replace("http:", "https:"), match="close")
    concepts = {concept.uri: concept for concept in read_concepts()}
    assert "Schweißer/Schweißerin" in concepts["role/battery-technician"].alternatives["de"]
    EscoLink.objects.update(match="related")
    concepts = {concept.uri: concept for concept in read_concepts()}
    assert "de" not in concepts["role/battery-technician"].alternatives


def test_letters_answer_at_once_and_what_takes_long_is_asked_for_once(role: JobRole, aside: list[str]) -> None:
    assert _uris("battery technician") == ["role/battery-technician"]
    assert _uris("weld tabs") == ["skill/weld-tabs"]
    assert len(aside) == 1


def test_a_role_knows_which_share_of_its_weight_a_skill_has(role: JobRole) -> None:
    assert find_meanings().needs == {"battery-technician": {"isolate-hv": 1.0, "weld-tabs": 1.0}}


def test_a_changed_framework_is_read_anew(role: JobRole, aside: list[str]) -> None:
    assert _uris("glue cells") == []
    a_skill_in_force("glue-cells")
    version = the_version()
    version.revision += 1
    version.save()
    assert _uris("glue cells") == ["skill/glue-cells"]
    assert len(set(aside)) == 2


def test_a_question_costs_two_queries_once_all_is_ready(
    role: JobRole, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    find_meanings()
    with django_assert_max_num_queries(2):
        find_meanings()


def test_vectors_join_what_is_ready_unless_it_was_replaced(
    role: JobRole, aside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_meanings, "find_encoder", lambda name, *, threads: _MadeUp())
    assert _uris("quite another thing") == []
    prepare(aside[0], read_concepts())
    assert set(_uris("quite another thing")) == {"skill/isolate-hv", "skill/weld-tabs", "role/battery-technician"}
    forget()
    prepare("gone", read_concepts())
    assert _uris("quite another thing") == []


def test_a_failure_aside_is_logged_and_the_state_can_be_prepared_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(state: str, concepts: Sequence[Concept]) -> None:
        raise OSError("the disk is full")

    monkeypatch.undo()  # the thread of this test is its subject
    monkeypatch.setattr(prepared_meanings, "prepare", fail)
    prepared_meanings.prepare_aside("state", [])
    for thread in threading.enumerate():
        if thread.name == "prepare query meanings":
            thread.join()
    assert "preparing the meanings of queries failed" in caplog.text
    assert not prepared_meanings._preparing
