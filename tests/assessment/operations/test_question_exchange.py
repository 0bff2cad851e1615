"""Questions in and out of a bank: preview, commit, undo, export."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from tests.assessment.records import a_bank, a_person, a_test, answer, begin, give_part
from tests.learning.question_documents import DOCUMENTS, a_document

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import PartQuestion, Question, QuestionBank
from synchromesh.assessment.operations.instruments import save_instrument
from synchromesh.assessment.operations.question_exchange import QuestionImporter, export_questions, source_of
from synchromesh.assessment.operations.questions import save_question
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import Conflict, NotAllowed
from synchromesh.engine.exchange.questions import read_questions
from synchromesh.engine.tables.archives import open_archive
from synchromesh.plumbing import imports
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import AuditEvent, ImportBatch

pytestmark = pytest.mark.django_db

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><title>Pack</title></svg>'


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def as_json(*documents: dict[str, Any]) -> bytes:
    return json.dumps({"format": "synchromesh-questions", "questions": documents}).encode()


def preview(bank: QuestionBank, content: bytes, *, name: str = "q.json", **more: Any) -> tuple[ImportBatch, ImportPlan]:
    return imports.preview(
        QuestionImporter(bank, **more), by=OPERATOR, file=io.BytesIO(content), name=name, source=source_of(bank)
    )


def bring_in(bank: QuestionBank, content: bytes, *, name: str = "q.json", **more: Any) -> ImportBatch:
    batch, _ = preview(bank, content, name=name, **more)
    return imports.commit(QuestionImporter(bank, **more), by=OPERATOR, batch=batch)


def stored(bank: QuestionBank) -> list[dict[str, Any]]:
    questions = Question.objects.filter(bank=bank).order_by("key", "revision")
    return [
        {"key": q.key, "revision": q.revision, "document": q.document, "now": q.replaced_at is None} for q in questions
    ]


def test_a_preview_tells_new_changed_same_and_wrong_questions_and_writes_nothing() -> None:
    bank = a_bank()
    save_question(by=OPERATOR, bank=bank, document=a_document("single"))
    save_question(by=OPERATOR, bank=bank, document=a_document("multiple"))
    before = stored(bank)
    documents = [a_document("single", points=3), a_document("multiple"), a_document("order"), {"key": "bad"}]
    _, plan = preview(bank, as_json(*documents))
    assert plan.counts == {"new": 1, "changed": 1, "same": 1, "error": 1}
    changed = next(row for row in plan.rows if row.effect == "changed")
    assert [(change.field, change.before, change.after) for change in changed.changes] == [("points", "", "3")]
    assert stored(bank) == before


def test_an_import_is_committed_and_undone_exactly() -> None:
    bank = a_bank()
    save_question(by=OPERATOR, bank=bank, document=a_document("single"))
    before = stored(bank)
    batch = bring_in(bank, as_json(a_document("single", points=3), a_document("order")))
    assert [(entry["key"], entry["revision"]) for entry in stored(bank)] == [("order", 1), ("single", 1)]
    imports.undo(QuestionImporter(bank), by=OPERATOR, batch=batch)
    assert stored(bank) == before


def test_a_question_in_use_gets_a_revision_and_drafts_follow_and_go_back() -> None:
    bank = a_test("single").bank
    draft = save_instrument(
        by=OPERATOR, bank=bank, key="draft", purpose="quiz", titles={"en": "Draft"}, parts=[(1, ["single"])]
    )
    before = stored(bank)
    batch = bring_in(bank, as_json(a_document("single", points=3)))
    assert [(entry["revision"], entry["now"]) for entry in stored(bank)] == [(1, False), (2, True)]
    place = PartQuestion.objects.get(part__instrument=draft)
    assert place.question.revision == 2
    imports.undo(QuestionImporter(bank), by=OPERATOR, batch=batch)
    place.refresh_from_db()
    assert place.question.revision == 1
    assert stored(bank) == before


def test_an_import_whose_question_was_answered_stays(person: User) -> None:
    bank = a_bank()
    batch = bring_in(bank, as_json(a_document("single")))
    attempt = begin(person, a_test("single", bank=bank))
    answer(attempt, 1, "a")
    with pytest.raises(Conflict):
        imports.undo(QuestionImporter(bank), by=OPERATOR, batch=batch)


def test_a_package_in_one_language_leaves_the_other_languages_as_they_are() -> None:
    bank = a_bank()
    for kind in ("single", "match", "fill-in"):
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
    before = stored(bank)
    content = export_questions(by=OPERATOR, bank=bank, language="de").content
    _, plan = preview(bank, content, name="q.zip")
    assert plan.counts == {"new": 0, "changed": 0, "same": 3, "error": 0}, plan.rows
    bring_in(bank, content, name="q.zip")
    assert stored(bank) == before


def test_every_kind_goes_out_and_into_another_bank() -> None:
    bank, other = a_bank(), a_bank()
    for kind in DOCUMENTS:
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
    name = a_document("hotspot")["media"]
    exported = export_questions(by=OPERATOR, bank=bank, language="en", media={name: PICTURE})
    kept: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> str:
        kept[name] = content
        return name

    batch = bring_in(other, exported.content, name="q.zip", keep_picture=keep)
    assert batch.counts == {"new": len(DOCUMENTS), "changed": 0, "same": 0, "error": 0}
    assert [entry["key"] for entry in stored(other)] == sorted(DOCUMENTS)
    assert list(kept.values()) == [PICTURE]


def test_a_picture_gets_the_name_that_the_course_gives_it() -> None:
    bank = a_bank()
    content = packed(q_json=as_json(a_document("hotspot", media="pack.svg")), media__pack_svg=PICTURE)
    bring_in(bank, content, name="q.zip", keep_picture=lambda name, content: f"2-{name}")
    assert Question.objects.get(bank=bank).document["media"] == "2-pack.svg"


def test_a_picture_that_a_course_cannot_show_leaves_its_question_out() -> None:
    bank = a_bank()
    content = packed(q_json=as_json(a_document("hotspot", media="pack.svg")), media__pack_svg=b"MZ no picture")
    _, plan = preview(bank, content, name="q.zip", keep_picture=lambda name, content: name)
    assert plan.counts["error"] == 1
    assert [problem.position for problem in plan.problems] == ["pack.svg"]


def test_without_a_place_for_pictures_it_is_said_what_is_to_be_done() -> None:
    content = packed(q_json=as_json(a_document("hotspot", media="pack.svg")), media__pack_svg=PICTURE)
    _, plan = preview(a_bank(), content, name="q.zip")
    assert [problem.message for problem in plan.problems] == ["Add these pictures to the course: pack.svg."]
    assert plan.counts["new"] == 1


def test_what_the_platform_does_not_know_is_taken_out_and_told() -> None:
    documents = [a_document("single", skill="no-such-skill"), a_document("file", endings=["exe"])]
    bank = a_bank()
    batch = bring_in(bank, as_json(*documents))
    assert batch.counts["new"] == 2
    assert [problem["field"] for problem in batch.problems] == ["skill", "endings"]
    assert Question.objects.get(bank=bank, key="file").document["endings"] == ["pdf"]


def test_an_export_is_in_the_wanted_language_and_says_what_it_lacks() -> None:
    bank = a_bank()
    save_question(by=OPERATOR, bank=bank, document=a_document("single"))
    english = a_document("scale", key="only-english")
    english["prompts"].pop("de")
    save_question(by=OPERATOR, bank=bank, document=english)
    exported = export_questions(by=OPERATOR, bank=bank, language="de")
    files = open_archive(exported.content)
    assert sorted(files) == ["imsmanifest.xml", "items/single.xml"]
    assert read_questions(files).questions[0].prompts.keys() == {"de"}
    assert [problem.position for problem in exported.problems] == ["only-english"]
    assert export_questions(by=OPERATOR, bank=bank, language="de").content == exported.content
    assert AuditEvent.objects.filter(action="export_questions").count() == 2


def test_authors_import_and_reviewers_only_export(person: User) -> None:
    instrument = a_test("single")
    bank, reviewer = instrument.bank, give_part(a_person("reviewer"), instrument, CoursePart.REVIEWER)
    assert export_questions(by=reviewer, bank=bank, language="en", keys=["none"]).content
    for somebody in (person, reviewer):
        with pytest.raises(NotAllowed):
            imports.preview(
                QuestionImporter(bank), by=somebody, file=io.BytesIO(as_json()), name="q.json", source=source_of(bank)
            )
    with pytest.raises(NotAllowed):
        export_questions(by=person, bank=bank, language="en")
