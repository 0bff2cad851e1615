"""Which skills a course may teach: what matching finds in its texts, less what people have decided already.

Nothing here is stored. A suggestion becomes a link when a person confirms it (`operations/mapping.py`); links that a
file brought and nobody has confirmed are suggestions too, and come first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from synchromesh.catalogue.models import Course, CourseSkill, MappingDecision, MappingVerdict
from synchromesh.catalogue.queries.course_texts import CourseText, Place, Segment, read_course_text, text_languages
from synchromesh.engine.matching import Match, Span
from synchromesh.framework.models import Skill
from synchromesh.framework.models.esco import fold
from synchromesh.framework.queries.concepts import find_published_version
from synchromesh.framework.queries.text_matching import MatchingAnswer, match_texts
from synchromesh.framework.queries.words_in_names import has_words
from synchromesh.plumbing.translated_text import in_language

DEFAULT_LEVEL = 2  # Practitioner, where the words of the text say nothing about a level
MOST_SUGGESTIONS = 30
MOST_FOUND = 8
_ADDRESS = "/id/skill/"
_LONGEST_QUOTE = 160  # characters; a longer stretch is no evidence but the whole sentence
_NEAR = 3  # characters between two pieces of evidence that read as one
_KEPT_SECONDS = 900  # each key press at the desk asks again for the same text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a person saw when deciding: the words, their sentence and language, and what the program made of them.

    `probability` (0 to 1) is None where no program was asked, then `mode` is empty.
    """

    quote: str = ""
    sentence: str = ""
    language: str = ""
    probability: float | None = None
    mode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeSkill:
    """Another skill that the same words could mean."""

    skill: Skill
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A skill to decide about. `number` is what its words are marked with in the text, counted from 1.

    `level_stated` tells whether a file or the words of the text say the level (`level_words`, where it was the text);
    otherwise the level is only a default. `link` is the unconfirmed link that a file brought, if there is one.
    """

    number: int
    skill: Skill
    level: int
    level_stated: bool
    level_words: str
    evidence: Evidence
    places: tuple[Place, ...]
    alternatives: tuple[AlternativeSkill, ...]
    link: CourseSkill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseMapping:
    """Everything that the mapping desk shows of a course. `fell_back` says why another mode ran than the one set."""

    course: Course
    language: str
    languages: tuple[str, ...]
    segments: tuple[Segment, ...]
    suggestions: tuple[Suggestion, ...]
    links: tuple[CourseSkill, ...]
    rejected: tuple[Skill, ...]
    mode: str
    fell_back: str

    def find(self, skill_uid: str) -> Suggestion | None:
        """The suggestion of this skill, if it is one."""
        return next((row for row in self.suggestions if str(row.skill.uid) == skill_uid), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """What people have said about a course so far."""

    linked: frozenset[int]
    rejected: dict[int, Skill]
    no_skills: frozenset[str]


def find_course_mapping(course: Course, language: str) -> CourseMapping:
    """Suggestions for a course, read in `language` where it has that; those that a file states first, then by
    probability. At most six questions to the database beside those of the matching, whatever the course teaches.
    """
    text = read_course_text(course, language)
    links = list(course.skill_links.select_related("skill").order_by("-level", "skill__slug"))
    decided = _decided(course, links)
    answer = _match(text)
    matches = answer.texts[0].accepted if answer else ()
    skills = _skills(matches)
    stated = [link for link in links if link.confirmed_at is None and link.skill.retired_at is None]
    drafts = [
        *(_from_file(text, link, matches, skills, answer) for link in stated),
        *_from_matches(text, matches, skills, decided, answer),
    ]
    return CourseMapping(
        course=course,
        language=text.segments[0].language if text.segments else language,
        languages=text_languages(course),
        segments=text.segments,
        suggestions=tuple(_numbered(drafts[:MOST_SUGGESTIONS])),
        links=tuple(link for link in links if link.confirmed_at is not None),
        rejected=tuple(sorted(decided.rejected.values(), key=lambda skill: skill.slug)),
        mode=str(answer.mode) if answer else "",
        fell_back=answer.fell_back if answer else "",
    )


def is_due(link: CourseSkill, *, today: date) -> bool:
    """Whether a confirmed link is to be looked at again; until somebody does, it goes on counting."""
    return link.review_due_on is not None and link.review_due_on <= today


def find_skills_to_add(course: Course, words: str, *, language: str) -> list[Skill]:
    """Skills in force with all these words in one of their names, without those that the course is linked to.

    First those whose name in `language` begins with the words, then the shorter ones. Two questions to the database.
    """
    wanted = fold(words)
    if not wanted:
        return []
    linked = set(course.skill_links.exclude(confirmed_at=None).values_list("skill", flat=True))
    found = [
        skill
        for skill in Skill.objects.filter(retired_at=None).order_by("slug")
        if skill.pk not in linked and has_words(skill, words)
    ]

    def rank(skill: Skill) -> tuple[bool, int, str]:
        name = fold(in_language(skill.titles, language).text)
        return (not name.startswith(wanted), len(name), skill.slug)

    return sorted(found, key=rank)[:MOST_FOUND]


def standing_rejections(course: Course) -> dict[int, Skill]:
    """Skills by row of which the last thing that was said is that the course does not teach them."""
    return _decided(course, ()).rejected


def list_rejected_skills(*, import_source: str) -> dict[int, set[str]]:
    """The slugs of rejected skills by course row, for all courses of one source. One question to the database."""
    verdicts = MappingVerdict.objects.filter(course__import_source=import_source, inherited=False)
    found: dict[int, set[str]] = {}
    rows = verdicts.exclude(skill=None).order_by("decided_at", "pk").values_list("course", "skill__slug", "decision")
    for course, slug, decision in rows:
        rejected = found.setdefault(course, set())
        if decision == MappingDecision.REJECTED:
            rejected.add(slug)
        else:
            rejected.discard(slug)
    return found


def _decided(course: Course, links: Iterable[CourseSkill]) -> _Decided:
    rejected: dict[int, Skill] = {}
    no_skills = set()
    verdicts = MappingVerdict.objects.filter(course=course, inherited=False).select_related("skill")
    for verdict in verdicts.order_by("decided_at", "pk"):
        if verdict.skill is None:
            no_skills.add(verdict.quote.casefold())
        elif verdict.decision == MappingDecision.REJECTED:
            rejected[verdict.skill.pk] = verdict.skill
        else:
            rejected.pop(verdict.skill.pk, None)
    return _Decided(
        linked=frozenset(link.skill_id for link in links), rejected=rejected, no_skills=frozenset(no_skills)
    )


def _match(text: CourseText) -> MatchingAnswer | None:
    """What the engine finds, remembered for a while; None where there is nothing to read or to find."""
    version = find_published_version()
    if not text.segments or version is None:
        return None
    state = f"{version.pk}.{version.revision}|{settings.MATCHING_MODES['courses']}|{text.language}|{text.joined}"
    key = f"course-mapping:{hashlib.sha256(state.encode()).hexdigest()}"
    answer: MatchingAnswer | None = cache.get(key)
    if answer is None:
        answer = match_texts([text.joined], language=text.language, top=MOST_SUGGESTIONS, purpose="courses")
        cache.set(key, answer, _KEPT_SECONDS)
    return answer


def _skills(matches: Sequence[Match]) -> dict[str, Skill]:
    """The skills in force that the matches and their alternatives name, by address."""
    named = [match.uri for match in matches]
    named += [other.uri for match in matches for other in match.alternatives]
    uids = {uri: UUID(uri.removeprefix(_ADDRESS)) for uri in named}
    by_uid = {skill.uid: skill for skill in Skill.objects.filter(uid__in=set(uids.values()), retired_at=None)}
    return {uri: by_uid[uid] for uri, uid in uids.items() if uid in by_uid}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A suggestion without its number."""

    skill: Skill
    level: int
    level_stated: bool
    level_words: str
    evidence: Evidence
    places: tuple[Place, ...]
    alternatives: tuple[AlternativeSkill, ...] = ()
    link: CourseSkill | None = None


