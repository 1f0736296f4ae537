"""The simulator and the real skill: what testers and scripts get when both are put together."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from simulator import conversation
from simulator.doors import HttpDoor, open_local_door
from simulator.ears import Ears, load_ears
from simulator.labels import SimulatorError
from simulator.report import record
from simulator.service import HOST, PORTS, in_background, running_service
from simulator.session import Session
from tests.ports import free_port
from tests.simulator.test_report import KEYS

ROOT = Path(__file__).parent.parent.parent
TALK = (
    "mijn baby huilt steeds",
    "ja",
    ":stil",
    "Nee.",
    "...",
    "wat kan ik vragen",
    ":touch troosten",
    ":stil",
    ":stil",
    "stop",
)


@pytest.fixture(scope="module")
def real_ears() -> Ears:
    return load_ears()


@pytest.fixture(scope="module")
def door() -> Any:
    return open_local_door()


def asked(door: Any, ears: Ears, text: str) -> dict[str, Any]:
    (turn,) = conversation.ask(Session(door, ears), [text])
    return record(turn)


def timeless(records: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps({**one, "ms": 0}, ensure_ascii=False) for one in records)


def test_a_tip(door: Any, real_ears: Ears) -> None:
    tip = asked(door, real_ears, "Mijn baby huilt steeds")
    assert list(tip) == KEYS
    assert (tip["intent"], tip["route"], tip["section"], tip["outcome"]) == (
        "VraagIntent",
        "elicited",
        "troosten",
        "tip",
    )
    assert tip["speech"].endswith("?")
    assert tip["reprompt"]
    assert tip["session_open"] is True
    assert tip["ms"] > 0


@pytest.mark.parametrize(
    ("text", "route", "outcome", "section"),
    [
        ("stuur de kaart", "control", "contact", "hulp-en-advies"),
        ("waar komt dit vandaan", "control", "source", "bron"),
        ("ja", "builtin", "help", None),
        ("mijn baby ademt niet", "control", "crisis", None),
        ("", "fallback", "not_understood", None),
        ("!?", "fallback", "not_understood", None),
    ],
)
def test_routes_and_outcomes(
    door: Any, real_ears: Ears, text: str, route: str, outcome: str, section: str | None
) -> None:
    got = asked(door, real_ears, text)
    assert (got["route"], got["outcome"], got["section"]) == (route, outcome, section)


def test_a_conversation_repeats_itself_to_the_byte_in_this_process_and_over_http(real_ears: Ears) -> None:
    def run(door: Any) -> str:
        return timeless([record(turn) for turn in conversation.talk(Session(door, real_ears), TALK)])

    first = run(open_local_door())
    assert run(open_local_door()) == first
    with running_service() as url:
        assert run(HttpDoor(url)) == first


def test_the_service_of_a_conversation_is_on_this_machine_only_and_ends_with_it(real_ears: Ears) -> None:
    with running_service() as url:
        assert url.startswith(f"http://{HOST}:")
        assert int(url.rpartition(":")[2].partition("/")[0]) in PORTS
        assert max(PORTS) < 32768
        with running_service() as other:
            assert other != url, "a port that is taken is passed over"
    with pytest.raises(SimulatorError, match="niet te bereiken"):
        Session(HttpDoor(url), real_ears).launch()


@contextmanager
def verifying_service() -> Iterator[str]:
    from skill.alexa.web import MAX_BODY_BYTES, create_app
    from skill.alexa.web_server import make_server
    from skill.settings import Settings

    server = make_server(create_app(Settings(skill_id=None)), HOST, free_port(), MAX_BODY_BYTES)
    with in_background(server) as port:
        yield f"http://{HOST}:{port}"


def test_the_service_that_verifies_is_explained(real_ears: Ears) -> None:
    with verifying_service() as url, pytest.raises(SimulatorError, match="alleen Amazon kan"):
        Session(HttpDoor(url), real_ears).launch()


def test_run_reads_lines_and_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "run"],
        input=b"mijn baby huilt steeds\nja\nstuur de kaart\n",
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr.decode().startswith("De skill luistert op http://127.0.0.1:")
    page = done.stderr.decode().splitlines()[1:]
    assert [line.partition("http://")[0] for line in page] == ["Open de pagina in je browser: "]
    assert [line for line in shown.splitlines() if line.startswith("Jij:")] == [
        "Jij:   mijn baby huilt steeds",
        "Jij:   ja",
        "Jij:   stuur de kaart",
    ]
    assert "┌─ Alexa-app" in shown


def test_a_skill_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError("compiled.json: damaged; run: make content")

    monkeypatch.setattr("skill.alexa.door.open_door", broken)
    with pytest.raises(SimulatorError, match="make content"):
        open_local_door()


def test_the_skill_never_imports_the_simulator() -> None:
    files = [*(ROOT / "skill").rglob("*.py"), ROOT / "lambda_function.py"]
    assert not [file for file in files if "simulator" in "".join(_imports(file))]


def _imports(file: Path) -> list[str]:
    return [
        line for line in file.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith(("import ", "from "))
    ]


def test_the_page_runs_alone_until_it_is_asked_to_end() -> None:
    with subprocess.Popen([sys.executable, "-m", "simulator", "page"], stderr=subprocess.PIPE, cwd=ROOT) as process:
        try:
            assert process.stderr is not None
            url = process.stderr.readline().decode().rpartition(" ")[2].strip()
            with urllib.request.urlopen(url, timeout=10) as answer:
                assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        finally:
            process.terminate()
        assert process.wait(20) == 0
