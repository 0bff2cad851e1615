"""Courses as a document of the European Learning Model, valid against the schema of the LOQ profile.

Opportunities come first and what they refer to after them, so the later parts wait in temporary files. What the schema
demands and a course does not state is written as unknown: the field of study 9999, the language UND, the country
OP_DATPRO, and an outcome "Not stated".
"""

from __future__ import annotations

import contextlib
import datetime
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from typing import IO, BinaryIO

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import _elm_codes as elm
from synchromesh.engine.feeds.readers._course_parts import derived_course_id
from synchromesh.engine.feeds.readers._elm_ids import OWN, any_uri, course_id, own_id
from synchromesh.engine.feeds.readers._plain_text import as_html
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, RunRecord, SkillLinkRecord
from synchromesh.engine.feeds.skill_links import format_skill_links
from synchromesh.engine.vocabulary.money import Money

__all__ = ["write"]

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HEAD = f'<Courses xmlns="{elm.LOQ}" xmlns:skos="{elm.SKOS}" xmlns:dc="{elm.DUBLIN_CORE}" xsdVersion="3.1.0">\n'
# In the order of the schema, after the opportunities.
_SECTIONS = (
    "learningAchievementSpecificationReferences", "learningOutcomeReferences",
    "learningActivitySpecificationReferences", "agentReferences", "locationReferences",
)  # fmt: skip
_IN_MEMORY = 4 * 1024 * 1024  # bytes of a section, before a file on the disk takes over
_NO_OUTCOME = f"{OWN}outcome"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CERTIFICATES = {
    "none": "No certificate", "attendance": "Certificate of attendance", "certificate": "Certificate after a test",
    "micro-credential": "Micro-credential", "qualification": "Qualification",
}  # fmt: skip


def write(courses: Iterable[CourseRecord], file: BinaryIO, *, terms: FileTerms | None = None) -> None:
    """Write the courses, below the terms as a comment.

    Raises InvalidInput where two courses, or two runs of one, have the same id.
    """
    with contextlib.ExitStack() as stack:
        sections = {name: stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)) for name in _SECTIONS}
        file.write(_XML.encode())
        file.write(_comment(terms).encode() if terms else b"")
        file.write(_HEAD.encode())
        file.write(b"<learningOpportunityReferences>\n")
        document = _Document(file, sections)
        for course in courses:
            document.add(course)
        file.write(b"</learningOpportunityReferences>\n")
        for name, section in sections.items():
            section.seek(0)
            file.write(f"<{name}>\n".encode())
            shutil.copyfileobj(section, file)
            file.write(f"</{name}>\n".encode())
    file.write(b"</Courses>\n")


