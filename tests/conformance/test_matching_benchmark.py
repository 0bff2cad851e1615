"""The benchmarks of matching: their files are read as their authors mean them, and a run on a test set is recorded.

Most of it reads small files of the same form; the counts of the real ones are checked where they are.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from benchmarks.matching import __main__ as command
from benchmarks.matching import data
from benchmarks.matching.runs import record_run, was_run
from benchmarks.matching.sets import list_sources, load_vocabulary

REAL = data.shared_folder() / "bench" / "decorte" / "tech_validation.csv"
needs_data = pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL} is not there (SYNCHROMESH_SHARED).")
SKILLS = (
    "conceptUri,preferredLabel,altLabels,description,skillType\n"
    'uri:weld,weld metal,"join metal\njoin steel",Join metal.,skill\n'
    "uri:java,Java (computer programming),,A language.,knowledge\n"
    "uri:read,read plans,,,skill\n"
)
RELATIONS = {
    "occupationSkillRelations.csv": "occupationUri,relationType,skillType,skillUri\no,essential,s,uri:weld\n",
    "skillSkillRelations.csv": "originalSkillUri,relatedSkillUri\nuri:read,uri:weld\n",
    "broaderRelationsSkillPillar.csv": "conceptType,conceptUri,broaderType,broaderUri\n",
}
MELO = {
    "queries.tsv.gz": "Q1\tSOLDADOR\nQ2\tLECTOR\n",
    "corpus_elements.tsv.gz": "C1_0\tsoldador\nC1_1\tsoldadora\nC2_0\tlector de planos\n",
    "concept_mapping.tsv.gz": "C1_0\turi:welder\nC1_1\turi:welder\nC2_0\turi:reader\n",
    "annotations.tsv.gz": "Q1\t0\tC1_0\t1\nQ1\t0\tC1_1\t1\nQ2\t0\tC2_0\t1\n",
}
CROSSWALK = (
    ",,,,,\nMapping project name,ESCO,,,,\n"
    'uri:weld,"Metall schweißen","K 1","Schweißen",skos:exactMatch,\n'
    'uri:read,"Pläne lesen","K 1","Schweißen",skos:closeMatch,\n'
    'uri:gone,"Nieten","K 2","Nieten, Bolzen",skos:exactMatch,\n'
)


@pytest.fixture
def small_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files in the form of the real ones, where the benchmarks look for them."""
    bench, esco = tmp_path / "data" / "bench", tmp_path / "data" / "esco"
    (esco / "labels").mkdir(parents=True)
    with zipfile.ZipFile(esco / data.CLASSIFICATION, "w") as pack:
        pack.writestr("skills_en.csv", "\ufeff" + SKILLS)
    with zipfile.ZipFile(esco / data.RELATIONS, "w") as pack:
        for name, rows in RELATIONS.items():
            pack.writestr(name, rows)
    decorte = (
        "sentence,span,sub_span,label\nWe weld.,weld,,weld metal\nWe weld.,x,,LABEL NOT PRESENT\n"
        "Be nice.,nice,,UNDERSPECIFIED\nWe fly.,fly,,fly aircraft\n"
    )
    files = {
        "decorte/tech_validation.csv": decorte,
        "decorte/tech_test.csv": decorte,
        "skillskape/dev.csv": ",sentence,skills\n0,We code.,\"['Java (computer programming)', 'UNK']\"\n1,Hi.,[]\n",
        "crosswalk/DE_Mapping_ESCO_Kompetenzen_220518_0.csv.gz": CROSSWALK,
        **{f"melo/esp_q_es_c_es/{name}": text for name, text in MELO.items()},
        "../esco/labels/skills_de_from_crosswalk.tsv.gz": "uri:weld\tMetall schweißen\nuri:gone\tNieten\n",
    }
    for name, text in files.items():
        path = bench / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    monkeypatch.setenv("SYNCHROMESH_SHARED", str(tmp_path))
    data.skill_addresses.cache_clear()
    yield
    data.skill_addresses.cache_clear()


def _gains(name: str) -> dict[str, set[str]]:
    return {item.text: set(item.gains) for item in list_sources()[name].read().items}


def test_a_vocabulary_has_all_labels_and_counts_of_relations(small_files: None) -> None:
    weld, *others = sorted(load_vocabulary("esco").concepts, key=lambda concept: -concept.relations)
    assert (weld.uri, weld.relations, weld.description) == ("uri:weld", 2, "Join metal.")
    assert weld.all_labels() == ["weld metal", "join metal", "join steel"]
    assert {concept.uri: concept.relations for concept in others} == {"uri:java": 0, "uri:read": 0}


