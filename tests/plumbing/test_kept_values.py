"""Values that are kept while a stamp stays the same, and are read again when it changes or cannot be told."""

from __future__ import annotations

from collections.abc import Hashable

from synchromesh.plumbing.kept_values import KeptValues


class Table:
    """What is read, and how often."""

    def __init__(self, **rows: int) -> None:
        self.rows = rows
        self.asked: list[list[str]] = []
        self.stamp: Hashable = 1

    def read(self, keys: list[str]) -> dict[str, int]:
        """The rows that there are."""
        self.asked.append(sorted(keys))
        return {key: self.rows[key] for key in keys if key in self.rows}

    def kept(self, most: int = 100) -> KeptValues[str, int]:
        """Values under the stamp of the table."""
        return KeptValues(most=most, stamp=lambda: self.stamp)


def test_only_what_is_not_known_is_read() -> None:
    table = Table(a=1, b=2, c=3)
    kept = table.kept()
    assert kept.find(["a", "b"], table.read) == {"a": 1, "b": 2}
    assert kept.find(["a", "b", "c"], table.read) == {"a": 1, "b": 2, "c": 3}
    assert kept.find(["c", "a"], table.read) == {"c": 3, "a": 1}
    assert table.asked == [["a", "b"], ["c"]]


def test_another_stamp_has_everything_read_again() -> None:
    table = Table(a=1)
    kept = table.kept()
    kept.find(["a"], table.read)
    table.rows["a"] = 2
    assert kept.find(["a"], table.read) == {"a": 1}
    table.stamp = 2
    assert kept.find(["a"], table.read) == {"a": 2}


def test_without_a_stamp_nothing_is_kept() -> None:
    table = Table(a=1)
    kept = table.kept()
    table.stamp = None
    for value in (1, 2, 3):
        table.rows["a"] = value
        assert kept.find(["a"], table.read) == {"a": value}


def test_what_was_read_while_something_changed_is_read_again() -> None:
    table = Table(a=1)
    kept = table.kept()

    def read_while_somebody_writes(keys: list[str]) -> dict[str, int]:
        found = table.read(keys)
        table.rows["a"], table.stamp = 2, 2
        return found

    assert kept.find(["a"], read_while_somebody_writes) == {"a": 1}
    assert kept.find(["a"], table.read) == {"a": 2}


def test_what_is_not_there_is_left_out_and_looked_for_again() -> None:
    table = Table(a=1)
    kept = table.kept()
    assert kept.find(["a", "b"], table.read) == {"a": 1}
    table.rows["b"] = 2
    assert kept.find(["a", "b"], table.read) == {"a": 1, "b": 2}


def test_no_more_are_kept_than_allowed() -> None:
    table = Table(**dict.fromkeys("abcdef", 1))
    kept = table.kept(most=4)
    kept.find(list("abc"), table.read)
    kept.find(list("de"), table.read)
    kept.find(list("abc"), table.read)
    assert table.asked == [["a", "b", "c"], ["d", "e"], ["a", "b", "c"]]
    assert kept.find(list("abcdef"), table.read) == dict.fromkeys("abcdef", 1)
