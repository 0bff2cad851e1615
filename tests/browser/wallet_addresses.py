"""Pages of holders and of those to whom they show something, in every state worth looking at, and what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from synchromesh.accounts.models import User
    from synchromesh.credentials.models import Credential

HOLDER = "holder"
NAMES = (HOLDER, "claimer", "offered")
"""People of these pages; whoever fills the site makes a session for each, as for all others."""


def wallet_states() -> tuple[State, ...]:
    """Every page, with the addresses of `wallet_content` in braces."""
    mine = "/en/me/credentials/"
    return (
        _page("me:credentials", mine, "none", person="newcomer"),
        _page("me:credentials", mine, "one waits", person="offered"),
        _page("me:credentials", mine, "all kinds", person=HOLDER),
        _page("me:credential", f"{mine}{{held_code}}/", "everything open", person=HOLDER, then=open_all),
        _page("me:credential", f"{mine}{{suspended_code}}/", "with a new link", person=HOLDER, then=_make_link),
        _page("me:credential", f"{mine}{{held_code}}/", "refused", person=HOLDER, status=422, then=_refused_link),
        _page("me:credential-links", f"{mine}links/", person=HOLDER),
        _page("me:add-credential", f"{mine}add/", person=HOLDER),
        _page(
            "me:add-credential",
            f"{mine}add/",
            "refused",
            person=HOLDER,
            status=422,
            then=lambda page: submit(page, "Check it and keep it"),
        ),
        _page("me:held-credential", f"{mine}held/{{brought}}/", person=HOLDER, then=open_all),
        _page("me:new-collection", f"{mine}collections/new/", person=HOLDER),
        _page("me:collection", f"{mine}collections/{{collection}}/", person=HOLDER, then=open_all),
        _page("me:credential-offer", f"{mine}{{held_code}}/wallet/", person=HOLDER),
        _page(
            "me:credential-offer",
            f"{mine}{{held_code}}/wallet/",
            "with a code",
            person=HOLDER,
            then=lambda page: submit(page, "Make an offer for my wallet"),
        ),
        _page("wallet:request", "/en/verify/wallet/"),
        _page("wallet:answer", "/en/verify/wallet/{asked}/", "waiting"),
        _page("wallet:answer", "/en/verify/wallet/{answered}/", "answered"),
        _page("wallet:answer", "/en/verify/wallet/{refused}/", "refused"),
        _page("wallet:claim", "/en/claim/{claim}/", "without account"),
        _page("wallet:claim", "/en/claim/{claim}/", "signed in", person="claimer"),
        _page("wallet:share", "/en/s/{share_all}/", "everything"),
        _page("wallet:share", "/en/s/{share_brought}/", "from elsewhere"),
        _page("wallet:share", "/en/s/{share_collection}/", "a collection"),
        _page("wallet:shared-credential", "/en/s/{share_collection}/{share_key}/"),
        _page("404", "/en/s/ended/", "an ended link", status=404),
        _page("wallet:embed", "/en/c/{held_code}/embed/", "valid"),
        _page("wallet:embed", "/en/c/{suspended_code}/embed/?theme=dark", "suspended"),
    )


WALLET_NO_PAGES = {
    "me:credential-file": "a file",
    "me:learner-record": "a file",
    "me:held-file": "a file",
    "wallet:claim-file": "a file",
    "wallet:shared-file": "a file",
    "wallet-issuer": "data",
    "wallet-token-server": "data",
    "wallet-token": "takes a POST",
    "wallet-nonce": "takes a POST",
    "wallet-credential": "takes a POST",
    "wallet-request-object": "data",
    "wallet-response": "takes a POST",
    "verifier-did": "data",
}


def _make_link(page: Any) -> None:
    open_all(page)
    page.get_by_label("For whom").fill("North Works")
    page.get_by_role("button", name="Make the link").click()


def _refused_link(page: Any) -> None:
    open_all(page)
    page.get_by_label("Last day").fill("2020-01-01")
    submit(page, "Make the link")


def wallet_content() -> dict[str, str]:
    """A holder with credentials in every state, one from elsewhere, a collection and links; one to be claimed."""
    from tests.credentials.records import a_credential, an_achievement

    from synchromesh.accounts.models import User
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.credentials.models import PageDetail, StatusReason
    from synchromesh.credentials.operations.claiming import make_claim_link
    from synchromesh.credentials.operations.status import suspend_credential
    from synchromesh.credentials.operations.wallet import set_page_detail

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    achievement = an_achievement(**_content())
    evidence = [{"names": {"en": "Protocol of the test"}, "url": "https://body.example/protocol"}]
    holder = people[HOLDER]
    held = a_credential(achievement, occasion="wallet:1", person=holder, percent=87, evidence=evidence)
    set_page_detail(by=holder, credential=held, detail=PageDetail.FULL)
    suspended = a_credential(achievement, occasion="wallet:2", person=holder)
    suspend_credential(by=OPERATOR, credential=suspended, reason=StatusReason.CHECK, note="A doubt about the test.")
    journey = a_credential(achievement, occasion="wallet:journey", email="claimer@example.org")
    free = a_credential(achievement, occasion="wallet:3", email="claimer@example.org")
    people["offered"].emailaddress_set.create(email="offered@example.org", verified=True, primary=True)
    a_credential(achievement, occasion="wallet:4", email="offered@example.org")
    return {
        "held_code": held.code,
        "suspended_code": suspended.code,
        "claim": make_claim_link(by=OPERATOR, credential=free),
        "claim_of_journey": make_claim_link(by=OPERATOR, credential=journey),
        **_shown_to_others(holder, held, suspended, elsewhere=free),
        **_asked_of_wallets(held),
    }


def _content() -> dict[str, Any]:
    """Words as long as real ones."""
    return {
        "titles": {"en": "Isolate the high-voltage system of a vehicle", "de": "Hochvoltsystem freischalten"},
        "descriptions": {"en": "Switches the high-voltage system of a vehicle off, so that others can work safely."},
        "outcomes": [{"en": "Isolates a vehicle, secures it and proves the absence of voltage"}, {"en": "Says no"}],
        "criteria": {"en": "All required units are done, and the final test is passed with at least 80 %."},
        "assessments": {"en": "Practical task at a vehicle, judged by two examiners"},
        "participations": {"en": "On site"},
        "months_valid": 24,
    }


def _shown_to_others(holder: User, held: Credential, other: Credential, *, elsewhere: Credential) -> dict[str, str]:
    """Links to one credential, to one from elsewhere and to a collection; one of them has ended."""
    from datetime import timedelta

    from django.utils import timezone

    from synchromesh.credentials.operations.envelopes import take_envelope
    from synchromesh.credentials.operations.shares import FIELDS, end_share, open_share, share_credential
    from synchromesh.credentials.operations.wallet import add_held_credential, save_collection
    from synchromesh.credentials.queries.shares import list_shared

    data = bytes(take_envelope(elsewhere, "open_badge").data)
    brought = add_held_credential(by=holder, name="badge of another school.json", data=data)
    codes = [held.code, other.code]
    collection = save_collection(by=holder, name="For North Works", codes=codes, held=[str(brought.uid)])
    ends_at = timezone.now() + timedelta(days=30)
    made: dict[str, Any] = {
        "share_all": (held, FIELDS, "Personnel office of North Works"),
        "share_little": (held, (), ""),
        "share_brought": (brought, ("name", "workload", "files"), ""),
        "share_collection": (collection, ("name", "dates"), "All for the application"),
    }
    secrets = {
        name: share_credential(by=holder, thing=thing, fields=fields, ends_at=ends_at, note=note)[1]
        for name, (thing, fields, note) in made.items()
    }
    ended, _ = share_credential(by=holder, thing=held, fields=("name",), ends_at=ends_at, note="An old one")
    end_share(by=holder, made=ended)
    inside = list_shared(open_share(secrets["share_collection"]), secrets["share_collection"])
    return secrets | {"brought": str(brought.uid), "collection": str(collection.uid), "share_key": inside[0].key}


def _asked_of_wallets(held: Credential) -> dict[str, str]:
    """Requests that wait, were answered and were refused, each by what stands in the address of its page."""
    from datetime import timedelta

    from django.utils import timezone

    from synchromesh.accounts.permissions import VISITOR
    from synchromesh.credentials.operations.wallet_requests import ask_wallet, record_refusal
    from synchromesh.credentials.queries.kept_checks import check_as_json
    from synchromesh.credentials.queries.own_verdicts import find_own_verdicts
    from synchromesh.credentials.queries.wallet_requests import page_key

    made = {name: ask_wallet(by=VISITOR, asked=("name",)) for name in ("asked", "answered", "refused")}
    type(made["asked"]).objects.update(ends_at=timezone.now() + timedelta(days=1))
    made["answered"].answered_at = timezone.now()
    made["answered"].verdicts = {"credentials": [check_as_json(find_own_verdicts(held)) | {"format": "selective_jwt"}]}
    made["answered"].save()
    record_refusal(by=VISITOR, state=made["refused"].state, error="access_denied")
    return {name: f"{request.uid}/{page_key(request)}" for name, request in made.items()}
