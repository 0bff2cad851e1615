"""Predicates of permission, in plain sentences. Anything not allowed here is refused."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import (
    is_alliance_staff,
    may_edit_for_organisation,
    may_manage_organisation,
    role_in,
)
from synchromesh.community.models import (
    Engagement,
    Event,
    EventState,
    EventVisibility,
    Group,
    GroupMember,
    GroupMemberState,
    Lesson,
    LessonState,
    MailDomain,
    MemberProfile,
    NewsArticle,
    NewsReaders,
    Practice,
    PracticeState,
    Project,
    Readers,
    RegionProfile,
)
from synchromesh.plumbing.audit import Actor


def members_today() -> Q:
    """Profiles of organisations that are members today, as a condition."""
    today = timezone.localdate()
    return (Q(joined_on=None) | Q(joined_on__lte=today)) & (Q(ended_on=None) | Q(ended_on__gt=today))


def is_member(by: Actor) -> bool:
    """A person who belongs to an organisation that is a member today, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    return MemberProfile.objects.filter(members_today(), organisation__memberships__person=by).exists()


def may_decide_members(by: Actor) -> bool:
    """Alliance staff say who is a member."""
    return is_alliance_staff(by)


def may_manage_profile(by: Actor, profile: MemberProfile) -> bool:
    """Managers of the organisation, and alliance staff."""
    return may_manage_organisation(by, profile.organisation)


def is_in_group(by: Actor, group: Group) -> bool:
    """A person whom the group has taken in and who has not left, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    return GroupMember.objects.filter(group=group, person=by, state=GroupMemberState.APPROVED).exists()


def may_lead_group(by: Actor, group: Group) -> bool:
    """Leaders of the group, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    return GroupMember.objects.filter(group=group, person=by, state=GroupMemberState.APPROVED, is_leader=True).exists()


def may_read(by: Actor, group: Group, readers: str) -> bool:
    """Whether `by` is among the readers that something of the group is for."""
    if readers == Readers.PUBLIC:
        return True
    return (readers == Readers.MEMBERS and is_member(by)) or is_in_group(by, group)


def may_see_group(by: Actor, group: Group) -> bool:
    """Whom the page of the group is for; people of the group always see it."""
    return may_read(by, group, group.visibility)


def may_edit_community(by: Actor) -> bool:
    """Alliance staff open groups and keep projects and agreements."""
    return is_alliance_staff(by)


def may_edit_project(by: Actor, project: Project) -> bool:
    """Editors and managers of the coordinator, and alliance staff."""
    if is_alliance_staff(by):
        return True
    return project.coordinator is not None and may_edit_for_organisation(by, project.coordinator)


def may_record_engagement(by: Actor, group: Group | None) -> bool:
    """Leaders of the group for whom it was done, and alliance staff; without a group alliance staff alone."""
    return is_alliance_staff(by) or (group is not None and may_lead_group(by, group))


def may_see_engagement_notes(by: Actor, engagement: Engagement) -> bool:
    """Contacts and follow-ups are for the people of the group and alliance staff, and nobody else."""
    return is_alliance_staff(by) or (engagement.group is not None and is_in_group(by, engagement.group))


def may_write_news(by: Actor, organisation: Organisation | None) -> bool:
    """Editors and managers of a member write in its name, alliance staff in any; only they for the alliance itself."""
    if is_alliance_staff(by):
        return True
    if organisation is None or not may_edit_for_organisation(by, organisation):
        return False
    return MemberProfile.objects.filter(members_today(), organisation=organisation).exists()


def may_edit_article(by: Actor, article: NewsArticle) -> bool:
    """Whoever may write for its organisation, as long as it is a draft; alliance staff always."""
    return is_alliance_staff(by) or (article.published_at is None and may_write_news(by, article.organisation))


def may_publish_news(by: Actor) -> bool:
    """Alliance staff publish, correct and withdraw."""
    return is_alliance_staff(by)


def may_see_article(by: Actor, article: NewsArticle) -> bool:
    """Everybody a public article once it is published, members one that is for members; its writers always."""
    if article.published_at is not None and (article.visibility == NewsReaders.PUBLIC or is_member(by)):
        return True
    return may_write_news(by, article.organisation)


