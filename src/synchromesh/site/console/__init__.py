"""The console command `synchromesh`: what an operator does without a browser.

Answers are JSON on standard output, one object unless lines are asked for; an expected error is
`{"error": {"code", "message", "field"}}` and exit code 2; a check that finds something not good ends with 1. It acts as
the built-in actor `operator`, or as a person with `--as EMAIL`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from synchromesh.engine.errors import Conflict, InvalidInput, SynchromeshError
from synchromesh.site.console.judged import Judged

NOT_PREPARED = "The database is empty. Prepare it and load the content with: make run, or make demo without a server."


class _Parser(argparse.ArgumentParser):
    """Turns argparse's own complaints into the product's error answer."""

    def error(self, message: str) -> Any:
        raise InvalidInput(f"{message[:1].upper()}{message[1:]}. Try: {self.prog} --help", field="arguments")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a judgement that is not good, 2 for an expected error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synchromesh.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from django.db import OperationalError, ProgrammingError, connection

    from synchromesh.site.console.commands import add_commands
    from synchromesh.site.console.run import find_actor

    parser = _Parser(prog="synchromesh", description="The open platform on which a sector's skills alliance runs.")
    parser.add_argument("--as", dest="actor", metavar="EMAIL", help="act as this person instead of as the operator")
    add_commands(parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser))
    answer = None
    try:
        chosen = parser.parse_args(arguments)
        answer = chosen.run(chosen, by=find_actor(chosen.actor))
        _write(answer.answer if isinstance(answer, Judged) else answer)
    except SynchromeshError as error:
        _print({"error": {"code": error.code, "message": error.message, "field": error.field}})
        return 2
    except (OperationalError, ProgrammingError):
        if "framework_jobrole" in connection.introspection.table_names():
            raise
        _print({"error": {"code": Conflict.code, "message": NOT_PREPARED, "field": None}})
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1 if isinstance(answer, Judged) and not answer.is_good else 0


def _write(answer: Any) -> None:
    """Write what a command answered: a file, or JSON; a command that has written itself answers None."""
    if isinstance(answer, bytes):
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
    elif answer is not None:
        _print(answer)


def _print(answer: Any) -> None:
    from django.core.serializers.json import DjangoJSONEncoder

    sys.stdout.write(json.dumps(answer, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
