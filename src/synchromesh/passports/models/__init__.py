"""Records of practice passports and of the classes that work on them."""

from __future__ import annotations
