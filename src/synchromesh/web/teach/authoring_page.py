"""What every page of authors begins with: the course with its draft, and what all of these pages show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from synchromesh.engine.errors import SynchromeshError
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.queries.authored_courses import AuthoredCourse, get_authored_course
from synchromesh.web.teach.teacher import teacher

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, AuthoredCourse, Given], HttpResponseBase]
Shown = Callable[Concatenate[HttpRequest, str, Given], HttpResponseBase]


def authoring_page(view: View[Given]) -> Shown[Given]:
    """A page for authors and reviewers of the course in the address; no browser keeps it, and its videos may play."""

    @wraps(view)
    def shown(request: HttpRequest, slug: str, *given: Given.args, **named: Given.kwargs) -> HttpResponseBase:
        return view(request, get_authored_course(slug, visible_to=teacher(request)), *given, **named)

    guarded: Any = csp_update({"media-src": [SELF]})(cast("Any", shown))
    return cast("Shown[Given]", never_cache(login_required(guarded)))


def page_of(authored: AuthoredCourse, here: str, **more: Any) -> dict[str, Any]:
    """What the frame of these pages shows; `here` names the page in the list of pages."""
    version = authored.version
    return {
        "authored": authored,
        "course": authored.course,
        "version": version,
        "may_edit": authored.may_edit,
        "may_change": authored.may_change,
        "here": here,
        "language": version.source_language if version else "en",
    } | more


def other_languages_of(version: ContentVersion) -> list[str]:
    """The languages into which the version is to be translated."""
    return [code for code in version.languages if code != version.source_language]


def number_of(request: HttpRequest, name: str) -> int | None:
    """A whole number of a form; None where there is none."""
    return number_in(request.POST.get(name, "").strip())


def number_in(said: str) -> int | None:
    """A whole number that somebody wrote; None for anything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None


def about_field(error: SynchromeshError) -> str:
    """The field that an error is about; empty where it is about none."""
    return getattr(error, "field", None) or ""
