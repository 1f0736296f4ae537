"""`make deploy`: what it refuses, and in which order it does things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.deploy import __main__ as deploy
from tools.deploy.refusals import Run, refusals
from tools.deploy.steps import Deployed, steps
from tools.package.configuration import Configuration

ROOT = Path(__file__).parents[2]
SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
READY = Configuration(
    skill_id=SKILL_ID,
    function_arn="arn:aws:lambda:eu-west-1:123456789012:function:band-met-mijn-kind:live",
    privacy_url="https://example.org/p",
    terms_url="https://example.org/t",
)
SPEAKING = Configuration(**{name: getattr(READY, name) for name in READY.__slots__} | {"speech": "audio"})


def answers(**changed: tuple[int, str]) -> Run:
    """A machine where all is well, but for what is changed: branch, status, or the last part of a maker's name."""
    good = {
        "branch": (0, "main\n"),
        "status": (0, ""),
        "content": (0, ""),
        "interaction_model": (0, ""),
        "audio": (0, ""),
    }
    known = good | changed

    def run(command: Sequence[str]) -> tuple[int, str]:
        if command[0] == "git":
            return known["branch" if "rev-parse" in command else "status"]
        return known[command[2].rpartition(".")[2]]

    return run


def everywhere(name: str) -> str:
    return f"/usr/bin/{name}"


def test_nothing_stands_in_the_way_when_all_is_well() -> None:
    assert refusals(ROOT, READY, answers(), everywhere) == []


@pytest.mark.parametrize(
    ("configuration", "run", "why"),
    [
        (Configuration(), answers(), "skill_id is missing"),
        (READY, answers(status=(0, " M skill/x.py\n?? y\n")), r"the tree is dirty \(2 files\)"),
        (READY, answers(branch=(0, "try-out\n")), "branch try-out"),
        (READY, answers(branch=(128, "fatal")), "no git repository"),
        (READY, answers(interaction_model=(1, "nl-NL.json: is older")), "(?s)interaction_model.*nl-NL.json: is older"),
        (READY, answers(content=(1, "compiled.json: is older")), "(?s)content.*compiled.json"),
        (SPEAKING, answers(audio=(1, "tip.troosten.1: missing")), "(?s)audio.*tip.troosten.1"),
    ],
    ids=["no skill id", "dirty", "branch", "no git", "stale model", "stale content", "stale audio"],
)
def test_it_refuses_and_says_why(configuration: Configuration, run: Run, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        assert refusals(ROOT, configuration, run, everywhere) == []


def test_stale_audio_is_no_matter_when_alexa_speaks_herself() -> None:
    assert refusals(ROOT, READY, answers(audio=(1, "stale")), everywhere) == []


def test_missing_tools_are_named() -> None:
    found = refusals(ROOT, READY, answers(), lambda name: None)
    assert [reason.split()[0] for reason in found] == ["aws", "sam"]


def test_the_command_itself_refuses_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[object] = []
    monkeypatch.delenv("SKILL_ID", raising=False)
    monkeypatch.setattr(deploy, "run_in", lambda root: answers(status=(0, " M x\n")))
    monkeypatch.setattr("subprocess.run", lambda *given, **named: ran.append(given))
    assert deploy.main([]) == 1
    assert ran == []
    printed = capsys.readouterr().err
    assert "skill_id is missing" in printed
    assert "dirty" in printed
    assert "nothing was changed" in printed


def commands(configuration: Configuration, deployed: Deployed, clips: int) -> list[str]:
    return [" ".join(step.command) for step in steps(configuration, deployed, clips)]


def test_the_stack_shows_its_changes_before_it_makes_them() -> None:
    stack, skill = commands(READY, Deployed(), 0)
    assert stack.startswith("sam deploy")
    assert "--confirm-changeset" in stack
    assert f"SkillId={SKILL_ID}" in stack
    assert skill == "ask deploy --target skill-metadata"


def test_a_first_deployment_makes_the_function_and_waits_with_the_skill() -> None:
    [stack] = commands(Configuration(skill_id=SKILL_ID), Deployed(), 0)
    assert stack.startswith("sam deploy")


def test_clips_are_there_before_the_function_names_them() -> None:
    [first] = commands(SPEAKING, Deployed(), 10)
    assert "Speech=alexa" in first
    audio, stack, _ = commands(SPEAKING, Deployed(audio_bucket="clips"), 10)
    assert audio.startswith("aws s3 sync build/audio s3://clips")
    assert "--delete" not in audio
    assert "Speech=audio" in stack
