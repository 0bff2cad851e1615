"""Members of the alliance: applications, profiles, renewals, mail domains and wishes to join a member."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class ValueChainArea(models.TextChoices):
    """Where in the value chain a member works; one area, the main one."""

    VEHICLES = "vehicles", "Vehicle makers"
    SUPPLIERS = "suppliers", "Suppliers and parts"
    TYRES = "tyres", "Tyres and rubber"
    BATTERIES = "batteries", "Batteries and raw materials"
    ELECTRONICS = "electronics", "Electronics, software and chips"
    REPAIR = "repair", "Sales, repair and aftermarket"
    RECYCLING = "recycling", "Recycling and circular economy"
    EDUCATION = "education", "Education and training"
    RESEARCH = "research", "Research"
    PUBLIC = "public", "Public bodies and regions"
    SOCIAL_PARTNERS = "social-partners", "Social partners and associations"
    SERVICES = "services", "Services and advice"


class RequestState(models.TextChoices):
    """What became of something that was asked for."""

    OPEN = "open", "Open"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class Statutes(models.Model):
    """A version of the statutes that members accept, and where they can be read. `published_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.CharField(max_length=40, unique=True)
    url = models.URLField(max_length=1000)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name_plural = "statutes"

    def __str__(self) -> str:
        return self.version


class MemberApplication(models.Model):
    """An organisation that wants to be a member; approval makes the profile, and the organisation where it is new.

    `organisation` is set where it is on the platform already. The contact is seen by the person who asked and by
    alliance staff only. `decided_by` is a public id.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="member_applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    stated_type = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    value_chain_area = models.CharField(max_length=20, choices=ValueChainArea.choices)
    contact_name = models.CharField(max_length=120)
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=40, blank=True)
    statutes_version = models.CharField(max_length=40, blank=True)
    statutes_accepted_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class MemberProfile(SourcedRecord):
    """That an organisation is a member, since when and until when; both empty where no source says it.

    The contact is personal data: members and alliance staff see it, and nobody else.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="member_profile")
    joined_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which it is no member any more.")
    is_founder = models.BooleanField(default=False)
    value_chain_area = models.CharField(max_length=20, choices=ValueChainArea.choices, blank=True)
    about = TranslatedField()
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    statutes_version = models.CharField(max_length=40, blank=True)
    statutes_accepted_at = models.DateTimeField(null=True, blank=True)
    renewal_due_on = models.DateField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="Edited here: a file leaves it alone.")

    class Meta:
        ordering = ["organisation_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(joined_on=None)
                | models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("joined_on")),
                name="member_profile_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="member_profile_source_external_id_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.organisation_id}"


class MemberRenewal(models.Model):
    """A member that stays for another period; `renewed_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey(MemberProfile, on_delete=models.CASCADE, related_name="renewals")
    until_on = models.DateField()
    statutes_version = models.CharField(max_length=40, blank=True)
    renewed_by = models.CharField(max_length=40)
    renewed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-until_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["profile", "until_on"], name="member_renewal_unique")]

    def __str__(self) -> str:
        return f"{self.profile_id} until {self.until_on}"


class MailDomain(models.Model):
    """A mail domain of a member, such as example.org, which alliance staff have checked; both ids are public ids.

    Who has a confirmed address there may ask to join the organisation.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey(MemberProfile, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(max_length=253, unique=True)
    named_by = models.CharField(max_length=40)
    named_at = models.DateTimeField(auto_now_add=True)
    verified_by = models.CharField(max_length=40, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain


class JoinRequest(models.Model):
    """A person who wants to belong to a member; `decided_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="join_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=models.Q(state="open"), name="join_request_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.organisation_id} ({self.state})"
