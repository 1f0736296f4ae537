"""From lines to turns."""

from __future__ import annotations

import pytest

from simulator.conversation import CommandError, ask, read_command, talk
from simulator.session import Session
from tests.simulator.stand_ins import Skill


def said(session: Session, *lines: str) -> list[str | None]:
    return [turn.utterance for turn in talk(session, lines)]


def test_a_conversation_begins_with_a_launch_before_any_line_is_read(session: Session, skill: Skill) -> None:
    def unread():
        raise AssertionError
        yield

    assert next(talk(session, unread())).utterance is None
    assert len(skill.events) == 1


def test_after_a_closed_reply_the_next_line_opens_a_new_session(session: Session, skill: Skill) -> None:
    assert said(session, "mijn baby", "ja", "mijn baby") == [None, "mijn baby", "ja", None, "mijn baby"]
    assert [event["session"]["new"] for event in skill.events] == [True, False, False, True, False]


def test_a_conversation_that_ends_closed_opens_nothing_new(session: Session) -> None:
    assert said(session, "stop", "wees stil") == [None, "stop", "wees stil"]


def test_after_two_silences_the_next_line_opens_a_new_session(session: Session) -> None:
    assert said(session, ":stil", ":stil", "mijn baby") == [None, ":stil", ":stil", None, "mijn baby"]


def test_every_asked_text_has_a_session_of_its_own(session: Session, skill: Skill) -> None:
    turns = list(ask(session, ["mijn baby", "ja", ":stil", ""]))
    assert [turn.utterance for turn in turns] == ["mijn baby", "ja", ":stil", ""]
    assert [event["request"]["type"] for event in skill.events] == ["LaunchRequest", "IntentRequest"] * 4
    assert len({event["session"]["sessionId"] for event in skill.events}) == 4
    assert turns[2].heard.route.value == "elicited", "asked texts are words, never commands"


def test_a_raw_intent_and_a_touch(session: Session, skill: Skill) -> None:
    said(session, ":intent KaartIntent", ":touch troosten")
    assert skill.events[1]["request"]["intent"]["name"] == "KaartIntent"
    assert skill.events[2]["request"]["arguments"] == ["touch", "troosten"]


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (":stil", (":stil", "")),
        ("  :stil ", (":stil", "")),
        (":intent AMAZON.YesIntent", (":intent", "AMAZON.YesIntent")),
        (":touch hulp-en-advies ", (":touch", "hulp-en-advies")),
        (":)", None),
        ("stil", None),
        ("", None),
    ],
)
def test_commands_are_told_from_words(line: str, command: tuple[str, str] | None) -> None:
    assert read_command(line) == command


@pytest.mark.parametrize("line", [":stop", ":intent", ":touch", ":intent A B", ":stil nu"])
def test_a_wrong_command_is_refused_before_anything_is_sent(session: Session, skill: Skill, line: str) -> None:
    with pytest.raises(CommandError, match=r":intent|:touch"):
        said(session, line)
    assert len(skill.events) == 1
