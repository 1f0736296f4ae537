"""`python -m tools.deploy`: deploy what is on a clean main, after saying what will change. `--plan` stops after saying."""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

from tools.deploy.refusals import Run, refusals, run_in
from tools.deploy.steps import Deployed, Step, steps
from tools.package.__main__ import main as package
from tools.package.configuration import Configuration, ConfigurationError, read_configuration

ROOT = Path(__file__).parents[2]
TESTS = (sys.executable, "-m", "pytest", "-q", "-m", "not all and not online")


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 when deployed (or planned), 1 when refused or when a step failed, 2 when the deployer said no."""
    parser = argparse.ArgumentParser(prog="python -m tools.deploy", description=__doc__)
    parser.add_argument("--plan", action="store_true", help="only say what would be done")
    parser.add_argument(
        "--tested", action="store_true", help="the tests of this very commit have just passed elsewhere"
    )
    options = parser.parse_args(arguments)
    run = run_in(ROOT)
    try:
        configuration = read_configuration(ROOT)
    except ConfigurationError as error:
        return _refuse([str(error)])
    if found := refusals(ROOT, configuration, run):
        return _refuse(found)
    if not options.tested and subprocess.run(TESTS, cwd=ROOT, check=False).returncode:
        return _refuse(["the tests fail: main is not green"])
    if package([]):
        return _refuse(["there is nothing to deploy"])
    deployed = _deployed(configuration, run)
    clips = len(list((ROOT / "build" / "audio").rglob("*.mp3")))
    todo = steps(configuration, deployed, clips)
    _say(configuration, deployed, todo, run)
    if options.plan:
        return 0
    return _do(todo)


def _refuse(why: list[str]) -> int:
    for reason in why:
        print(f"deploy: {reason}", file=sys.stderr)
    print("deploy: refused, nothing was changed", file=sys.stderr)
    return 1


def _deployed(configuration: Configuration, run: Run) -> Deployed:
    """The outputs of the stack as it is now; nothing before the first deployment."""
    command = ["aws", "cloudformation", "describe-stacks", "--stack-name", configuration.stack]
    status, output = run([*command, "--region", configuration.region, "--output", "json"])
    if status:
        return Deployed()
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in json.loads(output)["Stacks"][0].get("Outputs", [])}
    return Deployed(outputs.get("AudioBucketName", ""), outputs.get("FunctionArn", ""))


def _say(configuration: Configuration, deployed: Deployed, todo: list[Step], run: Run) -> None:
    _, commit = run(["git", "log", "-1", "--format=%h %s"])
    facts = json.loads((ROOT / "build" / "function.json").read_text(encoding="utf-8"))
    print(f"\nstack {configuration.stack} in {configuration.region}, skill {configuration.skill_id}")
    print(f"now    {deployed.function_arn or 'not there yet'}")
    print(f"next   {commit.strip()}; function {facts['bytes']:,} bytes, contents {facts['contents'][:12]}")
    for number, step in enumerate(todo, 1):
        print(f"  {number}. {step.why}\n     {shlex.join(step.command)}")
    print(
        "AWS shows the changes to the stack and asks before it makes them. A tenth of the turns moves first; an alarm takes it back."
    )


def _do(todo: list[Step]) -> int:
    for step in todo:
        if not step.asks and not _agreed(step.why):
            return 2
        # ask-cli reads ask-resources.json from where it stands.
        place = ROOT / "build" if step.command[0] == "ask" else ROOT
        if subprocess.run(step.command, cwd=place, check=False).returncode:
            print(
                f"deploy: failed at: {step.why}; mend it and run make deploy again, it goes on from there",
                file=sys.stderr,
            )
            return 1
    print(
        "deploy: done. A first deployment prints FunctionArn above: write it into deploy/deploy.toml and run make deploy again."
    )
    return 0


def _agreed(why: str) -> bool:
    try:
        return input(f"{why}: go on? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


if __name__ == "__main__":
    sys.exit(main())
