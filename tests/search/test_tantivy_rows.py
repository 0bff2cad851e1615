"""Documents as the embedded index takes them: nothing in their texts breaks a row, and a wrong name is refused."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.sample_documents import document

from synchromesh.search.backends._tantivy_rows import MOST_NUMBERS, Layout, Rows, read_layout, write_layout
from synchromesh.search.backends.tantivy import TantivyIndex
from synchromesh.search.compounds import Parts
from synchromesh.search.contract import Range, Wanted

_TEXT = st.text(st.characters(), max_size=20)


@given(title=_TEXT, slug=_TEXT, uid=_TEXT, values=st.lists(_TEXT, max_size=3).map(tuple))
def test_a_row_says_what_the_document_says(title: str, slug: str, uid: str, values: tuple[str, ...]) -> None:
    found = document(slug, title, uid=uid, languages=("de",), filters={"mode": values}, numbers={"price": -3})
    layout = Layout()
    row = json.loads(Rows(Parts(), layout).row_of(found))
    assert json.loads(b64decode(row["shown"])) == ["role", uid, slug, {"en": title}]
    assert (row["key"], row["place"], row["number0"]) == (f"role/{uid}", f"role\x01{slug}", -3)
    modes = {"mode": list(dict.fromkeys(values))} if values else {}
    assert row["filter"] == {"kind": ["role"], "language": ["de"]} | modes
    assert layout.filters == {"kind", "language", *modes}


def test_what_one_row_brings_does_not_change_the_next() -> None:
    rows = Rows(Parts(), layout := Layout())
    for number, title in enumerate(("Battery", "Batteries", "Battery")):
        row = json.loads(rows.row_of(document("x", title, kind="skill", numbers={f"n{number}": number})))
        assert row["title"].split() == [title.lower(), ":en:batteri"]
        assert row[f"number{number}"] == number
    rows.close()
    assert (layout.languages, layout.numbers) == ({"en"}, {"n0": 0, "n1": 1, "n2": 2})


@pytest.mark.parametrize(
    "columns",
    [
        {"filters": {"a.b": ("x",)}},
        {"filters": {"kind": ("x",)}},
        {"filters": {"when": ("2026-01-01T00:00:00Z",)}},
        {"numbers": {"a b": 1}},
        {"numbers": {f"n{number}": number for number in range(MOST_NUMBERS + 1)}},
        {"titles": {'e"n': "x"}},
    ],
)
def test_wrong_names_are_refused(columns: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cannot be called|no room|no language|is a moment"):
        Rows(Parts(), Layout()).row_of(document("x", **columns))  # type: ignore[arg-type]


def test_values_that_look_like_days_or_numbers_stay_text(tmp_path: Path) -> None:
    index, values = TantivyIndex(tmp_path), ("2026-01-01", "2026-01-01t00-00-00z", "7", "true")
    index.replace_all([document(f"d{place}", "A", filters={"when": (value,)}) for place, value in enumerate(values)])
    answer = index.search(Wanted(counted=("when",)))
    assert answer.filters["when"] == dict.fromkeys(sorted(values), 1)
    for place, value in enumerate(values):
        assert [hit.slug for hit in index.search(Wanted(chosen={"when": (value,)})).hits] == [f"d{place}"]


def test_what_a_later_document_brings_is_known_to_whoever_searches_then(tmp_path: Path) -> None:
    index, other = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    index.replace_all([document("first", "Battery", numbers={"price": 1})])
    assert other.search(Wanted(chosen={"mode": ("online",)})).total == 0
    index.put([document("new", titles={"de": "Prüfung"}, filters={"mode": ("online",)}, numbers={"start": 5})])
    assert other.search(Wanted(chosen={"mode": ("online",)})).total == 1
    assert other.search(Wanted(words=("prufungen",))).total == 1
    assert other.search(Wanted(within={"start": Range(least=5)})).total == 1
    assert other.search(Wanted(within={"price": Range(least=1)})).total == 1


def test_what_is_kept_of_a_layout_is_read_again(tmp_path: Path) -> None:
    layout = Layout(languages={"de", "en"}, filters={"mode"}, numbers={"start": 1, "price": 0})
    write_layout(layout, tmp_path / "layout.json")
    assert read_layout(tmp_path / "layout.json") == layout
    (tmp_path / "layout.json").write_text("[]")
    with pytest.raises(ValueError, match="does not say"):
        read_layout(tmp_path / "layout.json")
