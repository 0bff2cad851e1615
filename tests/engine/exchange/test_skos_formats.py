"""SKOS as Turtle and JSON-LD: ours come back whole, vocabularies of others load as skills, nothing is ever fetched."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import SKOS
from tests.engine.exchange.framework_documents import SMALL, reported, without_positions

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks import (
    EscoReference,
    FrameworkDocument,
    read_framework,
    skos_jsonld,
    skos_turtle,
)

HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
CONTEXT = {"skos": "http://www.w3.org/2004/02/skos/core#"}
ESCO = "http://data.europa.eu/esco/skill/1"


def turtle(body: str) -> FrameworkDocument:
    return read_framework({"v.ttl": (HEAD + body).encode()})


def jsonld(content: Any) -> FrameworkDocument:
    return read_framework({"v.jsonld": json.dumps(content).encode()})


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of rdflib, about itself
def test_both_files_hold_the_same_graph_and_plain_rdflib_reads_it() -> None:
    one = Graph().parse(data=skos_turtle.write(SMALL)["framework.ttl"], format="turtle")
    other = Graph().parse(data=skos_jsonld.write(SMALL)["framework.jsonld"], format="json-ld")
    assert isomorphic(one, other)
    concepts = set(one.subjects(RDF.type, SKOS.Concept))
    # Two skills, one role, one family, three units.
    assert len(concepts) == 7
    assert all(one.value(concept, SKOS.prefLabel) for concept in concepts)
    assert (None, SKOS.exactMatch, URIRef(ESCO)) in one
    assert len(set(one.subjects(RDF.type, SKOS.Collection))) == 2


@pytest.mark.parametrize("module", [skos_turtle, skos_jsonld], ids=["turtle", "jsonld"])
def test_another_base_address_names_everything_and_is_read_as_well(module: Any) -> None:
    files = module.write(SMALL, base="https://skills.example.org/f")
    (data,) = files.values()
    assert b"https://skills.example.org/f/vocabulary#" in data
    assert b"unnamed-site" not in data
    assert without_positions(read_framework(files)) == SMALL


def test_a_mapping_that_was_removed_stays_removed_and_a_new_one_is_added() -> None:
    text = skos_turtle.write(SMALL)["framework.ttl"].decode()
    changed = text.replace(f"skos:exactMatch <{ESCO}> ;", f"skos:narrowMatch <{ESCO}> ;")
    document = read_framework({"v.ttl": changed.encode()})
    assert document.skills[0].esco == (SMALL.skills[0].esco[0], EscoReference(uri=ESCO, match="narrow"))


def test_records_stand_on_the_line_of_their_subject() -> None:
    text = skos_turtle.write(SMALL)["framework.ttl"].decode()
    (line,) = [number for number, one in enumerate(text.splitlines(), start=1) if one.endswith("v:Role ;")]
    assert read_framework({"v.ttl": text.encode()}).roles[0].position == f"v.ttl line {line}"


def test_a_bad_value_of_ours_is_named_by_line_or_path() -> None:
    text = skos_turtle.write(SMALL)["framework.ttl"].decode().replace("v:weight 5", "v:weight 50")
    document = read_framework({"v.ttl": text.encode()})
    (line,) = [number for number, one in enumerate(text.splitlines(), start=1) if one.endswith("v:Requirement ;")][:1]
    assert reported(document) == [(f"v.ttl line {line}", "weight")]
    content = json.loads(skos_jsonld.write(SMALL)["framework.jsonld"])
    (place,) = [place for place, node in enumerate(content["@graph"]) if "v:Role" in node["@type"]]
    content["@graph"][place]["v:eqfMin"] = ["many"]
    assert reported(jsonld(content)) == [(f"v.jsonld $.@graph[{place}]", "eqf.min")]


def test_concepts_of_others_become_skills() -> None:
    document = turtle(
        '<http://e.org/c#a1> a skos:Concept ; skos:prefLabel "Weld"@en, "Schweißen"@de-AT, "Soudo"@eo ;\n'
        ' skos:definition "Joins metal"@en ; skos:notation "W1" .\n'
        f'<{ESCO}> a skos:Concept ; skos:prefLabel "Glue" ; skos:broadMatch <{ESCO}0> .\n'
        '<b> a skos:Concept ; skos:prefLabel "Cut"@eng ; skos:altLabel "Saw"@en ; skos:broader <http://e.org/c#a1> .\n'
        "<c> a skos:Concept .\n"
        '[] a skos:Concept ; skos:prefLabel "Nobody" .\n'
    )
    by_id = {skill.external_id: skill for skill in document.skills}
    assert sorted(by_id) == ["W1", "b", ESCO]
    assert by_id["W1"].titles == {"en": "Weld", "de": "Schweißen", "eo": "Soudo"}
    assert (by_id["W1"].slug, by_id["W1"].position) == ("weld-a1", "v.ttl line 2")
    assert by_id["W1"].provenance.source_url == "http://e.org/c#a1"
    assert by_id[ESCO].esco == (
        EscoReference(uri=ESCO, match="exact"), EscoReference(uri=f"{ESCO}0", match="broad"),
    )  # fmt: skip
    assert by_id["b"].provenance.source_url == ""
    assert sorted(reported(document)) == [
        ("v.ttl", ""), ("v.ttl", str(SKOS.altLabel)), ("v.ttl", str(SKOS.broader)), ("v.ttl line 6", "titles"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('<x> a skos:Concept ;\n  skos:prefLabel "unclosed .\n', "line 3 column"),
        ("<x> a skos:Concept ;;; @@ .", "line 2 column"),
        ("foo:x a skos:Concept .", "line 2 column 1"),
        ("\n<x y> a skos:Concept .", "line 3"),
        (f"@prefix p: <http://a.org/{'a' * 3000}> .\np:x a skos:Concept .", "2,000"),
        ("[" * 100_000, "line 2"),
        ("<x> a skos:Collection .", "skos:Concept"),
    ],
)
def test_broken_turtle_is_refused_with_the_place(body: str, place: str) -> None:
    with pytest.raises(InvalidInput, match=place):
        turtle(body)


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ("https://example.org/skos.jsonld", r"\$\.@context"),
        (["file:///etc/hosts", CONTEXT], r"\$\.@context"),
        ({"@import": "https://example.org/skos.jsonld"}, r"\$\.@context"),
        ({**CONTEXT, "part": {"@id": "skos:member", "@context": "https://example.org"}}, "part"),
        ({f"t{number}": "https://example.org/" for number in range(1_001)}, "1,000 terms"),
        (3, "no object"),
    ],
)
def test_a_context_that_is_not_in_the_file_is_refused(context: Any, place: str) -> None:
    with pytest.raises(InvalidInput, match=place):
        jsonld({"@context": context, "@graph": [{"@id": "http://e.org/a", "@type": str(SKOS.Concept)}]})


@pytest.mark.parametrize("inner", ["https://example.org/skos.jsonld", {}])
def test_a_context_below_the_top_is_refused_with_its_path(inner: Any) -> None:
    with pytest.raises(InvalidInput, match=r"\$\.@graph\[0\]"):
        jsonld({"@context": CONTEXT, "@graph": [{"@id": "http://e.org/a", "@context": inner}]})


def test_keywords_of_other_names_and_languages_of_a_context_are_understood() -> None:
    context = {**CONTEXT, "id": "@id", "type": "@type", "label": {"@id": "skos:prefLabel", "@container": "@language"}}
    document = jsonld(
        {"@context": context, "@graph": [{"id": "http://e.org/y", "type": "skos:Concept", "label": {"de": "Kleben"}}]}
    )
    assert [skill.titles for skill in document.skills] == [{"de": "Kleben"}]


XML = '<!DOCTYPE a [<!ENTITY b "bomb">]><a>&b;</a>'


def test_markup_inside_a_literal_is_never_looked_into() -> None:
    escaped = XML.replace('"', '\\"')
    by_turtle = turtle(
        f'<http://e.org/x> a skos:Concept ; skos:prefLabel "X"@en ; skos:definition "{escaped}"^^<{RDF.XMLLiteral}> .'
    )
    definition = {"@value": XML, "@type": str(RDF.XMLLiteral)}
    node = {"@id": "http://e.org/x", "@type": "skos:Concept", "skos:prefLabel": "X", "skos:definition": definition}
    by_jsonld = jsonld({"@context": CONTEXT, "@graph": [node]})
    assert by_turtle.skills[0].descriptions == by_jsonld.skills[0].descriptions == {"en": XML}


def test_a_prefix_cannot_blow_up_the_addresses_of_a_file() -> None:
    context = {**CONTEXT, "p0": f"http://e.org/{'a' * 1_900}/"}
    context |= {f"p{number}": f"p{number - 1}:{'a' * 100}/" for number in range(1, 50)}
    with pytest.raises(InvalidInput, match="2,000"):
        jsonld({"@context": context, "@graph": [{"@id": "p49:x", "@type": "skos:Concept"}]})


def test_a_list_that_bites_its_own_tail_ends() -> None:
    text = skos_turtle.write(SMALL)["framework.ttl"].decode()
    text = text.replace('v:topics ( "safety" "service" )', "v:topics _:loop").replace(
        "skos:ConceptScheme, v:Framework .", "skos:ConceptScheme, v:Framework .\n" + LOOP
    )
    assert read_framework({"v.ttl": text.encode()}).skills[0].topics == ("safety",)


LOOP = f'_:loop <{RDF.first}> "safety" ; <{RDF.rest}> _:loop .'


def test_files_over_the_limits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInput, match="at most"):
        turtle("#" * 17_000_000)
    with pytest.raises(InvalidInput, match="at most"):
        jsonld({"@context": CONTEXT, "@graph": [], "x": "x" * 17_000_000})
    monkeypatch.setattr("synchromesh.engine.exchange.frameworks._skos_graph._MOST_STATEMENTS", 2)
    with pytest.raises(InvalidInput, match="line 4: it makes more than 2 statements"):
        turtle("<a> a skos:Concept .\n<b> a skos:Concept .\n<c> a skos:Concept .\n")


def test_the_formats_load_without_rdflib() -> None:
    code = (
        "import sys; from synchromesh.engine.exchange import frameworks; "
        "from synchromesh.engine.plugins import discover; discover(frameworks); sys.exit('rdflib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": "src"}).returncode == 0
