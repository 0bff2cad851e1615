"""Gaps in the prompt of a fill-in question, which stand there as `{{key}}`."""

from __future__ import annotations

import re

_GAP = re.compile(r"\{\{\s*([^{}\s]{1,80})\s*\}\}")


def gaps_of(prompt: str) -> list[str]:
    """The keys of the gaps in a prompt, in their order."""
    return _GAP.findall(prompt)


def split_at_gaps(prompt: str) -> list[str]:
    """The prompt cut at its gaps: text, key, text, key, ..., text."""
    return _GAP.split(prompt)
