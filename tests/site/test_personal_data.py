"""The right to see everything about oneself and to have it deleted, held against every model there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import serializers
from django.db import models
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.credentials.records import a_credential
from tests.site.credentials_of_a_person import CREDENTIAL_BUILDERS
from tests.site.events_of_a_person import EVENT_BUILDERS
from tests.site.learning_of_a_person import LEARNING_BUILDERS
from tests.site.members_of_a_person import MEMBER_BUILDERS
from tests.site.news_of_a_person import NEWS_BUILDERS
from tests.site.passports_of_a_person import PASSPORT_BUILDERS
from tests.site.sharing_of_a_person import SHARING_BUILDERS

from synchromesh.accounts.models import Invitation, Membership, Organisation, ProviderApplication, User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.assessment.models import AnswerFile, Attempt, Question, Response
from synchromesh.assessment.queries.answer_files import answer_place
from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import ClaimLink, Credential
from synchromesh.credentials.operations.claiming import make_claim_link
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import FrameworkVersion, JobRole, Skill, VersionComment
from synchromesh.pathways.models import Plan, PlanStep, Rating, Review, SavedList, SavedSearch
from synchromesh.pathways.operations.cv_profile import CvEntry, record_cv_skills
from synchromesh.plumbing import audit
from synchromesh.plumbing.models import AuditEvent, ImportBatch
from synchromesh.site.personal_data import delete_person, export_person
from synchromesh.site.personal_records import RELATIONS
from synchromesh.site.personal_references import TEXT_REFERENCES

pytestmark = pytest.mark.django_db
UID_COLUMNS = {
    "actor", "answered_by", "changed_by", "claimed_by", "confirmed_by", "created_by", "decided_by", "entered_by",
    "given_by", "granted_by", "hidden_by", "issued_by", "linked_by", "loaded_by", "locked_by", "made_by", "marked_by",
    "named_by", "published_by", "rater", "recorded_by", "rejected_by", "released_by", "renewed_by", "requested_by",
    "resolved_by", "reviewed_by", "sent_by", "settled_by", "uploaded_by", "verified_by", "written_by",
}  # fmt: skip


def _skill() -> Skill:
    return Skill.objects.get_or_create(slug="isolate-hv", defaults={"titles": {"en": "Isolate a battery"}})[0]


def _make_plan(person: User) -> None:
    version = FrameworkVersion.objects.create(number=1)
    role = JobRole.objects.create(slug="battery-technician", titles={"en": "Battery technician"})
    plan = Plan.objects.create(person=person, role=role, version=version)
    PlanStep.objects.create(plan=plan, course=Course.objects.create(slug="safe", titles={"en": "Safe"}), position=1)


def _use_invitation(person: User) -> None:
    organisation = Organisation.objects.create(slug="inviting", name="Inviting Works")
    Invitation.objects.create(
        code_hash="0" * 64,
        organisation=organisation,
        created_by="operator",
        expires_at=timezone.now(),
        used_at=timezone.now(),
        used_by=person,
    )


BUILDERS: dict[str, Callable[[User], object]] = (
    {
        "account.EmailAddress.user": lambda person: EmailAddress.objects.create(user=person, email=str(person.email)),
        "mfa.Authenticator.user": lambda person: Authenticator.objects.create(
            user=person, type="totp", data={"secret": "THE-SECRET"}
        ),
        "accounts.Membership.person": lambda person: Membership.objects.create(
            person=person, organisation=Organisation.objects.create(slug="works", name="Works"), role="manager"
        ),
        "accounts.Invitation.used_by": _use_invitation,
        "accounts.ProviderApplication.person": lambda person: ProviderApplication.objects.create(
            person=person, name="South School", url="https://example.org"
        ),
        "pathways.Rating.person": lambda person: Rating.objects.create(
            person=person, skill=_skill(), kind="self", level=2, rater=person.public_id
        ),
        "pathways.Plan.person": _make_plan,
        "pathways.SavedSearch.owner": lambda person: SavedSearch.objects.create(
            owner=person, title="Free courses", query="price=free", language="en", looked_at=timezone.now()
        ),
        "pathways.SavedList.owner": lambda person: SavedList.objects.create(owner=person, title="To look at"),
        "pathways.Review.person": lambda person: Review.objects.create(
            person=person,
            course=Course.objects.create(slug="reviewed", titles={"en": "Reviewed"}),
            helped=3,
            language="en",
            finished_on=timezone.localdate(),
        ),
    }
    | LEARNING_BUILDERS
    | CREDENTIAL_BUILDERS
    | EVENT_BUILDERS
    | SHARING_BUILDERS
    | MEMBER_BUILDERS
    | NEWS_BUILDERS
    | PASSPORT_BUILDERS
)
# The issuer's proof: what was signed names its holder.
NAMES_ITS_HOLDER = "credentials.Credential"


def relations_to_a_person() -> list[tuple[str, type[models.Model], str]]:
    """Every concrete relation to User of every installed model, many-to-many tables included."""
    return [
        (f"{model._meta.label}.{field.name}", model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is User
    ]


@pytest.fixture
def full_person(person: User) -> User:
    """A person with one record of every kind."""
    for build in BUILDERS.values():
        build(person)
    return person


def test_every_relation_to_a_person_is_covered_by_export_and_deletion() -> None:
    covered = {relation.relation for relation in RELATIONS}
    missing = sorted(label for label, _, _ in relations_to_a_person() if label not in covered)
    assert missing == [], "add these to site/personal_records.py and a builder here"
    installed = {label for label, _, _ in relations_to_a_person()}
    assert sorted(covered - installed) == ["socialaccount.SocialAccount.user"]
    assert set(BUILDERS) == installed


def test_every_column_that_keeps_a_uid_as_text_is_named_in_the_report() -> None:
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in UID_COLUMNS
    }
    assert columns == {reference.column for reference in TEXT_REFERENCES}


@pytest.mark.parametrize("relation", [relation for relation in RELATIONS if relation.relation in BUILDERS])
def test_a_record_of_each_kind_is_in_the_export(full_person: User, relation: Any) -> None:
    exported = export_person(by=full_person, person=full_person)
    assert len(exported[relation.section]) == 1


def test_after_deletion_no_record_of_any_model_points_to_the_person(full_person: User) -> None:
    pk = full_person.pk
    report = delete_person(by=full_person, person=full_person)
    for label, model, column in relations_to_a_person():
        assert not model._default_manager.filter(**{column: pk}).exists(), label
    assert not User.objects.filter(pk=pk).exists()
    for relation in RELATIONS:
        if relation.deleted and relation.relation in BUILDERS:
            assert report.deleted[relation.section] == 1, relation.relation


def test_after_deletion_neither_name_nor_address_is_stored_anywhere(full_person: User, client: Client) -> None:
    client.force_login(full_person)
    audit.record(by=full_person, action="save_plan", kind="plan", uid="1")
    words = [str(full_person.email), full_person.name]
    export_person(by=full_person, person=full_person)
    delete_person(by=full_person, person=full_person)
    for model in apps.get_models(include_auto_created=True):
        stored = serializers.serialize("json", model._default_manager.all())
        unwanted = words[:1] if model._meta.label == NAMES_ITS_HOLDER else words
        assert not any(word in stored for word in unwanted), model._meta.label


def test_the_export_is_json_and_holds_no_secret(full_person: User) -> None:
    text = json.dumps(export_person(by=full_person, person=full_person))
    assert "THE-SECRET" not in text
    assert full_person.password not in text
    assert '"safe"' in text
    assert "battery-technician" in text


def test_the_export_names_what_was_done_but_no_other_person(
    person: User, staff: User, organisation: Organisation
) -> None:
    audit.record(by=person, action="save_plan", kind="plan", uid="1")
    audit.record(by=staff, action="add_membership", kind="organisation", uid=organisation.uid, person=person.public_id)
    audit.record(by=staff, action="save_organisation", kind="organisation", uid=organisation.uid)
    audit.record(by=OPERATOR, action="create_person", kind="person", uid=person.uid)
    exported = export_person(by=person, person=person)
    assert [(line["by"], line["action"]) for line in exported["audit"]] == [
        ("you", "save_plan"),
        ("somebody else", "add_membership"),
        ("operator", "create_person"),
        ("you", "export_person"),
    ]
    assert staff.public_id not in json.dumps(exported)


def test_ratings_given_to_others_are_exported_without_saying_to_whom_and_stay_with_them(
    person: User, staff: User
) -> None:
    Rating.objects.create(person=staff, skill=_skill(), kind="peer", level=1, rater=person.public_id)
    exported = export_person(by=person, person=person)
    assert [(row["skill"], row["level"]) for row in exported["ratings_given"]] == [("isolate-hv", 1)]
    assert staff.public_id not in json.dumps(exported)
    report = delete_person(by=person, person=person)
    assert Rating.objects.get().person == staff
    assert "ratings that you gave to other people" in [kept.what for kept in report.kept]


def test_only_the_person_and_the_operator_may_export_or_delete(person: User, staff: User, manager: User) -> None:
    Membership.objects.create(person=person, organisation=manager.memberships.get().organisation)
    for actor in (VISITOR, staff, manager):
        for operation in (export_person, delete_person):
            with pytest.raises(NotAllowed):
                operation(by=actor, person=person)
    assert export_person(by=OPERATOR, person=person)["account"]["email"] == "person@example.org"
    delete_person(by=OPERATOR, person=person)
    assert not User.objects.filter(pk=person.pk).exists()


def test_the_audit_trail_keeps_the_uid_and_says_who_deleted(person: User) -> None:
    audit.record(by=person, action="save_plan", kind="plan", uid="1")
    uid = person.public_id
    report = delete_person(by=person, person=person)
    assert list(AuditEvent.objects.order_by("pk").values_list("actor", "action", "target_uid")) == [
        (uid, "save_plan", "1"),
        (uid, "delete_person", uid),
    ]
    assert [(kept.count, kept.what) for kept in report.kept] == [(2, "lines of the audit trail about what you did")]
    assert all(kept.why for kept in report.kept)


def test_what_a_person_did_for_the_alliance_stays_and_is_reported(person: User, organisation: Organisation) -> None:
    ImportBatch.objects.create(kind="feed", name="courses.csv", source="x", actor=person.public_id)
    Invitation.objects.create(
        code_hash="1" * 64, organisation=organisation, created_by=person.public_id, expires_at=timezone.now()
    )
    exported = export_person(by=person, person=person)
    assert [row["file"] for row in exported["imports_made"]] == ["courses.csv"]
    assert [row["organisation"] for row in exported["invitations_made"]] == ["North Works"]
    whats = [kept.what for kept in delete_person(by=person, person=person).kept]
    assert {"imports that you made", "invitations that you made"} <= set(whats)


def test_comments_on_drafts_are_exported_and_stay_without_a_name(person: User) -> None:
    version = FrameworkVersion.objects.create(number=1, requested_by=person.public_id)
    VersionComment.objects.create(version=version, subject="draft", text="Too hard.", written_by=person.public_id)
    VersionComment.objects.create(
        version=version,
        subject="draft",
        text="Why?",
        written_by="operator",
        resolved_by=person.public_id,
        resolved_at=timezone.now(),
    )
    (exported,) = export_person(by=person, person=person)["comments_written"]
    assert (exported["framework_version"], exported["about"], exported["text"]) == (1, "draft", "Too hard.")
    whats = [kept.what for kept in delete_person(by=person, person=person).kept]
    assert "comments that you wrote on drafts of the framework" in whats
    assert "comments on drafts of the framework that you marked as settled" in whats
    assert "versions of the framework whose publication you asked for" in whats
    assert VersionComment.objects.count() == 2


def test_what_was_suggested_from_a_cv_is_exported_and_its_content_goes_with_the_account(person: User) -> None:
    uid = str(_skill().uid)
    entry = CvEntry(suggested=uid, probability=0.7, certain=True, suggested_level=1, kept=uid, level=2)
    record_cv_skills(by=person, entries=[entry], mode="fast", language="en")
    exported = export_person(by=person, person=person)
    logged = next(line for line in exported["audit"] if line["action"] == "record_cv_skills")
    assert (logged["by"], logged["details"]["suggestions"][0]["decision"]) == ("you", "changed")
    assert exported["ratings"][0]["evidence"].startswith("from a CV")
    delete_person(by=person, person=person)
    assert AuditEvent.objects.get(action="record_cv_skills").details == {}
    assert not Rating.objects.exists()


def test_a_used_invitation_stays_used_after_its_person_is_gone(person: User) -> None:
    _use_invitation(person)
    report = delete_person(by=person, person=person)
    invitation = Invitation.objects.get()
    assert (invitation.used_by, invitation.used_at is not None) == (None, True)
    assert "invitations that you used" in [kept.what for kept in report.kept]


def test_the_last_manager_can_leave_by_deletion_and_the_organisation_is_named(manager: User) -> None:
    assert delete_person(by=manager, person=manager).organisations_without_manager == ("North Works",)


def test_an_organisation_with_another_manager_is_not_named(manager: User, person: User) -> None:
    Membership.objects.create(person=person, organisation=manager.memberships.get().organisation, role="manager")
    assert delete_person(by=manager, person=manager).organisations_without_manager == ()


def test_all_sessions_of_the_person_end_and_those_of_others_go_on(person: User, staff: User) -> None:
    phone, desk, other = Client(), Client(), Client()
    for client, owner in ((phone, person), (desk, person), (other, staff)):
        client.force_login(owner)
    assert len(export_person(by=person, person=person)["sessions"]) == 2
    assert delete_person(by=person, person=person).deleted["sessions"] == 2
    assert not phone.session.get("_auth_user_id")
    assert other.session.get("_auth_user_id") == str(staff.pk)


def test_mails_to_the_person_are_forgotten_with_their_text(person: User) -> None:
    for to in (person.email, "other@example.org"):
        DBTaskResult.objects.create(
            task_path="synchromesh.plumbing.tasks.deliver_mail",
            args_kwargs={"args": [], "kwargs": {"to": to, "subject": "Hello", "text": "Dear"}},
            backend_name="default",
            run_after=get_date_max(),
        )
    assert export_person(by=person, person=person)["mails_remembered"] == 1
    assert delete_person(by=person, person=person).deleted["mails"] == 1
    assert DBTaskResult.objects.get().args_kwargs["kwargs"]["to"] == "other@example.org"


SINGLE_SIGN_ON = """
import django; django.setup()
from django.apps import apps
from django.core.management import call_command
call_command("migrate", verbosity=0)
from synchromesh.accounts.models import User
from synchromesh.site.personal_data import delete_person, export_person
from synchromesh.site.personal_records import RELATIONS
person = User.objects.create_user(email="sso@example.org")
account = apps.get_model("socialaccount", "SocialAccount")
account.objects.create(user=person, provider="oidc", uid="42", extra_data={"locale": "de"})
labels = {f"{m._meta.label}.{f.name}" for m in apps.get_models(include_auto_created=True) for f in m._meta.get_fields()
          if f.is_relation and f.concrete and f.related_model is User}
