"""What a tester sees."""

from __future__ import annotations

import pytest

from simulator.session import Session, Turn
from simulator.terminal import show
from tests.simulator.stand_ins import reply


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")


def test_the_answer_and_its_question_stand_apart(session: Session) -> None:
    session.launch()
    assert show(session.say("mijn baby"), echo=True) == (
        "Jij:   mijn baby\n"
        'Alexa: Over "troosten" & meer.\n'
        "       Wil je de kaart?\n"
    )  # fmt: skip


def test_a_card_stands_in_a_box_and_the_end_is_told(session: Session) -> None:
    session.launch()
    assert show(session.say("ja"), echo=False) == (
        "Alexa: De kaart is er.\n"
        "       ┌─ Alexa-app ────────┐\n"
        "       │ Hulp               │\n"
        "       │                    │\n"
        "       │ Bel je huisarts.   │\n"
        "       │                    │\n"
        "       │ Gecheckt: vandaag. │\n"
        "       └────────────────────┘\n"
        "       (gesprek gesloten)\n"
    )


def test_silence_is_told_and_nothing_is_said_at_the_end(session: Session) -> None:
    session.launch()
    assert show(session.silence(":stil"), echo=True) == "Jij:   (acht seconden stil)\nAlexa: Zeg iets.\n"
    assert show(session.silence(":stil"), echo=False, reopens=True).splitlines()[0] == "       (acht seconden stil)"


def test_a_touch_without_an_answer_is_told(session: Session) -> None:
    session.launch()
    assert (
        show(session.touch("x", ":touch x"), echo=True)
        == "Jij:   (het scherm is aangeraakt)\nAlexa: (Alexa zegt niets)\n"
    )


def test_long_lines_are_folded_under_each_other() -> None:
    turn = Turn("a", None, None, reply("woord " * 20, outcome="tip"), session_open=True)
    lines = show(turn, echo=False).splitlines()
    assert len(lines) > 2
    assert max(map(len, lines)) <= 44
    assert all(line.startswith("       woord") for line in lines[1:])


def test_nothing_can_steer_the_terminal() -> None:
    response = reply("Dag \x1b[2J\x9b.", outcome="tip", closed=True)
    response["response"]["card"] = {"type": "Simple", "title": "A\x1b", "content": "B\x07\nC"}
    shown = show(Turn("x\x1b]0;", None, None, response, session_open=False), echo=True)
    assert not [character for character in shown if not character.isprintable() and character != "\n"]
