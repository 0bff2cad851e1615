"""What completing a course earns: make an achievement from it, link one that is there, or take the link away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Achievement, AchievementVersion, Issuer
from synchromesh.credentials.permissions import may_edit_achievement
from synchromesh.credentials.queries.achievements import list_published
from synchromesh.credentials.queries.issuers import list_issuers_of
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.learning.operations.awarding import (
    link_achievement,
    make_course_achievement,
    unlink_achievement,
)
from synchromesh.learning.queries.achievement_courses import find_course_achievement
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_page import about_field, authoring_page, page_of
from synchromesh.web.templatetags.synchromesh import plain


class MakeForm(forms.Form):
    """In whose name the achievement is awarded."""

    issuer = forms.ChoiceField(label=gettext_lazy("Issuer"))

    def __init__(self, issuers: list[Issuer], data: Any = None, *, first: Issuer | None = None) -> None:
        super().__init__(data, initial={"issuer": first.organisation.slug if first else ""})
        self._issuers = {one.organisation.slug: one for one in issuers}
        names = [(slug, one.legal_name) for slug, one in self._issuers.items()]
        self.fields["issuer"].choices = names  # type: ignore[attr-defined]

    def chosen(self) -> Issuer:
        """The issuer."""
        return self._issuers[self.cleaned_data["issuer"]]


class LinkForm(forms.Form):
    """An achievement that is published already."""

    achievement = forms.ChoiceField(label=gettext_lazy("Achievement"))

    def __init__(self, versions: list[AchievementVersion], data: Any = None) -> None:
        super().__init__(data)
        self._found = {one.achievement.slug: one.achievement for one in versions}
        names = [(one.achievement.slug, f"{plain(one.titles)} ({one.issuer_name})") for one in versions]
        self.fields["achievement"].choices = names  # type: ignore[attr-defined]

    def chosen(self) -> Achievement:
        """The achievement."""
        return self._found[self.cleaned_data["achievement"]]


@authoring_page
def achievement(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """What the course earns; authors who also work for an issuer change it."""
    person, action = signed_in(request), request.POST.get("do", "")
    if request.method != "POST":
        return _page(request, authored, None, 200)
    require(authored.may_edit, "Only authors of the course change what it earns.")
    if action == "unlink":
        unlink_achievement(by=person, course=authored.course)
        messages.success(request, gettext("Completing the course earns no credential any more."))
        return redirect("teach:achievement", authored.course.slug)
    issuers = list_issuers_of(person)
    form = MakeForm(issuers, request.POST) if action == "make" else LinkForm(_linkable(issuers), request.POST)
    if form.is_valid():
        try:
            _change(person, authored, form)
        except (InvalidInput, Conflict) as error:
            form.add_error(about_field(error) if about_field(error) in form.fields else None, sentence_of(error))
        else:
            messages.success(request, gettext("Whoever completes the course is awarded this from now on."))
            return redirect("teach:achievement", authored.course.slug)
    return _page(request, authored, form, 422)


def _change(person: User, authored: AuthoredCourse, form: MakeForm | LinkForm) -> None:
    if isinstance(form, MakeForm):
        make_course_achievement(by=person, course=authored.course, issuer=form.chosen())
    else:
        link_achievement(by=person, course=authored.course, achievement=form.chosen())


def _linkable(issuers: list[Issuer]) -> list[AchievementVersion]:
    known = {one.pk for one in issuers}
    return [version for version in list_published() if version.achievement.issuer_id in known]


def _page(request: HttpRequest, authored: AuthoredCourse, form: forms.Form | None, status: int) -> HttpResponse:
    person = signed_in(request)
    linked = find_course_achievement(authored.course)
    issuers = list_issuers_of(person) if authored.may_edit else []
    own = next((one for one in issuers if one.organisation_id == authored.course.provider_id), None)
    versions = _linkable(issuers)
    shown = page_of(
        authored,
        "achievement",
        linked=linked,
        linked_version=next(iter(linked.achievement.versions.all()), None) if linked else None,
        may_open=linked is not None and may_edit_achievement(person, linked.achievement.issuer),
        issuers=issuers,
        linkable=versions,
        make_form=form if isinstance(form, MakeForm) else MakeForm(issuers, first=own),
        link_form=form if isinstance(form, LinkForm) else LinkForm(versions),
        wrong=form,
    )
    return render(request, "teach/authoring/achievement.html", shown, status=status)
