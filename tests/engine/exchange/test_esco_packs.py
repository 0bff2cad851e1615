"""Packs of ESCO in the layouts of 1.1 and 1.2: what is read, what is cleaned, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.esco_records import (
    JOINING,
    METAL_WORKERS,
    METALS,
    ROOT,
    SKILLS,
    SOLDERING,
    TRADES,
    WELDER,
    WELDING,
    WORKING,
    classification,
    pack,
    relations,
    skill_row,
    skills_table,
)

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.esco_packs import LONGEST_LABEL, EscoConceptRecord, EscoPacks
from synchromesh.engine.tables.limits import Limits

BROADER = {
    (WORKING, SKILLS), (JOINING, WORKING), (WELDING, JOINING), (SOLDERING, JOINING), (METALS, SKILLS),
    (METAL_WORKERS, TRADES), (WELDER, METAL_WORKERS),
}  # fmt: skip


def _read(packs: EscoPacks) -> tuple[dict[tuple[str, str], EscoConceptRecord], set[tuple[str, str, str]]]:
    concepts = {(record.uri, record.language): record for record in packs.concepts()}
    known = {uri for uri, _ in concepts}
    return concepts, {(found.source, found.target, found.kind) for found in packs.relations(known)}


def _skills(folder: Path, content: bytes) -> tuple[list[EscoConceptRecord], EscoPacks]:
    packs = EscoPacks([pack(folder, "v1.1.1.zip", {"skills_en.csv": content})])
    return list(packs.concepts()), packs


@pytest.mark.parametrize(
    "packs",
    [
        {"ESCO dataset - v1.1.1 - classification - en - csv.zip": classification(), "esco-v1.1.1-rel.zip": relations()},
        {"ESCO dataset - v1.2.0 - classification - en - csv.zip": {**classification(), **relations("_en")}},
    ],
    ids=["1.1", "1.2"],
)
def test_both_layouts_give_the_same_concepts_and_relations(packs: dict[str, dict[str, bytes]], tmp_path: Path) -> None:
    opened = EscoPacks([pack(tmp_path, name, files) for name, files in packs.items()])
    concepts, found = _read(opened)
    assert {record.kind for record in concepts.values()} == {
        "skill", "knowledge", "occupation", "skill-group", "isco-group",
    }  # fmt: skip
    welding = concepts[WELDING, "en"]
    assert (welding.preferred, welding.alternatives) == ("weld metal", ("fuse metal", "join by welding"))
    assert (welding.reuse_level, welding.status) == ("cross-sector", "released")
    assert (concepts[METALS, "en"].kind, concepts[METALS, "en"].hidden) == ("knowledge", ("metall",))
    assert (concepts[WELDER, "en"].code, concepts[TRADES, "en"].code) == ("7212.3", "7")
    assert {(source, target) for source, target, kind in found if kind == "broader"} == BROADER
    assert {row for row in found if row[2] != "broader"} == {
        (WELDER, WELDING, "essential"), (WELDER, SOLDERING, "optional"), (WELDING, METALS, "optional"),
    }  # fmt: skip
    assert set(opened.memberships({WELDING, METALS})) == {(WELDING, "green"), (METALS, "transversal")}
    assert (opened.missing, dict(opened.report.counts)) == ((), {})


def test_the_version_stands_in_the_name_of_the_pack(tmp_path: Path) -> None:
    for name, label in (
        ("ESCO dataset - v1.2.0 - classification - en - csv.zip", "1.2.0"),
        ("esco_1.1.1_de.zip", "1.1.1"),
        ("v1.2.zip", "1.2"),
    ):
        assert EscoPacks([pack(tmp_path, name, classification())]).versions == (label,)
    folder = tmp_path / "esco-v1.0.9"
    folder.mkdir()
    (folder / "skills_en.csv").write_bytes(classification()["skills_en.csv"])
    assert EscoPacks([folder]).versions == EscoPacks([folder / "skills_en.csv"]).versions == ("1.0.9",)


def test_every_language_is_read_or_only_those_that_are_wanted(tmp_path: Path) -> None:
    paths = [pack(tmp_path, f"{code}.zip", classification(code)) for code in ("de", "en")]
    both, _ = _read(EscoPacks(paths))
    assert both[WELDING, "de"].preferred == "Metall schweißen"
    assert both[WELDING, "en"].preferred == "weld metal"
    german, _ = _read(EscoPacks(paths, languages=["de"]))
    assert {language for _, language in german} == {"de"}
    with pytest.raises(InvalidInput, match="'fr'"):
        EscoPacks(paths, languages=["fr"])
    with pytest.raises(InvalidInput, match="two letters"):
        EscoPacks([pack(tmp_path, "x.zip", {"skills.csv": b""})], languages=["german"])


def test_a_folder_with_zips_and_tables_is_read_and_other_files_are_left_alone(tmp_path: Path) -> None:
    pack(tmp_path, "relations.zip", {**relations(), "readme.pdf": b"%PDF", "__MACOSX/._skills_en.csv": b"\0"})
    for name, content in classification().items():
        (tmp_path / name).write_bytes(content)
    concepts, found = _read(EscoPacks([tmp_path]))
    assert len(concepts) == 9
    assert len(found) == len(BROADER) + 3


def test_missing_parts_are_named_and_groups_still_find_their_place(tmp_path: Path) -> None:
    packs = EscoPacks([pack(tmp_path, "en.zip", classification())])
    assert "the hierarchy of skills" in packs.missing
    assert "which skills an occupation needs" in packs.missing
    assert "skills" not in packs.missing
    _, found = _read(packs)
    expected = {(WORKING, SKILLS), (JOINING, WORKING), (METAL_WORKERS, TRADES), (WELDER, METAL_WORKERS)}
    assert {(source, target) for source, target, kind in found if kind == "broader"} == expected
    assert list(packs.relations({WORKING, SKILLS, WELDER, METAL_WORKERS}, derive=())) == []


def test_labels_are_cleaned_and_what_was_cleaned_is_counted(tmp_path: Path) -> None:
    rows = [
        skill_row(
            WELDING, "weld\u00ad  me\u200btal", altLabels="fuse metal\nfuse\u00a0metal\n\u200b\nweld metal | melt"
        ),
        skill_row(METALS, " \u200b", altLabels="metals"),
        skill_row(SOLDERING, "solder", altLabels="x" * (LONGEST_LABEL + 1), description="a\u00a0b\r\n\n\n\nc"),
    ]
    concepts, packs = _skills(tmp_path, skills_table(*rows))
    assert [(one.preferred, one.alternatives) for one in concepts] == [
        ("weld metal", ("fuse metal", "melt")),
        ("", ("metals",)),
        ("solder", ()),
    ]
    assert concepts[2].description == "a b\n\nc"
    assert dict(packs.report.counts) == {
        "invisible_characters": 4, "duplicate_label": 2, "missing_preferred_label": 1, "too_long": 1,
    }  # fmt: skip
    missing = next(row for row in packs.report.problems if "no preferred label" in row.message)
    assert (missing.position, missing.field) == ("skills_en.csv row 3", "preferredLabel")


def test_the_joiners_of_arabic_stay(tmp_path: Path) -> None:
    content = skills_table(skill_row(WELDING, "a\u200cb\u200b"))
    (concept,) = EscoPacks([pack(tmp_path, "ar.zip", {"skills_ar.csv": content})]).concepts()
    assert concept.preferred == "a\u200cb"


def test_bad_rows_are_reported_and_the_others_load(tmp_path: Path) -> None:
    good = skills_table(skill_row(WELDING, "weld"), skill_row(WELDING, "again"), skill_row("weld-7", "no address"))
    broken = b'x,"y"z\n' + b",".join([b"x"] * 20) + b"\n" + f"KnowledgeSkillCompetence,{METALS},,,metals\n".encode()
    concepts, packs = _skills(tmp_path, good + broken)
    assert [one.preferred for one in concepts] == ["weld", "metals"]
    assert dict(packs.report.counts) == {"repeated_concept": 1, "no_address": 1, "unreadable_row": 2}
    assert {row.position for row in packs.report.problems} == {f"skills_en.csv row {n}" for n in (3, 4, 5, 6)}


def test_relations_to_nothing_twice_and_to_oneself_are_left_out(tmp_path: Path) -> None:
    rows = [(WELDER, "essential", WELDING)] * 2 + [
        (WELDER, "essential", f"{ROOT}/skill/gone"),
        (WELDER, "sometimes", WELDING),
        (WELDER, "optional", WELDER),
    ]
    content = "occupationUri,relationType,skillType,skillUri\n" + "".join(f"{a},{b},,{c}\n" for a, b, c in rows)
    packs = EscoPacks([pack(tmp_path, "r.zip", {"occupationSkillRelations.csv": content.encode()})])
    assert [(found.source, found.kind) for found in packs.relations({WELDER, WELDING})] == [(WELDER, "essential")]
    assert dict(packs.report.counts) == {"dangling_relation": 1, "unusable_relation": 2}


def test_of_a_table_in_two_packs_the_first_counts(tmp_path: Path) -> None:
    paths = [
        pack(tmp_path, name, {"skills_en.csv": skills_table(skill_row(WELDING, name))}) for name in ("a.zip", "b.zip")
    ]
    packs = EscoPacks(paths)
    assert [one.preferred for one in packs.concepts()] == ["a.zip"]
    assert dict(packs.report.counts) == {"repeated_table": 1}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"readme.txt": b"hello"}, "no ESCO table"),
        ({"courses_en.csv": b"id,title\n"}, "name of an ESCO table"),
        ({"skills_en.csv": b"id,title\n1,weld\n"}, "no column 'conceptUri'"),
        ({"skills_en.csv": b""}, "no column 'conceptUri'"),
        ({"skills_en.csv": b"conceptUri,preferredLabel\nx,\xff\xfe\n"}, "UTF-8"),
        ({"../skills_en.csv": b"conceptUri,preferredLabel\n"}, "unsafe name"),
        ({"skills.csv": b"", "skills_en.csv": b"", "skills_de.csv": b""}, "Name exactly one"),
    ],
)
def test_a_pack_that_is_no_use_is_refused(files: Mapping[str, bytes], words: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=words):
        list(EscoPacks([pack(tmp_path, "pack.zip", files)]).concepts())


def test_a_file_without_line_breaks_does_not_fill_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "skills_en.csv"
    file.write_bytes(b"conceptUri,preferredLabel\n" + b"ab " * 2_000_000)
    with pytest.raises(InvalidInput, match="a line of more than"):
        list(EscoPacks([file]).concepts())


def test_hostile_archives_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("skills_en.csv", bytes(8 * 1024 * 1024))
    with pytest.raises(InvalidInput, match="200 times"):
        EscoPacks([bomb])
    good = pack(tmp_path, "good.zip", classification())
    for limits in (Limits(bytes=100), Limits(unpacked_bytes=100), Limits(members=2)):
        with pytest.raises(InvalidInput):
            EscoPacks([good], limits=limits)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good.read_bytes()[:-40])
    with pytest.raises(InvalidInput, match="damaged"):
        EscoPacks([cut])
    with pytest.raises(InvalidInput, match="cannot be read"):
        EscoPacks([tmp_path / "nothing.zip"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_whatever_bytes_a_table_holds_they_are_read_or_refused(content: bytes, tmp_path: Path) -> None:
    start = b"conceptUri,preferredLabel,altLabels\n"
    file = tmp_path / "skills_en.csv"
    file.write_bytes(start + content)
    packs = EscoPacks([file])
    try:
        concepts = list(packs.concepts())
    except InvalidInput:
        return
    assert all(one.uri.startswith(ROOT) for one in concepts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(labels=st.lists(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=30), max_size=8))
def test_labels_that_were_cleaned_need_no_cleaning(labels: list[str], tmp_path: Path) -> None:
    def read(texts: list[str]) -> tuple[str, ...]:
        file = tmp_path / "skills_en.csv"
        file.write_bytes(skills_table(skill_row(WELDING, "weld", altLabels="\n".join(texts))))
        found = list(EscoPacks([file]).concepts())
        return found[0].alternatives if found else ()

    once = read(labels)
    assert read(list(once)) == once
    assert len(set(once)) == len(once)
