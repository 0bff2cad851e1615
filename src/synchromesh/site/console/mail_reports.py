"""Commands about mails: take the reports of mail servers."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from synchromesh.community.operations.mail_bounces import LARGEST_REPORT, record_bounce
from synchromesh.plumbing.audit import Actor


def add_mail_commands(group: Any) -> None:
    """Attach `mail bounce`."""
    words = "take the report of a mail server from standard input; addresses that do not exist get no more mail"
    group.add_parser("bounce", help=words).set_defaults(run=mail_bounce)


def mail_bounce(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Read one message, as a mail server pipes it, and say what followed from it."""
    result = record_bounce(by=by, message=sys.stdin.buffer.read(LARGEST_REPORT + 1))
    return {"recipients": result.recipients, "suppressed": result.suppressed}
