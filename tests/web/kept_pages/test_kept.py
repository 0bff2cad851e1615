"""The pages of a process: found under their stamp only, never more bytes than allowed, the longest unused give way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synchromesh.web.kept_pages.kept import KeptPage, KeptPages

STEPS = st.lists(st.tuples(st.sampled_from("kf"), st.integers(0, 5), st.integers(0, 2), st.integers(0, 9000)))


def _page(size: int = 0, text: bytes = b"x") -> KeptPage:
    return KeptPage(content=text * size, headers={})


@given(STEPS)
def test_what_is_found_was_kept_last_under_that_key_and_stamp(steps: list[tuple[str, int, int, int]]) -> None:
    pages, last = KeptPages(most_bytes=20_000), dict[tuple[int], tuple[int, KeptPage]]()
    for do, number, stamp, size in steps:
        key = (str(number),)
        if do == "k":
            page = _page(size)
            pages.keep(key, stamp, page)
            last[number,] = (stamp, page)
        else:
            found = pages.find(key, stamp)
            assert found is None or last[number,] == (stamp, found)
        assert 0 <= pages.bytes <= 20_000
        assert bool(pages.bytes) == bool(len(pages))


def test_what_was_not_asked_for_the_longest_gives_way() -> None:
    pages = KeptPages(most_bytes=3 * _page(1000).size)
    for name in ("a", "b", "c"):
        pages.keep((name,), 1, _page(1000))
    assert pages.find(("a",), 1)
    pages.keep(("d",), 1, _page(1000))
    assert [name for name in "abcd" if (name,) in pages] == ["a", "c", "d"]


def test_an_outdated_page_is_thrown_away_when_it_is_looked_for() -> None:
    pages = KeptPages(most_bytes=100_000)
    pages.keep(("a",), 1, _page(10))
    assert pages.find(("a",), 2) is None
    assert len(pages) == pages.bytes == 0


def test_a_page_larger_than_everything_pushes_nothing_out() -> None:
    pages = KeptPages(most_bytes=10_000)
    pages.keep(("a",), 1, _page(10))
    pages.keep(("large",), 1, _page(10_000))
    assert pages.find(("a",), 1)
    assert ("large",) not in pages
