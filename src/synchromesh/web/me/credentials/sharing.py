"""The part of the holder's pages that makes and ends links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.credentials.models import CredentialShare
from synchromesh.credentials.operations.shares import end_share, share_credential
from synchromesh.credentials.queries.wallet import get_share_of, list_live_shares
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.me.credentials.forms import ShareForm, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link that was just made. Its address is in this one answer and nowhere else."""

    share: CredentialShare
    url: str


def make_link(request: HttpRequest, person: User, thing: Thing) -> tuple[ShareForm, NewLink | None]:
    """Make the link that the form asks for; the form says what is wrong where there is none."""
    form = ShareForm(request.POST, of=thing)
    if not form.is_valid():
        return form, None
    try:
        made, secret = share_credential(
            by=person,
            thing=thing,
            fields=form.cleaned_data["fields_shown"],
            ends_at=form.ends_at(),
            note=form.cleaned_data["note"],
        )
    except (InvalidInput, Conflict) as error:
        form.add_error("ends_on" if error.field == "ends_at" else None, sentence_of(error))
        return form, None
    url = request.build_absolute_uri(reverse("wallet:share", args=[secret]))
    return ShareForm(of=thing), NewLink(share=made, url=url)


def end_link(request: HttpRequest, person: User) -> None:
    """End the link that the button names. Raises NotFound for one that is not the person's own."""
    try:
        uid = UUID(request.POST.get("share", ""))
    except ValueError:
        raise NotFound("There is no such link among yours.") from None
    end_share(by=person, made=get_share_of(person, uid))
    messages.success(request, gettext("The link no longer works."))


def sharing_context(thing: Thing, form: ShareForm | None = None, made: NewLink | None = None) -> dict[str, Any]:
    """What `me/credentials/_sharing.html` shows."""
    return {"share_form": form or ShareForm(of=thing), "new_link": made, "shares": list_live_shares(thing)}
