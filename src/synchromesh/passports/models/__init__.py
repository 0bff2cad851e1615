"""Records of practice passports and of the classes that work on them."""

from __future__ import annotations

from synchromesh.passports.models.classrooms import ChainRole, Classroom, ClassroomSeat, ClassroomTeam
from synchromesh.passports.models.events import EventKind, LifeCycleEvent
from synchromesh.passports.models.grants import PassportGrant
from synchromesh.passports.models.passports import KIND_LABELS, Passport, PassportState, PassportVersion
from synchromesh.passports.models.requests import DataRequest
from synchromesh.passports.models.signatures import PassportSignature

__all__ = [
    "KIND_LABELS",
    "ChainRole",
    "Classroom",
    "ClassroomSeat",
    "ClassroomTeam",
    "DataRequest",
    "EventKind",
    "LifeCycleEvent",
    "Passport",
    "PassportGrant",
    "PassportSignature",
    "PassportState",
    "PassportVersion",
]
