"""One record of each kind that credentials keep about a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.credentials.models import (
    Credential,
    CredentialCollection,
    CredentialShare,
    HeldCredential,
    IssueBatch,
    IssueRow,
)


def _awarded(person: User) -> Credential:
    found = Credential.objects.filter(holder=person).first()
    return found or a_credential(name=person.name, email=str(person.email), person=person)


def _share(person: User) -> CredentialShare:
    now = timezone.now()
    return CredentialShare.objects.create(
        person=person,
        credential=_awarded(person),
        secret_sha256="3" * 64,
        note=f"For the works council, {person.name}",
        made_at=now,
        ends_at=now + timedelta(days=1),
    )


def _collect(person: User) -> None:
    collection = CredentialCollection.objects.create(person=person, name=f"Papers of {person.name}")
    collection.credentials.add(_awarded(person))


def _list(person: User) -> IssueRow:
    version = _awarded(person).version
    batch = IssueBatch.objects.create(version=version, valid_from=timezone.now(), rows_in_all=1)
    return IssueRow.objects.create(batch=batch, position=1, holder=person, name=person.name, email=str(person.email))


CREDENTIAL_BUILDERS: dict[str, Callable[[User], object]] = {
    "credentials.Credential.holder": _awarded,
    "credentials.HeldCredential.person": lambda person: HeldCredential.objects.create(
        person=person,
        format="open_badge",
        name=f"{person.name}.json",
        data=b"{}",
        sha256="4" * 64,
        title="A badge",
        checked_at=timezone.now(),
    ),
    "credentials.CredentialCollection.person": _collect,
    "credentials.CredentialShare.person": _share,
    "credentials.IssueRow.holder": _list,
}
