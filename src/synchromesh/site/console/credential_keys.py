"""Commands about who issues: issuers, their keys, the registry of known issuers, the transparency log."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Issuer, KeyPurpose, KnownIssuer, SigningKey
from synchromesh.credentials.operations.issuers import enter_known_issuer, register_issuer
from synchromesh.credentials.operations.keys import mark_compromised, rotate_key
from synchromesh.credentials.operations.log import sign_log_head
from synchromesh.credentials.operations.registry_import import TrustListImporter
from synchromesh.credentials.operations.signers import list_unreadable_keys
from synchromesh.credentials.permissions import may_manage_keys
from synchromesh.credentials.queries.issuers import get_issuer
from synchromesh.credentials.queries.keys import did_of, list_keys, verification_method_of
from synchromesh.credentials.queries.log import find_newest_head, find_size
from synchromesh.credentials.queries.log_audit import audit_whole_log
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing import imports
from synchromesh.plumbing.audit import Actor
from synchromesh.site.console.judged import Judged

LOG = "log"


def add_key_commands(keys: Any) -> None:
    """Attach `credential keys ...`."""
    listing = keys.add_parser("list", help="all keys of an issuer, retired ones too")
    listing.set_defaults(run=keys_list)
    rotate = keys.add_parser("rotate", help="make a new key; what was signed before stays good")
    rotate.set_defaults(run=keys_rotate)
    for parser in (listing, rotate):
        words = f"slug of the issuer's organisation, or '{LOG}' for the transparency log"
        parser.add_argument("--issuer", required=True, metavar="SLUG", help=words)
    stolen = keys.add_parser("compromised", help="say that a key was in wrong hands; what it signed since is refused")
    stolen.add_argument("key", metavar="UID", help="uid of the key")
    stolen.add_argument("--since", required=True, metavar="INSTANT", help="such as 2026-11-23T08:00, in UTC")
    stolen.set_defaults(run=keys_compromised)
    check = keys.add_parser("check", help="whether every key that is kept here can be read: the drill after a restore")
    check.set_defaults(run=keys_check)


def add_issuer_commands(issuer: Any) -> None:
    """Attach `credential issuer ...`."""
    register = issuer.add_parser("register", help="make an organisation an issuer, with an identifier and a key")
    register.add_argument("organisation", metavar="SLUG", help="slug of the organisation")
    register.add_argument("--legal-name", default="", help="default: the name of the organisation")
    register.add_argument("--legal-id", default="", help="such as a VAT number or a national register's")
    register.add_argument("--email", default="", help="where holders and employers may ask")
    register.add_argument("--higher-education", action="store_true", help="only such a body states ECTS points")
    register.set_defaults(run=issuer_register)
    enter = issuer.add_parser("enter", help="add an issuer of the world to the registry")
    enter.add_argument("name", help="what it is called")
    words = "a DID, an address or sha256: with the hash of a certificate; may be repeated"
    enter.add_argument("--identifier", action="append", required=True, metavar="ID", help=words)
    enter.add_argument("--source", required=True, help="the trust list or the person that says so")
    enter.add_argument("--since", required=True, metavar="DAY", help="known since, such as 2026-11-23")
    enter.add_argument("--until", default="", metavar="DAY", help="the last day; default: no end")
    for name in ("url", "country", "accredited-by", "source-url"):
        enter.add_argument(f"--{name}", default="")
    enter.set_defaults(run=issuer_enter)
    listed = issuer.add_parser("import", help="load a trust list into the registry; without --commit a preview")
    listed.add_argument("file", help="a table (CSV, XLSX: name, identifiers, known_since) or a trusted list (XML)")
    words = "name of the series of lists that this one belongs to; default: the file's name"
    listed.add_argument("--source", default="", help=words)
    listed.add_argument("--partial", action="store_true", help="only some issuers; none is ended for being left out")
    listed.add_argument("--commit", action="store_true", help="write it")
    listed.set_defaults(run=issuer_import)


def add_log_commands(log: Any) -> None:
    """Attach `credential log ...`."""
    head = log.add_parser("head", help="the newest signed head, and how much has come since")
    head.add_argument("--sign", action="store_true", help="sign the present end of the log first")
    head.set_defaults(run=log_head)
    audit = log.add_parser("audit", help="hold all entries against all heads, and all credentials against the log")
    audit.set_defaults(run=log_audit)


def keys_list(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """All keys, the newest first; never a secret."""
    issuer = _issuer(arguments.issuer)
    if not may_manage_keys(by, issuer):
        raise NotAllowed("Only managers of the issuer see its keys.")
    return [_key(key) for key in list_keys(issuer)]


def keys_rotate(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """A new key for credentials, or for the heads of the log."""
    issuer = _issuer(arguments.issuer)
    purpose = KeyPurpose.CREDENTIALS if issuer else KeyPurpose.LOG
    return _key(rotate_key(by=by, issuer=issuer, purpose=purpose))


def keys_compromised(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Give a key up; where it was the active one, a new one is made."""
    return _key(mark_compromised(by=by, key=_stored_key(arguments.key), since=_instant(arguments.since)))


