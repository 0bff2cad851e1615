"""What completing the courses that ship earns: an achievement of each, awarded by its provider or by the alliance."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation, OrganisationKind
from synchromesh.accounts.operations.organisations import save_organisation
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Issuer
from synchromesh.credentials.operations.issuers import register_issuer
from synchromesh.engine.errors import SynchromeshError
from synchromesh.learning.operations.awarding import make_course_achievement
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.places.models import Country
from synchromesh.plumbing import audit
from synchromesh.plumbing.models import AuditEvent
from synchromesh.plumbing.sources import Origin

ALLIANCE = "alliance"
_SOURCE = "starter"
_NO_COUNTRY = (
    "No achievements were made: a credential must state the country of its issuer. Set SYNCHROMESH_ALLIANCE_COUNTRY "
    "and load again."
)


def make_course_achievements(*, by: audit.Actor) -> tuple[dict[str, int], tuple[str, ...]]:
    """Make the achievement of each shipped course that issues credentials and has none; counts, and what stood in the
    way. Idempotent. What people changed or unlinked since is theirs: only a course that never had one gets one.

    Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can load content.")
    counts: dict[str, int] = {"new": 0, "same": 0, "error": 0}
    problems: list[str] = []
    for course in _issuing_courses():
        if _has_or_had_one(course):
            counts["same"] += 1
            continue
        try:
            with transaction.atomic():
                issuer = _issuer_of(course, by=by)
                if issuer is None:
                    return counts | {"error": counts["error"] + 1}, (*problems, _NO_COUNTRY)
                make_course_achievement(by=by, course=course, issuer=issuer)
        except SynchromeshError as error:
            counts["error"] += 1
            problems.append(f"achievement of {course.slug}: {error}")
        else:
            counts["new"] += 1
    return counts, tuple(problems)


def _issuing_courses() -> list[Course]:
    found = Course.objects.filter(origin=Origin.STARTER, learned_here_since__isnull=False).select_related("provider")
    versions = [(course, newest_version(course)) for course in found.order_by("slug")]
    return [course for course, version in versions if version is not None and version.issues_credential]


def _has_or_had_one(course: Course) -> bool:
    linked = AuditEvent.objects.filter(action="link_achievement", target_kind="course", target_uid=str(course.uid))
    return hasattr(course, "earned_achievement") or linked.exists()


def _issuer_of(course: Course, *, by: audit.Actor) -> Issuer | None:
    """The provider where it awards here, else the alliance, which becomes an issuer; None where its home is unknown."""
    own = Issuer.objects.filter(organisation=course.provider, closed_at=None).first() if course.provider else None
    if own is not None:
        return own
    organisation = Organisation.objects.filter(import_source=_SOURCE, external_id=ALLIANCE).first()
    if organisation is None:
        organisation = _make_alliance(by=by)
    if organisation is None:
        return None
    found = Issuer.objects.filter(organisation=organisation).first()
    return found or register_issuer(by=by, organisation=organisation, email=settings.CONTACT_EMAIL)


def _make_alliance(*, by: audit.Actor) -> Organisation | None:
    if not Country.objects.filter(code=settings.ALLIANCE_COUNTRY).exists():
        return None
    return save_organisation(
        by=by,
        import_source=_SOURCE,
        external_id=ALLIANCE,
        name=settings.ALLIANCE_NAME,
        kinds=(OrganisationKind.MEMBER,),
        country=settings.ALLIANCE_COUNTRY,
        url=f"{settings.SITE_ADDRESS}/",
        origin=Origin.REAL.value,
        source="The settings of this site",
        source_url=f"{settings.SITE_ADDRESS}/",
        source_on=timezone.localdate(),
    )[0]
