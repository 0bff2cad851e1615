"""Ways in which one course comes to stand in a catalogue twice, and ways in which two courses only look like one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.catalogue.drafts import Draft, invent_dates, phrases
from benchmarks.catalogue.topics import STANDARDS, Topic
from rapidfuzz import fuzz, process

from synchromesh.engine.deduplication.courses import CourseProfile

Copy = Callable[[random.Random, CourseProfile], CourseProfile]
_LEGAL_FORMS = re.compile(r",? (GmbH|e\. V\.|B\.V\.|AB|S\.L\.|S\.r\.l\.|Sp\. z o\.o\.|s\.r\.o\.)$")
_LETTERS = "abcdefghijklmnoprstuvwz"


def misspell(generator: random.Random, course: CourseProfile) -> CourseProfile:
    """One or two slips of the keyboard in the title; the address is written in another way or is another one."""
    title = course.title
    for _ in range(generator.choice((1, 1, 2))):
        title = _slip(generator, title)
    return replace(course, title=title, address=_other_spelling(generator, course.address))


def list_elsewhere(generator: random.Random, course: CourseProfile) -> CourseProfile:
    """A portal lists it, or the provider under another name: other address, text often cut or with a preface."""
    portal = generator.choice(phrases()["portals"])
    name = course.provider or portal
    renamed = generator.random() < 0.5
    provider = _other_name(generator, name) if renamed else generator.choice((portal,) * 9 + ("",))
    title = generator.choice(("{title}", "{title}", "{title}", "{title} | {name}", "{name}: {title}"))
    return replace(
        course,
        title=title.format(title=course.title, name=name),
        provider=provider,
        address=f"https://{portal.split()[0].lower()}.example/offer?id={generator.randrange(10**6)}&utm_source=feed",
        text=_retold(generator, course, name),
        minutes=course.minutes if generator.random() < 0.8 else None,
        starts_on=course.starts_on if generator.random() < 0.7 else course.starts_on[:1],
    )


def give_again(generator: random.Random, course: CourseProfile) -> CourseProfile:
    """The same course on other days, with a page of its own and the year of its title moved."""
    starts = invent_dates(generator)
    year = str(starts[0].year) if starts else "2027"
    title = re.sub(r"\b202[67]$", year, course.title)
    address = re.sub(r"\d+$", lambda old: str(int(old[0]) + generator.randint(1, 40)), course.address)
    return replace(course, title=title, address=address, starts_on=starts)


def shorten(generator: random.Random, course: CourseProfile) -> CourseProfile:
    """A list shows the beginning of the text alone; of a long title without a level, the last word is cut."""
    words = course.title.split()
    plain = not re.search(r"[\d:,(–]| I+$", course.title)
    cut = plain and len(words) > 4 and len(words[-2]) > 3 and generator.random() < 0.5
    title = " ".join(words[:-1]) if cut else course.title
    beginning = " ".join(re.split(r"(?<=[.?!]) ", course.text)[: generator.choice((0, 1, 1, 1, 2, 2))])
    return replace(
        course, title=title, text=beginning, address=_other_spelling(generator, course.address),
        minutes=course.minutes if generator.random() < 0.7 else None,
    )  # fmt: skip


def combine(generator: random.Random, course: CourseProfile) -> CourseProfile:
    """Two changes at once."""
    first, second = generator.sample(WITHIN_A_LANGUAGE, 2)
    return second(generator, first(generator, course))


WITHIN_A_LANGUAGE: tuple[Copy, ...] = (misspell, list_elsewhere, give_again, shorten)


def move_town(generator: random.Random, draft: Draft, language: str) -> CourseProfile:
    """The course in another town on other days, listed as a course of its own."""
    town = (draft.city or 0) + generator.randint(1, 3)
    moved = replace(draft, city=town, starts_on=invent_dates(generator), number=draft.number + town)
    return moved.write(language, key="")


def translate(generator: random.Random, draft: Draft, language: str) -> CourseProfile:
    """The twin in another language: own page, some other sentences, days and workload not always stated."""
    sentences = tuple(number if generator.random() < 0.8 else number + 1 for number in draft.sentences)
    twin = replace(
        draft, sentences=sentences, number=draft.number if generator.random() < 0.5 else generator.randrange(100_000)
    )
    if generator.random() < 0.3:
        twin = replace(twin, companions=twin.companions[:2])
    starts = generator.choices((draft.starts_on, invent_dates(generator), ()), (55, 25, 20))[0]
    course = replace(twin, starts_on=starts).write(language, key="")
    if generator.random() < 0.2:
        course = replace(course, minutes=None)
    drawn = generator.random()
    if drawn < 0.06 and draft.address == "page":
        return replace(course, address=draft.write(draft.languages()[0], key="").address)  # one page, several languages
    if drawn < 0.15:
        return replace(course, provider=_other_name(generator, course.provider))
    if drawn < 0.25:
        return list_elsewhere(generator, course)
    return course


def other_level(generator: random.Random, draft: Draft) -> Draft:
    """The next rung of its ladder; a course without a level becomes the second of a pair."""
    ladder, rung = draft.level or (generator.randrange(len(phrases()["levels"])), 0)
    return _of_its_own(generator, replace(draft, level=(ladder, rung + 1)))


def other_audience(generator: random.Random, draft: Draft) -> Draft:
    """The same for other people."""
    return _of_its_own(generator, replace(draft, audience=((draft.audience or 0) + generator.randint(1, 3)) % 4))


def other_standard(generator: random.Random, draft: Draft) -> Draft:
    """The same about another standard, or another edition of it."""
    name = generator.choice([name for name in STANDARDS if name != draft.topic.uri])
    topic = replace(draft.topic, uri=name, names=dict.fromkeys(draft.topic.names, name))
    return _of_its_own(generator, replace(draft, topic=topic))


def neighbour(generator: random.Random, draft: Draft, topics: Sequence[Topic], language: str) -> Draft:
    """The course of the same provider whose topic is called most alike, told with the same sentences."""
    named = [topic for topic in topics if language in topic.names and topic.uri != draft.topic.uri]
    names = [topic.names[language] for topic in named]
    nearest = process.extract(draft.topic.names[language], names, scorer=fuzz.ratio, limit=3)
    topic = named[generator.choice(nearest)[2]]
    return _of_its_own(generator, replace(draft, topic=topic, companions=draft.companions[: generator.randint(1, 3)]))


def _of_its_own(generator: random.Random, draft: Draft) -> Draft:
    """Its own page and mostly its own days; workload stays the provider's habit."""
    starts = draft.starts_on if generator.random() < 0.35 else invent_dates(generator)
    return replace(draft, number=draft.number + generator.randint(1, 9), starts_on=starts)


