"""Who may award, release, withdraw and hold keys. Deny by default: what is not said here is refused."""

from __future__ import annotations

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import (
    is_alliance_staff,
    is_operator,
    may_edit_for_organisation,
    may_manage_organisation,
)
from synchromesh.credentials.models import Achievement, Credential, HeldCredential, IssueBatch, Issuer
from synchromesh.plumbing.audit import Actor


def may_register_issuer(by: Actor, organisation: Organisation) -> bool:
    """Managers of the organisation make it an issuer, and alliance staff."""
    return may_manage_organisation(by, organisation)


def may_manage_keys(by: Actor, issuer: Issuer | None) -> bool:
    """Managers of the issuer; the log's keys belong to the operator."""
    return is_operator(by) or (issuer is not None and may_manage_organisation(by, issuer.organisation))


def may_edit_achievement(by: Actor, issuer: Issuer) -> bool:
    """Editors and managers of the issuer."""
    return may_edit_for_organisation(by, issuer.organisation)


def may_publish_achievement(by: Actor, issuer: Issuer) -> bool:
    """Managers of the issuer."""
    return may_manage_organisation(by, issuer.organisation)


def may_issue(by: Actor, achievement: Achievement) -> bool:
    """Editors and managers of the issuer prepare and start issuing."""
    return may_edit_for_organisation(by, achievement.issuer.organisation)


def may_release(by: Actor, batch: IssueBatch) -> bool:
    """Managers of the issuer; where two persons are needed, another one than who made the list."""
    achievement = batch.version.achievement
    if achievement.needs_two_persons and by.public_id == batch.made_by:
        return False
    return may_manage_organisation(by, achievement.issuer.organisation)


def may_change_status(by: Actor, credential: Credential) -> bool:
    """Managers of the issuer withdraw, suspend and correct."""
    return may_manage_organisation(by, credential.version.achievement.issuer.organisation)


def may_see_issued(by: Actor, achievement: Achievement) -> bool:
    """Who works for the issuer sees to whom it awarded what."""
    return may_edit_for_organisation(by, achievement.issuer.organisation)


def holds(by: Actor, held: Credential | HeldCredential) -> bool:
    """The holder alone."""
    person = held.holder_id if isinstance(held, Credential) else held.person_id
    return isinstance(by, User) and by.is_active and person == by.pk


def may_edit_registry(by: Actor) -> bool:
    """Alliance staff say which issuers are known."""
    return is_alliance_staff(by)
