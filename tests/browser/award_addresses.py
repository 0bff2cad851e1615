"""Pages of issuers in every state worth looking at, and the achievements, lists and credentials that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.states import State, open_all, submit
from tests.browser.states import a_page as _page

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from synchromesh.accounts.models import User

ISSUER, OUTSIDER = "award-works", "award-later"
TO_ISSUE = "to-be-awarded"
"""The achievement that the journey awards; nobody looks at its pages otherwise."""
AWARDER, RELEASER, STARTER = "awarder", "releaser", "award-starter"
NAMES = (AWARDER, RELEASER, STARTER)
"""People of these pages; whoever fills the site makes a session for each, as for all others."""


def award_states() -> tuple[State, ...]:
    """Every page, with the addresses of `award_content` in braces."""
    refused: dict[str, Any] = {"status": 422}

    def mine(name: str, path: str, state: str = "", **more: Any) -> State:
        return _page(f"award:{name}", f"/en/award/{path}", state, **({"person": AWARDER} | more))

    issuer, one = f"issuers/{ISSUER}/", "achievements/{award_main}/"
    return (
        mine("home", ""),
        mine("home", "", "nothing yet", person="newcomer"),
        mine("home", "", "to register", person=STARTER),
        mine("details", f"organisations/{OUTSIDER}/", person=STARTER),
        mine("details", f"organisations/{ISSUER}/", "of an issuer"),
        mine("details", f"organisations/{ISSUER}/", "refused", then=_without_a_name, **refused),
        mine("issuer", issuer),
        mine("keys", f"{issuer}keys/", then=open_all),
        mine("keys", f"{issuer}keys/", "refused", then=_unconfirmed, **refused),
        mine("new-achievement", f"{issuer}add/"),
        mine(
            "new-achievement", f"{issuer}add/", "refused", then=lambda page: submit(page, "Save as a draft"), **refused
        ),
        mine("achievement", one, then=open_all),
        mine("achievement", "achievements/{half_written}/", "a draft that lacks something"),
        mine("achievement", "achievements/{complete_draft}/", "a draft to publish"),
        mine("edit-achievement", f"{one}edit/"),
        mine("edit-achievement", f"{one}edit/?language=de", "in German"),
        mine("issue", f"{one}issue/"),
        mine("issue", f"{one}issue/", "refused", then=lambda page: submit(page, "Prepare it"), **refused),
        mine("issue", "achievements/{half_written}/issue/", "nothing published"),
        mine("lists", f"{one}lists/"),
        mine("lists", f"{one}lists/", "refused", then=lambda page: submit(page, "Show the preview"), **refused),
        mine("list", "lists/{list_preview}/", "preview with problems"),
        mine("list", "lists/{list_waiting}/", "waits for another person"),
        mine("list", "lists/{list_waiting}/", "to be released", person=RELEASER),
        mine("list", "lists/{list_done}/", "done"),
        mine("ready", "achievements/{award_stacked}/ready/"),
        mine("ready", f"{one}ready/", "nobody"),
        mine("achievement", "achievements/{award_stacked}/", "made up of others", then=open_all),
        _page("me:credentials", "/en/me/credentials/", "all parts of something", person=AWARDER),
        mine("issued", f"{one}issued/"),
        mine("issued", f"{one}issued/?q=xqzzyvw", "nobody found"),
        mine("credential", "credentials/{awarded_valid}/", then=open_all),
        mine("credential", "credentials/{awarded_valid}/", "a link for the holder", then=_make_link),
        mine("credential", "credentials/{awarded_valid}/", "refused", then=_suspend_without_words, **refused),
        mine("credential", "credentials/{awarded_suspended}/", "suspended", then=open_all),
        mine("registry", "registry/", person="staff", then=open_all),
        mine("registry", "registry/", "refused", person="staff", then=lambda page: submit(page, "Add it"), **refused),
        _page("teach:achievement", "/en/teach/courses/{earning_course}/achievement/", "linked", person=AWARDER),
        _page("teach:achievement", "/en/teach/courses/{plain_course}/achievement/", "not linked", person=AWARDER),
    )


def _without_a_name(page: Page) -> None:
    page.get_by_label("Legal name").fill("")
    submit(page, "Save")


def _unconfirmed(page: Page) -> None:
    open_all(page)
    submit(page, "Refuse what it signed since then")


def _make_link(page: Page) -> None:
    page.get_by_role("button", name="Make a link for the holder").click()
    page.get_by_text("Copy it now").wait_for()


def _suspend_without_words(page: Page) -> None:
    open_all(page)
    submit(page, "Suspend it for a time")


def award_content() -> dict[str, str]:
    """An issuer with achievements, lists and credentials in every state, and an organisation that could be one."""
    from tests.credentials.records import a_content, an_achievement, an_issuer

    from synchromesh.accounts.models import Membership, Organisation, User
    from synchromesh.credentials.operations.achievements import AchievementContent, make_achievement

    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org", password="a long enough pass phrase", name=f"{name.title()} Person"
        )
        for name in NAMES
    }
    organisation = Organisation.objects.create(slug=ISSUER, name="Award Works")
    later = Organisation.objects.create(slug=OUTSIDER, name="Award Later")
    for name, place in ((AWARDER, organisation), (RELEASER, organisation), (STARTER, later)):
        Membership.objects.create(person=people[name], organisation=place, role="manager")
    issuer, awarder = an_issuer(organisation), people[AWARDER]
    half = make_achievement(
        by=awarder, issuer=issuer, content=AchievementContent(titles={"en": "Weld a busbar"}, minutes=600)
    )
    draft = make_achievement(by=awarder, issuer=issuer, content=a_content(titles={"en": "Pack lithium batteries"}))
    awarded = an_achievement(issuer, titles={"en": "Isolate a vehicle", "de": "Freischalten"}, months_valid=36)
    an_achievement(issuer, needs_two_persons=True, titles={"en": TO_ISSUE.replace("-", " ").capitalize()})
    found = _credentials(awarded, awarder)
    awarded.needs_two_persons = True
    awarded.save()
    return (
        found
        | _lists(awarded, awarder, people[RELEASER])
        | _courses(organisation, awarded, awarder)
        | _stacked(issuer, awarder)
        | {"award_main": awarded.slug, "half_written": half.slug, "complete_draft": draft.slug}
    )


def _credentials(awarded: Any, awarder: User) -> dict[str, str]:
    from tests.credentials.records import a_credential

    from synchromesh.credentials.models import StatusReason
    from synchromesh.credentials.operations.status import suspend_credential

    valid = a_credential(awarded, occasion="award:valid")
    suspended = a_credential(awarded, occasion="award:suspended", name="Ivo Novák", email="")
    suspend_credential(by=awarder, credential=suspended, reason=StatusReason.CHECK, note="The exam is looked at again")
    return {"awarded_valid": valid.code, "awarded_suspended": suspended.code}


def _lists(awarded: Any, awarder: User, releaser: User) -> dict[str, str]:
    """A preview, a list that waits, and one that is done."""
    import io

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.credentials.operations.batches import preview_batch, release_batch, resume_batch, submit_batch

    text = "name,email,percent\nEva Nagy,eva.nagy@example.org,91\nJosé Ruiz,jose@,88\n,nobody@example.org,70\n"
    made = {}
    for state in ("preview", "waiting", "done"):
        made[state] = preview_batch(
            by=awarder, achievement=awarded, file=io.BytesIO(text.encode()), name=f"{state}.csv", sends_mail=False
        )
    for state in ("waiting", "done"):
        submit_batch(by=awarder, batch=made[state])
    release_batch(by=releaser, batch=made["done"])
    resume_batch(by=OPERATOR, batch_uid=made["done"].uid)
    return {f"list_{state}": str(batch.uid) for state, batch in made.items()}


def _stacked(issuer: Any, holder: User) -> dict[str, str]:
    """An achievement made up of two others, of which somebody holds both; and a trust service in the registry."""
    from datetime import UTC, date, datetime

    from tests.credentials.records import a_credential, an_achievement

    from synchromesh.credentials.models import KnownIssuer, TrustedList

    parts = [an_achievement(issuer, titles={"en": f"Battery basics {number}"}) for number in ("one", "two")]
    for part in parts:
        a_credential(part, occasion=f"award:{part.slug}", name=holder.name, person=holder)
    listed = TrustedList.objects.create(
        source="a trusted list",
        operator="Example Supervisory Body",
        sequence_number=12,
        issued_at=datetime(2026, 1, 1, tzinfo=UTC),
        next_update_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    KnownIssuer.objects.create(
        name="Example Trust GmbH",
        service="Qualified seals",
        known_since=date(2020, 5, 5),
        source=listed.source,
        trusted_list=listed,
        accredited_by=listed.operator,
    )
    return {"award_stacked": an_achievement(issuer, titles={"en": "Battery basics"}, parts=parts).slug}


def _courses(organisation: Any, awarded: Any, awarder: User) -> dict[str, str]:
    """A course that earns the achievement, and one that earns nothing."""
    from tests.learning.records import a_course_with_content

    from synchromesh.catalogue.models import Course
    from synchromesh.learning.operations.awarding import link_achievement

    made = {}
    for slug in ("earning-course", "plain-course"):
        course = Course.objects.create(
            slug=slug, titles={"en": slug.replace("-", " ").capitalize()}, provider=organisation
        )
        made[slug.replace("-", "_")] = a_course_with_content(course=course, kinds=("text",)).course
    link_achievement(by=awarder, course=made["earning_course"], achievement=awarded)
    return {name: course.slug for name, course in made.items()}
