"""Open and change groups, take people in, name leaders, let people go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import Group, GroupKind, GroupMember, GroupMemberState, Readers
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.operations.mail_sending import send_to_person
from synchromesh.community.operations.search_upkeep import tell_search
from synchromesh.community.permissions import is_member, may_edit_community, may_lead_group, may_see_group
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.plumbing import audit
from synchromesh.plumbing.free_slugs import FreeSlugs
from synchromesh.plumbing.translated_text import in_language

_LEADERS_ONLY = "Only leaders of the group can do this."


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDetails:
    """What is said of a group; `name` and `mandate` are in `language`, texts in other languages stay."""

    language: str
    name: str
    mandate: str
    kind: str
    visibility: str
    starts_on: date | None = None
    ends_on: date | None = None
    parent: Group | None = None
    lead_organisation: Organisation | None = None


def create_group(*, by: audit.Actor, details: GroupDetails) -> Group:
    """Open a group. Alliance staff do. Raises NotAllowed, InvalidInput."""
    require(may_edit_community(by), "Only alliance staff open groups.")
    _check(details, None)
    with transaction.atomic():
        slug = FreeSlugs(Group).take([slugify(details.name)[:110] or "group"])[0]
        made = Group.objects.create(slug=slug, **_columns(details, {}, {}))
        audit.record(by=by, action="create_group", kind="group", uid=made.uid)
        tell_search("group", made)
    return made


def change_group(*, by: audit.Actor, group: Group, details: GroupDetails) -> Group:
    """Change what is said of a group. Its leaders may, but kind, place and who sees it are for alliance staff.

    Raises NotAllowed, InvalidInput.
    """
    require(may_lead_group(by, group), _LEADERS_ONLY)
    _check(details, group)
    with transaction.atomic():
        row = Group.objects.select_for_update().get(pk=group.pk)
        values = _columns(details, row.names, row.mandates)
        kept = () if may_edit_community(by) else ("kind", "visibility", "parent", "lead_organisation")
        for name, value in values.items():
            if name not in kept:
                setattr(row, name, value)
        row.edited_at = timezone.now()
        row.save()
        audit.record(by=by, action="change_group", kind="group", uid=row.uid)
        tell_search("group", row)
    return row


def _columns(details: GroupDetails, names: dict[str, str], mandates: dict[str, str]) -> dict[str, object]:
    values = {name: getattr(details, name) for name in asdict(details)}
    language, name, mandate = (values.pop(key) for key in ("language", "name", "mandate"))
    return values | {"names": _with(names, language, name), "mandates": _with(mandates, language, mandate)}


def _with(texts: dict[str, str], language: str, text: str) -> dict[str, str]:
    others = {code: said for code, said in texts.items() if code != language}
    return others | ({language: text.strip()} if text.strip() else {})


def _check(details: GroupDetails, group: Group | None) -> None:
    if not details.name.strip() or len(details.name) > 200:
        raise InvalidInput("Give the group a name of at most 200 characters.", field="name")
    if details.kind not in GroupKind.values:
        raise InvalidInput("Choose what kind of group it is.", field="kind")
    if details.visibility not in Readers.values:
        raise InvalidInput("Choose who sees the page of the group.", field="visibility")
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise InvalidInput("The last day lies before the first.", field="ends_on")
    above = details.parent
    while above is not None:
        if group is not None and above.pk == group.pk:
            raise InvalidInput("A group cannot be part of itself.", field="parent")
        above = above.parent


def has_ended(group: Group) -> bool:
    """Whether the group works no more."""
    return group.ends_on is not None and group.ends_on < timezone.localdate()


def ask_to_join(*, by: User, group: Group, organisation: Organisation | None = None) -> GroupMember:
    """Ask to work in a group, for an organisation that one belongs to. People of members may.

    Raises NotFound for a group one may not know of, NotAllowed, and Conflict where the group has ended, or one is in it
    or has asked already.
    """
    if not may_see_group(by, group):
        raise NotFound("There is no such group.")
    require(is_member(by), "Only people of members can work in groups.")
    if has_ended(group):
        raise Conflict("This group has ended.")
    if organisation is not None:
        belongs = Membership.objects.filter(person=by, organisation=organisation).exists()
        require(belongs, "You can represent only an organisation that you belong to.")
    with transaction.atomic():
        row = GroupMember.objects.select_for_update().filter(group=group, person=by).first()
        if row is not None and row.state != GroupMemberState.LEFT:
            raise Conflict("You are in this group, or have asked already.")
        row = row or GroupMember(group=group, person=by)
        row.state, row.organisation, row.decided_by, row.decided_at = GroupMemberState.ASKED, organisation, "", None
        try:
            row.save()
        except IntegrityError:
            raise Conflict("You have asked already.") from None
        audit.record(by=by, action="ask_to_join", kind="group", uid=group.uid)
    return row


def accept_group_member(*, by: audit.Actor, member: GroupMember) -> GroupMember:
    """Take a person into the group, and tell them. Leaders and alliance staff do. Raises NotAllowed, Conflict."""
    require(may_lead_group(by, member.group), _LEADERS_ONLY)
    with transaction.atomic():
        row = _locked(member, GroupMemberState.ASKED)
        row.state, row.decided_by, row.decided_at = GroupMemberState.APPROVED, by.public_id, timezone.now()
        row.save()
        audit.record(by=by, action="accept_group_member", kind="group", uid=row.group.uid, person=row.person.public_id)
        with override(row.person.language):
            name = in_language(row.group.names, row.person.language).text
            page = f"{settings.SITE_ADDRESS}/{row.person.language}/groups/{row.group.slug}/"
            subject = gettext("You are in the group %(name)s now") % {"name": name}
            text = gettext("Its meetings and documents: %(page)s\n") % {"page": page}
            send_to_person(person=row.person, kind=MailKind.GROUP, subject=subject, text=text)
    return row


def refuse_group_member(*, by: audit.Actor, member: GroupMember) -> None:
    """Turn a wish to join down; the person may ask again. Raises NotAllowed, Conflict."""
    require(may_lead_group(by, member.group), _LEADERS_ONLY)
    with transaction.atomic():
        row = _locked(member, GroupMemberState.ASKED)
        audit.record(by=by, action="refuse_group_member", kind="group", uid=row.group.uid, person=row.person.public_id)
        row.delete()


def add_group_member(*, by: audit.Actor, group: Group, person: User, is_leader: bool = False) -> GroupMember:
    """Put a person into a group at once, such as its first leader. Alliance staff do. Raises NotAllowed."""
    require(may_edit_community(by), "Only alliance staff add people directly.")
    with transaction.atomic():
        row, _ = GroupMember.objects.select_for_update().get_or_create(group=group, person=person)
        row.state, row.is_leader = GroupMemberState.APPROVED, is_leader or row.is_leader
        row.decided_by, row.decided_at = by.public_id, timezone.now()
        row.save()
        audit.record(by=by, action="add_group_member", kind="group", uid=group.uid, person=person.public_id)
    return row


def set_leader(*, by: audit.Actor, member: GroupMember, is_leader: bool) -> GroupMember:
    """Say whether a person of the group leads it. Leaders and alliance staff do.

    Raises NotAllowed, and Conflict for somebody who is not in the group and for the last leader.
    """
    require(may_lead_group(by, member.group), _LEADERS_ONLY)
    with transaction.atomic():
        row = _locked(member, GroupMemberState.APPROVED)
        if not is_leader:
            _keep_a_leader(by, row)
        row.is_leader = is_leader
        row.save(update_fields=["is_leader"])
        details = {"person": row.person.public_id, "is_leader": is_leader}
        audit.record(by=by, action="set_leader", kind="group", uid=row.group.uid, **details)
    return row


def leave_group(*, by: audit.Actor, member: GroupMember) -> GroupMember:
    """Let a person go: themselves, or by a leader. Raises NotAllowed, and Conflict for the last leader."""
    own = isinstance(by, User) and by.is_active and by.pk == member.person_id
    require(own or may_lead_group(by, member.group), _LEADERS_ONLY)
    with transaction.atomic():
        row = _locked(member, GroupMemberState.APPROVED)
        _keep_a_leader(by, row)
        row.state, row.is_leader = GroupMemberState.LEFT, False
        row.decided_by, row.decided_at = by.public_id, timezone.now()
        row.save()
        audit.record(by=by, action="leave_group", kind="group", uid=row.group.uid, person=row.person.public_id)
    return row


def _keep_a_leader(by: audit.Actor, member: GroupMember) -> None:
    """A group that has a leader keeps one, unless alliance staff decides otherwise."""
    others = GroupMember.objects.filter(group=member.group_id, is_leader=True).exclude(pk=member.pk)
    if member.is_leader and not may_edit_community(by) and not others.exists():
        raise Conflict("This is the last leader of the group. Name another one first.")


def _locked(member: GroupMember, state: GroupMemberState) -> GroupMember:
    list(GroupMember.objects.select_for_update().filter(group=member.group_id).order_by("pk").values_list("pk"))
    row = GroupMember.objects.select_related("group", "person").get(pk=member.pk)
    if row.state != state:
        raise Conflict("Somebody has decided about this person meanwhile.")
    return row
