"""Tests of synchromesh.learning.unit_kinds.video."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.learning.unit_kinds import Progress, video

_seconds = st.floats(min_value=0, max_value=100)
_spans = st.lists(st.tuples(_seconds, _seconds).map(lambda pair: sorted(pair)), max_size=8)


def _report(state: Any = None, **report: Any) -> Progress:
    return video.accept({}, state or {}, {"duration": 100} | report)


def test_a_video_is_done_when_nine_tenths_were_seen() -> None:
    assert not _report(spans=[[0, 89.9]]).is_done
    assert _report(spans=[[0, 89.9]]).answer == {"seen_percent": 89}
    assert _report(spans=[[0, 90]]).is_done


def test_jumping_to_the_end_is_not_watching() -> None:
    came = _report(spans=[[0, 5], [99, 100]], position=100)
    assert (came.is_done, came.answer, came.state["position"]) == (False, {"seen_percent": 6}, 100)


def test_seconds_add_up_over_visits_and_count_once() -> None:
    first = _report(spans=[[0, 60], [10, 20]])
    second = _report(first.state, spans=[[30, 95]])
    assert (first.is_done, second.is_done) == (False, True)
    assert second.state["spans"] == [[0, 95]]


def test_the_transcript_read_to_its_end_says_the_same() -> None:
    came = video.accept({}, {}, {"transcript_read": True})
    assert came.is_done
    assert video.accept({}, came.state, {}).is_done


def test_a_shorter_duration_does_not_make_a_video_shorter() -> None:
    state = _report(spans=[[0, 50]]).state
    assert not video.accept({}, state, {"duration": 50, "spans": []}).is_done


def test_a_report_without_a_position_leaves_it() -> None:
    state = _report(position=42).state
    assert _report(state, spans=[[0, 1]]).state["position"] == 42


@pytest.mark.parametrize(
    ("report", "field"),
    [
        ({"spans": "all"}, "spans"),
        ({"spans": [[0, 1]] * 501}, "spans"),
        ({"spans": [[5, 1]]}, "spans"),
        ({"spans": [[-1, 1]]}, "spans"),
        ({"spans": [["0", 1]]}, "spans"),
        ({"spans": [[0, float("nan")]]}, "spans"),
        ({"spans": [[0, 1]], "duration": 0}, "duration"),
        ({"duration": float("inf")}, "duration"),
        ({"duration": 10**400}, "duration"),
        ({"position": True}, "position"),
    ],
)
def test_what_no_player_reports_is_refused(report: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        _report(**report)
    assert caught.value.field == field


@settings(max_examples=60)
@given(first=_spans, second=_spans)
def test_what_was_seen_never_gets_less_and_does_not_depend_on_the_order(first: Any, second: Any) -> None:
    one = _report(spans=first)
    both = _report(one.state, spans=second)
    assert both.answer["seen_percent"] >= one.answer["seen_percent"]
    assert both.state["spans"] == _report(_report(spans=second).state, spans=first).state["spans"]
    ends = [second for span in both.state["spans"] for second in span]
    assert ends == sorted(ends)
