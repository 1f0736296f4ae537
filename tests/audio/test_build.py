"""The rendering run: what is made, what is kept, who takes over, and what an interruption leaves."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.audio.conftest import Stub, hum
from tools.audio import frames
from tools.audio.build import Builder, Summary
from tools.audio.engines import ORDER, EngineError, Options, engines_in_order
from tools.audio.manifest import ManifestError, read_manifest
from tools.audio.recordings import Recordings
from tools.audio.sentences import SentenceStore

pytestmark = pytest.mark.usefixtures("quick_mastering")

TEXTS = {
    "tip.x.1": "Over troosten. Huilt je kind, troost het dan. Dat is goed.",
    "end.1": "Tot ziens.",
    "end_stop.1": "Tot ziens.",
}


def build(
    folder: Path,
    engines: list[Stub],
    *,
    texts: dict[str, str] = TEXTS,
    chosen: str | None = None,
    recordings: Path | None = None,
    progress=lambda *_: None,
    store: SentenceStore | None = None,
    pronunciations: dict[str, dict[str, str]] | None = None,
    takes: dict[tuple[str, str], int] | None = None,
) -> Summary:
    builder = Builder(
        folder,
        engines,
        store or SentenceStore(None),
        chosen=chosen,
        recordings=Recordings(recordings),
        pronunciations=pronunciations,
        takes=takes,
    )
    with ThreadPoolExecutor(1) as pool:
        return builder.run(texts, 1, progress, pool)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"manifest.json"}


def test_every_text_at_both_paces_and_one_file_where_the_sound_is_the_same(tmp_path: Path):
    summary = build(tmp_path, [Stub("espeak")])
    entries = read_manifest(tmp_path)
    assert set(entries) == {(key, pace) for key in TEXTS for pace in ("normal", "slow")}
    assert len({entry.file for entry in entries.values()}) == 3
    assert entries["tip.x.1", "slow"].seconds > entries["tip.x.1", "normal"].seconds
    assert files(tmp_path) == {entry.file for entry in entries.values()}
    assert summary.bytes == sum((tmp_path / name).stat().st_size for name in files(tmp_path))
    assert all(frames.faults((tmp_path / name).read_bytes()) == [] for name in files(tmp_path))


def test_a_second_run_makes_nothing(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    again = Stub("espeak")
    summary = build(tmp_path, [again])
    assert (summary.rendered, summary.kept, again.said) == (0, 6, [])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_only_what_changed_is_made_and_old_files_go(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    old = files(tmp_path)
    again = Stub("espeak")
    summary = build(tmp_path, [again], texts=TEXTS | {"end.1": "Dag."})
    assert again.said == ["Dag."]
    assert (summary.rendered, summary.kept, summary.removed) == (2, 4, 0)
    summary = build(tmp_path, [again], texts={"end.1": "Dag."})
    assert (summary.kept, summary.removed) == (2, 3)
    assert len(files(tmp_path)) == 1
    assert not files(tmp_path) & old


def test_a_sentence_is_said_once_for_both_paces_and_all_keys(tmp_path: Path):
    engine = Stub("espeak")
    build(tmp_path, [engine])
    assert sorted(engine.said) == sorted(
        {"Over troosten.", "Huilt je kind, troost het dan.", "Dat is goed.", "Tot ziens."}
    )


def test_sentences_are_kept_between_runs(tmp_path: Path):
    build(tmp_path / "audio", [Stub("espeak")], store=SentenceStore(tmp_path / "sentences"))
    again = Stub("espeak")
    build(tmp_path / "other", [again], store=SentenceStore(tmp_path / "sentences"))
    assert again.said == []


def test_a_damaged_or_lost_file_is_made_again(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    entries = read_manifest(tmp_path)
    (tmp_path / entries["end.1", "normal"].file).write_bytes(b"")
    (tmp_path / entries["tip.x.1", "slow"].file).unlink()
    summary = build(tmp_path, [Stub("espeak")])
    assert summary.rendered == 5  # "Tot ziens." stands behind two keys at two paces
    assert read_manifest(tmp_path) == entries


def test_the_next_engine_takes_over_for_the_whole_clip(tmp_path: Path):
    first, second = Stub("gtts", fails="Huilt"), Stub("espeak")
    summary = build(tmp_path, [first, second], chosen="gtts")
    entries = read_manifest(tmp_path)
    assert {entries["tip.x.1", pace].engine for pace in ("normal", "slow")} == {"espeak"}
    assert entries["end.1", "normal"].engine == "gtts"
    assert "Over troosten." in second.said
    assert summary.notes == ["gtts: cannot say it"]


def test_an_engine_that_is_not_installed_is_passed_over(tmp_path: Path):
    summary = build(tmp_path, [Stub("gtts", installed=False), Stub("espeak")])
    assert summary.engines == {"espeak": 6}


def test_a_chosen_engine_replaces_other_voices_and_without_a_choice_the_voice_stays(tmp_path: Path):
    build(tmp_path, [Stub("kokoro"), Stub("espeak")])
    assert build(tmp_path, [Stub("gtts"), Stub("kokoro"), Stub("espeak")]).rendered == 0
    grown = build(tmp_path, [Stub("gtts"), Stub("kokoro")], texts=TEXTS | {"end.2": "Dag."})
    assert grown.engines == {"kokoro": 8}
    assert build(tmp_path, [Stub("gtts"), Stub("kokoro")], chosen="gtts").engines == {"gtts": 6}


def test_clips_of_an_engine_that_is_not_here_stay_while_their_text_does(tmp_path: Path):
    build(tmp_path, [Stub("kokoro"), Stub("espeak")])
    away = [Stub("kokoro", installed=False), Stub("espeak")]
    assert build(tmp_path, away).rendered == 0
    assert build(tmp_path, away, texts=TEXTS | {"end.1": "Dag."}).engines == {"kokoro": 4, "espeak": 2}


def test_other_settings_of_an_engine_mean_new_clips(tmp_path: Path):
    build(tmp_path, [Stub("espeak", "one")])
    assert build(tmp_path, [Stub("espeak", "two")]).rendered == 6
    assert {entry.voice for entry in read_manifest(tmp_path).values()} == {"two"}


def test_a_pronunciation_means_a_new_clip_of_that_engine_only(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    engine = Stub("espeak")
    assert build(tmp_path, [engine], pronunciations={"kokoro": {"ziens": "zins"}}).rendered == 0
    assert build(tmp_path, [engine], pronunciations={"espeak": {"ziens": "zins"}}).rendered == 4
    assert engine.said == ["Tot zins."]


def test_a_rule_of_an_engine_makes_only_those_clips_anew_that_sound_otherwise_by_it(tmp_path: Path):
    store = SentenceStore(tmp_path / "sentences")
    folder = tmp_path / "audio"
    build(folder, [Stub("espeak")], store=store)
    before = read_manifest(folder)
    ruled = Stub("espeak")
    ruled.sounds = {"z": "s"}
    assert build(folder, [ruled], store=store).rendered == 4
    assert ruled.said == ["Tot ziens."]
    after = read_manifest(folder)
    assert after["tip.x.1", "slow"] == before["tip.x.1", "slow"]
    assert after["end.1", "normal"].file != before["end.1", "normal"].file


def test_another_take_makes_only_its_clip_at_its_pace_anew(tmp_path: Path):
    texts = {"number.a": "Bel dan. Het is nul acht.", "danger.a": "Bel dan. Het is nul acht.", "end.1": "Tot ziens."}
    store = SentenceStore(tmp_path / "sentences")
    folder = tmp_path / "audio"
    build(folder, [Stub("espeak")], texts=texts, store=store)
    before = read_manifest(folder)
    takes = {("danger.a", "normal"): 2, ("end.1", "slow"): 3}
    other = Stub("espeak")
    assert build(folder, [other], texts=texts, store=store, takes=takes).rendered == 1
    assert other.said == ["Het is nul acht."]
    after = read_manifest(folder)
    assert after["danger.a", "normal"].seconds == pytest.approx(before["danger.a", "normal"].seconds + 0.5, abs=0.05)
    assert {paced for paced in after if after[paced] != before[paced]} == {("danger.a", "normal")}
    assert build(folder, [other], texts=texts, store=store, takes=takes).rendered == 0
    build(folder, [other], texts=texts, store=store)
    assert read_manifest(folder) == before


def test_an_interrupt_keeps_what_is_finished_and_the_next_run_goes_on(tmp_path: Path):
    def interrupt(done: int, _total: int, _doing: str) -> None:
        if done >= 8:
            raise KeyboardInterrupt

    texts = {f"end.{number}": f"Dag nummer {'x' * number}." for number in range(1, 12)}
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, [Stub("espeak")], texts=texts, progress=interrupt)
    finished = read_manifest(tmp_path)
    assert 0 < len(finished) < 22
    assert {entry.file for entry in finished.values()} <= files(tmp_path)
    assert not any(name.endswith(".new") for name in files(tmp_path))
    (tmp_path / "torn.mp3.new").write_bytes(b"half")
    summary = build(tmp_path, [Stub("espeak")], texts=texts)
    assert summary.rendered == 22 - len(finished)
    assert len(files(tmp_path)) == 11


def test_a_clip_that_nobody_can_make_anew_is_left_out(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    summary = build(tmp_path, [Stub("espeak", fails="Dag")], texts=TEXTS | {"end.1": "Dag."})
    assert set(summary.failed) == {"end.1 (normal)", "end.1 (slow)"}
    assert ("end.1", "normal") not in read_manifest(tmp_path)


def test_a_recording_replaces_the_rendered_clip(tmp_path: Path):
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    write_wav(recordings / "end.1.wav", 1.5)
    write_wav(recordings / "end.1.slow.wav", 2.5)
    write_wav(recordings / "tip.x.1.wav", 3.0)
    (recordings / "tip.x.1.txt").write_text("Wat er vroeger stond.")
    folder = tmp_path / "audio"
    summary = build(folder, [Stub("espeak")], recordings=recordings)
    entries = read_manifest(folder)
    assert summary.engines == {"recording": 2, "espeak": 4}
    assert entries["end.1", "normal"].seconds == pytest.approx(1.5, abs=0.1)
    assert entries["end.1", "slow"].seconds == pytest.approx(2.5, abs=0.1)
    assert any("record it again" in note for note in summary.notes)
    assert all(frames.faults((folder / name).read_bytes()) == [] for name in files(folder))
    assert build(folder, [Stub("espeak")], recordings=recordings).rendered == 0
    assert build(folder, [Stub("espeak")]).rendered == 0
    write_wav(recordings / "end.1.wav", 1.2)
    assert build(folder, [Stub("espeak")], recordings=recordings).rendered == 1
    assert build(folder, [Stub("espeak")], texts=TEXTS | {"end.1": "Dag."}).engines == {"espeak": 6}


def test_a_damaged_recording_is_named_and_the_clip_is_rendered(tmp_path: Path):
    (tmp_path / "end.1.wav").write_bytes(b"RIFF")
    summary = build(tmp_path / "audio", [Stub("espeak")], recordings=tmp_path)
    assert summary.engines == {"espeak": 6}
    assert any("end.1.wav" in note for note in summary.notes)
    with pytest.raises(EngineError):
        Recordings(tmp_path / "none")


def test_a_damaged_manifest_is_named(tmp_path: Path):
    (tmp_path / "manifest.json").write_text('{"version": 1, "clips": [{}]}')
    with pytest.raises(ManifestError, match="make audio"):
        build(tmp_path, [Stub("espeak")])


def test_stale_names_what_does_not_fit(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    builder = Builder(tmp_path, [Stub("espeak")], SentenceStore(None))
    assert builder.stale(TEXTS) == []
    assert builder.stale(TEXTS | {"end.1": "Dag."}) == ["end.1 (normal)", "end.1 (slow)"]


def test_the_order_of_the_engines():
    assert [engine.name for engine in engines_in_order(None, Options())] == list(ORDER)
    assert [engine.name for engine in engines_in_order("mbrola", Options())][:2] == ["mbrola", "gtts"]
    assert ORDER == ("gtts", "kokoro", "mbrola", "piper", "espeak")


@pytest.mark.parametrize(
    ("options", "name", "reason"),
    [
        (Options(kokoro_folder="/nowhere"), "kokoro", "fetch_kokoro"),
        (Options(), "piper", "PIPER_VOICE"),
        (Options(piper_voice="/nowhere.onnx"), "piper", "no file"),
    ],
)
def test_an_engine_says_what_it_lacks(options: Options, name: str, reason: str):
    engine = engines_in_order(name, options)[0]
    with pytest.raises(EngineError, match=reason):
        engine.identity()


def test_mbrola_without_its_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="not installed"):
        engines_in_order("mbrola", Options())[0].identity()


def write_wav(path: Path, seconds: float) -> None:
    import wave

    sound = hum(seconds, rate=44100)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, sound.rate, 0, "NONE", ""))
        file.writeframes(sound.samples.tobytes())


def test_the_manifest_names_everything_that_was_asked_for(tmp_path: Path):
    build(tmp_path, [Stub("espeak")])
    entry = read_manifest(tmp_path)["tip.x.1", "normal"]
    assert {field.name for field in dataclasses.fields(entry)} >= {
        "key", "text_sha256", "engine", "engine_version", "voice", "seconds", "lufs", "peak", "sha256",
    }  # fmt: skip
