"""`--say FILE`: the sound of a reply as one MP3 that Alexa would take."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.__main__ import main
from tools.audio.frames import walk


def test_the_reply_is_written_as_one_mp3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "antwoord.mp3"
    assert main(["ask", "--say", str(file), "stop"]) == 0
    assert "Tot" in capsys.readouterr().out or file.stat().st_size
    first = walk(file.read_bytes())
    assert first.frames > 0
    assert main(["ask", "--say", str(file), "mijn baby huilt steeds"]) == 0
    assert walk(file.read_bytes()).seconds > first.seconds


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--say", str(tmp_path / "nergens" / "a.mp3"), "stop"]) == 2
    assert "kan niet geschreven worden" in capsys.readouterr().err
