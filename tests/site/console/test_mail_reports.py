"""The command that takes the reports of mail servers."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from tests.site.console.conftest import Command

from synchromesh.community.models import MailKind
from synchromesh.community.queries.mail_preferences import takes_mail
from synchromesh.site.console import mail_reports

pytestmark = pytest.mark.django_db
REPORT = (
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
    b"Final-Recipient: rfc822; gone@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
)


def _standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(mail_reports.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))  # type: ignore[attr-defined]


def test_a_report_from_standard_input_ends_mails_to_an_address(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _standard_input(monkeypatch, REPORT)
    assert command("mail", "bounce").answer == {"recipients": 1, "suppressed": 1}
    assert not takes_mail("gone@example.org", MailKind.EVENT)


def test_an_ordinary_mail_is_refused(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    _standard_input(monkeypatch, b"Subject: Hello\r\n\r\nI am back on Monday.")
    outcome = command("mail", "bounce")
    assert outcome.code == 2
    assert outcome.answer["error"]["field"] == "message"
