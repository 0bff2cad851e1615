"""A signed passport is checked by the same checkers as any credential, and tells each visitor no more than theirs."""

from __future__ import annotations

import base64
import json

import pytest
from tests.credentials.records import an_issuer
from tests.passports.records import VISITORS, a_passport, on_the_market, planted, seen_by, sentinel, typed

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.credentials.models import Issuer
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.keys import rotate_key
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.engine.passport_models.model import fields
from synchromesh.passports.models import Passport
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.signing import sign_passport
from synchromesh.passports.queries.exports import get_export
from synchromesh.passports.queries.shown_signatures import find_shown_signature
from synchromesh.passports.queries.signatures import SignatureView, list_signers
from synchromesh.passports.queries.views import get_passport
from synchromesh.plumbing.audit import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(organisation: Organisation, person: User) -> Issuer:
    """An issuer for which `person` signs."""
    Membership.objects.create(person=person, organisation=organisation, role="manager")
    return an_issuer(organisation)


def _shown(passport: Passport, by: Actor) -> SignatureView | None:
    return find_shown_signature(get_passport(passport.uid, visible_to=by))


def test_the_signed_file_is_found_good_and_its_issuer_known(person: User, issuer: Issuer) -> None:
    passport = on_the_market(person)
    sign_passport(by=person, uid=passport.uid, issuer=issuer)
    for by in (person, VISITOR):
        checked = verify_credential(get_export(passport.uid, "signed", visible_to=by).data)
        assert (checked.signature.word, checked.status.word, checked.issuer.word) == ("good", "valid", "known")
        assert checked.shown.title == f"Practice battery passport: {passport.title}"
        assert "not a legal passport" in checked.shown.description


def test_a_changed_value_breaks_the_signature(person: User, issuer: Issuer) -> None:
    passport = on_the_market(person)
    sign_passport(by=person, uid=passport.uid, issuer=issuer)
    head, payload, signature = get_export(passport.uid, "signed", visible_to=VISITOR).data.decode().split(".")
    text = base64.urlsafe_b64decode(payload + "==")
    forged = base64.urlsafe_b64encode(text.replace(b'"ev"', b'"lmt"')).decode().rstrip("=")
    assert forged != payload
    assert verify_credential(f"{head}.{forged}.{signature}".encode()).signature.word == "altered"


def test_the_offline_file_is_checked_without_asking_anybody(person: User, issuer: Issuer) -> None:
    passport = on_the_market(person)
    sign_passport(by=person, uid=passport.uid, issuer=issuer)
    data = get_export(passport.uid, "signed-offline", visible_to=VISITOR).data
    assert verify_credential(data, offline=True).signature.word == "good"
    assert verify_credential(data.replace(b"didDocuments", b"didDocument_"), offline=True).signature.word != "good"


@pytest.mark.parametrize("visitor", VISITORS)
def test_what_is_signed_for_a_visitor_holds_the_fields_of_the_matrix(
    visitor: str, person: User, issuer: Issuer
) -> None:
    signature = sign_passport(by=person, uid=planted(person).uid, issuer=issuer)
    payload = str(signature.files[visitor]).split(".")[1]
    text = base64.urlsafe_b64decode(payload + "==").decode()
    assert {key for key in fields() if sentinel(key) in text} == seen_by(visitor)
    assert json.loads(text)["credentialSubject"]["notice"] == "Practice, not a legal passport."


def test_a_visitor_gets_the_file_of_their_kind(person: User, issuer: Issuer) -> None:
    passport = planted(person)
    signature = sign_passport(by=person, uid=passport.uid, issuer=issuer)
    assert get_export(passport.uid, "signed", visible_to=VISITOR).data.decode() == signature.files["public"]
    assert get_export(passport.uid, "signed", visible_to=person).data.decode() == signature.files["owner"]


def test_a_change_makes_a_signature_one_of_an_earlier_version(person: User, issuer: Issuer) -> None:
    passport = on_the_market(person)
    assert _shown(passport, person) is None
    sign_passport(by=person, uid=passport.uid, issuer=issuer)
    found = _shown(passport, VISITOR)
    assert found is not None
    assert (found.issuer_name, found.is_current, found.number) == ("North Works", True, 0)
    save_category(
        by=person,
        uid=passport.uid,
        category="identification",
        values=typed(model_name="Another"),
        expected=passport.number,
    )
    found = _shown(passport, VISITOR)
    assert found is not None
    assert found.is_current is False


def test_the_public_gets_no_file_that_was_signed_before_the_market(person: User, issuer: Issuer) -> None:
    passport = planted(person)
    sign_passport(by=person, uid=passport.uid, issuer=issuer)
    type(passport).objects.filter(pk=passport.pk).update(published_number=2)
    with pytest.raises(NotFound):
        get_export(passport.uid, "signed", visible_to=VISITOR)
    assert _shown(passport, VISITOR) is None
    assert _shown(passport, person) is not None


def test_only_who_owns_the_passport_and_signs_for_the_issuer_has_it_signed(
    person: User, issuer: Issuer, staff: User
) -> None:
    passport = on_the_market(person)
    with pytest.raises(NotAllowed):
        sign_passport(by=staff, uid=passport.uid, issuer=issuer)
    other = User.objects.create_user(email="other@example.org")
    with pytest.raises(NotAllowed):
        sign_passport(by=other, uid=a_passport(other).uid, issuer=issuer)


def test_a_version_is_signed_once_by_a_key(person: User, issuer: Issuer) -> None:
    passport = on_the_market(person)
    sign_passport(by=person, uid=passport.uid, issuer=issuer)
    with pytest.raises(Conflict):
        sign_passport(by=person, uid=passport.uid, issuer=issuer)


def test_issuers_with_a_key_are_offered_to_those_who_sign_for_them(person: User, issuer: Issuer) -> None:
    other = User.objects.create_user(email="other@example.org")
    assert list_signers(person) == [issuer]
    assert list_signers(other) == []
    issuer.keys.update(retired_at=issuer.made_at)
    assert list_signers(person) == []
    rotate_key(by=person, issuer=issuer, purpose="credentials")  # type: ignore[arg-type]
    assert list_signers(person) == [issuer]
