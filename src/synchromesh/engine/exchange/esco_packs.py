"""The official ESCO packs, versions 1.1 and 1.2, of any language, as streams of concepts, relations and memberships.

ESCO may be reused under Commission Decision 2011/833/EU. Nothing is kept in memory but the addresses of concepts and
relations that were seen, so that packs of many languages can be read on a small machine. Faults are reported and the
rest loads; only a file that is no ESCO table at all, or an archive that is hostile or damaged, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange._esco_files import LIMITS, PackFile, find_files, read_rows, version_labels
from synchromesh.engine.exchange._esco_report import EscoReport, TextCleaner
from synchromesh.engine.tables.limits import Limits

__all__ = ["KINDS", "RELATION_KINDS", "EscoConceptRecord", "EscoPacks", "EscoRelationRecord", "EscoReport"]

KINDS = ("skill", "knowledge", "occupation", "skill-group", "isco-group")
RELATION_KINDS = ("broader", "essential", "optional", "related")
ROOT = "http://data.europa.eu/esco/"
LONGEST_URI = 200
LONGEST_LABEL = 400

_CONCEPT_TABLES = {
    "skills": "skill",
    "occupations": "occupation",
    "skillgroups": "skill-group",
    "iscogroups": "isco-group",
}
_SKILL_PILLAR, _OCCUPATION_PILLAR = "broaderrelationsskillpillar", "broaderrelationsoccpillar"
# Table -> (column of the concept, column of the other concept).
_RELATION_TABLES = {
    _SKILL_PILLAR: ("conceptUri", "broaderUri"),
    _OCCUPATION_PILLAR: ("conceptUri", "broaderUri"),
    "occupationskillrelations": ("occupationUri", "skillUri"),
    "skillskillrelations": ("originalSkillUri", "relatedSkillUri"),
}
_HIERARCHY = "skillshierarchy"
_PILLARS = {"skill": _SKILL_PILLAR, "occupation": _OCCUPATION_PILLAR}
_LANGUAGE = re.compile(r"[a-z]{2}")
_COLLECTION = re.compile(r"(\w+?)(?:skills|occupations)collection")
_NOT_NEEDED = {"conceptschemes", "dictionary", "greenshareocc"}
_EXPECTED = {
    "skills": "skills",
    "occupations": "occupations",
    "skillgroups": "groups of skills",
    "iscogroups": "groups of occupations (ISCO)",
    _SKILL_PILLAR: "the hierarchy of skills",
    _OCCUPATION_PILLAR: "the hierarchy of occupations",
    "occupationskillrelations": "which skills an occupation needs",
    "skillskillrelations": "relations between skills",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoConceptRecord:
    """One concept in one language. `preferred` is empty where the pack has no label; `kind` is one of `KINDS`."""

    uri: str
    kind: str
    code: str
    reuse_level: str
    status: str
    language: str
    preferred: str
    alternatives: tuple[str, ...]
    hidden: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoRelationRecord:
    """`source` has the broader concept `target`, or needs it (essential, optional); `kind` is in `RELATION_KINDS`."""

    source: str
    target: str
    kind: str


class EscoPacks:
    """What several packs of one version hold together.

    `versions` are the version labels that the packs' names state; `languages` those that are read; `missing` says in
    words which parts are not there; `report` fills while concepts, relations and memberships are read.
    """

    def __init__(self, paths: Sequence[Path], *, languages: Sequence[str] = (), limits: Limits = LIMITS) -> None:
        """Look into the packs without reading them. Without `languages` all are taken that are there.

        Raises InvalidInput for unusable packs and for a language that no file has.
        """
        files = find_files(paths, limits=limits)
        self.versions = tuple(version_labels(paths))
        self.report = EscoReport()
        self.languages = _chosen_languages(files, tuple(code.strip().lower() for code in languages))
        self._files = self._pick(files)
        tables = {file.table for file in self._files}
        if not tables & (_CONCEPT_TABLES.keys() | _RELATION_TABLES.keys()):
            raise InvalidInput("No file has the name of an ESCO table, such as skills_en.csv.", field="paths")
        self.missing = tuple(words for table, words in _EXPECTED.items() if table not in tables)

    @property
    def tables(self) -> frozenset[str]:
        """The parts that are there, by their lower-case table names."""
        return frozenset(file.table for file in self._files)

    @property
    def concept_tables(self) -> list[tuple[tuple[str, ...], str]]:
        """The tables of concepts: which kinds each holds, and its language."""
        found = [(_CONCEPT_TABLES.get(file.table), file.language) for file in self._files]
        return [(("skill", "knowledge") if kind == "skill" else (kind,), language) for kind, language in found if kind]

    def concepts(self) -> Iterator[EscoConceptRecord]:
        """Yield each concept once per language; the skills come first."""
        owner: dict[str, str] = {}
        for table in _CONCEPT_TABLES:
            for file in self._of(table):
                yield from self._concepts_of(file, owner)

    def memberships(self, known: Container[str]) -> Iterator[tuple[str, str]]:
        """Yield (address of a concept, name of a collection such as "green") once each."""
        seen: set[tuple[str, str]] = set()
        for file in self._files:
            collection = _COLLECTION.fullmatch(file.table)
            if collection is None:
                continue
            for position, cells in read_rows(file, needed=["conceptUri"], report=self.report):
                pair = (cells["conceptUri"].strip(), collection[1])
                if pair[0] not in known:
                    self._dangling(position, "conceptUri", pair[0])
                elif pair not in seen:
                    seen.add(pair)
                    yield pair

    def relations(
        self, known: Container[str], *, derive: Collection[str] = tuple(_PILLARS)
    ) -> Iterator[EscoRelationRecord]:
        """Yield each relation once whose both ends are `known`; the others are reported.

        Where the packs lack the hierarchy of a pillar ("skill" or "occupation") and `derive` names it, it is taken from
        the groups' own table and from the codes of ISCO (C0110 stands below C011). Skills have no place then.
        """
        seen: set[EscoRelationRecord] = set()
        for position, columns, found in self._stated_relations(derive):
            ends = (found.source, found.target)
            unknown = next((at for at, uri in enumerate(ends) if uri not in known), None)
            if unknown is not None:
                self._dangling(position, columns[unknown], ends[unknown])
            elif found.kind not in RELATION_KINDS or found.source == found.target:
                message = f"A relation of the kind '{found.kind[:40]}' from a concept to itself or unknown; left out."
                self.report.add("unusable_relation", position, columns[0], message)
            elif found not in seen:
                seen.add(found)
                yield found

    def _pick(self, files: list[PackFile]) -> list[PackFile]:
        """Of each concept table one file per language, of each other table one; more are reported."""
        order = {code: place for place, code in enumerate((*self.languages, ""))}
        picked: dict[tuple[str, str], PackFile] = {}
        for file in sorted(files, key=lambda one: order.get(one.language, len(order))):
            wanted = file.language in order or file.table not in _CONCEPT_TABLES
            if not wanted or not _is_known(file.table):
                continue
            language = (file.language or self.languages[0]) if file.table in _CONCEPT_TABLES else ""
            key = (file.table, language)
            if key not in picked:
                picked[key] = PackFile(name=file.name, table=file.table, language=language, chunks=file.chunks)
            elif file.language == language:
                message = "The table is in more than one pack; only the first is read."
                self.report.add("repeated_table", file.name, "", message)
        return list(picked.values())

    def _of(self, table: str) -> list[PackFile]:
        return [file for file in self._files if file.table == table]

    def _concepts_of(self, file: PackFile, owner: dict[str, str]) -> Iterator[EscoConceptRecord]:
        seen: set[str] = set()
        for position, cells in read_rows(file, needed=["conceptUri", "preferredLabel"], report=self.report):
            uri = cells["conceptUri"].strip()
            if not _is_address(uri):
                self.report.add("no_address", position, "conceptUri", f"'{uri[:80]}' is no address of ESCO; left out.")
            elif uri in seen or owner.setdefault(uri, file.table) != file.table:
                self.report.add("repeated_concept", position, "conceptUri", "The concept is there twice; left out.")
            else:
                seen.add(uri)
                yield self._concept(file, position, uri, cells)

    def _concept(self, file: PackFile, position: str, uri: str, cells: dict[str, str]) -> EscoConceptRecord:
        clean = TextCleaner(self.report, position=position, language=file.language)
        preferred = self._short(position, "preferredLabel", (clean.label("preferredLabel", cells["preferredLabel"]),))
        if not any(preferred):
            message = "The concept has no preferred label in this language; it loads without."
            self.report.add("missing_preferred_label", position, "preferredLabel", message)
        name = next(iter(preferred), "")
        alternatives = clean.labels("altLabels", cells.get("altLabels", ""), but=(name,))
        hidden = clean.labels("hiddenLabels", cells.get("hiddenLabels", ""), but=(name, *alternatives))
        kind = _CONCEPT_TABLES[file.table]
        return EscoConceptRecord(
            uri=uri,
            kind="knowledge" if kind == "skill" and cells.get("skillType", "").strip() == "knowledge" else kind,
            code=cells.get("code", "").strip()[:40],
            reuse_level=cells.get("reuseLevel", "").strip()[:40],
            status=cells.get("status", "").strip()[:40],
            language=file.language,
            preferred=name,
            alternatives=self._short(position, "altLabels", alternatives),
            hidden=self._short(position, "hiddenLabels", hidden),
            description=clean.description("description", cells.get("description", "") or cells.get("definition", "")),
        )

    def _short(self, position: str, column: str, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out what is no label but a text that slipped into the wrong cell."""
        for label in labels:
            if len(label) > LONGEST_LABEL:
                message = f"A label of {len(label):,} characters is left out; at most {LONGEST_LABEL} are taken."
                self.report.add("too_long", position, column, message)
        return tuple(label for label in labels if len(label) <= LONGEST_LABEL)

    def _stated_relations(self, derive: Collection[str]) -> Iterator[tuple[str, tuple[str, str], EscoRelationRecord]]:
        for table, columns in _RELATION_TABLES.items():
            broader = columns[1] == "broaderUri"
            needed = [*columns] if broader else [*columns, "relationType"]
            for file in self._of(table):
                for position, cells in read_rows(file, needed=needed, report=self.report):
                    kind = "broader" if broader else cells["relationType"].strip().lower()
                    source, target = (cells[column].strip() for column in columns)
                    yield position, columns, EscoRelationRecord(source=source, target=target, kind=kind)
        if "skill" in derive and _SKILL_PILLAR not in self.tables:
            yield from self._groups_of_skills()
        if "occupation" in derive and _OCCUPATION_PILLAR not in self.tables:
            yield from self._groups_of_occupations()

    def _groups_of_skills(self) -> Iterator[tuple[str, tuple[str, str], EscoRelationRecord]]:
        levels = [f"Level {level} URI" for level in range(4)]
        for file in self._of(_HIERARCHY):
            for position, cells in read_rows(file, needed=levels, report=self.report):
                chain = [(level, cells[level].strip()) for level in levels if cells[level].strip()]
                if len(chain) > 1:
                    (above, target), (below, source) = chain[-2:]
                    relation = EscoRelationRecord(source=source, target=target, kind="broader")
                    yield position, (below, above), relation

    def _groups_of_occupations(self) -> Iterator[tuple[str, tuple[str, str], EscoRelationRecord]]:
        for table, column in (("iscogroups", "code"), ("occupations", "iscoGroup")):
            for file in self._of(table)[:1]:
                for position, cells in read_rows(file, needed=["conceptUri", column], report=EscoReport()):
                    code = cells[column].strip()
                    above = code[:-1] if table == "iscogroups" else code
                    if above:
                        source, target = cells["conceptUri"].strip(), f"{ROOT}isco/C{above}"
                        relation = EscoRelationRecord(source=source, target=target, kind="broader")
                        yield position, ("conceptUri", column), relation

    def _dangling(self, position: str, column: str, uri: str) -> None:
        message = f"'{uri[:80]}' is not among the concepts; left out."
        self.report.add("dangling_relation", position, column, message)


