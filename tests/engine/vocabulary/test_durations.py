"""Durations: ISO 8601, words of six languages, and what is too vague to be a number of minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.vocabulary.durations import LONGEST, names_duration, parse_duration

DAY_WORDS = ["days", "Tage", "jours", "días", "giorni", "dní"]
HOUR_WORDS = ["hours", "Stunden", "Std.", "heures", "horas", "ore", "hodin", "h"]
AND_WORDS = ["and", "und", "et", "y", "e", "a", "+", ""]


@given(st.integers(0, 30), st.integers(0, 500), st.integers(0, 59), st.integers(1, 12))
def test_an_iso_duration_is_days_of_learning_hours_and_minutes(days: int, hours: int, minutes: int, a_day: int) -> None:
    stated = parse_duration(f"P{days}DT{hours}H{minutes}M", hours_a_day=a_day)
    assert stated == ((days * a_day + hours) * 60 + minutes or None)


@given(st.sampled_from(DAY_WORDS), st.sampled_from(AND_WORDS), st.sampled_from(HOUR_WORDS), st.data())
def test_days_and_hours_are_summed_in_every_language(day: str, joint: str, hour: str, data: st.DataObject) -> None:
    days, hours = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 7))
    assert parse_duration(f"{days} {day} {joint} {hours} {hour}".upper()) == days * 480 + hours * 60


@given(st.integers(1, 9_999), st.sampled_from([".", ",", " ", ""]), st.sampled_from(HOUR_WORDS))
def test_thousands_may_be_marked_in_any_way(hours: int, mark: str, unit: str) -> None:
    written = f"{hours:,}".replace(",", mark)
    assert parse_duration(f"{written} {unit}") == hours * 60


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(["-", "–", " - ", " to ", " bis ", " à ", " až ", "/"]))
def test_a_span_gives_no_number(least: int, most: int, joint: str) -> None:
    text = f"{least}{joint}{most} hours"
    if (joint, least, most) != ("/", 1, 2):  # one half
        assert parse_duration(text) is None
    assert names_duration(text)


@given(st.text(st.sampled_from("PT0129HDMS.,:-–/½()+xà abdehijmnorstuy"), max_size=14) | st.text(max_size=14))
def test_no_text_makes_it_fail_or_gives_an_impossible_number(text: str) -> None:
    minutes = parse_duration(text)
    assert minutes is None or 1 <= minutes <= LONGEST
    names_duration(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("PT2H30M", 150), ("P3D", 1440), ("PT1,5H", 90), ("PT90S", 2), ("pt45m", 45), ("P0Y0M2D", 960), ("1:30 h", 90),
     ("01:30:00", 90), ("1,5 Stunden", 90), ("1h30", 90), ("1 h 30", 90), ("2h 5m", 125), ("1 Std. 30 Min.", 90),
     ("eine halbe Stunde", 30), ("half a day", 240), ("½ Tag", 240), ("1½ days", 720), ("1 1/2 days", 720),
     ("une demi-journée", 240), ("media jornada", 240), ("mezza giornata", 240), ("půlden", 240),
     ("one and a half days", 720), ("1 heure et demie", 90), ("un día y medio", 720), ("dreitägig", 1440),
     ("3-tägig", 1440), ("a two-day course", 960), ("Dauer: ca. 3 Tage", 1440), ("2 x 90 min", 180),
     ("16 UE", 720), ("24 vyučovacích hodin", 1080), ("40 ore", 2400), ("10 hodin", 600), ("2 j", 960)],
)  # fmt: skip
def test_what_people_write_is_read(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("6 weeks, 4 hours per week", 1440), ("6 týdnů, 3 hodiny týdně", 1080), ("3 ore alla settimana, 4 settimane", 720),
     ("3 Tage à 6 Stunden", 1080), ("5 Tage (je 6 Std.)", 1800), ("5 giorni, 6 ore al giorno", 1800),
     ("4 hours per week", None), ("6 weeks", None), ("6 weeks, 4 hours", None), ("6 weeks, 4 hours per day", None)],
)  # fmt: skip
def test_hours_per_week_need_the_number_of_weeks(text: str, minutes: int | None) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("3 days (24 hours)", 1440), ("2 jours (14 heures)", 840), ("14 heures (2 jours)", 840), ("2 Tage / 16 UE", 720),
     ("2 jours, 14 heures", 840), ("1 day or 8 hours", 480), ("1 day, 4 hours", None), ("3 days (2 hours)", None),
     ("8 hours (9 hours)", None)],
)  # fmt: skip
def test_hours_stated_beside_days_hold_where_they_can_be_the_same(text: str, minutes: int | None) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1Y", "P3M", "P2W", "PT0M", "0 hours", "3", "01:30", "long", "up to 3 days", "ab 3 Tagen",
     "min. 12 Stunden", "30 minutes 2 hours", "8 hours 2 hours", "Monday 3 h", "1.5.2026", "99999999 hours",
     "1 hour " + "x" * 200],
)  # fmt: skip
def test_what_is_vague_or_no_duration_gives_nothing(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize("text", ["2-3 h", "six weeks", "ab 3 Tagen", "P3M"])
def test_words_about_time_are_known_as_such(text: str) -> None:
    assert names_duration(text)


@pytest.mark.parametrize("text", ["on request", "3", "plan h", ""])
def test_other_words_are_not(text: str) -> None:
    assert not names_duration(text)
