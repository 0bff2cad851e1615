"""The outline of a draft: begin one, add sections and units, put them in order, take them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.models import ContentVersion, Section, Unit
from synchromesh.learning.operations.outline_editing import (
    add_section,
    add_unit,
    delete_section,
    delete_unit,
    move_section,
    move_unit,
    move_unit_step,
    rename_section,
)
from synchromesh.learning.operations.versions import create_draft
from synchromesh.learning.queries.authored_courses import AuthoredCourse, get_unit_to_edit
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_outline_forms import BeginForm, SectionForm, UnitForm, titles_of
from synchromesh.web.teach.authoring_page import authoring_page, number_of, page_of

Act = Callable[[HttpRequest, User, AuthoredCourse], HttpResponse]


@authoring_page
def outline(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """Sections and units in their order; every button works without a script."""
    if request.method != "POST":
        return _page(request, authored)
    act = _ACTIONS.get(request.POST.get("do", ""))
    if act is None:
        raise InvalidInput(gettext("Choose what to do with the outline."), field="do")
    return act(request, signed_in(request), authored)


def _page(request: HttpRequest, authored: AuthoredCourse, status: int = 200, **forms: Any) -> HttpResponse:
    version = authored.version
    begin = forms.pop("begin", None) or BeginForm(course=authored.course)
    shown = page_of(authored, "outline", begin=begin, sections=_sections(version, authored, forms), forms=forms)
    shown["wrong"] = next((form for form in [begin, *forms.values()] if form.is_bound and form.errors), None)
    shown["section_form"] = forms.get("section") or (
        SectionForm(version=authored.draft) if authored.draft and authored.may_edit else None
    )
    part = request.headers.get("HX-Request") == "true" and status == 200
    return render(request, f"teach/authoring/{'_outline' if part else 'outline'}.html", shown, status=status)


def _sections(version: ContentVersion | None, authored: AuthoredCourse, forms: Mapping[str, Any]) -> list[Any]:
    if version is None:
        return []
    units: dict[int, list[Unit]] = {}
    for unit in version.units.order_by("position", "id"):
        units.setdefault(unit.section_id, []).append(unit)
    found = []
    for section in version.sections.all():
        unit_form = rename_form = None
        if authored.may_change:
            unit_form = forms.get(f"unit-{section.key}") or UnitForm(version=version, section=section)
            rename_form = forms.get(f"rename-{section.key}") or SectionForm(version=version, section=section)
        found.append(
            {"section": section, "units": units.get(section.pk, []), "unit_form": unit_form, "rename": rename_form}
        )
    return found


def _done(request: HttpRequest, authored: AuthoredCourse, place: str = "") -> HttpResponse:
    """The page anew: its part where the script asked, else by a new request that stands at the place."""
    if request.headers.get("HX-Request") == "true":
        return _page(request, authored)
    return redirect(reverse("teach:outline", args=[authored.course.slug]) + (f"#{place}" if place else ""))


def _begin(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    if authored.published is not None:
        create_draft(by=person, course=authored.course)
    else:
        form = BeginForm(request.POST, course=authored.course)
        if not form.is_valid():
            return _page(request, authored, 422, begin=form)
        create_draft(by=person, course=authored.course, **form.languages_given())
    messages.success(request, gettext("This is your draft. Learners see nothing of it until you publish it."))
    return redirect("teach:outline", authored.course.slug)


def _add_section(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    draft = authored.draft_to_edit()
    form = SectionForm(request.POST, version=draft)
    if not form.is_valid():
        return _page(request, authored, 422, section=form)
    section = add_section(by=person, version=draft, titles=titles_of(form, draft))
    return _done(request, authored, f"section-{section.key}")


def _rename_section(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    section = _section(request, authored)
    form = SectionForm(request.POST, version=section.version, section=section)
    if not form.is_valid():
        return _page(request, authored, 422, **{f"rename-{section.key}": form})
    rename_section(by=person, section=section, titles=titles_of(form, section.version, section.titles))
    return _done(request, authored, f"section-{section.key}")


def _move_section(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    section = _section(request, authored)
    step = 1 if request.POST["do"] == "section-down" else -1
    if section.position + step >= 1:
        move_section(by=person, section=section, position=section.position + step)
    return _done(request, authored, f"section-{section.key}")


def _delete_section(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    delete_section(by=person, section=_section(request, authored))
    return _done(request, authored)


def _add_unit(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    section = _section(request, authored)
    form = UnitForm(request.POST, version=section.version, section=section)
    if not form.is_valid():
        return _page(request, authored, 422, **{f"unit-{section.key}": form})
    kind, titles = form.cleaned_data["kind"], titles_of(form, section.version)
    unit = add_unit(by=person, section=section, kind=kind, titles=titles)
    return redirect("teach:unit-edit", authored.course.slug, unit.key)


def _move_unit(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    unit = _unit(request, authored)
    move_unit_step(by=person, unit=unit, is_down=request.POST["do"] == "unit-down")
    return _done(request, authored, f"unit-{unit.key}")


def _place_unit(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    """Where a unit was dropped: a section and a position in it."""
    unit, section = _unit(request, authored), _section(request, authored)
    move_unit(by=person, unit=unit, section=section, position=number_of(request, "position") or 1)
    return _done(request, authored, f"unit-{unit.key}")


def _delete_unit(request: HttpRequest, person: User, authored: AuthoredCourse) -> HttpResponse:
    unit = _unit(request, authored)
    delete_unit(by=person, unit=unit)
    if request.headers.get("HX-Request") != "true":
        messages.success(request, gettext("The unit is deleted."))
    return _done(request, authored, f"section-{unit.section.key}")


def _section(request: HttpRequest, authored: AuthoredCourse) -> Section:
    draft = authored.draft_to_edit()
    found = draft.sections.filter(key=request.POST.get("section", "")).first()
    if found is None:
        raise NotFound("There is no such section in the draft.")
    found.version = draft
    return found


def _unit(request: HttpRequest, authored: AuthoredCourse) -> Unit:
    return get_unit_to_edit(authored.draft_to_edit(), request.POST.get("unit", ""))


_ACTIONS: Mapping[str, Act] = {
    "begin": _begin,
    "add-section": _add_section,
    "rename-section": _rename_section,
    "section-up": _move_section,
    "section-down": _move_section,
    "delete-section": _delete_section,
    "add-unit": _add_unit,
    "unit-up": _move_unit,
    "unit-down": _move_unit,
    "place-unit": _place_unit,
    "delete-unit": _delete_unit,
}
