"""Pages of authors and reviewers in every state worth looking at, and the course that they show."""

from __future__ import annotations

from typing import Any

from tests.browser.states import State, open_all
from tests.browser.states import a_page as _page

SLUG = "authored"
EMPTY = "nothing-written"
TO_WRITE, TO_ORDER = "to-be-written", "to-be-ordered"
"""Courses that the journeys change; nobody looks at their pages otherwise."""
AUTHOR, REVIEWER = "author", "reviewer"
NAMES = (AUTHOR, REVIEWER)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""
UNIT_KINDS = ("text", "video", "picture", "file", "exercise", "quiz", "assignment", "live-session")
QUESTION_KINDS = (
    "single", "multiple", "true-false", "order", "match", "fill-in", "numeric", "hotspot", "short-text", "free-text",
    "file", "scale",
)  # fmt: skip
_PAGES = f"/en/teach/courses/{SLUG}/"


def authoring_states() -> tuple[State, ...]:
    """Every page, with the addresses of `authoring_content` in braces."""

    def mine(name: str, path: str, state: str = "", **more: Any) -> State:
        return _page(f"teach:{name}", f"{_PAGES}{path}", state, **({"person": AUTHOR} | more))

    return (
        _page("teach:outline", f"/en/teach/courses/{EMPTY}/outline/", "nothing written", person=AUTHOR),
        mine("outline", "outline/", then=open_all),
        mine("outline", "outline/", "as a reviewer", person=REVIEWER),
        *(mine("unit-edit", f"units/{kind}/", kind, then=open_all) for kind in UNIT_KINDS),
        mine("unit-edit", "units/quiz-2/", "without a test"),
        mine("unit-edit", "units/exercise/?question=colour", "a question of an exercise"),
        mine("unit-edit", "units/text/", "with errors", then=_save_without_a_title, status=422),
        mine("translate", "units/text/translate/de/"),
        mine("translate", "units/quiz/translate/de/", "of a test", person=REVIEWER),
        *(mine("preview", f"preview/{kind}/", kind, then=open_all) for kind in UNIT_KINDS),
        mine("preview", "preview/text/?language=de", "in German", person=REVIEWER),
        mine("media", "media/"),
        _page("teach:media", f"/en/teach/courses/{EMPTY}/media/", "empty", person=AUTHOR),
        mine("versions", "versions/", then=open_all),
        mine("versions", "versions/", "as a reviewer", person=REVIEWER, then=open_all),
        _page("teach:versions", f"/en/teach/courses/{EMPTY}/versions/", "without a draft", person=AUTHOR),
        mine("review", "review/"),
        mine("review", "review/?version=1", "of a published version", person=REVIEWER),
        _page("teach:review", f"/en/teach/courses/{EMPTY}/review/", "nothing written", person=AUTHOR),
        mine("people", "people/"),
        mine("file", "file/"),
        mine("file", "file/?import={question_import}", "with questions to bring in"),
        mine("questions", "questions/"),
        mine("questions", "questions/?q=xqzzyvw", "nothing found"),
        *(mine("question", f"questions/q-{kind}/", kind, then=open_all) for kind in QUESTION_KINDS),
        mine("question", "questions/new/?kind=single", "new"),
        mine("question", "questions/q-single/", "as a reviewer", person=REVIEWER),
        mine("question", "questions/new/?kind=match", "with errors", then=_save_an_empty_question, status=422),
        mine("tests", "tests/"),
        mine("test", "tests/everything/", then=open_all),
        mine("test", "tests/new/", "new"),
        mine("test", "tests/everything/", "as a reviewer", person=REVIEWER),
    )


AUTHORING_NO_PAGES: dict[str, str] = {}


def _save_without_a_title(page: Any) -> None:
    page.locator("#id_settings-title").fill("")
    page.locator(".authoring-actions button[value=save]").click()
    page.locator(".error-summary").wait_for()


