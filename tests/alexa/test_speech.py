"""SPEECH=audio: clips in the place of Alexa's voice where all of a reply has them, and text in every other case."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.door import Door, build_skill, load_clips, open_door
from skill.content.library import load_content
from skill.settings import Settings
from skill.understanding import load_interpreter
from tests.alexa.envelopes import envelope, question
from tests.simulator.pages import clips_for

BASE = "https://clips.example/audio"
TIP = ("tip.troosten.1", "follow_up.troosten")
CONTENT = load_content()


def answered(
    folder: Path, *keys: str, base: str | None = BASE, slow: bool = False, change: Any = None
) -> dict[str, Any]:
    clips_for(folder, *keys)
    manifest = folder / "manifest.json"
    if change is not None:
        document = json.loads(manifest.read_text(encoding="utf-8"))
        change(document)
        manifest.write_text(json.dumps(document), encoding="utf-8")
    clips = load_clips(Settings(skill_id=None, speech="audio", audio_base_url=base), CONTENT, manifest)
    door = Door(build_skill(CONTENT, load_interpreter(CONTENT), clips), CONTENT, None)
    response: dict[str, Any] = door.answer(envelope(question("mijn baby huilt steeds"), {"v": 1, "slow": slow}))[
        "response"
    ]
    return response


def ssml(response: dict[str, Any]) -> str:
    return str(response["outputSpeech"]["ssml"])


def test_a_reply_is_played_and_its_reprompt_and_screen_stay_text(tmp_path: Path) -> None:
    response = answered(tmp_path, *TIP)
    assert ssml(response).count(f'<audio src="{BASE}/') == 2
    assert "troosten" not in ssml(response)
    assert "<audio" not in response["reprompt"]["outputSpeech"]["ssml"]
    [screen] = [entry for entry in response["directives"] if "datasources" in entry]
    assert screen["datasources"]["screen"]["text"].startswith("Over troosten.")


def test_the_slower_pace_has_clips_of_its_own(tmp_path: Path) -> None:
    slow, normal = answered(tmp_path, *TIP, slow=True), answered(tmp_path, *TIP)
    assert "<audio" in ssml(slow)
    assert ssml(slow) != ssml(normal)


def broken_text(document: dict[str, Any]) -> None:
    document["clips"][0]["text_sha256"] = "0" * 64


def endless(document: dict[str, Any]) -> None:
    document["clips"][0]["seconds"] = 241.0


@pytest.mark.parametrize(
    ("keys", "more"),
    [
        (TIP[:1], {}),
        ((), {}),
        (TIP, {"base": None}),
        (TIP, {"change": broken_text}),
        (TIP, {"change": endless}),
        (TIP, {"change": lambda document: document.update(version=2)}),
        (TIP, {"change": lambda document: document["clips"][0].update(file="../../secret.mp3")}),
        (TIP, {"change": dict.clear}),
    ],
    ids=[
        "a missing clip",
        "no clips",
        "no base url",
        "another text",
        "too long",
        "another version",
        "a file elsewhere",
        "empty",
    ],
)
def test_in_every_other_case_text_is_spoken(tmp_path: Path, keys: tuple[str, ...], more: dict[str, Any]) -> None:
    response = answered(tmp_path, *keys, **more)
    assert "<audio" not in ssml(response)
    assert "Over troosten." in ssml(response)


def test_why_no_clip_is_played_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        open_door(Settings(skill_id=None, speech="audio"))
    [record] = caplog.records
    assert record.getMessage().startswith("SPEECH=audio, but text is spoken: ")


def test_alexas_own_voice_needs_no_manifest() -> None:
    assert load_clips(Settings(skill_id=None), CONTENT, Path("nowhere")) is None
