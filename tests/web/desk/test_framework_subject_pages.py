"""A skill and a job role in the editor: published and draft side by side, marked in words too, and the forms."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.records import a_role, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.framework.models import Anchor, JobRole, Requirement, Skill, VersionComment, VersionStatus
from synchromesh.framework.operations.drafting import change_anchors, start_draft
from synchromesh.web.desk.framework_differences import Piece, mark_words

pytestmark = pytest.mark.django_db
SKILL = "/en/desk/framework/skills/weld/"
ROLE = "/en/desk/framework/roles/technician/"
NEED = {"level": "3", "essential": "no", "weight": "1", "source": "Panel of May"}


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    """The browser of somebody of the alliance's staff, with a draft."""
    a_role("technician", {"weld": 2, "drive": 1})
    a_skill("lift")
    start_draft(by=OPERATOR)
    client.force_login(staff)
    return client


def _text(page: Any) -> str:
    text = " ".join(unescape(page.content.decode()).split())
    assert "⚠" not in text
    return text


def _anchors(desk: Client, *, seen: str = "Does weld at 2.", **texts: str) -> Any:
    fields = {"do": "anchors", "language": "en", "seen-1": "", "seen-2": seen, "seen-3": ""}
    return desk.post(SKILL, fields | {f"en-{name}": text for name, text in texts.items()}, follow=True)


def _words(level: int) -> dict[str, str]:
    return dict(Anchor.objects.get(version__status=VersionStatus.DRAFT, skill__slug="weld", level=level).texts)


def _need(skill: str) -> Requirement | None:
    found: Requirement | None = Requirement.objects.filter(
        version__status=VersionStatus.DRAFT, skill__slug=skill
    ).first()
    return found


def test_words_are_marked_that_went_and_that_came() -> None:
    before, after = mark_words("Does weld at 2.", "Does the weld at 3.")
    assert before == (
        Piece(text="Does weld at ", marked=False),
        Piece(text="2", marked=True),
        Piece(text=".", marked=False),
    )
    assert [piece.text for piece in after if piece.marked] == [" the", "3"]
    assert "".join(piece.text for piece in after) == "Does the weld at 3."


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "New."), ("Old.", ""), ("Names steps.", "Wholly other words here"), ("Same.", "Same."), ("", "")],
)
def test_the_pieces_make_up_the_texts(before: str, after: str) -> None:
    old, new = mark_words(before, after)
    assert ("".join(piece.text for piece in old), "".join(piece.text for piece in new)) == (before, after)
    assert any(piece.marked for piece in (*old, *new)) is (before != after)


def test_a_level_is_changed_and_shown_beside_what_is_published(desk: Client) -> None:
    page = _text(_anchors(desk, level_1="Knows how.", level_2="Does weld at once."))
    assert "The draft is changed." in page
    assert '<del><span class="visually-hidden" lang="en">Removed: </span>2<span' in page
    assert '<ins><span class="visually-hidden" lang="en">Added: </span>once<span' in page
    for words in ("differs in the draft", "added", "changed", "Knows how."):
        assert words in page
    assert (_words(1), _words(2)) == ({"en": "Knows how."}, {"en": "Does weld at once."})


def test_a_text_that_is_too_long_is_kept_in_the_form_and_the_form_is_open(desk: Client) -> None:
    page = _anchors(desk, level_2="a" * 2001)
    assert page.status_code == 422
    assert "Please check what you entered" in _text(page)
    assert "a" * 2001 in _text(page)
    assert '<details class="disclosure" open>' in _text(page)


def test_somebody_who_was_faster_is_not_overwritten_and_the_words_typed_are_kept(desk: Client) -> None:
    change_anchors(by=OPERATOR, skill=Skill.objects.get(slug="weld"), language="en", texts={2: "Faster."})
    page = _anchors(desk, level_2="Slower.")
    assert page.status_code == 409
    text = _text(page)
    assert "Somebody has changed these texts" in text
    assert "Slower.</textarea>" in text
    assert 'name="seen-2" value="Faster."' in text
    assert _words(2) == {"en": "Faster."}
    _anchors(desk, seen="Faster.", level_2="Slower.")
    assert _words(2) == {"en": "Slower."}


