"""gTTS as it is, against a server that speaks Google's protocol over TLS, in every way in which it fails."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.audio.conftest import Stub
from tests.audio.google_server import GoogleServer
from tools.audio import frames
from tools.audio.build import Builder
from tools.audio.engines import EngineError, Options, engines_in_order
from tools.audio.engines.espeak import Espeak
from tools.audio.engines.google import Google, parts_of
from tools.audio.manifest import read_manifest
from tools.audio.sentences import SentenceStore

pytestmark = pytest.mark.usefixtures("quick_mastering")

TEXTS = {"tip.x.1": "Huilt je kind, troost het dan.", "end.1": "Tot ziens."}


def quick_google() -> Google:
    return Google(connect=1.0, read=1.0)


def build(folder: Path, engines: list, pool: ThreadPoolExecutor):
    builder = Builder(folder, engines, SentenceStore(None), chosen="gtts")
    return builder.run(TEXTS, 1, lambda *_: None, pool)


def test_speech_arrives_and_is_asked_for_as_google_expects(google: GoogleServer):
    sound = quick_google().render("Huilt je kind, troost het dan.")
    assert sound.seconds > 1.0
    (asked,) = google.asked
    assert asked["path"].endswith("/_/TranslateWebserverUi/data/batchexecute")
    assert (asked["host"], asked["rpc"], asked["lang"]) == ("translate.google.com", "jQ1olc", "nl")
    assert asked["text"] == "Huilt je kind, troost het dan."


def test_a_long_sentence_is_asked_for_in_parts_that_google_takes_whole(google: GoogleServer):
    sentence = "Als je kind ouder wordt, dan verandert de band met jou, en dat is heel normaal, dus geef het daar ook wat ruimte voor."
    quick_google().render(sentence)
    said = [asked["text"] for asked in google.asked]
    assert len(said) == 2
    assert all(len(part) <= 100 for part in said)
    assert " ".join(said).split() == sentence.split()


@pytest.mark.parametrize("length", [1, 99, 100, 101, 250])
def test_parts_keep_every_word_and_letter(length: int):
    words = " ".join(["troosten"] * 40)[:length].strip()
    assert " ".join(parts_of(words)) == words
    assert all(len(part) <= 100 for part in parts_of("x" * length))
    assert "".join(parts_of("x" * length)) == "x" * length


@pytest.mark.parametrize("mode", ["hang", "429", "500", "page", "no_audio", "short", "refuse_connect"])
def test_after_each_failure_the_next_engine_renders_within_seconds(
    google: GoogleServer, espeak: Espeak, tmp_path: Path, pool: ThreadPoolExecutor, mode: str
):
    google.mode = mode
    began = time.monotonic()
    summary = build(tmp_path, [quick_google(), espeak], pool)
    assert time.monotonic() - began < 8.0
    assert summary.failed == {}
    assert summary.engines == {"espeak": 4}
    assert len(google.asked) <= 1, "the circuit breaker asks nothing more after the first failure"
    assert any("gtts" in note for note in summary.notes)
    assert_whole(tmp_path)


def test_without_a_connection_the_next_engine_renders(
    espeak: Espeak, tmp_path: Path, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.delenv("NO_PROXY", raising=False)
    summary = build(tmp_path, [quick_google(), espeak], pool)
    assert summary.engines == {"espeak": 4}
    assert_whole(tmp_path)


def test_success_is_named_in_the_manifest_and_of_alexas_kind(
    google: GoogleServer, espeak: Espeak, tmp_path: Path, pool: ThreadPoolExecutor
):
    summary = build(tmp_path, [quick_google(), espeak], pool)
    assert summary.engines == {"gtts": 4}
    assert {entry.engine_version for entry in read_manifest(tmp_path).values()} == {"gTTS 2.5.4"}
    assert_whole(tmp_path)


def test_the_run_after_an_outage_asks_google_again(
    google: GoogleServer, espeak: Espeak, tmp_path: Path, pool: ThreadPoolExecutor
):
    google.mode = "429"
    builder = Builder(tmp_path, [quick_google(), espeak], SentenceStore(None), chosen="gtts")
    with ThreadPoolExecutor(1) as first:
        builder.run(TEXTS, 1, lambda *_: None, first)
    google.mode = "ok"
    assert build(tmp_path, [quick_google(), espeak], pool).engines == {"gtts": 4}


def test_a_text_without_a_word_is_an_engine_error(google: GoogleServer):
    with pytest.raises(EngineError):
        quick_google().render("...")


def test_when_nobody_can_say_it_the_clip_is_left_out(google: GoogleServer, tmp_path: Path, pool: ThreadPoolExecutor):
    google.mode = "500"
    summary = build(tmp_path, [quick_google(), Stub("espeak", fails="Tot ziens")], pool)
    assert set(summary.failed) == {"end.1 (normal)", "end.1 (slow)"}
    assert {entry.key for entry in read_manifest(tmp_path).values()} == {"tip.x.1"}


@pytest.mark.online
def test_google_still_answers():
    (engine, *_) = engines_in_order("gtts", Options())
    assert engine.render("Huilt je kind, troost het dan.").seconds > 1.0


def assert_whole(folder: Path) -> None:
    files = [path for path in folder.iterdir() if path.name != "manifest.json"]
    assert files
    assert {path.name for path in files} == {entry.file for entry in read_manifest(folder).values()}
    for path in files:
        assert path.stat().st_size > 0
        assert frames.faults(path.read_bytes()) == []
