"""Rules about the parts of a model: names that exist, parts that refer to each other, counts and sizes.

Sources: developer.amazon.com/docs/smapi/interaction-model-schema.html, the pages on built-in intents and on slot types
below developer.amazon.com/docs/custom-skills/, and `limits.py`.
"""

from __future__ import annotations

import re
from collections import Counter

from tools.interaction_model import limits
from tools.interaction_model.generate import model_bytes
from tools.interaction_model.invocation import invocation_problems
from tools.interaction_model.spelling import SLOT
from tools.interaction_model.view import (
    Finding,
    Findings,
    Json,
    intent_samples,
    intents_of,
    language_of,
    slot_samples,
    types_of,
    value_samples,
)

REQUIRED_INTENTS = ("AMAZON.CancelIntent", "AMAZON.HelpIntent", "AMAZON.StopIntent", "AMAZON.NavigateHomeIntent")
# Not needed for a build; without them a conversation has dead ends.
EXPECTED_INTENTS = (
    limits.FALLBACK_INTENT,
    "AMAZON.RepeatIntent",
    "AMAZON.YesIntent",
    "AMAZON.NoIntent",
    "AMAZON.NextIntent",
    "AMAZON.PreviousIntent",
    "AMAZON.StartOverIntent",
)
_PLAYBACK = ("Pause", "Resume", "LoopOn", "LoopOff", "ShuffleOn", "ShuffleOff")
_SCREEN = ("Select", "More", "PageUp", "PageDown", "ScrollUp", "ScrollDown", "ScrollLeft", "ScrollRight")
BUILT_INS = frozenset(
    {*REQUIRED_INTENTS, *EXPECTED_INTENTS, *(f"AMAZON.{name}Intent" for name in (*_PLAYBACK, *_SCREEN))}
)
# Slot types that Amazon offers in Dutch; AMAZON.AlphaNumeric is excluded by name, SearchQuery is not confirmed.
BUILT_IN_TYPES = frozenset(
    f"AMAZON.{name}" for name in ("SearchQuery", "NUMBER", "DATE", "TIME", "DURATION", "FOUR_DIGIT_NUMBER", "Ordinal")
)
# A custom type has letters and underscores (Amazon's page on custom slot types); intents likewise.
_CUSTOM_NAME = re.compile(r"[A-Za-z](?:[A-Za-z_]*[A-Za-z])?")


def check_invocation_name(model: Json) -> Findings:
    """The invocation name follows Amazon's rules."""
    for problem, remedy in invocation_problems(str(language_of(model).get("invocationName", ""))):
        yield Finding("invocationName", problem, remedy)


def check_intent_names(model: Json) -> Findings:
    """Intents have names that exist or are allowed, each once; the ones that every skill needs are there."""
    names = [intent["name"] for intent in intents_of(model)]
    for name, times in Counter(names).items():
        if times > 1:
            yield Finding(f"intents[{name}]", f"stands {times} times", "put its samples into one")
        if name.startswith("AMAZON.") and name not in BUILT_INS:
            yield Finding(f"intents[{name}]", "is no built-in intent", "mend the name")
        if not name.startswith("AMAZON.") and not _CUSTOM_NAME.fullmatch(name):
            yield Finding(f"intents[{name}]", "has a name with more than letters and underscores", "rename it")
    for name in (*REQUIRED_INTENTS, *EXPECTED_INTENTS):
        if name not in names:
            yield Finding("intents", f"{name} is missing", "add it to controls.toml")


def check_samples_exist(model: Json) -> Findings:
    """A custom intent has samples, FallbackIntent takes none."""
    for intent in intents_of(model):
        samples = intent.get("samples", [])
        if not intent["name"].startswith("AMAZON.") and not samples:
            yield Finding(
                f"intents[{intent['name']}].samples", "is empty", "add phrases, or nobody can reach the intent"
            )
        if intent["name"] == limits.FALLBACK_INTENT and samples:
            yield Finding(f"intents[{intent['name']}].samples", "is not empty", "remove them; this intent takes none")


