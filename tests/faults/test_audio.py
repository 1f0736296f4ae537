"""The clips of SPEECH=audio are missing, damaged, outdated or slow to load: text is spoken instead, whole, and the operator reads why."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.deadline import within
from skill.alexa.door import Door, build_skill, load_clips
from skill.content.library import load_content
from skill.settings import Settings
from skill.speech.clips import Clips
from skill.understanding import load_interpreter
from tests.alexa.envelopes import envelope, launch, question
from tools.soak.judge import Judge

CONTENT = load_content()
INTERPRETER = load_interpreter(CONTENT)
AUDIO = Settings(skill_id=None, speech="audio", audio_base_url="https://example.org/audio")
PRESENT = Path(__file__).parents[2] / "audio" / "manifest.json"


def _clip(key: str, **other: Any) -> dict[str, Any]:
    from hashlib import sha256

    text = CONTENT.texts[key].encode()
    whole = {
        "key": key,
        "pace": "normal",
        "file": "0" * 24 + ".mp3",
        "text_sha256": sha256(text).hexdigest(),
        "seconds": 2.0,
    }
    return {**whole, **other}


def _manifest(clips: Any, version: Any = 1) -> bytes:
    return json.dumps({"version": version, "clips": clips}).encode()


LAUNCH = ["welcome.1", "ask_open.1", "reprompt_open.1"]
MANIFESTS: dict[str, Callable[[], bytes | None]] = {
    "missing": lambda: None,
    "empty": lambda: b"",
    "no JSON": lambda: b"\xff\x00",
    "a list": lambda: b"[]",
    "another version": lambda: _manifest([], 99),
    "clips are a number": lambda: _manifest(7),
    "a clip is null": lambda: _manifest([None]),
    "a clip without a file": lambda: _manifest([{"key": "welcome.1", "pace": "normal"}]),
    "a path in place of a name": lambda: _manifest([_clip("welcome.1", file="../../etc/passwd")]),
    "seconds as text": lambda: _manifest([_clip("welcome.1", seconds="2")]),
    "no clip for anything": lambda: _manifest([]),
    "one of two missing": lambda: _manifest([_clip("welcome.1")]),
    "another text": lambda: _manifest([_clip(key, text_sha256="0" * 64) for key in LAUNCH]),
    "too long": lambda: _manifest([_clip(key, seconds=500.0) for key in LAUNCH]),
}


def open_with(manifest: Path, settings: Settings = AUDIO) -> Door:
    """A door with the clips of a manifest."""
    return Door(build_skill(CONTENT, INTERPRETER, load_clips(settings, CONTENT, manifest)), CONTENT, None)


def spoken(door: Door, request: dict[str, Any]) -> str:
    event = envelope(request)
    answered = door.answer(event)
    Judge().check(event, answered)
    return str(answered["response"]["outputSpeech"]["ssml"])


@pytest.mark.parametrize("fault", MANIFESTS)
def test_text_is_spoken_instead(fault: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    manifest = tmp_path / "manifest.json"
    data = MANIFESTS[fault]()
    if data is not None:
        manifest.write_bytes(data)
    door = open_with(manifest)
    assert "Welkom" in spoken(door, launch())
    assert "<audio" not in spoken(door, launch())
    assert "Over troosten." in spoken(door, question("troosten"))
    whole = fault in {"no clip for anything", "one of two missing", "another text", "too long"}
    warned = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warned) == (0 if whole else 1)
    assert all("text is spoken" in line and "make audio" in line for line in warned)


def test_without_an_address_text_is_spoken(caplog: pytest.LogCaptureFixture) -> None:
    door = open_with(PRESENT, Settings(skill_id=None, speech="audio"))
    assert "Welkom" in spoken(door, launch())
    assert "AUDIO_BASE_URL" in caplog.text


def test_clips_that_load_too_slowly_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def slow(*_arguments: Any) -> Clips:
        time.sleep(1.5)
        raise AssertionError("nobody waits for this")

    monkeypatch.setattr(Clips, "load", slow)
    monkeypatch.setattr("skill.alexa.door.AUDIO_SECONDS", 0.05)
    began = time.monotonic()
    door = open_with(tmp_path / "manifest.json")
    assert time.monotonic() - began < 1.4
    assert "Welkom" in spoken(door, launch())
    assert "took longer than 0.05 seconds" in caplog.text


def test_a_deadline_gives_what_was_loaded_and_hides_no_failure() -> None:
    def broken() -> str:
        raise OSError("disk")

    assert within(5, lambda: "loaded", lambda why: why) == "loaded"
    assert within(5, broken, lambda why: why) == "OSError"
    assert within(0.01, lambda: time.sleep(0.3) or "late", lambda why: why).startswith("took longer than 0.01")
