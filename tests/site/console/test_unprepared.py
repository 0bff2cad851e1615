"""A command on an installation that nobody has prepared yet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def test_a_command_on_an_empty_database_says_how_to_prepare_it(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SYNCHROMESH_")}
    program = "import sys; from synchromesh.site.console import main; sys.exit(main(['framework', 'export']))"
    command = [sys.executable, "-c", program]
    environment |= {"SYNCHROMESH_DATA_DIR": str(tmp_path)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "make run" in json.loads(result.stdout)["error"]["message"]
