"""Questions of every kind, with whatever an author may write, for tests of what holds for all of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from synchromesh.engine.vocabulary.questions import (
    Body,
    Choice,
    Choices,
    Criterion,
    FileAnswer,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Item,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Region,
    RubricStep,
    Scale,
    ShortText,
)

KEYS = st.text("abcxyz019", min_size=1, max_size=6)
_WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and "{" not in text and max(text) < "\ufffe"
)
OPTIONAL_TEXTS = st.dictionaries(st.sampled_from(["en", "de", "cs"]), _WORDS, max_size=2)
FACTORS = st.sampled_from([Decimal("0.001"), Decimal(1000), Decimal("3.6"), Decimal("1E+6")])
PERCENT = st.integers(0, 100).map(Decimal)
NUMBERS = st.decimals(-(10**9), 10**9, places=4).map(lambda number: number or Decimal(0))


@st.composite
def texts(draw: st.DrawFn) -> dict[str, str]:
    """Texts that are there in English at least."""
    return {"en": draw(_WORDS)} | draw(OPTIONAL_TEXTS)


def _keys(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(KEYS, min_size=least, max_size=most, unique=True)


@st.composite
def _distinct_texts(draw: st.DrawFn, count: int) -> list[dict[str, str]]:
    words = draw(st.lists(_WORDS, min_size=count, max_size=count, unique=True))
    return [{"en": word} for word in words]


@st.composite
def _items(draw: st.DrawFn, least: int = 2) -> tuple[Item, ...]:
    keys = draw(_keys(least, 5))
    said = draw(_distinct_texts(len(keys)))
    return tuple(Item(key=key, texts=one) for key, one in zip(keys, said, strict=True))


@st.composite
def _choices(draw: st.DrawFn, correct: int | None = None) -> tuple[Choice, ...]:
    """Choices of which so many are correct; None: any number above 0."""
    items = draw(_items())
    count = correct or draw(st.integers(1, len(items)))
    right = set(draw(st.permutations(range(len(items))))[:count])
    return tuple(
        Choice(key=item.key, texts=item.texts, correct=place in right, feedback=draw(OPTIONAL_TEXTS))
        for place, item in enumerate(items)
    )


@st.composite
def _matching(draw: st.DrawFn) -> Matching:
    items, targets = draw(_items(1)), draw(_items())
    pairs = {item.key: draw(st.sampled_from(targets)).key for item in items}
    return Matching(items=items, targets=targets, pairs=pairs)


_ACCEPTED = st.dictionaries(
    st.sampled_from(["en", "de"]), st.lists(_WORDS, min_size=1, max_size=3, unique=True).map(tuple), min_size=1
)


@st.composite
def _fill_in(draw: st.DrawFn) -> FillIn:
    return FillIn(
        gaps=tuple(
            Gap(key=key, accepted={}, options=draw(_choices()))
            if draw(st.booleans())
            else Gap(key=key, accepted=draw(_ACCEPTED), exact_case=draw(st.booleans()))
            for key in draw(_keys(1, 3))
        )
    )


_NUMERIC = st.builds(
    Numeric,
    value=NUMBERS,
    tolerance=NUMBERS.map(abs),
    tolerance_in_percent=st.booleans(),
    units=st.just({})
    | st.dictionaries(st.sampled_from(["kV", "Ω", "m²"]), FACTORS).map(lambda all_: {"V": Decimal(1)} | all_),
)


@st.composite
def _hotspot(draw: st.DrawFn) -> Hotspot:
    items = draw(_items())
    count = draw(st.integers(1, len(items) - 1))
    shapes = {"circle": (20, 30, 5), "rectangle": (1, 2, Decimal("3.5"), 4), "polygon": (0, 0, 100, 0, 50, 50)}
    regions = []
    for place, item in enumerate(items):
        shape = draw(st.sampled_from(sorted(shapes)))
        where = tuple(Decimal(number) for number in shapes[shape])
        regions.append(Region(key=item.key, shape=shape, places=where, labels=item.texts, correct=place < count))
    return Hotspot(media="pack.svg", alternatives=draw(texts()), regions=tuple(regions))


@st.composite
def _rubric(draw: st.DrawFn) -> tuple[Criterion, ...]:
    points = st.lists(
        st.decimals(0, 50, places=2).map(lambda number: number or Decimal(0)), min_size=2, max_size=3, unique=True
    )
    return tuple(
        Criterion(
            key=key,
            titles=draw(texts()),
            steps=tuple(RubricStep(points=step, texts=draw(texts())) for step in sorted(draw(points))),
        )
        for key in draw(_keys(1, 2))
    )


def _counts_up(body: Ordering) -> bool:
    """Keys that could be a numbering: an author is told about them."""
    return [item.key for item in body.items] == sorted(item.key for item in body.items)


_BODIES: dict[QuestionKind, st.SearchStrategy[Any]] = {
    QuestionKind.SINGLE: st.builds(Choices, choices=_choices(1), keep_order=st.booleans()),
    QuestionKind.MULTIPLE: st.builds(Choices, choices=_choices(), keep_order=st.booleans()),
    QuestionKind.TRUE_FALSE: st.builds(
        lambda answer, one, other: Choices(
            choices=(
                Choice(key="true", texts={}, correct=answer, feedback=one),
                Choice(key="false", texts={}, correct=not answer, feedback=other),
            ),
            keep_order=True,
        ),
        st.booleans(),
        OPTIONAL_TEXTS,
        OPTIONAL_TEXTS,
    ),
    QuestionKind.ORDER: st.builds(Ordering, items=_items()).filter(lambda body: not _counts_up(body)),
    QuestionKind.MATCH: _matching(),
    QuestionKind.FILL_IN: _fill_in(),
    QuestionKind.NUMERIC: _NUMERIC,
    QuestionKind.HOTSPOT: _hotspot(),
    QuestionKind.SHORT_TEXT: st.builds(
        ShortText, accepted=_ACCEPTED, exact_case=st.booleans(), slips=st.integers(0, 2)
    ),
    QuestionKind.FREE_TEXT: st.builds(
        FreeText, rubric=_rubric(), least_words=st.integers(0, 5), most_words=st.just(0) | st.integers(5, 9),
        model_answers=OPTIONAL_TEXTS,
    ),
    QuestionKind.FILE: st.builds(FileAnswer, rubric=_rubric(), most_megabytes=st.integers(1, 100)),
    QuestionKind.SCALE: st.builds(Scale, steps=_items()),
}  # fmt: skip


def _points(draw: st.DrawFn, body: Body) -> Decimal:
    if isinstance(body, Scale):
        return Decimal(0)
    if isinstance(body, FreeText | FileAnswer):
        return sum((criterion.steps[-1].points for criterion in body.rubric), Decimal(0))
    return draw(st.decimals(Decimal("0.01"), 100, places=2))


@st.composite
def questions(draw: st.DrawFn, *kinds: QuestionKind) -> Question:
    """Questions of these kinds, or of all."""
    kind = draw(st.sampled_from(kinds or tuple(QuestionKind)))
    body: Body = draw(_BODIES[kind])
    prompts = draw(texts())
    if isinstance(body, FillIn):
        holes = " ".join(f"{{{{{gap.key}}}}}" for gap in body.gaps)
        prompts = {language: f"{text} {holes}" for language, text in prompts.items()}
    return Question(
        key=draw(KEYS),
        kind=kind,
        prompts=prompts,
        body=body,
        points=_points(draw, body),
        partial=draw(st.booleans()),
        explanations=draw(OPTIONAL_TEXTS),
        right=draw(OPTIONAL_TEXTS),
        wrong=draw(OPTIONAL_TEXTS),
        skill=draw(st.just("") | KEYS),
        level=draw(st.sampled_from([None, 1, 2, 3])),
        sources=tuple(draw(st.lists(_WORDS, max_size=2, unique=True))),
    )
