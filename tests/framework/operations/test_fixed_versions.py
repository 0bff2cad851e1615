"""A published version never changes: no operation and no random row of imports touches a row of one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.esco_records import WELDING, classification, pack
from tests.records import a_topic, commit_framework, csv_file, undo_framework, zip_file

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, SynchromeshError
from synchromesh.framework import operations
from synchromesh.framework.models import (
    Anchor,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    UnitEntry,
    VersionComment,
    VersionStatus,
)
from synchromesh.framework.models.versions import FIXED
from synchromesh.framework.operations import comments, crosswalk, drafting, esco, publishing, skill_succession, topics
from synchromesh.framework.queries.versions import Need
from synchromesh.plumbing.models import BatchStatus, ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog

pytestmark = pytest.mark.django_db

PARTS: tuple[Any, ...] = (Anchor, Requirement, UnitEntry)
SKILLS = [f"skill-{number}" for number in range(6)]
ROLES = ["technician", "inspector", "planner"]
State = dict[str, tuple[dict[str, Any], ...]]
Act = Callable[[random.Random, Path], object]


def _fixed() -> State:
    """By uid of each published or retired version all its rows."""
    versions = FrameworkVersion.objects.filter(status__in=FIXED)
    return {
        str(version.uid): tuple(
            row for model in PARTS for row in model.objects.filter(version=version).order_by("pk").values()
        )
        for version in versions
    }


def _file(chance: random.Random) -> bytes:
    """Tables with some of the skills, roles, requirements and card lines, each with values drawn anew."""
    skills = chance.sample(SKILLS, chance.randint(1, len(SKILLS)))
    roles = chance.sample(ROLES, chance.randint(1, len(ROLES)))
    needs = [(role, skill) for role in roles for skill in skills if chance.random() < 0.6]
    tables = {
        "skills.csv": csv_file(
            *(
                {"id": skill, "kind": "skill", "title_en": skill, f"anchor_{chance.randint(1, 3)}_en": chance.random()}
                for skill in skills
            )
        ),
        "roles.csv": csv_file(*({"id": role, "title_en": role} for role in roles)),
        "units.csv": csv_file(
            *(
                {"role": role, "code": f"{role}.U{chance.randint(1, 3)}", "level": "unit", "title_en": chance.random()}
                for role in roles
            )
        ),
    }
    if needs:
        tables["requirements.csv"] = csv_file(
            *(
                {
                    "role": role,
                    "skill": skill,
                    "level": chance.randint(1, 3),
                    "need": chance.choice(["essential", "optional"]),
                    "weight": chance.randint(1, 5),
                }
                for role, skill in needs
            )
        )
    return zip_file(tables)


def _undo_last(chance: random.Random, folder: Path) -> None:
    del chance, folder
    batch = ImportBatch.objects.filter(kind="framework", status=BatchStatus.COMMITTED).order_by("-pk").first()
    if batch is not None and batch.changes.exclude(before=None).exists():
        undo_framework(batch)


def _load_esco(chance: random.Random, folder: Path) -> None:
    name = f"classification-{chance.random()}.zip"
    esco.import_esco(by=OPERATOR, paths=[pack(folder, name, classification("en"))], label="1.1.1")


def _succession(chance: random.Random) -> tuple[ChangeLog, skill_succession.Succession]:
    skills = list(Skill.objects.filter(retired_at=None).order_by("slug"))
    if len(skills) < 3:
        raise Conflict("There are too few skills left for a split.")
    retired, *others = chance.sample(skills, 3)
    batch = ImportBatch.objects.create(kind="skills", name="change", source="hand", actor="operator")
    return ChangeLog(batch), skill_succession.Succession(
        retired=retired, successors=tuple(others[: chance.randint(1, 2)])
    )


@transaction.atomic
def _succeed(chance: random.Random, folder: Path) -> None:
    del folder
    log, succession = _succession(chance)
    skill_succession.publish_successions(by=OPERATOR, log=log, successions=[succession], note="change")
    skill_succession.move_skill_references(by=OPERATOR, log=log, succession=succession)
    skill_succession.retire_skill(by=OPERATOR, log=log, succession=succession)


def _drawn(chance: random.Random, model: Any) -> Any:
    return chance.choice(list(model.objects.order_by("slug")))


def _need(chance: random.Random) -> dict[str, Any]:
    """A role, a skill and what the one needs of the other."""
    need = Need(level=chance.randint(1, 3), essential=chance.random() < 0.5, weight=chance.randint(1, 5))
    return {"role": _drawn(chance, JobRole), "skill": _drawn(chance, Skill), "need": need}


def _change_anchors(chance: random.Random, folder: Path) -> None:
    del folder
    texts = {level: chance.choice(["", str(chance.random())]) for level in (1, 2, 3)}
    drafting.change_anchors(by=OPERATOR, skill=_drawn(chance, Skill), language="en", texts=texts)


def _remove_requirement(chance: random.Random, folder: Path) -> None:
    del folder
    row = chance.choice(list(Requirement.objects.order_by("pk")))
    drafting.remove_requirement(by=OPERATOR, role=row.role, skill=row.skill)


def _resolve_comment(chance: random.Random, folder: Path) -> None:
    del chance, folder
    for comment in VersionComment.objects.all():
        comments.resolve_comment(by=OPERATOR, uid=comment.uid)


def _crosswalk(act: Callable[..., object], **stated: str) -> Act:
    """An act of the crosswalk desk on a skill drawn at random."""
    return lambda chance, _: act(by=OPERATOR, subject=_drawn(chance, Skill), uri=WELDING, **stated)


ACTS: dict[str, Act] = {
    "import": lambda chance, _: commit_framework(_file(chance)),
    "import_draft": lambda chance, _: commit_framework(_file(chance), draft=True),
    "undo": _undo_last,
    "topics.save_topic": lambda chance, _: topics.save_topic(
        by=OPERATOR, slug="battery", titles={"en": str(chance.random())}, summaries={}, position=1
    ),
    "esco.import_esco": _load_esco,
    "esco.activate_esco": lambda *_: esco.activate_esco(by=OPERATOR, label="1.1.1"),
    "esco.remove_esco": lambda *_: esco.remove_esco(by=OPERATOR, label="1.1.1"),
    "crosswalk.confirm_esco_match": _crosswalk(crosswalk.confirm_esco_match, match="close"),
    "crosswalk.change_esco_match": _crosswalk(crosswalk.change_esco_match, match="related"),
    "crosswalk.remove_esco_match": _crosswalk(crosswalk.remove_esco_match),
    "crosswalk.reject_esco_match": _crosswalk(crosswalk.reject_esco_match),
    "crosswalk.withdraw_rejection": _crosswalk(crosswalk.withdraw_rejection),
    "publishing.request_publication": lambda *_: publishing.request_publication(by=OPERATOR),
    "publishing.withdraw_request": lambda *_: publishing.withdraw_request(by=OPERATOR),
    "publishing.publish_draft": lambda *_: publishing.publish_draft(by=OPERATOR),
    "drafting.start_draft": lambda *_: drafting.start_draft(by=OPERATOR),
    "drafting.discard_draft": lambda *_: drafting.discard_draft(by=OPERATOR),
    "drafting.change_note": lambda chance, _: drafting.change_note(by=OPERATOR, note=str(chance.random())),
    "drafting.change_anchors": _change_anchors,
    "drafting.add_requirement": lambda chance, _: drafting.add_requirement(by=OPERATOR, **_need(chance)),
    "drafting.change_requirement": lambda chance, _: drafting.change_requirement(by=OPERATOR, **_need(chance)),
    "drafting.remove_requirement": _remove_requirement,
    "comments.add_comment": lambda *_: comments.add_comment(by=OPERATOR, text="Why?"),
    "comments.resolve_comment": _resolve_comment,
    "skill_succession": _succeed,
}
IN_ONE_ACT = {
    "skill_succession.publish_successions",
    "skill_succession.move_skill_references",
    "skill_succession.retire_skill",
}


def _public_operations() -> set[str]:
    found = set()
    for info in pkgutil.iter_modules(operations.__path__):
        module = importlib.import_module(f"{operations.__name__}.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "by" in inspect.signature(function).parameters:
                found.add(f"{info.name}.{name}")
    return found


def test_every_public_operation_takes_part() -> None:
    assert _public_operations() == {name for name in ACTS if "." in name} | IN_ONE_ACT


@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_of_operations_changes_a_row_of_a_fixed_version(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    a_topic("battery")
    commit_framework(_file(chance))
    done = set()
    for _ in range(40):
        name = chance.choice(sorted(ACTS))
        before = _fixed()
        with suppress(SynchromeshError):  # refused, as an operation may be at that moment
            ACTS[name](chance, tmp_path)
            done.add(name)
        after = _fixed()
        kept = before.keys() & after.keys()
        assert {uid: after[uid] for uid in kept} == {uid: before[uid] for uid in kept}, name
        assert name == "undo" or before.keys() <= after.keys(), name
    assert {"import_draft", "publishing.publish_draft"} & done


def _rows() -> list[Any]:
    commit_framework(
        zip_file(
            {
                "skills.csv": csv_file({"id": "weld", "kind": "skill", "title_en": "Weld", "anchor_1_en": "Welds."}),
                "roles.csv": csv_file({"id": "technician", "title_en": "Technician"}),
                "requirements.csv": csv_file(
                    {"role": "technician", "skill": "weld", "level": 2, "need": "essential", "weight": 5}
                ),
                "units.csv": csv_file({"role": "technician", "code": "U1", "level": "unit", "title_en": "Weld"}),
            }
        )
    )
    return [model.objects.get() for model in PARTS]


@transaction.atomic
def _update_at_once(row: Any) -> None:
    type(row).objects.bulk_update([row], ["version"])


def test_the_models_refuse_to_change_or_delete_a_row_of_a_fixed_version() -> None:
    for row in _rows():
        for status in (VersionStatus.PUBLISHED, VersionStatus.RETIRED):
            FrameworkVersion.objects.update(status=status)
            before, rows = _fixed(), type(row).objects.filter(pk=row.pk)
            for write in (
                row.save,
                row.delete,
                rows.delete,
                lambda rows=rows, row=row: rows.update(version=row.version),
            ):
                with pytest.raises(Conflict, match="never changes"):
                    write()
            with pytest.raises(Conflict, match="never changes"):
                _update_at_once(row)
            assert _fixed() == before


def test_a_row_of_a_draft_may_change_and_go() -> None:
    for row in _rows():
        FrameworkVersion.objects.update(status=VersionStatus.DRAFT)
        row.save()
        assert type(row).objects.update(version=row.version) == 1
        row.delete()
        assert not type(row).objects.exists()
