"""`synchromesh match`: from texts to skills."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.esco_records import WELDER, WELDING, an_esco
from tests.records import a_role
from tests.site.console.conftest import Command, Outcome

from synchromesh.framework.models import JobRole, Skill
from synchromesh.framework.queries import text_matching
from synchromesh.site.console import matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching", "framework")]
TEXT = "We isolate high voltage and weld busbars."


@pytest.fixture
def framework(db: None) -> None:
    """Three skills and a role."""
    a_role("battery-technician", {"isolate-high-voltage": 2, "weld-busbars": 1, "draw-maps": 1})


@pytest.fixture
def answered(command: Command, tmp_path: Path) -> Any:
    """Run `match` on a file with this content."""

    def run(content: str | bytes, *words: str) -> Outcome:
        file = tmp_path / "texts.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return command("match", str(file), *words)

    return run


def _uri(slug: str) -> str:
    return f"/id/skill/{Skill.objects.get(slug=slug).uid}"


def _json_lines(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.code == 0
    return [json.loads(line) for line in outcome.output.decode().splitlines()]


def test_the_answer_has_the_agreed_form(answered: Any) -> None:
    answer = answered(TEXT, "--json", "--top", "2").answer
    assert list(answer) == ["matches", "accepted", "language"]
    first = answer["matches"][0]
    assert set(first) == {"uri", "label", "probability", "spans", "level", "alternatives"}
    assert {match["uri"] for match in answer["matches"]} == {_uri("isolate-high-voltage"), _uri("weld-busbars")}
    start, end = first["spans"][0]
    assert TEXT[start:end].casefold() in first["label"].casefold()
    assert 0 <= first["probability"] <= 1
    assert answer["language"] == "en"


def test_matches_are_ranked_without_a_threshold_and_accepted_is_the_set_above_it(answered: Any) -> None:
    answer = answered("weld busbars", "--json").answer
    found = [match["probability"] for match in answer["matches"]]
    assert found == sorted(found, reverse=True)
    assert answer["accepted"] == [_uri("weld-busbars")]
    none = answered("We eat lunch together and go home when it rains.", "--json").answer
    assert none["matches"]
    assert none["accepted"] == []


def test_there_are_as_many_answers_as_lines_in_their_order(answered: Any) -> None:
    lines = ["weld busbars", "", "isolate high voltage", "   ", "draw maps", "nothing of this"]
    answers = _json_lines(answered("\n".join(lines), "--lines", "--json"))
    best = [answer["accepted"][0] if answer["accepted"] else "" for answer in answers]
    assert best == [_uri("weld-busbars"), "", _uri("isolate-high-voltage"), "", _uri("draw-maps"), ""]


def test_lines_are_json_with_and_without_the_word_json(answered: Any) -> None:
    assert answered("weld", "--lines").output == answered("weld", "--lines", "--json").output


@pytest.mark.parametrize("count", [63, 64, 65, 1000])
def test_many_lines_are_answered_in_batches_without_losing_one(
    answered: Any, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    sizes = []
    ask = matching._ask

    def counted(texts: Sequence[str], *more: Any) -> Any:
        sizes.append(len(texts))
        return ask(texts, *more)

    monkeypatch.setattr(matching, "_ask", counted)
    content = "weld busbars\ndraw maps\n" * (count // 2) + "weld busbars\n" * (count % 2)
    answers = _json_lines(answered(content, "--lines"))
    assert len(answers) == count
    wanted = [_uri(slug) for slug in ("weld-busbars", "draw-maps")]
    assert [answer["matches"][0]["uri"] for answer in answers] == [wanted[place % 2] for place in range(count)]
    assert max(sizes) <= 64
    assert sum(sizes) == count


def test_a_line_that_cannot_be_read_says_so_in_its_place(answered: Any) -> None:
    outcome = answered(b"weld busbars\n\xff\xfe\x00\ndraw maps\n" + b"x" * 200_001 + b"\nweld busbars", "--lines")
    answers = _json_lines(outcome)
    assert [bool(answer["matches"]) for answer in answers] == [True, False, True, False, True]
    assert [answer.get("error", {}).get("field") for answer in answers] == [None, "line 2", None, "line 4", None]
    assert answers[1]["error"]["code"] == "invalid_input"
    assert "2 lines could not be read" in outcome.notes


def test_binary_junk_gets_an_answer_for_each_line(answered: Any) -> None:
    junk = bytes(range(256)) * 50
    assert len(_json_lines(answered(junk, "--lines"))) == junk.count(b"\n") + 1


def test_binary_junk_as_one_text_is_refused(answered: Any) -> None:
    assert answered(bytes(range(256)) * 50).refusal["field"] == "file"


def test_places_count_characters_also_in_text_from_right_to_left(answered: Any) -> None:
    text = "🔋 مرحبا, weld busbars, שלום"
    for words in (["--lines"], ["--json"]):
        answer = _json_lines(answered(text, *words))[0]
        spans = answer["matches"][0]["spans"]
        assert {text[start:end] for start, end in spans} <= {"weld", "busbars", "weld busbars"}


def test_the_table_for_people_names_label_probability_words_and_address(answered: Any) -> None:
    text = answered(TEXT).text
    assert "Weld busbars" in text
    assert " %" in text
    assert _uri("weld-busbars") in text
    assert "“" in text


def test_the_table_does_not_let_a_file_steer_the_terminal(answered: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Weld busbars" in answered("weld\x1b[31m busbars\u202e\x07", "--top", "1").text
    assert matching._printable("a\x1b[31m\u202eb\n") == "a [31m b "


def test_a_text_in_which_nothing_fits_is_answered_in_words(answered: Any) -> None:
    assert answered("").text == "Nothing in this text fits.\n"
    assert answered("", "--json", "--lang", "de").answer == {"matches": [], "accepted": [], "language": "de"}


def test_standard_input_is_read_when_no_file_is_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["match", "--lines"], ["match", "-", "--json"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"weld busbars")))
        assert command(*words).answer["accepted"] == [_uri("weld-busbars")]


def test_roles_of_the_framework_are_matched_as_occupations(answered: Any) -> None:
    answer = answered("Battery technician", "--kind", "occupation", "--json").answer
    assert answer["accepted"] == [f"/id/role/{JobRole.objects.get().uid}"]


def test_esco_is_matched_by_the_addresses_of_its_concepts(answered: Any) -> None:
    assert answered("weld metal", "--vocabulary", "esco", "--json").refusal["code"] == "not_found"
    an_esco()
    assert answered("weld metal", "--vocabulary", "esco", "--json").answer["accepted"] == [WELDING]
    words = ["--vocabulary", "esco", "--kind", "occupation"]
    assert _json_lines(answered("welder\nwelder", *words, "--lines"))[1]["accepted"] == [WELDER]


def test_a_mode_that_is_not_there_is_noted_once_beside_the_answer(
    answered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = text_matching.match_texts
    words = "The mode quality is not available."
    monkeypatch.setattr(text_matching, "match_texts", lambda *a, **more: replace(ask(*a, **more), fell_back=words))
    outcome = answered("weld busbars\n" * 200, "--lines")
    assert len(_json_lines(outcome)) == 200
    assert outcome.notes == f"Note: {words}\n"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["--top", "0"], "top"),
        (["--top", "1001"], "top"),
        (["--top", "many"], "arguments"),
        (["--lang", "klingon"], "lang"),
        (["--mode", "best"], "arguments"),
        (["--vocabulary", "onet"], "arguments"),
        (["--kind", "course"], "arguments"),
    ],
)
def test_a_wrong_option_is_refused(answered: Any, words: list[str], field: str) -> None:
    refusal = answered("weld", *words).refusal
    assert (refusal["code"], refusal["field"]) == ("invalid_input", field)


def test_a_file_that_is_not_there_is_refused(command: Command) -> None:
    for words in ([], ["--lines"]):
        assert command("match", "/no/such/file", *words).refusal["field"] == "file"


def test_one_text_that_is_too_long_is_refused(answered: Any) -> None:
    assert answered("x" * 200_001, "--json").refusal["code"] == "invalid_input"


def test_a_reader_that_stops_early_meets_no_error(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_bytes(b"\n" * 100_000)
    environment = {**os.environ, "SYNCHROMESH_DATA_DIR": str(tmp_path)}
    program = "import sys; from synchromesh.site.console import main; sys.exit(main(['match', sys.argv[1], '--lines']))"
    command = [sys.executable, "-c", program, str(file)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