def test_texts_in_another_language_are_added(desk: Client) -> None:
    page = _text(desk.get(f"{SKILL}?language=fr"))
    assert "Change the texts in French" in page
    sent = {"do": "anchors", "language": "fr", "fr-level_2": "Soude."}
    assert "The draft is changed." in _text(desk.post(f"{SKILL}?language=fr", sent, follow=True))
    assert _words(2) == {"en": "Does weld at 2.", "fr": "Soude."}
    assert '<p lang="fr">' in _text(desk.get(SKILL))


def test_a_retired_skill_cannot_be_edited(desk: Client) -> None:
    Skill.objects.filter(slug="weld").update(retired_at=timezone.now())
    assert desk.get(SKILL).status_code == 404


def test_without_a_draft_what_is_published_is_shown_and_nothing_can_be_sent(client: Client, staff: User) -> None:
    a_role("technician", {"weld": 2})
    client.force_login(staff)
    for address in (SKILL, ROLE):
        page = _text(client.get(address))
        assert "There is no draft." in page
        assert "<textarea" not in page
        assert "<del>" not in page
    assert _anchors(client, level_2="a").status_code == 404
    assert client.post(ROLE, {"do": "add", "skill": "weld"} | NEED).status_code == 404


def test_a_requirement_is_added(desk: Client) -> None:
    page = _text(desk.post(ROLE, {"do": "add", "skill": "lift"} | NEED, follow=True))
    assert "The requirement is added to the draft." in page
    assert "<ins>Expert, optional, weight 1 </ins>" in page
    row = _need("lift")
    assert row is not None
    assert (row.level, row.essential, row.weight, row.source) == (3, False, 1, "Panel of May")


def test_a_requirement_is_changed_and_both_are_shown(desk: Client) -> None:
    form = _text(desk.get(f"{ROLE}?skill=weld"))
    assert 'name="seen" value="2 yes 5"' in form
    assert '<option value="2" selected>' in form
    page = _text(desk.post(ROLE, {"do": "change", "needed": "weld", "seen": "2 yes 5"} | NEED, follow=True))
    assert "<del>Practitioner, essential, weight 5 </del>" in page
    assert "<ins>Expert, optional, weight 1 </ins>" in page


def test_a_requirement_is_removed(desk: Client) -> None:
    page = _text(desk.post(ROLE, {"do": "remove", "needed": "drive"}, follow=True))
    assert "The requirement is taken out of the draft." in page
    assert "<del>Awareness, essential, weight 5 </del>" in page
    assert _need("drive") is None


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"do": "add", "skill": ""} | NEED, 422),
        ({"do": "add", "skill": "weld"} | NEED, 409),
        ({"do": "change", "needed": "weld"} | NEED | {"level": "9"}, 422),
        ({"do": "change", "needed": "weld", "seen": "1 yes 5"} | NEED, 409),
        ({"do": "remove", "needed": "lift"}, 409),
        ({"do": "remove", "needed": "nothing"}, 404),
        ({"do": "nonsense"}, 422),
    ],
)
def test_what_does_not_fit_is_refused_and_writes_nothing(desk: Client, sent: dict[str, str], status: int) -> None:
    before = list(Requirement.objects.values())
    assert desk.post(ROLE, sent).status_code == status
    assert list(Requirement.objects.values()) == before


@pytest.mark.parametrize(("address", "kind"), [(SKILL, "skill"), (ROLE, "role")])
def test_a_comment_stands_at_its_subject(desk: Client, address: str, kind: str) -> None:
    assert "Is this right?" in _text(desk.post(address, {"do": "comment", "text": "Is this right?"}, follow=True))
    comment = VersionComment.objects.get()
    subject = Skill.objects.get(slug="weld") if kind == "skill" else JobRole.objects.get()
    assert (comment.subject, comment.subject_uid) == (kind, subject.uid)
    settled = desk.post(address, {"do": "resolve", "comment": str(comment.uid)}, follow=True)
    assert "settled by Stan Staff" in _text(settled)
    assert desk.post(address, {"do": "comment", "text": ""}).status_code == 422
