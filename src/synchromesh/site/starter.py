"""Load the content that ships: places, fields, framework, providers and courses; and the example content on demand.

Everything goes through the same imports that operators use, so that loading again changes nothing. Example content
comes in batches of its own import source and can be removed in one command.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.operations.organisations import save_organisation
from synchromesh.accounts.permissions import OPERATOR, is_alliance_staff, is_operator, require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.operations.removal import remove_example_courses
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.exchange.course_files.course_folders import read_folder
from synchromesh.engine.tables.reading import read_table
from synchromesh.framework.operations.importing import FrameworkImporter, pack
from synchromesh.framework.operations.topics import save_topic
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.operations.course_files import import_course
from synchromesh.pathways.operations.examples import remove_example_steps
from synchromesh.places.operations import load_places
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.sources import Origin
from synchromesh.site.example_passports import load_example_passports, remove_example_passports
from synchromesh.site.personal_data import delete_person
from synchromesh.site.starter_achievements import make_course_achievements
from synchromesh.site.starter_community import FOLDER, PARTS

STARTER_SOURCE = "starter"
EXAMPLE_SOURCE = "example"
_ONLY_STAFF = "Only alliance staff can load content."


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What one part of the content did: counts of new, changed, same and error.

    `problems` names what could not be loaded, and what to mend; the rest of the part is in.
    """

    part: str
    counts: dict[str, int]
    problems: tuple[str, ...] = ()


def load_starter(*, by: audit.Actor) -> list[Loaded]:
    """Load or refresh the starter content. Idempotent."""
    require(is_alliance_staff(by), _ONLY_STAFF)
    folder = _folder("framework")
    return [
        Loaded(part="places", counts={"new": load_places(by=by)}),
        _load_topics(folder / "topics.csv", by=by),
        _load_framework(folder, by=by),
        _load_providers(_folder("catalogue") / "providers.csv", source=STARTER_SOURCE, origin=Origin.REAL, by=by),
        _load_courses(_folder("catalogue") / "courses.csv", source=STARTER_SOURCE, origin=Origin.REAL, by=by),
        *_load_community(by=by),
        load_learning_courses(by=by),
        _load_achievements(by=by),
    ]


def _load_community(*, by: audit.Actor) -> list[Loaded]:
    folder = _folder(FOLDER) if PARTS else Path()
    return [
        _run(
            part.importer(),
            part=part.name,
            name=part.file,
            content=(folder / part.file).read_bytes(),
            options={"origin": part.origin.value},
            by=by,
        )
        for part in PARTS
    ]


def _load_achievements(*, by: audit.Actor) -> Loaded:
    counts, problems = make_course_achievements(by=by)
    return Loaded(part="achievements of courses", counts=counts, problems=problems)


def load_examples(*, by: audit.Actor) -> list[Loaded]:
    """Load or refresh the invented content that shows how things look. Needs the starter content. Idempotent."""
    require(is_alliance_staff(by), _ONLY_STAFF)
    folder = _folder("example")
    return [
        _load_providers(folder / "providers.csv", source=EXAMPLE_SOURCE, origin=Origin.EXAMPLE, by=by),
        _load_courses(folder / "courses.csv", source=EXAMPLE_SOURCE, origin=Origin.EXAMPLE, by=by),
        Loaded(part="practice passports", counts=load_example_passports(by=by)),
    ]


def is_loaded(source: str) -> bool:
    """Whether this content was loaded before, be it changed or removed since. Courses are its last part."""
    return ImportBatch.objects.filter(kind=CourseImporter.kind, source=source).exclude(committed_at=None).exists()


def remove_examples(*, by: audit.Actor) -> dict[str, int]:
    """Remove all example content: courses (also from plans), passports, organisations and the demo accounts."""
    require(is_operator(by), "Only the operator removes the example content.")
    with transaction.atomic():
        people = list(User.objects.filter(origin=Origin.EXAMPLE))
        for person in people:
            delete_person(by=by, person=person)
        steps = remove_example_steps(by=by)
        courses = remove_example_courses(by=by)
        passports = remove_example_passports(by=by)
        organisations = Organisation.objects.filter(origin=Origin.EXAMPLE)
        removed = organisations.count()
        try:
            organisations.delete()
        except ProtectedError:
            raise Conflict("A course that is no example names an example provider. Change that course first.") from None
        audit.record(
            by=by, action="remove_examples", kind="site", uid="examples", courses=courses, organisations=removed
        )
        jobs.enqueue("search.tasks.rebuild_index")
    counts = {"courses": courses, "organisations": removed, "plan_steps": steps, "accounts": len(people)}
    return counts | {"passports": passports}


