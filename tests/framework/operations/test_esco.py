"""Loading ESCO: all or nothing, the same twice, versions side by side, languages one after another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.esco_records import METALS, WELDER, WELDING, classification, pack, relations, skill_row, skills_table

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.framework.models import (
    EscoConcept,
    EscoLabel,
    EscoMembership,
    EscoRelation,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.operations import esco_rows
from synchromesh.framework.operations.esco import ImportedEsco, activate_esco, import_esco, remove_esco
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def _load(folder: Path, *codes: str, label: str = "1.1.1", **more: Any) -> ImportedEsco:
    paths = [pack(folder, f"classification-{code}.zip", classification(code)) for code in codes or ("en",)]
    return import_esco(by=OPERATOR, paths=[*paths, pack(folder, "rel.zip", relations())], label=label, **more)


def _content() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is stored, by what it says and not by row number."""
    return {
        "concepts": sorted(EscoConcept.objects.values_list("version__label", "uri", "kind", "code", "reuse_level")),
        "labels": sorted(
            EscoLabel.objects.values_list("concept__version__label", "concept__uri", "language", "kind", "text")
        ),
        "texts": sorted(EscoText.objects.values_list("concept__uri", "language", "description")),
        "relations": sorted(EscoRelation.objects.values_list("source__uri", "target__uri", "kind")),
        "memberships": sorted(EscoMembership.objects.values_list("concept__uri", "collection")),
    }


def test_concepts_labels_texts_relations_and_collections_are_stored(tmp_path: Path) -> None:
    done = _load(tmp_path)
    assert done.written == {"concepts": 9, "labels": 12, "descriptions": 1, "relations": 10, "memberships": 2}
    assert (done.label, done.is_active, done.languages, done.missing) == ("1.1.1", True, ("en",), ())
    welding = EscoConcept.objects.get(uri=WELDING)
    assert sorted(welding.labels.values_list("kind", "text", "folded")) == [
        ("alternative", "fuse metal", "fuse metal"),
        ("alternative", "join by welding", "join by welding"),
        ("preferred", "weld metal", "weld metal"),
    ]
    assert EscoLabel.objects.get(concept__uri=METALS, kind="hidden").text == "metall"
    needs = EscoRelation.objects.get(source__uri=WELDER, target=welding)
    assert (needs.kind, welding.memberships.get().collection) == ("essential", "green")
    version = EscoVersion.objects.get()
    assert version.counts == {"isco-group": 2, "knowledge": 1, "occupation": 1, "skill": 2, "skill-group": 3}
    event = AuditEvent.objects.get(action="import_esco")
    assert (event.actor, event.target_uid, event.details["concepts"]) == ("operator", "1.1.1", 9)


def test_loading_the_same_again_changes_nothing(tmp_path: Path) -> None:
    _load(tmp_path, "en", "de")
    before, rows = _content(), set(EscoConcept.objects.values_list("pk", "uri"))
    again = _load(tmp_path, "en", "de")
    assert _content() == before
    assert set(EscoConcept.objects.values_list("pk", "uri")) == rows
    assert again.written["concepts"] == 0


def test_a_language_or_the_relations_may_come_later(tmp_path: Path) -> None:
    first = pack(tmp_path, "en.zip", classification())
    alone = import_esco(by=OPERATOR, paths=[first], label="1.1.1")
    assert "the hierarchy of skills" in alone.missing
    assert not EscoRelation.objects.filter(source__uri=WELDING, kind="broader").exists()
    import_esco(by=OPERATOR, paths=[pack(tmp_path, "de.zip", classification("de"))], label="1.1.1")
    import_esco(by=OPERATOR, paths=[pack(tmp_path, "rel.zip", relations())], label="1.1.1")
    step_by_step = _content()
    assert EscoVersion.objects.get().languages == ["en", "de"]
    remove_esco(by=OPERATOR, label="1.1.1")
    _load(tmp_path, "en", "de")
    assert _content() == step_by_step


