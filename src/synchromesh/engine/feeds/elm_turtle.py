"""Courses as RDF of the European Learning Model, application profile LOQ 3.1, in Turtle; written, never read.

The XML of `readers.elm_opportunities` cannot be checked against the SHACL shapes of the profile, and who works with
linked data wants addresses instead of ids within a document. A course is a `LearningOpportunity` under the address that
the caller gives, its runs are parts of it. What the shapes demand and a course does not state is written as there: the
field of study 9999, the language UND, the country OP_DATPRO, an outcome "Not stated"; a course without a page of its
own has the given address as its homepage.

Sources: https://github.com/european-commission-empl/European-Learning-Model (rdf/ap/loq/LOQ-constraints.ttl);
https://www.w3.org/TR/turtle/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from synchromesh.engine.feeds.readers import _elm_codes as elm
from synchromesh.engine.feeds.readers._elm_ids import OWN, any_uri, own_id
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, RunRecord, SkillLinkRecord, Texts
from synchromesh.engine.feeds.skill_links import format_skill_links
from synchromesh.engine.tables.cells import is_web_address

__all__ = ["TITLE", "write"]

TITLE = "European Learning Model, learning opportunities (RDF in Turtle)"

_PREFIXES = {
    "dc": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "elm": "http://data.europa.eu/snb/model/elm/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rov": "http://www.w3.org/ns/regorg#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\\ufeff\ufffe\uffff]')
_BAD_IN_ADDRESS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_Pair = tuple[str, str]


def write(
    courses: Iterable[CourseRecord],
    file: BinaryIO,
    *,
    address_of: Callable[[CourseRecord], str],
    terms: FileTerms | None = None,
) -> None:
    """Write the courses one by one below what the file says of itself; `address_of` names each of them, differently."""
    head = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in _PREFIXES.items())
    file.write(f"{head}\n".encode())
    if terms is not None:
        file.write(_statement(terms.address, "dcat:Distribution", _terms(terms)).encode())
    writer = _Writer()
    for course in courses:
        for part in writer.course(course, address_of(course)):
            file.write(part.encode())


class _Writer:
    """Writes what courses share, providers, places and entries of lists, once: before the first that needs them."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._waiting: list[str] = []

    def course(self, course: CourseRecord, address: str) -> Iterator[str]:
        """The statements about one course."""
        shared = [
            ("elm:providedBy", self._organisation(course)),
            ("elm:learningAchievementSpecification", _address(f"{address}#learned")),
            ("elm:defaultLanguage", self._language(course.text_language)),
        ]
        runs = [(f"{address}#run-{number}", run) for number, run in enumerate(course.runs, 1)]
        own = [*self._described(course, address), *shared, *(("elm:hasPart", _address(name)) for name, _ in runs)]
        parts = [_statement(address, "elm:LearningOpportunity", own)]
        parts += [
            _statement(name, "elm:LearningOpportunity", [*self._run(course, run, address), *shared])
            for name, run in runs
        ]
        parts.append(
            _statement(f"{address}#learned", "elm:LearningAchievementSpecification", list(self._learned(course)))
        )
        yield from self._waiting
        self._waiting.clear()
        yield from parts

    def _described(self, course: CourseRecord, address: str) -> Iterator[_Pair]:
        yield from _texts("dc:title", course.titles)
        yield from _texts("dc:description", course.descriptions or course.summaries)
        if code := elm.TYPE_CODES.get(course.record_type.casefold(), ""):
            yield "dc:type", self._concept(elm.OPPORTUNITY + code)
        yield from self._notes(course)
        yield "foaf:homepage", _page(course.url or address)
        yield from self._mode(course.mode)
        yield from self._price(course)
        if course.source_on:
            yield "dc:modified", _moment(course.source_on)

    def _notes(self, course: CourseRecord) -> Iterator[_Pair]:
        """What the model has no place for. The origin says whether a course is real, a draft or an invented example."""
        words = {
            elm.DURATION_NOTE: course.workload_text,
            f"{elm.NOTE}eqf": course.eqf_text,
            f"{elm.NOTE}source": course.source,
            f"{elm.NOTE}source-address": course.source_url,
            f"{elm.NOTE}licence": course.licence,
            f"{elm.NOTE}accessibility": " ".join(course.accessibility),
            f"{elm.NOTE}subtitles": " ".join(course.subtitles),
            f"{elm.NOTE}origin": course.origin,
        }
        for subject, text in words.items():
            if text:
                yield "elm:additionalNote", self._note(subject, "", text)
        if course.descriptions:
            for language, text in course.summaries.items():
                if text:
                    yield "elm:additionalNote", self._note(f"{elm.NOTE}summary", language, text)

    def _run(self, course: CourseRecord, run: RunRecord, address: str) -> Iterator[_Pair]:
        yield from _texts("dc:title", course.titles)
        yield "dc:type", self._concept(elm.OPPORTUNITY + elm.CLASS)
        yield "foaf:homepage", _page(run.url or course.url or address)
        period = [
            ("skos:prefLabel", _text(run.dates_text, "")) if run.dates_text else ("", ""),
            ("elm:startDate", _moment(run.starts_on)) if run.starts_on else ("", ""),
            ("elm:endDate", _moment(run.ends_on)) if run.ends_on else ("", ""),
        ]
        if any(name for name, _ in period):
            yield "dc:temporal", _nested("dc:PeriodOfTime", period)
        yield from self._mode(run.mode)
        if run.deadline_on:
            yield "elm:applicationDeadline", _moment(run.deadline_on)
        if run.seats is not None:
            yield "elm:additionalNote", self._note(f"{elm.NOTE}seats", "", f"{run.seats}")
        if run.country or run.nuts or run.place:
            yield "elm:location", self._place(run.country, run.nuts, run.place)
        if run.language:
            taught = [*_texts("dc:title", course.titles), ("dc:language", self._language(run.language))]
            yield "elm:learningActivitySpecification", _nested("elm:LearningActivitySpecification", taught)

    def _learned(self, course: CourseRecord) -> Iterator[_Pair]:
        yield from _texts("dc:title", course.titles)
        yield from (("elm:category", _text(word, "")) for word in course.keywords)
        yield "elm:ISCEDFCode", self._concept(elm.FIELD_UNKNOWN)
        yield from (("elm:educationSubject", self._concept(own_id("topic", topic))) for topic in course.topics)
        if course.minutes:
            yield "elm:volumeOfLearning", _typed(f"PT{course.minutes}M", "duration")
        if course.ects is not None:
            point = [("elm:framework", self._concept(elm.ECTS)), ("elm:point", _quoted(f"{course.ects:f}"))]
            yield "elm:creditPoint", _nested("elm:CreditPoint", point)
        if course.certificate:
            yield "dc:type", self._concept(own_id("certificate", course.certificate))
        for level in sorted({level for level in (course.eqf_min, course.eqf_max) if level is not None}):
            yield "elm:educationLevel", self._concept(f"{elm.EQF}{level}")
        for language in course.languages or ("",):
            yield "dc:language", self._language(language)
        yield from self._outcomes(course)

    def _outcomes(self, course: CourseRecord) -> Iterator[_Pair]:
        """One outcome for each place in the lists of the languages, then one for each skill."""
        longest = max(map(len, course.outcomes.values()), default=0)
        for number in range(longest):
            titles = {code: texts[number] for code, texts in course.outcomes.items() if number < len(texts)}
            if any(titles.values()):
                yield "elm:learningOutcome", _nested("elm:LearningOutcome", list(_texts("dc:title", titles)))
        yield from (("elm:learningOutcome", self._skill(link)) for link in course.skills)
        if not longest and not course.skills:
            unknown = [("dc:title", _text("Not stated", "en"))]
            yield "elm:learningOutcome", _nested("elm:LearningOutcome", unknown)

    def _skill(self, link: SkillLinkRecord) -> str:
        """An outcome that stands for a skill; a note holds the levels in the words of our own template."""
        name = link.skill if is_web_address(link.skill) else own_id("skill", link.skill)
        predicate = "elm:relatedESCOSkill" if name.startswith(elm.ESCO) else "elm:relatedSkill"
        levels = self._note(f"{elm.NOTE}levels", "", format_skill_links((link,)))
        parts = [("dc:title", _text(link.quote or link.skill, "")), ("elm:additionalNote", levels)]
        return _nested("elm:LearningOutcome", [*parts, (predicate, self._concept(any_uri(name)))])

    def _organisation(self, course: CourseRecord) -> str:
        identifier = own_id("organisation", course.provider, course.provider_country, course.provider_url)
        if identifier not in self._known:
            self._known.add(identifier)
            own = [("rov:legalName", _text(course.provider or "Not stated", "" if course.provider else "en"))]
            if course.provider_url:
                own.append(("foaf:homepage", _page(course.provider_url)))
            own.append(("elm:location", self._place(course.provider_country, "", "")))
            self._waiting.append(_statement(identifier, "elm:Organisation", own))
        return _address(identifier)

    def _place(self, country: str, nuts: str, place: str) -> str:
        """A location; the shapes want a country in any case."""
        code = elm.COUNTRY_CODES.get(country, elm.NO_COUNTRY)
        own = [("elm:geographicName", _text(place, ""))] if place else []
        if nuts:
            own.append(("elm:spatialCode", self._concept(any_uri(elm.NUTS + nuts))))
        address = _nested("elm:Address", [("elm:countryCode", self._concept(elm.COUNTRY + code))])
        return _nested("dc:Location", [*own, ("elm:address", address)])

    def _mode(self, mode: str) -> Iterator[_Pair]:
        if mode in elm.MODE_CODES:
            yield "elm:mode", self._concept(elm.MODE + elm.MODE_CODES[mode])
        elif mode:
            yield "elm:additionalNote", self._note(f"{elm.NOTE}mode", "", mode)

    def _price(self, course: CourseRecord) -> Iterator[_Pair]:
        own: list[_Pair] = []
        if course.price is not None and course.price.currency in elm.CURRENCIES:
            value = _typed(f"{Decimal(course.price.cents) / 100:.2f}", "decimal")
            unit = self._concept(elm.CURRENCY + course.price.currency)
            own.append(("elm:amount", _nested("elm:Amount", [("elm:unit", unit), ("rdf:value", value)])))
        if course.price_text:
            own.append(("dc:description", _text(course.price_text, "")))
        if own:
            yield "elm:priceDetail", _nested("elm:PriceDetail", own)

    def _note(self, subject: str, language: str, text: str) -> str:
        own = [("dc:subject", self._concept(subject)), ("elm:noteLiteral", _text(text, language))]
        return _nested("elm:Note", own)

    def _language(self, language: str) -> str:
        return self._concept(elm.LANGUAGE + elm.LANGUAGE_CODES.get(language, elm.NO_LANGUAGE))

    def _concept(self, address: str) -> str:
        if address not in self._known:
            self._known.add(address)
            self._waiting.append(f"{_address(address)} a skos:Concept .\n")
        return _address(address)


