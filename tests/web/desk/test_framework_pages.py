"""The framework at the desk: start, ask, publish by another person, discard, comment; and how many queries it takes."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_role, a_skill, csv_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.framework.models import FrameworkVersion, JobRole, Requirement, Skill, VersionComment, VersionStatus
from synchromesh.framework.operations.comments import add_comment
from synchromesh.framework.operations.drafting import add_requirement, change_anchors, start_draft
from synchromesh.framework.operations.publishing import request_publication
from synchromesh.framework.queries.versions import Need
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/framework/"
MOST_QUERIES = 20


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    """The browser of somebody of the alliance's staff, on a site with one published version."""
    a_role("technician", {"weld": 2})
    client.force_login(staff)
    return client


def _text(page: Any) -> str:
    text = " ".join(unescape(page.content.decode()).split())
    assert "⚠" not in text
    return text


def _do(desk: Client, do: str, **fields: str) -> Any:
    return desk.post(PAGE, {"do": do} | fields, follow=True)


@pytest.mark.parametrize("address", ["", "skills/", "roles/", "skills/weld/", "roles/technician/"])
def test_only_alliance_staff_see_the_editor(desk: Client, manager: User, address: str) -> None:
    assert desk.get(PAGE + address).status_code == 200
    assert Client().get(PAGE + address)["Location"].startswith("/en/account/login/")
    desk.force_login(manager)
    assert desk.get(PAGE + address).status_code == 403
    assert desk.post(PAGE + address, {"do": "start"}).status_code == 403


def test_a_draft_is_started_asked_for_and_published_by_another_person(desk: Client, second_desk: Client) -> None:
    assert "Ask to publish" not in _text(desk.get(PAGE))
    assert "The draft is there." in _text(_do(desk, "start"))
    asked = _text(_do(desk, "request"))
    assert "Stan Staff asked on" in asked
    assert 'value="publish" disabled aria-describedby="why-not"' in asked
    assert "somebody else of the alliance's staff must publish it" in asked
    assert _do(desk, "publish").status_code == 403
    seen = _text(second_desk.get(PAGE))
    assert "Stan Staff asked on" in seen
    assert 'value="publish">' in seen
    assert "The version is published." in _text(_do(second_desk, "publish"))
    assert FrameworkVersion.objects.get(status=VersionStatus.PUBLISHED).number == 2


def test_before_somebody_asks_nobody_can_publish(desk: Client) -> None:
    assert 'value="publish" disabled' in _text(_do(desk, "start"))
    assert _do(desk, "publish").status_code == 409


def test_a_request_is_withdrawn_and_a_draft_discarded_and_brought_back(desk: Client) -> None:
    _do(desk, "start")
    _do(desk, "request")
    assert "The request to publish is withdrawn." in _text(_do(desk, "withdraw"))
    gone = _text(_do(desk, "discard"))
    assert "The draft is discarded." in gone
    assert "Start a draft from the published version" in gone
    step = ImportBatch.objects.latest("pk")
    assert "The step is taken back." in _text(_do(desk, "undo", step=str(step.uid)))
    assert FrameworkVersion.objects.get(status=VersionStatus.DRAFT).number == 2


@pytest.mark.parametrize(("do", "status"), [("", 422), ("nonsense", 422), ("undo", 404), ("withdraw", 404)])
def test_a_button_that_is_not_there_does_nothing(desk: Client, do: str, status: int) -> None:
    assert _do(desk, do).status_code == status


def test_the_note_is_saved_and_shown_in_the_list_of_versions(desk: Client) -> None:
    _do(desk, "start")
    assert "The note is saved." in _text(_do(desk, "note", note="Welding is worded anew"))
    assert "Welding is worded anew" in _text(desk.get("/en/framework/versions/"))
    refused = _do(desk, "note", note="a" * 301)
    assert refused.status_code == 422
    assert "Please check what you entered" in _text(refused)


