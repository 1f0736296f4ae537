"""Hold a model against the JSON Schema that `tools/schemas` makes from Amazon's specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from tools.interaction_model.view import Finding

SCHEMA = Path(__file__).parents[2] / "tests" / "schemas" / "interaction_model.schema.json"


def schema_findings(model: dict[str, Any]) -> list[Finding]:
    """What the schema refuses, by path; empty when the model has the right shape."""
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    errors = sorted(validator.iter_errors(model), key=lambda error: list(map(str, error.absolute_path)))
    return [
        Finding(
            error.json_path.removeprefix("$."),
            error.message,
            "compare with tests/schemas/interaction_model.schema.json",
        )
        for error in errors
    ]
