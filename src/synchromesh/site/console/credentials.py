"""Commands about credentials: issue to one person or a list, change the status, check any file."""

from __future__ import annotations

import argparse
import sys
import uuid
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import BatchState, Credential, CredentialState, IssueBatch, StatusReason
from synchromesh.credentials.operations.batches import preview_batch, release_batch, resume_batch, submit_batch
from synchromesh.credentials.operations.checking import LARGEST_FILE, verify_credential
from synchromesh.credentials.operations.envelopes import take_envelope, written_formats
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
from synchromesh.credentials.operations.status import reinstate_credential, suspend_credential, withdraw_credential
from synchromesh.credentials.queries.achievements import get_achievement
from synchromesh.credentials.queries.pages import get_by_code
from synchromesh.credentials.queries.records import page_address
from synchromesh.engine.credential_formats import envelopes
from synchromesh.engine.credential_formats.verdicts import IssuerWord, SignatureWord, StatusWord
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.plugins import discover
from synchromesh.plumbing.audit import Actor
from synchromesh.site.console.judged import Judged
from synchromesh.site.verdict_answers import verdict_answer

MOST_PROBLEMS = 100
_REASONS = [reason.value for reason in StatusReason if reason not in (StatusReason.CORRECTED, StatusReason.CLEARED)]


def add_issuing_commands(group: Any) -> None:
    """Attach `credential issue`, `issue-list` and `release`."""
    issue = group.add_parser("issue", help="issue an achievement to one person")
    issue.add_argument("--achievement", required=True, metavar="SLUG", help="slug of a published achievement")
    issue.add_argument("--to", required=True, metavar="EMAIL", help="where the holder is written to, and claims it")
    words = "the credential in this format (credential formats lists them); default: only what was issued"
    issue.add_argument("--format", default="", metavar="NAME", help=words)
    issue.add_argument("--name", default="", help="name of the holder; default: that of the account with this address")
    issue.add_argument("--percent", default="", metavar="N", help="the result, from 0 to 100")
    issue.add_argument("--language", default="en", metavar="CODE", help="of the mail and of texts of one language")
    issue.add_argument("--output", default="", metavar="FILE", help="where to write it; default: standard output")
    issue.add_argument("--again", action="store_true", help="also where the person holds this achievement already")
    issue.add_argument("--dry-run", action="store_true", help="do everything and take it back; nothing is issued")
    issue.set_defaults(run=credential_issue)
    words = "issue an achievement to all people of a table; without --commit a preview"
    listed = group.add_parser("issue-list", help=words)
    listed.add_argument("file", help="CSV or XLSX with the columns name, and email, language, percent, id if wanted")
    listed.add_argument("--achievement", required=True, metavar="SLUG", help="slug of a published achievement")
    listed.add_argument("--no-mail", action="store_true", help="write to nobody")
    listed.add_argument(
        "--commit", action="store_true", help="issue it now, or hand it on where two persons are needed"
    )
    listed.set_defaults(run=credential_issue_list)
    release = group.add_parser("release", help="release a list that waits for a second person, and issue it")
    release.add_argument("batch", metavar="UID", help="uid of the list")
    release.set_defaults(run=credential_release)


def add_status_commands(group: Any) -> None:
    """Attach `credential withdraw`, `suspend` and `reinstate`."""
    for name, function, help_text in (
        ("withdraw", credential_withdraw, "withdraw a credential for good"),
        ("suspend", credential_suspend, "take its force away for a time"),
        ("reinstate", credential_reinstate, "make a suspended credential valid again"),
    ):
        parser = group.add_parser(name, help=help_text)
        parser.add_argument("code", help="code of its page, as in /c/CODE")
        if name != "reinstate":
            parser.add_argument("--reason", required=True, choices=_REASONS, help="the class that the page may show")
        parser.add_argument("--note", default="", help="why, in words for the holder")
        parser.set_defaults(run=function)


def add_checking_commands(group: Any) -> None:
    """Attach `credential verify` and `formats`."""
    verify = group.add_parser("verify", help="check a credential of any issuer: signature, status, issuer")
    verify.add_argument("file", help="the file; - is standard input")
    verify.add_argument("--offline", action="store_true", help="ask nobody; the answer rests on the file alone")
    verify.set_defaults(run=credential_verify)
    group.add_parser("formats", help="formats that are written or checked").set_defaults(run=credential_formats)


