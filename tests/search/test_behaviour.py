"""What every backend must do; each test runs once per backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.search.sample_documents import document

from synchromesh.search.analysis import query_words
from synchromesh.search.backends import Index
from synchromesh.search.contract import Answer, Document, IndexUnusableError, Wanted
from synchromesh.search.indexing import write_index
from synchromesh.search.queries import search
from synchromesh.search.ranking import COMMON

List = Callable[..., None]

pytestmark = pytest.mark.usefixtures("backend")


def slugs(query: str, **choices: object) -> list[str]:
    return [hit.slug for hit in search(query, **choices).hits]  # type: ignore[arg-type]


def rebuild_with(listed: List, *documents: Document) -> None:
    listed(*documents)
    write_index()


def test_an_empty_query_finds_nothing_and_is_exact(listed: List) -> None:
    listed(document("welder", "Welder"))
    for query in ("", "   ", "-!?", "\x00"):
        assert search(query) == Answer(total=0, exact=True, hits=(), filters={"kind": {}, "language": {}})


def test_an_installation_without_records_finds_nothing(listed: List) -> None:
    listed()
    answer = search("battery")
    assert (answer.total, answer.hits, answer.filters) == (0, (), {"kind": {}, "language": {}})


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Schweißer", "Schweisser"),
        ("Schweisser", "SCHWEISSER"),
        ("Schweisser", "schweißer"),
        ("Café manager", "cafe"),
        ("Cafe manager", "CAFÉ"),
        ("Cafe\u0301 manager", "caf\u00e9"),
        ("Μηχανικός", "ΜΗΧΑΝΙΚΟΣ"),
        ("Spawacz łukowy", "lukowy"),
        ("Техник", "техник"),
        ("Kfz-Mechatronikerin", "kfz mechatronikerin"),
    ],
)
def test_case_and_accents_do_not_matter(listed: List, title: str, query: str) -> None:
    listed(document("found", titles={"de": title}), document("other", "Something else"))
    answer = search(query)
    assert ([hit.slug for hit in answer.hits], answer.exact) == (["found"], True)


def test_english_endings_do_not_matter_in_titles_and_bodies(listed: List) -> None:
    listed(document("in-title", "Battery technician"), document("in-body", "Welder", texts={"en": "Welds a battery."}))
    assert slugs("batteries") == ["in-title", "in-body"]
    assert search("batteries").exact


def test_english_endings_are_kept_in_titles_of_other_languages(listed: List) -> None:
    listed(document("german", titles={"de": "Batterie testen"}))
    assert not search("testing").exact


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("de", "Prüfung von Batterien", "Batterie"),
        ("fr", "Réparation de batteries", "batterie réparations"),
        ("es", "Mantenimiento de máquinas", "maquina"),
        ("sv", "Batterier", "batteri"),
    ],
)
@pytest.mark.parametrize("asked_in", ["en", "de"])
def test_endings_of_the_language_of_a_text_do_not_matter_in_whatever_language_one_asks(
    listed: List, language: str, title: str, query: str, asked_in: str
) -> None:
    listed(
        document("title", titles={language: title}),
        document("label", labels={language: (title,)}),
        document("other", "Welder"),
    )
    answer = search(query + " ", language=asked_in)
    assert ([hit.slug for hit in answer.hits], answer.exact) == (["title", "label"], True)


def test_all_words_must_match_anywhere_in_the_record(listed: List) -> None:
    listed(
        document("both", "Battery technician", texts={"en": "Knows high voltage."}),
        document("one", "Battery buyer"),
        document("other", "Voltage expert", labels={"": ("tension",)}),
    )
    assert slugs("voltage battery") == ["both"]
    assert slugs("tension expert") == ["other"]
    assert sorted(slugs("battery")) == ["both", "one"]


def test_the_last_word_may_be_only_begun_the_others_not(listed: List) -> None:
    listed(document("battery", "Battery technician"))
    assert slugs("batt") == ["battery"]
    assert slugs("battery tech") == ["battery"]
    assert search("batt technician").total == 0
    assert slugs("technician technician t") == ["battery"]
    assert slugs("tech battery tech") == ["battery"]


def test_a_last_word_that_many_records_have_is_not_taken_for_a_beginning(listed: List) -> None:
    many = [document(f"laser-{number:03}", "Laser") for number in range(COMMON)]
    begun = document("laserdome", "Laserdome")
    listed(*many[1:], begun)
    assert search("laser").total == COMMON
    rebuild_with(listed, *many, begun)
    assert search("laser").total == COMMON
    assert slugs("laserd") == ["laserdome"]


def test_in_long_texts_a_word_may_be_begun_in_the_language_of_the_reader(listed: List) -> None:
    listed(document("german", "Alpha", texts={"de": "Rissprüfung"}), document("none", "Beta", texts={"": "Rissfrei"}))
    assert slugs("rissp", language="de") == ["german"]
    assert slugs("rissp", language="en") == []
    assert slugs("rissf", language="de") == ["none"]


def test_titles_count_more_than_labels_and_labels_more_than_the_body(listed: List) -> None:
    listed(
        document("a-body", "Alpha", texts={"": "laser"}),
        document("b-label", "Beta", labels={"": ("laser",)}),
        document("c-title", "Laser"),
    )
    assert slugs("laser") == ["c-title", "b-label", "a-body"]


def test_a_word_as_typed_ranks_above_its_other_forms(listed: List) -> None:
    listed(document("a", "Welded"), document("b", "Weldable"), document("c", "Welding"))
    assert slugs("welding")[0] == "c"
    assert slugs("weld") == ["a", "c", "b"]  # the stem of two of them, the beginning of all


def test_equal_scores_are_ordered_by_kind_and_slug(listed: List) -> None:
    listed(
        document("b", "Laser"),
        document("a", "Laser"),
        document("z", "Laser", kind="course"),
        document("c", "Laser", kind="skill"),
    )
    assert slugs("laser") == ["z", "a", "b", "c"]


def test_pages_of_equal_scores_follow_each_other_without_gap_or_repeat(listed: List) -> None:
    names = [f"laser-{number:03}" for number in range(230)]
    listed(*(document(name, "Laser") for name in reversed(names)))
    pages = [slugs("laser", limit=50, offset=offset) for offset in range(0, 300, 50)]
    assert [slug for page in pages for slug in page] == names
    assert search("laser", limit=0).total == 230
    assert slugs("laser", limit=0) == []
    assert slugs("laser", offset=10**12) == []


def test_a_misspelled_word_is_found_when_nothing_matches_exactly(listed: List) -> None:
    listed(document("battery", "Battery technician"), document("welder", "Welder"))
    answer = search("batery")
    assert ([hit.slug for hit in answer.hits], answer.exact, answer.total) == (["battery"], False, 1)
    assert slugs("abttery") == ["battery"]  # two letters swapped are one mistake
    assert slugs("tehcnicain") == ["battery"]  # two mistakes in a long word
    assert slugs("batery technician") == ["battery"]


def test_one_exact_match_keeps_similar_words_out(listed: List) -> None:
    listed(document("bender", "Bender"), document("sender", "Sender"))
    assert (slugs("bender"), search("bender").exact) == (["bender"], True)


@pytest.mark.parametrize("query", ["xat", "bxttxry", "txchxicixn"])
def test_more_mistakes_than_the_length_of_a_word_allows_are_not_forgiven(listed: List, query: str) -> None:
    listed(document("battery", "Battery cat technician"))
    answer = search(query)
    assert (answer.total, answer.exact) == (0, False)


def test_fewer_mistakes_rank_higher(listed: List) -> None:
    listed(document("a-two", "Mechatrobics"), document("b-one", "Mechatronies"))
    assert slugs("mechatronigs") == ["b-one", "a-two"]


@pytest.mark.parametrize(
    "query",
    [
        'title:"battery"',
        "battery AND NOT technician",
        "+battery -technician",
        "bat*",
        "battery^9",
        "battery~2",
        "[a TO z]",
        "(battery",
        '"battery',
        "/batt.*/",
        "kind:role",
        "*",
        "battery OR welder",
        "\\",
        "a" * 5000,
        "ab " * 2000,
        "\ud800 battery \x00",
        "ﷺ" * 200,
    ],
)
def test_nothing_in_the_text_is_an_operator_and_nothing_raises(listed: List, query: str) -> None:
    listed(document("battery", "Battery technician"), document("welder", "Welder"))
    answer = search(query)
    assert answer.total <= 1
    assert "welder" not in [hit.slug for hit in answer.hits]


def test_signs_around_a_word_are_left_out(listed: List) -> None:
    listed(document("battery", "Battery technician"))
    for query in ("battery*", "(battery", '"battery"', "+battery", "-battery", "technician, battery!"):
        assert (slugs(query), search(query).exact) == (["battery"], True), query


def test_only_the_first_200_characters_of_a_query_count(listed: List) -> None:
    listed(document("battery", "Battery"))
    assert slugs("battery".ljust(200) + "welder") == ["battery"]
    assert slugs("battery".ljust(193) + " welder") == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(query=st.text(st.characters(), max_size=60))
def test_any_text_is_answered(listed: List, query: str) -> None:
    listed(document("battery", "Battery technician"))
    answer = search(query)
    assert answer.total == len(answer.hits)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(title=st.text(st.characters(), min_size=1, max_size=40))
def test_every_title_finds_its_record(index: Index, title: str) -> None:
    index.replace_all([document("found", title), document("other", "Something else")])
    words = query_words(title)
    if words:
        assert "found" in [hit.slug for hit in index.search(Wanted(words=words)).hits]


def test_the_title_is_in_the_language_asked_for_if_there_is_one(listed: List) -> None:
    listed(document("welder", titles={"en": "Welder", "de": "Schweißer", "fr": "Soudeur"}))
    for language, title in (("de", "Schweißer"), ("fr", "Soudeur"), ("en", "Welder")):
        (hit,) = search("welder", language=language).hits
        assert (hit.title, hit.language) == (title, language)


@pytest.mark.parametrize(
    ("query", "language"), [("schweisser", "de"), ("soud", "fr"), ("sudeur", "fr"), ("welders", "en"), ("torch", "en")]
)
def test_else_the_title_is_in_the_language_that_matches_best(listed: List, query: str, language: str) -> None:
    titles = {"fr": "Soudeur", "en": "Welder", "de": "Schweißer"}
    listed(document("welder", titles=titles, texts={"en": "torch"}))
    (hit,) = search(query, language="mt").hits
    assert (hit.title, hit.language) == (titles[language], language)


def test_a_name_counts_as_being_in_the_language_asked_for(listed: List) -> None:
    listed(document("north-works", titles={"": "North Works"}, kind="organisation"))
    (hit,) = search("north", language="de").hits
    assert (hit.title, hit.language) == ("North Works", "de")


def test_a_record_without_a_title_shows_its_slug(listed: List) -> None:
    listed(document("welder", titles={}, labels={"": ("welder",)}))
    assert search("welder").hits[0].title == "welder"


def test_a_hit_says_which_record_it_is(listed: List) -> None:
    listed(document("welder", "Welder", kind="skill", uid="7f"))
    (hit,) = search("welder").hits
    assert (hit.kind, hit.uid, hit.slug) == ("skill", "7f", "welder")


def _catalogue() -> list[Document]:
    return [
        document("role", "Battery", languages=("en", "de")),
        document("one", "Battery", kind="course", languages=("de",), filters={"mode": ("online",)}),
        document("two", "Battery", kind="course", languages=("de", "de"), filters={"mode": ("online", "blended")}),
        document("three", "Battery", kind="course", languages=("en",)),
        document("four", "Welding", kind="course", languages=("fr",), filters={"mode": ("online",)}),
    ]


def test_counts_are_over_all_matches_and_not_only_those_shown(listed: List) -> None:
    listed(*_catalogue())
    answer = search("battery", limit=1)
    assert answer.filters == {
        "kind": {"course": 3, "role": 1},
        "language": {"de": 3, "en": 2},
        "mode": {"online": 2, "blended": 1},
    }
    assert list(answer.filters["language"]) == ["de", "en"]


def test_chosen_kinds_limit_everything_but_the_counts_of_kinds(listed: List) -> None:
    listed(*_catalogue())
    answer = search("battery", kinds=["course"])
    assert (answer.total, {hit.kind for hit in answer.hits}) == (3, {"course"})
    assert answer.filters["kind"] == {"course": 3, "role": 1}
    assert answer.filters["language"] == {"de": 2, "en": 1}
    assert search("battery", kinds=["course", "role"]).total == 4
    assert search("battery", kinds=["nonsense"]).total == 0


def test_counts_stay_exact_with_many_values(listed: List) -> None:
    listed(*(document(f"r{n}", "Battery", filters={"provider": (f"p{n % 700}",)}) for n in range(1400)))
    assert search("battery", limit=1).filters["provider"] == {f"p{n}": 2 for n in range(700)}


def test_an_index_never_built_says_that_it_cannot_be_used(index: Index) -> None:
    for use in (
        lambda: index.search(Wanted(words=("battery",))),
        lambda: index.put([document("battery")]),
        lambda: index.remove(kind="role", uids=["x"]),
    ):
        with pytest.raises(IndexUnusableError):
            use()


def _found(index: Index, word: str) -> list[str]:
    return [hit.slug for hit in index.search(Wanted(words=(word,))).hits]


def test_replacing_all_leaves_only_the_new_documents(index: Index) -> None:
    index.replace_all([document("old", "Battery")])
    index.replace_all([document("new", "Battery")])
    assert _found(index, "battery") == ["new"]
    index.replace_all([])
    assert _found(index, "battery") == []


def test_when_listing_fails_the_old_index_stays_and_the_error_is_the_lister_s(index: Index) -> None:
    def broken_list() -> Iterator[Document]:
        yield document("new", "Battery")
        raise ValueError("a bug in the list")

    index.replace_all([document("old", "Battery")])
    with pytest.raises(ValueError, match="a bug in the list"):
        index.replace_all(broken_list())
    assert _found(index, "battery") == ["old"]


def test_put_adds_a_document_or_takes_the_place_of_the_one_with_its_uid(index: Index) -> None:
    index.replace_all([document("a", "Battery", uid="1"), document("b", "Battery", uid="1", kind="skill")])
    index.put([document("c", "Battery", uid="2"), document("a2", "Battery", uid="1")])
    assert _found(index, "battery") == ["a2", "c", "b"]
    index.put([document("a3", "Welding", uid="1")])
    assert (_found(index, "battery"), _found(index, "welding")) == (["c", "b"], ["a3"])


def test_remove_takes_out_documents_and_passes_over_strangers(index: Index) -> None:
    index.replace_all([document("a", "Battery", uid="1"), document("b", "Battery", uid="1", kind="skill")])
    index.remove(kind="role", uids=["1", "unknown"])
    assert _found(index, "battery") == ["b"]
    assert index.search(Wanted(words=("battery",))).filters["kind"] == {"skill": 1}
