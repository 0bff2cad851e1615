"""A Course of schema.org into the record of a course. Property names: https://schema.org/Course"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, derived_course_id, fitted, one_of_each
from synchromesh.engine.feeds.readers._schema_nodes import SchemaNode, identity
from synchromesh.engine.feeds.readers._schema_offers import read_offers
from synchromesh.engine.feeds.readers._schema_runs import country_of, is_run, read_mode, read_runs, read_workload
from synchromesh.engine.feeds.records import ORIGINS, CourseRecord, ReadSettings, RunRecord, SkillLinkRecord
from synchromesh.engine.feeds.wording import parse_certificate
from synchromesh.engine.vocabulary.money import Money

__all__ = ["ACCESSIBILITY_TERMS", "EQF", "ORIGIN", "SKILL_LEVELS", "TOPICS", "read_course"]

# Names under which `_schema_writing` puts what schema.org has no property of its own for.
EQF = "EQF"
SKILL_LEVELS = "skill level"
TOPICS = "Synchromesh topics"
ORIGIN = "Synchromesh origin"
# Terms of https://www.w3.org/2021/a11y-discov-vocab/latest/; what has none there is written in our own words.
ACCESSIBILITY_TERMS = {
    "captions": "captions",
    "transcript": "transcript",
    "sign-language": "signLanguage",
    "audio-description": "audioDescription",
    "screen-reader": "screen-reader",
    "keyboard": "fullKeyboardControl",
    "easy-language": "easy-language",
    "step-free": "step-free",
}

_EQF = re.compile(
    r"\b(?:EQF|EQR|European Qualifications Framework)\D{0,15}([1-8])\b(?:\s*(?:-|–|to|bis|/)\s*([1-8])\b)?"
)
_ECTS = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*ECTS\b", re.IGNORECASE)
_MOST_ECTS = 600
_PUBLISHERS = ("sourceOrganization", "publisher", "creator", "author")


def read_course(course: SchemaNode, *, settings: ReadSettings) -> CourseRecord | None:
    """The course, or None for one without a title, which is reported in its fields."""
    languages = course.languages("inLanguage")
    titles = course.first_texts("name", one_line=True) or course.first_texts("headline", one_line=True)
    if not titles:
        course.fields.report(f"{course.path}name", "The course has no title. It was left out.")
        return None
    instances = course.nodes("hasCourseInstance")
    general: list[SchemaNode] = []
    occurrences: list[SchemaNode] = []
    for instance in instances:
        (occurrences if is_run(instance) else general).append(instance)
    position = course.fields.position
    runs = read_runs(occurrences, position=position)
    provider = _provider(course, instances)
    name = provider.words("name") or provider.words("legalName") or settings.provider
    minutes, workload_text = read_workload(course, (*general, *occurrences))
    price, price_text = _price(course, instances, settings)
    record = replace(
        EMPTY_COURSE,
        position=position,
        external_id=_external_id(course) or derived_course_id(name, next(iter(titles.values()))),
        titles=titles,
        provider=name,
        provider_country=country_of(provider),
        provider_url=provider.address("url") or provider.address("sameAs"),
        record_type=next((kind for kind in course.all_words("learningResourceType") if "://" not in kind), ""),
        topics=_topics(course),
        keywords=_keywords(course),
        summaries=course.first_texts("abstract"),
        descriptions=course.first_texts("description"),
        outcomes=course.texts("teaches"),
        languages=languages if course.has("inLanguage") else _languages(general, runs),
        subtitles=_subtitles(course),
        mode=_mode(course, general, runs),
        minutes=minutes,
        workload_text=workload_text,
        price=price,
        price_text=price_text,
        certificate=_certificate(course),
        ects=_ects(course),
        url=_address(course),
        skills=_skills(course),
        runs=runs,
        source=_source(course)[0],
        source_url=_source(course)[1],
        source_on=course.day("dateModified")[0],
        licence=_licence(course),
        accessibility=_accessibility(course),
        origin=_origin(course),
    )
    return fitted(_with_eqf(record, course))


def _external_id(course: SchemaNode) -> str:
    """What identifies the course; a short `@id` such as "#course" only if there is nothing better."""
    name = identity(course.members)
    name = "" if name.startswith("_:") else name
    address = course.fields.address(name, f"{course.path}@id", base=course.base)
    stated = (*course.codes("identifier"), address, *course.codes("courseCode"), *course.codes("url"), name)
    return next(filter(None, stated), "")


def _address(course: SchemaNode) -> str:
    for name in ("url", "mainEntityOfPage", "@id", "sameAs"):
        if found := course.address(name):
            return found
    return ""


def _provider(course: SchemaNode, instances: list[SchemaNode]) -> SchemaNode:
    """Who offers the course: its provider, the organisers of its instances, or else who published it."""
    stated = course.node("provider")
    if stated.members:
        return stated
    nodes = [node for instance in instances for name in ("provider", "organizer") for node in instance.nodes(name)]
    nodes += [node for name in _PUBLISHERS for node in course.nodes(name)]
    return next((node for node in nodes if "Person" not in node.types), stated)


def _source(course: SchemaNode) -> tuple[str, str]:
    """Name and address of what the entry is based on."""
    source = course.node("isBasedOn")
    if not source.types and (address := source.address("name")):
        return "", address
    return source.words("name"), source.address("url")


def _languages(general: list[SchemaNode], runs: tuple[RunRecord, ...]) -> tuple[str, ...]:
    stated = [code for instance in general for code in instance.languages("inLanguage")]
    return one_of_each(stated) or one_of_each(run.language for run in runs)


def _mode(course: SchemaNode, general: list[SchemaNode], runs: tuple[RunRecord, ...]) -> str:
    stated = read_mode(course) or next(filter(None, map(read_mode, general)), "")
    modes = {run.mode for run in runs}
    return stated or (modes.pop() if len(modes) == 1 and not general else "")


def _topics(course: SchemaNode) -> tuple[str, ...]:
    ours = (node for node in course.nodes("about") if TOPICS in node.all_words("inDefinedTermSet"))
    return one_of_each(code for node in ours for code in node.codes("termCode"))


def _keywords(course: SchemaNode) -> tuple[str, ...]:
    """The words for the subject; a text names several, separated by commas, an object only one."""
    found: list[str] = []
    for node in (*course.nodes("keywords"), *course.nodes("about")):
        if TOPICS in node.all_words("inDefinedTermSet"):
            continue
        name = node.words("name")
        found += [name] if node.types else (word.strip() for word in name.split(",") if "://" not in word)
    return one_of_each(found)


def _subtitles(course: SchemaNode) -> tuple[str, ...]:
    captions = (caption for media in course.nodes("associatedMedia") for caption in media.nodes("caption"))
    found = [code for caption in captions for code in caption.languages("inLanguage")]
    return one_of_each([*course.languages("subtitleLanguage"), *found])


def _price(course: SchemaNode, instances: list[SchemaNode], settings: ReadSettings) -> tuple[Money | None, str]:
    price, words = read_offers(course.nodes("offers"), currency=settings.currency)
    if price is None and not words:
        offers = [offer for instance in instances for offer in instance.nodes("offers")]
        price, words = read_offers(offers, currency=settings.currency)
    if price is None and _is_free(course):
        price = Money(cents=0, currency=settings.currency or "EUR")
    return price, words


def _is_free(course: SchemaNode) -> bool:
    """Whether the course says so: true, "True", or the address https://schema.org/True."""
    stated = course.values("isAccessibleForFree")
    return any(value is True or (isinstance(value, str) and value.casefold().endswith("true")) for value in stated)


