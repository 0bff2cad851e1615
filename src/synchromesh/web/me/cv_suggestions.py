"""What was suggested travels in the page, signed: nothing is stored before the person says "Use these".

The signature binds the suggestions to the person, or to the browser of a visitor, and ends after an hour. It keeps a
page from being filled with skills that no program suggested; it hides nothing, since all of it stands on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.pathways.operations.cv_profile import CvEntry
from synchromesh.pathways.queries.cv_reading import CvReading
from synchromesh.web.error_sentences import TranslatedInvalidInput

SECONDS_TO_DECIDE = 60 * 60
_SALT = "synchromesh.cv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What stood on the page: the rows, and how and in which language the CV was read."""

    rows: tuple[dict[str, Any], ...]
    mode: str
    language: str


def sign_suggestions(request: HttpRequest, reading: CvReading) -> str:
    """Put the suggestions of a reading into one signed text for a hidden field."""
    rows = [
        {
            "skill": str(found.skill.uid),
            "others": [str(other.skill.uid) for other in found.alternatives],
            "probability": found.probability,
            "certain": found.certain,
            "level": found.suggested_level,
            "sentence": found.sentence,
        }
        for found in reading.found
    ]
    content = {"rows": rows, "mode": reading.mode, "language": reading.language}
    return signing.dumps(content, salt=_salt(request), compress=True)


def read_suggestions(request: HttpRequest) -> Suggestions:
    """The suggestions as they were signed. Raises InvalidInput when they are too old, altered or somebody else's."""
    try:
        content = signing.loads(request.POST.get("found", ""), salt=_salt(request), max_age=SECONDS_TO_DECIDE)
    except signing.SignatureExpired as error:
        raise TranslatedInvalidInput(
            gettext("The suggestions are more than an hour old, and nothing of them is stored. Read your CV again.")
        ) from error
    except signing.BadSignature as error:
        raise TranslatedInvalidInput(
            gettext("These suggestions do not belong to you, or were changed on the way. Read your CV again.")
        ) from error
    return Suggestions(rows=tuple(content["rows"]), mode=content["mode"], language=content["language"])


def read_decisions(posted: QueryDict, suggestions: Suggestions) -> list[CvEntry]:
    """What the person decided about each suggestion. Raises InvalidInput for an answer that was not offered."""
    sentences = "keep_sentences" in posted
    return [_entry(posted, number, row, sentences=sentences) for number, row in enumerate(suggestions.rows, start=1)]


def _entry(posted: QueryDict, number: int, row: dict[str, Any], *, sentences: bool) -> CvEntry:
    wanted = f"keep-{number}" in posted
    skill = posted.get(f"skill-{number}", row["skill"])
    level = posted.get(f"level-{number}", str(row["level"]))
    if level not in {"0", "1", "2", "3"} or skill not in {row["skill"], *row["others"]}:
        raise TranslatedInvalidInput(gettext("An answer must be one of the choices shown. Go back and choose again."))
    return CvEntry(
        suggested=row["skill"],
        probability=row["probability"],
        certain=row["certain"],
        suggested_level=row["level"],
        kept=skill if wanted else "",
        level=int(level),
        sentence=row["sentence"] if wanted and sentences else "",
    )


def _salt(request: HttpRequest) -> str:
    """The person, or for a visitor the cookie that also protects the forms: it ends when somebody signs in."""
    if isinstance(request.user, User):
        return f"{_SALT}:person:{request.user.public_id}"
    return f"{_SALT}:visitor:{request.COOKIES.get(settings.CSRF_COOKIE_NAME, '')}"
