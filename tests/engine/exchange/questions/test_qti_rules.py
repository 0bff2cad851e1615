"""Points and feedback follow from the rules of an item, in whatever way they are written."""

from __future__ import annotations

import pytest
from tests.engine.exchange.questions.qti_items import (
    MAP,
    MATCH,
    choices,
    item,
    mapping,
    read_all,
    read_one,
    response,
    why_not,
)

from synchromesh.engine.vocabulary.questions import Choices, QuestionKind

VARIABLE = '<qti-variable identifier="RESPONSE"/>'
RIGHT = f'<qti-match>{VARIABLE}<qti-correct identifier="RESPONSE"/></qti-match>'
BODY = choices("A", "B")


def base(value: object, kind: str = "float") -> str:
    return f'<qti-base-value base-type="{kind}">{value}</qti-base-value>'


def put(outcome: str, value: str) -> str:
    return f'<qti-set-outcome-value identifier="{outcome}">{value}</qti-set-outcome-value>'


def condition(test: str, then: str, otherwise: str = "") -> str:
    other = f"<qti-response-else>{otherwise}</qti-response-else>" if otherwise else ""
    return f"<qti-response-condition><qti-response-if>{test}{then}</qti-response-if>{other}</qti-response-condition>"


def rules(*written: str) -> str:
    return f"<qti-response-processing>{''.join(written)}</qti-response-processing>"


NOTHING = f"<qti-is-null>{VARIABLE}</qti-is-null>"
IS_A = f"<qti-member>{base('A', 'identifier')}<qti-multiple>{VARIABLE}</qti-multiple></qti-member>"


@pytest.mark.parametrize(
    "written",
    [
        rules(condition(RIGHT, put("SCORE", base(3)), put("SCORE", base(0)))),
        rules(condition(NOTHING, put("SCORE", base(0)), condition(RIGHT, put("SCORE", base(3))))),
        rules(
            condition(f"<qti-or>{NOTHING}<qti-not>{RIGHT}</qti-not></qti-or>", "<qti-exit-response/>"),
            put("SCORE", f"<qti-sum>{base(1)}{base(2)}</qti-sum>"),
        ),
        rules(condition(IS_A, put("SCORE", f"<qti-product>{base(1.5)}{base(2)}</qti-product>"))),
    ],
    ids=["match", "nested", "early end", "member"],
)
def test_rules_that_mean_the_same_give_the_same_points(written: str) -> None:
    question = read_one(item(BODY, declared=response("A"), rules=written))
    assert (question.kind, int(question.points), question.partial) == (QuestionKind.SINGLE, 3, False)


def test_without_rules_what_is_declared_right_is_right() -> None:
    assert read_one(item(BODY, declared=response("A"), rules="")).points == 1


def test_points_below_nothing_are_told() -> None:
    declared = response("A", mapping=mapping({"A": 2, "B": -1}))
    read = read_all(item(BODY, declared=declared, rules=MAP))
    assert read.questions[0].points == 2
    assert [problem.message for problem in read.problems] == ["Points below 0 are counted as 0 here."]


VALUE = '<qti-variable identifier="SCORE"/>'
SQUARED = put("SCORE", f"<qti-product>{VALUE}{VALUE}</qti-product>")


@pytest.mark.parametrize(
    ("declared", "written", "said"),
    [
        (response("A"), MATCH.replace("match_correct", "own_rules"), "it uses the template"),
        (response("A"), rules(put("SCORE", '<qti-random-float min="0" max="1"/>')), "it uses qti-random-float"),
        (response("A"), rules('<qti-lookup-outcome-value identifier="SCORE"/>'), "qti-lookup-outcome-value"),
        (response("A"), MAP, "qti-map-response without a qti-mapping"),
        (response("A"), rules(put("SCORE", base(1))), "all points for more answers"),
        (response("A"), rules(put("OTHER", base(1))), "gives no points"),
        (response("A"), rules(condition(RIGHT, put("SCORE", base("1E30")))), "more than 1000 points"),
        (response("A"), rules(put("SCORE", base(9)), SQUARED * 25), "numbers that are too large"),
        (response("A", mapping=mapping({"A": 1, "B": 0.5})), MAP, "part of the points"),
    ],
)
def test_rules_that_we_cannot_keep_are_said(declared: str, written: str, said: str) -> None:
    assert said in why_not(item(BODY, declared=declared, rules=written))


def feedback(*identifiers: str, outcome: str = "FEEDBACK") -> str:
    return "".join(
        f'<qti-modal-feedback outcome-identifier="{outcome}" show-hide="show" identifier="{name}">'
        f"<qti-content-body><p>Said {name}</p></qti-content-body></qti-modal-feedback>"
        for name in identifiers
    )


def test_feedback_goes_to_those_to_whom_the_rules_show_it() -> None:
    tell = condition(RIGHT, put("FEEDBACK", base("good", "identifier")), put("FEEDBACK", base("bad", "identifier")))
    written = rules(condition(RIGHT, put("SCORE", base(1))), tell, put("ALL", base("always", "identifier")))
    told = feedback("good", "bad") + feedback("always", outcome="ALL") + feedback("never")
    read = read_all(item(BODY, declared=response("A"), rules=written, feedback=told))
    (question,) = read.questions
    assert (question.right, question.wrong) == ({"en": "Said good"}, {"en": "Said bad"})
    assert question.explanations == {"en": "Said always"}
    assert ["never" in problem.message for problem in read.problems] == [True]


def test_feedback_inside_a_choice_belongs_to_it() -> None:
    inside = '<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="B">Not <b>B</b></qti-feedback-inline>'
    body = choices("A", "B", "C").replace("Answer B", f"Answer B {inside}")
    written = rules(put("FEEDBACK", VARIABLE), condition(RIGHT, put("SCORE", base(1))))
    question = read_one(item(body, declared=response("A"), rules=written))
    assert isinstance(question.body, Choices)
    assert [choice.feedback for choice in question.body.choices] == [{}, {"en": "Not **B**"}, {}]
    assert question.body.choices[1].texts == {"en": "Answer B"}


def test_rules_that_go_on_for_ever_are_not_followed() -> None:
    many = rules(put("SCORE", base(1)) * 2_500)
    body, declared = choices(*"ABCDEF", attributes='max-choices="0"'), response("A", cardinality="multiple")
    assert "too many steps" in why_not(item(body, declared=declared, rules=many))


def test_very_many_choices_are_not_tried() -> None:
    many = choices(*(f"A{number}" for number in range(201)))
    assert "more than 200 choices" in why_not(item(many, declared=response("A1")))
