"""The local stand-in for Alexa's understanding: from words to an intent, by the interaction model's own samples.

It is exact where Alexa is statistical, so it proves nothing about Amazon's recognition. What it decides, and why:

- Words that are exactly a sample of an intent without slots, or a built-in phrase, are that intent, whatever was asked.
- After Dialog.ElicitSlot any other words fill the slot that was asked for.
- Otherwise a carrier phrase, or the slot alone where the model has that as a sample, fills the slot; the carrier's words do not
  arrive, as on the platform. The carrier with the most words is taken.
- AMAZON.FallbackIntent comes when there are no words, and when no sample can hold them. With a bare `{vraag}` among the samples, as
  our model has, the second never happens here. On the platform Alexa may choose it for words far from every sample; nobody outside
  Amazon can say when, so a tester tries that with `:intent AMAZON.FallbackIntent` instead of trusting an imitation.
- An entity is resolved when the slot's words equal a value's name or synonym. Alexa is more lenient, so the skill gets less help here.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from simulator.labels import SimulatorError

MODEL = Path(__file__).parent.parent / "interaction_models" / "nl-NL.json"
FALLBACK = "AMAZON.FallbackIntent"

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘´ʼ", "'"))
# A word, with the apostrophes and hyphens inside it ("baby's", "zo-even"), a clipped word ("'s"), a decimal comma ("1,5").
_WORD = re.compile(r"(?:(?<!\w)'(?=[knrstm]\b))?[^\W_]+(?:['-][^\W_]+|(?<=\d)[.,]\d+)*")
_PLACE = re.compile(r"\{(\w+)\}")


class Route(StrEnum):
    """By which way words became an intent."""

    BUILTIN = "builtin"
    CONTROL = "control"
    SLOT = "slot"
    ELICITED = "elicited"
    FALLBACK = "fallback"


class Elicited(NamedTuple):
    """The slot that the skill asked for with Dialog.ElicitSlot."""

    intent: str
    slot: str


class Entity(NamedTuple):
    """A value of a slot type that the words stand for."""

    id: str | None
    name: str


class HeardSlot(NamedTuple):
    """A slot as it is sent. `value`: None when nothing was said in it. `entities`: None when the type has no values of its own."""

    name: str
    type: str
    value: str | None
    entities: tuple[Entity, ...] | None


class Heard(NamedTuple):
    """What Alexa would send. `in_dialog`: the intent has a slot that is asked for, so the request carries a dialog state."""

    intent: str
    route: Route
    slot: HeardSlot | None = None
    in_dialog: bool = False


class _Carrier(NamedTuple):
    intent: str
    slot: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def value(self, words: list[str]) -> list[str] | None:
        """The words without the carrier's; None when the carrier does not fit."""
        end = len(words) - len(self.after)
        fits = words[: len(self.before)] == list(self.before) and words[end:] == list(self.after)
        return words[len(self.before) : end] or None if fits and len(self.before) < end else None


def as_heard(text: str) -> str:
    """Text as speech recognition delivers it: lower case, one space between words, no punctuation; empty when there are no words.

    Digits stay digits: Alexa writes numbers out in a slot of words, but which words ("1,5": "anderhalf" or "één komma vijf"?) is hers
    to choose, so a tester who needs that types them.
    """
    plain = text.lower()
    if not plain.isascii():
        composed = unicodedata.normalize("NFC", plain.translate(_APOSTROPHES))
        plain = "".join(character for character in composed if unicodedata.category(character) != "Mn")
    plain = plain.replace("`", "'")
    return " ".join(word.replace(".", ",") for word in _WORD.findall(plain))