def _numbered(drafts: Iterable[_Draft]) -> Iterable[Suggestion]:
    for number, draft in enumerate(drafts, start=1):
        yield Suggestion(number=number, **{name: getattr(draft, name) for name in _Draft.__slots__})


def _from_file(
    text: CourseText,
    link: CourseSkill,
    matches: Sequence[Match],
    skills: dict[str, Skill],
    answer: MatchingAnswer | None,
) -> _Draft:
    """A link that a file states: its own level and words, and beside them what matching found, if it did."""
    match = next((match for match in matches if skills.get(match.uri) == link.skill), None)
    evidence, places = _evidence(text, match, answer) if match else (Evidence(), ())
    span = text.find(link.quote)
    if span is not None:
        places = _places(text, [span])
        language = text.segments[places[0].segment].language if places else ""
        evidence = Evidence(
            quote=text.words(span),
            sentence=evidence.sentence,
            language=language,
            probability=evidence.probability,
            mode=evidence.mode,
        )
    return _Draft(
        skill=link.skill,
        level=link.level,
        level_stated=True,
        level_words="",
        evidence=evidence,
        places=places,
        link=link,
    )


def _from_matches(
    text: CourseText,
    matches: Sequence[Match],
    skills: dict[str, Skill],
    decided: _Decided,
    answer: MatchingAnswer | None,
) -> Iterable[_Draft]:
    settled = decided.linked | decided.rejected.keys()
    for match in matches:
        skill = skills.get(match.uri)
        if skill is None or skill.pk in settled:
            continue
        evidence, places = _evidence(text, match, answer)
        if evidence.quote.casefold() in decided.no_skills:
            continue
        yield _Draft(
            skill=skill,
            level=match.level or DEFAULT_LEVEL,
            level_stated=match.level is not None,
            level_words=text.words(match.level_words) if match.level_words else "",
            evidence=evidence,
            places=places,
            alternatives=tuple(
                AlternativeSkill(skill=skills[other.uri], probability=other.probability)
                for other in match.alternatives
                if other.uri in skills and skills[other.uri].pk not in settled
            ),
        )


def _evidence(text: CourseText, match: Match, answer: MatchingAnswer | None) -> tuple[Evidence, tuple[Place, ...]]:
    """The words of a match as a person reads them, and all places that justify it."""
    inside = [span for span in match.spans if match.sentence.start <= span.start and span.end <= match.sentence.end]
    quoted = Span(min(span.start for span in inside), max(span.end for span in inside)) if inside else match.spans[0]
    if quoted.end - quoted.start > _LONGEST_QUOTE:
        quoted = match.spans[0]
    places = _places(text, match.spans)
    home = text.place(quoted)
    evidence = Evidence(
        quote=text.words(quoted),
        sentence=text.words(match.sentence),
        language=text.segments[home.segment].language if home else "",
        probability=match.probability,
        mode=str(answer.mode) if answer else "",
    )
    return evidence, places


def _places(text: CourseText, spans: Iterable[Span]) -> tuple[Place, ...]:
    """Spans as places in their segments, in reading order, neighbours as one."""
    found: list[Place] = []
    for place in filter(None, map(text.place, sorted(spans))):
        last = found[-1] if found else None
        if last is not None and last.segment == place.segment and place.start - last.end <= _NEAR:
            found[-1] = Place(segment=last.segment, start=last.start, end=max(last.end, place.end))
        else:
            found.append(place)
    return tuple(found)
