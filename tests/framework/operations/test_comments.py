"""Comments on a draft: who may write them, what they are about, and that they change nothing in it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.records import a_role

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound
from synchromesh.framework.models import FrameworkVersion, JobRole, Skill, VersionComment
from synchromesh.framework.operations.comments import LONGEST_COMMENT, add_comment, resolve_comment
from synchromesh.framework.operations.drafting import start_draft
from synchromesh.framework.operations.publishing import publish_draft, request_publication
from synchromesh.framework.queries.comments import count_open_comments, list_comments
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> FrameworkVersion:
    """A draft of one role that needs one skill."""
    a_role("technician", {"weld": 2})
    return start_draft(by=OPERATOR)


def test_a_comment_is_about_the_draft_a_skill_or_a_role(draft: FrameworkVersion, staff: User) -> None:
    skill, role = Skill.objects.get(), JobRole.objects.get()
    add_comment(by=staff, text="On the whole\r\n good. ")
    add_comment(by=staff, text="Too hard.", about=skill)
    add_comment(by=OPERATOR, text="Too much.", about=role)
    found = list_comments(draft, visible_to=staff)
    assert [(row.subject, row.subject_uid, row.text, row.written_by) for row in found] == [
        ("draft", None, "On the whole\n good.", staff.public_id),
        ("skill", skill.uid, "Too hard.", staff.public_id),
        ("role", role.uid, "Too much.", "operator"),
    ]
    assert [row.text for row in list_comments(draft, visible_to=staff, about=skill)] == ["Too hard."]
    event = AuditEvent.objects.filter(action="add_comment").earliest("pk")
    assert (event.actor, event.details) == (staff.public_id, {"number": 2})


def test_a_comment_leaves_the_request_to_publish_as_it_is(draft: FrameworkVersion, staff: User) -> None:
    request_publication(by=staff)
    add_comment(by=staff, text="Look at welding.")
    draft.refresh_from_db()
    assert (draft.requested_by, draft.revision) == (staff.public_id, 1)


def test_a_settled_comment_comes_after_the_open_ones_and_is_settled_once(draft: FrameworkVersion, staff: User) -> None:
    first = add_comment(by=staff, text="First.")
    add_comment(by=staff, text="Second.")
    assert count_open_comments(draft, visible_to=staff) == 2
    settled = resolve_comment(by=OPERATOR, uid=str(first.uid))
    assert (settled.resolved_by, settled.resolved_at is not None) == ("operator", True)
    assert resolve_comment(by=staff, uid=first.uid).resolved_by == "operator"
    assert [row.text for row in list_comments(draft, visible_to=staff)] == ["Second.", "First."]
    assert count_open_comments(draft, visible_to=staff) == 1
    assert AuditEvent.objects.filter(action="resolve_comment").count() == 1


def test_a_comment_of_a_published_version_can_still_be_settled(draft: FrameworkVersion) -> None:
    comment = add_comment(by=OPERATOR, text="Later.")
    publish_draft(by=OPERATOR)
    with pytest.raises(NotFound, match="no draft"):
        add_comment(by=OPERATOR, text="Too late.")
    assert resolve_comment(by=OPERATOR, uid=comment.uid).resolved_at is not None


@pytest.mark.parametrize("text", ["", " \n ", "a" * (LONGEST_COMMENT + 1), "a\0b"])
def test_an_empty_or_endless_comment_is_refused(draft: FrameworkVersion, text: str) -> None:
    with pytest.raises(InvalidInput):
        add_comment(by=OPERATOR, text=text)
    assert not VersionComment.objects.exists()


@pytest.mark.parametrize("uid", ["nonsense", "6f0c1f0a-5a5e-5d55-9c39-2b6a5c1e6d01"])
def test_a_comment_that_is_not_there_is_not_found(draft: FrameworkVersion, uid: str) -> None:
    with pytest.raises(NotFound):
        resolve_comment(by=OPERATOR, uid=uid)


def test_only_alliance_staff_read_and_write_comments(draft: FrameworkVersion, person: User) -> None:
    comment = add_comment(by=OPERATOR, text="Among us.")
    for actor in (person, VISITOR):
        with pytest.raises(NotAllowed):
            add_comment(by=actor, text="Me too.")
        with pytest.raises(NotAllowed):
            resolve_comment(by=actor, uid=comment.uid)
        assert list_comments(draft, visible_to=actor) == []
        assert count_open_comments(draft, visible_to=actor) == 0


@pytest.mark.parametrize("columns", [{"subject": "skill"}, {"subject": "draft", "resolved_by": "operator"}])
def test_the_database_refuses_half_a_comment(draft: FrameworkVersion, columns: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionComment.objects.create(version=draft, text="a", written_by="operator", **columns)
