"""Questions in and out of a bank in the formats of `engine.exchange.questions`.

An import is previewed, committed and taken back as every import; what is saved goes through `save_question`, so that a
question that was answered or tested by keeps its revision. Pictures belong to the course, which assessment does not
know: the caller says where they come from and go to.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeAlias

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import PartQuestion, Question, QuestionBank
from synchromesh.assessment.operations.answer_types import ACCEPTED_ENDINGS
from synchromesh.assessment.operations.questions import save_question
from synchromesh.assessment.permissions import may_edit_bank, may_read_bank
from synchromesh.assessment.queries.banks import list_questions
from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.course_files.media_files import media_type_of
from synchromesh.engine.exchange.questions import QuestionDocuments, read_questions, write_questions
from synchromesh.engine.tables.archives import open_archive
from synchromesh.engine.vocabulary.question_documents import read_question, write_question
from synchromesh.engine.vocabulary.question_languages import joined_languages
from synchromesh.framework.models import Skill
from synchromesh.plumbing import audit
from synchromesh.plumbing.import_plans import FieldChange, ImportPlan, PlannedRow, make_plan
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog, snapshot

KIND = "questions"
LARGEST_FILE = 20 * 1024 * 1024  # bytes
KeepPicture: TypeAlias = Callable[[str, bytes], str]
"""Takes the name and the bytes of a picture and says under which name the course shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedQuestions:
    """A zip file of questions, and what of them it does not say (`position` is the key of a question)."""

    content: bytes
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class _Prepared:
    """Questions of a file as the bank would hold them: position and document."""

    entries: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0