def _save_an_empty_question(page: Any) -> None:
    page.locator(".authoring-actions button[value=save]").click()
    page.locator(".error-summary").wait_for()


def authoring_content() -> dict[str, str]:
    """A published course with a draft that differs, a remark, an import of questions; an author and a reviewer."""
    from tests.learning.records import a_course_with_content
    from tests.records import a_course

    from synchromesh.accounts.models import User
    from synchromesh.catalogue.models import CourseRole

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    version = _draft()
    empty, to_write = a_course(EMPTY, languages=["en", "de"]), a_course(TO_WRITE, languages=["en"])
    to_order = a_course_with_content(TO_ORDER, kinds=("text", "picture", "exercise"), published=False).course
    for course in (version.course, empty, to_write, to_order):
        CourseRole.objects.create(course=course, person=people[AUTHOR], part="author", given_by="operator")
    CourseRole.objects.create(course=version.course, person=people[REVIEWER], part="reviewer", given_by="operator")
    _remarks(people, version)
    return {"question_import": _import(people[AUTHOR], version.course)}


def _draft() -> Any:
    from tests.browser.learning_addresses import _write_media
    from tests.learning.records import a_course_with_content, a_question, a_section, a_unit, an_instrument

    a_course_with_content(SLUG, kinds=("text", "picture"))
    from synchromesh.catalogue.models import Course

    course = Course.objects.get(slug=SLUG)
    draft = a_course_with_content(
        SLUG, course=course, kinds=("text", "video", "picture", "file", "exercise"), published=False
    )
    text = draft.units.get(key="text")
    text.content["blocks"][0]["texts"].pop("de")
    text.save()
    questions = [a_question(course, kind, f"q-{kind}") for kind in QUESTION_KINDS]
    section = a_section(draft, "third")
    test = an_instrument(course, "everything", questions=questions, minutes=40, pass_percent=70, frozen_at=None)
    a_unit(section, "quiz", instrument=test, minutes=40)
    a_unit(section, "assignment", is_required=False)
    a_unit(section, "live-session", is_required=False)
    a_unit(section, "quiz", instrument=None)
    _write_media(course)
    _state_coverage(draft)
    return draft


def _state_coverage(draft: Any) -> None:
    """Two outcomes: one is taught and tested, of the other one a unit and a question have gone since."""
    course = draft.course
    course.outcomes = {"en": ["Points to orange cables", "Puts the steps in order"], "de": ["Zeigt Leitungen"]}
    course.save()
    draft.coverage = [
        {"outcome": 1, "skill": "isolate-hv", "level": 1, "units": ["text", "video"], "questions": ["q-single"]},
        {"outcome": 2, "units": ["gone"], "questions": ["q-order", "gone"]},
    ]
    draft.save()


def _remarks(people: dict[str, Any], version: Any) -> None:
    from synchromesh.learning.operations.versions import add_remark, ask_for_review, settle_remark

    ask_for_review(by=people[AUTHOR], version=version)
    add_remark(by=people[REVIEWER], version=version, text="Say which cable is meant.\nThere are two.", unit_key="text")
    settled = add_remark(by=people[REVIEWER], version=version, text="The second section is short.")
    settle_remark(by=people[AUTHOR], remark_uid=settled.uid)


def _import(author: Any, course: Any) -> str:
    """Questions of this course, taken out and brought in again: an import that waits to be committed."""
    from io import BytesIO

    from synchromesh.assessment.operations.question_exchange import QuestionImporter, export_questions, source_of
    from synchromesh.assessment.operations.questions import open_bank
    from synchromesh.plumbing import imports

    bank = open_bank(by=author, course=course)
    exported = export_questions(by=author, bank=bank, language="en", keys=["q-single", "q-order"])
    source = source_of(bank)
    options = {"language": "en"}
    file = BytesIO(exported.content)
    batch, _ = imports.preview(
        QuestionImporter(bank), by=author, file=file, name="q.zip", source=source, options=options
    )
    return str(batch.uid)
