"""Wanted training: what people look for and no course gives, counted by skill, level, language and region.

Searches that found nothing, gaps and plans without a course, and wishes sent with a button (`operations/briefs.py`)
come together here. What a course closes by now drops out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Max, Q, Sum, prefetch_related_objects

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Brief, BriefClaim
from synchromesh.catalogue.queries.brief_counts import (
    Thresholds,
    Wish,
    WishCount,
    WishRow,
    add_up,
    hold_back_small,
    leave_out_rare_words,
)
from synchromesh.catalogue.queries.courses import list_courses_for_skills
from synchromesh.engine.errors import NotFound
from synchromesh.engine.vocabulary.folding import fold
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.framework.models import Skill
from synchromesh.places.models import Region
from synchromesh.plumbing.audit import Actor

MONTHS = 12
"""What everybody sees: two periods side by side would tell how many wished in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTraining:
    """One thing that people look for. Without a skill it is known by `words` only.

    No `level`, `language` or `region`: any of them, not known, or too few to say. `times` is None where fewer than the
    threshold look for it and the reader may not know how many; `by_origin` and `last_on` are empty where they may not
    be told. `claims` is how many providers prepare a course for it.
    """

    skill: Skill | None
    level: int | None
    words: str
    language: str
    region: Region | None
    times: int | None
    origins: tuple[str, ...] = ()
    by_origin: Mapping[str, int] = field(default_factory=dict)
    last_on: date | None = None
    claims: int = 0

    @property
    def parts(self) -> dict[str, str]:
        """What names it in an address: skill, level, words, language, region; without what is not known."""
        parts = {
            "skill": self.skill.slug if self.skill else "",
            "level": str(self.level or ""),
            "words": self.words,
            "language": self.language,
            "region": self.region.code if self.region else "",
        }
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What one available course does for one skill."""

    entry: int
    level: int
    languages: frozenset[str]


def thresholds() -> Thresholds:
    """The thresholds that the operator has set."""
    return Thresholds(
        count=settings.WISHES_SHOWN_FROM, words=settings.WISH_WORDS_SHOWN_FROM, name_few=settings.FEW_WISHES_NAMED
    )


def list_wanted_training(
    *, visible_to: Actor, today: date, everything: bool = False, months: int = MONTHS, skill: Skill | None = None
) -> list[WantedTraining]:
    """What people have looked for in the last months, most wanted first. At most eight questions to the database.

    Of one `skill`, if that is given; small numbers are joined within a skill, so that this tells nothing more.
    `everything` shows small numbers and all words too, for any number of `months`; else the period is a year. Raises
    NotAllowed for `everything` to all but alliance staff.
    """
    if everything:
        require(is_alliance_staff(visible_to), "Only alliance staff see small numbers of wishes.")
    rows = _stored(months_later(today, -(months if everything else MONTHS)))
    skills = _skills(rows)
    named = _named(rows, skills)
    if skill is not None:
        skills, named = {skill.pk: skill}, [row for row in named if row[0].skill == skill.pk]
    counts = add_up(named if everything else leave_out_rare_words(named, thresholds()))
    offers = _offers([skills[pk] for pk in {count.wish.skill for count in counts} if pk in skills], today=today)
    still = [count for count in counts if not _is_closed(count.wish, offers)]
    shown = still if everything else hold_back_small(still, thresholds())
    return _with_records(shown, skills)


def _stored(since: date) -> list[WishRow]:
    """The wishes as they were written down, months together. One question."""
    found = Brief.objects.filter(last_on__gte=since, skill__retired_at=None).exclude(skill=None, words="")
    grouped = found.values_list("skill", "level", "words", "language", "region", "origin")
    rows = []
    for row in grouped.annotate(sum=Sum("times"), last=Max("last_on")).order_by():
        skill, level, words, language, region, origin, times, last = row
        wish = Wish(skill=skill, level=level, words="" if skill else words, language=language, region=region)
        rows.append((wish, origin, times, last))
    return rows


def _skills(rows: Iterable[WishRow]) -> dict[int, Skill]:
    """The skills that may be meant: those named, and where there are words, all that are not retired."""
    wishes = [wish for wish, *_ in rows]
    found = Skill.objects.filter(retired_at=None).defer("descriptions")
    if all(wish.skill for wish in wishes):
        found = found.filter(pk__in={wish.skill for wish in wishes})
    return {skill.pk: skill for skill in found}


def _named(rows: Iterable[WishRow], skills: Mapping[int, Skill]) -> list[WishRow]:
    """Words that are the name of one skill, in any language, count for that skill; other words are folded."""
    names = _names(skills.values())
    return [(_meant(wish, names), origin, times, on) for wish, origin, times, on in rows]


def _meant(wish: Wish, names: Mapping[str, int]) -> Wish:
    if wish.skill is not None:
        return wish
    words = folded_words(wish.words)
    if words in names:
        return Wish(skill=names[words], language=wish.language, region=wish.region)
    return Wish(words=words, language=wish.language, region=wish.region)


def _names(skills: Iterable[Skill]) -> dict[str, int]:
    """Which skill a folded name means; a name that two skills have means neither."""
    found: dict[str, set[int]] = {}
    for skill in skills:
        for name in (skill.slug.replace("-", " "), *skill.titles.values()):
            found.setdefault(folded_words(name), set()).add(skill.pk)
    return {name: next(iter(pks)) for name, pks in found.items() if len(pks) == 1}


def folded_words(words: str) -> str:
    """Words without case, accents and needless spaces, so that two spellings of them are one."""
    return " ".join(fold(words).split())


def _offers(skills: Sequence[Skill], *, today: date) -> dict[int, list[_Offer]]:
    """What courses that can be taken do for the skills, by skill. Three questions, none without a skill."""
    found: dict[int, list[_Offer]] = {}
    for course in list_courses_for_skills(skills, today=today) if skills else ():
        for link in course.links_to_skill:  # type: ignore[attr-defined]
            entry = link.level - 1 if link.entry_level is None else link.entry_level
            offer = _Offer(entry=entry, level=link.level, languages=frozenset(course.languages))
            found.setdefault(link.skill_id, []).append(offer)
    return found


def _is_closed(wish: Wish, offers: Mapping[int, Collection[_Offer]]) -> bool:
    """Whether a course leads to that level in that language; one that states no language leads in none."""
    return any(
        (wish.level is None or offer.entry < wish.level <= offer.level)
        and (not wish.language or wish.language in offer.languages)
        for offer in offers.get(wish.skill or 0, ())
    )


def _with_records(counts: Sequence[WishCount], skills: Mapping[int, Skill]) -> list[WantedTraining]:
    wanted = {count.wish.skill for count in counts if count.wish.skill}
    named = [skills[pk] for pk in wanted if pk in skills]
    prefetch_related_objects(named, "topics")
    places = {count.wish.region for count in counts if count.wish.region}
    regions = Region.objects.in_bulk(places) if places else {}
    claims = _open_claims() if counts else []
    rows = [
        WantedTraining(
            skill=skills[count.wish.skill] if count.wish.skill else None,
            level=count.wish.level,
            words=count.wish.words,
            language=count.wish.language,
            region=regions.get(count.wish.region or 0),
            times=count.times,
            origins=count.origins,
            by_origin=count.by_origin,
            last_on=count.last_on,
            claims=len({provider for claimed, provider in claims if _covers(claimed, count.wish)}),
        )
        for count in counts
    ]
    return sorted(rows, key=lambda row: (-(row.times or 0), *sorted(row.parts.items())))


def _open_claims() -> list[tuple[Wish, int]]:
    """What providers said they would offer and have not published yet, each with the provider's row."""
    found = (
        BriefClaim.objects.filter(still_open())
        .order_by("pk")
        .values_list("skill", "level", "words", "language", "region", "provider")
    )
    return [
        (Wish(skill=skill, level=level, words=folded_words(words), language=language, region=region), provider)
        for skill, level, words, language, region, provider in found
    ]


def still_open() -> Q:
    """The condition of claims that were not given up and whose course is not published yet."""
    return Q(given_up_at=None) & (Q(course=None) | Q(course__published_at=None))


def _covers(claimed: Wish, wish: Wish) -> bool:
    """Whether a claim is about what is wanted; what one of them leaves open fits anything."""
    same = claimed.skill == wish.skill and claimed.words == wish.words
    pairs = ((claimed.level, wish.level), (claimed.language, wish.language), (claimed.region, wish.region))
    return same and all(not one or not other or one == other for one, other in pairs)


def get_wanted_training(parts: Mapping[str, str], *, visible_to: Actor, today: date) -> WantedTraining:
    """The row that an address names (see `WantedTraining.parts`), as the reader may see it. Raises NotFound."""
    asked = {name: value for name, value in parts.items() if value}
    views = (False, True) if is_alliance_staff(visible_to) else (False,)
    for everything in views:
        for row in list_wanted_training(visible_to=visible_to, today=today, everything=everything):
            if row.parts == asked:
                return row
    raise NotFound("Nobody looks for this any more, or too few to say so. See what is wanted now.")
