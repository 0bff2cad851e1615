"""What every page of a learner begins with: who learns, and that nothing of it stays behind in a browser."""

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

from synchromesh.accounts.models import User
from synchromesh.learning.models import Enrolment
from synchromesh.learning.queries.enrolments import get_enrolment_to_learn
from synchromesh.learning.queries.outline import UnitToLearn, get_unit_to_learn
from synchromesh.web.people import signed_in

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


def learner_page(view: View[Given]) -> View[Given]:
    """A page for whoever is signed in; no browser keeps it, and videos of the course may be played in it."""

    @never_cache
    @login_required
    @csp_update({"media-src": [SELF]})
    @wraps(view)
    def shown(request: HttpRequest, *given: Given.args, **named: Given.kwargs) -> HttpResponseBase:
        return view(request, *given, **named)

    return cast("View[Given]", shown)


def find_place(request: HttpRequest, slug: str, unit: str) -> tuple[User, Enrolment, UnitToLearn]:
    """The learner, their enrolment in the course and the unit. Raises NotFound for whoever does not learn there."""
    person = signed_in(request)
    enrolment = get_enrolment_to_learn(person, slug)
    return person, enrolment, get_unit_to_learn(enrolment, unit)


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks, which saves while somebody writes."""
    return request.headers.get("Accept", "").startswith("application/json")


def count_of(request: HttpRequest, name: str) -> int:
    """A number of a form; 0 where there is none."""
    given: Any = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