class _Document:
    """The parts of a document and the ids that stand in it so far."""

    def __init__(self, opportunities: BinaryIO, sections: Mapping[str, IO[bytes]]) -> None:
        self._opportunities = opportunities
        self._specifications, self._outcomes, self._activities, self._agents, self._places = sections.values()
        self._known: set[str] = set()
        self._agent_ids: dict[tuple[str, str, str], str] = {}

    def add(self, course: CourseRecord) -> None:
        """Write one course, its runs, and what they refer to."""
        external_id = course.external_id or derived_course_id(course.provider, course.title)
        identifier = course_id(external_id)
        self._claim(identifier, f"The id '{external_id[:80]}'")
        agent = self._agent(course)
        specification = self._specification(course, identifier)
        runs = [
            (own_id("run", identifier, run.external_id, *(() if run.external_id else (f"{number}",))), run)
            for number, run in enumerate(course.runs, 1)
        ]
        parts = [_idref("hasPart", run_id) for run_id, _ in runs]
        _put(self._opportunities, _opportunity(course, identifier, agent, specification, parts))
        for run_id, run in runs:
            self._claim(run_id, f"The run '{run.external_id[:80]}' of '{external_id[:80]}'")
            stated = run.country or run.nuts or run.place
            place = self._place(run.country, run.nuts, run.place) if stated else ""
            activity = self._activity(run.language, course.title, run_id) if run.language else ""
            _put(self._opportunities, _run(course, run, run_id, agent, specification, place, activity))

    def _claim(self, identifier: str, words: str) -> None:
        if identifier in self._known:
            raise InvalidInput(f"{words} stands twice. Give each its own.", field="id")
        self._known.add(identifier)

    def _agent(self, course: CourseRecord) -> str:
        """The id of the provider; one that nobody states is an organisation without a name."""
        key = (course.provider, course.provider_country, course.provider_url)
        if key not in self._agent_ids:
            identifier = own_id("organisation", course.provider, f"{len(self._agent_ids)}")
            self._agent_ids[key] = identifier
            place = self._place(course.provider_country, "", "")
            page = _page(course.provider_url) if course.provider_url else ""
            name = _text("legalName", course.text_language, course.provider)
            _put(
                self._agents,
                [f'<organisation id="{identifier}">', name, page, _idref("location", place), "</organisation>"],
            )
        return self._agent_ids[key]

    def _place(self, country: str, nuts: str, place: str) -> str:
        """The id of a location, which says it exactly; the schema wants a country in any case."""
        identifier = own_id("location", country, nuts, place)
        if identifier not in self._known:
            self._known.add(identifier)
            code = elm.COUNTRY_CODES.get(country, elm.NO_COUNTRY)
            listed = nuts in elm.NUTS_2 or (len(nuts) == 3 and any(known.startswith(nuts) for known in elm.NUTS_2))
            region = nuts if listed else nuts[:4] if nuts[:4] in elm.NUTS_2 else ""
            _put(
                self._places,
                [
                    f'<location id="{identifier}">',
                    _text("geographicName", "", place) if place else "",
                    _concept("spatialCode", elm.NUTS + region) if region else "",
                    f"<address>{_concept('countryCode', elm.COUNTRY + code)}</address></location>",
                ],
            )
        return identifier

    def _activity(self, language: str, title: str, run_id: str) -> str:
        """The id of what is done in a run that is taught in a language; "" for one that the Union does not list."""
        if language not in elm.LANGUAGE_CODES:
            return ""
        identifier = own_id("activity", run_id)
        code = _concept("language", elm.LANGUAGE + elm.LANGUAGE_CODES[language])
        head = f'<learningActivitySpecification id="{identifier}">'
        _put(self._activities, [head, _text("title", "", title), code, "</learningActivitySpecification>"])
        return identifier

    def _specification(self, course: CourseRecord, identifier: str) -> str:
        """The id of what is learnt in a course, with its outcomes."""
        own = own_id("specification", identifier)
        outcomes = [
            *self._outcome_ids(course, identifier),
            *(self._skill_id(link, identifier) for link in course.skills),
        ]
        _put(self._specifications, _specification(course, own, outcomes or [self._no_outcome()]))
        return own

    def _outcome_ids(self, course: CourseRecord, identifier: str) -> Iterator[str]:
        """One outcome for each place in the lists of the languages."""
        for number in range(max(map(len, course.outcomes.values()), default=0)):
            own = own_id("outcome", identifier, f"{number}")
            titles = [
                _text("title", language, texts[number])
                for language, texts in course.outcomes.items()
                if number < len(texts)
            ]
            _put(self._outcomes, [f'<learningOutcome id="{own}">', *titles, "</learningOutcome>"])
            yield own

    def _skill_id(self, link: SkillLinkRecord, identifier: str) -> str:
        """An outcome that stands for a skill and holds the link in our own notation."""
        own = own_id("outcome", identifier, "skill", link.skill)
        notation = f"<skos:notation>{_escaped(format_skill_links((link,)))}</skos:notation>"
        esco = _concept("relatedESCOSkill", any_uri(link.skill)) if link.skill.startswith(elm.ESCO) else ""
        skill = f'<relatedSkill uri="{own_id("skill", link.skill)}">{notation}</relatedSkill>'
        title = _text("title", "", link.quote or link.skill)
        _put(self._outcomes, [f'<learningOutcome id="{own}">', title, skill, esco, "</learningOutcome>"])
        return own

    def _no_outcome(self) -> str:
        if _NO_OUTCOME not in self._known:
            self._known.add(_NO_OUTCOME)
            concept = f'<relatedSkill uri="{own_id("skill", "")}"/>'
            title = _text("title", "en", "Not stated")
            _put(self._outcomes, [f'<learningOutcome id="{_NO_OUTCOME}">', title, concept, "</learningOutcome>"])
        return _NO_OUTCOME


