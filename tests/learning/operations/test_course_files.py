"""A whole course comes in: what is made, what stays as it is, and what is refused."""

from __future__ import annotations

import pytest
from tests.engine.exchange.course_files.course_documents import (
    SVG,
    TITLES,
    a_document_of_a_course,
    files_of,
    with_line,
)
from tests.learning.records import give_part
from tests.records import a_course, a_provider, a_skill

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Instrument, Question
from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.engine.exchange.course_files import open_course_file, read
from synchromesh.learning.models import ContentVersion, Media, Unit
from synchromesh.learning.operations.course_files import ImportedCourse, copy_course, import_course
from synchromesh.learning.queries.course_documents import course_document
from synchromesh.learning.queries.course_exports import export_course
from synchromesh.learning.queries.media import read_media
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def _published(**changes: object) -> ImportedCourse:
    a_skill("isolate-hv")
    return import_course(by=OPERATOR, files=files_of(**changes), publish=True)


def _rows() -> list[int]:
    models = (Course, CourseSkill, ContentVersion, Unit, Media, Question, Instrument, AuditEvent)
    return [model._default_manager.count() for model in models]


def test_a_file_becomes_a_course_with_a_published_version() -> None:
    done = _published()
    assert (done.effect, done.version.number, done.left_out) == ("new", 1, ())
    assert done.course.slug == "hv-safety"
    assert done.course.languages == ["en", "de"]
    assert Course.objects.exclude(published_at=None).get() == done.course
    link = CourseSkill.objects.get(course=done.course)
    assert (link.skill.slug, link.entry_level, link.level, link.confirmed_by) == ("isolate-hv", 0, 2, "operator")
    units = list(done.version.units.all())
    assert [(unit.key, unit.kind, unit.must_pass) for unit in units] == [
        ("welcome", "text", False),
        ("test", "quiz", True),
    ]
    assert units[1].instrument is not None
    assert units[1].instrument.frozen_at == done.version.published_at
    assert read_media(Media.objects.get()) == SVG


def test_what_came_in_goes_out_the_same() -> None:
    done = _published()
    packed = export_course(done.version, visible_to=OPERATOR)
    assert read(open_course_file(packed)) == a_document_of_a_course()


def test_the_quoted_words_stand_beside_the_skill_and_follow_the_file() -> None:
    course = _published().course
    assert CourseSkill.objects.get(course=course).quote == "Isolates a car"
    files = with_line(files_of(), "quote: Isolates a car", "quote: proves it")
    assert import_course(by=OPERATOR, files=files, publish=True).effect == "same"  # the content
    assert CourseSkill.objects.get(course=course).quote == "proves it"


def test_coverage_and_quotes_that_lead_nowhere_any_more_do_not_go_out() -> None:
    done = _published()
    done.version.coverage.append({"outcome": 3})
    done.version.coverage[0]["units"].append("gone")
    done.version.coverage[0]["questions"].append("gone")
    CourseSkill.objects.update(quote="Macht ein Auto stromlos")
    packed = export_course(done.version, visible_to=OPERATOR)
    found = read(open_course_file(packed))
    assert found.problems == ()
    assert found.coverage == a_document_of_a_course().coverage
    assert [skill.quote for skill in found.course.skills] == [""]


@pytest.mark.parametrize("publish", [True, False])
def test_the_same_file_again_changes_nothing(publish: bool) -> None:
    a_skill("isolate-hv")
    first = import_course(by=OPERATOR, files=files_of(), publish=publish)
    before = _rows()
    again = import_course(by=OPERATOR, files=files_of(), publish=publish)
    assert (again.effect, again.version) == ("same", first.version)
    assert _rows() == before


def test_a_changed_file_makes_the_next_version_and_leaves_the_former_as_it_was() -> None:
    first = _published().version
    was = course_document(first, with_media=True)
    files = with_line(files_of(), "minutes: 5", "minutes: 7")
    files = with_line(files, "en: Which cable", "en: What cable", file="questions.yaml")
    files["media/pack.svg"] = SVG.replace(b"A pack", b"Another pack")
    done = import_course(by=OPERATOR, files=files, publish=True)
    assert (done.effect, done.version.number) == ("changed", 2)
    assert course_document(first, with_media=True) == was
    figure = done.version.units.get(key="welcome").content["blocks"][0]["media"]
    assert figure == "pack-2.svg"
    assert import_course(by=OPERATOR, files=files, publish=True).effect == "same"


