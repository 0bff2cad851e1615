"""Pages of learners in every state worth looking at, and the content they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from synchromesh.accounts.models import User

SLUG = "all-kinds"
STARTER = "high-voltage-safety-awareness"
LEARNER = "learner"
TAKER = "course-taker"
"""Takes every course that ships, each in a test of its own."""
WEIGHER = "course-weigher"
"""Is in one of them, so that its pages can be weighed."""
NAMES = (LEARNER, "graduate", "waiting", "walker", "plain-walker", "saver", "leaver-of-a-desk", TAKER, WEIGHER)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""
QUESTION_KINDS = (
    "single", "multiple", "true-false", "order", "match", "fill-in", "numeric", "hotspot", "short-text", "free-text",
    "file", "scale",
)  # fmt: skip


def learning_states() -> tuple[State, ...]:
    """Every page, with the addresses of `learning_content` in braces."""
    unit = f"/en/courses/{SLUG}/learn/"
    units = ("text", "video", "picture", "file", "exercise", "quiz", "assignment", "live-session")
    return (
        _page("learn:start", f"/en/courses/{SLUG}/learn/", "without account"),
        _page("learn:start", f"/en/courses/{SLUG}/learn/", "learning", person=LEARNER),
        _page("learn:start", f"/en/courses/{SLUG}/learn/", "completed", person="graduate"),
        _page("learn:start", f"/en/courses/{SLUG}/learn/", "on the waiting list", person="waiting"),
        _page("learn:join", f"/en/courses/{SLUG}/join/{{cohort_code}}/"),
        _page("courses:detail", f"/en/courses/{SLUG}/", "with content", person=LEARNER),
        *(_page("learn:unit", f"{unit}{key}/", key, person=LEARNER, then=open_all) for key in units),
        _page("learn:unit", f"{unit}exercise/", "answered", person="graduate"),
        _page("learn:discussion", f"{unit}text/discussion/", "with posts", person=LEARNER, then=open_all),
        _page("learn:discussion", f"{unit}video/discussion/", "empty", person=LEARNER),
        *(
            _page("learn:question", f"{unit}quiz/attempt/{{attempt}}/{place}/", kind, person=LEARNER)
            for place, kind in enumerate(QUESTION_KINDS, start=1)
        ),
        _page("learn:attempt", f"{unit}quiz/attempt/{{attempt}}/", person=LEARNER),
        _page("learn:attempt-result", f"{unit}quiz/attempt/{{result}}/result/", person="graduate", then=open_all),
        _page("learn:result", f"/en/courses/{SLUG}/result/", "not yet", person=LEARNER),
        _page("learn:result", f"/en/courses/{SLUG}/result/", "completed", person="graduate"),
        _page("me:learning", "/en/me/learning/", "nothing", person="newcomer"),
        _page("me:learning", "/en/me/learning/", "learning", person=LEARNER),
        _page("me:learning", "/en/me/learning/", "earned", person="graduate"),
    )


LEARNING_NO_PAGES = {
    "learn:begin": "takes a POST",
    "learn:media": "a file",
    "learn:answer-file": "a file",
    "learn:offline": "a file",
}


def learning_content() -> dict[str, str]:
    """A course with a unit of each kind and a test with a question of each; learners in every situation."""
    from synchromesh.accounts.models import User

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    version = _version()
    cohort = _cohort(version)
    _discussion(people[LEARNER], version)
    attempt = _open_attempt(people[LEARNER], version)
    result = _completed(people["graduate"], version)
    _wait(people["waiting"], version, cohort)
    for name in ("saver", "leaver-of-a-desk"):
        _enrol(people[name], version)
    _enrol_in(people[WEIGHER], "battery-life-cycle")
    plans = _plans([people["walker"], people["plain-walker"]])
    return plans | {"attempt": attempt, "result": result, "cohort_code": cohort.code, "starter_course": STARTER}


def _enrol(person: User, version: Any) -> None:
    from synchromesh.learning.operations.enrolment import enrol_person

    enrol_person(by=person, course=version.course, language="en")


def _enrol_in(person: User, slug: str) -> None:
    """Where the course is there; the rules of the house use this content without those that ship."""
    from synchromesh.catalogue.models import Course
    from synchromesh.learning.operations.enrolment import enrol_person

    course = Course.objects.filter(slug=slug).exclude(published_at=None).first()
    if course is not None:
        enrol_person(by=person, course=course, language="en")


def _plans(people: list[User]) -> dict[str, str]:
    """A short course with two texts and a test, in a plan of each person."""
    from tests.learning.records import a_course_with_content, a_section, a_unit, an_instrument
    from tests.records import the_version

    from synchromesh.framework.models import JobRole
    from synchromesh.pathways.models import Plan, PlanStep

    version = a_course_with_content("short-course", kinds=("text",))
    version.course.price_cents = 0
    version.course.save()
    section = a_section(version, "third")
    a_unit(section, "text", key="second-text", titles={"en": "Second text"})
    test = an_instrument(version.course, "short", questions=("single", "match", "numeric"))
    a_unit(section, "quiz", key="short", instrument=test)
    role = JobRole.objects.order_by("pk").first() or JobRole.objects.create(slug="any", titles={"en": "Any"})
    found = {}
    for person in people:
        plan = Plan.objects.create(person=person, role=role, version=the_version())
        PlanStep.objects.create(plan=plan, course=version.course, position=1)
        found[f"plan_of_{person.sign_in_name.partition('@')[0]}"] = str(plan.uid)
    return found


def _version() -> Any:
    from tests.learning.records import a_course_with_content, a_section, a_unit, an_instrument
    from tests.records import a_skill

    from synchromesh.framework.models import Skill

    if not Skill.objects.filter(slug="isolate-hv").exists():
        a_skill("isolate-hv")
    version = a_course_with_content(SLUG, kinds=("text", "video", "picture", "file", "exercise"))
    course = version.course
    course.outcomes = {"en": ["Names the dangers of high voltage", "Says who may open a pack"]}
    course.summaries = {"en": "Everything that a course can hold, to look at."}
    course.price_cents, course.certificate = 0, "certificate"
    course.save()
    section = a_section(version, "third")
    questions = [_question(course, kind) for kind in QUESTION_KINDS]
    test = {"minutes": 40, "attempts_allowed": 3, "pass_percent": 70, "feedback": "after-each"}
    a_unit(section, "quiz", instrument=an_instrument(course, "everything", questions=questions, **test), minutes=40)
    final = an_instrument(course, "final", questions=("single", "multiple"), pass_percent=50, attempts_allowed=2)
    a_unit(section, "quiz", key="final", instrument=final, must_pass=True)
    a_unit(section, "assignment", is_required=False)
    a_unit(section, "live-session", is_required=False)
    _write_media(course)
    return version


def _question(course: Any, kind: str) -> Any:
    from tests.learning.records import a_question

    more = {"skill": "isolate-hv", "level": 1} if kind not in {"scale"} else {}
    return a_question(course, kind, f"q-{kind}", **more)


def _write_media(course: Any) -> None:
    """Bytes for the files of the course: a picture, and for the video too little to be played."""
    from synchromesh.learning.models import Media
    from synchromesh.learning.queries.media import media_path

    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 240"><rect width="400" height="240" fill="#dde5ec"/>'
        '<rect x="60" y="60" width="280" height="120" fill="#8aa0b3"/>'
        '<path d="M0 120h60M340 120h60" stroke="#e07000" stroke-width="14"/></svg>'
    )
    for media in Media.objects.filter(course=course):
        place = media_path(media)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = {"svg": picture, "vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nA pack.\n"}
        place.write_text(text.get(media.name.rpartition(".")[2], "none"), encoding="utf-8")


def _cohort(version: Any) -> Any:
    from datetime import timedelta

    from django.utils import timezone
    from tests.learning.records import a_cohort

    from synchromesh.learning.models import CohortDate

    starts_on = timezone.localdate() + timedelta(days=5)
    a_cohort(version.course, seats=12, starts_on=starts_on)
    full = a_cohort(version.course, seats=0, starts_on=starts_on + timedelta(days=30), joining="code", code="7K2M-9QXR")
    at = timezone.now() + timedelta(days=9)
    CohortDate.objects.create(cohort=full, unit_key="live-session", at=at, place="Room 4, North Works")
    return full


def _discussion(person: User, version: Any) -> None:
    from synchromesh.learning.models import Post
    from synchromesh.learning.operations.enrolment import enrol_person

    enrol_person(by=person, course=version.course, language="de")
    common = {"course": version.course, "unit_key": "text", "language": "en"}
    first = Post.objects.create(author=person, text="Why is the cable orange?\nOurs is red.", **common)
    Post.objects.create(author=None, text="All makers chose the same colour.", answers=first, **common)


def _open_attempt(person: User, version: Any) -> str:
    """An open try of the person at the test with every kind of question, in which one answer was checked."""
    from synchromesh.assessment.operations.attempts import check_answer, save_answer
    from synchromesh.learning.operations.unit_attempts import start_unit_attempt
    from synchromesh.learning.queries.enrolments import find_enrolment

    enrolment = find_enrolment(person, version.course)
    assert enrolment is not None
    attempt = start_unit_attempt(by=person, enrolment_uid=enrolment.uid, unit_key="quiz")
    place: dict[str, Any] = {"by": person, "attempt_uid": attempt.uid, "position": 1}
    save_answer(raw="b", save_number=1, **place)
    check_answer(**place)
    return str(attempt.uid)


def _completed(person: User, version: Any) -> str:
    """A person who went through all of it; the uid of the try at the test with every kind of question."""
    from tests.learning.question_documents import RIGHT

    from synchromesh.assessment.operations.attempts import save_answer
    from synchromesh.learning.models import UnitProgress
    from synchromesh.learning.operations.enrolment import enrol_person
    from synchromesh.learning.operations.progress import mark_unit_done, report_unit, see_unit
    from synchromesh.learning.operations.unit_attempts import start_unit_attempt, submit_unit_attempt

    enrolment = enrol_person(by=person, course=version.course, language="en")
    given: dict[str, Any] = {"by": person, "enrolment_uid": enrolment.uid}
    for unit in version.units.all():
        see_unit(by=person, enrolment=enrolment, unit=unit)
    for key in ("text", "picture", "file"):
        mark_unit_done(unit_key=key, **given)
    for number, (key, answer) in enumerate((("colour", "a"), ("steps", ["off", "verify", "secure"])), start=1):
        report_unit(unit_key="exercise", report={"question": key, "answer": answer}, save_number=number, **given)
    report_unit(unit_key="exercise", report={"question": "steps", "show": True}, save_number=3, **given)
    video = {"spans": [], "duration": 0, "position": 0, "transcript_read": True}
    report_unit(unit_key="video", report=video, save_number=1, **given)
    uids = []
    for key in ("quiz", "final"):
        attempt = start_unit_attempt(unit_key=key, **given)
        for response in attempt.responses.select_related("question"):
            raw = RIGHT.get(response.question.kind)
            save_answer(by=person, attempt_uid=attempt.uid, position=response.position, raw=raw, save_number=1)
        submit_unit_attempt(by=person, attempt_uid=attempt.uid)
        uids.append(str(attempt.uid))
    assert UnitProgress.objects.filter(enrolment=enrolment, done_at=None).exists()  # what is not required
    return uids[0]


def _wait(person: User, version: Any, cohort: Any) -> None:
    from synchromesh.learning.operations.joining import join_cohort

    join_cohort(by=person, cohort=cohort, language="en", key=cohort.code)