def _opportunity(course: CourseRecord, identifier: str, agent: str, specification: str, parts: list[str]) -> list[str]:
    """The elements of a course, in the order of the schema."""
    code = elm.TYPE_CODES.get(course.record_type.casefold(), "")
    return [
        f'<learningOpportunity id="{_attribute(identifier)}">',
        *_texts("title", course.titles),
        *_texts("description", course.descriptions),
        _concept("type", elm.OPPORTUNITY + code) if code else "",
        *_notes(course, code),
        _page(course.url),
        _mode(course.mode),
        *_price(course),
        _idref("providedBy", agent),
        _idref("learningAchievementSpecification", specification),
        *parts,
        _default_language(course),
        _moment("modified", course.source_on),
        "</learningOpportunity>",
    ]


def _run(
    course: CourseRecord, run: RunRecord, run_id: str, agent: str, specification: str, place: str, activity: str
) -> list[str]:
    """The elements of a run, in the order of the schema."""
    period = (
        _text("skos:prefLabel", "", run.dates_text) if run.dates_text else "",
        _moment("startDate", run.starts_on),
        _moment("endDate", run.ends_on),
    )
    return [
        f'<learningOpportunity id="{run_id}">',
        _text("title", course.text_language, course.title),
        _concept("type", elm.OPPORTUNITY + elm.CLASS),
        _note(f"{elm.NOTE}mode", "", run.mode) if run.mode and run.mode not in elm.MODE_CODES else "",
        _note(f"{elm.NOTE}seats", "", f"{run.seats}") if run.seats is not None else "",
        _page(run.url),
        f"<temporal>{''.join(period)}</temporal>" if any(period) else "",
        _mode(run.mode),
        _moment("applicationDeadline", run.deadline_on),
        _idref("providedBy", agent),
        _idref("location", place) if place else "",
        _idref("learningAchievementSpecification", specification),
        _idref("learningActivitySpecification", activity) if activity else "",
        _default_language(course),
        "</learningOpportunity>",
    ]


def _specification(course: CourseRecord, identifier: str, outcomes: list[str]) -> list[str]:
    """The elements of what is learnt, in the order of the schema."""
    languages = [elm.LANGUAGE_CODES[code] for code in course.languages if code in elm.LANGUAGE_CODES]
    certificate = own_id("certificate", course.certificate) if course.certificate else ""
    label = _text("skos:prefLabel", "en", _CERTIFICATES.get(course.certificate, course.certificate))
    return [
        f'<learningAchievementSpecification id="{identifier}">',
        *_texts("title", course.titles),
        *(_text("category", "", word) for word in course.keywords),
        f'<type uri="{certificate}">{label}</type>' if certificate else "",
        _concept("ISCEDFCode", elm.FIELD_UNKNOWN),
        *(_concept("educationSubject", own_id("topic", topic)) for topic in course.topics),
        f"<volumeOfLearning>PT{course.minutes}M</volumeOfLearning>" if course.minutes else "",
        _credit(course.ects),
        *_levels(course.eqf_min, course.eqf_max),
        *(_concept("language", elm.LANGUAGE + code) for code in languages or [elm.NO_LANGUAGE]),
        *(_idref("learningOutcome", outcome) for outcome in outcomes),
        "</learningAchievementSpecification>",
    ]


