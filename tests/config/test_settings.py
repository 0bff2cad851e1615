"""Settings are checked in processes of their own, since Django reads them once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD_PRODUCTION = {
    "SYNCHROMESH_ENVIRONMENT": "production",
    "SYNCHROMESH_SECRET_KEY": "k" * 60,
    "SYNCHROMESH_CREDENTIAL_KEY_SECRET": "c" * 60,
    "SYNCHROMESH_ALLOWED_HOSTS": "skills.example.org",
    "SYNCHROMESH_SITE_ADDRESS": "https://skills.example.org",
}


def check(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Django's own check with only these settings in the environment."""
    return _run(("manage.py", "check", "--fail-level", "WARNING"), tmp_path, changes)


def read(tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Only read the settings, which refuses already, in a tenth of the time."""
    return _run(("-c", "import synchromesh.config.settings"), tmp_path, changes)


def _run(command: tuple[str, ...], tmp_path: Path, changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SYNCHROMESH_")}
    environment |= {"SYNCHROMESH_DATA_DIR": str(tmp_path), **changes}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_a_laptop_needs_no_setting_at_all(tmp_path: Path) -> None:
    assert check(tmp_path).returncode == 0
    kept = {file.name: file for file in tmp_path.iterdir() if "secret" in file.name}
    assert set(kept) == {"secret-key", "credential-key-secret"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in kept.values())
    assert len({file.read_text() for file in kept.values()}) == 2


def test_production_starts_with_the_settings_it_needs(tmp_path: Path) -> None:
    result = check(tmp_path, **GOOD_PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SYNCHROMESH_SECRET_KEY", "", "SYNCHROMESH_SECRET_KEY"),
        ("SYNCHROMESH_SECRET_KEY", "short", "50 characters"),
        ("SYNCHROMESH_CREDENTIAL_KEY_SECRET", "", "SYNCHROMESH_CREDENTIAL_KEY_SECRET"),
        ("SYNCHROMESH_CREDENTIAL_KEY_SECRET", "short", "50 characters"),
        ("SYNCHROMESH_ALLIANCE_COUNTRY", "Germany", "two letters"),
        ("SYNCHROMESH_ALLOWED_HOSTS", "", "SYNCHROMESH_ALLOWED_HOSTS"),
        ("SYNCHROMESH_SITE_ADDRESS", "http://skills.example.org", "https"),
        ("SYNCHROMESH_DEBUG", "true", "SYNCHROMESH_DEBUG"),
        ("SYNCHROMESH_ENVIRONMENT", "staging", "laptop, test or production"),
    ],
)
def test_production_refuses_an_insecure_setting_and_names_it(tmp_path: Path, name: str, value: str, words: str) -> None:
    assert read(tmp_path, **GOOD_PRODUCTION).returncode == 0
    result = read(tmp_path, **(GOOD_PRODUCTION | {name: value}))
    assert result.returncode != 0
    assert words in result.stderr


def test_single_sign_on_by_openid_connect_adds_its_addresses(tmp_path: Path) -> None:
    given = {"OIDC_SERVER": "https://login.example.org", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}
    result = check(tmp_path, **{f"SYNCHROMESH_{key}": value for key, value in given.items()})
    assert result.returncode == 0, result.stderr


def test_single_sign_on_by_saml_starts_where_the_extra_is_installed(tmp_path: Path) -> None:
    given = {"SAML_METADATA": "https://login.example.org/metadata", "SAML_ENTITY_ID": "https://login.example.org"}
    result = check(tmp_path, **{f"SYNCHROMESH_{key}": value for key, value in given.items()})
    assert result.returncode == 0, result.stderr
