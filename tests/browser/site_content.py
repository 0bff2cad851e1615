"""What the browser tests find on their site: the content of `make run`, people in every situation, and their sessions.

Run by `running_site` in the process that fills the database; prints one JSON object of addresses and session keys.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import django
from tests.browser.course_words import COURSE_OUTCOMES, COURSE_TEXT

if TYPE_CHECKING:
    from synchromesh.accounts.models import User

PASSWORD = "a long enough pass phrase"
ROLE = "battery-technician"
BAD_FEED = b"""id,title,url,skills,price,currency,run_starts_on
ok-1,Check a battery,https://example.org/a,,12,EUR,
bad-1,,not an address,no-such-skill,-3,XXX,31.31.2026
bad-2,Twice,https://example.org/b,,many,EUR,yesterday
"""


def main() -> None:
    """Fill the site and print what the tests need to know about it."""
    django.setup()
    from benchmarks.pages.content import fill
    from tests.browser.authoring_addresses import authoring_content
    from tests.browser.award_addresses import award_content
    from tests.browser.credential_addresses import credential_content
    from tests.browser.event_addresses import event_content
    from tests.browser.learning_addresses import learning_content
    from tests.browser.member_addresses import member_content
    from tests.browser.news_addresses import news_content
    from tests.browser.passport_addresses import passport_content
    from tests.browser.passport_exercise_addresses import passport_exercise_content
    from tests.browser.sharing_addresses import sharing_content
    from tests.browser.tutoring_addresses import tutoring_content
    from tests.browser.wallet_addresses import wallet_content
    from tests.browser.wanted_records import wanted_training
    from tests.esco_records import an_esco

    fill()
    an_esco()
    addresses = public_addresses() | {"neglected": neglected_course()} | reviewed_course()
    addresses |= _people(addresses["organisation"])
    wanted_training(addresses["organisation"])
    addresses |= learning_content() | authoring_content() | tutoring_content()
    addresses |= passport_exercise_content()
    addresses |= award_content() | credential_content() | wallet_content()
    addresses |= passport_content() | event_content()
    addresses |= member_content()
    addresses |= news_content() | sharing_content()
    json.dump({"addresses": addresses, "sessions": _sessions()}, sys.stdout)


def public_addresses() -> dict[str, str]:
    """Values for the places in braces of the public pages in `addresses.py`."""
    from tests.browser.passport_addresses import public_passports

    from synchromesh.accounts.models import Organisation
    from synchromesh.catalogue.models import Course
    from synchromesh.plumbing.sources import Origin

    provider = Organisation.objects.filter(origin=Origin.EXAMPLE, kinds__kind="provider").order_by("name")[0]
    real = Course.objects.filter(origin=Origin.REAL).exclude(published_at=None)
    return {
        "role": ROLE,
        "skill": "isolate-hv",
        "field": "battery",
        "concept": "skill/weld-1",
        "course": real.order_by("pk")[0].slug,
        "linked": real.exclude(url="").order_by("pk")[0].slug,
        "example": Course.objects.get(origin=Origin.EXAMPLE, external_id="lf-102").slug,
        "organisation": provider.slug,
        "real_organisation": Organisation.objects.filter(origin=Origin.REAL).order_by("name")[0].slug,
        **public_passports(),
    }


def neglected_course() -> str:
    """A course whose address is broken, that its feed dropped, and that somebody confirmed long ago; its slug."""
    from datetime import timedelta

    from django.utils import timezone
    from tests.records import a_course, a_run

    from synchromesh.catalogue.models import LinkCheck

    now, today = timezone.now(), timezone.localdate()
    course = a_course(
        "neglected-course",
        url="https://example.org/neglected",
        missing_since=today,
        last_confirmed_on=today - timedelta(days=500),
        confirmed_by="operator",
    )
    a_run(course, today + timedelta(days=20), deadline_on=today - timedelta(days=1))
    LinkCheck.objects.create(
        course=course,
        url=course.url,
        state="broken",
        status=404,
        reason="There is no page at this address.",
        first_failed_at=now - timedelta(days=9),
        last_good_at=now - timedelta(days=12),
        next_check_at=now + timedelta(days=7),
    )
    return course.slug


def reviewed_course() -> dict[str, str]:
    """A course of a provider with four shown reviews, one with an answer, and a shared list that holds it."""
    from django.utils import timezone
    from tests.pathways.review_records import a_review
    from tests.records import a_course

    from synchromesh.accounts.models import Organisation
    from synchromesh.pathways.models import SavedList, SavedListEntry
    from synchromesh.plumbing.sources import Origin

    provider = Organisation.objects.filter(origin=Origin.EXAMPLE, kinds__kind="provider").order_by("name")[0]
    course = a_course("reviewed-course", {"isolate-hv": (1, 2)}, provider=provider)
    reviews = [a_review(course, f"author-{number}", helped=1 + number % 3) for number in range(4)]
    answer = {"answer": "Wir haben es geändert.", "answer_language": "de", "answered_at": timezone.now()}
    type(reviews[3]).objects.filter(pk=reviews[3].pk).update(words="Zu viel Theorie.", language="de", **answer)
    kept = SavedList.objects.create(
        owner=reviews[0].person, title="For the summer", note="Two at most.", link_key="a-key-that-is-no-secret"
    )
    SavedListEntry.objects.create(saved_list=kept, course=course, note="Ask for a place in July.")
    return {"reviewed": course.slug, "review": str(reviews[3].uid), "list_key": str(kept.link_key)}


_NAMES = (
    "worker", "newcomer", "manager", "staff", "colleague", "codes", "keys", "passwordless", "leaver", "follower"
)  # fmt: skip


def _people(provider: str) -> dict[str, str]:
    """One person for each situation; returns the addresses that belong to them."""
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from synchromesh.accounts.models import Membership, Organisation, User

    organisation = Organisation.objects.get(slug=provider)
    people = {
        name: User.objects.create_user(
            email=f"{name}@example.org",
            password=None if name == "passwordless" else PASSWORD,
            name=f"{name.title()} Person",
            is_alliance_staff=name in {"staff", "colleague"},
        )
        for name in _NAMES
    }
    Membership.objects.create(person=people["manager"], organisation=organisation, role="manager")
    TOTP.activate(people["codes"], generate_totp_secret())
    RecoveryCodes.activate(people["codes"])
    key = Authenticator.objects.create(
        user=people["keys"], type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": {}}
    )
    for name in ("worker", "follower"):
        EmailAddress.objects.create(user=people[name], email=f"{name}@example.org", primary=True, verified=True)
    address = EmailAddress.objects.create(user=people["newcomer"], email="newcomer@example.org", primary=True)
    return {
        "plan": _plan(people["worker"]),
        "list": _list(people["worker"]),
        **_searches(people["worker"]),
        "preview": _preview(people["staff"]),
        "matched_skill": _crosswalk(people["staff"]),
        "change": _change(people["colleague"]),
        "source": _source(people["staff"], organisation),
        **_alike_courses(organisation),
        **_courses_to_map(people["staff"]),
        "security_key": str(key.pk),
        "confirmation": EmailConfirmationHMAC.create(address).key,
        "reset": _reset_key(people["worker"]),
    }


def _courses_to_map(person: User) -> dict[str, str]:
    """Four courses with the same text: one to look at with a link that is due, and one for each journey."""
    from django.utils import timezone
    from tests.records import a_course

    from synchromesh.catalogue.models import CourseSkill
    from synchromesh.catalogue.operations.mapping import confirm_course_skill, reject_course_skill
    from synchromesh.catalogue.queries.course_mapping import find_course_mapping
    from synchromesh.framework.queries.concepts import get_skill

    texts: dict[str, Any] = {"descriptions": {"en": COURSE_TEXT}, "outcomes": {"en": list(COURSE_OUTCOMES)}}
    slugs = {
        name: f"high-voltage-week-{name.replace('_', '-')}"
        for name in ("map_shown", "map_keys", "map_off", "map_plain")
    }
    for slug in slugs.values():
        course = a_course(slug, titles={"en": "High voltage week", "de": "Woche der Hochvolttechnik"}, **texts)
    shown = type(course).objects.get(slug=slugs["map_shown"])
    confirm_course_skill(by=person, course=shown, skill=get_skill("isolate-hv"), level=2)
    CourseSkill.objects.filter(course=shown).update(review_due_on=timezone.localdate())
    reject_course_skill(by=person, course=shown, skill=get_skill("replace-module"))
    find_course_mapping(
        shown, "en"
    )  # prepares what matching keeps on the disk, so that the first visitor need not wait
    return slugs


def _plan(person: User) -> str:
    """A saved plan of which the first course is finished."""
    from django.utils import timezone

    from synchromesh.framework.queries.concepts import get_role
    from synchromesh.pathways.operations.plans import finish_step, save_plan, save_self_ratings
    from synchromesh.pathways.queries.gaps import find_gap
    from synchromesh.pathways.queries.paths import Wishes, find_training_path

    role = get_role(ROLE)
    answers = {str(row.skill.uid): position % 3 for position, row in enumerate(find_gap(role, answers={}).rows)}
    gap = find_gap(role, answers=answers)
    save_self_ratings(by=person, gap=gap, answers=answers)
    plan = save_plan(by=person, path=find_training_path(gap, wishes=Wishes(), today=timezone.localdate()))
    finish_step(by=person, plan_uid=str(plan.uid), position=1, on=timezone.localdate())
    return str(plan.uid)


def _list(person: User) -> str:
    """A shared list with two courses, and a review that was refused of the course that the person finished."""
    from tests.pathways.review_records import a_review, finish

    from synchromesh.catalogue.models import Course
    from synchromesh.pathways.operations.saved_lists import add_list_entry, create_saved_list, share_saved_list

    reviewed = Course.objects.get(slug="reviewed-course")
    finish(person, reviewed)
    a_review(reviewed, "replaced", person=person, state="refused", reason="It names a trainer.")
    waiting = Course.objects.exclude(published_at=None).exclude(pk=reviewed.pk).order_by("pk")[0]
    a_review(waiting, "waiting-author", state="waiting")
    uid = str(create_saved_list(by=person, title="To look at", note="Ask my team leader.").uid)
    for course in (reviewed, waiting):
        add_list_entry(by=person, uid=uid, course_slug=course.slug, note="Near home")
    share_saved_list(by=person, uid=uid)
    return uid


def _preview(person: User) -> str:
    from synchromesh.catalogue.operations.importing import CourseImporter
    from synchromesh.plumbing import imports

    batch, _ = imports.preview(
        CourseImporter(), by=person, file=BytesIO(BAD_FEED), name="with problems.csv", source="problems", options={}
    )
    return str(batch.uid)


def _crosswalk(person: User) -> str:
    """A skill with a link that moved in the active ESCO, one that nobody confirmed, a rejection and proposals."""
    from tests.esco_records import SOLDERING, WELDING
    from tests.records import a_skill

    from synchromesh.framework.models import EscoConcept, EscoLink
    from synchromesh.framework.operations.crosswalk import confirm_esco_match, reject_esco_match

    skill = a_skill("weld-types-of-metal", titles={"en": "Weld types of metal"})
    confirm_esco_match(by=person, subject=skill, uri=WELDING, match="close")
    EscoConcept.objects.filter(uri=WELDING).update(status="obsolete")
    EscoLink.objects.filter(skill=skill).update(esco_version="1.0.9")
    EscoLink.objects.create(skill=skill, uri="http://data.europa.eu/esco/skill/gone-9", match="broad", source="File")
    reject_esco_match(by=person, subject=skill, uri=SOLDERING)
    return skill.slug


def _change(person: User) -> str:
    from synchromesh.site.skill_changes import preview_skill_change

    request = {"merge": {"from": ["weld-tabs"], "into": "weld-busbars"}}
    return str(preview_skill_change(by=person, request=request)[0].uid)


def _source(person: User, organisation: Any) -> str:
    """A source with an alarm and a history, and one that is paused."""
    from datetime import timedelta

    from django.utils import timezone

    from synchromesh.catalogue.models import FeedFetch, FeedSource
    from synchromesh.catalogue.operations.feed_sources import add_feed_source, pause_feed_source

    feed = "https://courses.example.org/feed.json"
    paused = add_feed_source(by=person, name="Paused feed", url=feed, every_hours=168)
    pause_feed_source(by=person, source=paused)
    source = add_feed_source(
        by=person, name="North feed", url=feed, every_hours=24, provider=organisation, columns={"Titel": "title"}
    )
    day = timezone.now() - timedelta(days=4)
    for outcome, courses in (("committed", 40), ("unchanged", 40), ("failed", 0), ("alarmed", 12)):
        day += timedelta(days=1)
        message = {"failed": "No connection is possible.", "alarmed": "The feed holds 12 courses; usually it holds 40."}
        FeedFetch.objects.create(
            source=source, at=day, outcome=outcome, courses=courses, problems=2, message=message.get(outcome, "")
        )
    FeedSource.objects.filter(pk=source.pk).update(alarm=message["alarmed"], alarmed_at=day)
    return str(source.uid)


def _alike_courses(organisation: Any) -> dict[str, str]:
    """Two courses that may be one, to decide and for the journey, and a course that was set against its feed."""
    from decimal import Decimal

    from django.utils import timezone
    from tests.records import a_course

    from synchromesh.accounts.models import User
    from synchromesh.accounts.operations.provider_applications import request_provider_entry
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.catalogue.models import DuplicatePair
    from synchromesh.catalogue.operations.course_editing import edit_course

    pairs = {}
    for name in ("pair", "pair_to_merge"):
        slug = f"cell-making-{name.replace('_', '-')}"
        first = a_course(slug, titles={"en": "Making cells"}, minutes=60, import_source="north", external_id=name)
        second = a_course(f"{slug}-2", titles={"en": "Making of cells"}, minutes=90, url="https://example.org/cells")
        reasons = [{"field": "title", "likeness": 0.9}, {"field": "text", "likeness": 0.4}]
        made = DuplicatePair.objects.create(
            first=first, second=second, score=Decimal("0.97"), reasons=reasons, found_at=timezone.now()
        )
        pairs[name] = str(made.uid)
    person = User.objects.get(email="worker@example.org")
    request_provider_entry(by=person, name="South Welding School", url="https://example.org/school")
    kept = a_course("kept-course", provider=organisation, minutes=60, import_source="north", external_id="kept")
    edit_course(by=OPERATOR, course=kept, changes={"minutes": 120})
    return pairs | {"kept": kept.slug}


def _searches(person: User) -> dict[str, str]:
    """Two searches that a person follows, one of them ended from a mail, and the keys that end them."""
    from synchromesh.accounts.permissions import VISITOR
    from synchromesh.pathways.operations.saved_searches import save_search, unsubscribe_search
    from synchromesh.pathways.queries.saved_search_keys import make_person_key, make_search_key

    stated: dict[str, Any] = {"by": person, "language": "en", "frequency": "weekly"}
    search = save_search(query="q=battery&price=free", title="Free battery courses", **stated)
    ended = save_search(query="field=battery", title="A field that is no longer mine", **stated)
    unsubscribe_search(by=VISITOR, key=make_search_key(ended))
    return {
        "search": str(search.uid),
        "end_search": make_search_key(search),
        "end_searches": make_person_key(person),
    }


def _reset_key(person: User) -> str:
    from allauth.account import app_settings
    from allauth.account.utils import user_pk_to_url_str

    return f"{user_pk_to_url_str(person)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)}"


def _sessions() -> dict[str, str]:
    """A session for each person in which the password was given a moment ago."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from synchromesh.accounts.models import User

    keys = {}
    for person in User.objects.all():
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        # allauth asks for the password again after five minutes; these tests may take longer.
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time() + 86_400, "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(person.pk)
        session.create()
        keys[person.sign_in_name.partition("@")[0]] = str(session.session_key)
    return keys


if __name__ == "__main__":
    main()