def _certificate(course: SchemaNode) -> str:
    for name in ("educationalCredentialAwarded", "occupationalCredentialAwarded"):
        for credential in course.nodes(name):
            for words in (*credential.all_words("credentialCategory"), credential.words("name")):
                if "://" not in words and (found := parse_certificate(words)):
                    return found
    return ""


def _with_eqf(record: CourseRecord, course: SchemaNode) -> CourseRecord:
    framework = ""
    for alignment in course.nodes("educationalAlignment"):
        if alignment.node("identifier").words("propertyID") == EQF:
            level = alignment.node("identifier")
            least, most = (level.number(name, least=1, most=8) for name in ("minValue", "maxValue"))
            text = alignment.words("targetDescription")
            return replace(record, eqf_min=_whole(least), eqf_max=_whole(most), eqf_text=text)
        if "EQF" in alignment.words("educationalFramework"):
            framework = f"EQF {alignment.words('targetName').removeprefix('EQF').strip()}"
    text = _level_words(course) or framework
    if stated := _EQF.search(text):
        low, high = sorted((int(stated[1]), int(stated[2] or stated[1])))
        return replace(record, eqf_min=low, eqf_max=high, eqf_text=text)
    return replace(record, eqf_text=text)


def _level_words(course: SchemaNode) -> str:
    """The words for the level; of a term without a name its framework and code."""
    words = []
    for level in course.nodes("educationalLevel"):
        scheme = " ".join(name for name in level.all_words("inDefinedTermSet") if "://" not in name)
        code = next(iter(level.codes("termCode")), "")
        words.append(level.words("name") or f"{scheme} {code}".strip())
    return "; ".join(one_of_each(word for word in words if "://" not in word))


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def _ects(course: SchemaNode) -> Decimal | None:
    """The credits, where the document says that they are ECTS points."""
    for stated in course.nodes("numberOfCredits"):
        unit = " ".join((*stated.all_words("unitText"), *stated.all_words("unitCode"), *stated.all_words("name")))
        if "ECTS" in unit.upper() and stated.has("value"):
            found = stated.number("value", least=0, most=_MOST_ECTS)
            return found if found and found > 0 else None
        if amount := _ECTS.search(unit):
            return Decimal(amount[1].replace(",", "."))
    return None