class QuestionImporter:
    """Imports questions into one bank. Option `language`: of texts that do not state theirs.

    Use `source_of(bank)` as the source, so that imports into one bank come one after the other.
    """

    kind = KIND

    def __init__(self, bank: QuestionBank, *, keep_picture: KeepPicture | None = None) -> None:
        self._bank = bank
        self._keep_picture = keep_picture

    def check_permission(self, by: audit.Actor) -> None:
        """Whoever may edit the bank."""
        require(may_edit_bank(by, self._bank), "Only authors of the course can import questions.")

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> ImportPlan:
        """Compare the questions of the file with the present ones of the bank."""
        prepared = self._prepare(file, name=name, options=options)
        present = self._present()
        rows = [_planned(position, document, present.get(document["key"])) for position, document in prepared.entries]
        return make_plan(format_name=KIND, rows=rows, problems=prepared.problems, left_out=prepared.left_out)

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Save every good question, and note in `log` what that wrote."""
        self.check_permission(by)
        prepared = self._prepare(file, name=batch.name, options=batch.options)
        names = {name: self._kept(name, content) for name, content in prepared.media.items()}
        for _, document in prepared.entries:
            self._save(_with_pictures(document, names), by=by, log=log)

    def after_undo(self) -> None:
        """Nothing follows: questions are in no search index."""

    def _save(self, document: Mapping[str, Any], *, by: audit.Actor, log: ChangeLog) -> None:
        """Save one question. What is noted last is taken back first: places in tests, then the revision."""
        present = Question.objects.filter(bank=self._bank, key=document["key"], replaced_at=None).first()
        before = None if present is None else snapshot(present)
        places = {} if present is None else {place.pk: snapshot(place) for place in present.entries.all()}
        saved = save_question(by=by, bank=self._bank, document=document)
        if present is not None:
            log.note(present, before=before)
        if present is None or present.pk != saved.pk:
            log.note(saved, before=None)
        for place in PartQuestion.objects.filter(pk__in=places):
            log.note(place, before=places[place.pk])

    def _kept(self, name: str, content: bytes) -> str:
        return name if self._keep_picture is None else self._keep_picture(name, content)

    def _present(self) -> dict[str, Question]:
        return {question.key: question for question in Question.objects.filter(bank=self._bank, replaced_at=None)}

    def _prepare(self, file: BinaryIO, *, name: str, options: Mapping[str, Any]) -> _Prepared:
        read = read_questions(_files(file.read(), name), language=str(options.get("language") or "en"))
        prepared = _Prepared(problems=list(read.problems), left_out=read.left_out)
        prepared.media = self._sound_pictures(read, prepared.problems)
        present = self._present()
        slugs = {question.skill for question in read.questions if question.skill}
        skills = set(Skill.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        for position, question in zip(read.positions, read.questions, strict=True):
            document = _storable(write_question(question), position, skills, prepared.problems)
            stored = present.get(question.key)
            if read.has_one_language and stored is not None:
                document = _in_all_languages(document, stored.document)
            if document.get("media") in read.media.keys() - prepared.media.keys():
                prepared.left_out += 1
            else:
                prepared.entries.append((position, document))
        return prepared

    def _sound_pictures(self, read: QuestionDocuments, problems: list[Problem]) -> dict[str, bytes]:
        """The pictures that a course can show; without a place to keep them, a problem says what is to be done."""
        sound = {}
        for name, content in read.media.items():
            try:
                media_type_of(name, content)
            except InvalidInput as error:
                problems.append(Problem(position=name, field="", message=error.message))
            else:
                sound[name] = content
        if sound and self._keep_picture is None:
            message = f"Add these pictures to the course: {', '.join(sorted(sound))}."
            problems.append(Problem(position="media", field="", message=message))
        return sound


def source_of(bank: QuestionBank) -> str:
    """The series that all imports into a bank belong to."""
    return f"bank {bank.uid}"


def export_questions(
    *,
    by: audit.Actor,
    bank: QuestionBank,
    language: str,
    format_name: str = "qti3",
    media: Mapping[str, bytes] | None = None,
    keys: Sequence[str] = (),
) -> ExportedQuestions:
    """Pack the present questions of a bank, or those with `keys`, into a zip file; `media` are the course's pictures.

    Raises NotAllowed, and InvalidInput for a format that is not known. Leaves a line in the audit trail, since the
    file holds the keys to all tests.
    """
    require(may_read_bank(by, bank), "Only authors and reviewers of the course can export its questions.")
    stored = [question for question in list_questions(bank, visible_to=by) if not keys or question.key in keys]
    found = [read_question(question.document)[0] for question in stored]
    document = QuestionDocuments(questions=tuple(question for question in found if question), media=media or {})
    written = write_questions(document, format_name=format_name, language=language)
    audit.record(
        by=by, action="export_questions", kind="question-bank", uid=bank.uid, format=format_name, count=len(stored)
    )
    return ExportedQuestions(content=_packed(written.files), problems=written.problems)


def _files(content: bytes, name: str) -> dict[str, bytes]:
    return open_archive(content, name=name) if content[:4] == b"PK\x03\x04" else {name: content}


def _packed(files: Mapping[str, bytes]) -> bytes:
    """A zip file that is the same for the same questions: no times in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != "imsmanifest.xml", name)):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _storable(document: dict[str, Any], position: str, skills: set[str], problems: list[Problem]) -> dict[str, Any]:
    """The document without a skill that is not known and without endings of files that are not taken."""
    if document.get("skill") and document["skill"] not in skills:
        message = f"There is no skill '{document['skill']}' in the framework; the question comes without it."
        problems.append(Problem(position=position, field="skill", message=message))
        document.pop("skill")
    refused = set(document.get("endings", ())) - ACCEPTED_ENDINGS.keys()
    if refused:
        message = f"Files with these endings are not taken: {', '.join(sorted(refused))}."
        problems.append(Problem(position=position, field="endings", message=message))
        taken = [ending for ending in document["endings"] if ending in ACCEPTED_ENDINGS]
        document["endings"] = taken or ["pdf"]
    return document


def _in_all_languages(document: dict[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the texts that the stored one has in other languages, where both have the same parts."""
    languages = frozenset(document["prompts"])
    joined = joined_languages(document, stored, languages=languages)
    return joined if read_question(joined)[0] is not None else document


def _with_pictures(document: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The document with the names that its pictures have in the course."""
    text = json.dumps(document)
    for name, kept in names.items():
        if name != kept:
            text = text.replace(f"]({name})", f"]({kept})").replace(f'"media": "{name}"', f'"media": "{kept}"')
    changed: dict[str, Any] = json.loads(text)
    return changed


def _planned(position: str, document: Mapping[str, Any], stored: Question | None) -> PlannedRow:
    label = f"{document['key']} ({document['kind']})"
    if stored is None:
        return PlannedRow(position=position, label=label, effect="new")
    names = sorted({*document, *stored.document})
    changes = tuple(
        FieldChange(field=name, before=_words(stored.document.get(name)), after=_words(document.get(name)))
        for name in names
        if document.get(name) != stored.document.get(name)
    )
    return PlannedRow(position=position, label=label, effect="changed" if changes else "same", changes=changes)


def _words(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
