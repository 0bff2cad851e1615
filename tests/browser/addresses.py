"""Every page of the site, in every state worth looking at: who asks for what, and what should come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser.journeys import answer_some, send_a_cv, send_a_file, send_wrong_choice, sign_in, start_draft_if_none
from tests.browser.site_content import PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A page as one person meets it.

    `before` and `then` do what has to be done before and after the address is opened; `within` is the part that axe
    looks at where the rest is covered (a selector, empty for everything).
    """

    name: str
    url_name: str
    path: str
    person: str = ""
    status: int = 200
    before: Callable[[Page, str], None] | None = None
    then: Callable[[Page], None] | None = None
    within: str = ""


COMBOBOX = "[data-combobox]"


def _page(url_name: str, path: str, state: str = "", **more: object) -> State:
    return State(name=f"{url_name} {state}".strip(), url_name=url_name, path=path, **more)  # type: ignore[arg-type]


def _answer(page: Page, address: str) -> None:
    """Answer the self-check first, so that gap and path have something to show."""
    page.goto("/en/roles/battery-technician/")
    answer_some(page)


def _type_some(page: Page) -> None:
    """Type into the field with suggestions and walk to the first one."""
    page.locator("[data-combobox-input]").first.press_sequentially("batery")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def _open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")


def _open_swap(page: Page) -> None:
    page.locator("summary", has_text="Swap this course").first.click()


def _half_signed_in(page: Page, address: str) -> None:
    sign_in(page, "codes@example.org", PASSWORD)


