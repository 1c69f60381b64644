"""The console's types are made from `console/openapi.json`; it must be what the server says of itself."""

import json
from pathlib import Path

from typer.testing import CliRunner

from api.cli.main import app

ROOT = Path(__file__).resolve().parents[2]


def test_the_description_the_console_was_typed_from_is_the_servers_own():
    said = CliRunner().invoke(app, ["openapi"])
    assert said.exit_code == 0
    kept = json.loads((ROOT / "console" / "openapi.json").read_text(encoding="utf-8"))
    assert json.loads(said.stdout) == kept, "run `make wire`"