def keys_check(arguments: argparse.Namespace, *, by: Actor) -> Judged:
    """Decrypt every secret that is kept here and compare it with its public key."""
    del arguments
    if by is not OPERATOR:
        raise NotAllowed("Only the operator of the server checks the keys.")
    unreadable = list_unreadable_keys()
    answer = {"keys": SigningKey.objects.count(), "unreadable": [_key(key) for key in unreadable]}
    return Judged(answer=answer, is_good=not unreadable)


def issuer_register(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Make an organisation an issuer."""
    organisation = Organisation.objects.select_related("country").filter(slug=arguments.organisation).first()
    if organisation is None:
        raise NotFound(f"There is no organisation '{arguments.organisation[:80]}'.", field="organisation")
    issuer = register_issuer(
        by=by,
        organisation=organisation,
        legal_name=arguments.legal_name,
        legal_id=arguments.legal_id,
        email=arguments.email,
        is_higher_education=arguments.higher_education,
    )
    return {"issuer": organisation.slug, "did": issuer.did, "name": issuer.legal_name, "uid": str(issuer.uid)}


def issuer_enter(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Add an issuer of the world to the registry."""
    known = enter_known_issuer(
        by=by,
        name=arguments.name,
        identifiers=arguments.identifier,
        known_since=_day(arguments.since, "since"),
        known_until=_day(arguments.until, "until") if arguments.until else None,
        source=arguments.source,
        source_url=arguments.source_url,
        url=arguments.url,
        country=arguments.country.upper(),
        accredited_by=arguments.accredited_by,
    )
    return _known(known)


def issuer_import(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What a trust list would change in the registry; with --commit it does."""
    path, importer = Path(arguments.file), TrustListImporter()
    source = arguments.source or path.name[: imports.LONGEST_SOURCE]
    try:
        file = path.open("rb")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.", field="file") from None
    with file:
        options = {"complete": not arguments.partial}
        batch, plan = imports.preview(importer, by=by, file=file, name=path.name, source=source, options=options)
    if arguments.commit:
        batch = imports.commit(importer, by=by, batch=batch)
    return {
        "batch": str(batch.uid),
        "status": batch.status,
        "counts": plan.counts,
        "problems": [asdict(problem) for problem in plan.problems],
    }


def log_head(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """The newest signed head; with --sign one of the present end."""
    newest = sign_log_head(by=by) if arguments.sign else find_newest_head()
    return {"entries": find_size(), "head": newest.signed if newest else None}


def log_audit(arguments: argparse.Namespace, *, by: Actor) -> Judged:
    """Everything that does not fit; exit code 1 where anything does not."""
    del arguments, by
    found = audit_whole_log()
    return Judged(answer=asdict(found), is_good=not found.problems)


def _issuer(slug: str) -> Issuer | None:
    return None if slug == LOG else get_issuer(slug)


def _stored_key(text: str) -> SigningKey:
    try:
        found = SigningKey.objects.select_related("issuer__organisation").filter(uid=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound("There is no key with this uid. The list of keys shows them.", field="key")
    return found


def _key(key: SigningKey) -> dict[str, Any]:
    return {
        "uid": str(key.uid),
        "purpose": key.purpose,
        "method": verification_method_of(key, did=did_of(key)),
        "public": key.public,
        "kind": key.kind,
        "made_at": key.made_at,
        "retired_at": key.retired_at,
        "compromised_at": key.compromised_at,
    }


def _known(known: KnownIssuer) -> dict[str, Any]:
    return {
        "uid": str(known.uid),
        "name": known.name,
        "identifiers": [one.value for one in known.identifiers.all()],
        "known_since": known.known_since,
        "known_until": known.known_until,
    }


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("Give a day such as 2026-11-23.", field=field) from None


def _instant(text: str) -> datetime:
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput("Give an instant such as 2026-11-23T08:00, in UTC.", field="since") from None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
