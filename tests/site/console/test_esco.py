"""The commands of `synchromesh esco`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.esco_records import SOLDERING, classification, pack, relations
from tests.records import a_skill
from tests.site.console.conftest import Command

from synchromesh.framework.models import EscoConcept, EscoLink
from synchromesh.site.console.esco import esco_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """A classification in two languages and the relations."""
    files = {"v1.1.1-en.zip": classification(), "v1.1.1-de.zip": classification("de"), "v1.1.1-rel.zip": relations()}
    return [str(pack(tmp_path, name, content)) for name, content in files.items()]


def test_a_version_is_loaded_and_listed(command: Command, paths: list[str]) -> None:
    answer = command("esco", "import", *paths, "--lang", "en", "--lang", "de").answer
    assert set(answer) == {"version", "active", "languages", "written", "cleaned", "missing", "problems"}
    assert (answer["version"], answer["active"], answer["languages"]) == ("1.1.1", True, ["en", "de"])
    assert (answer["written"]["concepts"], answer["missing"], answer["problems"]) == (9, [], [])
    (version,) = command("esco", "list").answer["versions"]
    assert set(version) == {"version", "active", "languages", "concepts", "imported_at"}
    assert version["concepts"]["skill"] == 2


def test_versions_are_compared_activated_and_removed(command: Command, paths: list[str]) -> None:
    command("esco", "import", *paths)
    command("esco", "import", *paths, "--version-label", "1.2.0")
    EscoConcept.objects.get(version__label="1.2.0", uri=SOLDERING).delete()
    EscoLink.objects.create(skill=a_skill("soldering"), uri=SOLDERING, match="exact")
    answer = command("esco", "difference", "1.1.1", "1.2.0").answer
    assert answer["counts"] == {"new": 0, "gone": 1, "renamed": 0}
    assert answer["gone"][0]["labels"]["en"] == "apply soldering techniques"
    assert answer["links_to_gone"] == [{"uri": SOLDERING, "match": "exact", "skill": "soldering", "role": None}]
    assert command("esco", "activate", "1.2.0").answer["active"] is True
    assert command("esco", "remove", "1.1.1").answer == {"removed": {"concepts": 9}}


def test_refusals_have_a_code_and_a_field(command: Command, paths: list[str], tmp_path: Path) -> None:
    assert command("esco", "import", str(tmp_path / "nothing.zip")).refusal["field"] == "paths"
    assert command("esco", "import", *paths, "--lang", "mt").refusal["field"] == "lang"
    assert command("esco", "activate", "9.9").refusal["code"] == "not_found"
    assert command("esco", "difference", "1.1.1", "1.2.0").refusal["code"] == "not_found"


def test_the_answer_is_made_in_one_place() -> None:
    assert esco_import.__module__ == "synchromesh.site.console.esco"
