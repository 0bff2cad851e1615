"""What people confirmed and refused on a site, as texts to train rankers of short texts with.

Read from what `synchromesh mapping export --json lines` writes. Only what somebody judged counts: a skill that nobody
was asked about is neither right nor wrong. Of several judgements of the same words the last one counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.matching.concepts import Concept, Vocabulary

_CONFIRMED, _REJECTED, _NOT_A_SKILL = "confirmed", "rejected", "not_a_skill"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedText:
    """A sentence and what people said of skills in it, True for right; no skill at all is right with `nothing`."""

    text: str
    language: str
    judged: Mapping[str, bool]
    nothing: bool = False


def read_verdicts(file: Path) -> tuple[Vocabulary, list[JudgedText]]:
    """The skills that the file names, and its texts. Raises InvalidInput with the line that cannot be read."""
    labels: dict[str, str] = {}
    judged: dict[tuple[str, str], dict[str, bool]] = {}
    nothing: dict[tuple[str, str], None] = {}
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                pair = json.loads(line)
                decision, language, skill = pair["decision"], pair["language"] or "en", pair["skill"]
                if decision == _NOT_A_SKILL:
                    nothing[pair["words"], language] = None
                elif decision in (_CONFIRMED, _REJECTED):
                    labels[skill] = pair["label"]
                    judged.setdefault((pair["text"], language), {})[skill] = decision == _CONFIRMED
            except (ValueError, KeyError, TypeError) as error:
                raise InvalidInput(f"{file}, line {number}: not a line of `synchromesh mapping export`.") from error
    concepts = [Concept(uri=uri, kind="skill", preferred={"en": label}) for uri, label in sorted(labels.items())]
    texts = [JudgedText(text=text, language=language, judged=own) for (text, language), own in judged.items()]
    texts += [JudgedText(text=text, language=language, judged={}, nothing=True) for text, language in nothing]
    return Vocabulary(name="judged skills", concepts=tuple(concepts)), texts
