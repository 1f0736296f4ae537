"""Hostile request envelopes: recorded ones with something wrong in them. The same seed makes the same cases."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml

from simulator.ears import load_ears
from simulator.session import Session

DIALOGUES = Path(__file__).parents[2] / "tests" / "dialogues"
SKILL_ID = "amzn1.ask.skill.soak"

Json = dict[str, Any]

TEXTS = (
    "",
    " ",
    "mijn baby huilt steeds",
    "ja",
    "nee",
    "stop",
    "herhaal",
    "stuur de kaart",
    "mijn man slaat mij",
    "ik wil niet meer leven",
    "mijn baby ademt niet",
    "ik ben bang dat ik mijn kind iets aandoe",
    "troosten",
    "mijn zoon is 99999999999999999999 jaar",
    "mijn kind is min drie weken",
    "a" * 8_000,
    "huilen " * 1_143,
    "nee " * 2_000,
    "\x00\x01\x02\x07\x1b[31m\x7f\x85",
    "👶🏽👨‍👩‍👧‍👦 huilt 😭" * 40,
    "\u202etsoort\u202c \u200fשלום مرحبا\u200e",
    "\ud800 half een teken \udfff",
    "e\u0301e\u0301n" * 300,
    "<speak><audio src='https://example.org/x.mp3'/></speak>",
    "</speak><script>alert(1)</script>&amp;&#0;]]>",
    '"}],"response":{"shouldEndSession":false}}',
    "${vraag} {{vraag}} %s %n {0} ../../etc/passwd",
    "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    "'; DROP TABLE kinderen; --",
    "İıſK ﬁ ǅ ß",
    "\ufeff\u2028\u2029\u00a0\u3000",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    10**30,
    -(10**30),
    1.5,
    1e308,
    [],
    {},
    [None],
    [[[[[[]]]]]],
    {"a": {"b": {"c": {"d": {}}}}},
    ["x"] * 50,
    {str(number): number for number in range(50)},
    *TEXTS,
)
TYPES = (
    "LaunchRequest",
    "IntentRequest",
    "SessionEndedRequest",
    "CanFulfillIntentRequest",
    "Connections.Response",
    "Connections.Request",
    "AudioPlayer.PlaybackNearlyFinished",
    "PlaybackController.NextCommandIssued",
    "Display.ElementSelected",
    "Alexa.Presentation.APL.UserEvent",
    "Alexa.Presentation.APL.RuntimeError",
    "Alexa.Presentation.HTML.Message",
    "AlexaSkillEvent.SkillEnabled",
    "AlexaHouseholdListEvent.ItemsCreated",
    "GameEngine.InputHandlerEvent",
    "Messaging.MessageReceived",
    "System.ExceptionEncountered",
    "Reminders.ReminderCreated",
    "SessionResumedRequest",
    "Dialog.InputRequest",
    "Dialog.API.Invoked",
    "Brand.New.Request.Of.2031",
    "launchrequest",
)
INTENTS = (
    "VraagIntent",
    "AMAZON.YesIntent",
    "AMAZON.NoIntent",
    "AMAZON.StopIntent",
    "AMAZON.HelpIntent",
    "AMAZON.RepeatIntent",
    "AMAZON.FallbackIntent",
    "AMAZON.StartOverIntent",
    "KaartIntent",
    "NoodIntent",
    "LangzamerIntent",
    "EersteIntent",
    "GeenVanBeideIntent",
    "Touch",
    "IemandAndersIntent",
    "__class__",
)
SECTIONS = ("troosten", "hechting", "geen-band", "hulp-en-advies", "bron", "knuffelen", "bestaat-niet")
DANGERS = ("levensgevaar", "geweld", "kind-spreekt", "zelfdoding", "letsel", "bestaat-niet")
KINDS = [
    "open",
    "else",
    "instead",
    "topics",
    "more",
    "neighbour",
    "choice",
    "confirm",
    "card",
    "danger",
    "number",
    "screen",
    "bestaat-niet",
]
# What is set here decides whose skill is meant, so it is broken by `other_skill` alone.
GUARDED = {("context", "System", "application", "applicationId"), ("session", "application", "applicationId")}


class _Recorder:
    """A door that keeps what goes through it."""

    def __init__(self, answer: Callable[[Mapping[str, Any]], Json]) -> None:
        self._answer = answer
        self.events: list[Json] = []

    def answer(self, event: Mapping[str, Any]) -> Json:
        """The answer; the event is kept."""
        self.events.append(json.loads(json.dumps(event)))
        return self._answer(event)


def recorded(answer: Callable[[Mapping[str, Any]], Json]) -> list[Json]:
    """The envelopes of all dialogues, on a speaker and on a device with a screen, as they went through a door."""
    recorder = _Recorder(answer)
    ears = load_ears()
    for path in sorted(DIALOGUES.glob("*.yaml")):
        for screen in (False, True):
            session = Session(recorder, ears, skill_id=SKILL_ID, screen=screen)
            for step in yaml.safe_load(path.read_text(encoding="utf-8"))["steps"]:
                _take(session, step)
            if screen and session.is_open:
                session.touch("troosten", "touch")
    return recorder.events


def _take(session: Session, step: Mapping[str, Any]) -> None:
    if "silence" in step:
        session.silence("")
    elif "say" not in step and "intent" not in step:
        session.launch()
    else:
        if not session.is_open:
            session.launch()
        _ = session.intend(step["intent"], "") if "intent" in step else session.say(step["say"])


class Hostile:
    """Makes hostile envelopes out of recorded ones."""

    def __init__(self, events: list[Json], seed: int) -> None:
        self._events = events
        self.random = Random(seed)
        self._ways: tuple[Callable[[Json], Json], ...] = (
            self._wrong_values,
            self._wrong_values,
            self._missing,
            self._unknown,
            self._other_request,
            self._other_words,
            self._other_words,
            self._other_attributes,
            self._other_attributes,
            self._huge,
            self._crossed,
        )

    def case(self) -> Json:
        """One envelope: a recorded one with one to three things wrong."""
        event = copy.deepcopy(self.random.choice(self._events))
        for _ in range(self.random.choice((1, 1, 2, 3))):
            event = self.random.choice(self._ways)(event)
        return event

    def _wrong_values(self, event: Json) -> Json:
        holder, name = self._place(event)
        holder[name] = copy.deepcopy(self.random.choice(VALUES))
        return event

    def _missing(self, event: Json) -> Json:
        holder, name = self._place(event)
        del holder[name]
        return event

    def _unknown(self, event: Json) -> Json:
        holder, _ = self._place(event)
        if isinstance(holder, dict):
            holder[self.random.choice(["nieuw", "", "__proto__", "ask_sdk_model", *TEXTS[:3]])] = self._value()
        return event

    def _other_request(self, event: Json) -> Json:
        request = _object(event, "request")
        request["type"] = self.random.choice(TYPES)
        if self.random.random() < 0.3:
            request |= {
                "arguments": self.random.choice([["touch", "troosten"], ["touch"], [], "touch", [1], ["x", {}]])
            }
        return event

    def _other_words(self, event: Json) -> Json:
        request = _object(event, "request")
        words = self._text()
        slot: Json = {"name": "vraag", "value": words, "confirmationStatus": "NONE"}
        if self.random.random() < 0.3:
            slot["slotValue"] = self.random.choice(
                [
                    {"type": "Simple", "value": words},
                    {"type": "List", "values": [{"type": "Simple", "value": words}]},
                    3,
                ]
            )
        if self.random.random() < 0.3:
            del slot["value"]
        request["type"] = "IntentRequest"
        request["intent"] = {"name": self.random.choice(INTENTS), "slots": {"vraag": slot}}
        return event

    def _other_attributes(self, event: Json) -> Json:
        pick = self.random.choice
        asked: Json = {"kind": pick(KINDS), "section": pick(SECTIONS), "other": pick(SECTIONS), "danger": pick(DANGERS)}
        asked["page"] = pick((0, 1, 2, 99, -1, "1", None))
        for name in list(asked):
            if self.random.random() < 0.25:
                del asked[name]
        attributes: Json = {
            "v": pick((1, 1, 1, 1, 0, 2, "1", None, True)),
            "pending": pick((asked, asked, asked, None, [], "card")),
            "section": pick((*SECTIONS, None, 4)),
            "piece": pick((0, 1, 2, 9, 10**9, -1, "x", True)),
            "heard": pick(([], list(SECTIONS), list(SECTIONS) * 200, {}, [None, 1, []])),
            "last": pick(([], ["tip.troosten.1"], ["danger.levensgevaar"], ["nope"], ["fault.1"] * 90, {}, [[]])),
            "turns": pick((0, 1, 2, 3, 10**6, 10**30, -5, 1.5, "x")),
            "misses": pick((0, 1, 2, 3, 4, -1, None)),
            "slow": pick((True, False, "true", 1)),
            "card_offered": pick((True, False)),
            "card_sent": pick((True, False)),
            "age_months": pick((None, 0, 6, 170, 10**9, -1, "x")),
            "alarm": pick((*DANGERS, None, [])),
            "turn": pick(({}, {"keys": "x"}, [], None)),
        }
        for name in list(attributes):
            if self.random.random() < 0.3:
                del attributes[name]
        _object(event, "session")["attributes"] = attributes
        return event

    def _huge(self, event: Json) -> Json:
        many = self.random.choice((100, 1_000, 3_000))
        held = {f"{self._text()[:20]}{number}": self._value() for number in range(10)}
        filled = held | {f"naam {number}": number for number in range(many)}
        _object(event, "session")["attributes"] = filled | {"v": 1}
        return event

    def _crossed(self, event: Json) -> Json:
        """The request of one moment with the attributes of another: an answer to what never was asked."""
        other = self.random.choice(self._events)
        event["request"] = copy.deepcopy(other["request"])
        return event

    def _value(self) -> Any:
        return copy.deepcopy(self.random.choice(VALUES))

    def _text(self) -> str:
        if self.random.random() < 0.5:
            return self.random.choice(TEXTS)
        words = [self.random.choice(TEXTS)[:60] for _ in range(self.random.randrange(1, 5))]
        return self.random.choice((" ", "", "\n", ", ")).join(words)

    def _place(self, event: Json) -> tuple[Any, Any]:
        """A holder and a name in it, anywhere in the envelope but where it says whose skill is meant."""
        places = [(holder, name) for path, holder, name in _places(event) if path not in GUARDED and _safe(path)]
        return self.random.choice(places) if places else (event, "request")


def other_skill(event: Json, random: Random) -> Json:
    """The same envelope for a skill that is not this one, or for none."""
    changed = copy.deepcopy(event)
    identifier = random.choice(["amzn1.ask.skill.other", "", None, 7, [SKILL_ID], SKILL_ID + " ", SKILL_ID.upper()])
    context, session = changed.get("context"), changed.get("session")
    for holder in (context.get("System") if isinstance(context, dict) else None, session):
        if isinstance(holder, dict):
            holder["application"] = {"applicationId": identifier}
    return changed


def _object(event: Json, name: str) -> Json:
    if not isinstance(event.get(name), dict):
        event[name] = {}
    found: Json = event[name]
    return found


def _safe(path: tuple[Any, ...]) -> bool:
    return not any(guarded[: len(path)] == path for guarded in GUARDED)


def _places(holder: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """Every place of a JSON value: its path, and the holder and name by which it can be changed."""
    items = list(holder.items()) if isinstance(holder, dict) else list(enumerate(holder))
    for name, value in items[:60]:
        yield (*path, name), holder, name
        if isinstance(value, dict | list) and value:
            yield from _places(value, (*path, name))
