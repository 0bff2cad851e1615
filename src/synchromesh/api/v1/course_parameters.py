"""What can be asked of the list of courses: the parameters of the list for people, and what only programs need."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from synchromesh.api.v1.shapes import LanguageCode, Name, PortionParameters
from synchromesh.catalogue.queries.course_filter import HIGHEST_PRICE, LONGEST_WORDS, MOST_VALUES, PRICE_MOST

_UNKNOWN = "; unknown where the source says nothing"
_ONLY_HERE = frozenset({"limit", "cursor", "q_language", "counts"})


def _several(words: str) -> Any:
    return Field(max_length=MOST_VALUES, description=words)


class CourseParameters(PortionParameters):
    """Which courses, and in which order."""

    q: Annotated[str, Field(max_length=LONGEST_WORDS, description="words that must all occur")] = ""
    q_language: Annotated[LanguageCode, Field(description="language of the words in q")] = "en"
    field: Annotated[list[Name], _several("slug of a field")] = []
    skill: Annotated[list[Name], _several("slug of a skill that is taught")] = []
    level: Annotated[list[Literal["1", "2", "3"]], _several("level that is reached")] = []
    role: Annotated[list[Name], _several("slug of a job role that needs a skill of the course")] = []
    language: Annotated[list[Name], _several("language it is taught in, ISO 639-1" + _UNKNOWN)] = []
    mode: Annotated[
        list[Literal["online", "on-site", "blended", "self-study", "in-company", "unknown"]],
        _several("where learning happens" + _UNKNOWN),
    ] = []
    country: Annotated[list[Name], _several("country of a run, ISO 3166-1")] = []
    region: Annotated[list[Name], _several("NUTS code of a run")] = []
    start: Annotated[
        list[Literal["30-days", "3-months", "this-year", "unknown"]], _several("when the next run starts")
    ] = []
    deadline: Annotated[list[Literal["14-days", "month", "unknown"]], _several("the last day to register")] = []
    price: Annotated[list[Literal["free", "paid", "unknown"]], _several("what it costs" + _UNKNOWN)] = []
    price_most: Annotated[
        int | None, Field(ge=0, le=HIGHEST_PRICE, description="highest price in euro; others are left out")
    ] = None
    length: Annotated[
        list[Literal["4-hours", "2-days", "week", "longer", "unknown"]],
        _several("up to 4, 16 or 40 hours of learning, or longer" + _UNKNOWN),
    ] = []
    certificate: Annotated[
        list[Literal["none", "attendance", "certificate", "micro-credential", "qualification", "unknown"]],
        _several("what one gets at the end" + _UNKNOWN),
    ] = []
    provider: Annotated[list[Name], _several("slug of who offers it")] = []
    kind: Annotated[list[Name], _several("what the source calls it, such as course")] = []
    freshness: Annotated[list[Literal["fresh", "ageing", "stale"]], _several("how long ago somebody confirmed it")] = []
    accessibility: Annotated[list[Name], _several("what makes it usable for more people, such as captions")] = []
    link: Annotated[list[Literal["fine", "broken", "none"]], _several("whether its address works")] = []
    over: Annotated[bool, Field(description="show also what cannot be taken any more")] = False
    order: Annotated[
        Literal["title", "soonest", "newest", "price", "length"] | None,
        Field(description="without it the best match first, or by title where there are no words"),
    ] = None
    counts: Annotated[bool, Field(description="count for each filter what its values would give")] = False

    def as_address(self) -> dict[str, list[str]]:
        """The parameters of the list for people, as they stand in its address."""
        given = self.model_dump(exclude=set(_ONLY_HERE))
        values = {name: value if isinstance(value, list) else [str(value)] for name, value in given.items()}
        asked = {name for name, value in given.items() if value or (name == PRICE_MOST and value is not None)}
        return {name: values[name] for name in asked}
