"""What each interaction of QTI becomes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.engine.exchange.questions.qti_items import MAP, choices, item, mapping, read_all, read_one, response, why_not
from tests.engine.exchange.questions.qti_questions import PICTURE

from synchromesh.engine.exchange.questions import read_questions
from synchromesh.engine.vocabulary.questions import (
    Choices,
    FileAnswer,
    FillIn,
    FreeText,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    QuestionKind,
    Region,
    Scale,
    ShortText,
)


def test_a_choice_with_one_right_answer_is_single() -> None:
    question = read_one(item(choices("A", "B", "C"), declared=response("B")))
    assert (question.key, question.kind, int(question.points)) == ("q-1", QuestionKind.SINGLE, 1)
    assert question.prompts == {"en": "Which one?"}
    assert isinstance(question.body, Choices)
    assert [(choice.key, choice.correct) for choice in question.body.choices] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]
    assert question.body.keep_order


def test_a_shuffled_choice_of_several_with_a_mapping_gives_parts_of_the_points() -> None:
    worths = mapping({"A": 1, "B": 1, "C": -1}, lower_bound="0", upper_bound="2")
    declared = response("A", "B", cardinality="multiple", mapping=worths)
    body = choices("A", "B", "C", attributes='max-choices="0" shuffle="true"')
    question = read_one(item(body, declared=declared, rules=MAP))
    assert (question.kind, int(question.points), question.partial) == (QuestionKind.MULTIPLE, 2, True)
    assert isinstance(question.body, Choices)
    assert not question.body.keep_order


def test_parts_that_weigh_differently_are_told() -> None:
    worths = mapping({"A": 3, "B": 1, "C": -1}, lower_bound="0")
    declared = response("A", "B", cardinality="multiple", mapping=worths)
    read = read_all(item(choices("A", "B", "C", attributes='max-choices="0"'), declared=declared, rules=MAP))
    assert (int(read.questions[0].points), read.questions[0].partial) == (4, True)
    assert [problem.message[:40] for problem in read.problems] == ["The parts of the answer weigh differentl"]


@pytest.mark.parametrize(("one", "other", "kind"), [("Ja", "Nein", "single"), ("Richtig", "Falsch", "true-false")])
def test_true_and_false_are_a_kind_of_their_own_when_the_texts_say_no_more(one: str, other: str, kind: str) -> None:
    body = choices("false", "true").replace("Answer true", one).replace("Answer false", other)
    question = read_one(item(body, declared=response("false")))
    assert question.kind.value == kind
    assert isinstance(question.body, Choices)
    assert [choice.key for choice in question.body.choices if choice.correct] == ["false"]


def test_a_choice_without_a_right_answer_is_a_scale() -> None:
    question = read_one(item(choices("A", "B"), declared=response(), rules=""))
    assert question.kind is QuestionKind.SCALE
    assert isinstance(question.body, Scale)
    assert [step.texts for step in question.body.steps] == [{"en": "Answer A"}, {"en": "Answer B"}]


def test_a_choice_of_several_without_a_right_answer_is_left_out() -> None:
    declared = response(cardinality="multiple")
    body = choices("A", "B", attributes='max-choices="0"')
    assert "which choice is right" in why_not(item(body, declared=declared, rules=""))


def test_an_order_is_read_in_its_right_order() -> None:
    body = choices("A", "B", "C").replace("choice-interaction", "order-interaction")
    question = read_one(item(body, declared=response("C", "A", "B", cardinality="ordered")))
    assert question.kind is QuestionKind.ORDER
    assert isinstance(question.body, Ordering)
    assert [found.key for found in question.body.items] == ["c", "a", "b"]


def sides(*sets: str) -> str:
    choice = '<qti-simple-associable-choice identifier="{0}" match-max="1">Text {0}</qti-simple-associable-choice>'
    inside = "".join(
        f"<qti-simple-match-set>{''.join(choice.format(name) for name in names)}</qti-simple-match-set>"
        for names in sets
    )
    return f'<qti-match-interaction response-identifier="RESPONSE">{inside}</qti-match-interaction>'


@pytest.mark.parametrize(
    ("sets", "pairs", "expected"),
    [
        (("AB", "XYZ"), ("A X", "B X"), {"a": "x", "b": "x"}),
        (("XYZ", "AB"), ("X A", "X B"), {"a": "x", "b": "x"}),
    ],
    ids=["items first", "targets first"],
)
def test_a_match_has_one_target_for_each_item(sets: tuple[str, str], pairs: tuple[str, ...], expected: object) -> None:
    declared = response(*pairs, kind="directedPair", cardinality="multiple")
    question = read_one(item(sides(*sets), declared=declared))
    assert isinstance(question.body, Matching)
    assert question.body.pairs == expected
    assert question.prompts == {"en": "A title"}


def test_a_match_in_which_both_sides_have_several_partners_is_left_out() -> None:
    declared = response("A X", "A Y", "B X", kind="directedPair", cardinality="multiple")
    assert "no partner or several" in why_not(item(sides("AB", "XY"), declared=declared))


def test_a_match_with_a_partner_that_is_not_there_is_left_out() -> None:
    declared = response("A X", "B Z", kind="directedPair", cardinality="multiple")
    assert "a choice that it does not have" in why_not(item(sides("AB", "XY"), declared=declared))


def test_associated_pairs_are_matched() -> None:
    choice = '<qti-simple-associable-choice identifier="{0}" match-max="1">Text {0}</qti-simple-associable-choice>'
    inside = "".join(choice.format(name) for name in "ABCDE")
    body = f'<qti-associate-interaction response-identifier="RESPONSE">{inside}</qti-associate-interaction>'
    question = read_one(item(body, declared=response("D A", "B C", kind="pair", cardinality="multiple")))
    assert isinstance(question.body, Matching)
    assert question.body.pairs == {"a": "d", "b": "c"}
    assert [target.key for target in question.body.targets] == ["c", "d", "e"]


def entry(name: str = "RESPONSE") -> str:
    return f'<qti-text-entry-interaction response-identifier="{name}"/>'


def test_a_text_entry_alone_in_its_block_is_a_short_text_with_all_accepted_forms() -> None:
    worths = mapping({"relay": 1, "contactor": 1, "switch": 0.5})
    declared = response("contactor", kind="string", mapping=worths)
    read = read_all(item(f"<p>What opens?</p><p>{entry()}</p>", declared=declared, rules=MAP))
    (question,) = read.questions
    assert isinstance(question.body, ShortText)
    assert question.body.accepted == {"en": ("contactor", "relay")}
    assert not question.body.exact_case
    assert "part of the points" in read.problems[0].message


def test_text_that_must_match_exactly_keeps_its_case() -> None:
    question = read_one(item(f"<p>Which unit?</p><div>{entry()}</div>", declared=response("kWh", kind="string")))
    assert isinstance(question.body, ShortText)
    assert question.body.exact_case


def test_a_text_entry_inside_a_sentence_is_a_gap() -> None:
    question = read_one(item(f"<p>The {entry()} opens.</p>", declared=response("relay", kind="string")))
    assert question.prompts == {"en": "The {{response}} opens."}
    assert isinstance(question.body, FillIn)
    assert question.body.gaps[0].accepted == {"en": ("relay",)}


def test_several_entries_and_lists_are_gaps_of_one_text() -> None:
    option = '<qti-inline-choice identifier="{}">{}</qti-inline-choice>'
    options = option.format("V", "volt") + option.format("A", "ampere")
    body = (
        f"<p>{entry('G1')} is measured in "
        f'<qti-inline-choice-interaction response-identifier="G2">{options}</qti-inline-choice-interaction>.</p>'
    )
    declared = response("Voltage", kind="string").replace("RESPONSE", "G1") + response("V").replace("RESPONSE", "G2")
    question = read_one(item(body, declared=declared, rules=""))
    assert question.prompts == {"en": "{{g1}} is measured in {{g2}}."}
    assert isinstance(question.body, FillIn)
    assert [(option.key, option.correct) for option in question.body.gaps[1].options] == [("v", True), ("a", False)]
    assert (int(question.points), question.partial) == (1, False)


def test_texts_for_gaps_are_lists_to_pick_from() -> None:
    body = (
        '<qti-gap-match-interaction response-identifier="RESPONSE">'
        '<qti-gap-text identifier="W" match-max="1">winter</qti-gap-text>'
        '<qti-gap-text identifier="S" match-max="1">summer</qti-gap-text>'
        '<p>Now is the <qti-gap identifier="G1"/> made <qti-gap identifier="G2"/>.</p></qti-gap-match-interaction>'
    )
    declared = response("W G1", "S G2", kind="directedPair", cardinality="multiple")
    question = read_one(item(body, declared=declared))
    assert question.prompts == {"en": "Now is the {{g1}} made {{g2}}."}
    assert isinstance(question.body, FillIn)
    assert [[option.correct for option in gap.options] for gap in question.body.gaps] == [[True, False], [False, True]]


def test_texts_for_gaps_without_a_gap_are_left_out() -> None:
    texts = "".join(f'<qti-gap-text identifier="{name}" match-max="1">{name}</qti-gap-text>' for name in "AB")
    body = (
        f'<qti-gap-match-interaction response-identifier="RESPONSE">{texts}<p>No gap.</p></qti-gap-match-interaction>'
    )
    assert "exactly one text for each" in why_not(item(body, declared=response(kind="directedPair")))


def near(mode: str) -> str:
    return (
        "<qti-response-processing><qti-response-condition><qti-response-if>"
        f'<qti-equal {mode}><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>'
        '<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">2</qti-base-value>'
        "</qti-set-outcome-value></qti-response-if></qti-response-condition></qti-response-processing>"
    )


@pytest.mark.parametrize(
    ("mode", "tolerance", "in_percent"),
    [
        ('tolerance-mode="exact"', "0", False),
        ('tolerance-mode="absolute" tolerance="0.5"', "0.5", False),
        ('tolerance-mode="relative" tolerance="2 2"', "2", True),
    ],
)
def test_a_number_has_the_tolerance_of_its_comparison(mode: str, tolerance: str, in_percent: bool) -> None:
    declared = response("60.5", kind="float")
    question = read_one(item(f"<p>How much?</p><p>{entry()} V</p>", declared=declared, rules=near(mode)))
    assert question.prompts == {"en": "How much?"}
    assert question.points == 2
    assert question.body == Numeric(
        value=Decimal("60.5"), tolerance=Decimal(tolerance), tolerance_in_percent=in_percent, units={"V": Decimal(1)}
    )


@pytest.mark.parametrize("mode", ['tolerance-mode="absolute" tolerance="1 2"', 'tolerance-mode="other"'])
def test_a_number_with_a_tolerance_that_we_do_not_have_is_left_out(mode: str) -> None:
    assert why_not(item(f"<p>{entry()}</p>", declared=response("5", kind="float"), rules=near(mode)))


def test_an_extended_text_is_marked_by_its_rubric_and_has_its_model_answer() -> None:
    body = (
        '<qti-rubric-block use="scoring" view="scorer"><qti-content-body><p>Two reasons.</p></qti-content-body>'
        '</qti-rubric-block><qti-extended-text-interaction response-identifier="RESPONSE"><qti-prompt>Why?'
        "</qti-prompt></qti-extended-text-interaction>"
    )
    read = read_all(item(body, declared=response("Since it is.", kind="string"), rules=""))
    (question,) = read.questions
    assert isinstance(question.body, FreeText)
    assert question.prompts == {"en": "Why?"}
    assert question.body.model_answers == {"en": "Since it is."}
    assert [step.texts["en"] for step in question.body.rubric[0].steps] == ["0", "Two reasons."]
    assert "rubric has one step only" in read.problems[0].message


def test_an_upload_is_a_file_question_with_the_endings_of_its_types() -> None:
    body = '<p>Hand in.</p><qti-upload-interaction response-identifier="RESPONSE" type="application/pdf image/jpeg"/>'
    question = read_one(item(body, declared=response(kind="file"), rules=""))
    assert isinstance(question.body, FileAnswer)
    assert question.body.endings == ("pdf", "jpg", "jpeg")


HOTSPOT = (
    '<p>Where?</p><qti-hotspot-interaction response-identifier="RESPONSE" max-choices="1">'
    '<img src="images/Pack%201.svg" alt="A pack" width="200" height="100"/>'
    '<qti-hotspot-choice identifier="P" shape="circle" coords="100,50,20" hotspot-label="The plug"/>'
    '<qti-hotspot-choice identifier="H" shape="rect" coords="0,0,50,50"/>'
    '<qti-hotspot-choice identifier="L" shape="poly" coords="0%,0%,10%,0%,10%,10%"/></qti-hotspot-interaction>'
)


def whole(region: Region) -> list[int]:
    """The places, which are whole percent here."""
    assert all(place == int(place) for place in region.places)
    return [int(place) for place in region.places]


def test_places_in_a_picture_are_in_percent_of_its_width_and_height() -> None:
    files = {"i/item.xml": item(HOTSPOT, declared=response("P")), "i/images/Pack 1.svg": PICTURE}
    read = read_questions(files)
    (question,) = read.questions
    assert isinstance(question.body, Hotspot)
    assert (question.body.media, question.body.alternatives) == ("pack-1.svg", {"en": "A pack"})
    assert read.media == {"pack-1.svg": PICTURE}
    plug, hose, lid = question.body.regions
    assert (plug.shape, whole(plug), plug.labels, plug.correct) == ("circle", [50, 50, 10], {"en": "The plug"}, True)
    assert (hose.shape, whole(hose), hose.labels) == ("rectangle", [0, 0, 25, 50], {"en": "2"})
    assert (lid.shape, whole(lid)) == ("polygon", [0, 0, 10, 0, 10, 10])
    assert [problem.message[:35] for problem in read.problems] == ["The places in the picture have no l"]


def test_a_picture_that_is_not_among_the_files_leaves_the_item_out() -> None:
    assert "is not among the files" in why_not(item(HOTSPOT, declared=response("P")))


@pytest.mark.parametrize("name", ["hottext", "slider", "graphic-order", "select-point", "drawing", "media"])
def test_an_interaction_without_a_kind_here_is_named(name: str) -> None:
    body = f'<qti-{name}-interaction response-identifier="RESPONSE"/>'
    assert f"qti-{name}-interaction" in why_not(item(body, declared=response("A")))


def test_several_interactions_are_not_one_question() -> None:
    body = choices("A", "B") + choices("A", "B")
    assert "several interactions" in why_not(item(body, declared=response("A")))