def test_loading_again_takes_what_the_table_now_says(tmp_path: Path) -> None:
    _load(tmp_path, "en", "de")
    changed = {"skills_en.csv": skills_table(skill_row(WELDING, "welding", skillType="knowledge"))}
    import_esco(by=OPERATOR, paths=[pack(tmp_path, "new.zip", changed)], label="1.1.1")
    concept = EscoConcept.objects.get(uri=WELDING)
    assert concept.kind == "knowledge"
    assert list(concept.labels.filter(language="en").values_list("text", flat=True)) == ["welding"]
    assert concept.labels.filter(language="de").count() == 2
    assert EscoLabel.objects.filter(concept__uri=WELDER, language="en").exists()
    assert EscoRelation.objects.filter(source__uri=WELDER).count() == 3


def test_versions_stand_side_by_side_and_one_is_active(tmp_path: Path) -> None:
    _load(tmp_path)
    second = _load(tmp_path, label="1.2.0")
    assert not second.is_active
    assert EscoConcept.objects.filter(uri=WELDING).count() == 2
    activate_esco(by=OPERATOR, label="1.2.0")
    activate_esco(by=OPERATOR, label="1.2.0")
    assert EscoVersion.objects.get(is_active=True).label == "1.2.0"
    assert AuditEvent.objects.filter(action="activate_esco").count() == 1
    with pytest.raises(NotFound, match="Loaded: 1"):
        activate_esco(by=OPERATOR, label="9.9")


def test_a_version_is_removed_with_everything_of_it_and_nothing_else(tmp_path: Path) -> None:
    _load(tmp_path)
    before = _content()
    _load(tmp_path, "de", label="1.2.0")
    with pytest.raises(Conflict, match="Activate another one first"):
        remove_esco(by=OPERATOR, label="1.1.1")
    assert remove_esco(by=OPERATOR, label="1.2.0") == {"concepts": 9}
    assert _content() == before
    remove_esco(by=OPERATOR, label="1.1.1")
    assert not any(_content().values())


def test_an_import_that_breaks_off_leaves_the_data_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _load(tmp_path)
    before = _content()
    with monkeypatch.context() as patch:
        patch.setattr(esco_rows.EscoWriter, "_write_relations", _fail)
        with pytest.raises(RuntimeError):
            _load(tmp_path, "de", label="1.2.0")
    damaged = {"skills_en.csv": skills_table(skill_row(METALS, "other")), "occupations_en.csv": b"\xff"}
    with pytest.raises(InvalidInput):
        import_esco(by=OPERATOR, paths=[pack(tmp_path, "bad.zip", damaged)], label="1.1.1")
    assert _content() == before
    assert EscoVersion.objects.count() == 1


def _fail(*_: object) -> None:
    raise RuntimeError("killed")


@pytest.mark.parametrize(
    ("names", "label", "words"),
    [
        (["en.zip"], "", "do not say which version"),
        (["v1.1.0-en.zip", "v1.1.1-rel.zip"], "", "different versions"),
        (["en.zip"], "latest", "is no version"),
    ],
)
def test_the_version_must_be_known(names: list[str], label: str, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    paths = [pack(folder, name, relations() if "rel" in name else classification()) for name in names]
    with pytest.raises(InvalidInput, match=words):
        import_esco(by=OPERATOR, paths=paths, label=label)
    assert not EscoVersion.objects.exists()


def test_relations_alone_are_no_version(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Give the classification too"):
        import_esco(by=OPERATOR, paths=[pack(tmp_path, "v1.1.1.zip", relations())])
    assert not EscoVersion.objects.exists()


def test_only_staff_and_the_operator_may(tmp_path: Path, person: User, staff: User) -> None:
    path = pack(tmp_path, "v1.1.1.zip", classification())
    with pytest.raises(NotAllowed):
        import_esco(by=person, paths=[path])
    import_esco(by=staff, paths=[path])
    with pytest.raises(NotAllowed):
        activate_esco(by=person, label="1.1.1")
    with pytest.raises(NotAllowed):
        remove_esco(by=person, label="1.1.1")
    assert EscoVersion.objects.get().label == "1.1.1"
