"""What the pages of cohorts begin with, and how a refused form says why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest

from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import Cohort
from synchromesh.learning.queries.cohorts import get_cohort
from synchromesh.learning.queries.teaching import OwnParts, get_own_parts, own_parts_of
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.teach.teacher import teacher


def open_cohort_page(request: HttpRequest, slug: str, uid: UUID) -> tuple[OwnParts, Cohort]:
    """The course with the reader's parts in it, and one of its cohorts. Raises NotAllowed, NotFound."""
    person = teacher(request)
    try:
        cohort = get_cohort(uid, visible_to=person)
    except NotFound:
        get_own_parts(slug, visible_to=person)  # who has no part in the course is refused the whole of it
        raise
    if cohort.run.course.slug != slug:
        raise NotFound("There is no such cohort.")
    return own_parts_of(cohort.run.course, visible_to=person), cohort


def is_author(own: OwnParts) -> bool:
    """Whether the page shows what authors alone can change; the operations decide."""
    return CoursePart.AUTHOR in own.parts


def refuse(form: forms.Form, error: InvalidInput | Conflict) -> None:
    """Put what an operation says beside the field that it is about, or above the form."""
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, sentence_of(error))


def whole_number(text: str) -> int | None:
    """A whole number of a form; None for anything else."""
    said = text.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None


def date_field(label: Any, *, hint: Any = "") -> forms.DateField:
    """A day that need not be said."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=hint)
