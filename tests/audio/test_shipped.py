"""Every file of audio/: what Alexa takes, what the manifest says, what the content says."""

from __future__ import annotations

import hashlib

import pytest

from skill.content.library import load_content
from skill.speech.clips import Clips
from tools.audio import frames, mastering
from tools.audio.build import Builder
from tools.audio.engines import FIRST_TAKE, ORDER, Options, engines_in_order
from tools.audio.engines.kokoro_sounds import TAKES
from tools.audio.manifest import AUDIO, NAME, Entry, read_manifest
from tools.audio.sentences import SentenceStore
from tools.audio.spoken import read_pronunciations, spoken_form
from tools.audio.takes import read_takes
from tools.content.compile import spoken_texts
from tools.content.sources import read_sources
from tools.intelligibility.words import digits_in

MOST_BYTES = 15_000_000
# Our own meter takes minutes for all files: plain `make test` measures those whose name begins so, `make test-all` every one.
SAMPLE = ("00", "55", "aa", "ff")

ENTRIES = read_manifest(AUDIO)
BY_FILE = {entry.file: entry for entry in ENTRIES.values()}


def measured_anew(entry: Entry) -> None:
    measured = mastering.measure((AUDIO / entry.file).read_bytes())
    assert measured.peak <= mastering.HIGHEST_PEAK_DB
    assert measured.peak == pytest.approx(entry.peak, abs=0.1)
    assert (measured.lufs is None) == (entry.lufs is None)
    if measured.lufs is not None and entry.lufs is not None:
        assert mastering.QUIETEST <= measured.lufs <= mastering.LOUDEST
        assert measured.lufs == pytest.approx(entry.lufs, abs=0.1)


def test_every_file_is_frame_by_frame_what_alexa_takes():
    faults = {name: found for name in BY_FILE if (found := frames.faults((AUDIO / name).read_bytes()))}
    assert BY_FILE
    assert faults == {}


def test_every_file_is_the_one_that_was_measured():
    for name, entry in BY_FILE.items():
        data = (AUDIO / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry.sha256, name
        assert len(data) == entry.bytes
        assert frames.walk(data).seconds == pytest.approx(entry.seconds, abs=0.001)


def test_the_measurements_are_within_amazons_limits():
    for entry in BY_FILE.values():
        assert entry.peak <= mastering.HIGHEST_PEAK_DB, entry.key
        assert (entry.lufs is None) == (entry.seconds < mastering.UNMETERED_SECONDS), entry.key
        assert entry.lufs is None or mastering.QUIETEST <= entry.lufs <= mastering.LOUDEST, entry.key


@pytest.mark.parametrize(
    "entry", [entry for name, entry in BY_FILE.items() if name.startswith(SAMPLE)], ids=lambda e: e.key
)
def test_a_sample_measures_as_the_manifest_says(entry: Entry):
    measured_anew(entry)


@pytest.mark.all
@pytest.mark.parametrize("entry", list(BY_FILE.values()), ids=lambda e: f"{e.key}-{e.pace}")
def test_every_file_measures_as_the_manifest_says(entry: Entry):
    measured_anew(entry)


def test_manifest_and_content_agree():
    builder = Builder(
        AUDIO,
        engines_in_order(None, Options()),
        SentenceStore(None),
        pronunciations=read_pronunciations(),
        takes=read_takes(),
    )
    assert builder.stale(spoken_texts(read_sources())) == [], "run: make audio"


def test_every_chosen_take_is_one_of_the_voice_and_of_a_clip_with_a_number():
    texts = {key: spoken_form(text) for key, text in spoken_texts(read_sources()).items()}
    for (key, pace), take in read_takes().items():
        assert digits_in(texts.get(key, "")), f"{key}: no help number in it; delete its line from takes.toml"
        assert FIRST_TAKE < take <= len(TAKES), f"{key}, {pace}: the voice has {len(TAKES)} takes"


def test_every_key_of_the_content_can_be_played_at_both_paces():
    content = load_content()
    clips = Clips.load(AUDIO / NAME, content, "https://klanken.example")
    assert clips.problem is None
    silent = [(key, slow) for key in content.texts for slow in (False, True) if clips.speech([key], slow) is None]
    assert silent == [], "run: make content audio"


def test_speech_takes_a_plausible_time():
    content = load_content()
    for (key, _), entry in ENTRIES.items():
        if key in content.texts and entry.engine in ORDER:
            spoken = entry.seconds - 0.3
            assert 0.03 <= spoken / len(content.texts[key]) <= 0.2, key


def test_one_voice_speaks_and_nothing_lies_beside_the_clips():
    assert len({(entry.engine, entry.voice) for entry in ENTRIES.values()}) == 1
    assert {path.name for path in AUDIO.iterdir()} == {*BY_FILE, NAME, "README.md"}


def test_the_repository_stays_small():
    assert sum(entry.bytes for entry in BY_FILE.values()) <= MOST_BYTES
