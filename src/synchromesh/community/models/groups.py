"""Groups of the alliance and who works in them."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class GroupKind(models.TextChoices):
    """What a group is for."""

    TOPIC_COMMITTEE = "topic-committee", "Topic committee"
    WORKING_GROUP = "working-group", "Working group"
    TASK_FORCE = "task-force", "Task force"
    FORUM = "forum", "Forum"


class Readers(models.TextChoices):
    """Who may read: everybody, people of members, or the people of the group."""

    PUBLIC = "public", "Everybody"
    MEMBERS = "members", "Members of the alliance"
    GROUP = "group", "People of the group"


class Group(SourcedRecord):
    """A committee, working group, task force or forum; the people in it and its meetings are never public."""

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    names = TranslatedField()
    mandates = TranslatedField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    lead_organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="led_groups"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day on which it works.")
    visibility = models.CharField(max_length=10, choices=Readers.choices, default=Readers.PUBLIC)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="Edited here: a file leaves it alone.")

    class Meta:
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="group_source_external_id_unique",
            )
        ]

    def __str__(self) -> str:
        return str(self.names.get("en", self.slug))


class GroupMemberState(models.TextChoices):
    """Where a person stands with a group."""

    ASKED = "asked", "Asked to join"
    APPROVED = "approved", "In the group"
    LEFT = "left", "Left"


class GroupMember(models.Model):
    """A person in a group, for an organisation if they represent one. `decided_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="groups")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="representatives"
    )
    state = models.CharField(max_length=10, choices=GroupMemberState.choices, default=GroupMemberState.ASKED)
    is_leader = models.BooleanField(default=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["group", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="group_member_unique"),
            models.CheckConstraint(
                condition=models.Q(is_leader=False) | models.Q(state="approved"), name="group_leader_is_in_the_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id} ({self.state})"