class Ears:
    """Hears as one interaction model teaches."""

    def __init__(self, model: Mapping[str, Any], builtin_phrases: Mapping[str, Iterable[str]]) -> None:
        """`model`: the JSON of an interaction model; `builtin_phrases`: what Alexa knows by herself, by intent."""
        language = model["interactionModel"]["languageModel"]
        self._intents = {intent["name"]: intent for intent in language["intents"]}
        self._dialogs = {intent["name"] for intent in model["interactionModel"].get("dialog", {}).get("intents", [])}
        self._entities = {kind["name"]: _entities(kind) for kind in language.get("types", [])}
        self._exact: dict[str, str] = {}
        self._carriers: list[_Carrier] = []
        for intent in self._intents.values():
            self._learn(intent)
        for name in self._intents.keys() & builtin_phrases.keys():
            for phrase in builtin_phrases[name]:
                self._exact.setdefault(as_heard(phrase), name)
        self._carriers.sort(key=lambda carrier: -len(carrier.before) - len(carrier.after))

    def hear(self, text: str, elicited: Elicited | None = None) -> Heard:
        """The intent that Alexa would send for the text; `elicited`: the slot that is being asked for."""
        spoken = as_heard(text)
        if not spoken:
            return Heard(FALLBACK, Route.FALLBACK)
        if spoken in self._exact:
            return self._without_slot(self._exact[spoken])
        words = spoken.split(" ")
        wanted = [carrier for carrier in self._carriers if elicited in (None, (carrier.intent, carrier.slot))]
        for carrier in wanted:
            value = carrier.value(words)
            if value is not None:
                route = Route.SLOT if elicited is None else Route.ELICITED
                return self._with_slot(carrier.intent, carrier.slot, route, " ".join(value))
        if elicited is not None:
            return self._with_slot(elicited.intent, elicited.slot, Route.ELICITED, spoken)
        return Heard(FALLBACK, Route.FALLBACK)

    def raw_intent(self, name: str) -> Heard:
        """An intent by its name, without words; also one that the model does not have."""
        slots = self._intents.get(name, {}).get("slots")
        if slots:
            return self._with_slot(name, slots[0]["name"], Route.SLOT, None)
        return self._without_slot(name)

    def _without_slot(self, name: str) -> Heard:
        if name == FALLBACK:
            return Heard(name, Route.FALLBACK)
        return Heard(name, Route.BUILTIN if name.startswith("AMAZON.") else Route.CONTROL)

    def _with_slot(self, intent: str, slot: str, route: Route, value: str | None) -> Heard:
        slots = self._intents.get(intent, {}).get("slots", [])
        kind = next((entry["type"] for entry in slots if entry["name"] == slot), "")
        known = self._entities.get(kind)
        entities = None if known is None or value is None else known.get(value, ())
        return Heard(intent, route, HeardSlot(slot, kind, value, entities), intent in self._dialogs)

    def _learn(self, intent: Mapping[str, Any]) -> None:
        name, slots = intent["name"], intent.get("slots", [])
        if not slots:
            for sample in intent.get("samples", []):
                self._exact.setdefault(as_heard(sample), name)
            return
        samples = [*intent.get("samples", []), *(sample for slot in slots for sample in slot.get("samples", []))]
        # A sample of the slot alone counts only while the slot is asked for; then any words fill it, with or without that sample.
        bare = {f"{{{slot['name']}}}" for slot in slots} - set(intent.get("samples", []))
        for sample in dict.fromkeys(samples):
            places = _PLACE.findall(sample)
            if len(places) == 1 and sample not in bare:
                before, after = (tuple(as_heard(part).split()) for part in _PLACE.split(sample)[::2])
                self._carriers.append(_Carrier(name, places[0], before, after))


def load_ears(path: Path = MODEL) -> Ears:
    """Ears for the repository's interaction model. Raises SimulatorError when it cannot be read."""
    phrases = tomllib.loads(Path(__file__).with_name("builtin_phrases.toml").read_text(encoding="utf-8"))
    try:
        return Ears(json.loads(path.read_bytes()), phrases)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SimulatorError.say("model_missing", path=f"{path.parent.name}/{path.name}") from error


def _entities(kind: Mapping[str, Any]) -> dict[str, tuple[Entity, ...]]:
    """Spoken words -> the values of a slot type that they name, in the order of the model."""
    found: dict[str, tuple[Entity, ...]] = {}
    for value in kind["values"]:
        entity = Entity(value.get("id"), value["name"]["value"])
        for text in dict.fromkeys(map(as_heard, [entity.name, *value["name"].get("synonyms", [])])):
            found[text] = (*found.get(text, ()), entity)
    return found
