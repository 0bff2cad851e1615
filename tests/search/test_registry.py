from __future__ import annotations

import pytest
from django.utils.module_loading import import_string

from synchromesh.search import registry


def test_roles_skills_courses_and_organisations_can_be_found() -> None:
    assert set(registry.kinds()) >= {"role", "skill", "course", "organisation"}


def test_every_registered_name_resolves() -> None:
    for name in registry._documents.values():
        assert callable(import_string(f"synchromesh.{name}"))


def test_the_same_registration_twice_is_one_and_another_for_the_kind_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_documents", {})
    registry.register("role", documents="framework.queries.one")
    registry.register("role", documents="framework.queries.one")
    with pytest.raises(ValueError, match="already lists 'role'"):
        registry.register("role", documents="framework.queries.other")
    assert registry.kinds() == ("role",)
