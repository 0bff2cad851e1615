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
from synchromesh.plumbing.models import AuditEvent

DAYS_BEFORE = 30
MOST_AT_ONCE = 200
ACTION = "send_renewal_reminders"


def send_renewal_reminders(*, by: audit.Actor, today: date) -> int:
    """Write once to the managers of each member whose year ends within 30 days; says of how many members.

    Alliance staff and the operator may. Raises NotAllowed.
    """
    require(may_decide_members(by), "Only alliance staff remind members.")
    due = MemberProfile.objects.filter(members_today(), renewal_due_on__lte=today + timedelta(days=DAYS_BEFORE))
    told = set(AuditEvent.objects.filter(action=ACTION).values_list("target_uid", "details__due"))
    waiting = [
        pk for pk, uid, day in due.values_list("pk", "uid", "renewal_due_on") if (str(uid), str(day)) not in told
    ]
    for pk in sorted(waiting)[:MOST_AT_ONCE]:
        _remind(by, pk)
    return len(waiting[:MOST_AT_ONCE])


def _remind(by: audit.Actor, pk: int) -> None:
    """Write to the managers of one member; the audit trail remembers of which day they were told."""
    with transaction.atomic():
        profile = MemberProfile.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
        if profile.renewal_due_on is None:
            return
        due = profile.renewal_due_on.isoformat()
        if AuditEvent.objects.filter(action=ACTION, target_uid=str(profile.uid), details__due=due).exists():
            return
        audit.record(by=by, action=ACTION, kind="member", uid=profile.uid, due=due)
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
