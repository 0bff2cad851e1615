"""Credentials by their public addresses: what whoever has the address may see."""

from __future__ import annotations

from uuid import UUID

from synchromesh.credentials.models import AchievementSkill, AchievementVersion, Credential, StatusChange
from synchromesh.credentials.queries.wallet import with_achievement
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.typed_codes import read_code

SIGNS_OF_A_CODE = 16
_NOTHING = "There is no credential with this address. Ask the holder for a new link."


def get_by_code(text: str) -> Credential:
    """A credential by the code of its page, as it may have been typed. Raises NotFound."""
    code = read_code(text, signs=SIGNS_OF_A_CODE)
    rows = with_achievement(Credential.objects.filter(code=code)).select_related("key").defer("key__encrypted_secret")
    found = rows.first() if code else None
    if found is None:
        raise NotFound(_NOTHING)
    return found


def get_by_uid(uid: UUID) -> Credential:
    """A credential by the uid that its file carries. Raises NotFound."""
    found = with_achievement(Credential.objects.filter(uid=uid)).first()
    if found is None:
        raise NotFound(_NOTHING)
    return found


def list_proved_skills(version: AchievementVersion) -> list[AchievementSkill]:
    """The skills that a version proves, with their names, the highest level first."""
    found = AchievementSkill.objects.filter(version=version).select_related("skill")
    return list(found.order_by("-level", "skill__slug"))


def find_last_change(credential: Credential) -> StatusChange | None:
    """What happened last to the status of a credential."""
    return StatusChange.objects.filter(credential=credential).order_by("-changed_at", "-id").first()
