"""Remind the managers of a member that its year ends soon."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from synchromesh.accounts.models import Membership, MembershipRole
from synchromesh.accounts.permissions import require
from synchromesh.community.models import MemberProfile
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.operations.mail_sending import send_to_person
from synchromesh.community.permissions import may_decide_members, members_today
from synchromesh.plumbing import audit

DAYS_BEFORE = 30
MOST_AT_ONCE = 200


def send_renewal_reminders(*, by: audit.Actor, today: date) -> int:
    """Write once to the managers of each member whose year ends within 30 days; says of how many members.

    Alliance staff and the operator may. Raises NotAllowed.
    """
    require(may_decide_members(by), "Only alliance staff remind members.")
    due = MemberProfile.objects.filter(members_today(), renewal_due_on__lte=today + timedelta(days=DAYS_BEFORE))
    waiting = [pk for pk, day, told in due.values_list("pk", "renewal_due_on", "reminded_of_on") if day != told]
    for pk in sorted(waiting)[:MOST_AT_ONCE]:
        _remind(by, pk)
    return len(waiting[:MOST_AT_ONCE])


def _remind(by: audit.Actor, pk: int) -> None:
    """Write to the managers of one member and remember of which day, in one transaction."""
    with transaction.atomic():
        profile = MemberProfile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
        if profile.renewal_due_on is None or profile.reminded_of_on == profile.renewal_due_on:
            return
        profile.reminded_of_on = profile.renewal_due_on
        profile.save(update_fields=["reminded_of_on"])
        audit.record(by=by, action="send_renewal_reminders", kind="member", uid=profile.uid)
        managers = Membership.objects.filter(
            organisation=profile.organisation, role=MembershipRole.MANAGER, person__is_active=True
        )
        for membership in managers.select_related("person").order_by("pk"):
            person = membership.person
            with override(person.language):
                words = {
                    "name": profile.organisation.name,
                    "day": date_format(profile.renewal_due_on, "DATE_FORMAT"),
                    "page": f"{settings.SITE_ADDRESS}/{person.language}/members/{profile.organisation.slug}/manage/",
                }
                subject = gettext("%(name)s: the year of membership ends on %(day)s") % words
                text = gettext("Stay for another year here: %(page)s\n") % words
                send_to_person(person=person, kind=MailKind.MEMBERSHIP, subject=subject, text=text)
