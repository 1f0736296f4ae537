"""Why a deployment does not start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.package.configuration import FILE, Configuration

BRANCH = "main"
# Files that are made from others: the module that makes them, and whether it is needed whatever the voice is.
MAKERS = (("tools.content", True), ("tools.interaction_model", True), ("tools.audio", False))
TOOLS = {
    "aws": "the AWS command line (https://docs.aws.amazon.com/cli/), signed in to your account",
    "sam": "AWS SAM: .venv-deploy/bin/pip install -r requirements-deploy.txt, or from AWS",
}

# A command in, its exit status and what it printed out.
Run = Callable[[Sequence[str]], tuple[int, str]]


def run_in(root: Path) -> Run:
    """Runs commands at the top of the repository."""

    def run(command: Sequence[str]) -> tuple[int, str]:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def refusals(
    root: Path, configuration: Configuration, run: Run, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """Everything that stands in the way, each with its remedy; an empty list: nothing does."""
    return [
        *_of_configuration(configuration),
        *_of_the_tree(run),
        *_of_made_files(root, configuration, run),
        *(f"{name} is missing: install {how}" for name, how in TOOLS.items() if which(name) is None),
    ]


def _of_configuration(configuration: Configuration) -> list[str]:
    if configuration.skill_id:
        return []
    return [
        f"skill_id is missing: create the skill in the Alexa developer console and write its id into {FILE} "
        "(deploy/README.md, step 2)"
    ]


def _of_the_tree(run: Run) -> list[str]:
    status, branch = run(["git", "rev-parse", "--abbrev-ref", "HEAD"])
    if status:
        return ["this is no git repository: what runs in the cloud must be findable in the history"]
    found = [] if branch.strip() == BRANCH else [f"this is branch {branch.strip()}: deploy from {BRANCH}"]
    _, changed = run(["git", "status", "--porcelain"])
    if changed.strip():
        files = len(changed.strip().splitlines())
        found.append(f"the tree is dirty ({files} files): commit or remove them, so that the version has a name")
    return found


def _of_made_files(root: Path, configuration: Configuration, run: Run) -> list[str]:
    found = []
    for module, always in MAKERS:
        if not always and configuration.speech != "audio":
            continue
        if not (root / module.replace(".", "/") / "__main__.py").is_file():
            found.append(f'{module} is missing, so the clips cannot be checked: set speech = "alexa" in {FILE}')
            continue
        status, output = run([sys.executable, "-m", module, "--check"])
        if status:
            found.append(f"{module} says that its files are out of date:\n    {output.strip()}")
    return found
