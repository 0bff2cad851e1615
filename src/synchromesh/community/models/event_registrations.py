"""Who takes part in an event: registrations with or without an account, who was there, and what they said after it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models.events import Event


class EventGuest(models.Model):
    """Somebody without an account; nothing is registered before they have confirmed the address.

    On `delete_on` they are forgotten. The key in their mails is nowhere stored, see `queries.event_guests`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    organisation_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=2, default="en")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    delete_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["event", "made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "email"], name="event_guest_once")]

    def __str__(self) -> str:
        return f"guest {self.uid}"

    @property
    def public_id(self) -> str:
        """What stands in the audit trail for what a guest did: an id that leads to nobody once they are forgotten."""
        return str(self.uid)


class RegistrationState(models.TextChoices):
    """Only `approved` takes a seat."""

    ASKED = "asked", "Waits for an answer"
    APPROVED = "approved", "Has a place"
    WAITING = "waiting", "On the waiting list"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Registration(models.Model):
    """One person or guest at one event. `asked_at` is the place in the waiting list; `code` stands in the QR code.

    When an account is deleted, or a guest forgotten, the line stays without name, organisation and note, so that the
    number of participants stays right.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="event_registrations"
    )
    guest = models.OneToOneField(
        EventGuest, on_delete=models.SET_NULL, null=True, blank=True, related_name="registration"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="event_registrations"
    )
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=9, choices=RegistrationState.choices)
    note = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text="What the organiser said when declining.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    feedback_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["event", "asked_at", "id"]
        indexes = [models.Index(fields=["event", "state", "asked_at"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], condition=models.Q(person__isnull=False), name="registration_person_once"
            ),
            models.CheckConstraint(
                condition=models.Q(person=None) | models.Q(guest=None), name="registration_person_or_guest"
            ),
            models.CheckConstraint(
                condition=(models.Q(state=RegistrationState.APPROVED) & models.Q(seated_at__isnull=False))
                | (~models.Q(state=RegistrationState.APPROVED) & models.Q(seated_at=None)),
                name="registration_seat_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class CheckIn(models.Model):
    """Somebody was there, once. `uid` is made by the device that noted it, perhaps without a net."""

    uid = models.UUIDField(unique=True)
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="check_in")
    noted_at = models.DateTimeField(help_text="When the device noted it.")
    stored_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["registration"]

    def __str__(self) -> str:
        return f"{self.registration_id} was there"


class EventFeedback(models.Model):
    """What somebody who was registered said afterwards; the organisers read it without a name."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="feedback")
    useful = models.PositiveSmallIntegerField(help_text="1 not at all to 4 very.")
    words = models.TextField(blank=True, max_length=2000)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["registration"]
        constraints = [
            models.CheckConstraint(condition=models.Q(useful__gte=1, useful__lte=4), name="event_feedback_1_to_4")
        ]

    def __str__(self) -> str:
        return f"{self.useful} of 4"
