"""Who works on a course: its authors, tutors and reviewers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.course_roles import assign_course_part, remove_course_part
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.learning.queries.course_people import list_course_people
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_page import about_field, authoring_page, page_of

PART_NAMES = {
    CoursePart.AUTHOR: gettext_lazy("Author"),
    CoursePart.TUTOR: gettext_lazy("Tutor"),
    CoursePart.REVIEWER: gettext_lazy("Reviewer"),
}


class PartForm(forms.Form):
    """Give somebody a part in the course."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("The person needs an account here with this address.")
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Part"),
        choices=[
            ("tutor", gettext_lazy("Tutor: helps learners, marks, leads groups")),
            ("reviewer", gettext_lazy("Reviewer: reads drafts and says what is wrong")),
            ("author", gettext_lazy("Author: writes the content, and all of the above")),
        ],
        widget=forms.RadioSelect,
        initial="tutor",
    )


@authoring_page
def people(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """Give and take parts. Who may say who is an author, the operation knows."""
    require(authored.may_edit, "Only authors of the course see who works on it.")
    if request.method != "POST":
        return _page(request, authored, PartForm())
    if request.POST.get("do") == "remove":
        return _remove(request, authored)
    form = PartForm(request.POST)
    if form.is_valid():
        try:
            assign_course_part(by=signed_in(request), course=authored.course, **form.cleaned_data)
        except (NotFound, InvalidInput) as error:
            form.add_error(about_field(error) if about_field(error) in form.fields else "email", sentence_of(error))
        else:
            messages.success(request, gettext("The person has this part now."))
            return redirect("teach:people", authored.course.slug)
    return _page(request, authored, form, status=422)


def _remove(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    person = signed_in(request)
    roles = list_course_people(authored.course, visible_to=person)
    role = next((one for one in roles if str(one.pk) == request.POST.get("role", "")), None)
    if role is None:
        raise NotFound("This person does not have this part in the course.")
    remove_course_part(by=person, course=authored.course, person=role.person, part=role.part)
    messages.success(request, gettext("The part is taken away."))
    if role.person_id == person.pk:  # who laid down their own part may not see this page any more
        return redirect("teach:home")
    return redirect("teach:people", authored.course.slug)


def _page(request: HttpRequest, authored: AuthoredCourse, form: PartForm, status: int = 200) -> HttpResponse:
    roles = list_course_people(authored.course, visible_to=signed_in(request))
    rows = [(role, PART_NAMES[CoursePart(role.part)]) for role in roles]
    shown = page_of(authored, "people", rows=rows, form=form, wrong=form if form.errors else None)
    return render(request, "teach/authoring/people.html", shown, status=status)
