"""The tools of the cloud's makers judge the template: cfn-lint, AWS SAM and its translator, checkov. Under `make test-all`."""

from __future__ import annotations

import json
import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.all

ROOT = Path(__file__).parents[2]
TEMPLATE = "deploy/template.yaml"
TRANSLATE = """
import json, sys
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

class NoPolicies:
    def load(self):
        return {}

template = yaml_parse(open(sys.argv[1]).read())
template["Resources"]["Function"]["Properties"]["CodeUri"] = "s3://bucket/key"
skill = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
print(json.dumps(transform(template, {"SkillId": skill}, NoPolicies())))
"""


def tool(environment: str, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = ROOT / environment / "bin" / name
    if not program.exists():
        pytest.skip(f"{name} is missing; run: make test-all")
    settings = {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-west-1", "LOG_LEVEL": "WARNING"}
    return subprocess.run(
        [str(program), *arguments],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_cfn_lint_finds_nothing() -> None:
    done = tool(".venv-deploy", "cfn-lint", TEMPLATE)
    assert done.returncode == 0, done.stdout


def test_sam_finds_it_valid() -> None:
    done = tool(".venv-deploy", "sam", "validate", "--lint", "--region", "eu-west-1", "--template-file", TEMPLATE)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_alexa_for_our_skill_may_call_the_alias() -> None:
    done = tool(".venv-deploy", "python", "-c", TRANSLATE, TEMPLATE)
    assert done.returncode == 0, done.stderr
    resources: dict[str, Any] = json.loads(done.stdout)["Resources"]
    [permission] = [one for one in resources.values() if one["Type"] == "AWS::Lambda::Permission"]
    assert permission["Properties"]["Principal"] == "alexa-appkit.amazon.com"
    assert permission["Properties"]["EventSourceToken"] == {"Ref": "SkillId"}
    assert resources[permission["Properties"]["FunctionName"]["Ref"]]["Type"] == "AWS::Lambda::Alias"


def test_checkov_finds_what_was_accepted_and_nothing_else() -> None:
    accepted = tomllib.loads((ROOT / "deploy" / "accepted.toml").read_text(encoding="utf-8"))
    done = tool(
        ".venv-checkov",
        "checkov",
        *("-f", TEMPLATE, "--framework", "cloudformation", "--compact", "--quiet", "--skip-download", "-o", "json"),
    )
    found = {
        (one["check_id"], one["resource"].rpartition(".")[2])
        for one in json.loads(done.stdout)["results"]["failed_checks"]
    }
    assert found == {(name, entry["resource"]) for name, entry in accepted.items()}
