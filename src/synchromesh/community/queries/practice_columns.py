"""The one form of a practice as columns: what a file calls each text, and where it is kept."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "title": "titles",
    "challenge": "challenges",
    "action": "actions",
    "result": "results",
    "evidence": "evidences",
    "conditions": "conditions",
}
"""Texts that exist in several languages: the name in files and forms, and the column of the model."""

COLUMNS = (
    "id", "title", "language", "theme", "topics", "challenge", "action", "result", "evidence", "conditions", "by_whom",
    "organisation", "country", "nuts", "cost", "currency", "cost_words", "period", "skills", "url", "source",
    "source_url", "source_on",
)  # fmt: skip
"""The columns of a file of practices, as it is handed out and read again."""
