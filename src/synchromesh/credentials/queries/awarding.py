"""What whoever works for an issuer sees: its achievements, its lists, and to whom it awarded what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from synchromesh.accounts.models import MembershipRole, Organisation, User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import (
    Achievement,
    AchievementVersion,
    BatchState,
    Credential,
    IssueBatch,
    Issuer,
    IssueRow,
    KnownIssuer,
    SigningKey,
    StatusChange,
)
from synchromesh.credentials.permissions import may_edit_achievement, may_see_issued
from synchromesh.credentials.queries.achievements import get_achievement, list_achievements
from synchromesh.credentials.queries.issuers import get_issuer
from synchromesh.credentials.queries.pages import SIGNS_OF_A_CODE
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.typed_codes import read_code

_ONLY_EDITORS = "Only editors and managers of the issuer see this page."


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardedAchievement:
    """An achievement with what is awarded now and with the draft of what comes next; one of both may be missing."""

    achievement: Achievement
    published: AchievementVersion | None
    draft: AchievementVersion | None
    issued: int = 0

    @property
    def newest(self) -> AchievementVersion:
        """The draft, else what is published; every achievement has one of both."""
        newest = self.draft or self.published
        if newest is None:
            raise NotFound("Nothing is written for this achievement.")
        return newest


def list_organisations_to_register(by: Actor) -> list[Organisation]:
    """The organisations that a person manages and that are no issuers yet, by name."""
    if not isinstance(by, User) or not by.is_active:
        return []
    managed = by.memberships.filter(role=MembershipRole.MANAGER).values("organisation")
    is_issuer = Issuer.objects.filter(organisation=OuterRef("pk"))
    return list(Organisation.objects.filter(~Exists(is_issuer), pk__in=managed).order_by("name", "pk"))


def get_issuer_to_award(slug: str, *, visible_to: Actor) -> Issuer:
    """The issuer of an organisation, for its editors and managers. Raises NotFound, NotAllowed."""
    issuer = get_issuer(slug)
    require(may_edit_achievement(visible_to, issuer), _ONLY_EDITORS)
    return issuer


def get_achievement_to_award(slug: str, *, visible_to: Actor) -> Achievement:
    """An achievement for editors and managers of its issuer. Raises NotFound, also for others' drafts; NotAllowed."""
    achievement = get_achievement(slug, visible_to=visible_to)
    require(may_see_issued(visible_to, achievement), _ONLY_EDITORS)
    return achievement


def list_achievements_to_award(issuer: Issuer) -> list[AwardedAchievement]:
    """The achievements of an issuer by slug, those that ended last, in two queries."""
    found = list(list_achievements(issuer).prefetch_related("versions"))
    rows = [_awarded(one, list(one.versions.all()), issued=getattr(one, "issued", 0)) for one in found]
    return sorted(rows, key=lambda row: row.achievement.ended_at is not None)


def find_versions(achievement: Achievement, *, whole: bool = True) -> AwardedAchievement:
    """What an achievement says now and in its draft; with skills and the names of its parts, where it is `whole`."""
    versions = achievement.versions.order_by("-number")
    if whole:
        versions = versions.prefetch_related("skills__skill", "parts__part__versions")
    return _awarded(achievement, list(versions[:2]))


def _awarded(
    achievement: Achievement, versions: Sequence[AchievementVersion], *, issued: int = 0
) -> AwardedAchievement:
    """From versions, the newest first."""
    published = next((version for version in versions if version.published_at is not None), None)
    draft = next((version for version in versions if version.published_at is None), None)
    return AwardedAchievement(achievement=achievement, published=published, draft=draft, issued=issued)


def get_key(issuer: Issuer, uid: str) -> SigningKey:
    """A key of an issuer. Raises NotFound."""
    found = next((key for key in SigningKey.objects.filter(issuer=issuer) if str(key.uid) == uid), None)
    if found is None:
        raise NotFound("The issuer has no such key.")
    return found


def list_waiting_lists(issuers: Sequence[Issuer]) -> list[IssueBatch]:
    """The lists of these issuers that wait for somebody to release them, the oldest first."""
    waiting = IssueBatch.objects.filter(state=BatchState.WAITING, version__achievement__issuer__in=issuers)
    return list(waiting.select_related("version__achievement").order_by("made_at", "id"))


def list_issue_lists(achievement: Achievement) -> list[IssueBatch]:
    """The lists of an achievement, the newest first, without those that were cancelled."""
    found = IssueBatch.objects.filter(version__achievement=achievement).exclude(state=BatchState.CANCELLED)
    return list(found.order_by("-made_at", "-id"))


def get_issue_list(uid: UUID, *, visible_to: Actor) -> IssueBatch:
    """A list, for who works for the issuer; for everybody else it does not exist. Raises NotFound."""
    related = IssueBatch.objects.select_related("version__achievement__issuer__organisation")
    found = related.filter(uid=uid).first()
    if found is None or not may_see_issued(visible_to, found.version.achievement):
        raise NotFound("There is no such list.")
    return found


def list_rows(batch: IssueBatch, *, refused: bool, most: int) -> list[IssueRow]:
    """The first rows of a list: those with a problem, or those without."""
    rows = batch.rows.exclude(problem="") if refused else batch.rows.filter(problem="")
    return list(rows.order_by("position")[:most])


def list_issued(achievement: Achievement, *, words: str = "") -> QuerySet[Credential]:
    """The credentials of an achievement, the newest first; `words` stand in the holder's name or address."""
    found = Credential.objects.filter(version__achievement=achievement)
    if words:
        found = found.filter(Q(holder_name__icontains=words) | Q(holder_email__icontains=words))
    return found.order_by("-issued_at", "-id")


def get_issued(code: str, *, visible_to: Actor) -> Credential:
    """A credential for who works for its issuer; for everybody else it does not exist here. Raises NotFound."""
    related = Credential.objects.select_related(
        "version__achievement__issuer__organisation", "replaces", "replaced_by", "batch"
    )
    read = read_code(code, signs=SIGNS_OF_A_CODE)
    found = related.filter(code=read).first() if read else None
    if found is None or not may_see_issued(visible_to, found.version.achievement):
        raise NotFound("There is no such credential among those of your issuers.")
    return found


def list_status_changes(credential: Credential) -> list[StatusChange]:
    """What happened to the status of a credential, the newest first."""
    return list(StatusChange.objects.filter(credential=credential).order_by("-changed_at", "-id"))


def get_known_issuer(uid: str) -> KnownIssuer:
    """An issuer of the registry. Raises NotFound."""
    try:
        found = KnownIssuer.objects.filter(uid=UUID(uid)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("The registry knows no such issuer.")
    return found