def test_a_comment_is_written_with_its_authors_name_and_settled(desk: Client, second_desk: Client) -> None:
    _do(desk, "start")
    assert _do(desk, "comment", text=" ").status_code == 422
    assert "Is <b>welding</b> right?" in _text(_do(desk, "comment", text="Is <b>welding</b> right?"))
    assert b"<b>welding" not in desk.get(PAGE).content
    add_comment(by=OPERATOR, text="Look here", about=Skill.objects.get())
    seen = _text(second_desk.get(PAGE))
    for words in ("Stan Staff", "the operator", '<a href="/en/desk/framework/skills/weld/">Weld</a>'):
        assert words in seen
    comment = VersionComment.objects.earliest("pk")
    assert "settled by Bea on" in _text(_do(second_desk, "resolve", comment=str(comment.uid)))


def test_a_comment_of_somebody_whose_account_is_deleted_stays(desk: Client, second_desk: Client, staff: User) -> None:
    start_draft(by=staff)
    add_comment(by=staff, text="Words that stay")
    staff.delete()
    seen = _text(second_desk.get(PAGE))
    assert "Words that stay" in seen
    assert "somebody whose account is deleted" in seen


def test_the_desk_says_how_many_comments_are_open_and_that_a_version_waits(desk: Client, staff: User) -> None:
    assert "No draft" in _text(desk.get("/en/desk/"))
    start_draft(by=staff)
    add_comment(by=staff, text="One")
    assert "Version 2 is a draft, 1 open comment" in _text(desk.get("/en/desk/"))
    request_publication(by=staff)
    assert "Version 2 waits for somebody to publish it, 1 open comment" in _text(desk.get("/en/desk/"))


def test_a_file_is_read_into_the_draft_and_publishes_nothing(desk: Client) -> None:
    _do(desk, "start")
    table = csv_file({"id": "weld", "kind": "skill", "title_en": "Weld", "anchor_3_en": "Teaches welding."})
    sent = {"kind": "framework", "draft": "1", "file": SimpleUploadedFile("skills.csv", table)}
    desk.post("/en/desk/imports/", sent)
    desk.post(f"/en/desk/imports/{ImportBatch.objects.latest('pk').uid}/commit/")
    assert list(FrameworkVersion.objects.values_list("number", "status")) == [(2, "draft"), (1, "published")]
    assert "Teaches welding." in _text(desk.get(f"{PAGE}skills/weld/"))


def test_edits_do_not_crowd_the_list_of_imports(desk: Client, staff: User) -> None:
    start_draft(by=staff)
    assert "draft started" not in _text(desk.get("/en/desk/imports/"))
    assert "draft started from version 1" in _text(desk.get(PAGE))


def test_one_chooses_by_words_and_sees_what_differs(desk: Client, staff: User) -> None:
    start_draft(by=staff)
    a_skill("drive")
    change_anchors(by=staff, skill=Skill.objects.get(slug="weld"), language="en", texts={1: "Knows."})
    every = _text(desk.get(f"{PAGE}skills/"))
    assert every.count("differs in the draft") == 1
    assert "2 skills" in every
    assert "1 skill" in _text(desk.get(f"{PAGE}skills/?q=driv"))
    assert "Nothing has these words" in _text(desk.get(f"{PAGE}roles/?q=driv"))


def test_without_anything_published_the_page_leads_to_the_imports(client: Client, staff: User) -> None:
    client.force_login(staff)
    assert "Nothing is published yet." in _text(client.get(PAGE))
    assert client.post(PAGE, {"do": "start"}).status_code == 409


def test_a_page_takes_few_queries_whatever_is_in_the_draft(
    desk: Client, second_desk: Client, staff: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    role = JobRole.objects.get()
    start_draft(by=staff)
    for number in range(12):
        skill = a_skill(f"skill-{number}")
        add_requirement(by=staff, role=role, skill=skill, need=Need(level=1, essential=True, weight=1))
        change_anchors(by=staff, skill=skill, language="en", texts={1: "Knows."})
        add_comment(by=staff, text="On the whole")
        add_comment(by=OPERATOR, text="On the skill", about=skill)
        add_comment(by=staff, text="On the role", about=role)
    assert Requirement.objects.filter(version__status=VersionStatus.DRAFT).count() == 13
    for address in ("", "skills/", "roles/", "skills/skill-1/", "roles/technician/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert second_desk.get(PAGE + address).status_code == 200
