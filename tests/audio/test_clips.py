from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from skill.speech.clips import Clips
from tools.audio.manifest import text_hash

BASE = "https://klanken.example/audio"
TEXTS = {f"tip.x.{number}": f"Tekst {number}." for number in range(1, 7)}


def entry(key: str, pace: str = "normal", **changed: object) -> dict[str, object]:
    digit = key[-1]
    plain = {
        "key": key,
        "pace": pace,
        "file": digit * 23 + ("0" if pace == "normal" else "1") + ".mp3",
        "text_sha256": text_hash(TEXTS.get(key, "")),
        "seconds": 10.0,
    }
    return plain | changed


def write(folder: Path, entries: list[dict[str, object]], version: int = 1) -> Path:
    path = folder / "manifest.json"
    path.write_text(json.dumps({"version": version, "clips": entries}), encoding="utf-8")
    return path


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    return write(tmp_path, [entry(key, pace) for key in TEXTS for pace in ("normal", "slow")])


def load(manifest: Path, base_url: str | None = BASE, texts: dict[str, str] | None = None) -> Clips:
    return Clips.load(manifest, SimpleNamespace(texts=TEXTS if texts is None else texts), base_url)


def test_keys_become_audio_tags_in_order(manifest: Path):
    speech = load(manifest).speech(["tip.x.1", "tip.x.2"])
    assert speech == f'<audio src="{BASE}/{"1" * 23}0.mp3"/> <audio src="{BASE}/{"2" * 23}0.mp3"/>'
    ElementTree.fromstring(f"<speak>{speech}</speak>")


def test_slow_speech_plays_the_slow_clips_with_longer_pauses(manifest: Path):
    speech = load(manifest).speech(["tip.x.1", "tip.x.2"], slow=True)
    assert speech is not None
    assert f"{'1' * 23}1.mp3" in speech
    assert '<break time="300ms"/>' in speech


def test_an_address_is_escaped_and_a_slash_at_its_end_does_no_harm(manifest: Path):
    speech = load(manifest, 'https://a.example/x&"y/').speech(["tip.x.1"])
    element = ElementTree.fromstring(f"<speak>{speech}</speak>")
    assert element[0].attrib["src"] == f'https://a.example/x&"y/{"1" * 23}0.mp3'


@pytest.mark.parametrize("keys", [[], ["tip.x.1", "unknown"], [f"tip.x.{number}" for number in range(1, 7)]])
def test_no_keys_an_unknown_key_or_six_keys_are_text(manifest: Path, keys: list[str]):
    assert load(manifest).speech(keys) is None


def test_five_keys_are_clips(manifest: Path):
    speech = load(manifest).speech(list(TEXTS)[:5])
    assert speech is not None
    assert speech.count("<audio") == 5


def test_without_an_address_it_is_text(manifest: Path):
    clips = load(manifest, None)
    assert clips.speech(["tip.x.1"]) is None
    assert clips.problem is not None


def test_a_text_that_changed_is_text_again(manifest: Path):
    clips = load(manifest, texts=TEXTS | {"tip.x.1": "Andere tekst."})
    assert clips.speech(["tip.x.1"]) is None
    assert clips.speech(["tip.x.2", "tip.x.1"]) is None
    assert clips.speech(["tip.x.2"]) is not None


def test_a_missing_pace_is_text(tmp_path: Path):
    clips = load(write(tmp_path, [entry("tip.x.1")]))
    assert clips.speech(["tip.x.1"]) is not None
    assert clips.speech(["tip.x.1"], slow=True) is None


@pytest.mark.parametrize(
    ("seconds", "reprompt", "plays"), [(239, False, True), (240, False, False), (89, True, True), (90, True, False)]
)
def test_too_long_is_text(tmp_path: Path, seconds: int, reprompt: bool, plays: bool):
    clips = load(write(tmp_path, [entry("tip.x.1", seconds=seconds)]))
    assert (clips.speech(["tip.x.1"], reprompt=reprompt) is not None) == plays


@pytest.mark.parametrize(
    "entries",
    [
        [{"key": "tip.x.1"}],
        [entry("tip.x.1", file="../secret.mp3")],
        [entry("tip.x.1", file="1" * 24 + ".mp3\n")],
        [entry("tip.x.1", file=None)],
        [entry("tip.x.1", seconds="long")],
        ["no entry"],
    ],
)
def test_a_manifest_that_cannot_be_trusted_means_text(tmp_path: Path, entries: list):
    clips = load(write(tmp_path, entries))
    assert clips.speech(["tip.x.1"]) is None
    assert clips.problem is not None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"version": 1}', b"\xff"])
def test_a_damaged_manifest_means_text(tmp_path: Path, content: bytes):
    path = tmp_path / "manifest.json"
    path.write_bytes(content)
    assert load(path).speech(["tip.x.1"]) is None


def test_another_version_and_no_manifest_mean_text(tmp_path: Path):
    assert load(write(tmp_path, [entry("tip.x.1")], version=2)).speech(["tip.x.1"]) is None
    assert load(tmp_path / "none.json").problem is not None
