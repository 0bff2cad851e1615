"""Put documents into a group, new versions of them, and say who may read them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from synchromesh.accounts.permissions import require
from synchromesh.community.models import DocumentVersion, Group, GroupDocument, Meeting, Readers
from synchromesh.community.operations.stored_files import check_file, write_file
from synchromesh.community.permissions import is_in_group, may_lead_group
from synchromesh.community.queries.stored_files import file_path
from synchromesh.engine.errors import InvalidInput
from synchromesh.plumbing import audit

_GROUP_ONLY = "Only people of the group can put documents in."


def add_document(
    *,
    by: audit.Actor,
    group: Group,
    title: str,
    readers: str,
    name: str,
    content: bytes,
    meeting: Meeting | None = None,
) -> GroupDocument:
    """Add a document with its first version. People of the group may; others than the group read it if a leader says.

    Raises NotAllowed, InvalidInput.
    """
    require(is_in_group(by, group), _GROUP_ONLY)
    _check_readers(by, group, readers)
    tidy = " ".join(title.split())
    if not tidy or len(tidy) > 200:
        raise InvalidInput("Give the document a title of at most 200 characters.", field="title")
    if meeting is not None and meeting.group_id != group.pk:
        raise InvalidInput("This meeting belongs to another group.", field="meeting")
    with transaction.atomic():
        made = GroupDocument.objects.create(group=group, meeting=meeting, title=tidy, readers=readers)
        _add_version(made, name=name, content=content, note="", by=by)
        audit.record(by=by, action="add_document", kind="document", uid=made.uid, readers=readers)
    return made


def add_document_version(
    *, by: audit.Actor, document: GroupDocument, name: str, content: bytes, note: str = ""
) -> DocumentVersion:
    """Add the next version; earlier ones stay. People of the group may. Raises NotAllowed, InvalidInput."""
    require(is_in_group(by, document.group), _GROUP_ONLY)
    with transaction.atomic():
        GroupDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
        made = _add_version(document, name=name, content=content, note=note, by=by)
        audit.record(by=by, action="add_document_version", kind="document", uid=document.uid, number=made.number)
    return made


def change_readers(*, by: audit.Actor, document: GroupDocument, readers: str) -> GroupDocument:
    """Say who may read a document. Leaders do. Raises NotAllowed, InvalidInput."""
    require(may_lead_group(by, document.group), "Only leaders of the group say who may read a document.")
    _check_readers(by, document.group, readers)
    with transaction.atomic():
        document.readers = readers
        document.save(update_fields=["readers"])
        audit.record(by=by, action="change_readers", kind="document", uid=document.uid, readers=readers)
    return document


def remove_document(*, by: audit.Actor, document: GroupDocument) -> None:
    """Take a document out with all its versions. Leaders do. Raises NotAllowed."""
    require(may_lead_group(by, document.group), "Only leaders of the group take documents out.")
    with transaction.atomic():
        uids = list(document.versions.values_list("uid", flat=True))
        audit.record(by=by, action="remove_document", kind="document", uid=document.uid, title=document.title)
        document.delete()

        def remove() -> None:
            for uid in uids:
                file_path(uid).unlink(missing_ok=True)

        transaction.on_commit(remove)


def _check_readers(by: audit.Actor, group: Group, readers: str) -> None:
    if readers not in Readers.values:
        raise InvalidInput("Choose who may read the document.", field="readers")
    if readers != Readers.GROUP and not may_lead_group(by, group):
        raise InvalidInput("Only leaders of the group open a document to others.", field="readers")


def _add_version(document: GroupDocument, *, name: str, content: bytes, note: str, by: audit.Actor) -> DocumentVersion:
    checked = check_file(name, content)
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = DocumentVersion(
        document=document,
        number=last + 1,
        name=checked.name,
        media_type=checked.media_type,
        bytes=checked.bytes,
        sha256=checked.sha256,
        note=note.strip()[:300],
        uploaded_by=by.public_id,
    )
    path = write_file(version.uid, content)
    try:
        version.save(force_insert=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return version
