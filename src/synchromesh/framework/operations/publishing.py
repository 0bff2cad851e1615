"""Publish a draft of the framework: one person asks, another one publishes; undo makes it a draft again.

Why two people: everything else refers to the published version, so nobody puts their own work into force alone. The
operator at the command line of the server may do it alone.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_operator, require
from synchromesh.engine.errors import Conflict
from synchromesh.framework.models import FrameworkVersion, VersionStatus
from synchromesh.framework.operations.importing import FrameworkImporter
from synchromesh.framework.operations.version_writing import lock_draft
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.concepts import find_published_version
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.record_changes import ChangeLog

SOURCE = "publication"
_STAFF_ONLY = "Only alliance staff can publish the framework."


def request_publication(*, by: audit.Actor) -> FrameworkVersion:
    """Ask that the draft be published as it is now. Asking twice changes nothing.

    Raises NotFound without a draft, and Conflict when somebody else has asked or nobody could publish the draft.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        draft = lock_draft()
        if draft.requested_by == by.public_id:
            return draft
        if draft.requested_by:
            raise Conflict(f"Somebody has asked to publish version {draft.number} already. You can publish it.")
        _check_basis(draft, find_published_version())
        draft.requested_by, draft.requested_at = by.public_id, timezone.now()
        draft.save(update_fields=["requested_by", "requested_at"])
        audit.record(by=by, action="request_publication", kind="framework", uid=draft.uid, number=draft.number)
    return draft


def withdraw_request(*, by: audit.Actor) -> FrameworkVersion:
    """Take the request back, whoever made it. Raises NotFound without a draft, Conflict without a request."""
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        draft = lock_draft()
        if not draft.requested_by:
            raise Conflict(f"Nobody has asked to publish version {draft.number}.")
        draft.requested_by, draft.requested_at = "", None
        draft.save(update_fields=["requested_by", "requested_at"])
        audit.record(by=by, action="withdraw_request", kind="framework", uid=draft.uid, number=draft.number)
    return draft


def publish_draft(*, by: audit.Actor) -> FrameworkVersion:
    """Publish the draft and retire the version in force. It can be undone like an import (`framework undo`).

    Raises NotFound without a draft, Conflict when nobody has asked for it or when another version is published than the
    one that the draft was started from, and NotAllowed for the person who asked.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        draft = lock_draft()
        current = FrameworkVersion.objects.select_for_update().filter(status=VersionStatus.PUBLISHED).first()
        _check_basis(draft, current)
        _check_two_people(draft, by)
        name = f"publication of version {draft.number}"
        batch = imports.begin_step(by=by, kind=FrameworkImporter.kind, name=name, source=SOURCE)
        log = ChangeLog(batch)
        if current is not None:
            log.change(current, status=VersionStatus.RETIRED)
        log.change(draft, status=VersionStatus.PUBLISHED, published_at=timezone.now())
        log.save()
        asked_by = draft.requested_by or by.public_id
        audit.record(
            by=by, action="publish_draft", kind="framework", uid=draft.uid, number=draft.number, asked=asked_by
        )
        jobs.enqueue("search.tasks.rebuild_index")
    return draft


def _check_basis(draft: FrameworkVersion, current: FrameworkVersion | None) -> None:
    """A draft says everything anew: over another version than its own it would bring back what that one changed."""
    if draft.based_on == current:
        return
    started = f"version {draft.based_on.number}" if draft.based_on else "nothing"
    raise Conflict(
        f"Version {draft.number} was started from {started}, and another version is published now. "
        "Discard the draft and start it again."
    )


def _check_two_people(draft: FrameworkVersion, by: audit.Actor) -> None:
    if is_operator(by):
        return
    if not draft.requested_by:
        raise Conflict(
            f"Nobody has asked to publish version {draft.number}. Ask first; somebody else then publishes it."
        )
    require(draft.requested_by != by.public_id, "You asked to publish this version, so somebody else must publish it.")
