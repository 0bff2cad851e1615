"""Records of practice passports that belong to a person, one of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models import Classroom, ClassroomSeat, ClassroomTeam, PassportGrant
from synchromesh.passports.operations.starting import start_passport


def _grant(person: User) -> None:
    now = timezone.now()
    PassportGrant.objects.create(
        passport=start_passport(by=OPERATOR, kind=BatteryKind.EV, title="Of the operator"),
        person=person,
        tier="interest",
        granted_by="operator",
        made_at=now,
        ends_at=now + timedelta(days=3),
    )


def _classroom(teacher: User, code: str) -> Classroom:
    return Classroom.objects.create(
        teacher=teacher, title=f"Class {code}", kind="ev", code=code, opened_at=timezone.now()
    )


def _seat(person: User) -> None:
    classroom = _classroom(User.objects.create_user(name="Teacher of another class"), "AAAA-0002")
    team = ClassroomTeam.objects.create(classroom=classroom, number=1)
    ClassroomSeat.objects.create(
        classroom=classroom, person=person, team=team, role="workshop", joined_at=timezone.now()
    )


PASSPORT_BUILDERS: dict[str, Callable[[User], object]] = {
    "passports.Passport.owner": lambda person: start_passport(by=person, kind=BatteryKind.EV, title="Mine"),
    "passports.PassportGrant.person": _grant,
    "passports.Classroom.teacher": lambda person: _classroom(person, "AAAA-0001"),
    "passports.ClassroomSeat.person": _seat,
}
