"""Exercises on battery passports: a form without a script, the marking with its reasons, and another try."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from tests.learning.records import a_course_with_content, a_learner, an_enrolment, give_part
from tests.records import a_skill_in_force
from tests.web.courses.learning.learning_site import LEARN, learning, text_of

from synchromesh.catalogue.models import CourseSkill
from synchromesh.engine.passport_models.exercises import exercise_kinds
from synchromesh.learning.models import Unit, UnitProgress
from synchromesh.learning.unit_kinds import personal_kind, seed_of

pytestmark = pytest.mark.django_db
PAGE = f"{LEARN}passport-exercise/"
KINDS = tuple(exercise_kinds())


def begun(client: Client, **content: Any) -> UnitProgress:
    """A learner who has opened the exercise."""
    found = learning(client, kinds=("passport-exercise", "text"))
    unit = Unit.objects.get(kind="passport-exercise")
    unit.content = {**unit.content, **content}
    unit.save()
    client.get(PAGE)
    return UnitProgress.objects.get(enrolment=found.enrolment, unit=unit)


def exercise_of(progress: UnitProgress) -> Any:
    """What this learner sees."""
    progress.refresh_from_db()
    kind = personal_kind("passport-exercise")
    assert kind is not None
    seed = seed_of(progress.enrolment.uid, progress.unit.uid)
    return kind.show_own(progress.unit.content, progress.state, seed=seed)["exercise"]


def right_form(exercise: Any) -> dict[str, Any]:
    """The form with every right answer, as a browser sends it."""
    form: dict[str, Any] = {}
    key = exercise_kinds()[exercise.kind].answer_key(exercise.seed, exercise.options)
    for name, answer in key.items():
        if isinstance(answer, Mapping):
            form |= {f"a-{name}": f"{answer['value']:.10g}", f"u-{name}": answer["unit"]}
        else:
            form[f"a-{name}"] = answer
    return form


def sent(client: Client, form: Mapping[str, Any], *, number: int = 0) -> Any:
    """Send the form; the number of the save is that of the page."""
    page = client.get(PAGE).content.decode()
    found = re.search(r'name="save_number" value="(\d+)"', page)
    save_number = found.group(1) if found else "0"
    return client.post(PAGE, {"do": "report", "number": str(number), "save_number": save_number, **form})


@pytest.mark.parametrize("level", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown_answered_rightly_and_done(kind: str, level: int, client: Client) -> None:
    progress = begun(client, exercise=kind, level=level, battery="ev")
    before = text_of(client.get(PAGE))
    assert "Practice, not a legal passport" in before
    assert "Clause" not in before
    assert "Only authors and reviewers see this" not in before
    html5lib.HTMLParser(strict=True).parse(client.get(PAGE).content.decode())  # type: ignore[no-untyped-call]
    assert sent(client, right_form(exercise_of(progress))).status_code == 302
    after = text_of(client.get(PAGE))
    assert "100 %" in after.replace("\N{NO-BREAK SPACE}", " ")
    assert "not checked against the text" in after
    assert "You have done this unit." in after
    html5lib.HTMLParser(strict=True).parse(client.get(PAGE).content.decode())  # type: ignore[no-untyped-call]
    progress.refresh_from_db()
    assert progress.state["tries"] == [{"number": 0, "percent": 100}]


def test_a_poor_answer_leaves_the_unit_open_and_says_what_was_missed(client: Client) -> None:
    begun(client)
    sent(client, {"a-wrong": ["manufacturer_country"]})
    text = text_of(client.get(PAGE))
    assert "Missed" in text
    assert "You have done this unit." not in text
    assert "is needed. Read why, then take another exercise." in text


def test_a_marked_exercise_stays_as_it_was_and_another_one_differs(client: Client) -> None:
    progress = begun(client)
    first = exercise_of(progress)
    sent(client, {"a-wrong": ["manufacturer_country"]})
    assert exercise_of(progress) == first
    refused = text_of(sent(client, {"a-wrong": ["cell_count"]}), status=422)
    assert "This exercise is marked already." in refused
    sent(client, {"again": "1"})
    assert exercise_of(progress) != first
    text = text_of(client.get(PAGE))
    assert "try 2" in text
    assert "Your results" in text


def test_nothing_ticked_is_refused_and_what_was_typed_is_kept(client: Client) -> None:
    begun(client, exercise="read-footprint")
    refused = text_of(sent(client, {}), status=422)
    assert "Answer something first." in refused
    stale = text_of(sent(client, {"a-sum": "0.04711"}, number=7), status=422)
    assert "This page shows an earlier exercise." in stale
    assert 'value="0.04711"' in stale


def test_two_learners_get_two_exercises(client: Client) -> None:
    version = a_course_with_content("hv-safety", kinds=("passport-exercise",))
    pages = []
    for name in ("ann", "bo"):
        person = a_learner(name)
        an_enrolment(version, person)
        client.force_login(person)
        pages.append(re.sub(r'csrf[^>]*value="\w+"', "", client.get(PAGE).content.decode()))
    facts = [re.findall(r'<dl class="facts">.*?</dl>', page, re.DOTALL) for page in pages]
    assert [len(found) for found in facts] == [1, 1]
    assert facts[0] != facts[1]


def test_a_number_that_is_typed_in_another_language_is_read(client: Client) -> None:
    progress = begun(client, exercise="build-category", level=1)
    exercise = exercise_of(progress)
    form = {
        name: value.replace(".", ",") if name.startswith("a-") and isinstance(value, str) else value
        for name, value in right_form(exercise).items()
    }
    sent(client, form)
    progress.refresh_from_db()
    assert progress.state["tries"][0]["percent"] == 100


def test_a_right_amount_in_another_unit_is_called_a_slip_of_the_unit(client: Client) -> None:
    progress = begun(client, exercise="read-footprint")
    exercise = exercise_of(progress)
    total = exercise_kinds()["read-footprint"].answer_key(exercise.seed, exercise.options)["sum"]["value"]
    sent(client, {"a-sum": f"{total * 1000:.8g}", "u-sum": "g CO2e/kWh"})
    text = text_of(client.get(PAGE))
    assert "Slip of the unit" in text
    assert "the passport asks for kg CO2e/kWh" in text


def test_a_report_that_was_made_up_is_refused_or_does_no_harm(client: Client) -> None:
    begun(client)
    assert client.post(PAGE, {"do": "report", "number": "x", "a-wrong": "cell_count"}).status_code == 422
    assert sent(client, {"again": "1"}).status_code == 422
    assert sent(client, {"seed": "1", "a-wrong": "no-such-field"}).status_code == 422


def test_the_skills_that_a_result_is_evidence_for_are_named_with_it(client: Client) -> None:
    a_skill_in_force("isolate-hv", titles={"en": "Isolate high voltage"})
    progress = begun(client, skills=["isolate-hv", "gone"])
    assert "Isolate high voltage" not in text_of(client.get(PAGE))
    sent(client, right_form(exercise_of(progress)))
    with CaptureQueriesContext(connection) as asked:
        assert "Isolate high voltage" in text_of(client.get(PAGE))
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 10


def test_a_finished_exercise_stands_on_my_pages_with_its_level_source_and_day(client: Client) -> None:
    skill = a_skill_in_force("isolate-hv", titles={"en": "Isolate high voltage"})
    progress = begun(client, skills=["isolate-hv"], level=2)
    CourseSkill.objects.create(
        course=progress.enrolment.course, skill=skill, level=2, confirmed_at=timezone.now(), confirmed_by="operator"
    )
    assert "What shows it" not in text_of(client.get("/en/me/plan/"))
    sent(client, right_form(exercise_of(progress)))
    assert "(Practitioner)" in text_of(client.get(PAGE))
    page = client.get("/en/me/plan/").content.decode()
    [row] = re.findall(r"<tr><th scope=\"row\">(?:(?!</tr>).)*assessed: (?:(?!</tr>).)*</tr>", page)
    assert "Isolate high voltage" in row
    assert "Practitioner" in row
    assert f'href="{LEARN}"' in row
    assert date_format(timezone.localdate(), "j F Y") in row
    client.force_login(a_learner("other"))
    assert "Isolate high voltage" not in client.get("/en/me/plan/").content.decode()


def test_a_skill_that_nobody_confirmed_for_the_course_is_shown_without_a_level(client: Client) -> None:
    a_skill_in_force("isolate-hv", titles={"en": "Isolate high voltage"})
    progress = begun(client, skills=["isolate-hv"])
    sent(client, right_form(exercise_of(progress)))
    assert "no level: nobody has confirmed that the course teaches it" in text_of(client.get(PAGE))
    assert "What shows it" not in text_of(client.get("/en/me/plan/"))


def test_an_author_sees_one_of_the_exercises_beforehand(client: Client) -> None:
    course = a_course_with_content("hv-safety", published=False, kinds=("passport-exercise",)).course
    client.force_login(give_part(a_learner("autor"), course, "author"))
    page = text_of(client.get("/en/teach/courses/hv-safety/preview/passport-exercise/"))
    assert "This passport has faults." in page
    assert "Only authors and reviewers see this" in page
    assert page.count("Found") == 3
    Unit.objects.update(content={})
    assert "No exercise is chosen yet." in text_of(client.get("/en/teach/courses/hv-safety/preview/passport-exercise/"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_whole_page_in_german_too_with_decimal_commas(kind: str, client: Client) -> None:
    progress = begun(client, exercise=kind, level=2)
    sent(client, right_form(exercise_of(progress)))
    page = client.get(PAGE.replace("/en/", "/de/"))
    assert page.status_code == 200
    shown = page.content.decode()
    html5lib.HTMLParser(strict=True).parse(shown)  # type: ignore[no-untyped-call]
    assert 'lang="de"' in shown
    if kind in {"second-life", "trace-materials"}:
        assert re.search(r"\d,\d\N{NO-BREAK SPACE}(%|kg)", shown)
