"""The pictures, videos and other files of a course."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from synchromesh.engine.errors import InvalidInput
from synchromesh.learning.operations.media import add_media, remove_media
from synchromesh.learning.queries.authored_courses import AuthoredCourse
from synchromesh.learning.queries.media import PICTURES, list_media
from synchromesh.web.people import signed_in
from synchromesh.web.teach.authoring_page import authoring_page, page_of
from synchromesh.web.uploads import check_upload


@authoring_page
def media(request: HttpRequest, authored: AuthoredCourse) -> HttpResponse:
    """List the files with where they are shown; add some, remove one that nothing shows."""
    if request.method != "POST":
        return _page(request, authored)
    person, course = signed_in(request), authored.course
    if request.POST.get("do") == "remove":
        name = request.POST.get("name", "")
        remove_media(by=person, course=course, name=name)
        messages.success(request, gettext("%(name)s is removed.") % {"name": name})
        return redirect("teach:media", course.slug)
    try:
        check_upload(request)
        uploads = request.FILES.getlist("file")
        if not uploads:
            raise InvalidInput(gettext("Choose a file first."), field="file")
        added = [add_media(by=person, course=course, name=str(one.name), content=one.read()).name for one in uploads]
    except InvalidInput as error:
        return _page(request, authored, error)
    messages.success(request, gettext("Added: %(names)s") % {"names": ", ".join(added)})
    return redirect("teach:media", course.slug)


def _page(request: HttpRequest, authored: AuthoredCourse, error: InvalidInput | None = None) -> HttpResponse:
    entries = list_media(authored.course, visible_to=signed_in(request))
    shown = page_of(authored, "media", entries=entries, error=error, pictures=PICTURES)
    return render(request, "teach/authoring/media.html", shown, status=422 if error else 200)
