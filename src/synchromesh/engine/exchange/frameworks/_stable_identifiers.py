"""Addresses and UUIDs that are the same each time the same framework is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

# A file that is written without the address of a site says so: RFC 2606 keeps `.invalid` from ever being one.
DEFAULT_BASE = "https://unnamed-site.invalid/framework/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """Names things under `base`, an absolute address that ends in a slash (added where it is missing)."""

    base: str = DEFAULT_BASE

    @property
    def root(self) -> str:
        """The address of the framework itself."""
        return self.base if self.base.endswith("/") else f"{self.base}/"

    def identifier(self, kind: str, *keys: str) -> str:
        """Return a version 5 UUID (RFC 9562) from the base, the kind and the keys."""
        site = uuid.uuid5(uuid.NAMESPACE_URL, self.root)
        # The lengths keep apart ("a", "b c") and ("a b", "c").
        return str(uuid.uuid5(site, " ".join((kind, *(f"{len(key)}:{key}" for key in keys)))))

    def address(self, kind: str, *keys: str) -> str:
        """Return the address of a thing."""
        return f"{self.root}{kind}/{self.identifier(kind, *keys)}"
