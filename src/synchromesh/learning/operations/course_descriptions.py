"""What an achievement of a course says: from the catalogue, the newest version and its tests, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext, override

from synchromesh.assessment.models import Instrument, Purpose
from synchromesh.assessment.queries.instruments import question_count
from synchromesh.catalogue.models import Course
from synchromesh.credentials.operations.achievements import AchievementContent
from synchromesh.learning.models import ContentVersion
from synchromesh.plumbing.translated_text import in_language


def describe_course(course: Course, version: ContentVersion) -> AchievementContent:
    """The elements of a micro-credential, in those languages of the content that the interface has words for."""
    links = course.skill_links.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    skills = [(link.skill, link.level) for link in links]
    levels = {level for _, level in skills}
    tests = _tests(version)
    has_sessions = version.units.filter(kind="live-session", is_required=True).exists()
    return AchievementContent(
        titles=dict(course.titles),
        descriptions=dict(course.summaries),
        minutes=course.minutes or sum(version.units.values_list("minutes", flat=True)),
        outcomes=_outcomes(course.outcomes),
        criteria=_in_each(version, lambda language: _criteria(version, tests, language)),
        assessments=_in_each(version, lambda language: _assessments(tests, language)),
        participations=_in_each(version, lambda language: _participation(has_sessions=has_sessions)),
        quality_assurances=_in_each(version, lambda language: _quality(course, version)),
        identity_checks=_in_each(
            version, lambda language: gettext("Signed in to an account of one's own; no identity document was checked")
        ),
        level=levels.pop() if len(levels) == 1 else 0,
        skills=skills,
    )


def _tests(version: ContentVersion) -> list[Instrument]:
    """What must be passed, in the order of the course."""
    units = version.units.filter(must_pass=True, instrument__isnull=False).select_related("instrument")
    return [unit.instrument for unit in units if unit.instrument is not None]


def _outcomes(outcomes: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """From lists by language to texts by language, as many as the longest list has."""
    count = max((len(texts) for texts in outcomes.values()), default=0)
    return [
        {language: texts[place] for language, texts in outcomes.items() if place < len(texts)} for place in range(count)
    ]


def _in_each(version: ContentVersion, text: Callable[[str], str]) -> dict[str, str]:
    """A text in each language; one without words of its own would say English under another name."""
    texts = {}
    for language in [one for one in version.languages if one in settings.INTERFACE_LANGUAGES] or ["en"]:
        with override(language):
            texts[language] = text(language)
    return texts


def _criteria(version: ContentVersion, tests: Sequence[Instrument], language: str) -> str:
    sentences = [gettext("All required units of the course are done.")]
    for test in tests:
        facts = {"title": _title(test, language), "percent": test.pass_percent}
        if test.pass_percent is None:
            sentences.append(gettext("“%(title)s” is handed in.") % facts)
        else:
            sentences.append(gettext("“%(title)s” is passed with at least %(percent)s %%.") % facts)
    if version.attendance_percent is not None:
        facts = {"percent": version.attendance_percent}
        sentences.append(gettext("The person was there in at least %(percent)s %% of the live sessions.") % facts)
    return " ".join(sentences)


def _assessments(tests: Sequence[Instrument], language: str) -> str:
    if not tests:
        return gettext("Taking part; no test")
    return "; ".join(_assessment(test, language) for test in tests)


def _assessment(test: Instrument, language: str) -> str:
    facts = {
        "title": _title(test, language),
        "questions": question_count(test),
        "attempts": test.attempts_allowed,
    }
    if test.purpose == Purpose.ASSIGNMENT:
        return gettext("“%(title)s”: work that is handed in and marked by a person") % facts
    if test.attempts_allowed is None:
        return gettext("“%(title)s”: online, nobody watches; questions: %(questions)s; any number of attempts") % facts
    return gettext("“%(title)s”: online, nobody watches; questions: %(questions)s; attempts: %(attempts)s") % facts


def _title(test: Instrument, language: str) -> str:
    return in_language(test.titles, language).text or test.get_purpose_display()


def _participation(*, has_sessions: bool) -> str:
    if has_sessions:
        return gettext("Online at one's own pace, and live sessions at fixed times")
    return gettext("Online, at one's own pace")


def _quality(course: Course, version: ContentVersion) -> str:
    facts = {
        "provider": course.provider.name if course.provider else settings.ALLIANCE_NAME,
        "number": version.number,
    }
    return gettext("Published by %(provider)s in version %(number)s; reported faults lead to a new version") % facts
