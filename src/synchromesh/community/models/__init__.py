"""Records of how the alliance works together: one module per kind of record."""

from __future__ import annotations
