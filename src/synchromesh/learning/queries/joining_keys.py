"""What lets somebody into a cohort: the code of a cohort, or the key of an invitation, of which the hash is kept."""

from __future__ import annotations

import hashlib

from synchromesh.plumbing.typed_codes import in_groups, read_code

CODE_SIGNS = 8
"""40 random bits, shown as 7K2M-9QXR; pages count wrong tries."""


def hash_key(key: str) -> str:
    """SHA-256 of the key of an invitation, enough for 192 random bits that expire."""
    return hashlib.sha256(key.strip().encode(errors="replace")).hexdigest()


def read_cohort_code(text: str) -> str:
    """What somebody typed as the code of a cohort, as it is stored; empty where it cannot be one."""
    code = read_code(text, signs=CODE_SIGNS)
    return in_groups(code) if code else ""
