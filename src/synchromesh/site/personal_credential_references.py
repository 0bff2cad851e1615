"""Columns of credentials that keep a person's uid as text: what stays when an account is deleted, and why."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from synchromesh.site.personal_relations import TextReference

_PROOF = gettext_noop("The issuer must be able to show how a credential came about. Your name is not in them.")
CREDENTIAL_REFERENCES: tuple[TextReference, ...] = (
    TextReference(
        column="credentials.Achievement.made_by", what=gettext_noop("achievements that you made"), why=_PROOF
    ),
    TextReference(
        column="credentials.AchievementVersion.made_by",
        what=gettext_noop("versions of achievements that you wrote"),
        why=_PROOF,
    ),
    TextReference(
        column="credentials.AchievementVersion.published_by",
        what=gettext_noop("versions of achievements that you published"),
        why=_PROOF,
    ),
    TextReference(
        column="credentials.IssueBatch.made_by",
        what=gettext_noop("lists of people that you made for an award"),
        why=_PROOF,
    ),
    TextReference(
        column="credentials.IssueBatch.released_by",
        what=gettext_noop("lists of people that you released for an award"),
        why=_PROOF,
    ),
    TextReference(
        column="credentials.Credential.issued_by",
        what=gettext_noop("credentials that you awarded to others"),
        why=_PROOF,
    ),
    TextReference(
        column="credentials.StatusChange.changed_by",
        what=gettext_noop("credentials that you withdrew, suspended or made valid again"),
        why=_PROOF,
    ),
    TextReference(
        column="credentials.KnownIssuer.entered_by",
        what=gettext_noop("issuers that you entered in the registry"),
        why=gettext_noop("Checks still rest on them. Your name is not in them."),
    ),
)
