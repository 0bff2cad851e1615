"""Drafts, review and publishing; a published version never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from tests.learning.records import NOW, a_course_with_content, a_learner, an_instrument, give_part
from tests.records import a_course, a_provider

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.assessment.models import Instrument
from synchromesh.assessment.operations.questions import save_question
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.learning.models import ContentVersion, VersionRemark
from synchromesh.learning.operations import outline_editing as outline
from synchromesh.learning.operations.translating import save_unit_texts
from synchromesh.learning.operations.versions import (
    add_remark,
    ask_for_review,
    change_version_settings,
    create_draft,
    discard_draft,
    publish_version,
    settle_remark,
)
from synchromesh.learning.queries.course_documents import course_document
from synchromesh.learning.queries.versions import compare_versions, find_newest_version
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_first_draft_is_empty_and_in_the_languages_of_the_course() -> None:
    draft = create_draft(by=OPERATOR, course=a_course("hv", languages=["en", "de"]))
    assert (draft.number, draft.languages, draft.published_at) == (1, ["en", "de"], None)
    assert not draft.units.exists()
    assert AuditEvent.objects.get(action="create_draft").actor == "operator"


def test_the_next_draft_is_a_copy_with_tests_of_its_own() -> None:
    coverage = [{"outcome": 1, "units": ["text"], "questions": []}]
    version = a_course_with_content(kinds=("text", "quiz"), attendance_percent=None, coverage=coverage)
    draft = create_draft(by=OPERATOR, course=version.course)
    assert compare_versions(version, draft).is_empty
    was, now = (one.units.get(key="quiz").instrument for one in (version, draft))
    assert was is not None
    assert now is not None
    assert (was.pk != now.pk, was.frozen_at is None, now.frozen_at) == (True, False, None)


def test_a_course_has_one_draft() -> None:
    version = a_course_with_content(published=False)
    with pytest.raises(Conflict, match="draft already"):
        create_draft(by=OPERATOR, course=version.course)


def test_a_draft_that_is_discarded_leaves_no_tests_behind() -> None:
    version = a_course_with_content()
    draft = create_draft(by=OPERATOR, course=version.course)
    discard_draft(by=OPERATOR, version=draft)
    assert Instrument.objects.get().frozen_at == NOW
    assert ContentVersion.objects.get() == version
    with pytest.raises(Conflict):
        discard_draft(by=OPERATOR, version=draft)


def test_publishing_freezes_the_tests_and_gives_new_learners_the_version() -> None:
    version = a_course_with_content(kinds=("text", "quiz"), published=False)
    published = publish_version(by=OPERATOR, version=version)
    assert find_newest_version(version.course) == published
    assert Instrument.objects.get().frozen_at == published.published_at
    assert published.published_by == "operator"
    with pytest.raises(Conflict, match="published"):
        publish_version(by=OPERATOR, version=version)


def test_a_course_that_nobody_could_see_is_shown_when_content_is_published(person: User) -> None:
    hidden = a_course("hidden", published_at=None, languages=["en", "de"], provider=a_provider())
    version = a_course_with_content(kinds=("text", "text"), published=False, course=hidden)
    publish_version(by=give_part(person, hidden, "author"), version=version)
    hidden.refresh_from_db()
    assert hidden.published_at is None  # an author does not edit what the catalogue says
    publish_version(by=OPERATOR, version=create_draft(by=OPERATOR, course=hidden))
    hidden.refresh_from_db()
    assert hidden.published_at is not None


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda version: version.units.update(is_required=False), "course"),
        (lambda version: version.units.filter(key="quiz").update(instrument=None), "unit quiz"),
        (lambda version: version.units.filter(key="quiz").update(must_pass=True), "unit quiz"),
        (lambda version: version.units.filter(key="text").update(content={}), "unit text"),
        (lambda version: version.units.filter(key="text").update(titles={"en": "Only English"}), "unit text"),
        (lambda version: version.units.filter(key="text").delete(), "section first"),
        (lambda version: version.course.media.all().delete(), "unit text"),
        (lambda version: Instrument.objects.get().parts.all().delete(), "instrument quiz"),
        (lambda version: type(version).objects.update(attendance_percent=50), "course"),
        (lambda version: version.units.update(instrument=Instrument.objects.get()), "unit text"),
    ],
)
def test_what_must_be_mended_stops_publishing(change: Callable[[ContentVersion], Any], place: str) -> None:
    version = a_course_with_content(kinds=("text", "quiz"), published=False)
    change(version)
    with pytest.raises(InvalidInput, match=f"mended first: {place}"):
        publish_version(by=OPERATOR, version=version)
    version.refresh_from_db()
    assert version.published_at is None
    assert Instrument.objects.get().frozen_at is None


def test_an_open_remark_stops_publishing(person: User) -> None:
    version = a_course_with_content(kinds=("text", "text"), published=False)
    reviewer = give_part(person, version.course, "reviewer")
    ask_for_review(by=OPERATOR, version=version)
    remark = add_remark(by=reviewer, version=version, text=" Name the standard. ", unit_key="text")
    assert (remark.text, remark.written_by) == ("Name the standard.", reviewer.public_id)
    with pytest.raises(Conflict, match="not settled: 1"):
        publish_version(by=OPERATOR, version=version)
    settle_remark(by=OPERATOR, remark_uid=remark.uid)
    settle_remark(by=reviewer, remark_uid=remark.uid)
    assert VersionRemark.objects.get().settled_by == "operator"
    publish_version(by=OPERATOR, version=version)
    with pytest.raises(Conflict):
        add_remark(by=reviewer, version=version, text="Too late.")


def test_reviewers_are_told_by_mail_in_their_language(
    person: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    version = a_course_with_content(kinds=("text", "text"), published=False)
    give_part(person, version.course, "reviewer")
    give_part(a_learner(), version.course, "tutor")
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_review(by=OPERATOR, version=version)
    (mail,) = mailoutbox
    assert mail.to == [person.email]
    assert "/en/teach/courses/hv-safety/versions/" in mail.body


@pytest.mark.parametrize(("text", "unit", "error"), [(" ", "", InvalidInput), ("Why?", "not-there", NotFound)])
def test_a_remark_says_something_about_something(text: str, unit: str, error: type[Exception]) -> None:
    version = a_course_with_content(kinds=("text", "text"), published=False)
    with pytest.raises(error):
        add_remark(by=OPERATOR, version=version, text=text, unit_key=unit)


def test_a_reviewer_neither_edits_nor_publishes_nor_settles_for_others(person: User) -> None:
    version = a_course_with_content(kinds=("text", "text"), published=False)
    reviewer = give_part(person, version.course, "reviewer")
    remark = add_remark(by=OPERATOR, version=version, text="Mend this.")
    for act in (
        lambda: publish_version(by=reviewer, version=version),
        lambda: discard_draft(by=reviewer, version=version),
        lambda: ask_for_review(by=reviewer, version=version),
        lambda: settle_remark(by=reviewer, remark_uid=remark.uid),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_strangers_can_do_nothing(person: User) -> None:
    version = a_course_with_content(kinds=("text", "text"), published=False)
    remark = add_remark(by=OPERATOR, version=version, text="Mend this.")
    for by in (person, VISITOR, give_part(person, version.course, "tutor")):
        with pytest.raises(NotAllowed):
            create_draft(by=by, course=version.course)
        with pytest.raises(NotAllowed):
            add_remark(by=by, version=version, text="Hello")
        with pytest.raises(NotFound):
            settle_remark(by=by, remark_uid=remark.uid)


def test_the_settings_of_a_draft_are_checked() -> None:
    version = a_course_with_content(kinds=("text", "text"), published=False)
    changed = change_version_settings(
        by=OPERATOR,
        version=version,
        source_language="de",
        languages=["de", "cs"],
        attendance_percent=80,
        issues_credential=True,
        note=" New figures ",
    )
    assert (changed.source_language, changed.languages, changed.note) == ("de", ["de", "cs"], "New figures")
    for values in (
        {"source_language": "fr", "languages": ["de"]},
        {"source_language": "de", "languages": ["de", "xx"]},
        {"source_language": "de", "languages": ["de"], "attendance_percent": 101},
        {"source_language": "de", "languages": ["de"], "note": "x" * 501},
    ):
        with pytest.raises(InvalidInput):
            change_version_settings(by=OPERATOR, version=version, **values)


def test_no_operation_changes_a_published_version() -> None:
    version = a_course_with_content(kinds=("text", "quiz"))
    unit, section = version.units.get(key="text"), version.sections.get(key="first")
    was = course_document(version)
    loose = an_instrument(version.course, key="loose", frozen_at=None)
    attempts: list[Callable[[], Any]] = [
        lambda: change_version_settings(by=OPERATOR, version=version, source_language="en", languages=["en"]),
        lambda: ask_for_review(by=OPERATOR, version=version),
        lambda: add_remark(by=OPERATOR, version=version, text="x"),
        lambda: discard_draft(by=OPERATOR, version=version),
        lambda: outline.add_section(by=OPERATOR, version=version, titles={"en": "New"}),
        lambda: outline.rename_section(by=OPERATOR, section=section, titles={"en": "New"}),
        lambda: outline.move_section(by=OPERATOR, section=section, position=2),
        lambda: outline.delete_section(by=OPERATOR, section=section),
        lambda: outline.add_unit(by=OPERATOR, section=section, kind="text", titles={"en": "New"}),
        lambda: outline.change_unit(by=OPERATOR, unit=unit, minutes=99),
        lambda: outline.change_unit(by=OPERATOR, unit=unit, instrument=loose),
        lambda: outline.move_unit(by=OPERATOR, unit=unit, position=2),
        lambda: outline.move_unit_step(by=OPERATOR, unit=unit, is_down=True),
        lambda: outline.delete_unit(by=OPERATOR, unit=unit),
        lambda: outline.save_unit_content(by=OPERATOR, unit=unit, content={}),
        lambda: save_unit_texts(by=OPERATOR, unit=unit, language="de", texts={"titles": "Neu"}),
    ]
    for attempt in attempts:
        with pytest.raises(Conflict):
            attempt()
    version.refresh_from_db()
    assert course_document(version).sections == was.sections


def test_a_question_that_is_edited_stays_in_a_published_version_as_it_was() -> None:
    version = a_course_with_content(kinds=("quiz",))
    was = course_document(version)
    question = was.questions[0]
    save_question(by=OPERATOR, bank=version.course.question_bank, document={**question, "prompts": {"en": "New?"}})
    assert course_document(version).questions == was.questions
    draft = create_draft(by=OPERATOR, course=version.course)
    assert compare_versions(version, draft).changed[0].fields == ("test",)
