"""Rules about what is said: how samples and values are written, and that no phrase means two things.

Where Amazon's pages are silent, the rules come from build errors and certification texts that others report.
"""

from __future__ import annotations

from collections import Counter

from tools.interaction_model import limits
from tools.interaction_model.spelling import SLOT, spelling_problems
from tools.interaction_model.view import (
    Finding,
    Findings,
    Json,
    intent_samples,
    intents_of,
    slot_samples,
    types_of,
    value_samples,
)

KEEP_ONE = "keep one of them"


def check_spelling(model: Json) -> Findings:
    """Samples and values are written as they are spoken."""
    for intent in intents_of(model):
        slots = [sample for slot in intent.get("slots", []) for sample in slot_samples(intent, slot)]
        for sample in [*intent_samples(intent), *slots]:
            for problem, remedy in spelling_problems(SLOT.sub("x", sample.text)):
                yield Finding(sample.where, f"{sample.text!r} {problem}", remedy)
    for slot_type in types_of(model):
        for _, sample in value_samples(slot_type):
            for problem, remedy in spelling_problems(sample.text):
                yield Finding(sample.where, f"{sample.text!r} {problem}", remedy)


def check_repeated_samples(model: Json) -> Findings:
    """A phrase belongs to one intent, once; slot names do not tell two samples apart."""
    seen: dict[str, str] = {}
    for intent in intents_of(model):
        for sample in intent_samples(intent):
            phrase = SLOT.sub("{}", sample.text).casefold()
            if phrase in seen:
                yield Finding(sample.where, f"{sample.text!r} is also {seen[phrase]}", KEEP_ONE)
            seen.setdefault(phrase, sample.where)
        for slot in intent.get("slots", []):
            for text, times in Counter(slot.get("samples", [])).items():
                if times > 1:
                    where = f"intents[{intent['name']}].slots[{slot['name']}].samples"
                    yield Finding(where, f"{text!r} stands {times} times", KEEP_ONE)


def check_ambiguity(model: Json) -> Findings:
    """No sample of one intent is also a sample of another with a slot value filled in."""
    values = {slot_type["name"]: _texts_of(slot_type) for slot_type in types_of(model)}
    slotted = [
        (intent["name"], sample, values.get(slot.get("type"), {}))
        for intent in intents_of(model)
        for slot in intent.get("slots", [])
        for sample in intent_samples(intent)
        if SLOT.findall(sample.text) == [slot["name"]]
    ]
    for intent in intents_of(model):
        for sample in intent_samples(intent):
            for name, pattern, texts in slotted:
                value = _filling(pattern.text, sample.text)
                if name != intent["name"] and value in texts:
                    problem = f"{sample.text!r} is also {pattern.where} with {texts[value]}"
                    yield Finding(sample.where, problem, KEEP_ONE)


def _texts_of(slot_type: Json) -> dict[str, str]:
    return {sample.text.casefold(): sample.where for _, sample in value_samples(slot_type)}


def _filling(pattern: str, text: str) -> str:
    """What stands in the place of the only slot of `pattern` when it reads as `text`; empty when it cannot."""
    before, after = SLOT.sub("\n", pattern).casefold().split("\n")
    spoken = text.casefold()
    fits = spoken.startswith(before) and spoken.endswith(after) and len(spoken) > len(before) + len(after)
    return spoken[len(before) : len(spoken) - len(after)] if fits else ""


def check_values(model: Json) -> Findings:
    """Values have an id of their own, synonyms that say something, and texts that no other value has."""
    for slot_type in types_of(model):
        where = f"types[{slot_type['name']}].values"
        values = slot_type.get("values", [])
        if not values:
            yield Finding(where, "is empty", "add values, or remove the type")
        for index, value in enumerate(values):
            if not value.get("id"):
                yield Finding(f"{where}[{index}]", "has no id", "add one; the skill knows values by their id")
            if value["name"].get("synonyms") == []:
                yield Finding(
                    f"{where}[{value.get('id', index)}].name.synonyms",
                    "is empty",
                    "add synonyms, or leave the list out",
                )
        for identifier, times in Counter(value["id"] for value in values if value.get("id")).items():
            if times > 1:
                yield Finding(
                    f"{where}[{identifier}]", f"the id stands {times} times", "put the synonyms into one value"
                )
        yield from _repeated_texts(slot_type)


def _repeated_texts(slot_type: Json) -> Findings:
    seen: dict[str, tuple[Json, str]] = {}
    for value, sample in value_samples(slot_type):
        text = sample.text.casefold()
        if text in seen:
            other, other_where = seen[text]
            what = "stands twice in this value" if other is value else f"is also {other_where}, of another value"
            yield Finding(sample.where, f"{sample.text!r} {what}", KEEP_ONE)
        seen.setdefault(text, (value, sample.where))


def check_phrase_slots(model: Json) -> Findings:
    """A phrase slot has words around it and no slot beside it (build error MissingCarrierPhraseWithPhraseSlot)."""
    for intent in intents_of(model):
        phrase_slots = {slot["name"] for slot in intent.get("slots", []) if slot.get("type") == limits.PHRASE_TYPE}
        for sample in intent_samples(intent):
            slots = SLOT.findall(sample.text)
            if not phrase_slots.intersection(slots):
                continue
            if not SLOT.sub("", sample.text).strip():
                yield Finding(
                    sample.where,
                    f"{sample.text!r} is a phrase slot alone",
                    "add words, or make it a sample of the slot",
                )
            if len(slots) > 1:
                yield Finding(
                    sample.where, f"{sample.text!r} has another slot beside a phrase slot", "leave one of them out"
                )
