"""The screen of an Echo Show: the same words, things to touch, and nothing to see where others should not see it."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.door import Door, open_door
from skill.alexa.limits import RESPONSE_BYTES, spoken_text
from skill.alexa.screen import shown
from skill.alexa.screen_document import ACCENT, INK, ON_ACCENT, PAPER, QUIET, document
from skill.content.library import load_content
from skill.conversation import Outcome, Reply, State
from skill.settings import Settings
from tests.alexa.envelopes import envelope, intent, launch, question

Json = dict[str, Any]

TOP = Path(__file__).parents[2]
CONTENT = load_content()
NEUTRAL = CONTENT.cards["algemeen"].title
# Known components and the properties that they are used with; a document that grows beyond them needs a look at the page's renderer too.
COMPONENTS = {"Container", "Frame", "ScrollView", "Sequence", "TouchWrapper", "Text"}


@cache
def door() -> Door:
    return open_door(Settings(skill_id=None))


def touch(identifier: object, *more: object) -> Json:
    arguments = ["touch", identifier, *more]
    return {
        "type": "Alexa.Presentation.APL.UserEvent",
        "token": "turn",
        "arguments": arguments,
        "source": {},
        "components": {},
    }


def on_speaker(event: Json) -> Json:
    event["context"]["System"]["device"]["supportedInterfaces"] = {}
    return event


def directives(answered: Json, kind: str) -> list[Json]:
    return [entry for entry in answered["response"].get("directives", []) if entry["type"].endswith(kind)]


def screen_of(answered: Json) -> Json:
    [directive] = directives(answered, "RenderDocument")
    return directive["datasources"]["screen"]


def talk(*requests: Json) -> Json:
    attributes: Json | None = None
    for request in requests:
        answered = door().answer(envelope(request, attributes))
        attributes = answered["sessionAttributes"]
    return answered


def test_only_a_device_that_declares_the_interface_gets_a_document() -> None:
    assert directives(door().answer(envelope(question("mijn baby huilt steeds"))), "RenderDocument")
    assert not directives(door().answer(on_speaker(envelope(question("mijn baby huilt steeds")))), "RenderDocument")


def test_a_turn_of_a_speaker_never_loads_the_module() -> None:
    program = (
        "import sys; from skill.alexa.door import open_door; from skill.settings import Settings;"
        "open_door(Settings(skill_id=None)).answer({'request': {'type': 'LaunchRequest'}});"
        "assert 'skill.alexa.responses' in sys.modules;"
        "assert not [name for name in sys.modules if name.startswith('skill.alexa.screen')]"
    )
    subprocess.run([sys.executable, "-c", program], cwd=TOP, check=True)


@pytest.mark.parametrize(
    "words",
    [
        "mijn baby huilt steeds",
        "hoe laat is het",
        "stuur de kaart",
        "help",
        "waar komt dit vandaan",
    ],
)
def test_what_is_heard_can_be_read(words: str) -> None:
    answered = talk(launch(), question(words))
    seen = screen_of(answered)
    heard = spoken_text(answered["response"]["outputSpeech"]["ssml"])
    assert f"{seen['text']} {seen['question']}".strip() == heard


def test_a_tip_has_its_title_and_the_answers_to_its_question() -> None:
    seen = screen_of(talk(launch(), question("mijn baby huilt steeds")))
    assert seen["title"] == CONTENT.sections["troosten"].title
    assert [answer["id"] for answer in seen["answers"]] == ["ja", "nee"]


def test_topics_are_rows_to_touch() -> None:
    seen = screen_of(talk(launch(), question("wat kan ik vragen")))
    assert [row["id"] for row in seen["rows"]] == [*CONTENT.topic_pages[0], "meer"]
    assert seen["title"].endswith("?")
    assert not seen["reads"] and not seen["answers"] and not seen["hints"]


def test_a_choice_shows_both_and_neither() -> None:
    pending = {"kind": "choice", "section": "troosten", "other": "gevoelens"}
    answered = door().answer(envelope(intent("AMAZON.HelpIntent"), {"v": 1, "pending": pending}))
    seen = screen_of(answered)
    assert [row["id"] for row in seen["rows"]] == ["troosten", "gevoelens", "geen van beide"]
    assert seen["title"] == f"{CONTENT.text('choice_first.troosten')} {CONTENT.text('choice_second.gevoelens')}"


def test_the_card_stands_on_the_screen_with_its_numbers() -> None:
    answered = talk(launch(), question("stuur de kaart"))
    blocks = screen_of(answered)["blocks"]
    card = answered["response"]["card"]["content"]
    assert [line for line in re.findall(r"0800-\d+|112", card) if line not in json.dumps(blocks)] == []
    assert blocks[0]["head"] and blocks[0]["rest"].endswith(".")


def test_numbers_are_written_in_digits() -> None:
    crisis = screen_of(talk(question("ik wil niet meer leven")))
    assert "113" in crisis["text"] and "één" not in crisis["text"]
    assert any("113" in block["head"] for block in crisis["blocks"])
    assert "112" in screen_of(talk(question("mijn baby ademt niet")))["text"]
    other = talk(question("mijn buurvrouw slaat haar kind"))
    assert other["sessionAttributes"]["turn"]["danger"] == "ander-kind"
    assert "0800-2000" in screen_of(other)["text"]


@pytest.mark.parametrize("kind", [kind for kind, danger in CONTENT.dangers.items() if danger.screen != "free"])
def test_after_violence_and_to_a_child_only_the_neutral_title_is_seen(kind: str) -> None:
    danger = CONTENT.dangers[kind]
    replies = [
        (Reply(Outcome.CRISIS, (danger.text,), danger=kind), State()),
        (Reply(Outcome.TIP, ("tip.troosten.1",), section="troosten"), State(alarm=kind)),
        (Reply(Outcome.CONTACT, (CONTENT.cards["algemeen"].sent,), card="algemeen"), State(alarm=kind)),
    ]
    for reply, state in replies:
        seen = shown(reply, state, CONTENT)
        assert {name: value for name, value in seen.items() if value} == {"title": NEUTRAL}


def test_violence_keeps_the_screen_neutral_for_the_whole_session() -> None:
    for follow in ("ja", "nee", "stuur de kaart", "troosten", "begin opnieuw"):
        seen = screen_of(talk(launch(), question("mijn man slaat mij"), question(follow)))
        assert (seen["title"], seen["text"], seen["blocks"]) == (NEUTRAL, "", []), follow


@pytest.mark.parametrize("identifier", [*CONTENT.sections, "ja", "nee", "meer", "geen van beide", "wat kan ik vragen"])
def test_a_touch_is_the_same_as_saying_it(identifier: str) -> None:
    section = CONTENT.sections.get(identifier)
    said = talk(launch(), question("mijn baby huilt steeds"), question(section.names[0] if section else identifier))
    touched = talk(launch(), question("mijn baby huilt steeds"), touch(identifier))
    for answered in (said, touched):
        answered["sessionAttributes"]["turn"].pop("ms")
    assert touched == said


@pytest.mark.parametrize(
    "event", [touch("onzin"), touch(7), touch("ja", "nee"), {"type": "Alexa.Presentation.APL.UserEvent"}], ids=repr
)
def test_what_is_not_ours_to_touch_changes_nothing(event: Json) -> None:
    assert door().answer(envelope(event, {"v": 1}))["response"] == {}


def test_everything_that_can_be_touched_is_understood() -> None:
    screens = [
        screen_of(door().answer(envelope(intent("AMAZON.HelpIntent"), {"v": 1, "pending": pending})))
        for pending in (
            {"kind": kind, "section": "troosten", "other": "spelen"}
            for kind in ("open", "else", "topics", "more", "choice", "card", "instead")
        )
    ]
    touched = {item["id"] for seen in screens for item in [*seen["rows"], *seen["answers"], *seen["hints"]]}
    assert touched
    assert touched <= set(CONTENT.sections) | set(CONTENT.controls)


def test_no_response_with_a_screen_is_too_large() -> None:
    for kind, danger in CONTENT.dangers.items():
        answered = door().answer(
            envelope(question("ja"), {"v": 1, "alarm": kind, "pending": {"kind": "card", "danger": kind}})
        )
        assert len(json.dumps(answered, ensure_ascii=False).encode()) < RESPONSE_BYTES / 2, danger.kind


def components(value: Any) -> list[Json]:
    if isinstance(value, list):
        return [found for entry in value for found in components(entry)]
    if not isinstance(value, dict):
        return []
    own = [value] if "type" in value and value["type"] != "SendEvent" and "version" not in value else []
    return own + [found for entry in value.values() for found in components(entry)]


def test_the_document_has_plain_components_only_and_imports_nothing() -> None:
    whole = document()
    assert "import" not in whole
    assert {component["type"] for component in components(whole)} == COMPONENTS
    touchable = [component for component in components(whole) if component["type"] == "TouchWrapper"]
    assert all(component["accessibilityLabel"] and component["role"] == "button" for component in touchable)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "ground"), [(INK, PAPER), (QUIET, PAPER), (ACCENT, PAPER), (ON_ACCENT, ACCENT)])
def test_text_stands_out(ink: str, ground: str) -> None:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7


# Pixels and inches across: an Echo Show 8, an Echo Show 5, a round Echo Spot.
@pytest.mark.parametrize(("size", "pixels", "inches"), [(0, 1280, 6.8), (1, 960, 4.9), (2, 480, 2.5)])
def test_text_is_read_from_two_metres_and_touched_with_a_finger(size: int, pixels: int, inches: float) -> None:
    sizes = document()["resources"][size]["dimensions"]
    millimetre = inches * 25.4 / pixels
    capital = 0.7 * float(sizes["text"].removesuffix("dp")) * millimetre
    assert math.degrees(math.atan(capital / 2000)) * 60 >= 6.5
    assert float(sizes["row"].removesuffix("dp")) * millimetre >= 9
