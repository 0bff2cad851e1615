"""Optional, heavy parts: say in plain words which extra is missing instead of failing with an import error."""

from __future__ import annotations

import importlib.util

from synchromesh.engine.errors import ExternalFailure

# Extra -> the module that shows that it is installed.
EXTRAS = {"login": "onelogin.saml2"}


def is_installed(extra: str) -> bool:
    """Whether the extra's packages are here."""
    module = EXTRAS[extra]
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # the parent package itself is missing
        return False


def require_extra(extra: str, *, feature: str) -> None:
    """Raise ExternalFailure that names the extra and how to install it."""
    if not is_installed(extra):
        raise ExternalFailure(f"{feature} needs the extra '{extra}'. Install it with: make setup LOCK=full")
