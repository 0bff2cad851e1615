"""The command as a shell sees it: exit code and one JSON answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest

from synchromesh.site.console import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one call of the command gave; `notes` is what it said beside the answer, on standard error."""

    code: int
    output: bytes
    notes: str = ""

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.output.decode()

    @property
    def answer(self) -> Any:
        """The one JSON object on standard output."""
        assert self.text.endswith("\n")
        assert self.text.count("\n") == 1
        return json.loads(self.text)

    @property
    def refusal(self) -> dict[str, Any]:
        """The error of a call that was refused; exit code and keys are checked here."""
        assert self.code == 2
        assert list(self.answer) == ["error"]
        error: dict[str, Any] = self.answer["error"]
        assert set(error) == {"code", "message", "field"}
        assert error["message"].strip()
        return error


Command: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def command(db: None, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Run `synchromesh` with the given words."""

    def run(*words: str) -> Outcome:
        capsysbinary.readouterr()
        code = main([str(word) for word in words])
        seen = capsysbinary.readouterr()
        return Outcome(code=code, output=seen.out, notes=seen.err.decode())

    return run
