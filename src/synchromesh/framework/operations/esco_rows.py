"""Write the concepts, labels and relations of one ESCO version in batches; the caller holds the transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from synchromesh.engine.exchange.esco_packs import EscoConceptRecord, EscoPacks
from synchromesh.framework.models import (
    EscoConcept,
    EscoKind,
    EscoLabel,
    EscoLabelKind,
    EscoMembership,
    EscoRelation,
    EscoRelationKind,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.models.esco import fold

_BATCH = 2000
_SKILLS = (EscoKind.SKILL, EscoKind.KNOWLEDGE)
_PILLARS = {
    "skill": (*_SKILLS, EscoKind.SKILL_GROUP),
    "occupation": (EscoKind.OCCUPATION, EscoKind.ISCO_GROUP),
}
# Which relations a table of the packs replaces.
_REPLACED = {
    "broaderrelationsskillpillar": Q(kind=EscoRelationKind.BROADER, source__kind__in=_PILLARS["skill"]),
    "broaderrelationsoccpillar": Q(kind=EscoRelationKind.BROADER, source__kind__in=_PILLARS["occupation"]),
    "occupationskillrelations": ~Q(kind=EscoRelationKind.BROADER) & Q(source__kind=EscoKind.OCCUPATION),
    "skillskillrelations": ~Q(kind=EscoRelationKind.BROADER) & Q(source__kind__in=_SKILLS),
}
_COLUMNS = ("kind", "code", "reuse_level", "status")

Item = TypeVar("Item")


class EscoWriter:
    """Writes one version; `written` counts the rows by what they are.

    Concepts keep their row, so that loading a second language does not touch the first one.
    """

    def __init__(self, version: EscoVersion) -> None:
        self.written: Counter[str] = Counter()
        self._version = version
        self._known: dict[str, EscoConcept] = {
            concept.uri: concept for concept in EscoConcept.objects.filter(version=version)
        }

    def write(self, packs: EscoPacks) -> None:
        """Write everything that the packs hold, in the order in which things refer to each other."""
        for kinds, language in packs.concept_tables:
            told = Q(concept__version=self._version, concept__kind__in=kinds, language=language)
            EscoLabel.objects.filter(told).delete()
            EscoText.objects.filter(told).delete()
        for records in _batches(packs.concepts()):
            self._write_concepts(records)
            self._add(EscoLabel, "labels", self._labels(records))
            self._add(EscoText, "descriptions", self._texts(records))
        self._write_relations(packs)
        self._add(
            EscoMembership,
            "memberships",
            (
                EscoMembership(concept_id=self._known[uri].pk, collection=collection[:40])
                for uri, collection in packs.memberships(self._known)
            ),
            ignore_conflicts=True,
        )

    def _write_concepts(self, records: list[EscoConceptRecord]) -> None:
        new: dict[str, EscoConcept] = {}
        changed: dict[str, EscoConcept] = {}
        for record in records:
            stated = {name: getattr(record, name) for name in _COLUMNS}
            stored = self._known.get(record.uri) or new.get(record.uri)
            if stored is None:
                new[record.uri] = EscoConcept(version=self._version, uri=record.uri, **stated)
            elif any(getattr(stored, name) != value for name, value in stated.items()):
                for name, value in stated.items():
                    setattr(stored, name, value)
                changed[record.uri] = stored
        EscoConcept.objects.bulk_create(new.values())
        EscoConcept.objects.bulk_update([row for uri, row in changed.items() if uri not in new], _COLUMNS)
        self._known |= new
        self.written["concepts"] += len(new)

    def _labels(self, records: list[EscoConceptRecord]) -> Iterator[EscoLabel]:
        for record in records:
            concept = self._known[record.uri].pk
            texts = [(EscoLabelKind.PREFERRED, record.preferred)] if record.preferred else []
            texts += [(EscoLabelKind.ALTERNATIVE, text) for text in record.alternatives]
            texts += [(EscoLabelKind.HIDDEN, text) for text in record.hidden]
            for kind, text in texts:
                yield EscoLabel(
                    concept_id=concept, language=record.language, kind=kind.value, text=text, folded=fold(text)
                )

    def _texts(self, records: list[EscoConceptRecord]) -> Iterator[EscoText]:
        for record in records:
            if record.description:
                concept = self._known[record.uri].pk
                yield EscoText(concept_id=concept, language=record.language, description=record.description)

    def _write_relations(self, packs: EscoPacks) -> None:
        stored = EscoRelation.objects.filter(source__version=self._version)
        for table in packs.tables & _REPLACED.keys():
            stored.filter(_REPLACED[table]).delete()
        broader = stored.filter(kind=EscoRelationKind.BROADER)
        derive = [name for name, kinds in _PILLARS.items() if not broader.filter(source__kind__in=kinds).exists()]
        rows = (
            EscoRelation(
                source_id=self._known[found.source].pk, target_id=self._known[found.target].pk, kind=found.kind
            )
            for found in packs.relations(self._known, derive=derive)
        )
        self._add(EscoRelation, "relations", rows, ignore_conflicts=True)

    def _add(
        self, model: type[models.Model], name: str, rows: Iterable[Any], *, ignore_conflicts: bool = False
    ) -> None:
        for batch in _batches(rows):
            model._base_manager.bulk_create(batch, ignore_conflicts=ignore_conflicts)
            self.written[name] += len(batch)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, _BATCH)):
        yield batch
