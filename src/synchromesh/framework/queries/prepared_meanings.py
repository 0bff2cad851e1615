"""What query words can mean, kept ready in the process: the skills and roles in force with their names.

The letters of names are ready in a moment. Vectors take seconds: they are made in a thread beside the answers, once for
each state of the framework, and stay in the data folder. Until then letters answer alone.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from synchromesh.engine.matching.concepts import Concept, ConceptKind
from synchromesh.engine.matching.query_meaning import Meant, QueryMeaning, make_vectors
from synchromesh.engine.matching.shared_encoders import find_encoder
from synchromesh.framework.models import EscoLabel, EscoLabelKind, EscoLink, JobRole, Requirement, Skill, VersionStatus
from synchromesh.framework.queries.concepts import roles_in_force, skills_in_force
from synchromesh.framework.queries.esco import same_address
from synchromesh.framework.queries.text_matching import vocabulary_state

_ENCODER = "universal_sentence"  # always installed, and quick enough for somebody who waits
_SAME = ("exact", "close")  # ESCO concepts whose names are other names of the skill or role
_log = logging.getLogger(__name__)
_lock = threading.Lock()  # held while words are weighed: what weighs them serves one at a time
_ready: dict[str, KnownMeanings] = {}
_preparing: set[str] = set()
_with_vectors: list[str] = []  # one entry for each state whose vectors became ready


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMeanings:
    """What is ready: concepts named "skill/slug" and "role/slug", and what share of its weight a role gives a skill."""

    meaning: QueryMeaning
    needs: Mapping[str, Mapping[str, float]]

    def weigh(self, query: str, *, least: float, most: int) -> list[Meant]:
        """See `QueryMeaning.weigh`; any thread may ask."""
        with _lock:
            return self.meaning.weigh(query, least=least, most=most)


def find_meanings() -> KnownMeanings:
    """The meanings of the framework in force as far as they are ready. Three questions to the database at the most
    once they are.
    """
    state = f"{vocabulary_state('framework')} {vocabulary_state('esco')}"
    known = _ready.get(state)
    if known is None:
        concepts = read_concepts()
        known = KnownMeanings(meaning=QueryMeaning(concepts), needs=_read_needs())
        _ready.clear()
        _ready[state] = known
        prepare_aside(state, concepts)
    return known


def prepare(state: str, concepts: Sequence[Concept]) -> None:
    """Add the likeness of meaning to what is ready for a state, unless the framework has changed meanwhile."""
    vectors = make_vectors(concepts, find_encoder(_ENCODER, threads=1), cache=settings.DATA_DIR / "matching")
    meaning = QueryMeaning(concepts, vectors=vectors)
    known = _ready.get(state)
    if known is not None:
        _ready[state] = KnownMeanings(meaning=meaning, needs=known.needs)
        _with_vectors.append(state)


def meanings_prepared() -> int:
    """How many times more became ready in this process aside: after that the same words can find more."""
    return len(_with_vectors)


def prepare_aside(state: str, concepts: Sequence[Concept]) -> None:
    """Do the same in a thread of its own, once at a time. It asks the database for nothing."""
    with _lock:
        if state in _preparing:
            return
        _preparing.add(state)
    threading.Thread(target=_prepare, args=(state, concepts), name="prepare query meanings", daemon=True).start()


def forget() -> None:
    """Prepare everything anew; for tests, whose records change without a new state."""
    _ready.clear()


def _prepare(state: str, concepts: Sequence[Concept]) -> None:
    try:
        prepare(state, concepts)
    except Exception:  # the thread has nobody above it who would tell
        _log.exception("preparing the meanings of queries failed")
    finally:
        with _lock:
            _preparing.discard(state)


def read_concepts() -> list[Concept]:
    """Skills and roles in force with all their names; the words of a slug and the names in ESCO are other names."""
    skills, roles = skills_in_force().order_by("slug"), roles_in_force().order_by("slug")
    others = _names_in_esco()
    return [
        *(_concept("skill", skill, skill.descriptions, others[f"skill/{skill.slug}"]) for skill in skills),
        *(_concept("occupation", role, role.summaries, others[f"role/{role.slug}"]) for role in roles),
    ]


def _concept(
    kind: ConceptKind, record: Skill | JobRole, described: Mapping[str, str], others: Mapping[str, list[str]]
) -> Concept:
    return Concept(
        uri=f"{'skill' if kind == 'skill' else 'role'}/{record.slug}",
        kind=kind,
        preferred={code: title for code, title in record.titles.items() if title},
        alternatives={"": (record.slug.replace("-", " "),)} | {code: tuple(names) for code, names in others.items()},
        description=described.get("en", ""),
    )


def _names_in_esco() -> defaultdict[str, defaultdict[str, list[str]]]:
    """Names by language of the ESCO concepts that a skill or role is linked with as the same; two questions."""
    links = EscoLink.objects.filter(match__in=_SAME).values_list("uri", "skill__slug", "role__slug")
    linked: defaultdict[str, list[str]] = defaultdict(list)
    for uri, skill, role in links:
        linked[same_address(uri)].append(f"skill/{skill}" if skill else f"role/{role}")
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    named = EscoLabel.objects.filter(concept__version__is_active=True, concept__uri__in=list(linked))
    shown = named.exclude(kind=EscoLabelKind.HIDDEN).order_by("pk")
    for uri, language, text in shown.values_list("concept__uri", "language", "text"):
        for name in linked[uri]:
            found[name][language].append(text)
    return found


def _read_needs() -> dict[str, dict[str, float]]:
    """For each role what share of its weight (1 to 5) each skill has."""
    required = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, role__retired_at=None)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for role, skill, weight in required.order_by().values_list("role__slug", "skill__slug", "weight"):
        found[role][skill] = weight / 5
    return dict(found)