def _is_known(table: str) -> bool:
    if table in _NOT_NEEDED:
        return False
    return (
        table in _CONCEPT_TABLES
        or table in _RELATION_TABLES
        or table == _HIERARCHY
        or bool(_COLLECTION.fullmatch(table))
    )


def _is_address(uri: str) -> bool:
    return uri.startswith(ROOT) and len(uri) <= LONGEST_URI and not re.search(r"[\s\x00-\x1f<>\"]", uri)


def _chosen_languages(files: list[PackFile], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The languages to read, English first where nobody asks for another order."""
    stated = {file.language for file in files if file.table in _CONCEPT_TABLES} - {""}
    unnamed = any(file.table in _CONCEPT_TABLES and not file.language for file in files)
    chosen = tuple(dict.fromkeys(wanted)) or tuple(sorted(stated, key=lambda code: (code != "en", code)))
    if not all(_LANGUAGE.fullmatch(code) for code in chosen):
        raise InvalidInput("A language is given by its code of two letters, such as de.", field="lang")
    lacking = [code for code in chosen if code not in stated]
    if stated and lacking:
        there = ", ".join(sorted(stated))
        raise InvalidInput(f"No file is in the language '{lacking[0]}'. There is: {there}.", field="lang")
    if unnamed and len(chosen) != 1:
        raise InvalidInput("A table states no language in its name (skills.csv). Name exactly one.", field="lang")
    return chosen or ("en",)