def credential_issue(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Issue to one person; the answer, or the credential itself where a format is given and no file for it."""
    achievement = get_achievement(arguments.achievement, visible_to=by)
    known = User.objects.filter(email__iexact=arguments.to, is_active=True).first()
    new = NewCredential(
        name=arguments.name.strip() or (known.name if known else ""),
        occasion=f"by-hand:{uuid.uuid4()}",
        email=arguments.to,
        language=arguments.language,
        percent=_percent(arguments.percent),
    )
    name = _format(arguments.format)
    if not arguments.again and _holds_it(achievement.pk, arguments.to):
        raise Conflict(f"{arguments.to} holds this achievement already. With --again it is issued once more.")
    with transaction.atomic():
        credential = issue_credential(by=by, achievement=achievement, new=new)
        data = bytes(take_envelope(credential, name).data) if name else None
        if arguments.dry_run:
            transaction.set_rollback(True)
            return {"dry_run": True, **_holder(credential)}
    if data is None or arguments.output:
        return _issued(credential) | ({"format": name, **_written(arguments.output, data)} if data else {})
    return data


def _percent(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise InvalidInput("A result lies between 0 and 100 percent.", field="percent") from None


def _format(text: str) -> str:
    name = text.replace("-", "_")
    if name and name not in written_formats():
        known = ", ".join(sorted(written_formats()))
        raise InvalidInput(f"There is no format '{text[:40]}'. Use one of {known}.", field="format")
    return name


def _holds_it(achievement: int, email: str) -> bool:
    held = Credential.objects.filter(version__achievement=achievement, holder_email__iexact=email)
    return held.exclude(state=CredentialState.WITHDRAWN).exists()


def _holder(credential: Credential) -> dict[str, Any]:
    return {
        "achievement": credential.version.achievement.slug,
        "holder": credential.holder_name,
        "email": credential.holder_email,
        "valid_from": credential.valid_from,
        "valid_until": credential.valid_until,
    }


def _issued(credential: Credential) -> dict[str, Any]:
    where = {"credential": credential.code, "uid": str(credential.uid), "page": page_address(credential.code)}
    return {**where, **_holder(credential), "log_index": credential.log_index}


def _written(path: str, data: bytes) -> dict[str, Any]:
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}.", field="output") from None
    return {"file": path, "bytes": len(data)}


def credential_issue_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Keep the list as a preview; with --commit issue it here and now, or leave it to a second person."""
    achievement = get_achievement(arguments.achievement, visible_to=by)
    path = Path(arguments.file)
    try:
        file = path.open("rb")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.", field="file") from None
    with file:
        batch = preview_batch(
            by=by, achievement=achievement, file=file, name=path.name, sends_mail=not arguments.no_mail
        )
    if arguments.commit:
        batch = _issue_rest(submit_batch(by=by, batch=batch))
    return _list_answer(batch)


def credential_release(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Release what another one prepared, and issue it."""
    try:
        uid = uuid.UUID(arguments.batch)
    except ValueError:
        raise InvalidInput("A list has a uid, as the preview answered it.", field="batch") from None
    found = IssueBatch.objects.select_related("version__achievement__issuer__organisation").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such list.", field="batch")
    return _list_answer(_issue_rest(release_batch(by=by, batch=found)))


def _issue_rest(batch: IssueBatch) -> IssueBatch:
    """Whoever released it has said who issues; the work is the server's. A worker that takes it too shares it."""
    return resume_batch(by=OPERATOR, batch_uid=batch.uid) if batch.state == BatchState.RUNNING else batch


def _list_answer(batch: IssueBatch) -> dict[str, Any]:
    wrong = batch.rows.exclude(problem="").order_by("position")[:MOST_PROBLEMS]
    problems = [(row, *row.problem.partition(": ")) for row in wrong]
    return {
        "batch": str(batch.uid),
        "achievement": batch.version.achievement.slug,
        "state": batch.state,
        "rows": batch.rows_in_all,
        "refused": batch.rows_refused,
        "issued": batch.rows_issued,
        "problems": [
            {"position": f"row {row.position}", "field": field, "message": message}
            for row, field, _, message in problems
        ],
    }


def credential_withdraw(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Withdraw for good."""
    return _changed(arguments, withdraw_credential, by=by)


def credential_suspend(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Suspend; without a note the class of the reason stands for it."""
    arguments.note = arguments.note or StatusReason(arguments.reason).label
    return _changed(arguments, suspend_credential, by=by)


def credential_reinstate(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Make valid again."""
    return _changed(arguments, reinstate_credential, by=by)


def _changed(arguments: argparse.Namespace, operation: Any, *, by: Actor) -> dict[str, Any]:
    credential = get_by_code(arguments.code)
    reason = {"reason": StatusReason(arguments.reason)} if "reason" in arguments else {}
    change = operation(by=by, credential=credential, note=arguments.note, **reason)
    return {
        "credential": credential.code,
        "state": change.state,
        "reason": change.reason,
        "changed_at": change.changed_at,
        "log_index": change.log_index,
    }


def credential_verify(arguments: argparse.Namespace, *, by: Actor) -> Judged:
    """The three lines. Exit code 0 only where the signature is good, the status valid and the issuer known."""
    del by
    name = "" if arguments.file == "-" else Path(arguments.file).name
    try:
        data = _read(arguments.file)
    except OSError as error:
        raise InvalidInput(f"{arguments.file} cannot be read: {error.strerror}.", field="file") from None
    checked = verify_credential(data, name=name, offline=arguments.offline)
    words = (checked.signature.word, checked.status.word, checked.issuer.word)
    is_good = words == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.KNOWN)
    return Judged(answer=verdict_answer(checked), is_good=is_good)


def _read(path: str) -> bytes:
    """As much as is checked at most, and one byte more, which is refused."""
    if path == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def credential_formats(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """All envelopes: which are written here, and which are only checked."""
    del arguments, by
    return [
        {
            "name": name,
            "title": module.TITLE,
            "media_type": module.MEDIA_TYPE,
            "ending": module.ENDING,
            "written": name in written_formats(),
        }
        for name, module in sorted(discover(envelopes).items())
    ]