def check_slots(model: Json) -> Findings:
    """Slots have a type that exists; samples and slots of an intent name each other."""
    custom = {slot_type["name"] for slot_type in types_of(model)}
    for intent in intents_of(model):
        where = f"intents[{intent['name']}]"
        slots = {slot["name"]: slot for slot in intent.get("slots", [])}
        samples = intent_samples(intent)
        for name, slot in slots.items():
            if slot.get("type") not in custom | BUILT_IN_TYPES:
                yield Finding(
                    f"{where}.slots[{name}].type",
                    f"{slot.get('type')!r} is not defined",
                    "add the type, or mend its name",
                )
            samples += slot_samples(intent, slot)
        for sample in samples:
            for name in set(SLOT.findall(sample.text)) - set(slots):
                yield Finding(
                    sample.where, f"{{{name}}} is no slot of this intent", "declare the slot, or mend its name"
                )
        used = {name for sample in samples for name in SLOT.findall(sample.text)}
        for name in slots.keys() - used:
            yield Finding(f"{where}.slots[{name}]", "stands in no sample", "use it in a sample, or remove it")


def check_type_names(model: Json) -> Findings:
    """Custom slot types have allowed names, each once, and are used."""
    used = {slot.get("type") for intent in intents_of(model) for slot in intent.get("slots", [])}
    for name, times in Counter(slot_type["name"] for slot_type in types_of(model)).items():
        if not _CUSTOM_NAME.fullmatch(name):
            yield Finding(f"types[{name}]", "has a name with more than letters and underscores", "rename it")
        if times > 1:
            yield Finding(f"types[{name}]", f"stands {times} times", "put its values into one")
        if name not in used:
            yield Finding(f"types[{name}]", "is used by no slot", "remove it")


def check_limits(model: Json) -> Findings:
    """Counts and lengths stay within the limits of `limits.py`."""
    intents, size = len(intents_of(model)), len(model_bytes(model))
    if intents > limits.INTENTS:
        yield Finding("intents", f"{intents} intents, at most {limits.INTENTS}", "put some together")
    if size > limits.MODEL_BYTES:
        yield Finding("interactionModel", f"{size} bytes, at most {limits.MODEL_BYTES}", "leave utterances out")
    samples = [sample for slot_type in types_of(model) for _, sample in value_samples(slot_type)]
    if len(samples) > limits.VALUES_OF_A_SKILL:
        yield Finding(
            "types", f"{len(samples)} values and synonyms, at most {limits.VALUES_OF_A_SKILL}", "leave some out"
        )
    for sample in samples:
        if len(sample.text) > limits.VALUE_CHARACTERS:
            yield Finding(
                sample.where, f"{len(sample.text)} characters, at most {limits.VALUE_CHARACTERS}", "shorten it"
            )


def check_dialog(model: Json) -> Findings:
    """The dialog model names intents, slots, types and prompts that exist, and every prompt is used."""
    interaction = model.get("interactionModel", {})
    intents = {intent["name"]: intent for intent in intents_of(model)}
    prompts = Counter(prompt["id"] for prompt in interaction.get("prompts", []))
    used: set[str] = set()
    for dialog_intent in interaction.get("dialog", {}).get("intents", []):
        where = f"dialog.intents[{dialog_intent['name']}]"
        if dialog_intent["name"] not in intents:
            yield Finding(where, "is no intent of this model", "mend the name, or remove it")
            continue
        types = {slot["name"]: slot.get("type") for slot in intents[dialog_intent["name"]].get("slots", [])}
        used |= set(dialog_intent.get("prompts", {}).values())
        for slot in dialog_intent.get("slots", []):
            used |= _prompt_ids(slot)
            yield from _check_dialog_slot(f"{where}.slots[{slot['name']}]", slot, types)
    for identifier in sorted(used - set(prompts)):
        yield Finding("dialog", f"prompt {identifier!r} does not exist", "add it to prompts, or mend the id")
    for identifier, times in prompts.items():
        if times > 1:
            yield Finding(f"prompts[{identifier}]", f"stands {times} times", "put the variations into one")
        if identifier not in used:
            yield Finding(f"prompts[{identifier}]", "is used nowhere in dialog", "remove it, or use it")


def _check_dialog_slot(where: str, slot: Json, types: dict[str, str | None]) -> Findings:
    if slot["name"] not in types:
        yield Finding(where, "is no slot of that intent", "mend the name, or remove it")
    elif slot.get("type") != types[slot["name"]]:
        yield Finding(
            f"{where}.type", f"is {slot.get('type')!r}, in the intent {types[slot['name']]!r}", "make them equal"
        )
    for wanted, prompt in (("elicitationRequired", "elicitation"), ("confirmationRequired", "confirmation")):
        if slot.get(wanted) and prompt not in slot.get("prompts", {}):
            yield Finding(f"{where}.prompts", f"{wanted} without a prompt for {prompt}", "add the prompt's id")


def _prompt_ids(slot: Json) -> set[str]:
    return {*slot.get("prompts", {}).values(), *(rule["prompt"] for rule in slot.get("validations", []))}
