"""What a walk over all addresses finds of credentials: the one that was issued, its issuer, its list and the log."""

from __future__ import annotations

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential
from synchromesh.credentials.operations.log import sign_log_head

# The interface for programs takes JSON.
JSON = {"/api/v1/verify": {"credential": "no credential"}}


def find_credentials() -> dict[str, dict[str, str]]:
    """Values for addresses, by how these begin; somebody has issued a credential before."""
    held = Credential.objects.select_related("version__achievement__issuer", "status_list").order_by("pk")[0]
    achievement = held.version.achievement
    sign_log_head(by=OPERATOR)
    return {
        "/c/": {"code": held.code},
        "/<language>/c/": {"code": held.code, "format_name": "open_badge_jwt"},
        "/id/achievement/": {"uid": str(achievement.uid), "ending": "svg"},
        "/id/issuer/": {"uid": str(achievement.issuer.uid)},
        "/id/status/": {"uid": str(held.status_list.uid), "purpose": "revocation"},
    }
