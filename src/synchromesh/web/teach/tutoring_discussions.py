"""What was said beside units: what somebody reported, and the newest posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.operations.discussion import LONGEST_REASON, hide_post, restore_post, settle_post_reports
from synchromesh.learning.queries.discussion import get_moderation
from synchromesh.learning.queries.teaching import get_own_parts
from synchromesh.learning.queries.unit_titles import unit_titles
from synchromesh.web.teach.teacher import teacher


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discussions(request: HttpRequest, slug: str) -> HttpResponse:
    """Reported posts, the longest waiting first, and the newest; a POST hides one, shows it again or leaves it."""
    person = teacher(request)
    own = get_own_parts(slug, visible_to=person)
    wrong: InvalidInput | None = None
    if request.method == "POST":
        try:
            messages.success(request, _act(request.POST, by=person))
            return redirect("teach:discussions", slug)
        except InvalidInput as error:
            wrong = error
    found = get_moderation(own.course, visible_to=person)
    titles = unit_titles(own.course)
    context = {
        "course": own.course,
        "reported": [(row, titles.get(row.post.unit_key, {})) for row in found.reported],
        "newest": [(post, titles.get(post.unit_key, {})) for post in found.newest if not post.is_withdrawn],
        "wrong": wrong,
        "typed": request.POST if wrong else {},
        "longest": LONGEST_REASON,
    }
    return render(request, "teach/tutoring/discussions.html", context, status=422 if wrong else 200)


def _act(said: QueryDict, *, by: User) -> str:
    """Do what the button asks for, and say what happened."""
    try:
        uid = UUID(said.get("post", ""))
        act = _ACTIONS[said.get("do", "")]
    except (ValueError, KeyError):
        raise NotFound("There is no such post.") from None
    return act(by, uid, said)


def _hide(by: User, uid: UUID, said: QueryDict) -> str:
    try:
        hide_post(by=by, uid=uid, reason=said.get("reason", ""))
    except InvalidInput as error:
        raise InvalidInput(error.message, field=f"reason-{uid}") from None
    return gettext("The post is hidden. In its place learners read why.")


def _show(by: User, uid: UUID, said: QueryDict) -> str:
    restore_post(by=by, uid=uid)
    return gettext("The post is shown again.")


def _leave(by: User, uid: UUID, said: QueryDict) -> str:
    settle_post_reports(by=by, uid=uid)
    return gettext("The post stays. Its reports are settled.")


_ACTIONS: Mapping[str, Callable[[User, UUID, QueryDict], str]] = {"hide": _hide, "show": _show, "leave": _leave}