def _folder(name: str) -> Path:
    folder: Path = settings.STARTER_DIR / name
    if not folder.is_dir():
        raise NotFound(f"The starter content is not at {folder}. Set SYNCHROMESH_STARTER_DIR to where it is.")
    return folder


def _load_topics(file: Path, *, by: audit.Actor) -> Loaded:
    table = read_table(file.read_bytes(), name=file.name)
    for row in table.rows:
        cells = row.cells
        save_topic(
            by=by,
            slug=cells["slug"],
            titles={"en": cells["title_en"]},
            summaries={"en": cells["summary_en"]},
            position=int(cells["position"]),
            source=cells["source"],
            source_on=date.fromisoformat(cells["source_on"]),
        )
    return Loaded(part="fields", counts={"read": len(table.rows)})


def _load_framework(folder: Path, *, by: audit.Actor) -> Loaded:
    names = ("families.csv", "skills.csv", "roles.csv", "requirements.csv", "units.csv")
    content = pack({name: (folder / name).read_bytes() for name in names})
    importer = FrameworkImporter()
    options: dict[str, Any] = {"origin": Origin.STARTER.value}
    return _run(importer, part="framework", name="starter framework.zip", content=content, options=options, by=by)


def _load_courses(file: Path, *, source: str, origin: Origin, by: audit.Actor) -> Loaded:
    options = {"origin": origin.value, "confirm_links": True}
    part = f"{source} courses"
    return _run(
        CourseImporter(), part=part, name=file.name, content=file.read_bytes(), options=options, by=by, source=source
    )


def load_learning_courses(*, by: audit.Actor) -> Loaded:
    """Load or refresh the courses that are taken here, each a folder in the format of course files. Idempotent.

    A course that people have gone on with since (a draft, a version that somebody published, what they said of it in
    the catalogue) is kept as they have it. One that cannot be taken yet is named, and the others are loaded.
    """
    require(is_alliance_staff(by), _ONLY_STAFF)
    counts = {"new": 0, "changed": 0, "same": 0, "kept": 0, "error": 0}
    problems = []
    for folder in course_folders():
        if _has_work_of_people(folder.name):
            counts["kept"] += 1
            continue
        try:
            done = import_course(by=by, files=read_folder(folder), publish=True, origin=Origin.STARTER)
        except (InvalidInput, Conflict) as error:
            counts["error"] += 1
            problems.append(f"courses/{folder.name}: {error}")
        else:
            counts[done.effect] += 1
    return Loaded(part="courses taken here", counts=counts, problems=tuple(problems))


def course_folders() -> list[Path]:
    """The folders of the courses that ship, by name."""
    return sorted(file.parent for file in (settings.STARTER_DIR / "courses").glob("*/course.yaml"))


def _has_work_of_people(slug: str) -> bool:
    """Whether anybody but the operator wrote or published content of a course, or edited what it is."""
    course = Course.objects.filter(slug=slug).first()
    if course is None:
        return False
    versions = ContentVersion.objects.filter(course=course).exclude(published_by=OPERATOR.public_id)
    steps = ImportBatch.objects.filter(source=str(course.uid)).exclude(actor=OPERATOR.public_id)
    return versions.exists() or steps.exists()


def _run(
    importer: imports.Importer,
    *,
    part: str,
    name: str,
    content: bytes,
    options: dict[str, Any],
    by: audit.Actor,
    source: str = STARTER_SOURCE,
) -> Loaded:
    """Preview; commit only where something would change, so that loading again leaves no trace."""
    plan = importer.plan(BytesIO(content), name=name, source=source, options=options)
    if plan.changes_something:
        file = BytesIO(content)
        batch, plan = imports.preview(importer, by=by, file=file, name=name, source=source, options=options)
        imports.commit(importer, by=by, batch=batch)
    return Loaded(part=part, counts=dict(plan.counts))


def _load_providers(file: Path, *, source: str, origin: Origin, by: audit.Actor) -> Loaded:
    table = read_table(file.read_bytes(), name=file.name)
    created = 0
    with transaction.atomic():
        for row in table.rows:
            cells = row.cells
            created += save_organisation(
                by=by,
                import_source=source,
                external_id=cells["id"],
                name=cells["name"],
                kinds=tuple(kind.strip() for kind in cells["kinds"].split(";") if kind.strip()),
                country=cells["country"],
                stated_type=cells["type"],
                note=cells["note"],
                url=cells["url"],
                origin=origin.value,
                source=cells["source"],
                source_url=cells["source_url"],
                source_on=date.fromisoformat(cells["source_on"]),
            )[1]
    return Loaded(part=f"{source} providers", counts={"new": created, "same": len(table.rows) - created})