def test_a_draft_that_says_something_else_is_only_replaced_on_request() -> None:
    a_skill("isolate-hv")
    draft = import_course(by=OPERATOR, files=files_of()).version
    other = with_line(files_of(), "minutes: 5", "minutes: 7")
    with pytest.raises(Conflict, match="draft"):
        import_course(by=OPERATOR, files=other)
    assert ContentVersion.objects.get() == draft
    replaced = import_course(by=OPERATOR, files=other, replace_draft=True)
    assert replaced.version.units.first().minutes == 7  # type: ignore[union-attr]
    assert ContentVersion.objects.count() == 1
    assert Instrument.objects.count() == 1


def test_a_draft_from_the_same_file_is_published_as_it_is() -> None:
    a_skill("isolate-hv")
    draft = import_course(by=OPERATOR, files=files_of()).version
    done = import_course(by=OPERATOR, files=files_of(), publish=True)
    assert done.version == draft
    assert done.version.published_at is not None


def test_a_file_with_a_fault_changes_nothing() -> None:
    before = _rows()
    with pytest.raises(InvalidInput, match="Nothing was brought in"):
        import_course(by=OPERATOR, files=with_line(files_of(), "kind: text", "kindd: text"))
    assert _rows() == before


def test_what_cannot_be_published_changes_nothing() -> None:
    a_skill("isolate-hv")
    before = _rows()
    files = files_of()
    del files["media/pack.svg"]
    with pytest.raises(InvalidInput, match="mended first"):
        import_course(by=OPERATOR, files=files, publish=True)
    assert _rows() == before


def test_an_unfinished_course_comes_in_as_a_draft() -> None:
    files = files_of()
    del files["media/pack.svg"]
    assert import_course(by=OPERATOR, files=files).version.published_at is None


def test_skills_and_fields_that_are_not_known_here_are_left_out_and_named() -> None:
    done = import_course(by=OPERATOR, files=files_of(), publish=True)
    assert done.left_out == ("isolate-hv",)
    assert "skill" not in {key for record in done.version.coverage for key, value in record.items() if value}
    assert import_course(by=OPERATOR, files=files_of(), publish=True).effect == "same"


def test_who_may_not_edit_courses_makes_none(person: User) -> None:
    with pytest.raises(NotAllowed):
        import_course(by=person, files=files_of())
    assert not Course.objects.exists()


def test_an_author_brings_content_into_their_own_course_and_leaves_the_catalogue_alone(person: User) -> None:
    course = a_course("hv-safety", provider=a_provider(), titles={"en": "As the catalogue has it"})
    with pytest.raises(NotAllowed):
        import_course(by=person, files=files_of())
    give_part(person, course, "author")
    done = import_course(by=person, files=files_of(), course=course, publish=True)
    course.refresh_from_db()
    assert course.titles == {"en": "As the catalogue has it"}
    assert done.version.published_by == person.public_id


def test_an_editor_makes_a_course_of_their_provider(editor: User, organisation: Organisation) -> None:
    done = import_course(by=editor, files=files_of(), provider=organisation)
    assert done.course.provider == organisation
    assert done.course.published_at is None


def test_the_file_of_another_course_is_refused() -> None:
    with pytest.raises(InvalidInput, match="another course"):
        import_course(by=OPERATOR, files=files_of(), course=a_course("other"))


def test_a_copy_has_content_tests_and_files_of_its_own(person: User) -> None:
    done = _published()
    give_part(person, done.course, "author")
    with pytest.raises(NotAllowed):
        copy_course(by=person, version=done.version, slug="copied", titles=TITLES)
    copied = copy_course(by=OPERATOR, version=done.version, slug="copied", titles=TITLES)
    was, now = course_document(done.version, with_media=True), course_document(copied.version, with_media=True)
    assert now.sections == was.sections
    assert now.coverage == was.coverage
    assert now.questions == was.questions
    assert now.media == was.media
    assert Instrument.objects.filter(bank__course=copied.course, frozen_at=None).count() == 1
    with pytest.raises(Conflict):
        copy_course(by=OPERATOR, version=done.version, slug="copied", titles=TITLES)
