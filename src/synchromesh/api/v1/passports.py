"""Practice battery passports: one as its visitor may see it, and a check of any."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Path, Router
from pydantic import BaseModel, ConfigDict, Field

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.allowances import charge, find_person
from synchromesh.api.problems import Problem
from synchromesh.api.v1.offering import offer
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.parsing import parse_file
from synchromesh.engine.passport_models.readers import read_passport
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.passports.queries.exports import json_ld_document
from synchromesh.passports.queries.views import PassportView, get_passport
from synchromesh.site.passport_answers import passport_answer

router = Router(tags=["passports"])

JSON_LD = "application/ld+json"
UNITS = 5
Kind = Literal["ev", "lmt", "industrial"]
Day = Annotated[str, Field(description="a day such as 2027-02-18")]
READ_DESCRIPTION = """A practice passport, not a legal one. Everybody reads the public fields of a passport that was
placed on the market. With the key of a link, or signed in on this site, you see the fields of your kind of visitor:
"visitor" says which that is. What you may not see is not in the answer at all.

The body can be read back into this site and is checked by POST /api/v1/passports/check. With the header
Accept: application/ld+json the same comes as JSON-LD: a context says what each field means."""
CHECK_DESCRIPTION = f"""Checks a battery passport against the rules of practice passports: the same answer as
`synchromesh passport check --json`. It reads this site's own form and the data models that its pages import. "valid"
says that no finding is an error. It is practice, not a legal check.

