"""Each field for each kind of visitor exactly as the matrix says, in everything that queries answer.

A word that occurs nowhere else is planted in every field; then the whole answer is searched for it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.passports.records import VISITORS, planted, seen_by, sentinel, sentinels

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.model import Tier, fields
from synchromesh.passports.models import EventKind, LifeCycleEvent, Passport, PassportVersion
from synchromesh.passports.operations.grants import grant_access, withdraw_access
from synchromesh.passports.operations.versions import add_version
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.exports import FORMATS, get_export
from synchromesh.passports.queries.history import list_differences, list_versions
from synchromesh.passports.queries.lists import list_published, public_row_of
from synchromesh.passports.queries.views import get_passport
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport(person: User) -> Passport:
    """Sentinels in every field, in two versions and with an event of use."""
    made = planted(person)
    add_version(
        by=person, passport=made, before=newest_content(made), after=sentinels(edition=1), note="Q-NOTE of the owner"
    )
    LifeCycleEvent.objects.create(
        passport=made,
        kind=EventKind.USED,
        role="workshop",
        happened_on=timezone.localdate(),
        before=1,
        number=2,
        changed=list(fields()),
        note="Q-NOTE of the event",
        recorded_by=person.public_id,
        recorded_at=timezone.now(),
    )
    return made


def _visit(visitor: str, passport: Passport, staff: User) -> tuple[Actor, str]:
    """Somebody who looks at the passport as this kind of visitor: who they are, and the secret of their link."""
    owner = passport.owner
    assert owner is not None
    if visitor == "owner":
        return owner, ""
    if visitor == "public":
        return staff, ""  # staff of the alliance see no more than anybody
    ends_on = timezone.localdate() + timedelta(days=5)
    return VISITOR, grant_access(by=owner, uid=passport.uid, tier=Tier(visitor), ends_on=ends_on)[1]


def _found(text: str) -> set[str]:
    """The fields whose sentinel, of any edition, stands in a text."""
    return {key for key in fields() if sentinel(key) in text or sentinel(key, edition=1) in text}


def _answers(passport: Passport, by: Actor, secret: str) -> dict[str, str]:
    view = get_passport(passport.uid, visible_to=by, secret=secret)
    answers = {
        "page": repr((view.categories, view.other)),
        "content": repr(view.content.values),
        "differences": repr(list_differences(passport.uid, 1, 2, visible_to=by, secret=secret)),
    }
    for name, written in FORMATS.items():
        if not written.is_signed:  # those are looked into where they are signed
            answers[name] = get_export(passport.uid, name, visible_to=by, secret=secret).data.decode()
    return answers


@pytest.mark.parametrize("visitor", VISITORS)
def test_each_answer_holds_exactly_the_fields_of_the_matrix(visitor: str, passport: Passport, staff: User) -> None:
    by, secret = _visit(visitor, passport, staff)
    for name, text in _answers(passport, by, secret).items():
        assert _found(text) == seen_by(visitor), name
        assert ("XNONEXZQ" in text) is (visitor == "owner"), name


@pytest.mark.parametrize("visitor", VISITORS)
def test_nothing_else_of_the_page_tells_a_value_that_is_not_for_the_visitor(
    visitor: str, passport: Passport, staff: User
) -> None:
    by, secret = _visit(visitor, passport, staff)
    view = get_passport(passport.uid, visible_to=by, secret=secret)
    versions = list_versions(passport.uid, visible_to=by, secret=secret)
    text = repr([view, versions])
    assert _found(text) <= seen_by(visitor)
    assert {key for version in versions for key in version.changed} <= seen_by(visitor) | {"of_no_field"}
    assert {found.field for found in view.findings} <= seen_by(visitor) | {"of_no_field"}
    assert {field.key for event in view.events for field in event.changed} <= seen_by(visitor)
    assert ("Q-NOTE" in text) is (visitor == "owner")
    names = {field.key for category in view.categories for field in category.hidden}
    assert names == set(fields()) - seen_by(visitor)


@pytest.mark.parametrize("visitor", VISITORS)
def test_what_became_of_the_battery_is_told_to_those_who_may_see_its_status(
    visitor: str, passport: Passport, staff: User
) -> None:
    by, secret = _visit(visitor, passport, staff)
    view = get_passport(passport.uid, visible_to=by, secret=secret)
    knows = "battery_status" in seen_by(visitor)
    assert view.state == ("in_use" if knows else "placed")
    assert [event.kind for event in view.events] == (["used"] if knows else [])


@pytest.mark.parametrize("tier", list(Tier))
def test_an_owner_who_looks_as_another_sees_what_that_one_sees(tier: Tier, passport: Passport, person: User) -> None:
    view = get_passport(passport.uid, visible_to=person, seen_as=tier)
    assert _found(repr(view.categories)) == seen_by(tier.value)


def test_nobody_sees_more_by_asking_to_look_as_another(passport: Passport, staff: User) -> None:
    view = get_passport(passport.uid, visible_to=staff, seen_as=Tier.AUTHORITY)
    assert _found(repr(view)) == seen_by("public")


def test_before_the_market_nobody_but_the_owner_knows_of_a_passport(passport: Passport, person: User) -> None:
    Passport.objects.filter(pk=passport.pk).update(published_at=None, published_number=None, state="draft")
    for by in (VISITOR, User.objects.create_user(email="other@example.org")):
        with pytest.raises(NotFound):
            get_passport(passport.uid, visible_to=by)
        with pytest.raises(NotFound):
            get_export(passport.uid, "json", visible_to=by)
        with pytest.raises(NotFound):
            list_versions(passport.uid, visible_to=by)
    assert get_passport(passport.uid, visible_to=person).number == 2


def test_a_link_that_was_withdrawn_or_has_ended_shows_no_more_than_the_public(passport: Passport, person: User) -> None:
    ends_on = timezone.localdate() + timedelta(days=5)
    grant, secret = grant_access(by=person, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=ends_on)
    assert get_passport(passport.uid, visible_to=VISITOR, secret=secret).sight.word == "authority"
    withdraw_access(by=person, uid=passport.uid, grant=grant.uid)
    assert get_passport(passport.uid, visible_to=VISITOR, secret=secret).sight.word == "public"
    _, other = grant_access(by=person, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=ends_on)
    passport.grants.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert get_passport(passport.uid, visible_to=VISITOR, secret=other).sight.word == "public"


def test_a_link_opens_no_other_passport(passport: Passport, person: User) -> None:
    ends_on = timezone.localdate() + timedelta(days=5)
    _, secret = grant_access(by=person, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=ends_on)
    second = planted(person)
    assert get_passport(second.uid, visible_to=VISITOR, secret=secret).sight.word == "public"


def test_the_history_before_the_market_is_for_the_owner(passport: Passport, person: User) -> None:
    Passport.objects.filter(pk=passport.pk).update(published_number=2)
    assert [version.number for version in list_versions(passport.uid, visible_to=person)] == [2, 1]
    assert [(one.number, one.changed) for one in list_versions(passport.uid, visible_to=VISITOR)] == [(2, ())]
    with pytest.raises(NotFound):
        list_differences(passport.uid, 1, 2, visible_to=VISITOR)


def test_a_version_that_changed_only_restricted_fields_is_not_told_to_the_public(
    passport: Passport, person: User
) -> None:
    content = newest_content(passport)
    changed = sentinels(edition=0).values["test_report"]
    add_version(by=person, passport=passport, before=content, after=content.with_value("test_report", changed))
    assert [version.number for version in list_versions(passport.uid, visible_to=VISITOR)] == [2, 1]
    assert [version.number for version in list_versions(passport.uid, visible_to=person)] == [3, 2, 1]


def test_search_finds_a_passport_by_nothing_that_is_not_public(passport: Passport) -> None:
    for key in fields():
        found = list_published(words=sentinel(key, edition=1))
        assert found.exists() is (key == "serial_number"), key
    assert _found(repr([public_row_of(one) for one in list_published()])) == {"serial_number"}


def test_the_audit_trail_holds_no_value(passport: Passport) -> None:
    assert PassportVersion.objects.count() == 2
    text = repr(list(AuditEvent.objects.values()))
    assert _found(text) == set()
    assert "Q-NOTE" not in text
