"""Keep projects: what is said of them, partners, work packages, deliverables and results."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.community.models import (
    Deliverable,
    Event,
    Practice,
    Project,
    ProjectPartner,
    ProjectResult,
    WorkPackage,
)
from synchromesh.community.operations.search_upkeep import tell_search
from synchromesh.community.operations.stated_dates import check_stated_date
from synchromesh.community.operations.stored_files import CheckedFile, check_file, write_file
from synchromesh.community.permissions import may_edit_community, may_edit_project
from synchromesh.community.queries.stored_files import file_path
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.framework.models import JobRole
from synchromesh.plumbing import audit
from synchromesh.plumbing.free_slugs import FreeSlugs

_EDITORS_ONLY = "Only editors of the coordinator and alliance staff can change this project."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDetails:
    """What is said of a project; `subject` is in `language`, texts in other languages stay."""

    language: str
    name: str
    full_name: str = ""
    programme: str = ""
    begins: str = ""
    ends: str = ""
    subject: str = ""
    url: str = ""


def create_project(*, by: audit.Actor, details: ProjectDetails, coordinator: Organisation | None = None) -> Project:
    """Enter a project. Alliance staff do. Raises NotAllowed, InvalidInput."""
    require(may_edit_community(by), "Only alliance staff enter projects.")
    _check(details)
    with transaction.atomic():
        row = Project(slug=FreeSlugs(Project).take([slugify(details.name)[:110] or "project"])[0])
        row.coordinator = coordinator
        _set(row, details)
        audit.record(by=by, action="create_project", kind="project", uid=row.uid)
        tell_search("project", row)
    return row


def change_project(
    *, by: audit.Actor, project: Project, details: ProjectDetails, coordinator: Organisation | None
) -> Project:
    """Change what is said of a project; only alliance staff change who coordinates it. Raises as `create_project`."""
    require(may_edit_project(by, project), _EDITORS_ONLY)
    _check(details)
    with transaction.atomic():
        row = Project.objects.select_for_update().get(pk=project.pk)
        if may_edit_community(by):
            row.coordinator = coordinator
        _set(row, details)
        audit.record(by=by, action="change_project", kind="project", uid=row.uid)
        tell_search("project", row)
    return row


def _set(row: Project, details: ProjectDetails) -> None:
    values = asdict(details)
    language, subject = values.pop("language"), values.pop("subject").strip()
    for name, value in values.items():
        setattr(row, name, value.strip())
    others = {code: text for code, text in row.subjects.items() if code != language}
    row.subjects = others | ({language: subject} if subject else {})
    row.edited_at = timezone.now()
    row.save()


def _check(details: ProjectDetails) -> None:
    if not details.name.strip() or len(details.name) > 100:
        raise InvalidInput("Give the project a name of at most 100 characters.", field="name")
    check_stated_date(details.begins, field="begins")
    check_stated_date(details.ends, field="ends")
    length = min(len(details.begins), len(details.ends))
    if length and details.ends[:length] < details.begins[:length]:
        raise InvalidInput("The end lies before the beginning.", field="ends")
    if details.url and not details.url.startswith(("https://", "http://")):
        raise InvalidInput("Give an address such as https://example.org.", field="url")


def add_project_partner(
    *, by: audit.Actor, project: Project, organisation: Organisation, task: str = ""
) -> ProjectPartner:
    """Add a partner and what it does there. Raises NotAllowed, Conflict where it takes part already."""
    require(may_edit_project(by, project), _EDITORS_ONLY)
    if project.coordinator_id == organisation.pk:
        raise Conflict("This organisation coordinates the project.", field="organisation")
    try:
        with transaction.atomic():
            made = ProjectPartner.objects.create(project=project, organisation=organisation, task=task.strip()[:200])
            _note(by, project, "add_project_partner", organisation=str(organisation.uid))
    except IntegrityError:
        raise Conflict("This organisation is a partner already.", field="organisation") from None
    return made


def remove_project_partner(*, by: audit.Actor, project: Project, organisation: Organisation) -> None:
    """Take a partner out. Raises NotAllowed."""
    require(may_edit_project(by, project), _EDITORS_ONLY)
    with transaction.atomic():
        project.partners.filter(organisation=organisation).delete()
        _note(by, project, "remove_project_partner", organisation=str(organisation.uid))


def add_work_package(
    *, by: audit.Actor, project: Project, number: int, title: str, lead: Organisation | None = None
) -> WorkPackage:
    """Add a work package. Raises NotAllowed, InvalidInput, Conflict where the number is taken."""
    require(may_edit_project(by, project), _EDITORS_ONLY)
    tidy = " ".join(title.split())
    if not tidy or len(tidy) > 200:
        raise InvalidInput("Give the work package a title of at most 200 characters.", field="title")
    try:
        with transaction.atomic():
            made = WorkPackage.objects.create(project=project, number=number, title=tidy, lead=lead)
            _note(by, project, "add_work_package", number=number)
    except IntegrityError:
        raise Conflict("There is a work package with this number.", field="number") from None
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableDetails:
    """What is handed over: an address, or a file (`file_name` and `content`)."""

    title: str
    code: str = ""
    due_on: date | None = None
    done_on: date | None = None
    url: str = ""
    file_name: str = ""
    content: bytes = b""
    work_package: WorkPackage | None = None


def add_deliverable(*, by: audit.Actor, project: Project, details: DeliverableDetails) -> Deliverable:
    """Add a deliverable. Its file is public, as deliverables are. Raises NotAllowed, InvalidInput, Conflict."""
    require(may_edit_project(by, project), _EDITORS_ONLY)
    title = " ".join(details.title.split())
    if not title or len(title) > 300:
        raise InvalidInput("Give the deliverable a title of at most 300 characters.", field="title")
    if details.url and not details.url.startswith(("https://", "http://")):
        raise InvalidInput("Give an address such as https://example.org.", field="url")
    checked = check_file(details.file_name, details.content) if details.file_name else None
    made = Deliverable(
        project=project,
        title=title,
        work_package=details.work_package,
        code=details.code.strip()[:20],
        due_on=details.due_on,
        done_on=details.done_on,
        url=details.url,
    )
    _keep(made, checked, details.content, by=by)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            _note(by, project, "add_deliverable", deliverable=str(made.uid))
    except IntegrityError:
        file_path(made.uid).unlink(missing_ok=True)
        raise Conflict("There is a deliverable with this code.", field="code") from None
    return made


def _keep(made: Deliverable, checked: CheckedFile | None, content: bytes, *, by: audit.Actor) -> None:
    if checked is None:
        return
    made.name, made.media_type, made.bytes, made.sha256 = (
        checked.name,
        checked.media_type,
        checked.bytes,
        checked.sha256,
    )
    made.uploaded_by = by.public_id
    write_file(made.uid, content)


def complete_deliverable(*, by: audit.Actor, deliverable: Deliverable, done_on: date) -> Deliverable:
    """Note when a deliverable was handed over. Raises NotAllowed, InvalidInput for a day to come."""
    require(may_edit_project(by, deliverable.project), _EDITORS_ONLY)
    if done_on > timezone.localdate():
        raise InvalidInput("This day has not come yet.", field="done_on")
    with transaction.atomic():
        deliverable.done_on = done_on
        deliverable.save(update_fields=["done_on"])
        _note(by, deliverable.project, "complete_deliverable", deliverable=str(deliverable.uid))
    return deliverable


def link_result(*, by: audit.Actor, project: Project, record: JobRole | Course | Practice | Event) -> ProjectResult:
    """Say that a role, course, practice or event came of a project. Raises NotAllowed, Conflict where it is said."""
    require(may_edit_project(by, project), _EDITORS_ONLY)
    columns = {JobRole: "role", Course: "course", Practice: "practice", Event: "event"}
    try:
        with transaction.atomic():
            made = ProjectResult.objects.create(project=project, **{columns[type(record)]: record})
            _note(by, project, "link_result", what=columns[type(record)], record=str(record.uid))
    except IntegrityError:
        raise Conflict("This is among the results already.", field="address") from None
    return made


def unlink_result(*, by: audit.Actor, result: ProjectResult) -> None:
    """Take a result out of a project; the record itself stays. Raises NotAllowed."""
    require(may_edit_project(by, result.project), _EDITORS_ONLY)
    with transaction.atomic():
        _note(by, result.project, "unlink_result", result=str(result.uid))
        result.delete()


def _note(by: audit.Actor, project: Project, action: str, **details: object) -> None:
    audit.record(by=by, action=action, kind="project", uid=project.uid, **details)
