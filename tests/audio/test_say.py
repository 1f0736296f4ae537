from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.audio.conftest import Stub
from tools.audio import frames, mastering, say
from tools.audio.build import Builder
from tools.audio.engines import EngineError
from tools.audio.manifest import read_manifest
from tools.audio.sentences import SentenceStore
from tools.audio.sound import SoundError

TEXTS = {
    "tip.x.1": "Over troosten. Huilt je kind, troost het dan.",
    "ask.1": "Wil je meer horen?",
    "end.1": "Tot ziens, dan.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ThreadPoolExecutor(1) as pool:
        Builder(tmp_path, [Stub("espeak")], SentenceStore(None)).run(TEXTS, 1, lambda *_: None, pool)
    return tmp_path


def test_a_reply_is_one_file_of_alexas_kind(folder: Path):
    mp3 = say.say(["tip.x.1", "ask.1"], TEXTS, folder=folder)
    assert frames.faults(mp3) == []
    entries = read_manifest(folder)
    together = entries["tip.x.1", "normal"].seconds + entries["ask.1", "normal"].seconds
    assert frames.walk(mp3).seconds == pytest.approx(together, abs=0.2)
    assert mastering.measure(mp3).peak < -1.5


def test_slow_speech_has_longer_pauses(folder: Path):
    normal = frames.walk(say.say(["tip.x.1", "ask.1"], TEXTS, folder=folder)).seconds
    slow = frames.walk(say.say(["tip.x.1", "ask.1"], TEXTS, folder=folder, slow=True)).seconds
    assert slow - normal == pytest.approx(0.25 + 0.3, abs=0.1)


def test_a_text_without_a_fitting_clip_is_said_on_the_spot(folder: Path):
    engine = Stub("espeak")
    say.say(["tip.x.1", "end.1"], TEXTS | {"end.1": "Iets anders."}, folder=folder, engine=engine)
    assert engine.said == ["Iets anders."]


def test_nothing_to_say_an_unknown_key_and_no_engine(folder: Path):
    with pytest.raises(SoundError):
        say.join([])
    with pytest.raises(KeyError):
        say.say(["none"], TEXTS, folder=folder)
    with pytest.raises(EngineError):
        say.say(["end.1"], {"end.1": "Nieuw."}, folder=folder, engine=Stub("espeak", fails="Nieuw"))


def test_without_a_player_nothing_is_played(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert say.play(b"") is False


def test_the_first_player_plays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    player = tmp_path / "mpg123"
    player.write_text(f'#!/bin/sh\ncp "$2" {tmp_path}/played\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(say, "_PLAYERS", (("none",), ("mpg123", "-q")))
    assert say.play(b"sound") is True
    assert (tmp_path / "played").read_bytes() == b"sound"
