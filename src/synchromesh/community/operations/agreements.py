"""Keep agreements, their parties, and what is done about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Agreement, AgreementAction, AgreementParty
from synchromesh.community.operations.stated_dates import check_stated_date
from synchromesh.community.permissions import may_edit_community
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.plumbing import audit
from synchromesh.plumbing.free_slugs import FreeSlugs

_STAFF_ONLY = "Only alliance staff keep agreements."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDetails:
    """What an agreement says; `name` and `aims` are in `language`, texts in other languages stay."""

    language: str
    name: str
    aims: str
    signed: str = ""
    place: str = ""
    ends_on: date | None = None
    parties: Sequence[Organisation] = ()


def save_agreement(*, by: audit.Actor, details: AgreementDetails, agreement: Agreement | None = None) -> Agreement:
    """Make an agreement, or change `agreement`. Alliance staff do. Raises NotAllowed, InvalidInput."""
    require(may_edit_community(by), _STAFF_ONLY)
    if not details.name.strip() or len(details.name) > 200:
        raise InvalidInput("Give the agreement a name of at most 200 characters.", field="name")
    check_stated_date(details.signed, field="signed")
    with transaction.atomic():
        row = Agreement() if agreement is None else Agreement.objects.select_for_update().get(pk=agreement.pk)
        if agreement is None:
            row.slug = FreeSlugs(Agreement).take([slugify(details.name)[:110] or "agreement"])[0]
        row.names = row.names | {details.language: details.name.strip()}
        others = {code: text for code, text in row.aims.items() if code != details.language}
        row.aims = others | ({details.language: details.aims.strip()} if details.aims.strip() else {})
        row.signed, row.place, row.ends_on = details.signed, details.place.strip(), details.ends_on
        row.edited_at = timezone.now()
        row.save()
        _set_parties(row, details.parties)
        audit.record(by=by, action="save_agreement", kind="agreement", uid=row.uid)
    return row


def _set_parties(row: Agreement, parties: Sequence[Organisation]) -> None:
    row.parties.exclude(organisation__in=parties).delete()
    for organisation in parties:
        AgreementParty.objects.get_or_create(agreement=row, organisation=organisation)


def add_agreement_action(*, by: audit.Actor, agreement: Agreement, text: str, due_on: date | None) -> AgreementAction:
    """Note what is to be done, and by when. Alliance staff do. Raises NotAllowed, InvalidInput."""
    require(may_edit_community(by), _STAFF_ONLY)
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > 300:
        raise InvalidInput("Say what is to be done, in at most 300 characters.", field="text")
    with transaction.atomic():
        made = AgreementAction.objects.create(agreement=agreement, text=tidy, due_on=due_on)
        audit.record(by=by, action="add_agreement_action", kind="agreement", uid=agreement.uid, made=str(made.uid))
    return made


def complete_agreement_action(*, by: audit.Actor, action: AgreementAction, done_on: date) -> AgreementAction:
    """Note when something was done. Alliance staff do. Raises NotAllowed, InvalidInput for a day to come."""
    require(may_edit_community(by), _STAFF_ONLY)
    if done_on > timezone.localdate():
        raise InvalidInput("This day has not come yet.", field="done_on")
    with transaction.atomic():
        action.done_on = done_on
        action.save(update_fields=["done_on"])
        audit.record(by=by, action="complete_agreement_action", kind="agreement", uid=action.agreement.uid)
    return action
