"""What the address and the session say about one person's check: answers, and wishes for the path."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.http import HttpRequest, QueryDict

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Mode
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.framework.models import Requirement
from synchromesh.pathways.queries.levels import HeldLevel, list_held_levels
from synchromesh.pathways.queries.paths import Wishes

SESSION_KEY = "self_check_answers"


def read_answers(request: HttpRequest) -> dict[str, int]:
    """Answers of this browser by skill uid, over all roles: a skill answered once need not be answered again."""
    stored = request.session.get(SESSION_KEY, {})
    return {uid: level for uid, level in stored.items() if level in (0, 1, 2, 3)}


def store_answers(request: HttpRequest, requirements: list[Requirement]) -> int:
    """Take the posted answers for these skills into the session; returns how many skills are answered now."""
    answers = read_answers(request)
    for requirement in requirements:
        uid = str(requirement.skill.uid)
        value = request.POST.get(f"skill-{uid}", "")
        if value in {"0", "1", "2", "3"}:
            answers[uid] = int(value)
        elif value:
            raise InvalidInput("An answer must be one of the four choices. Go back and choose again.", field="answer")
    request.session[SESSION_KEY] = answers
    return sum(str(requirement.skill.uid) in answers for requirement in requirements)


def keep_answers(request: HttpRequest, levels: Mapping[str, int]) -> None:
    """Take levels (0 to 3) by skill uid into the answers of this browser; they replace earlier ones."""
    request.session[SESSION_KEY] = read_answers(request) | dict(levels)


def drop_answers(request: HttpRequest, uids: Collection[str]) -> None:
    """Throw the answers to these skills away, so that what the profile says of them counts."""
    answers = read_answers(request)
    if answers.keys() & set(uids):
        request.session[SESSION_KEY] = {uid: level for uid, level in answers.items() if uid not in uids}


def forget_answers(request: HttpRequest) -> None:
    """Throw the answers of this browser away."""
    request.session.pop(SESSION_KEY, None)


def held_levels(request: HttpRequest, today: date) -> dict[int, HeldLevel]:
    """What a signed-in person has on record; nothing for a visitor."""
    if isinstance(request.user, User):
        return list_held_levels(request.user, visible_to=request.user, today=today)
    return {}


def read_wishes(query: QueryDict) -> Wishes:
    """Wishes from the address. A number that is none falls back to the default rather than losing the page."""
    try:
        hour = round(float(query.get("hour", "20").replace(",", ".")) * 100)
    except (ValueError, OverflowError):
        hour = 2000
    return Wishes(
        hour_value_cents=min(max(hour, 0), 50_000),
        languages=tuple(code for code in query.getlist("language") if code in ENGLISH_NAMES),
        modes=tuple(mode for mode in query.getlist("mode") if mode in Mode.values)[:5],
        use=tuple(query.getlist("use"))[:30],
        without=tuple(query.getlist("without"))[:30],
    )
