"""The embedded index and the one in PostgreSQL answer as the one in memory does, which is written for plainness."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.search.sample_documents import document

from synchromesh.search.backends import Index
from synchromesh.search.backends.memory import MemoryIndex
from synchromesh.search.backends.postgres import PostgresIndex
from synchromesh.search.backends.tantivy import TantivyIndex
from synchromesh.search.contract import Bands, Document, Order, Range, Wanted

_WORDS = st.sampled_from(
    ["batterie", "batterien", "technik", "batterietechnik", "testing", "tests", "weld", "laser", "lasers"]
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_VALUES = st.sampled_from("xyz")
_NUMBER = st.integers(-3, 3)
_RANGES = st.builds(lambda least, most: Range(least=least, most=most), st.none() | _NUMBER, st.none() | _NUMBER)
_BANDS = {
    "when": Bands(number="start", ranges={"low": Range(most=0), "mid": Range(least=-1, most=1)}, unknown="none"),
}


@st.composite
def _catalogues(draw: st.DrawFn) -> list[Document]:
    columns = st.fixed_dictionaries(
        {
            "titles": st.dictionaries(st.sampled_from(["en", "de", "fr"]), _TEXTS, max_size=2),
            "labels": st.dictionaries(st.sampled_from(["", "de"]), st.tuples(_TEXTS), max_size=1),
            "texts": st.dictionaries(st.sampled_from(["en", "de"]), _TEXTS, max_size=1),
            "kind": st.sampled_from(["course", "role"]),
            "languages": st.lists(st.sampled_from(["en", "de"]), max_size=2).map(tuple),
            "filters": st.dictionaries(st.sampled_from(["mode", "skill"]), st.tuples(_VALUES, _VALUES), max_size=2),
            "numbers": st.dictionaries(st.sampled_from(["start", "price"]), _NUMBER, max_size=2),
        }
    )
    rows = draw(st.lists(columns, max_size=8))
    return [document(f"n{place}", "", **row) for place, row in enumerate(rows)]


_WANTED = st.builds(
    Wanted,
    words=st.lists(_WORDS | st.just("lazer"), max_size=2, unique=True).map(tuple),
    language=st.sampled_from(["en", "de"]),
    kinds=st.sampled_from([(), ("course",)]),
    limit=st.integers(0, 4),
    offset=st.integers(0, 4),
    tolerant=st.booleans(),
    chosen=st.dictionaries(
        st.sampled_from(["mode", "when", "language", "skill"]),
        st.lists(_VALUES | st.sampled_from(["low", "mid", "none", "en", "de"]), max_size=2).map(tuple),
        max_size=4,
    ),
    within=st.dictionaries(st.sampled_from(["start", "price"]), _RANGES, max_size=1),
    bands=st.sampled_from([{}, _BANDS]),
    meant=st.dictionaries(
        st.tuples(st.sampled_from(["mode", "skill"]), _VALUES), st.sampled_from([0.2, 0.5, 0.9]), max_size=2
    ),
    counted=st.none() | st.sampled_from([(), ("mode", "when"), ("kind", "skill")]),
    order=st.none() | st.builds(Order, number=st.sampled_from(["start", "x"]), descending=st.booleans()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(catalogue=_catalogues(), questions=st.lists(_WANTED, min_size=1, max_size=6))
def test_both_indexes_give_the_same_answers(tmp_path: Path, catalogue: list[Document], questions: list[Wanted]) -> None:
    embedded, plain = TantivyIndex(tmp_path), MemoryIndex()
    # Only additions: until segments are merged the embedded index weighs words as if what was replaced were there.
    further = [replace(found, uid="further", slug="further", titles={"de": "Lasertechnik"}) for found in catalogue[:1]]
    for index in (embedded, plain):
        index.replace_all(catalogue)
        index.put(further)
    for wanted in questions:
        assert embedded.search(wanted) == plain.search(wanted)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL; `make check` runs the tests on it too")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(catalogue=_catalogues(), questions=st.lists(_WANTED, min_size=1, max_size=6))
def test_the_index_in_postgresql_gives_the_same_answers(catalogue: list[Document], questions: list[Wanted]) -> None:
    indexes: tuple[Index, Index] = PostgresIndex(), MemoryIndex()
    further = [replace(found, uid="further", slug="further", titles={"de": "Lasertechnik"}) for found in catalogue[:1]]
    for index in indexes:
        index.replace_all(catalogue)
        index.put([*further, *catalogue[-1:]])
        index.remove(kind="course", uids=["n1"])
    for wanted in questions:
        assert indexes[0].search(wanted) == indexes[1].search(wanted)
