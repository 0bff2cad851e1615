"""The versions of a passport, and what differs between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from synchromesh.engine.errors import Conflict
from synchromesh.engine.passport_models.model import fields
from synchromesh.passports.operations.editing import restore_version
from synchromesh.passports.queries.contents import FieldChange
from synchromesh.passports.queries.history import list_differences, list_versions
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.passports.passport_page import secret_of, seen_by, seen_page, visitor_of
from synchromesh.web.passports.shown_passport import field_title
from synchromesh.web.passports.shown_values import ShownValue, show_other, show_value
from synchromesh.web.people import signed_in

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A field before and after, each None where it was not given."""

    title: str
    before: ShownValue | None
    after: ShownValue | None


@seen_page
def versions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All versions that the visitor may know of, newest first."""
    view = seen_by(request, uid)
    found = list_versions(uid, visible_to=visitor_of(request), secret=secret_of(request))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    known = fields()
    earlier = {one.number: older.number for one, older in pairwise(found)}
    lines = [
        (one, [field_title(known.get(key), key) for key in one.changed], earlier.get(one.number))
        for one in page.object_list
    ]
    context = {"passport": view, "page": page, "lines": lines, "secret": secret_of(request)}
    return render(request, "passports/versions.html", context)


@require_POST
@login_required
def restore(request: HttpRequest, uid: UUID) -> HttpResponse:
    """State again what an earlier version stated; for who works on the passport."""
    person = signed_in(request)
    numbers = [request.POST.get(name, "") for name in ("number", "expected")]
    number, expected = (int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0 for text in numbers)
    try:
        made = restore_version(by=person, uid=uid, number=number, expected=expected)
    except Conflict as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, gettext("Version %(number)s states it again.") % {"number": made})
    return redirect("passports:versions", uid=uid)


@seen_page
def difference(request: HttpRequest, uid: UUID, first: int, second: int) -> HttpResponse:
    """What the second version states otherwise than the first, as far as the visitor may see it."""
    view = seen_by(request, uid)
    changes = list_differences(uid, first, second, visible_to=visitor_of(request), secret=secret_of(request))
    context = {
        "passport": view,
        "first": first,
        "second": second,
        "changes": [_shown(change) for change in changes if view.sight.may_see(change.key)],
        "secret": secret_of(request),
    }
    return render(request, "passports/difference.html", context)


def _shown(change: FieldChange) -> ShownChange:
    values = (change.before, change.after)
    before, after = (
        (show_value(change.field, one) if change.field is not None else show_other(one)) if one is not None else None
        for one in values
    )
    return ShownChange(title=field_title(change.field, change.key), before=before, after=after)
