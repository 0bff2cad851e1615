"""Pages of credentials in every state worth looking at, and the credentials that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from synchromesh.credentials.models import Achievement, Credential

OWNER = "owner"
STATES_SHOWN = ("full", "initials", "verdict", "withdrawn", "suspended", "expired", "altered")


def send(page: Page, name: str, data: bytes) -> None:
    """Send a file for a check."""
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": "application/json", "buffer": data})
    page.get_by_role("button", name="Check it", exact=True).click()


def send_unknown(page: Page) -> None:
    """A good file of an issuer that nobody has heard of."""
    from tests.credentials.foreign_files import a_token

    send(page, "badge.jwt", a_token())
    open_all(page)


def send_altered(page: Page) -> None:
    """A file in which somebody wrote another name."""
    from tests.credentials.foreign_files import an_altered_badge

    send(page, "badge.json", an_altered_badge())


def send_unsigned(page: Page) -> None:
    """A file that anybody could have written."""
    from tests.credentials.foreign_files import an_unsigned_badge

    send(page, "badge.json", an_unsigned_badge())


def credential_states() -> tuple[State, ...]:
    """Every page, with the addresses of `credential_content` in braces."""
    return (
        *(_page("credentials:credential", f"/en/c/{{c_{state}}}", state, then=open_all) for state in STATES_SHOWN),
        _page("credentials:credential", "/en/c/{c_initials}", "of its holder", person=OWNER, then=open_all),
        _page("credentials:credential", "/en/c/NO-SUCH-CODE", "not found", status=404),
        _page("credential", "/c/{c_full}", "from the QR code"),
        _page("verify", "/verify", "without a language"),
        _page("credentials:verify", "/en/verify"),
        _page("credentials:verify", "/en/verify", "unknown issuer", then=send_unknown),
        _page("credentials:verify", "/en/verify", "altered", then=send_altered),
        _page("credentials:verify", "/en/verify", "not signed", then=send_unsigned),
        _page(
            "credentials:verify", "/en/verify", "nothing sent", status=422, then=lambda page: submit(page, "Check it")
        ),
        _page("credentials:log", "/en/log/"),
        _page("credentials:log", "/en/log/?entry=0", "one entry"),
        _page("credentials:log", "/en/log/?entry=99999", "no such entry"),
        _page("achievements:list", "/en/achievements/"),
        _page("achievements:detail", "/en/achievements/{awarded}/"),
        _page("issuers:list", "/en/issuers/", then=open_all),
        _page("issuers:list", "/en/issuers/?q=xqzzyvw", "without result"),
    )


CREDENTIAL_NO_PAGES = {
    "credentials:file": "a file",
    "achievement-badge": "a picture",
    "issuer-did": "data",
    "status-list": "data",
    "log-head": "data",
    "log-did": "data",
    "log-heads": "data",
    "log-entries": "data",
    "log-inclusion": "data",
    "log-consistency": "data",
}


def credential_content() -> dict[str, str]:
    """One credential in each state, and a registry with one issuer elsewhere."""
    from datetime import date

    from tests.credentials.records import an_achievement, an_issuer

    from synchromesh.accounts.models import Organisation, User
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.credentials.operations.issuers import enter_known_issuer
    from synchromesh.credentials.operations.log import sign_log_head
    from synchromesh.framework.models import Skill

    owner = User.objects.create_user(
        email=f"{OWNER}@example.org", password="a long enough pass phrase", name="Zoë Müller-Šťastná"
    )
    issuer = an_issuer(Organisation.objects.create(slug="battery-skills-academy", name="Battery Skills Academy"))
    skills = [(skill, level) for skill, level in zip(Skill.objects.order_by("slug")[:3], (3, 2, 1), strict=False)]
    part = an_achievement(issuer, titles={"en": "First aid at a vehicle", "de": "Erste Hilfe am Fahrzeug"})
    achievement = an_achievement(issuer, skills=skills, parts=[part], months_valid=36, **_TEXTS)
    found = {f"c_{state}": _in_state(achievement, state, owner).code for state in STATES_SHOWN}
    sign_log_head(by=OPERATOR)
    enter_known_issuer(
        by=OPERATOR,
        name="Institute of Battery Technology, Košice",
        identifiers=["did:web:battery.example.sk", "https://battery.example.sk/issuer"],
        known_since=date(2025, 1, 1),
        accredited_by="National Agency for Vocational Training",
        source="Trust list of the alliance",
        source_url="https://example.org/trust-list",
        url="https://battery.example.sk/",
        country="SK",
    )
    return found | {"awarded": achievement.slug}


_TEXTS: dict[str, Any] = {
    "titles": {"en": "High voltage: isolate and secure", "de": "Hochvolt: freischalten und sichern"},
    "descriptions": {
        "en": "Works safely on the high-voltage battery of an electric vehicle and hands it over to others.",
        "de": "Arbeitet sicher an der Hochvoltbatterie eines Elektrofahrzeugs und übergibt sie anderen.",
    },
    "criteria": {"en": "A supervised practical test without a safety error, and at least 70 % in the exam."},
    "outcomes": [
        {"en": "Isolates a high-voltage system, locks it out and proves that it carries no voltage."},
        {"en": "Recognises a battery that must not be opened."},
    ],
    "assessments": {"en": "Practical test under supervision, and an exam of 20 questions."},
    "participations": {"en": "Online, and two days in the workshop."},
    "quality_assurances": {"en": "Reviewed each year by the certification body of the alliance."},
    "identity_checks": {"en": "Identity card shown to the supervisor."},
    "minutes": 1500,
    "eqf": 4,
    "eqf_source": "the training regulation",
}


def _in_state(achievement: Achievement, state: str, owner: Any) -> Credential:
    """A credential of the owner, brought into the state."""
    from datetime import timedelta
    from decimal import Decimal

    from django.utils import timezone

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.credentials.models import Credential, StatusReason
    from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
    from synchromesh.credentials.operations.status import suspend_credential, withdraw_credential

    evidence = {"names": {"en": "Record of the practical test"}, "url": "https://body.example/records/7"}
    credential = issue_credential(
        by=OPERATOR,
        achievement=achievement,
        new=NewCredential(
            name=owner.name,
            person=owner,
            occasion=f"state:{state}",
            percent=Decimal(88),
            evidence=[evidence],
        ),
        valid_from=timezone.now() - timedelta(days=1200 if state == "expired" else 1),
    )
    if state == "withdrawn":
        withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    elif state == "suspended":
        suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    changes: dict[str, Any] = {"page_detail": state} if state in ("full", "initials", "verdict") else {}
    if state == "altered":
        changes["holder_name"] = "Somebody Else"
    Credential.objects.filter(pk=credential.pk).update(**changes or {"page_detail": "full"})
    return credential
