"""Send the file of a credential from elsewhere as it came: saved, never shown, since a stranger may have written it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import get_valid_filename

from synchromesh.credentials.models import HeldCredential
from synchromesh.web.wallet.downloads import keep_private

POLICY = "sandbox; default-src 'none'"


def send_held(held: HeldCredential) -> HttpResponse:
    """The bytes under the file's own name."""
    response = HttpResponse(bytes(held.data), content_type="application/octet-stream")
    name = get_valid_filename(held.name or "credential").encode("ascii", "ignore").decode() or "credential"
    response["Content-Disposition"] = f'attachment; filename="{name[:100]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return keep_private(response)
