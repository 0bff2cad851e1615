"""A folder of files into a course document; see the package docstring for the shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.course_files._coverage import read_coverage
from synchromesh.engine.exchange.course_files._cross_checks import cross_problems
from synchromesh.engine.exchange.course_files._document import (
    CourseDocument,
    CourseFacts,
    InstrumentRecord,
    PartRecord,
    SectionRecord,
    SkillTaught,
    UnitRecord,
)
from synchromesh.engine.exchange.course_files._fields import Fields
from synchromesh.engine.exchange.course_files._quotes import stands_in_course
from synchromesh.engine.exchange.course_files._yaml_reading import Entries, Items, content_value, parse_yaml
from synchromesh.engine.exchange.course_files.media_files import media_type_of
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.question_documents import read_question, write_question

FORMAT = "synchromesh-course/1"
COURSE, QUESTIONS = "course.yaml", "questions.yaml"
PURPOSES = ("quiz", "final-test", "assignment", "before-test", "after-test", "questionnaire")
ATTEMPT_RULES = ("best", "latest", "first")
FEEDBACK_TIMES = ("after-each", "after-end", "after-pass", "never")
MODES = ("online", "on-site", "blended", "self-study", "in-company")
CERTIFICATES = ("none", "attendance", "certificate", "micro-credential", "qualification")
ACCESSIBILITY = (
    "captions", "transcript", "sign-language", "audio-description", "screen-reader", "keyboard", "easy-language",
    "step-free",
)  # fmt: skip
_MOST_MINUTES = 100_000
_LONGEST_SLUG, _LONGEST_NOTE, _LONGEST_LICENCE = 160, 500, 300


def read(files: Mapping[str, bytes]) -> CourseDocument:
    """Read a course from its files (bytes by path, `/` between folders).

    Whatever is wrong becomes a problem with file, line and key. Raises InvalidInput only when course.yaml is missing,
    is no sound YAML or of another format.
    """
    if COURSE not in files:
        raise InvalidInput(f"There is no {COURSE} at the top of this file, so it is no course file.", field=COURSE)
    problems: list[Problem] = []
    head = Fields(parse_yaml(files[COURSE], name=COURSE), file=COURSE, problems=problems)
    stated = head.text("format")
    if stated != FORMAT:
        raise InvalidInput(f"{COURSE} states the format '{stated[:60]}'. Only '{FORMAT}' is read.", field="format")
    contents = _Contents(files, problems)
    source_language = _language(head, "source_language")
    document = CourseDocument(
        course=_course(head.child("course"), source_language),
        source_language=source_language,
        languages=_languages(head),
        note=head.text("note", most=_LONGEST_NOTE),
        attendance_percent=head.number("attendance_percent", least=1, most=100),
        issues_credential=head.truth("issues_credential", default=False),
        sections=tuple(_section(fields, contents) for fields in head.children("sections")),
        instruments=tuple(_instrument(fields) for fields in head.children("instruments")),
        questions=_questions(files, problems),
        media=_media(files, problems),
    )
    document = replace(document, coverage=read_coverage(head, document))
    head.report_unknown()
    problems.extend(_unknown_files(files, contents.used))
    problems.extend(cross_problems(document))
    return replace(document, problems=tuple(problems))


def _course(fields: Fields, source_language: str) -> CourseFacts:
    facts = CourseFacts(
        slug=fields.slug("slug", most=_LONGEST_SLUG),
        titles=fields.texts("titles", required=True),
        summaries=fields.texts("summaries"),
        descriptions=fields.texts("descriptions"),
        outcomes=fields.lists_of_texts("outcomes"),
        minutes=fields.number("minutes", least=1, most=_MOST_MINUTES),
        topics=fields.items("topics"),
        licence=fields.text("licence", most=_LONGEST_LICENCE),
        keywords=fields.items("keywords"),
        accessibility=fields.items("accessibility"),
        mode=fields.one_of("mode", MODES, default=""),
        certificate=fields.one_of("certificate", CERTIFICATES, default=""),
        price_cents=fields.number("price_cents", least=0, most=10**9),
        currency=fields.text("currency", most=3),
    )
    for code in facts.accessibility:
        if code not in ACCESSIBILITY:
            fields.report("accessibility", f"'{code[:60]}' is none of: {', '.join(ACCESSIBILITY)}.")
    if (facts.price_cents is None) != (not facts.currency):
        fields.report("price_cents", "A price needs both price_cents and currency, such as 0 and EUR.")
    skills = tuple(_skill(skill, facts, source_language) for skill in fields.children("skills"))
    fields.report_unknown()
    return replace(facts, skills=skills)


def _skill(fields: Fields, facts: CourseFacts, source_language: str) -> SkillTaught:
    skill = fields.slug("skill", most=120)
    entry, level = fields.level("entry", least=0), fields.level("level", least=1)
    if not fields.has("level"):
        fields.report("level", "This is missing but needed.")
    if entry is not None and level is not None and entry >= level:
        fields.report("entry", "The entry level must be below the level that the course leads to.")
    quote = fields.text("quote", most=1000)
    if quote and not stands_in_course(quote, facts, source_language):
        wanted = "Quote words of the title, summary, description or outcomes, letter by letter."
        fields.report("quote", f"These words do not stand in the course in its source language. {wanted}")
    fields.report_unknown()
    return SkillTaught(skill=skill, entry=entry, level=level or 1, quote=quote)


def _language(fields: Fields, key: str) -> str:
    text = fields.required(key)
    if text and text not in ISO_639_1:
        fields.report(key, f"'{text[:60]}' is no language. Use a two-letter code such as de.")
    return text


def _languages(fields: Fields) -> tuple[str, ...]:
    languages = fields.items("languages")
    for language in languages:
        if language not in ISO_639_1:
            fields.report("languages", f"'{language[:60]}' is no language. Use a two-letter code such as de.")
    if not languages:
        fields.report("languages", "This is missing but needed: the languages of the course, such as [en, de].")
    elif len(set(languages)) < len(languages):
        fields.report("languages", "A language stands twice. Keep one.")
    return languages


class _Contents:
    """The contents of units by the path of their file; a file is read once and belongs to one unit."""

    def __init__(self, files: Mapping[str, bytes], problems: list[Problem]) -> None:
        self._files, self._problems = files, problems
        self.used: set[str] = set()

    def read(self, fields: Fields) -> Mapping[str, Any]:
        """The content that a unit names; empty where it names none."""
        path = fields.text("content")
        if not path:
            return {}
        if path not in self._files:
            fields.report("content", f"There is no file {path[:100]} in this course.")
            return {}
        if path in self.used:
            fields.report("content", f"{path[:100]} is the content of another unit. Give each unit a file of its own.")
        self.used.add(path)
        try:
            tree = parse_yaml(self._files[path], name=path)
        except InvalidInput as error:
            self._problems.append(Problem(position=path, field="", message=error.message))
            return {}
        if not isinstance(tree, Entries):
            self._problems.append(Problem(position=path, field="", message="An object with keys is needed here."))
            return {}
        content: Mapping[str, Any] = content_value(tree)
        return content


def _section(fields: Fields, contents: _Contents) -> SectionRecord:
    section = SectionRecord(
        key=fields.slug("key"),
        titles=fields.texts("titles", required=True),
        units=tuple(_unit(unit, contents) for unit in fields.children("units")),
    )
    fields.report_unknown()
    return section


def _unit(fields: Fields, contents: _Contents) -> UnitRecord:
    unit = UnitRecord(
        key=fields.slug("key"),
        kind=fields.slug("kind", most=20),
        titles=fields.texts("titles", required=True),
        minutes=fields.number("minutes", least=1, most=10_000) or 5,
        is_required=fields.truth("required", default=True),
        must_pass=fields.truth("must_pass", default=False),
        content=contents.read(fields),
        instrument=fields.slug("instrument", required=False),
    )
    fields.report_unknown()
    return unit


def _instrument(fields: Fields) -> InstrumentRecord:
    instrument = InstrumentRecord(
        key=fields.slug("key"),
        purpose=fields.one_of("purpose", PURPOSES),
        titles=fields.texts("titles", required=True),
        introductions=fields.texts("introductions"),
        minutes=fields.number("minutes", least=1, most=10_000),
        attempts_allowed=fields.number("attempts_allowed", least=1, most=100),
        attempt_rule=fields.one_of("attempt_rule", ATTEMPT_RULES, default="best"),
        pass_percent=fields.number("pass_percent", least=1, most=100),
        shuffle_questions=fields.truth("shuffle_questions", default=False),
        shuffle_choices=fields.truth("shuffle_choices", default=True),
        feedback=fields.one_of("feedback", FEEDBACK_TIMES, default="after-end"),
        parts=tuple(_part(part) for part in fields.children("parts")),
    )
    fields.report_unknown()
    return instrument


def _part(fields: Fields) -> PartRecord:
    questions = fields.items("questions")
    count = fields.number("count", least=1, most=1000)
    if not questions:
        fields.report("questions", "Name at least one question.")
    elif count is not None and count > len(questions):
        fields.report("count", f"{count} questions are to be drawn from {len(questions)}.")
    fields.report_unknown()
    return PartRecord(questions=questions, count=count or max(len(questions), 1))


def _questions(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Mapping[str, Any], ...]:
    if QUESTIONS not in files:
        return ()
    try:
        tree = parse_yaml(files[QUESTIONS], name=QUESTIONS)
    except InvalidInput as error:
        problems.append(Problem(position=QUESTIONS, field="", message=error.message))
        return ()
    if isinstance(tree, Entries) and not tree.values:
        return ()
    if not isinstance(tree, Items):
        problems.append(Problem(position=QUESTIONS, field="", message="A list of questions is needed here."))
        return ()
    found = []
    for node in tree.values:
        question, faults = read_question(content_value(node), position=f"{QUESTIONS} line {node.line}")
        problems.extend(faults)
        if question is not None:
            found.append(write_question(question))
    return tuple(found)


def _media(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, bytes]:
    found = {}
    for path, content in sorted(files.items()):
        folder, _, name = path.partition("/")
        if folder != "media" or not name:
            continue
        try:
            media_type_of(name, content)
        except InvalidInput as error:
            problems.append(Problem(position=path[:200], field="", message=error.message))
        else:
            found[name] = content
    return found


def _unknown_files(files: Mapping[str, bytes], used: set[str]) -> list[Problem]:
    """Files that nobody reads; notes (*.md) at the top may lie there."""
    message = "Nothing in the course uses this file. Name it in a unit, or remove it."
    known = {COURSE, QUESTIONS, *used}
    return [
        Problem(position=path[:200], field="", message=message)
        for path in sorted(files)
        if path not in known and not path.startswith("media/") and not ("/" not in path and path.endswith(".md"))
    ]
