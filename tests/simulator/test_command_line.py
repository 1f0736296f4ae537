"""The command line as a script meets it: a process, its output and its exit status. Against the made-up skill, over HTTP."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.__main__ import main
from tests.ports import free_port
from tests.processes import interruptible
from tests.simulator.stand_ins import Skill, from_skill, http_service
from tests.simulator.test_report import KEYS

ROOT = Path(__file__).parent.parent.parent


def simulator(*arguments: str | bytes, said: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "simulator", *arguments]
    return subprocess.run(
        command, input=said, capture_output=True, cwd=ROOT, timeout=60, check=False, env={**os.environ, **environment}
    )


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with http_service(from_skill(Skill())) as (address, _):
        yield address


def test_ask_gives_one_object_a_line_twice_the_same(url: str) -> None:
    texts = "mijn baby huilt steeds\r\n\nJA\nstuur de kaart".encode("utf-8-sig")
    # The locale must not matter: scripts read UTF-8.
    first = simulator("ask", "--json", "--url", url, said=texts, LC_ALL="C")
    second = simulator("ask", "--json", f"--url={url}", "mijn baby huilt steeds", "", "JA", "stuur de kaart")
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == second.stdout, "the made-up skill always says 1.5 ms"
    records = [json.loads(line) for line in first.stdout.splitlines()]
    assert [list(record) for record in records] == [KEYS] * 4
    assert [record["utterance"] for record in records] == ["mijn baby huilt steeds", "", "JA", "stuur de kaart"]
    assert [record["route"] for record in records] == ["elicited", "fallback", "builtin", "control"]


def test_talk_is_one_session_with_the_launch_first(url: str) -> None:
    said = "mijn baby is één\n:stil\n:stil\nja\n:intent AMAZON.StopIntent\n".encode()
    done = simulator("talk", "--json", "--url", url, said=said)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert [record["utterance"] for record in records] == [
        *[None, "mijn baby is één", ":stil", ":stil"],
        *[None, "ja", None, ":intent AMAZON.StopIntent"],
    ]
    assert [record["session_open"] for record in records] == [True, True, True, False, True, False, True, False]


def test_talk_without_json_is_for_reading(url: str) -> None:
    shown = simulator("talk", "--url", url, said=b"mijn baby huilt steeds\nja\n").stdout.decode()
    assert shown.startswith("Alexa: Welkom.\n       Waarover?\n\nJij:   mijn baby huilt steeds\n")
    assert "┌─ Alexa-app" in shown
    assert shown.endswith("(gesprek gesloten)\n\n")


@pytest.mark.parametrize(
    ("arguments", "said", "told"),
    [
        (("ask", "--luid", "hallo"), b"", "onbekende optie: --luid"),
        (("talk", "--js"), b"", "onbekende optie: --js"),
        (("zing",), b"", "--help"),
        ((), b"", "--help"),
        (("ask", "--url"), b"", "--help"),
        (("ask", "--url", "5000", "hallo"), b"", "geen adres"),
        (("ask", "--url", "{url}", os.fsdecode(b"caf\xe9")), b"", "geen UTF-8"),
        (("ask", "--url", "{url}"), b"hallo\ncaf\xe9\n", "regel 2"),
        (("talk", "--url", "{url}"), b"\xff\xfeh\0", "regel 1"),
        (("talk", "--url", "{url}"), b":zing\n", "onbekend: :zing"),
        (("talk", "--url", "{nobody}"), b"", "niet te bereiken"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else ascii(value).replace(" ", "-")[:30],
)
def test_what_is_wrong_is_told_with_status_2(
    url: str,
    arguments: tuple[str, ...],
    said: bytes,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said)))
    places = {"{url}": url, "{nobody}": f"http://127.0.0.1:{free_port()}"}
    assert main([places.get(argument, argument) for argument in arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


@pytest.mark.parametrize(
    ("arguments", "said"), [(("ask", "--luid"), b""), (("ask", b"caf\xe9"), b""), (("talk",), b"caf\xe9")]
)
def test_a_process_that_fails_has_status_2_and_one_sentence(url: str, arguments: tuple, said: bytes) -> None:
    done = simulator(*arguments, "--url", url, said=said)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


def test_nothing_to_read_is_nothing_to_ask(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert main(["ask", "--json", "--url", url]) == 0
    assert capsys.readouterr().out == ""


def test_a_service_that_verifies_is_explained() -> None:
    with http_service(lambda _: (400, b'{"error":"signature-headers-missing"}', {})) as (verified, _):
        done = simulator("ask", "--json", "--url", verified, "hallo")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "alleen Amazon kan een verzoek ondertekenen" in done.stderr.decode()


def test_a_reader_that_stops_reading_is_no_fault(url: str) -> None:
    command = [sys.executable, "-m", "simulator", "ask", "--json", "--url", url, *["hallo"] * 400]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind exists on Unix only")
def test_at_a_terminal_one_types_and_a_mistake_is_not_the_end(url: str) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "simulator", "talk", "--url", url]
    environment = {**os.environ, "TERM": "dumb", "PYTHONUTF8": "1"}
    process = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)

    def read_until(awaited: str) -> str:
        shown = b""
        while awaited.encode() not in shown:
            shown += os.read(ours, 4096)
        return shown.decode()

    try:
        assert "Ctrl-D" in read_until("Jij:   ")
        os.write(ours, b":zing\n")
        assert ":zing" in read_until("Jij:   ")
        os.write(ours, "mijn baby is één\n".encode())
        assert "Wil je de kaart?" in read_until("Jij:   ")
        os.write(ours, b"ja\n")
        assert "opent een nieuw gesprek" in read_until("Jij:   ")
        os.write(ours, b"\x04")
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_an_interrupted_process_says_nothing(url: str) -> None:
    command = [sys.executable, "-m", "simulator", "talk", "--json", "--url", url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=ROOT, preexec_fn=interruptible, **pipes)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint.strip()) == (130, b"")


def test_help_is_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    assert "zonder Amazon-account" in capsys.readouterr().out