def _slip(generator: random.Random, text: str) -> str:
    """Swap, drop, double or replace one letter of a word with at least five."""
    places = [at for match in re.finditer(r"[^\W\d_]{5,}", text) for at in range(match.start() + 1, match.end() - 1)]
    if not places:
        return text
    at = generator.choice(places)
    kind = generator.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[: at + 1] + text[at:]
    return text[:at] + generator.choice(_LETTERS) + text[at + 1 :]


def _other_spelling(generator: random.Random, address: str) -> str:
    """The same page written otherwise, or (one in three) a page with another number."""
    if not address or address.count("/") < 3:  # none, or the site alone
        return address
    ways = (
        address + "?utm_campaign=spring&utm_source=mail",
        address.replace("https://www.", "http://") + "/",
        re.sub(r"[\w-]+$", str(generator.randrange(10**5)), address),
    )
    return generator.choice(ways)


def _other_name(generator: random.Random, name: str) -> str:
    """The provider as others write it: without its legal form, in capitals, with a town, or by its last words."""
    short = _LEGAL_FORMS.sub("", name)
    town = generator.choice(phrases()["cities"]["de"])
    return generator.choice((short, name.upper(), f"{short} {town}", f"{short} – {town}", " ".join(short.split()[-2:])))


def _retold(generator: random.Random, course: CourseProfile, name: str) -> str:
    preface = generator.choice(phrases()["portal_prefaces"]).get(course.language, "").format(provider=name)
    whole = course.text
    return generator.choice((whole, whole, f"{preface} {whole}", f"{whole} {preface}", whole[:160] + " …", ""))