def may_add_event(by: Actor, organiser: Organisation | None) -> bool:
    """Editors and managers of the organisation that invites; alliance staff for any, and for the alliance itself."""
    if organiser is None:
        return is_alliance_staff(by)
    return may_edit_for_organisation(by, organiser)


def may_organise(by: Actor, event: Event) -> bool:
    """Whoever may add an event for its organiser changes it, decides who takes part and notes who was there."""
    return may_add_event(by, event.organiser)


def may_see_event(by: Actor, event: Event) -> bool:
    """Everybody a public event that is announced or called off, members one that is for members; organisers always."""
    if event.state != EventState.DRAFT and (event.visibility == EventVisibility.PUBLIC or is_member(by)):
        return True
    return may_organise(by, event)


def members_by_address(by: Actor) -> QuerySet[MemberProfile]:
    """Members of today with a checked mail domain in which the person has a confirmed address."""
    if not isinstance(by, User) or not by.is_active:
        return MemberProfile.objects.none()
    addresses = EmailAddress.objects.filter(user=by, verified=True).values_list("email", flat=True)
    domains = {address.rpartition("@")[2].lower() for address in addresses}
    checked = MailDomain.objects.filter(domain__in=domains).exclude(verified_at=None)
    return MemberProfile.objects.filter(members_today(), pk__in=checked.values("profile"))


def may_join_by_address(by: Actor, organisation: Organisation) -> bool:
    """A person with a confirmed address in a checked mail domain of an organisation that is a member today."""
    return members_by_address(by).filter(organisation=organisation).exists()


def may_edit_region(by: Actor, profile: RegionProfile) -> bool:
    """Editors and managers of the region's desk, and alliance staff."""
    return is_alliance_staff(by) or (profile.desk is not None and may_edit_for_organisation(by, profile.desk))


def may_be_contact(by: Actor, profile: RegionProfile) -> bool:
    """A person of the region's desk, for oneself; nobody enters another person."""
    return isinstance(by, User) and profile.desk is not None and role_in(by, profile.desk) is not None


def may_name_regions(by: Actor) -> bool:
    """Alliance staff say which regions take part."""
    return is_alliance_staff(by)


def may_see_region_contacts(by: Actor) -> bool:
    """Members of the alliance see whom they can ask in a region."""
    return is_member(by)


def may_submit_practice(by: Actor, organisation: Organisation | None) -> bool:
    """Whoever is signed in; in the name of an organisation its editors and managers."""
    if not isinstance(by, User) or not by.is_active:
        return is_alliance_staff(by)
    return organisation is None or may_edit_for_organisation(by, organisation)


def may_edit_practice(by: Actor, practice: Practice) -> bool:
    """Who sent it, editors and managers of its organisation where it was sent in, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active or practice.submitted_by_id is None:
        return False
    if practice.submitted_by_id == by.pk:
        return True
    return practice.organisation is not None and may_edit_for_organisation(by, practice.organisation)


def may_review_practice(by: Actor, practice: Practice) -> bool:
    """Alliance staff, but nobody their own."""
    own = isinstance(by, User) and practice.submitted_by_id == by.pk
    return is_alliance_staff(by) and not own


def may_review_practices(by: Actor) -> bool:
    """Alliance staff see what waits."""
    return is_alliance_staff(by)


def may_see_practice(by: Actor, practice: Practice) -> bool:
    """Everybody a published one; before and after that who may edit it."""
    return practice.state == PracticeState.PUBLISHED or may_edit_practice(by, practice)


def may_share_lesson(by: Actor) -> bool:
    """Whoever is signed in."""
    return isinstance(by, User) and by.is_active


def may_edit_lesson(by: Actor, lesson: Lesson) -> bool:
    """Its author, editors and managers of its organisation, and alliance staff."""
    if is_alliance_staff(by) or (isinstance(by, User) and by.is_active and lesson.author_id == by.pk):
        return True
    return lesson.organisation is not None and may_edit_for_organisation(by, lesson.organisation)


def may_see_lesson(by: Actor, lesson: Lesson) -> bool:
    """Everybody a published one; before and after that who may edit it."""
    return lesson.state == LessonState.PUBLISHED or may_edit_lesson(by, lesson)
