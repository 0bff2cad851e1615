"""Reports of mail servers: which of them say that an address does not exist."""

from __future__ import annotations

import pytest

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import EmailSuppression, MailKind
from synchromesh.community.operations.mail_bounces import LARGEST_REPORT, record_bounce
from synchromesh.community.queries.mail_preferences import takes_mail
from synchromesh.engine.errors import InvalidInput, NotAllowed
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def _report(*groups: str, kind: str = "delivery-status") -> bytes:
    """A report as RFC 3464 and RFC 5965 draw it."""
    fields = "\r\n\r\n".join(group.replace("\n", "\r\n") for group in groups)
    return (
        f"From: MAILER-DAEMON@mx.example.net\r\nTo: bounces@example.org\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\nThis is what happened.\r\n"
        f"--b\r\nContent-Type: message/{kind}\r\n\r\n{fields}\r\n\r\n--b--\r\n"
    ).encode()


def _bounce(address: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    return _report(
        "Reporting-MTA: dns; mx.example.net",
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 no",
    )


def test_an_address_that_does_not_exist_gets_no_more_mail() -> None:
    result = record_bounce(by=OPERATOR, message=_bounce("Gone@Example.org"))
    assert (result.recipients, result.suppressed) == (1, 1)
    assert not takes_mail("gone@example.org", MailKind.EVENT)
    assert takes_mail("here@example.org", MailKind.EVENT)


def test_the_same_report_again_changes_nothing() -> None:
    record_bounce(by=OPERATOR, message=_bounce("gone@example.org"))
    before = list(EmailSuppression.objects.values()), AuditEvent.objects.count()
    assert record_bounce(by=OPERATOR, message=_bounce("gone@example.org")).suppressed == 0
    assert (list(EmailSuppression.objects.values()), AuditEvent.objects.count()) == before


@pytest.mark.parametrize(
    ("action", "status"),
    [("delayed", "4.4.1"), ("failed", "4.2.2"), ("failed", "5.2.2"), ("failed", "5.7.1"), ("delivered", "2.1.5")],
)
def test_a_full_box_a_refused_text_and_a_delay_are_no_reason(action: str, status: str) -> None:
    result = record_bounce(by=OPERATOR, message=_bounce("busy@example.org", action=action, status=status))
    assert (result.recipients, result.suppressed) == (1, 0)
    assert takes_mail("busy@example.org", MailKind.EVENT)


def test_each_recipient_of_a_report_is_judged_alone() -> None:
    groups = [
        f"Final-Recipient: rfc822;{name}@example.org\nAction: failed\nStatus: {status}"
        for name, status in (("one", "5.1.1"), ("two", "5.2.2"), ("three", "5.1.10"))
    ]
    result = record_bounce(by=OPERATOR, message=_report("Reporting-MTA: dns; mx.example.net", *groups))
    assert (result.recipients, result.suppressed) == (3, 2)
    assert takes_mail("two@example.org", MailKind.EVENT)


def test_a_complaint_ends_all_mails_to_the_address() -> None:
    fields = "Feedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: <angry@example.org>"
    assert record_bounce(by=OPERATOR, message=_report(fields, kind="feedback-report")).suppressed == 1
    assert not takes_mail("angry@example.org", MailKind.GROUP)


def test_nothing_of_the_address_but_a_hash_is_kept() -> None:
    record_bounce(by=OPERATOR, message=_bounce("gone@example.org"))
    kept = str(list(EmailSuppression.objects.values())) + str(list(AuditEvent.objects.values()))
    assert "gone" not in kept


@pytest.mark.parametrize("message", [b"", b"Subject: Hello\r\n\r\nI am back on Monday.", b"\xff" * 100])
def test_an_ordinary_mail_is_refused(message: bytes) -> None:
    with pytest.raises(InvalidInput):
        record_bounce(by=OPERATOR, message=message)


def test_a_report_of_many_megabytes_is_refused() -> None:
    with pytest.raises(InvalidInput):
        record_bounce(by=OPERATOR, message=_bounce("gone@example.org") + b" " * LARGEST_REPORT)


def test_a_person_cannot_report_bounces_of_others(person: User) -> None:
    with pytest.raises(NotAllowed):
        record_bounce(by=person, message=_bounce("gone@example.org"))
