"""Pages of the battery passport lab in every state worth looking at, and the passports that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.passport_class_addresses import class_content, class_states
from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from playwright.sync_api import Page

BUILDER, INSPECTOR, SIGNER = "passport-builder", "passport-inspector", "passport-signer"
NAMES = (BUILDER, INSPECTOR, SIGNER)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""
FAULTY = '{"model": "synchromesh-practice-passport/1", "kind": "ev", "values": {"battery_mass": {"value": "-3"}}}'
PASSPORT_NO_PAGES = {
    "passport-link": "leads on",
    "passport-field": "leads on",
    "passports:code": "a picture",
    "passports:export": "a file",
    "passports:restore": "takes a POST",
}


def passport_public_states() -> tuple[State, ...]:
    """What everybody sees, with the addresses of `public_passports` in braces."""
    one = "/en/passports/{passport}/"
    return (
        _page("passports:home", "/en/passports/"),
        _page("passports:published", "/en/passports/all/"),
        _page("passports:published", "/en/passports/all/?q=xqzzyvw", "nothing found"),
        _page("passports:matrix", "/en/passports/fields/"),
        _page("passports:matrix", "/en/passports/fields/?seen=authority&unseen=interest", "filtered"),
        _page("passports:matrix", "/en/passports/fields/?category=use&scope=model", "nothing left"),
        _page("passports:check", "/en/passports/check/"),
        _page("passports:glance", one, "of an example"),
        _page("passports:glance", one, "of an example, all open", then=open_all),
        _page("passports:print", f"{one}print/"),
        _page("passports:files", f"{one}files/"),
        _page("passports:versions", f"{one}versions/"),
    )


def passport_states() -> tuple[State, ...]:
    """The other pages, with the addresses of `passport_content` in braces."""
    refused: dict[str, Any] = {"status": 422}

    def mine(name: str, path: str, state: str = "", **more: Any) -> State:
        return _page(f"passports:{name}", f"/en/passports/{path}", state, **({"person": BUILDER} | more))

    good, faulty = "{passport_good}/", "{passport_faulty}/"
    return (
        _page("passports:check", "/en/passports/check/", "with faults", then=_check(FAULTY)),
        _page("passports:check", "/en/passports/check/", "with pictures", then=_check_good),
        _page("passports:check", "/en/passports/check/", "no JSON", then=_check("<html>"), **refused),
        mine("check", "check/", "to be kept", then=_check(FAULTY)),
        mine("home", "", "with passports"),
        mine("mine", "mine/"),
        mine("mine", "mine/?list=shared", "shared", person=INSPECTOR),
        mine("start", "start/"),
        mine("start", "start/", "refused", then=_start_badly, **refused),
        mine("glance", good, "of its owner", then=open_all),
        mine("glance", f"{good}?as=authority", "of its owner as an authority"),
        mine("glance", good, "of an authority", person=INSPECTOR, then=open_all),
        mine("glance", faulty, "with faults"),
        mine("print", f"{good}print/", "of its owner"),
        mine("versions", f"{good}versions/", "of its owner"),
        mine("difference", f"{good}versions/{{passport_before}}/{{passport_now}}/"),
        mine("edit", f"{good}edit/"),
        mine("edit", f"{faulty}edit/", "with faults"),
        mine("edit", f"{good}edit/", "refused", then=_without_a_title, **refused),
        *(
            mine("category", f"{faulty}edit/{category}/", category, then=open_all)
            for category in ("identification", "materials", "circularity", "use")
        ),
        mine("events", f"{good}events/"),
        mine("events", f"{good}events/?what=used-workshop", "readings"),
        mine("events", f"{good}events/?what=repurposed-workshop", "a second life"),
        mine("events", f"{good}events/?what=used-workshop", "refused", then=_without_a_day, **refused),
        mine("share", f"{good}share/"),
        mine("share", f"{good}share/", "a link", then=_make_link),
        mine("share", f"{good}share/", "refused", then=_share_too_long, **refused),
        mine("sign", f"{good}sign/", "no issuer"),
        mine("sign", "{passport_signed}/sign/", "signed", person=SIGNER),
        mine("copy", good + "copy/", person=INSPECTOR),
        mine("remove", f"{good}remove/"),
        *class_states(BUILDER, INSPECTOR),
        _page("404", "/en/passports/00000000-0000-0000-0000-000000000000/", "no such passport", status=404),
    )


def _check(text: str) -> Any:
    def send(page: Page) -> None:
        page.get_by_label("Or its text").fill(text)
        page.get_by_role("button", name="Check it", exact=True).click()

    return send


def _check_good(page: Page) -> None:
    from tests.engine.passport_models.passport_samples import used

    from synchromesh.engine.passport_models.writing import as_json

    file = {"name": "passport.json", "mimeType": "application/json", "buffer": as_json(used()).encode()}
    page.get_by_label("A file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check it", exact=True).click()
    page.locator(".picture svg").first.wait_for()
    open_all(page)


def _start_badly(page: Page) -> None:
    page.get_by_label("Number of the invented battery").fill("-3")
    submit(page, "Begin")


def _without_a_title(page: Page) -> None:
    page.get_by_label("Title").fill("")
    submit(page, "Save the title")


def _without_a_day(page: Page) -> None:
    page.locator("#id_on").fill("")
    submit(page, "Record it")


def _make_link(page: Page) -> None:
    submit(page, "Share it")
    page.get_by_text("Copy it now").wait_for()


def _share_too_long(page: Page) -> None:
    page.get_by_label("Until").fill("2999-01-01")
    submit(page, "Share it")


def public_passports() -> dict[str, str]:
    """An example that is on the market, of a battery in use."""
    from synchromesh.passports.models import Passport, PassportState
    from synchromesh.plumbing.sources import Origin

    shown = Passport.objects.filter(origin=Origin.EXAMPLE, state=PassportState.IN_USE).order_by("pk")[0]
    return {"passport": str(shown.uid)}


def passport_content() -> dict[str, str]:
    """A good passport on the market, one with faults, and one that is signed."""
    from django.utils import timezone
    from tests.credentials.records import an_issuer
    from tests.passports.records import a_passport, on_the_market, typed

    from synchromesh.accounts.models import Membership, Organisation, User
    from synchromesh.engine.passport_models.model import Tier
    from synchromesh.passports.operations.editing import rename_passport, save_category
    from synchromesh.passports.operations.grants import grant_access
    from synchromesh.passports.operations.signing import sign_passport
    from synchromesh.passports.queries.views import get_passport

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    builder, signer = people[BUILDER], people[SIGNER]
    good = on_the_market(builder, seed=3)
    rename_passport(by=builder, uid=good.uid, title="Battery of the builder")
    names = typed(model_name="Adria EV 41", battery_mass="380")
    save_category(by=builder, uid=good.uid, category="identification", values=names, expected=good.number)
    good.refresh_from_db()
    for tier in (Tier.INTEREST, Tier.AUTHORITY):
        grant_access(
            by=builder, uid=good.uid, tier=tier, ends_on=timezone.localdate(), email=f"{INSPECTOR}@example.org"
        )
    faulty, journey = (a_passport(builder, seed=5) for _ in range(2))
    rename_passport(by=builder, uid=faulty.uid, title="Battery with faults")
    mass = get_passport(journey.uid, visible_to=builder).content.value_of("battery_mass")
    wrong = typed(model_name="", battery_mass="heavy", warranty_period="-4")
    for made in (faulty, journey):
        save_category(by=builder, uid=made.uid, category="identification", values=wrong, expected=1)
    save_category(by=builder, uid=faulty.uid, category="circularity", values=typed(cell_count="7"), expected=2)
    organisation = Organisation.objects.create(slug="passport-works", name="Passport Works")
    Membership.objects.create(person=signer, organisation=organisation, role="manager")
    signed = on_the_market(signer, seed=9)
    sign_passport(by=signer, uid=signed.uid, issuer=an_issuer(organisation))
    return {
        "passport_good": str(good.uid),
        "passport_before": str(good.number - 1),
        "passport_now": str(good.number),
        "passport_link": f"/01/{good.gtin}/21/{good.serial}",
        "passport_faulty": str(faulty.uid),
        "passport_of_journey": str(journey.uid),
        "mass_of_journey": str(mass).replace(".", ","),
        "passport_signed": str(signed.uid),
        **class_content(builder, people[INSPECTOR]),
    }
