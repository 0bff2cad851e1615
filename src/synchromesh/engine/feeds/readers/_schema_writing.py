"""Courses as schema.org nodes, from which `_schema_course` reads the same courses.

Texts are tagged with their language. A property is used as its page at schema.org says; a level of a skill and one of
the EQF is an `AlignmentObject` whose `identifier` is a `PropertyValue` with the lowest and the highest level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from synchromesh.engine.feeds.readers._iso_durations import iso_duration
from synchromesh.engine.feeds.readers._plain_text import as_html
from synchromesh.engine.feeds.readers._schema_course import ACCESSIBILITY_TERMS, EQF, ORIGIN, SKILL_LEVELS, TOPICS
from synchromesh.engine.feeds.readers._schema_runs import NUTS
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, RunRecord, SkillLinkRecord, Texts
from synchromesh.engine.tables.cells import is_web_address

__all__ = ["course_node", "feed_node", "organisation_node"]

_Node: TypeAlias = dict[str, Any]

# As search engines spell them (the page "Course info" of https://developers.google.com); they know no others.
_MODES = {"online": "Online", "on-site": "Onsite", "blended": "Blended"}


def feed_node(terms: FileTerms) -> _Node:
    """The node of a file as a whole (https://schema.org/DataFeed)."""
    return {
        "@type": "DataFeed",
        "name": as_html(terms.title),
        "url": terms.address,
        "license": terms.licence,
        "publisher": _node("Organization", name=as_html(terms.publisher)),
        "dateModified": terms.made_at.isoformat(timespec="seconds"),
    }


def organisation_node(name: str, *, country: str = "", url: str = "", teaches: bool = False) -> _Node:
    """The node of an organisation; one that teaches is an `EducationalOrganization`. `country` has two letters."""
    kind = "EducationalOrganization" if teaches else "Organization"
    address = _node("PostalAddress", addressCountry=country)
    members = {"name": as_html(name), "url": url, "address": address}
    return {"@type": kind, **{key: value for key, value in members.items() if value}}


def course_node(course: CourseRecord) -> _Node:
    """The node of a course with all its instances."""
    members = {
        "identifier": course.external_id,
        "name": _texts(_as_lists(course.titles)),
        "abstract": _texts(_as_lists(course.summaries)),
        "description": _texts(_as_lists(course.descriptions)),
        "url": course.url,
        "provider": _provider(course),
        "learningResourceType": as_html(course.record_type),
        "about": [_node("DefinedTerm", termCode=topic, inDefinedTermSet=TOPICS) for topic in course.topics],
        "keywords": [_keyword(keyword) for keyword in course.keywords],
        "teaches": _texts(course.outcomes),
        "inLanguage": list(course.languages),
        "associatedMedia": _subtitles(course.subtitles),
        "timeRequired": iso_duration(course.minutes),
        "offers": _offer(course),
        "isAccessibleForFree": None if course.price is None else course.price.cents == 0,
        "educationalCredentialAwarded": _credential(course.certificate),
        "educationalLevel": as_html(course.eqf_text),
        "educationalAlignment": [*_eqf(course), *map(_skill, course.skills)],
        "numberOfCredits": _credits(course.ects),
        "license": as_html(course.licence),
        **_accessibility(course.accessibility),
        "creativeWorkStatus": _origin(course.origin),
        "isBasedOn": _node("CreativeWork", name=as_html(course.source), url=course.source_url),
        "dateModified": course.source_on and course.source_on.isoformat(),
        "hasCourseInstance": _instances(course),
    }
    node = {"@type": "Course", **{name: value for name, value in members.items() if value not in (None, "", [])}}
    if not course.languages and any(run.language for run in course.runs):
        node["inLanguage"] = []  # those of the runs are not to be taken for those of the course
    return node


def _node(kind: str, **members: object) -> _Node | None:
    """A node without the members that say nothing; None where nothing is left."""
    stated = {name: value for name, value in members.items() if value not in (None, "", [])}
    return {"@type": kind, **stated} if stated else None


def _as_lists(texts: Texts) -> dict[str, tuple[str, ...]]:
    return {language: (text,) for language, text in texts.items()}


def _texts(texts: Mapping[str, tuple[str, ...]]) -> list[dict[str, str]] | dict[str, str]:
    """A text without a language is written as a value too, so that no language is assumed for it."""
    found = [
        {"@language": language, "@value": as_html(text)} if language else {"@value": as_html(text)}
        for language, several in texts.items()
        for text in several
    ]
    return found[0] if len(found) == 1 else found


def _provider(course: CourseRecord) -> _Node | None:
    address = _node("PostalAddress", addressCountry=course.provider_country)
    return _node("Organization", name=as_html(course.provider), url=course.provider_url, address=address)


def _keyword(keyword: str) -> _Node | str | None:
    """A word; one that could be taken for several, or for an address, as a term."""
    if "," in keyword or "://" in keyword:
        return _node("DefinedTerm", name=as_html(keyword))
    return as_html(keyword)


def _subtitles(languages: Iterable[str]) -> _Node | None:
    return _node("VideoObject", caption=[_node("MediaObject", inLanguage=language) for language in languages])


def _offer(course: CourseRecord) -> _Node | None:
    words = as_html(course.price_text)
    if course.price is None:
        return _node("Offer", description=words)
    cents, currency = course.price.cents, course.price.currency
    category = "Paid" if cents else "Free"
    amount = f"{Decimal(cents) / 100:.2f}"
    return _node("Offer", category=category, price=amount, priceCurrency=currency, description=words)


def _credential(certificate: str) -> _Node | None:
    return _node("EducationalOccupationalCredential", credentialCategory=certificate)


def _accessibility(codes: Iterable[str]) -> dict[str, list[str]]:
    """Control by the keyboard is a property of its own."""
    control = [ACCESSIBILITY_TERMS[code] for code in codes if code == "keyboard"]
    features = [ACCESSIBILITY_TERMS[code] for code in codes if code != "keyboard"]
    return {"accessibilityFeature": features, "accessibilityControl": control}


def _origin(origin: str) -> _Node | None:
    return _node("DefinedTerm", termCode=origin, inDefinedTermSet=ORIGIN) if origin else None


def _credits(ects: Decimal | None) -> _Node | None:
    return None if ects is None else _node("QuantitativeValue", value=float(ects), unitText="ECTS")


def _eqf(course: CourseRecord) -> Iterable[_Node | None]:
    levels = sorted({level for level in (course.eqf_min, course.eqf_max) if level is not None})
    if levels or course.eqf_text:
        yield _node(
            "AlignmentObject",
            alignmentType="educationalLevel",
            educationalFramework="European Qualifications Framework (EQF)",
            targetName="EQF " + " to ".join(map(str, levels)) if levels else None,
            targetDescription=as_html(course.eqf_text),
            identifier=_node("PropertyValue", propertyID=EQF, minValue=course.eqf_min, maxValue=course.eqf_max),
        )


def _skill(link: SkillLinkRecord) -> _Node | None:
    return _node(
        "AlignmentObject",
        alignmentType="teaches",
        **{"targetUrl" if is_web_address(link.skill) else "targetName": link.skill},
        targetDescription=as_html(link.quote),
        identifier=_node("PropertyValue", propertyID=SKILL_LEVELS, minValue=link.entry, maxValue=link.level),
    )


def _instances(course: CourseRecord) -> list[_Node]:
    """The runs; before them one that says how the course as a whole is held, where that is known."""
    workload = as_html(course.workload_text) or iso_duration(course.minutes)
    runs = [_run(run, workload) for run in course.runs]
    if course.mode or workload or any(run.mode for run in course.runs) or not runs:
        mode = _MODES.get(course.mode, course.mode)
        whole = _node("CourseInstance", courseMode=mode, courseWorkload=workload)
        return [whole or {"@type": "CourseInstance"}, *runs]
    return runs


def _run(run: RunRecord, workload: str | None) -> _Node:
    country = _node("PostalAddress", addressCountry=run.country)
    nuts = _node("PropertyValue", propertyID=NUTS, value=run.nuts) if run.nuts else None
    region = _node("AdministrativeArea", identifier=nuts)
    members = _node(
        "CourseInstance",
        identifier=run.external_id,
        startDate=run.starts_on and run.starts_on.isoformat(),
        endDate=run.ends_on and run.ends_on.isoformat(),
        courseMode=_MODES.get(run.mode, run.mode),
        courseWorkload=workload,
        courseSchedule=_node("Schedule", description=as_html(run.dates_text)),
        inLanguage=run.language,
        location=_node(
            "Place", name=as_html(run.place), address=country, containedInPlace=region if run.nuts else None
        ),
        maximumAttendeeCapacity=run.seats,
        offers=_node("Offer", availabilityEnds=run.deadline_on and run.deadline_on.isoformat()),
        url=run.url,
    )
    return members or {"@type": "CourseInstance"}
