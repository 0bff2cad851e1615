"""Read a CV and say which skills of the framework its sentences speak of. Nothing is written, nothing is kept.

A program suggests and the person decides: each skill comes with the sentence it was found in, with how sure the program
is, and with what else the words could mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from synchromesh.accounts.models import User
from synchromesh.engine.documents import Document, read_document
from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.matching.matches import Alternative, Match
from synchromesh.engine.matching.segments import Span
from synchromesh.framework.models import JobRole, Skill
from synchromesh.framework.queries.concepts import roles_in_force
from synchromesh.framework.queries.text_matching import LONGEST_TEXT, match_texts
from synchromesh.pathways.queries.contact_details import blank_contact_details
from synchromesh.pathways.queries.levels import HeldLevel, list_held_levels

PASTED = "pasted text"
MOST_SKILLS = 60  # asked of the matcher; a page with more is no help
MOST_UNCERTAIN = 12
CERTAIN_FROM = 0.5  # kept unless the person says no: more likely right than wrong
LEAST_PROBABILITY = 0.1  # a suggestion that is nearly always wrong costs more time than it saves
LOWEST_CLAIM = 1  # the level suggested where the words say nothing: the lowest that says one can do something
_MOST_TITLES = 80
_LONGEST_TITLE = 80  # characters
_MOST_TITLE_WORDS = 9
_MOST_ROLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSkill:
    """What the same words could mean as well."""

    skill: Skill
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSkill:
    """A skill and the sentence that speaks of it.

    `place` says where the sentence stands in the file; `spans` are the telling words inside it, in order, without
    overlaps. `level` (1 to 3) is read from the wording, else the lowest one (`level_from_words` tells). `certain` means
    that the probability reaches the threshold above which suggestions are taken unless the person says no. `held` is
    what a signed-in person has on record.
    """

    skill: Skill
    sentence: str
    place: str
    spans: tuple[Span, ...]
    probability: float
    level: int
    level_from_words: bool
    certain: bool
    alternatives: tuple[OtherSkill, ...] = ()
    held: HeldLevel | None = None

    @property
    def suggested_level(self) -> int:
        """The level to begin with: what the person said or showed before, else what the words say."""
        return self.held.level if self.held is not None else self.level

    @property
    def suggested(self) -> bool:
        """Whether to keep it unless the person says no: it is certain, and there is no proof on record already."""
        return self.certain and not (self.held is not None and self.held.is_proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyRole:
    """A job role that a title in the CV looks like, with the title."""

    role: JobRole
    title: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CvReading:
    """What a CV says: skills, certain ones first, then by probability; roles its titles look like; what went wrong.

    `language` is the main language of the text; `mode` is the way of matching that ran, and `fell_back` says in a
    sentence why it is not the one that is set, if so.
    """

    language: str
    found: tuple[FoundSkill, ...]
    roles: tuple[LikelyRole, ...]
    problems: tuple[Problem, ...]
    mode: str
    fell_back: str


def read_cv(
    *,
    text: str = "",
    file: tuple[str, bytes] | None = None,
    language: str | None = None,
    visible_to: User | None = None,
    today: date | None = None,
) -> CvReading:
    """Read a CV, given as pasted text or as a file (its name and its bytes), and match it with the framework.

    `language` is a two-letter code, None to find it out. With `visible_to` and `today` each skill says what that person
    has on record; for a visitor nothing is known. Mail addresses, telephone numbers and the like are blanked before
    anything is matched. Raises InvalidInput for a file that cannot be read or a text that is too long, with the field.
    """
    document = _document(text, file)
    readable = blank_contact_details(document.text)
    answer = match_texts([readable], language=language, top=MOST_SKILLS, purpose="cv")
    matched = answer.texts[0]
    matches = _worth_showing(matched.matches)
    skills = _skills(
        {match.uri for match in matches} | {other.uri for match in matches for other in match.alternatives}
    )
    found = [_found(match, readable, document, skills) for match in matches if match.uri in skills]
    if visible_to is not None and today is not None:
        held = list_held_levels(visible_to, visible_to=visible_to, today=today)
        found = [replace(each, held=held.get(each.skill.pk)) for each in found]
    return CvReading(
        language=language or matched.language,
        found=tuple(found),
        roles=_likely_roles(readable, document, language),
        problems=document.problems,
        mode=str(answer.mode),
        fell_back=answer.fell_back,
    )


def _document(text: str, file: tuple[str, bytes] | None) -> Document:
    """Read what was given; the field of an error is the one that the person filled in."""
    if file is None and len(text) > LONGEST_TEXT:
        raise InvalidInput(f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read.", field="text")
    name, data = file if file is not None else (PASTED, text.encode("utf-8", "replace"))
    try:
        return read_document(name, data)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="text" if file is None else "file") from error


def _worth_showing(matches: tuple[Match, ...]) -> list[Match]:
    """All certain ones, then the best of the others."""
    ranked = sorted(matches, key=lambda match: (not match.accepted, -match.probability, match.uri))
    certain = [match for match in ranked if match.probability >= CERTAIN_FROM]
    return (
        certain + [match for match in ranked[len(certain) :] if match.probability >= LEAST_PROBABILITY][:MOST_UNCERTAIN]
    )


def _skills(uris: set[str]) -> dict[str, Skill]:
    """The skills in force by the addresses that matching knows them by."""
    uids = {uri.rpartition("/")[2] for uri in uris}
    return {f"/id/skill/{skill.uid}": skill for skill in Skill.objects.filter(uid__in=uids, retired_at=None)}


def _found(match: Match, text: str, document: Document, skills: dict[str, Skill]) -> FoundSkill:
    start, end = match.sentence.start, match.sentence.end
    block = document.block_at(start)
    return FoundSkill(
        skill=skills[match.uri],
        sentence=text[start:end],
        place=block.place if block else "",
        spans=_inside(match.spans, match.sentence),
        probability=match.probability,
        level=match.level or LOWEST_CLAIM,
        level_from_words=match.level is not None,
        certain=match.probability >= CERTAIN_FROM,
        alternatives=_others(match.alternatives, skills),
    )


def _inside(spans: tuple[Span, ...], sentence: Span) -> tuple[Span, ...]:
    """The spans that lie in the sentence, counted from its beginning, in order and without overlaps."""
    kept: list[Span] = []
    for span in sorted(spans):
        if span.start < sentence.start or span.end > sentence.end or span.start >= span.end:
            continue
        start = max(span.start - sentence.start, kept[-1].end if kept else 0)
        if start < span.end - sentence.start:
            kept.append(Span(start, span.end - sentence.start))
    return tuple(kept)


def _others(alternatives: tuple[Alternative, ...], skills: dict[str, Skill]) -> tuple[OtherSkill, ...]:
    return tuple(
        OtherSkill(skill=skills[other.uri], probability=other.probability)
        for other in alternatives
        if other.uri in skills
    )


def _likely_roles(text: str, document: Document, language: str | None) -> tuple[LikelyRole, ...]:
    """The job roles that headings and short lines name, the surest first, each with the line that names it best."""
    titles = _titles(text, document)
    if not titles:
        return ()
    answer = match_texts(titles, kind="occupation", language=language, top=1, purpose="cv")
    best: dict[str, tuple[float, str]] = {}
    for title, matched in zip(titles, answer.texts, strict=True):
        for match in matched.accepted:
            uid = match.uri.rpartition("/")[2]
            if uid not in best or best[uid][0] < match.probability:
                best[uid] = (match.probability, title)
    chosen = sorted(best, key=lambda uid: (-best[uid][0], uid))[:_MOST_ROLES]
    roles = {str(role.uid): role for role in roles_in_force().filter(uid__in=chosen)}
    return tuple(
        LikelyRole(role=roles[uid], title=best[uid][1], probability=best[uid][0]) for uid in chosen if uid in roles
    )


def _titles(text: str, document: Document) -> list[str]:
    """Headings and short lines, where job titles stand, without whole sentences; each once."""
    lines = [" ".join(text[block.start : block.end].split()) for block in document.blocks]
    short = [
        line
        for line in lines
        if len(line) <= _LONGEST_TITLE
        and not line.endswith(".")
        and len(line.split()) <= _MOST_TITLE_WORDS
        and sum(character.isalpha() for character in line) >= 5
    ]
    return list(dict.fromkeys(short))[:_MOST_TITLES]
