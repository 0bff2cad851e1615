"""Comments on a draft as the desk shows them, and what a form about them asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.framework.models import JobRole, Skill, VersionComment
from synchromesh.framework.operations.comments import add_comment, resolve_comment
from synchromesh.web.desk.framework_forms import CommentForm
from synchromesh.web.people import name_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment with the names of people, and what it is about (None: the draft as a whole, or this page's subject)."""

    comment: VersionComment
    author: str
    resolver: str
    about: Skill | JobRole | None
    address: str


def find_remarks(comments: Sequence[VersionComment], *, person: User, with_subjects: bool = False) -> list[Remark]:
    """The comments with names, in at most three queries, whatever their number."""
    names = name_people([uid for row in comments for uid in (row.written_by, row.resolved_by)], reader=person)
    subjects = _subjects(comments) if with_subjects else {}
    return [
        Remark(
            comment=row,
            author=names.get(row.written_by, ""),
            resolver=names.get(row.resolved_by, ""),
            about=subjects.get(str(row.subject_uid)),
            address=_address(subjects.get(str(row.subject_uid))),
        )
        for row in comments
    ]


def handle_comment(request: HttpRequest, person: User, *, about: Skill | JobRole | None = None) -> CommentForm | None:
    """Do what a form about comments asks for; the form again where something is wrong with it, else None."""
    if request.POST.get("do") == "resolve":
        resolve_comment(by=person, uid=request.POST.get("comment", ""))
        messages.success(request, gettext("The comment is marked as settled."))
        return None
    form = CommentForm(request.POST)
    if not form.is_valid():
        return form
    add_comment(by=person, text=form.cleaned_data["text"], about=about)
    messages.success(request, gettext("Your comment is there."))
    return None


def _subjects(comments: Sequence[VersionComment]) -> dict[str, Skill | JobRole]:
    uids = {
        kind: [row.subject_uid for row in comments if row.subject == kind and row.subject_uid is not None]
        for kind in ("skill", "role")
    }
    found: dict[str, Skill | JobRole] = {}
    if uids["skill"]:
        found |= {str(skill.uid): skill for skill in Skill.objects.filter(uid__in=uids["skill"])}
    if uids["role"]:
        found |= {str(role.uid): role for role in JobRole.objects.filter(uid__in=uids["role"])}
    return found


def _address(about: Skill | JobRole | None) -> str:
    if about is None or about.retired_at is not None:
        return ""
    return reverse("desk:framework-skill" if isinstance(about, Skill) else "desk:framework-role", args=[about.slug])
