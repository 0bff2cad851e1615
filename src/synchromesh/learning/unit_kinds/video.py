"""A video with captions and a transcript: {media, poster?, captions: {language: file}, transcripts, alternatives}.

The player reports which seconds were seen; they add up over visits and devices. The unit is done when 90 % of the video
was seen, or when the transcript was read to its end, which says the same.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import (
    PICTURES,
    VIDEOS,
    address_of,
    ending_of,
    entries,
    findings_of,
    mapping,
    shown,
    shown_or_empty,
    text_places,
    word,
)

TITLE = gettext_noop("Video")
DONE_BY = DoneBy.REPORT
ENOUGH_PERCENT = 90
"""Of the video, in seconds that were seen; the rest is titles and credits."""
MOST_SPANS = 500
"""In one report."""
LONGEST = 12 * 60 * 60
"""Seconds of a video."""
_GAP = 1.0  # seconds: a player reports where it is a few times a second, so that neighbouring spans do not quite touch

Span = tuple[float, float]


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """A video needs captions and a transcript in each language, and words for whoever cannot see it."""
    top = findings_of(content, languages, media)
    top.allow("media", "poster", "captions", "transcripts", "alternatives")
    top.check_medium("media", VIDEOS)
    top.check_medium("poster", PICTURES, is_needed=False)
    captions = mapping(top.content.get("captions"))
    for code, name in captions.items():
        top.check_file(f"captions {str(code)[:20]}", name, ("vtt",))
    missing = [code for code in languages if code not in captions]
    if missing or not captions:
        top.add("captions", f"Captions are missing{': ' + ', '.join(missing) if missing else ''}.")
    top.check_texts("transcripts", is_needed=True)
    top.check_texts("alternatives", is_needed=True)
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """The video, the picture before it starts, and the captions."""
    own = mapping(content)
    names = [own.get("media"), own.get("poster"), *mapping(own.get("captions")).values()]
    return {word(name) for name in names if word(name)}


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """The transcript and the alternative; captions are files."""
    return text_places(content, {"transcripts": True, "alternatives": False})


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The addresses of the files and the words in the reader's language."""
    own = mapping(content)
    captions = sorted((code, name) for code, name in mapping(own.get("captions")).items() if word(code) and word(name))
    return {
        "address": address_of(links, own.get("media")),
        "media_type": f"video/{ending_of(own.get('media'))}" if ending_of(own.get("media")) in VIDEOS else "",
        "poster": address_of(links, own.get("poster")),
        "captions": [{"language": code, "address": address_of(links, name)} for code, name in captions],
        "transcript": shown(own.get("transcripts"), language),
        "alternative": shown_or_empty(own.get("alternatives"), language),
    }


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """Add what was seen since the page opened; the answer is `{seen_percent}`, rounded down.

    A report: `spans` of seconds seen, `duration` of the video, `position` of the player, `transcript_read`; each may be
    left out. Raises InvalidInput.
    """
    duration = max(_seconds(report, "duration"), _stated(state, "duration"))
    spans = joined([*_spans(state, duration), *_reported_spans(report, duration)])
    read = state.get("transcript_read") is True or report.get("transcript_read") is True
    position = _seconds(report, "position") if "position" in report else _stated(state, "position")
    seen = sum(end - start for start, end in spans)
    percent = min(100, math.floor(100 * seen / duration)) if duration else 0
    return Progress(
        state={
            "spans": [list(span) for span in spans],
            "duration": duration,
            "position": min(position, duration) if duration else position,
            "transcript_read": read,
        },
        is_done=read or percent >= ENOUGH_PERCENT,
        answer={"seen_percent": percent},
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same seconds in order, each once; spans that touch, or almost, become one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + _GAP:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _reported_spans(report: Mapping[str, Any], duration: float) -> list[Span]:
    stated = report.get("spans", [])
    if not isinstance(stated, list) or len(stated) > MOST_SPANS:
        raise InvalidInput(f"Report at most {MOST_SPANS} spans of seconds, as a list.", field="spans")
    if stated and not duration:
        raise InvalidInput("Say how long the video is.", field="duration")
    found = [_span(value, duration) for value in stated]
    if None in found:
        raise InvalidInput("A span is [from, to] in seconds of the video.", field="spans")
    return [span for span in found if span is not None]


def _spans(state: Mapping[str, Any], duration: float) -> list[Span]:
    return [span for span in (_span(value, duration) for value in entries(state.get("spans"))) if span is not None]


def _span(value: object, duration: float) -> Span | None:
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(_is_seconds(part) for part in value):
        return None
    start, end = float(value[0]), min(float(value[1]), duration)
    return (start, end) if start <= end else None


def _seconds(report: Mapping[str, Any], name: str) -> float:
    value = report.get(name, 0)
    if not _is_seconds(value):
        raise InvalidInput(f"This is a number of seconds from 0 to {LONGEST}.", field=name)
    return float(value)


def _stated(state: Mapping[str, Any], name: str) -> float:
    value = state.get(name, 0)
    return float(value) if _is_seconds(value) else 0.0


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST
