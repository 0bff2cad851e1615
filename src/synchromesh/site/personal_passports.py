"""What practice passports and their classes keep about a person."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext_noop

from synchromesh.accounts.models import User
from synchromesh.passports.models import Classroom, ClassroomSeat, Passport, PassportGrant, PassportVersion
from synchromesh.site.personal_relations import Entry, PersonalRelation, TextReference, text


def _passports(person: User) -> list[Entry]:
    """Each with what it states now; earlier versions can be read on its page."""
    found = Passport.objects.filter(owner=person).order_by("pk")
    newest = PassportVersion.objects.filter(passport__owner=person, number=F("passport__number"))
    stated = dict(newest.values_list("passport_id", "data"))
    return [
        {
            "title": row.title,
            "kind": row.kind,
            "state": row.state,
            "made_at": text(row.made_at),
            "changed_at": text(row.changed_at),
            "published_at": text(row.published_at),
            "versions": row.number,
            "states": stated.get(row.pk),
        }
        for row in found
    ]


def _grants(person: User) -> list[Entry]:
    """Passports that others let the person see."""
    found = PassportGrant.objects.filter(person=person).select_related("passport").order_by("pk")
    return [
        {
            "passport": row.passport.title,
            "as": row.tier,
            "role": row.role,
            "made_at": text(row.made_at),
            "ends_at": text(row.ends_at),
            "ended_at": text(row.ended_at),
        }
        for row in found
    ]


def _classrooms(person: User) -> list[Entry]:
    found = Classroom.objects.filter(teacher=person).order_by("pk")
    return [{"title": row.title, "opened_at": text(row.opened_at), "closed_at": text(row.closed_at)} for row in found]


def _seats(person: User) -> list[Entry]:
    found = ClassroomSeat.objects.filter(person=person).select_related("classroom").order_by("pk")
    return [{"class": row.classroom.title, "role": row.role, "joined_at": text(row.joined_at)} for row in found]


PASSPORT_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="passports.Passport.owner", section="practice_passports", read=_passports),
    PersonalRelation(relation="passports.PassportGrant.person", section="practice_passports_of_others", read=_grants),
    PersonalRelation(relation="passports.Classroom.teacher", section="passport_classes", read=_classrooms),
    PersonalRelation(relation="passports.ClassroomSeat.person", section="passport_class_seats", read=_seats),
)
_SHARED = gettext_noop("The passport belongs to others. Your name is not in it, unless you wrote it into the text.")
PASSPORT_REFERENCES: tuple[TextReference, ...] = (
    TextReference(
        column="passports.PassportVersion.made_by",
        what=gettext_noop("versions of practice passports that you wrote"),
        why=_SHARED,
    ),
    TextReference(
        column="passports.LifeCycleEvent.recorded_by",
        what=gettext_noop("events of practice passports that you recorded"),
        why=_SHARED,
    ),
    TextReference(
        column="passports.PassportGrant.granted_by",
        what=gettext_noop("practice passports that you shared"),
        why=_SHARED,
    ),
    TextReference(
        column="passports.DataRequest.requested_by",
        what=gettext_noop("requests for data that you sent in a class of the passport lab"),
        why=_SHARED,
    ),
    TextReference(
        column="passports.DataRequest.answered_by",
        what=gettext_noop("requests for data that you answered in a class of the passport lab"),
        why=_SHARED,
    ),
    TextReference(
        column="passports.PassportSignature.issued_by",
        what=gettext_noop("practice passports that you had signed"),
        why=_SHARED,
    ),
)