def _terms(terms: FileTerms) -> list[_Pair]:
    return [
        ("dc:title", _text(terms.title, "en")),
        ("dc:license", _address(terms.licence)),
        ("dc:publisher", _nested("foaf:Agent", [("foaf:name", _quoted(terms.publisher))])),
        ("dc:modified", _typed(terms.made_at.isoformat(timespec="seconds"), "dateTime")),
        ("rdf:type", _address(f"{OWN}course-file")),
    ]


def _statement(address: str, kind: str, pairs: Iterable[_Pair]) -> str:
    stated = "".join(f" ;\n  {predicate} {value}" for predicate, value in pairs if predicate)
    return f"{_address(address)} a {kind}{stated} .\n"


def _nested(kind: str, pairs: Iterable[_Pair]) -> str:
    stated = "".join(f" ; {predicate} {value}" for predicate, value in pairs if predicate)
    return f"[ a {kind}{stated} ]"


def _texts(predicate: str, texts: Texts | Mapping[str, str]) -> Iterator[_Pair]:
    return ((predicate, _text(text, language)) for language, text in texts.items() if text)


def _text(text: str, language: str) -> str:
    """A text in its language; "und" says that nobody knows it."""
    return f"{_quoted(text)}@{language if _LANGUAGE.fullmatch(language) else 'und'}"


def _page(address: str) -> str:
    return _nested("elm:WebResource", [("elm:contentUrl", _typed(any_uri(address), "anyURI"))])


def _moment(day: date) -> str:
    return _typed(f"{day.isoformat()}T00:00:00", "dateTime")


def _typed(text: str, kind: str) -> str:
    return f"{_quoted(text)}^^xsd:{kind}"


def _quoted(text: str) -> str:
    whole = _SURROGATE.sub("\ufffd", text)
    return '"' + _ESCAPED.sub(lambda match: _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}", whole) + '"'


def _address(address: str) -> str:
    whole = _SURROGATE.sub("\ufffd", address)
    return "<" + _BAD_IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", whole) + ">"
