"""Choices, ranges, bands, counts, orders and meaning: what every backend must do; each test runs once per backend."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.search.sample_documents import document

from synchromesh.search.contract import Answer, Bands, Document, FoundBy, Order, Range
from synchromesh.search.queries import browse, search

List = Callable[..., None]

pytestmark = pytest.mark.usefixtures("backend")

_WHEN = Bands(number="start", ranges={"soon": Range(most=10), "june": Range(least=8, most=20)}, unknown="undated")


@pytest.fixture
def courses(listed: List) -> None:
    """Five courses about batteries, one about welding, and a role."""
    listed(
        _course("a", mode="online", languages=("de",), numbers={"start": 5, "price": 0}),
        _course("b", mode="online", languages=("en",), numbers={"start": 9, "price": 5000}, skill="isolate"),
        _course("c", mode="presence", languages=("de", "en"), numbers={"start": 20}),
        _course("d", mode="presence", languages=("fr",), numbers={"price": 5000}),
        _course("e", mode="blended", languages=("de",), numbers={"start": -3, "price": 90}),
        _course("w", title="Welding", mode="online", languages=("de",), numbers={"start": 9}, skill="isolate"),
        document("role", "Battery technician", languages=("en",), filters={"skill": ("isolate", "test")}),
    )


def _course(slug: str, *, mode: str, title: str = "Battery", skill: str = "", **columns: object) -> Document:
    filters = {"mode": (mode,)} | ({"skill": (skill,)} if skill else {})
    return document(slug, title, kind="course", filters=filters, **columns)


def _slugs(answer: Answer) -> str:
    return " ".join(hit.slug for hit in answer.hits)


def test_of_each_filter_one_chosen_value_must_apply(courses: None) -> None:
    assert _slugs(search("battery", chosen={"mode": ("online",)})) == "a b"
    assert _slugs(search("battery", chosen={"mode": ("online", "blended")})) == "a b e"
    assert _slugs(search("battery", chosen={"mode": ("online", "presence"), "language": ("de",)})) == "a c"
    assert _slugs(search("battery", chosen={"mode": ()}, kinds=("course",))) == "a b c d e"
    assert search("battery", chosen={"mode": ("no such",)}).total == 0
    assert search("battery", chosen={"no-such": ("online",)}).total == 0


def test_the_counts_of_a_filter_leave_its_own_choice_aside_and_only_that(courses: None) -> None:
    answer = search("battery", kinds=("course",), chosen={"mode": ("online",), "language": ("de",)})
    assert (_slugs(answer), answer.total) == ("a", 1)
    assert answer.filters == {
        "kind": {"course": 1},
        "language": {"de": 1, "en": 1},
        "mode": {"blended": 1, "online": 1, "presence": 1},
    }


def test_the_answer_says_how_many_each_choice_takes_away(courses: None) -> None:
    answer = search("battery", kinds=("course",), chosen={"mode": ("online",), "language": ("de",)})
    assert answer.without == {"mode": 3, "language": 2}
    assert search("battery").without == {}
    only_mode = search("battery", kinds=("course",), chosen={"mode": ("nothing",)}, counted=())
    assert (only_mode.total, only_mode.without, only_mode.filters) == (0, {"mode": 5}, {})


def test_kinds_are_a_filter_that_may_be_counted_but_not_taken_away(courses: None) -> None:
    answer = search("battery", kinds=("role",), chosen={"language": ("en",)})
    assert answer.filters["kind"] == {"course": 2, "role": 1}
    assert answer.without == {"language": 1}


def test_only_the_filters_asked_for_are_counted(courses: None) -> None:
    answer = search("battery", counted=("mode", "no-such"))
    assert answer.filters == {"mode": {"online": 2, "presence": 2, "blended": 1}, "no-such": {}}


def test_numbers_must_lie_in_every_range_and_what_has_none_lies_in_no_range(courses: None) -> None:
    assert _slugs(search("battery", within={"start": Range(least=5)})) == "a b c"
    assert _slugs(search("battery", within={"start": Range(least=-3, most=5)})) == "a e"
    assert _slugs(search("battery", within={"start": Range()})) == "a b c e"
    assert _slugs(search("battery", within={"start": Range(most=9), "price": Range(least=1)})) == "b e"
    assert search("battery", within={"start": Range(least=9, most=8)}).total == 0
    assert search("battery", within={"no-such": Range()}).total == 0
    assert _slugs(search("battery", within={"price": Range(least=-(10**30), most=10**30)})) == "a b d e"


def test_ranges_that_must_hold_are_never_left_aside(courses: None) -> None:
    answer = search("battery", within={"start": Range(least=9)}, chosen={"mode": ("online",)})
    assert answer.filters["mode"] == {"online": 1, "presence": 1}
    assert answer.without == {"mode": 2}


def test_bands_may_overlap_and_count_what_has_no_number(courses: None) -> None:
    answer = search("battery", kinds=("course",), bands={"when": _WHEN})
    assert answer.filters["when"] == {"soon": 3, "june": 2, "undated": 1}


def test_bands_are_chosen_and_their_own_counts_stay(courses: None) -> None:
    answer = search("battery", kinds=("course",), bands={"when": _WHEN}, chosen={"when": ("june", "undated")})
    assert _slugs(answer) == "b c d"
    assert answer.filters["when"] == {"soon": 3, "june": 2, "undated": 1}
    assert (answer.filters["mode"], answer.without) == ({"presence": 2, "online": 1}, {"when": 5})
    assert search("battery", bands={"when": _WHEN}, chosen={"when": ("no such",)}).total == 0


def test_bands_of_a_number_that_nothing_has_are_empty(courses: None) -> None:
    bands = Bands(number="no-such", ranges={"all": Range()})
    assert search("battery", bands={"x": bands}).filters["x"] == {}
    with_unknown = Bands(number="no-such", ranges={"all": Range()}, unknown="none")
    answer = search("battery", bands={"x": with_unknown}, chosen={"x": ("none",)})
    assert (answer.total, answer.filters["x"]) == (6, {"none": 6})


def test_a_band_without_limits_counts_what_has_a_number(courses: None) -> None:
    answer = search("battery", bands={"dated": Bands(number="start", ranges={"yes": Range()}, unknown="no")})
    assert answer.filters["dated"] == {"yes": 4, "no": 2}


@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        (Order(number="start"), "e a b c d"),
        (Order(number="start", descending=True), "c b a e d"),
        (Order(number="price"), "a e b d c"),
        (Order(number="price", descending=True), "b d e a c"),
        (Order(number="no-such"), "a b c d e"),
    ],
)
def test_hits_are_ordered_by_a_number_what_has_none_last_and_ties_by_slug(
    courses: None, order: Order, slugs: str
) -> None:
    found = "".join(_slugs(search("battery", kinds=("course",), order=order, limit=1, offset=n)) for n in range(6))
    assert found == slugs.replace(" ", "")
    assert _slugs(search("battery", kinds=("course",), order=order)) == slugs


def test_browsing_lists_everything_by_kind_and_slug(courses: None) -> None:
    answer = browse()
    assert (answer.total, answer.exact, answer.by_words) == (7, True, 7)
    assert _slugs(answer) == "a b c d e w role"
    assert _slugs(browse(kinds=("course",), chosen={"mode": ("online",)}, limit=2, offset=1)) == "b w"
    assert browse(chosen={"mode": ("online",)}).filters["mode"] == {"online": 3, "presence": 2, "blended": 1}


def test_browsing_nothing_is_exact(listed: List) -> None:
    listed()
    assert browse() == Answer(total=0, exact=True, hits=(), filters={"kind": {}, "language": {}})


def test_what_the_words_mean_follows_what_has_the_words(courses: None) -> None:
    answer = search("battery", kinds=("course",), meant={("skill", "isolate"): 0.8})
    assert (_slugs(answer), answer.total, answer.by_words) == ("b a c d e w", 6, 5)
    assert [hit.found_by for hit in answer.hits] == [FoundBy.WORDS] * 5 + [FoundBy.MEANING]
    assert (answer.hits[-1].because, answer.hits[0].because) == (("skill", "isolate"), None)
    assert answer.filters["mode"]["online"] == 3


def test_what_is_meant_comes_by_weight_and_says_the_weightiest_reason(courses: None) -> None:
    meant = {("skill", "isolate"): 0.5, ("skill", "test"): 0.9, ("mode", "blended"): 0.7, ("no-such", "x"): 1.0}
    answer = search("welding", meant=meant)
    assert _slugs(answer) == "w role e b"
    assert [hit.because for hit in answer.hits] == [None, ("skill", "test"), ("mode", "blended"), ("skill", "isolate")]
    pages = [_slugs(search("welding", meant=meant, limit=1, offset=n)) for n in range(5)]
    assert pages == ["w", "role", "e", "b", ""]


def test_choices_and_orders_hold_for_what_is_meant(courses: None) -> None:
    meant = {("skill", "isolate"): 0.5, ("mode", "presence"): 0.4}
    answer = search("welding", meant=meant, kinds=("course",), chosen={"mode": ("online", "presence")})
    assert (_slugs(answer), answer.by_words, answer.total) == ("w b c d", 1, 4)
    assert answer.without == {"mode": 4}
    ordered = search("welding", meant=meant, kinds=("course",), order=Order(number="start", descending=True))
    assert _slugs(ordered) == "c b w d"
    assert [hit.found_by for hit in ordered.hits] == [
        FoundBy.MEANING,
        *[FoundBy.MEANING, FoundBy.WORDS, FoundBy.MEANING],
    ]


def test_words_that_nothing_has_are_answered_by_similar_ones_and_then_by_meaning(courses: None) -> None:
    answer = search("weldinx", meant={("mode", "blended"): 0.5})
    assert (_slugs(answer), answer.exact, answer.by_words) == ("w e", False, 1)
    assert [hit.found_by for hit in answer.hits] == [FoundBy.SIMILAR, FoundBy.MEANING]


def test_words_that_exist_elsewhere_are_not_answered_by_similar_ones(courses: None) -> None:
    answer = search("welding", chosen={"mode": ("blended",)})
    assert (answer.total, answer.exact, answer.without) == (0, True, {"mode": 1})


def test_many_ties_are_ordered_by_slug_on_every_page(listed: List) -> None:
    listed(*(document(f"n{n:03}", "Laser", numbers={"price": n % 2}) for n in range(150)))
    order = Order(number="price")
    pages = [search("laser", order=order, limit=40, offset=offset).hits for offset in range(0, 160, 40)]
    expected = [*(f"n{n:03}" for n in range(0, 150, 2)), *(f"n{n:03}" for n in range(1, 150, 2))]
    assert [hit.slug for page in pages for hit in page] == expected


def test_where_many_are_similar_by_chance_the_meaning_counts_and_a_slip_still_finds_its_record(listed: List) -> None:
    near = [document(f"n{number}", f"Bettery {number}") for number in range(7)]
    listed(*near, document("w", "Laser", filters={"skill": ("store",)}), document("lone", "Hydrogen"))
    meant = {("skill", "store"): 0.9}
    answer = search("battery", meant=meant)
    assert (_slugs(answer), answer.exact, answer.by_words) == ("w", True, 0)
    assert _slugs(search("battery", meant={("skill", "store"): 0.2})) == "n0 n1 n2 n3 n4 n5 n6 w"
    answer = search("hydrogin", meant=meant)
    assert (_slugs(answer), answer.exact, answer.by_words) == ("lone w", False, 1)