def test_sentences_are_put_together_from_spans_and_marks_are_no_skills(small_files: None) -> None:
    assert _gains("tech_validation") == {
        "We weld.": {"uri:weld"},
        "Be nice.": set(),
        "We fly.": {"unknown:fly aircraft"},
    }
    assert _gains("skillskape_dev") == {"We code.": {"uri:java"}, "Hi.": set()}


def test_exact_national_skills_ask_for_skills_with_german_labels(small_files: None) -> None:
    assert _gains("crosswalk_de") == {"Schweißen": {"uri:weld"}, "Nieten, Bolzen": {"uri:gone"}}
    labels = {concept.uri: dict(concept.preferred) for concept in load_vocabulary("esco_de").concepts}
    assert labels["uri:weld"] == {"en": "weld metal", "de": "Metall schweißen"}
    assert labels["uri:gone"] == {"de": "Nieten"}


def test_titles_are_ranked_against_labels_as_published_or_against_occupations(small_files: None) -> None:
    assert _gains("melo_es") == {"soldador": {"C1_0", "C1_1"}, "lector": {"C2_0"}}
    assert len(load_vocabulary("melo_es").concepts) == 3
    assert _gains("melo_es_concepts") == {"soldador": {"uri:welder"}, "lector": {"uri:reader"}}
    welder, _reader = load_vocabulary("melo_es_concepts").concepts
    assert welder.all_labels() == ["soldador", "soldadora"]


def test_a_set_whose_files_are_not_there_is_skipped_with_the_reason(
    small_files: None, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--only", "courses"])
    assert "skipped courses" in capsys.readouterr().out
    assert "courses.jsonl not found" in list_sources()["courses"].missing()


def test_a_run_on_a_test_set_is_recorded_and_one_on_a_validation_set_is_not(
    small_files: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "RUNS.md"
    record.touch()
    monkeypatch.setattr(command, "record_run", partial(record_run, record=record))
    monkeypatch.setattr(command, "was_run", partial(was_run, record=record))
    command.main(["--only", "char_ngrams", "tech_validation"])
    assert record.read_text(encoding="utf-8") == ""
    command.main(["--test", "--only", "char_ngrams", "tech_test", "melo_es"])
    lines = record.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if "| melo_es | char_ngrams | MRR | 1.000 |" in line]) == 1
    assert len([line for line in lines if "| tech_test | char_ngrams | MRR | .500 |" in line]) == 1
    assert "tech_test: 2 labelled of 3 texts (test)" in capsys.readouterr().out


def test_a_quick_look_at_a_test_set_is_refused() -> None:
    with pytest.raises(SystemExit):
        command.main(["--test", "--quick"])


def test_a_test_set_that_is_named_without_the_flag_does_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--only", "tech_test", "char_ngrams"])
    assert "skipped tech_test: it is a test set" in capsys.readouterr().err


@pytest.mark.conformance
@needs_data
def test_the_real_sets_have_the_counts_of_their_authors() -> None:
    skills = load_vocabulary("esco").concepts
    assert len(skills) == 13_891
    known = {concept.uri for concept in skills}
    sources = list_sources()
    sets = {name: sources[name].read() for name in ("tech_validation", "house_validation", "skillskape_dev", "courses")}
    assert all(set(item.gains) <= known for one in sets.values() for item in one.items)
    assert {name: len(one.labelled) for name, one in sets.items()} == {
        "tech_validation": 67, "house_validation": 61, "skillskape_dev": 1230, "courses": 40,
    }  # fmt: skip
    assert {name: len(sources[name].read().labelled) for name in sources if name.startswith("melo_")} == {
        f"melo_{language}{ending}": count
        for language, count in {"cs": 988, "de": 1779, "fr": 1435, "es": 1580, "it": 362, "pl": 1937}.items()
        for ending in ("", "_concepts")
    }
    crosswalk = sources["crosswalk_de"].read()
    assert sum(len(item.gains) for item in crosswalk.items) == 1292


@pytest.mark.conformance
@needs_data
def test_no_sentence_for_choosing_is_also_a_test_sentence() -> None:
    sources = list_sources()
    sentences = {
        is_test: {
            item.text
            for name, source in sources.items()
            if source.is_test is is_test and name.startswith(("tech", "house", "skillskape"))
            for item in source.read().items
        }
        for is_test in (False, True)
    }
    assert not sentences[False] & sentences[True]