def _submit(page: Page, button: str) -> None:
    """Send the form as it is, past the checks of the browser."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.get_by_role("button", name=button, exact=True).click()


def _confirm_without_a_match(page: Page) -> None:
    """Confirm the first proposal without saying how it fits, past the checks of the browser."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    page.locator("form:has(#match-1) button[value='confirm']").click()


def _merge_without_a_winner(page: Page) -> None:
    page.evaluate("document.querySelectorAll('input[name=winner]').forEach((radio) => { radio.checked = false; })")
    _submit(page, "Make them one course")


def _forget_cookies_and_save(page: Page) -> None:
    page.context.clear_cookies()
    page.get_by_role("button", name="Show my gap").click()


def _with_a_draft(page: Page, address: str) -> None:
    """Start a draft of the framework where there is none, word a level of a skill anew and write a comment."""
    start_draft_if_none(page)
    page.goto("/en/desk/framework/skills/isolate-hv/?language=en")
    page.get_by_label("Practitioner (English)").fill("Isolates a vehicle alone, and checks it twice.")
    page.get_by_role("button", name="Save in the draft").first.click()
    page.get_by_label("Your comment").fill("Is twice enough?")
    page.get_by_role("button", name="Add the comment").click()


PUBLIC = (
    _page("home", "/en/"),
    _page("home", "/en/", "with the menu open", then=lambda page: _open_menu(page), within="header"),
    _page("search", "/en/search/?q=battery", "with results"),
    _page("search", "/en/search/?q=batery+technicia", "with similar results"),
    _page("search", "/en/search/?q=xqzzyvw", "without result"),
    _page("search", "/en/search/", "without words"),
    _page("search", "/en/search/?q=battery&kind=course", "of one kind"),
    _page("complete", "/en/complete/?q=weld", "with suggestions"),
    _page("complete", "/en/complete/?q=xqzzyvw&kinds=skill", "without suggestion"),
    _page("complete", "/en/complete/", "without words"),
    _page("search", "/en/search/?q=Senior+Battery+technicain+(m/w/d)", "with a job title"),
    _page("search", "/en/search/?q=welder", "with an occupation of ESCO"),
    _page("home", "/en/", "with suggestions", then=_type_some, within=COMBOBOX),
    _page("skills:list", "/en/skills/", "with suggestions", then=_type_some, within=COMBOBOX),
    _page("roles:list", "/en/roles/"),
    _page("roles:list", "/en/roles/?field={field}", "of a field"),
    _page("roles:list", "/en/roles/?field={field}&family=battery-production", "of a field and a family"),
    _page("roles:compare", "/en/roles/compare/", "nothing chosen"),
    _page("roles:compare", "/en/roles/compare/?a={role}&b=cell-assembly-operator", "two roles"),
    _page("roles:detail", "/en/roles/{role}/"),
    _page("roles:details", "/en/roles/{role}/details/"),
    _page("roles:details", "/en/roles/cybersecurity-engineer/details/", "with a skill card"),
    _page("roles:gap", "/en/roles/{role}/gap/", "not answered"),
    _page("roles:gap", "/en/roles/{role}/gap/", "answered", before=_answer),
    _page("roles:path", "/en/roles/{role}/path/", "not answered"),
    _page("roles:path", "/en/roles/{role}/path/", "answered, a swap open", before=_answer, then=_open_swap),
    _page("roles:path", "/en/roles/{role}/path/?language=mt&mode=online&hour=0", "with wishes", before=_answer),
    _page("skills:list", "/en/skills/"),
    _page("skills:list", "/en/skills/?field=cybersecurity&kind=transversal", "filtered"),
    _page("skills:detail", "/en/skills/{skill}/"),
    _page("esco:list", "/en/esco/"),
    _page("esco:list", "/en/esco/?kind=skill&q=xqzzyvw", "without result"),
    _page("esco:concept", "/en/esco/{concept}/"),
    _page("esco:difference", "/en/esco/difference/"),
    _page("framework:versions", "/en/framework/versions/"),
    _page("framework:version", "/en/framework/versions/1/"),
    _page("fields:list", "/en/fields/"),
    _page("fields:detail", "/en/fields/{field}/"),
    _page("courses:list", "/en/courses/"),
    _page("courses:list", "/en/courses/?price=free&language=en&field={field}", "filtered"),
    _page("courses:list", "/en/courses/?price=free&price=paid&mode=in-company&country=MT", "without result"),
    _page("courses:list", "/en/courses/?q=batery+managment&page=1&order=price", "searched"),
    _page("courses:list", "/en/courses/?page=2&over=1", "page 2"),
    _page("courses:detail", "/en/courses/{course}/", "real"),
    _page("courses:detail", "/en/courses/{example}/", "example"),
    _page("courses:leave", "/en/courses/{linked}/leave/"),
    _page("courses:detail", "/en/courses/{neglected}/", "broken address, dropped by its feed"),
    _page("courses:list", "/en/courses/?over=1&link=broken", "with a broken address"),
    _page("organisations:list", "/en/organisations/"),
    _page("organisations:list", "/en/organisations/?kind=provider&country=MT", "without result"),
    _page("organisations:detail", "/en/organisations/{organisation}/", "example"),
    _page("organisations:detail", "/en/organisations/{real_organisation}/", "real"),
    _page("about:about", "/en/about/"),
    _page("about:accessibility", "/en/about/accessibility/"),
    _page("about:privacy", "/en/about/privacy/"),
    _page("about:data", "/en/about/data/"),
    _page("about:help", "/en/about/help/"),
    _page("api-reference", "/api/v1/"),
    _page("about:languages", "/en/about/languages/"),
    _page("me:join", "/en/me/join/", "without account"),
    _page("me:cv", "/en/me/cv/?role={role}"),
    _page("me:cv", "/en/me/cv/", "with what was found", then=send_a_cv),
)

ACCOUNT = (
    _page("account_login", "/en/account/login/"),
    _page("account_login", "/en/account/login/", "with errors", then=lambda page: _submit(page, "Sign in")),
    _page("account_signup", "/en/account/signup/"),
    _page("account_signup", "/en/account/signup/", "with errors", then=lambda page: _submit(page, "Sign Up")),
    _page("account_logout", "/en/account/logout/", person="worker"),
    _page("account_inactive", "/en/account/inactive/"),
    _page("account_reauthenticate", "/en/account/reauthenticate/", person="worker"),
    _page("account_email", "/en/account/email/", person="newcomer"),
    _page("account_email_verification_sent", "/en/account/confirm-email/"),
    _page("account_confirm_email", "/en/account/confirm-email/{confirmation}/", "good link"),
    _page("account_confirm_email", "/en/account/confirm-email/nonsense/", "bad link"),
    _page("account_change_password", "/en/account/password/change/", person="worker"),
    _page("account_set_password", "/en/account/password/set/", person="passwordless"),
    _page("account_reset_password", "/en/account/password/reset/"),
    _page("account_reset_password_done", "/en/account/password/reset/done/"),
    _page("account_reset_password_from_key", "/en/account/password/reset/key/{reset}/", "good link"),
    _page("account_reset_password_from_key", "/en/account/password/reset/key/1-nonsense/", "bad link"),
    _page("account_reset_password_from_key_done", "/en/account/password/reset/key/done/"),
    _page("mfa_index", "/en/account/mfa/", "nothing set up", person="worker"),
    _page("mfa_index", "/en/account/mfa/", "all set up", person="codes"),
    _page("mfa_authenticate", "/en/account/mfa/authenticate/", before=_half_signed_in),
    _page("mfa_reauthenticate", "/en/account/mfa/reauthenticate/", person="codes"),
    _page("mfa_activate_totp", "/en/account/mfa/totp/activate/", person="worker"),
    _page("mfa_deactivate_totp", "/en/account/mfa/totp/deactivate/", person="codes"),
    _page("mfa_view_recovery_codes", "/en/account/mfa/recovery-codes/", person="codes"),
    _page("mfa_generate_recovery_codes", "/en/account/mfa/recovery-codes/generate/", person="codes"),
    _page("mfa_list_webauthn", "/en/account/mfa/webauthn/", "none", person="worker"),
    _page("mfa_list_webauthn", "/en/account/mfa/webauthn/", "one", person="keys"),
    _page("mfa_add_webauthn", "/en/account/mfa/webauthn/add/", person="worker"),
    _page("mfa_edit_webauthn", "/en/account/mfa/webauthn/keys/{security_key}/edit/", person="keys"),
    _page("mfa_remove_webauthn", "/en/account/mfa/webauthn/keys/{security_key}/remove/", person="keys"),
)

SIGNED_IN = (
    _page("me:home", "/en/me/", "new", person="newcomer"),
    _page("me:home", "/en/me/", "with a plan", person="worker"),
    _page("me:home", "/en/me/", "of a manager", person="manager"),
    _page("me:plans", "/en/me/plan/", "none", person="newcomer"),
    _page("me:plans", "/en/me/plan/", "one", person="worker"),
    _page("me:plan", "/en/me/plan/{plan}/", person="worker"),
    _page("me:privacy", "/en/me/privacy/", person="worker"),
    _page("me:join", "/en/me/join/", "signed in", person="worker"),
    _page("desk:home", "/en/desk/", person="staff"),
    _page("desk:imports", "/en/desk/imports/", person="staff"),
    _page("desk:import", "/en/desk/imports/{preview}/", "preview with problems", person="staff"),
    _page("desk:sources", "/en/desk/sources/", person="staff"),
    _page("desk:sources", "/en/desk/sources/", "of a provider", person="manager"),
    _page("desk:add-source", "/en/desk/sources/add/", person="staff"),
    _page(
        "desk:add-source",
        "/en/desk/sources/add/",
        "without an address",
        person="staff",
        then=lambda page: _submit(page, "There is no address: I get files"),
    ),
    _page(
        "desk:add-source",
        "/en/desk/sources/add/",
        "refused",
        person="staff",
        status=422,
        then=lambda page: _submit(page, "Look at it"),
    ),
    _page("desk:source", "/en/desk/sources/{source}/", "with an alarm", person="staff", then=_open_all),
    _page("desk:source", "/en/desk/sources/{source}/", "of a provider", person="manager"),
    _page("desk:duplicates", "/en/desk/duplicates/", person="staff"),
    _page("desk:duplicates", "/en/desk/duplicates/?state=different", "none", person="staff"),
    _page("desk:duplicate", "/en/desk/duplicates/{pair}/", person="staff"),
    _page(
        "desk:duplicate",
        "/en/desk/duplicates/{pair}/",
        "refused",
        person="staff",
        status=422,
        then=lambda page: _merge_without_a_winner(page),
    ),
    _page("desk:provider", "/en/desk/organisations/{organisation}/", person="manager"),
    _page("desk:new-course", "/en/desk/organisations/{organisation}/courses/add/", person="manager"),
    _page(
        "desk:new-course",
        "/en/desk/organisations/{organisation}/courses/add/",
        "refused",
        person="manager",
        status=422,
        then=lambda page: _submit(page, "Save as a draft"),
    ),
    _page("desk:course", "/en/desk/courses/{kept}/", "held against its feed", person="manager"),
    _page("desk:providers", "/en/desk/providers/", person="staff"),
    _page("me:provider", "/en/me/provider/", person="worker"),
    _page(
        "me:provider",
        "/en/me/provider/",
        "refused",
        person="worker",
        status=422,
        then=lambda page: _submit(page, "Ask the alliance"),
    ),
    _page("desk:framework", "/en/desk/framework/", "with or without a draft", person="staff"),
    _page("desk:framework", "/en/desk/framework/", "with a draft", person="staff", before=_with_a_draft),
    _page("desk:framework-skills", "/en/desk/framework/skills/", person="staff"),
    _page("desk:framework-skill", "/en/desk/framework/skills/{skill}/", person="staff", before=_with_a_draft),
    _page(
        "desk:framework-skill",
        "/en/desk/framework/skills/{skill}/?language=fr",
        "in another language",
        person="staff",
        before=_with_a_draft,
    ),
    _page("desk:framework-roles", "/en/desk/framework/roles/?q=battery", person="staff"),
    _page("desk:framework-role", "/en/desk/framework/roles/{role}/", person="staff", before=_with_a_draft),
    _page(
        "desk:framework-role",
        "/en/desk/framework/roles/{role}/?skill={skill}",
        "one requirement",
        person="staff",
        before=_with_a_draft,
    ),
    _page("desk:crosswalk", "/en/desk/crosswalk/", person="staff"),
    _page("desk:crosswalk", "/en/desk/crosswalk/?kind=role&state=to-check&page=2", "roles, page 2", person="staff"),
    _page("desk:crosswalk-subject", "/en/desk/crosswalk/skill/{matched_skill}/", "everything there", person="staff"),
    _page(
        "desk:crosswalk-subject",
        "/en/desk/crosswalk/skill/{matched_skill}/",
        "refused",
        person="staff",
        status=422,
        then=lambda page: _confirm_without_a_match(page),
    ),
    _page("desk:crosswalk-subject", "/en/desk/crosswalk/skill/{skill}/?q=metal", "searched", person="staff"),
    _page("desk:skill-changes", "/en/desk/skills/", person="staff"),
    _page("desk:prepare-skill-change", "/en/desk/skills/merge/?q=battery&several={skill}", "searched", person="staff"),
    _page(
        "desk:prepare-skill-change",
        "/en/desk/skills/split/?step=check&one={skill}&several=weld-tabs&several=weld-busbars",
        "chosen",
        person="staff",
    ),
    _page("desk:prepare-skill-change", "/en/desk/skills/merge/?step=check", "refused", person="staff", status=422),
    _page("desk:skill-change", "/en/desk/skills/changes/{change}/", "to confirm", person="staff"),
    _page("desk:skill-change", "/en/desk/skills/changes/{change}/", "one's own", person="colleague"),
    _page("desk:mapping", "/en/desk/mapping/", person="staff"),
    _page("desk:mapping", "/en/desk/mapping/?state=due&q=xqzzyvw", "without result", person="staff"),
    _page("desk:mapping", "/en/desk/mapping/?provider={organisation}", "of a provider", person="manager"),
    _page("desk:mapping-course", "/en/desk/mapping/{map_shown}/", "everything there", person="staff", then=_open_all),
    _page("desk:mapping-course", "/en/desk/mapping/{map_shown}/?q=battery", "searched", person="staff"),
    _page("desk:mapping-course", "/en/desk/mapping/{map_shown}/?language=de", "in German", person="staff"),
    _page("desk:upkeep", "/en/desk/upkeep/", person="staff"),
    _page("desk:upkeep", "/en/desk/upkeep/?state=broken", "broken addresses", person="staff"),
    _page("desk:upkeep", "/en/desk/upkeep/?provider={organisation}", "of a provider", person="manager"),
    _page("courses:still-right", "/en/courses/{neglected}/still-right/", person="staff"),
    _page("desk:invitations", "/en/desk/organisations/{organisation}/invitations/", person="manager"),
    _page(
        "desk:invitations",
        "/en/desk/organisations/{organisation}/invitations/",
        "with a new code",
        person="manager",
        then=lambda page: _submit(page, "Make a code"),
    ),
)

REFUSALS = (
    _page("403", "/en/desk/", "signed in", person="worker", status=403),
    _page("courses:still-right", "/en/courses/{neglected}/still-right/?key=cut", "refused", status=403),
    _page("403 csrf", "/en/roles/{role}/", status=403, then=_forget_cookies_and_save),
    _page("404", "/en/roles/battery-magician/", "under a section", status=404),
    _page("404", "/en/no-such-page/", status=404),
    _page("404", "/en/courses/no-such-course/", "signed in", person="worker", status=404),
    _page("422", "/en/roles/{role}/", "a wrong answer", status=422, then=send_wrong_choice),
    _page("422", "/en/me/join/", "a wrong form", status=422, then=lambda page: _submit(page, "Open my account")),
    _page("422", "/en/me/cv/", "nothing sent", status=422, then=lambda page: _submit(page, "Read my CV")),
    _page(
        "422",
        "/en/desk/imports/",
        "an unusable file",
        person="staff",
        status=422,
        then=lambda page: send_a_file(page, "empty.csv", b""),
    ),
)

STATES = PUBLIC + ACCOUNT + SIGNED_IN + REFUSALS

# Addresses that answer a GET with something else than a page of their own, or that only take a POST.
NO_PAGES = {
    "root": "leads on",
    "stable-address": "leads on",
    "choose-theme": "takes a POST",
    "robots": "text for crawlers",
    "health": "text for monitoring",
    "api-openapi": "data",
    "api-v1:match": "takes a POST",
    "api-v1:api-root": "stands behind api-reference",
    "roles:check": "takes a POST",
    "roles:save": "takes a POST",
    "roles:wanted": "takes a POST",
    "roles:pdf": "a file",
    "roles:sheet": "a file",
    "roles:calendar": "a file",
    "framework:changes-rss": "a feed",
    "framework:changes-json": "a feed",
    "about:download": "a file",
    "me:use-cv": "takes a POST",
    "me:forget-cv": "takes a POST",
    "me:finish": "takes a POST",
    "me:delete-plan": "takes a POST",
    "me:export": "takes a POST",
    "me:delete": "takes a POST",
    "desk:import-commit": "takes a POST",
    "desk:import-undo": "takes a POST",
    "desk:import-problems": "a file",
    "account_confirm_login_code": "codes by e-mail are not offered",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "data for the script",
    "mfa_reauthenticate_webauthn": "data for the script",
}


def _open_menu(page: Page) -> None:
    menu = page.locator("details.menu > summary")
    if menu.is_visible():
        menu.click()