def _skills(course: SchemaNode) -> tuple[SkillLinkRecord, ...]:
    """The skills that the document states with a level as ours; a competency without a level is an outcome."""
    found: dict[str, SkillLinkRecord] = {}
    for alignment in course.nodes("educationalAlignment"):
        level = alignment.node("identifier")
        if level.words("propertyID") != SKILL_LEVELS:
            continue
        skill = next(iter(alignment.codes("targetUrl") or alignment.codes("targetName")), "")
        entry = level.number("minValue", least=0, most=2)
        reached = level.number("maxValue", least=1, most=3)
        if not skill or reached is None or (entry is not None and entry >= reached):
            course.fields.report(f"{alignment.path}identifier", "This skill has no sound level. It was left out.")
            continue
        quote = alignment.text("targetDescription")
        found.setdefault(skill, SkillLinkRecord(skill=skill, entry=_whole(entry), level=int(reached), quote=quote))
    return tuple(found.values())


def _licence(course: SchemaNode) -> str:
    for licence in course.nodes("license"):
        found = licence.address("url") or licence.words("name") or licence.address("@id")
        if found:
            return found
    return ""


def _accessibility(course: SchemaNode) -> tuple[str, ...]:
    """What is stated of the things that a learner can ask for here; terms for other things say nothing of them."""
    names = ("accessibilityFeature", "accessibilityControl")
    stated = {word.casefold() for name in names for word in course.all_words(name)}
    return tuple(code for code, term in ACCESSIBILITY_TERMS.items() if term.casefold() in stated)


def _origin(course: SchemaNode) -> str:
    """Whether the course is real, a draft or invented, where a site of this kind has said so."""
    for status in course.nodes("creativeWorkStatus"):
        if ORIGIN in status.all_words("inDefinedTermSet"):
            return next((code for code in status.codes("termCode") if code in ORIGINS), "")
    return ""