Nothing of what you send is stored or logged. A check costs {UNITS} units of your allowance."""
EXAMPLES = {
    "beginning": {
        "summary": "The beginning of a passport",
        "value": {
            "passport": {
                "model": "synchromesh-practice-passport/1",
                "kind": "ev",
                "values": {"battery_chemistry": {"value": "NMC"}, "battery_mass": {"value": 410, "unit": "kg"}},
            }
        },
    },
    "kind": {
        "summary": "The same, as a battery of another kind",
        "value": {
            "passport": {"model": "synchromesh-practice-passport/1", "values": {"battery_chemistry": "LFP"}},
            "kind": "lmt",
        },
    },
}


class ReadingShown(BaseModel):
    """An earlier value."""

    value: Any
    at: str


class ValueShown(BaseModel):
    """What the passport states for a field."""

    value: Annotated[Any, Field(description="a text, a number, a truth value, a list of texts, or a list of records")]
    unit: Annotated[str, Field(description="left out where the field has none or its own")] = ""
    at: Annotated[str, Field(description="the day of a value that changes in use")] = ""
    history: Annotated[list[ReadingShown], Field(description="earlier values, oldest first")] = []


class EventShown(BaseModel):
    """Something that happened to the battery."""

    kind: Literal["made", "placed", "used", "repurposed", "recycled", "ceased"]
    on: Day
    role: Annotated[str, Field(description="which role of the chain said so")]


class PassportAnswer(BaseModel):
    """A practice passport as its visitor may see it."""

    model: Annotated[str, Field(description="the name of this form")]
    notice: Annotated[str, Field(description="that this is practice")]
    kind: Kind
    values: Annotated[dict[str, ValueShown], Field(description="the fields by their keys")]
    uid: UUID
    title: str
    origin: Annotated[Literal["real", "starter", "example"], Field(description="example: invented for this site")]
    visitor: Literal["owner", "authority", "interest", "public"]
    state: Literal["draft", "made", "placed", "in_use", "repurposed", "recycled", "ceased"]
    address: Annotated[str, Field(description="GS1 Digital Link address; empty without identifiers")]
    valid: Annotated[bool, Field(description="whether no rule finds an error in what you see")]
    events: list[EventShown]


class CheckRequest(BaseModel):
    """A passport to check."""

    model_config = ConfigDict(extra="forbid")

    passport: Annotated[dict[str, Any], Field(description="the passport as an object")]
    kind: Annotated[Kind | None, Field(description="the kind of battery; else what the passport says")] = None


class FindingShown(BaseModel):
    """One thing that a rule says."""

    field: Annotated[str, Field(description="the key of the field; empty where it is about the whole")]
    clause: Annotated[str, Field(description="of Regulation (EU) 2023/1542, as far as one is known")]
    severity: Literal["error", "warning", "hint"]
    message: str
    remedy: str


class LossShown(BaseModel):
    """Something in the passport for which our field list has no place."""

    path: str
    reason: str


class CheckAnswer(BaseModel):
    """What the rules found."""

    valid: Annotated[bool, Field(description="whether no finding is an error")]
    model: Annotated[str, Field(description="the data model as which the passport was read; empty where none fits")]
    findings: list[FindingShown]
    lost: Annotated[list[LossShown], Field(description="what the check could not look at")] = []


_AS_JSON_LD = {"responses": {200: {"content": {JSON_LD: {"schema": {"$ref": "#/components/schemas/PassportAnswer"}}}}}}


@offer(
    router,
    "/passports/{uuid:uid}",
    answer=PassportAnswer,
    name="readPassport",
    summary="A practice battery passport",
    description=READ_DESCRIPTION,
    examples=(),
    also=_AS_JSON_LD,
)
def read_one(
    request: HttpRequest,
    uid: Annotated[UUID, Path(description="the uid of the passport")],
    passport_key: Annotated[
        str, Header(alias="Passport-Key", max_length=200, description="the key of a link that the owner gave you")
    ] = "",
) -> Any:
    """A passport; see READ_DESCRIPTION."""
    view = get_passport(uid, visible_to=find_person(request) or VISITOR, secret=passport_key)
    wants_linked_data = request.accepts(JSON_LD) and not request.accepts("application/json")
    document = json_ld_document(view.content) if wants_linked_data else as_document(view.content)
    response = HttpResponse(
        json.dumps({**document, **_about(view)}, ensure_ascii=False),
        content_type=JSON_LD if wants_linked_data else "application/json; charset=utf-8",
    )
    # What a visitor sees depends on who asks: nobody in between may keep it for another one.
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Accept, Cookie, Passport-Key"
    return response


@router.post(
    "/passports/check",
    response={200: CheckAnswer, (400, 404, 406, 411, 413, 415, 422, 429, 503): Problem},
    operation_id="checkPassport",
    url_name="checkPassport",
    summary="Check a battery passport",
    description=CHECK_DESCRIPTION,
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": EXAMPLES}}}},
)
def check(request: HttpRequest, body: CheckRequest) -> Any:
    """Check a passport; see CHECK_DESCRIPTION."""
    charge(request, UNITS - 1)  # one was charged for the request itself
    try:
        # Through text, so that what a file could not hold is refused here as it is there.
        data = parse_file(json.dumps(body.passport, ensure_ascii=False).encode(errors="surrogatepass"))
        read = read_passport(data, kind=BatteryKind(body.kind) if body.kind else None)
    except InvalidInput as error:
        return CheckAnswer(valid=False, model="", findings=[_unreadable(error)])
    return {"lost": []} | passport_answer(read, today=timezone.localdate())


def _unreadable(error: InvalidInput) -> FindingShown:
    """What cannot be read as a passport at all is not valid either, which is an answer and no fault of the request."""
    remedy = "Send the passport as one of the data models that are read, with the kind of battery."
    return FindingShown(field=error.field or "", clause="", severity="error", message=error.message, remedy=remedy)


def _about(view: PassportView) -> dict[str, Any]:
    return {
        "uid": str(view.uid),
        "title": view.title,
        "origin": view.origin,
        "visitor": view.sight.word,
        "state": view.state.value,
        "address": view.address,
        "valid": view.valid,
        "events": [
            {"kind": event.kind.value, "on": event.on.isoformat(), "role": event.role.value} for event in view.events
        ],
    }