assert labels <= {r.relation for r in RELATIONS}, labels
assert export_person(by=person, person=person)["single_sign_on"][0]["id_there"] == "42"
assert delete_person(by=person, person=person).deleted["single_sign_on"] == 1
assert not account.objects.exists()
print("covered")
"""


def test_an_account_with_single_sign_on_is_covered_where_it_is_switched_on(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SYNCHROMESH_")},
        "SYNCHROMESH_ENVIRONMENT": "test",
        "SYNCHROMESH_DATA_DIR": str(tmp_path),
        "SYNCHROMESH_OIDC_SERVER": "https://sign-in.example",
        "SYNCHROMESH_OIDC_CLIENT_ID": "id",
        "SYNCHROMESH_OIDC_CLIENT_SECRET": "secret",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", SINGLE_SIGN_ON], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("covered", 0), done.stderr


def test_files_that_were_handed_in_go_with_the_account(
    person: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    LEARNING_BUILDERS["assessment.Attempt.person"](person)
    attempt = Attempt.objects.get()
    question = Question.objects.create(
        bank=attempt.instrument.bank, key="plan", kind="file", document={}, made_by="operator"
    )
    response = Response.objects.create(attempt=attempt, position=1, question=question)
    file = AnswerFile.objects.create(
        response=response, name="plan.txt", media_type="text/plain", bytes=4, sha256="0" * 64
    )
    place = answer_place(file.uid)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("plan", encoding="utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        delete_person(by=person, person=person)
    assert not place.exists()


def test_what_was_awarded_stays_with_its_issuer_without_address_and_shows_no_name(person: User) -> None:
    CREDENTIAL_BUILDERS["credentials.Credential.holder"](person)
    achievement = Credential.objects.get().version.achievement
    make_claim_link(by=OPERATOR, credential=a_credential(achievement, occasion="unclaimed", email=str(person.email)))
    (exported,) = export_person(by=person, person=person)["credentials"]
    assert (exported["name"], exported["signed"].count(".")) == (person.name, 2)
    report = delete_person(by=person, person=person)
    assert (2, "credentials that were awarded to you") in [(kept.count, kept.what) for kept in report.kept]
    for credential in Credential.objects.all():
        assert (credential.holder, credential.holder_email, credential.page_detail) == (None, "", "verdict")
    assert not ClaimLink.objects.exists()
