"""People, organisations and how they belong together."""

from synchromesh.accounts.models.applications import ApplicationState, ProviderApplication
from synchromesh.accounts.models.organisations import Organisation, OrganisationKind, OrganisationKindOf
from synchromesh.accounts.models.people import Invitation, Membership, MembershipRole, User

__all__ = [
    "ApplicationState",
    "Invitation",
    "Membership",
    "MembershipRole",
    "Organisation",
    "OrganisationKind",
    "OrganisationKindOf",
    "ProviderApplication",
    "User",
]
