"""What a deployment does, as commands that can be read before they run."""

from __future__ import annotations

from dataclasses import dataclass

from tools.package.configuration import Configuration

TEMPLATE = "deploy/template.yaml"
BUILT = "build/template.yaml"


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what it is for. `asks`: it shows what it would change and asks by itself."""

    why: str
    command: tuple[str, ...]
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Deployed:
    """What the account holds now; empty texts before the first deployment."""

    audio_bucket: str = ""
    function_arn: str = ""


def steps(configuration: Configuration, deployed: Deployed, clips: int) -> list[Step]:
    """In order. New clips are there before the function that names them; old ones stay for a roll-back."""
    speaks = configuration.speech == "audio" and clips > 0
    if speaks and not deployed.audio_bucket:
        # The bucket is made by the first run: speak with Alexa's voice until the clips are in it.
        return [_stack(configuration, "alexa")]
    found = [_audio(deployed.audio_bucket)] if speaks else []
    found.append(_stack(configuration, configuration.speech if speaks else "alexa"))
    # Without addresses Amazon would refuse the skill package; the first deployment is what makes the function's.
    return found if configuration.missing() else [*found, _skill()]


def _stack(configuration: Configuration, speech: str) -> Step:
    parameters = [f"SkillId={configuration.skill_id}", f"Speech={speech}"]
    if configuration.alarm_email:
        parameters.append(f"AlarmEmail={configuration.alarm_email}")
    command = ["sam", "deploy", "--template-file", TEMPLATE, "--stack-name", configuration.stack]
    command += ["--region", configuration.region, "--resolve-s3", "--capabilities", "CAPABILITY_IAM"]
    command += ["--confirm-changeset", "--no-fail-on-empty-changeset", "--parameter-overrides", *parameters]
    return Step(f"function, alarms, dashboard, bucket; speech: {speech}", tuple(command), asks=True)


def _audio(bucket: str) -> Step:
    # Names hold the hash of what is in them, so nothing that a parent may still hear is ever replaced.
    command = ("aws", "s3", "sync", "build/audio", f"s3://{bucket}", "--exclude", "*.json", "--size-only")
    cache = ("--cache-control", "public, max-age=31536000, immutable", "--content-type", "audio/mpeg")
    return Step("clips that are not there yet", command + cache)


def _skill() -> Step:
    return Step(
        "skill.json, interaction model and icons to the development stage (publishing stays a step of its own)",
        ("ask", "deploy", "--target", "skill-metadata"),
    )
