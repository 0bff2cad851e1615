"""Who can do something about the courses of a provider."""

from __future__ import annotations

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.permissions import EDITING_ROLES


def list_editors(provider: Organisation) -> list[User]:
    """Active editors and managers of the provider who have an e-mail address, each once."""
    found = User.objects.filter(memberships__organisation=provider, memberships__role__in=EDITING_ROLES, is_active=True)
    return list(found.exclude(email=None).exclude(email="").distinct().order_by("pk"))
