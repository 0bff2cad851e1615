"""Which mails somebody wants, and which addresses get none.

`MailKind` is the one list of kinds that can be switched off. An answer to what somebody has just done, such as the
confirmation of an address, is no such kind and goes out through `plumbing.mail`.
"""

from __future__ import annotations

from django.db import models

from synchromesh.accounts.models import User


class MailKind(models.TextChoices):
    """Mails that a person switches on and off one by one."""

    DIGEST = "digest", "Digests that I asked for"
    EVENT = "event", "Reminders of events"
    FEEDBACK = "feedback", "Questions after events"
    GROUP = "group", "Mails of my groups"
    MEMBERSHIP = "membership", "About our membership"


class SuppressionReason(models.TextChoices):
    """Why an address gets no mail."""

    BOUNCE = "bounce", "Mails to it came back"
    COMPLAINT = "complaint", "Reported as unwanted"
    UNSUBSCRIBED = "unsubscribed", "Switched off"


class MailPreference(models.Model):
    """What a person said about one kind of mail. No row means: never said anything, so mails of the kind come."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_preferences")
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    is_wanted = models.BooleanField()
    said_at = models.DateTimeField()
    through_mail = models.BooleanField(default=False, help_text="By the link in a mail instead of signed in.")

    class Meta:
        ordering = ["person", "kind"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="mail_preference_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.is_wanted}"


class EmailSuppression(models.Model):
    """An address that gets no mail of one kind, because it was switched off; or of no kind, where mails came back.

    Only a hash of the address is kept, and without a key: it must hold when keys are changed, when an account is
    deleted and when the same address comes again by another way.
    """

    address_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=MailKind.choices, blank=True)
    reason = models.CharField(max_length=12, choices=SuppressionReason.choices)
    detail = models.CharField(max_length=200, blank=True, help_text="What the other server said, without addresses.")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "kind"], name="email_suppression_unique"),
            models.CheckConstraint(
                condition=(models.Q(reason=SuppressionReason.UNSUBSCRIBED) & ~models.Q(kind=""))
                | (~models.Q(reason=SuppressionReason.UNSUBSCRIBED) & models.Q(kind="")),
                name="email_suppression_kind_is_switched_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]} {self.kind or 'all'} ({self.reason})"
