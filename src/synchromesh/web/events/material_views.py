"""What is handed out: organisers add and remove it, and whoever it is for takes it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event
from synchromesh.community.operations.event_materials import add_material, remove_material
from synchromesh.community.permissions import may_organise
from synchromesh.community.queries.event_lists import get_event
from synchromesh.community.queries.event_materials import get_material, list_materials
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.web.events.editing_views import ONLY_ORGANISERS
from synchromesh.web.events.forms import MaterialForm
from synchromesh.web.events.material_files import send_material
from synchromesh.web.events.reading import organiser_page, put_error, reader_of
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload


@organiser_page
def materials(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is handed out, with a form for more."""
    person = signed_in(request)
    event = get_event(slug, visible_to=person)
    require(may_organise(person, event), ONLY_ORGANISERS)
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_material(by=person, event=event, uid=_uid(request.POST.get("material", "")))
        return redirect("events:materials", slug=slug)
    if request.method == "POST":
        check_upload(request)
    form = MaterialForm(request.POST, request.FILES) if request.method == "POST" else MaterialForm()
    if form.is_valid():
        try:
            _add(person, event, form)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("events:materials", slug=slug)
    context = {"event": event, "form": form, "materials": list_materials(event, visible_to=person)}
    return render(request, "events/materials.html", context, status=422 if form.errors else 200)


def _add(person: User, event: Event, form: MaterialForm) -> None:
    said, file = form.cleaned_data, form.cleaned_data["file"]
    add_material(
        by=person,
        event=event,
        title=said["title"],
        url=said["url"],
        file_name=file.name if file else "",
        content=file.read() if file else b"",
        audience=said["audience"],
    )


@require_safe
def material(request: HttpRequest, slug: str, uid: UUID) -> HttpResponseBase:
    """Something that is handed out. Raises NotFound where it is not for the reader."""
    reader = reader_of(request)
    return send_material(get_material(get_event(slug, visible_to=reader), uid, visible_to=reader))


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("This is not handed out any more.") from None