def _notes(course: CourseRecord, code: str) -> Iterator[str]:
    """What the format has no place for, as notes on subjects of our own."""
    said = elm.OPPORTUNITY_TYPES.get(code, "")
    yield from (_note(f"{elm.NOTE}summary", language, text) for language, text in course.summaries.items() if text)
    words = {
        elm.DURATION_NOTE: course.workload_text,
        f"{elm.NOTE}record-type": "" if course.record_type == said else course.record_type,
        f"{elm.NOTE}mode": "" if course.mode in elm.MODE_CODES else course.mode,
        f"{elm.NOTE}subtitles": " ".join(course.subtitles),
        f"{elm.NOTE}eqf": course.eqf_text,
        f"{elm.NOTE}source": course.source,
        f"{elm.NOTE}source-address": course.source_url,
        f"{elm.NOTE}licence": course.licence,
        f"{elm.NOTE}accessibility": " ".join(course.accessibility),
        f"{elm.NOTE}origin": course.origin,
    }
    yield from (_note(subject, "", text) for subject, text in words.items() if text)


def _price(course: CourseRecord) -> Iterator[str]:
    price: Money | None = course.price if course.price and course.price.currency in elm.CURRENCIES else None
    if price is None and not course.price_text:
        return
    yield "<priceDetail>"
    if price is not None:
        unit = _concept("unit", elm.CURRENCY + price.currency)
        yield f"<amount>{unit}<value>{Decimal(price.cents) / 100:.2f}</value></amount>"
    if course.price_text:
        yield _text("description", "", course.price_text)
    yield "</priceDetail>"


def _levels(lowest: int | None, highest: int | None) -> Iterator[str]:
    for level, remark in ((lowest, "lowest"), (highest, "highest")):
        if level is not None and lowest != highest:
            yield f'<educationLevel uri="{elm.EQF}{level}"><skos:notation>{remark}</skos:notation></educationLevel>'
    if lowest is not None and lowest == highest:
        yield _concept("educationLevel", f"{elm.EQF}{lowest}")


def _credit(points: Decimal | None) -> str:
    if points is None:
        return ""
    return f"<creditPoint>{_concept('framework', elm.ECTS)}<point>{points:f}</point></creditPoint>"


def _mode(mode: str) -> str:
    return _concept("mode", elm.MODE + elm.MODE_CODES[mode]) if mode in elm.MODE_CODES else ""


def _default_language(course: CourseRecord) -> str:
    return _concept("defaultLanguage", elm.LANGUAGE + elm.LANGUAGE_CODES.get(course.text_language, elm.NO_LANGUAGE))


def _page(address: str) -> str:
    inner = f"<contentUrl>{_escaped(any_uri(address))}</contentUrl>" if address else ""
    return f"<homepage>{inner}</homepage>"


def _note(subject: str, language: str, text: str) -> str:
    return f"<additionalNote>{_concept('dc:subject', subject)}{_text('noteLiteral', language, text)}</additionalNote>"


def _moment(name: str, day: datetime.date | None) -> str:
    return f"<{name}>{day.isoformat()}T00:00:00</{name}>" if day else ""


def _concept(name: str, address: str) -> str:
    return f'<{name} uri="{_attribute(address)}"/>'


def _idref(name: str, identifier: str) -> str:
    return f'<{name} idref="{_attribute(identifier)}"/>'


def _texts(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    return (_text(name, language, text) for language, text in texts.items() if text)


def _text(name: str, language: str, text: str) -> str:
    """A text in its language; "und" says that nobody knows it."""
    return f'<{name} language="{language or "und"}">{_escaped(as_html(text))}</{name}>'


def _escaped(text: str) -> str:
    # A parser turns a carriage return into a line feed unless it is written as a number.
    return escape(_FORBIDDEN.sub("", text), quote=False).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def _comment(terms: FileTerms) -> str:
    """What the file says about itself; two hyphens would end a comment."""
    made_at = terms.made_at.isoformat(timespec="seconds")
    words = f"{terms.title}. {terms.publisher}, {made_at}. Terms: {terms.licence}"
    return f"<!-- {re.sub('-(?=-)', '- ', _FORBIDDEN.sub('', words))} -->\n"


def _put(file: IO[bytes] | BinaryIO, elements: Iterable[str]) -> None:
    file.write(f"{''.join(elements)}\n".encode())
