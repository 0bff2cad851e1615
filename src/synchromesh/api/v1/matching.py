"""Match texts to skills and occupations. Nothing of a text is stored or logged."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from synchromesh.api.allowances import charge, one_at_a_time, units_of
from synchromesh.api.problems import Problem
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import ISO_639_1, parse_language
from synchromesh.framework.queries.text_matching import match_texts
from synchromesh.site.match_answers import match_answer

router = Router(tags=["matching"])

MOST_TEXTS = 32
LONGEST_TEXT = 20_000
MOST_MATCHES = 50
DESCRIPTION = f"""Says which skills or occupations each text speaks of, the most probable first, with the words that
justify each.

The list "matches" holds up to "top" concepts whether they are probable or not; "accepted" names those that are
probable enough to be proposed to a person. No accepted match means that nothing fits. The answer is advice: a person
decides.

Nothing of your texts is stored or logged. They are read in memory and forgotten with the answer.

Limits: {MOST_TEXTS} texts of {LONGEST_TEXT:,} characters each, 1 MB in all. A text counts as one unit for every 2,000
characters begun; the headers RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset say how many units a minute you
have, how many are left, and in how many seconds all are there again."""
EXAMPLES = {
    "framework": {
        "summary": "Skills of the framework in two sentences",
        "value": {
            "texts": [
                "You isolate high-voltage systems and replace battery modules.",
                "Sie schweißen Stromschienen und prüfen die Nähte.",
            ],
            "top": 3,
        },
    },
    "occupation": {
        "summary": "The job role that a German title means",
        "value": {
            "texts": ["Batterietechnikerin"],
            "vocabulary": "framework",
            "kind": "occupation",
            "language": "de",
            "top": 1,
        },
    },
}


def _whole_number(value: Any) -> Any:
    """JSON knows one kind of number: 10.0 is the whole number 10 (JSON Schema 2020-12, 6.1.1)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class MatchRequest(BaseModel):
    """Texts and what to look for in them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    texts: Annotated[
        list[Annotated[str, Field(max_length=LONGEST_TEXT)]],
        Field(min_length=1, max_length=MOST_TEXTS, description="the texts; an empty one gets an empty answer"),
    ]
    vocabulary: Annotated[
        Literal["framework", "esco"], Field(description="the skills framework of this site, or ESCO where it is loaded")
    ] = "framework"
    kind: Annotated[Literal["skill", "occupation"], Field(description="occupations of the framework are job roles")] = (
        "skill"
    )
    language: Annotated[
        Annotated[str, Field(pattern="^[a-z]{2}$", json_schema_extra={"enum": sorted(ISO_639_1)})] | None,
        Field(description="language of all texts (ISO 639-1); left out or null: each is recognised"),
    ] = None
    top: Annotated[
        int, Field(ge=1, le=MOST_MATCHES, description="how many matches of a text"), BeforeValidator(_whole_number)
    ] = 10


class OtherConcept(BaseModel):
    """What the same words could mean too."""

    uri: str
    label: str
    probability: Annotated[float, Field(ge=0, le=1)]


class FoundConcept(BaseModel):
    """A concept that a text speaks of."""

    uri: Annotated[
        str, Field(description="/id/skill/{uid} or /id/role/{uid} on this site; in ESCO the address of the concept")
    ]
    label: Annotated[str, Field(description="its name in the language of the text where there is one, else in English")]
    probability: Annotated[float, Field(ge=0, le=1, description="calibrated: of matches with 0.8 about 80 % are right")]
    spans: Annotated[
        list[tuple[int, int]],
        Field(description="the words that justify it, best first: from, to (exclusive), in Unicode characters from 0"),
    ]
    level: Annotated[
        Annotated[int, Field(ge=1, le=3)] | None, Field(description="a hint from the wording alone, 1 to 3; else null")
    ]
    alternatives: list[OtherConcept]


class MatchedText(BaseModel):
    """The answer for one text."""

    matches: list[FoundConcept]
    accepted: Annotated[list[str], Field(description="addresses of the matches that are probable enough to propose")]
    language: Annotated[str, Field(description="language of the text as given or recognised; empty where not known")]


class MatchResponse(BaseModel):
    """The answers in the order of the texts."""

    mode: Annotated[
        Literal["fast", "middle", "quality"], Field(description="how much was spent on the texts; the operator sets it")
    ]
    fell_back: Annotated[str, Field(description="why this is not the mode that is set; empty where it is")]
    results: list[MatchedText]


@router.post(
    "/match",
    response={200: MatchResponse, (400, 404, 406, 411, 413, 415, 422, 429, 503): Problem},
    operation_id="matchTexts",
    url_name="matchTexts",
    summary="Find skills or occupations in texts",
    description=DESCRIPTION,
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": EXAMPLES}}}},
)
def match(request: HttpRequest, body: MatchRequest) -> Any:
    """Match texts; see DESCRIPTION."""
    if body.language is not None and parse_language(body.language) is None:
        raise InvalidInput("This is not a two-letter code of a language.", field="language")
    if (more := units_of(body.texts) - 1) > 0:  # one was charged for the request itself
        charge(request, more)
    with one_at_a_time():
        answer = match_texts(
            body.texts,
            vocabulary=body.vocabulary,
            kind=body.kind,
            language=body.language,
            top=body.top,
            purpose="command",
        )
    results = [match_answer(found) for found in answer.texts]
    return {"mode": answer.mode, "fell_back": answer.fell_back, "results": results}
