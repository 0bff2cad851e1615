"""One's own enrolment, locked until the transaction ends: whatever changes progress does so one after the other."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Enrolment
from synchromesh.learning.permissions import may_learn_in, owns_enrolment
from synchromesh.learning.queries.enrolments import NO_ENROLMENT
from synchromesh.plumbing.audit import Actor


def lock_own_enrolment(by: Actor, uid: str | UUID) -> Enrolment:
    """One's own enrolment in whatever state, with its version and run. Raises NotFound, also for anybody else's."""
    found = _locked().filter(uid=read_uid(uid, missing=NO_ENROLMENT)).first()
    if found is None or not owns_enrolment(by, found):
        raise NotFound(NO_ENROLMENT)
    return found


def lock_learning_enrolment(by: Actor, uid: str | UUID) -> Enrolment:
    """The same with a place, or completed, on a published version. Raises NotFound."""
    found = lock_own_enrolment(by, uid)
    if not may_learn_in(by, found) or found.version.published_at is None:
        raise NotFound(NO_ENROLMENT)
    return found


def lock_enrolment(enrolment: Enrolment) -> Enrolment:
    """An enrolment as it is now; the caller has asked who may act."""
    return _locked().get(pk=enrolment.pk)


def _locked() -> QuerySet[Enrolment]:
    """Without the lock on the key, so that others may meanwhile write rows that point here."""
    return Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("version", "run")
