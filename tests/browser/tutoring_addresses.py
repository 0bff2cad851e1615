"""Pages of tutors in every state worth looking at, and the courses that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from synchromesh.accounts.models import User

SLUG = "tutored"
QUIET = "tutored-quietly"
"""A course in which nothing happens yet."""
TO_MARK, TO_TRY = "to-be-marked", "to-be-tried"
"""Courses that the journeys change; nobody looks at their pages otherwise."""
TUTOR, AUTHOR, MARKED = "tutor", "tutoring-author", "marked-learner"
NAMES = (TUTOR, AUTHOR, MARKED)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""


def tutoring_states() -> tuple[State, ...]:
    """Every page, with the addresses of `tutoring_content` in braces."""

    def of_tutor(name: str, path: str, state: str = "", *, slug: str = SLUG, **more: Any) -> State:
        return _page(f"teach:{name}", f"/en/teach/courses/{slug}/{path}", state, **({"person": TUTOR} | more))

    def of_author(name: str, path: str, state: str = "", **more: Any) -> State:
        return of_tutor(name, path, state, **({"person": AUTHOR} | more))

    cohort = "cohorts/{tutored_cohort}/"
    refused: dict[str, Any] = {"status": 422}
    return (
        _page("teach:home", "/en/teach/", "of a tutor", person=TUTOR),
        _page("teach:home", "/en/teach/", "nothing", person="newcomer"),
        of_tutor("course", "", "of a tutor"),
        of_author("course", "", "of an author"),
        of_tutor("learners", "learners/"),
        of_tutor("learners", "learners/?show=stuck&cohort={tutored_cohort}", "only those who are stuck"),
        of_tutor("learners", "learners/", "nobody", slug=QUIET),
        of_tutor("learner", "learners/{tutored_learner}/"),
        of_tutor("learner", "learners/{tutored_learner}/", "refused", then=_give_too_much_time, **refused),
        of_tutor("learner", "learners/{finished_learner}/", "completed"),
        of_tutor("marking", "marking/"),
        of_tutor("marking", "marking/", "nothing waits", slug=QUIET),
        of_tutor("mark", "marking/{to_mark}/1/", then=open_all),
        of_tutor("statistics", "statistics/?test={answered_test}", then=open_all),
        of_tutor("statistics", "statistics/", "nobody has finished", slug=QUIET),
        of_author("cohorts", "cohorts/"),
        of_author("cohorts", "cohorts/", "refused", then=_open_without_joining, **refused),
        of_tutor("cohorts", "cohorts/", "none", slug=QUIET),
        of_author("cohort", cohort, then=open_all),
        of_author("cohort", cohort, "refused", then=_send_nothing, **refused),
        of_tutor("cohort", cohort, "of a tutor"),
        of_author("cohort-import", f"{cohort}import/"),
        of_author("cohort-import", f"{cohort}import/?list={{people_list}}", "preview with problems"),
        of_author(
            "cohort-import",
            f"{cohort}import/",
            "refused",
            then=lambda page: submit(page, "Show what would happen"),
            **refused,
        ),
        of_tutor("attendance", f"{cohort}attendance/live-session/"),
        of_tutor("discussions", "discussions/", then=open_all),
        of_tutor("discussions", "discussions/", "nothing said", slug=QUIET),
        of_author("pilot", "pilot/", "enough to decide", then=open_all),
        of_author("pilot", "pilot/", "refused", then=lambda page: submit(page, "Decide"), **refused),
        of_author("pilot", "pilot/?pilot={decided_pilot}", "decided"),
        of_author("pilot", "pilot/", "to be opened", slug=QUIET),
    )


TUTORING_NO_PAGES: dict[str, str] = {}


def _give_too_much_time(page: Any) -> None:
    page.locator("#percent").evaluate("(field) => { field.form.noValidate = true; field.value = '999'; }")
    page.locator("button[value=percent]").click()
    page.locator(".error-summary").wait_for()


def _open_without_joining(page: Any) -> None:
    page.locator("#id_seats").fill("-1")
    submit(page, "Open this cohort")


def _send_nothing(page: Any) -> None:
    open_all(page)
    submit(page, "Send the message")


def tutoring_content() -> dict[str, str]:
    """A course with learners in every situation, cohorts, answers to mark, posts and pilots; courses for journeys."""
    from synchromesh.accounts.models import User

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    decided = _version(SLUG, people)
    version = _next_version(decided)
    cohort = _cohort(people, version)
    found = {"tutored_cohort": str(cohort.run.uid), "people_list": _list(people, cohort)}
    found |= _learners(version, cohort) | _pilots(people, decided, version)
    _version(QUIET, people)
    _posts(version)
    return found | {"marked_attempt": _journeys(people)}


def _version(slug: str, people: dict[str, User]) -> Any:
    """A published version with texts, tests, an assignment and a live session; its author and its tutor."""
    from tests.learning.pilot_records import a_version_to_try
    from tests.learning.records import a_unit, give_part

    version = a_version_to_try(slug)
    section = version.sections.get(key="second")
    a_unit(section, "assignment", is_required=False)
    a_unit(section, "live-session", is_required=False, titles={"en": "We open a pack together"})
    give_part(people[AUTHOR], version.course, "author")
    give_part(people[TUTOR], version.course, "tutor")
    return version


def _next_version(version: Any) -> Any:
    """The next version, with the same tests."""
    from tests.learning.records import a_course_with_content, a_unit

    newer = a_course_with_content(version.course.slug, course=version.course, kinds=("text", "picture"))
    section = newer.sections.get(key="second")
    for unit in version.units.exclude(instrument=None):
        a_unit(section, unit.kind, key=unit.key, instrument=unit.instrument)
    a_unit(section, "live-session", is_required=False, titles={"en": "We open a pack together"})
    return newer


def _cohort(people: dict[str, User], version: Any) -> Any:
    from datetime import timedelta

    from django.utils import timezone
    from tests.learning.records import a_cohort

    from synchromesh.learning.models import CohortDate
    from synchromesh.learning.operations.cohort_invitations import send_invitations
    from synchromesh.learning.operations.messages import send_message

    now = timezone.now()
    today = timezone.localdate()
    cohort = a_cohort(version.course, seats=9, starts_on=today, joining="code", code="3K2M-9QXR")
    a_cohort(version.course)
    CohortDate.objects.create(cohort=cohort, unit_key="text", at=now - timedelta(days=2))
    CohortDate.objects.create(cohort=cohort, unit_key="before", at=now + timedelta(days=9))
    CohortDate.objects.create(
        cohort=cohort, unit_key="live-session", at=now, place="Room 4, North Works", url="https://meet.example.org/a"
    )
    send_invitations(by=people[AUTHOR], cohort=cohort, addresses=["one@example.org", "two@example.org"])
    send_message(by=people[AUTHOR], cohort=cohort, subject="Before we begin", text="Bring gloves.\n\nSee you there.")
    return cohort


def _list(people: dict[str, User], cohort: Any) -> str:
    from io import BytesIO

    from synchromesh.learning.operations.cohort_import import preview_cohort_import

    text = "email,name,language\nnew@example.org,Nina New,de\nnonsense,Nobody,\none@example.org,,xx\n"
    file = BytesIO(text.encode())
    batch, _ = preview_cohort_import(by=people[AUTHOR], cohort=cohort, file=file, name="people.csv")
    return str(batch.uid)


def _learners(version: Any, cohort: Any) -> dict[str, str]:
    """Nine with a place, two who wait. One is stuck, has handed in and takes a test; one has completed."""
    from datetime import timedelta

    from django.utils import timezone
    from tests.learning.pilot_records import a_participant, a_result, an_answer
    from tests.learning.records import a_done_unit, a_learner, an_enrolment

    from synchromesh.assessment.models import Attempt
    from synchromesh.learning.models import StuckReport

    now = timezone.now()
    rows = []
    for number in range(9):
        state = {"state": "completed", "completed_at": now} if number % 3 == 2 else {}
        one = a_participant(version, person=a_learner(f"tutored {number}"), run=cohort.run, last_seen_at=now, **state)
        a_done_unit(one, "text", seconds=300 + 60 * number)
        _answer(a_result(one, "before", 20 + number % 2 * 10), right=number % 3)
        a_result(one, "after", 70 + number % 3 * 10)
        an_answer(one, "4" if number % 2 else "5", f"It was number {number} of the good ones")
        rows.append(one)
    for number in range(2):
        an_enrolment(version, a_learner(f"waiting {number}"), run=cohort.run, state="waiting")
    first = rows[0]
    picture = version.units.get(key="picture")
    StuckReport.objects.create(enrolment=first, unit=picture, text="Which of the two cables?\nBoth are orange.")
    test = version.units.get(key="asks").instrument
    Attempt.objects.create(
        instrument=test, person=first.person, occasion=first.uid, number=2, seed=1, language="en",
        started_at=now, due_at=now + timedelta(minutes=40),
    )  # fmt: skip
    return {
        "tutored_learner": str(first.uid),
        "finished_learner": str(rows[2].uid),
        "to_mark": _handed_in(first, "assignment"),
        "answered_test": str(version.units.get(key="before").instrument.uid),
    }


def _answer(attempt: Any, *, right: int) -> None:
    """Answers to the questions of an attempt, of which so many are right."""
    from tests.learning.question_documents import RIGHT

    from synchromesh.assessment.models import Question, Response

    questions = Question.objects.filter(entries__part__instrument=attempt.instrument).order_by(
        "entries__part__position"
    )
    for position, question in enumerate(questions, start=1):
        is_right = position <= right
        answer = RIGHT[question.kind] if is_right else ["b"] if question.kind == "multiple" else "b"
        Response.objects.create(
            attempt=attempt, position=position, question=question, answer=answer, is_correct=is_right,
            points=question.points if is_right else 0, seconds=20 * position,
        )  # fmt: skip


def _handed_in(enrolment: Any, key: str) -> str:
    """An assignment that waits for a mark."""
    from django.utils import timezone

    from synchromesh.assessment.models import Attempt, Question, Response

    unit, now = enrolment.version.units.get(key=key), timezone.now()
    attempt = Attempt.objects.create(
        instrument=unit.instrument, person=enrolment.person, occasion=enrolment.uid, number=1, seed=1, language="en",
        started_at=now, submitted_at=now,
    )  # fmt: skip
    question = Question.objects.filter(entries__part__instrument=unit.instrument).get()
    answer = "First I switch the car off.\nThen I wait, secure it, and verify that there is no voltage."
    Response.objects.create(
        attempt=attempt, position=1, question=question, answer=answer, waits_for_mark=True, saved_at=now
    )
    return str(attempt.uid)


def _pilots(people: dict[str, User], decided: Any, version: Any) -> dict[str, str]:
    """One that was decided, and one that could be."""
    from tests.learning.pilot_records import a_pilot

    from synchromesh.learning.operations.pilots import record_decision

    earlier = a_pilot(decided)
    record_decision(by=people[AUTHOR], pilot=earlier, decision="revise", note="Nobody came.\n\nWe ask two plants.")
    a_pilot(version)
    return {"decided_pilot": str(earlier.uid)}


def _posts(version: Any) -> None:
    from django.utils import timezone
    from tests.learning.records import a_learner, an_enrolment

    from synchromesh.learning.models import Post, PostReport

    author = an_enrolment(version, a_learner("talker")).person
    common = {"course": version.course, "unit_key": "text", "language": "en", "author": author}
    reported = Post.objects.create(text="Buy gloves from me:\nwww.example.org", **common)
    PostReport.objects.create(post=reported, person=a_learner("reporter"), reason="This is an advert")
    Post.objects.create(text="Why is the cable orange?", **common)
    hidden = {"hidden_at": timezone.now(), "hidden_by": "operator", "hidden_because": "Names a person"}
    Post.objects.create(text="Somebody of our plant did it wrong.", **common, **hidden)


def _journeys(people: dict[str, User]) -> str:
    """An answer that a journey marks, and a course whose learners it measures; the uid of the attempt."""
    from tests.learning.pilot_records import a_participant, a_result
    from tests.learning.records import a_course_with_content, an_enrolment, give_part

    version = a_course_with_content(TO_MARK, kinds=("text", "assignment"))
    give_part(people[TUTOR], version.course, "tutor")
    to_try = _version(TO_TRY, people)
    for number in range(6):
        one = a_participant(to_try)
        a_result(one, "before", 20)
        a_result(one, "after", 60 + number % 3 * 10)
    return _handed_in(an_enrolment(version, people[MARKED]), "assignment")
