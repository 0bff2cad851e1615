"""Columns that keep a person's uid as text: what stays when an account is deleted, and why, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from synchromesh.site.personal_credential_references import CREDENTIAL_REFERENCES
from synchromesh.site.personal_events import EVENT_REFERENCES
from synchromesh.site.personal_members import MEMBER_REFERENCES
from synchromesh.site.personal_news import NEWS_REFERENCES
from synchromesh.site.personal_passports import PASSPORT_REFERENCES
from synchromesh.site.personal_relations import TextReference
from synchromesh.site.personal_sharing import SHARING_REFERENCES

_PROVENANCE = gettext_noop("It shows where a public fact comes from. The identifier no longer leads to a person.")
TEXT_REFERENCES: tuple[TextReference, ...] = (
    TextReference(
        column="plumbing.AuditEvent.actor",
        what=gettext_noop("lines of the audit trail about what you did"),
        why=gettext_noop(
            "The alliance must be able to show how its records came about. Your name and address are not in them."
        ),
    ),
    TextReference(
        column="plumbing.ImportBatch.actor",
        what=gettext_noop("imports that you made"),
        why=gettext_noop("Others must be able to see and undo them. Your name is not in them."),
    ),
    TextReference(
        column="accounts.Invitation.created_by",
        what=gettext_noop("invitations that you made"),
        why=gettext_noop("The people you invited keep their accounts. Your name is not in them."),
    ),
    TextReference(
        column="accounts.ProviderApplication.decided_by",
        what=gettext_noop("applications of training providers that you decided"),
        why=gettext_noop("They show how an organisation came into the catalogue. Your name is not in them."),
    ),
    TextReference(
        column="catalogue.FieldLock.locked_by",
        what=gettext_noop("fields of courses that you hold on to against a feed"),
        why=gettext_noop("The feed must not overwrite them. Your name is not in them."),
    ),
    TextReference(
        column="catalogue.DuplicatePair.decided_by",
        what=gettext_noop("pairs of courses of which you said whether they are one"),
        why=gettext_noop("They are not proposed again, and a merge can be undone. Your name is not in them."),
    ),
    TextReference(
        column="catalogue.BriefClaim.claimed_by",
        what=gettext_noop("trainings of which you said that your organisation will offer them"),
        why=gettext_noop("The organisation still prepares them. Your name is not in them."),
    ),
    TextReference(
        column="pathways.Rating.rater",
        what=gettext_noop("ratings that you gave to other people"),
        why=gettext_noop("They belong to the people who were rated."),
    ),
    TextReference(
        column="pathways.Review.decided_by",
        what=gettext_noop("reviews of courses that you showed or refused"),
        why=gettext_noop("They show that somebody read them first. Your name is not in them."),
    ),
    TextReference(
        column="pathways.Review.answered_by",
        what=gettext_noop("answers that you gave to reviews for a training provider"),
        why=gettext_noop("They are the provider's words. Your name is not in them."),
    ),
    TextReference(
        column="framework.FrameworkVersion.requested_by",
        what=gettext_noop("versions of the framework whose publication you asked for"),
        why=gettext_noop("The alliance must be able to show that two people put a version into force."),
    ),
    TextReference(
        column="framework.VersionComment.written_by",
        what=gettext_noop("comments that you wrote on drafts of the framework"),
        why=gettext_noop("Others have answered them. Your name is not in them, unless you wrote it into the text."),
    ),
    TextReference(
        column="framework.VersionComment.resolved_by",
        what=gettext_noop("comments on drafts of the framework that you marked as settled"),
        why=gettext_noop("They show how a version came about. Your name is not in them."),
    ),
    TextReference(
        column="framework.EscoLink.confirmed_by", what=gettext_noop("links to ESCO that you confirmed"), why=_PROVENANCE
    ),
    TextReference(
        column="framework.EscoRejection.rejected_by",
        what=gettext_noop("concepts of ESCO that you said do not fit"),
        why=gettext_noop("They are not proposed again. Your name is not in them."),
    ),
    TextReference(
        column="framework.Requirement.confirmed_by",
        what=gettext_noop("requirements that you confirmed"),
        why=_PROVENANCE,
    ),
    TextReference(
        column="framework.UnitEntry.confirmed_by",
        what=gettext_noop("lines of skill cards that you confirmed"),
        why=_PROVENANCE,
    ),
    TextReference(
        column="catalogue.CourseSkill.confirmed_by",
        what=gettext_noop("course skills that you confirmed"),
        why=_PROVENANCE,
    ),
    TextReference(
        column="catalogue.Course.confirmed_by",
        what=gettext_noop("courses that you were the last to confirm as still right"),
        why=_PROVENANCE,
    ),
    TextReference(
        column="catalogue.FeedSource.created_by",
        what=gettext_noop("sources of courses that you added"),
        why=gettext_noop("Courses still come from them. Your name is not in them."),
    ),
    TextReference(
        column="catalogue.MappingVerdict.decided_by",
        what=gettext_noop("decisions that you made about skills of courses"),
        why=gettext_noop("They keep wrong suggestions from coming back. Your name is not in them."),
    ),
    TextReference(
        column="catalogue.CourseRole.given_by",
        what=gettext_noop("people whom you let work on a course"),
        why=gettext_noop("They still work on it. Your name is not in it."),
    ),
    TextReference(
        column="assessment.Question.made_by",
        what=gettext_noop("questions that you wrote"),
        why=gettext_noop("Tests still ask them. Your name is not in them."),
    ),
    TextReference(
        column="assessment.Mark.marked_by",
        what=gettext_noop("marks that you gave to learners"),
        why=gettext_noop("They belong to the learners. Your name is not in them."),
    ),
    TextReference(
        column="assessment.TimeAllowance.granted_by",
        what=gettext_noop("learners to whom you gave more time"),
        why=gettext_noop("They still have it. Your name is not in it."),
    ),
    TextReference(
        column="learning.ContentVersion.made_by",
        what=gettext_noop("versions of courses that you made"),
        why=gettext_noop("Learners take them. Your name is not in them."),
    ),
    TextReference(
        column="learning.ContentVersion.published_by",
        what=gettext_noop("versions of courses that you published"),
        why=gettext_noop("They show how a course came to its learners. Your name is not in them."),
    ),
    TextReference(
        column="learning.Media.uploaded_by",
        what=gettext_noop("files of courses that you brought in"),
        why=gettext_noop("Courses still show them. Your name is not in them."),
    ),
    TextReference(
        column="learning.VersionRemark.written_by",
        what=gettext_noop("remarks that you wrote on drafts of courses"),
        why=gettext_noop("Authors have worked with them. Your name is not in them, unless you wrote it into the text."),
    ),
    TextReference(
        column="learning.VersionRemark.settled_by",
        what=gettext_noop("remarks on drafts of courses that you settled"),
        why=gettext_noop("They show how a course came about. Your name is not in them."),
    ),
    TextReference(
        column="learning.CohortInvitation.made_by",
        what=gettext_noop("learners whom you invited"),
        why=gettext_noop("They keep their invitations. Your name is not in them."),
    ),
    TextReference(
        column="learning.Attendance.recorded_by",
        what=gettext_noop("lines about who was there that you wrote"),
        why=gettext_noop("They belong to the learners. Your name is not in them."),
    ),
    TextReference(
        column="learning.CohortMessage.sent_by",
        what=gettext_noop("messages that you wrote to learners"),
        why=gettext_noop("They belong to the cohort. Your name is not in them, unless you wrote it into the text."),
    ),
    TextReference(
        column="learning.Post.hidden_by",
        what=gettext_noop("posts that you hid"),
        why=gettext_noop("They stay hidden. Your name is not in them."),
    ),
    TextReference(
        column="learning.Pilot.decided_by",
        what=gettext_noop("pilots of courses that you decided"),
        why=gettext_noop("They show why a course was offered. Your name is not in them."),
    ),
    TextReference(
        column="learning.CourseAchievement.linked_by",
        what=gettext_noop("courses of which you said what completing them earns"),
        why=gettext_noop("Learners still earn it. Your name is not in them."),
    ),
    *CREDENTIAL_REFERENCES,
    *EVENT_REFERENCES,
    *SHARING_REFERENCES,
    *MEMBER_REFERENCES,
    *NEWS_REFERENCES,
    *PASSPORT_REFERENCES,
)
