"""Who sees which page of authors, how many questions each asks the database, and what is refused."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.browser.authoring_addresses import NAMES, SLUG, UNIT_KINDS, authoring_content, authoring_states

from synchromesh.accounts.models import User
from synchromesh.learning.models import ContentVersion, Unit

pytestmark = pytest.mark.django_db
PAGES = f"/en/teach/courses/{SLUG}/"
MOST_QUERIES = 10
UNKNOWN_VARIABLE = "⚠"


@pytest.fixture
def content() -> dict[str, str]:
    """The course with its draft, its author and its reviewer."""
    return authoring_content()


def _sign_in(client: Client, name: str) -> User:
    person = User.objects.get(email=f"{name}@example.org")
    client.force_login(person)
    return person


def test_every_page_opens_for_whom_it_is_made_and_for_nobody_else(
    client: Client, content: dict[str, str], person: User
) -> None:
    for state in authoring_states():
        assert state.person in NAMES
        path = state.path.format(**content)
        _sign_in(client, state.person)
        page = client.get(path)
        opened = 200 if state.then else state.status  # its status is that of what is done on the page
        assert page.status_code == opened, state.name
        words = page.content.decode()
        assert UNKNOWN_VARIABLE not in words, (state.name, words.partition(UNKNOWN_VARIABLE)[2][:200])
        client.force_login(person)
        assert client.get(path).status_code == 403, state.name
        client.logout()
        assert client.get(path).status_code == 302, state.name


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_and_the_pages_of_units_ask_few_questions(
    name: str, client: Client, content: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _sign_in(client, name)
    pages = [
        "outline/",
        *(f"units/{kind}/" for kind in UNIT_KINDS),
        *(f"preview/{kind}/" for kind in ("text", "video")),
        "questions/q-match/",
    ]
    for page in pages:
        with django_assert_max_num_queries(MOST_QUERIES, info=page):
            client.get(f"{PAGES}{page}")


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("outline/", {"do": "add-section", "title": "Mine"}),
        ("outline/", {"do": "unit-down", "unit": "text"}),
        ("units/text/", {"do": "delete"}),
        ("units/text/translate/de/", {"path-0": "titles", "text-0": "Meins"}),
        ("versions/", {"do": "publish"}),
        ("versions/", {"do": "discard"}),
        ("people/", {"email": "reviewer@example.org", "part": "author"}),
        ("questions/q-single/", {"do": "retire"}),
        ("tests/everything/", {"do": "discard"}),
        ("media/", {"do": "remove", "name": "pack.svg"}),
    ],
)
def test_a_reviewer_changes_nothing(page: str, sent: dict[str, str], client: Client, content: dict[str, str]) -> None:
    _sign_in(client, "reviewer")
    draft = ContentVersion.objects.get(course__slug=SLUG, published_at=None)
    before = list(draft.units.values_list("key", "titles", "position"))
    assert client.post(f"{PAGES}{page}", sent).status_code in {302, 403}
    assert list(draft.units.values_list("key", "titles", "position")) == before


def test_a_reviewer_remarks_and_takes_the_remark_back(client: Client, content: dict[str, str]) -> None:
    reviewer = _sign_in(client, "reviewer")
    assert client.post(f"{PAGES}versions/", {"do": "remark", "unit": "text", "text": ""}).status_code == 422
    client.post(f"{PAGES}versions/", {"do": "remark", "unit": "text", "text": "Which pack?"})
    draft = ContentVersion.objects.get(course__slug=SLUG, published_at=None)
    remark = draft.remarks.get(text="Which pack?")
    assert remark.written_by == reviewer.public_id
    assert "Which pack?" in client.get(f"{PAGES}preview/text/").content.decode()
    client.post(f"{PAGES}versions/", {"do": "settle", "remark": str(remark.uid)})
    remark.refresh_from_db()
    assert remark.settled_at is not None


def test_a_preview_records_nothing_and_says_so(client: Client, content: dict[str, str]) -> None:
    from synchromesh.learning.models import Enrolment

    _sign_in(client, "author")
    for kind in UNIT_KINDS:
        page = client.get(f"{PAGES}preview/{kind}/").content.decode()
        assert "Preview: nothing is recorded" in page
    assert not Enrolment.objects.exists()


def test_units_and_sections_move_by_buttons(client: Client, content: dict[str, str]) -> None:
    _sign_in(client, "author")
    keys = Unit.objects.filter(version__published_at=None, version__course__slug=SLUG).order_by(
        "section__position", "position"
    )
    assert [unit.key for unit in keys][:3] == ["text", "video", "picture"]
    moved = client.post(f"{PAGES}outline/", {"do": "unit-down", "unit": "text"})
    assert moved["Location"].endswith("#unit-text")
    assert [unit.key for unit in keys.all()][:3] == ["video", "text", "picture"]
    part = client.post(f"{PAGES}outline/", {"do": "section-up", "section": "second"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert keys.all()[0].key == "file"
    client.post(f"{PAGES}outline/", {"do": "place-unit", "unit": "file", "section": "first", "position": "2"})
    assert [unit.key for unit in keys.all()].index("file") == 2
    assert client.post(f"{PAGES}outline/", {"do": "delete-section", "section": "first"}).status_code == 409
    assert client.post(f"{PAGES}outline/", {"do": "nonsense"}).status_code == 422
