"""Read what mail servers say about mails that were not delivered, and write no more to addresses that do not exist.

A delivery status notification is a multipart/report (RFC 3464) whose fields name recipient, action and a status code
(RFC 3463); a complaint is a feedback report (RFC 5965). Only what says that the address itself takes no mail
counts: a full box, a refused text or a server that is away is no reason to forget somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.models.mail_preferences import EmailSuppression, SuppressionReason
from synchromesh.community.queries.mail_keys import hash_address
from synchromesh.engine.errors import InvalidInput
from synchromesh.plumbing import audit

LARGEST_REPORT = 2 * 1024 * 1024
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
_GONE = {(0, 0), (1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
"""Subject and detail of 5.x.y that say: no such box, no such domain, box switched off; 5.0.0 says no more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceResult:
    """How many addresses a report spoke of, and how many of them get no mail from now on."""

    recipients: int
    suppressed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    address: str
    reason: SuppressionReason | None
    detail: str


def record_bounce(*, by: audit.Actor, message: bytes, now: datetime | None = None) -> BounceResult:
    """Take the report of a mail server, a whole message, and suppress the addresses that do not exist.

    The same report again changes nothing. Raises NotAllowed, and InvalidInput for a message that is no report.
    """
    require(is_alliance_staff(by), "Only alliance staff and the operator take reports of mail servers.")
    if len(message) > LARGEST_REPORT:
        raise InvalidInput("A report of a mail server has at most 2 MiB.", field="message")
    findings = list(_read(message_from_bytes(message, policy=policy.default)))
    if not findings:
        raise InvalidInput("This is no report of a mail server (RFC 3464 or RFC 5965).", field="message")
    at = now or timezone.now()
    with transaction.atomic():
        made = sum(_suppress(found, at) for found in findings)
        if made:
            audit.record(by=by, action="record_bounce", kind="mail", uid="bounce", suppressed=made)
    return BounceResult(recipients=len(findings), suppressed=made)


def _read(message: EmailMessage) -> Iterator[_Finding]:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            yield from _read_delivery_status(part)
        elif kind == "message/feedback-report":
            yield from _read_complaint(part)


def _read_delivery_status(part: Message) -> Iterator[_Finding]:
    """One group of fields per recipient follows the group about the message."""
    for group in _groups(part):
        address = _address(group.get("Final-Recipient") or group.get("Original-Recipient"))
        if not address:
            continue
        status = _STATUS.search(str(group.get("Status", "")))
        failed = str(group.get("Action", "")).strip().lower() == "failed"
        gone = bool(status) and status[1] == "5" and (int(status[2]), int(status[3])) in _GONE  # type: ignore[index]
        reason = SuppressionReason.BOUNCE if failed and gone else None
        yield _Finding(address=address, reason=reason, detail=f"Status {status[0]}" if status else "")


def _read_complaint(part: Message) -> Iterator[_Finding]:
    for group in _groups(part):
        address = _address(group.get("Original-Rcpt-To"))
        if address:
            kind = re.sub(r"[^a-z-]", "", str(group.get("Feedback-Type", "")).lower())[:40]
            reason = SuppressionReason.COMPLAINT if kind in {"abuse", "fraud", "opt-out"} else None
            yield _Finding(address=address, reason=reason, detail=kind)


def _groups(part: Message) -> list[Message]:
    """The groups of fields of a report; a parser that does not know the type leaves them as one text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [group for group in payload if isinstance(group, Message)]
    return [message_from_bytes(block.encode()) for block in re.split(r"\r?\n\r?\n", str(payload)) if block.strip()]


def _address(field: object) -> str:
    """`rfc822; somebody@example.org` or the bare address; empty where there is none."""
    text = str(field or "").rpartition(";")[2].strip().strip("<>").strip()
    return text if re.fullmatch(r"[^@\s<>]{1,64}@[^@\s<>]{1,190}", text) else ""


def _suppress(found: _Finding, at: datetime) -> bool:
    if found.reason is None:
        return False
    return EmailSuppression.objects.get_or_create(
        address_hash=hash_address(found.address),
        kind="",
        defaults={"reason": found.reason, "detail": found.detail, "added_at": at},
    )[1]
