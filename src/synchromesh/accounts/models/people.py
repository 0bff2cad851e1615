"""People: sign-in by e-mail, or by a sign-in name for somebody without one, and membership in organisations."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from synchromesh.accounts.models.organisations import Organisation


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail is kept in lower case so that it is one address whatever the keyboard does."""

    def create_user(self, *, email: str | None = None, password: str | None = None, **columns: Any) -> User:
        person = self.model(email=self.normalize_email(email).lower() if email else None, **columns)
        if not person.sign_in_name:
            person.sign_in_name = person.email or f"person-{person.uid.hex[:12]}"
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(sign_in_name=username)


class User(AbstractBaseUser):
    """A person with an account. Reading needs none; an account only stores."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 (several people without one must stay unique)
    sign_in_name = models.CharField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="en")
    is_alliance_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    origin = models.CharField(max_length=10, default="real", choices=[("real", "Real"), ("example", "Example")])
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email or self.sign_in_name

    @property
    def public_id(self) -> str:
        """The id that leaves the server and stands in the audit trail."""
        return str(self.uid)


class MembershipRole(models.TextChoices):
    """What a person may do for an organisation."""

    MEMBER = "member", "Member"
    EDITOR = "editor", "Editor"
    MANAGER = "manager", "Manager"


class Membership(models.Model):
    """A person's role in an organisation."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organisation", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="membership_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id} as {self.role}"


class Invitation(models.Model):
    """A code on paper for somebody without e-mail. Only its hash is kept; it opens one account, once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    created_by = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"invitation {self.uid}"
