"""Build the interaction model from the content: one intent with a slot for every question, one for each control."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tools.content.sources import OUT_OF_SCOPE, Sources
from tools.interaction_model.limits import (
    FALLBACK_INTENT,
    FILE_BYTES,
    PHRASE_TYPE,
    QUESTION_INTENT,
    QUESTION_SLOT,
    QUESTION_TYPE,
    SYNONYMS,
    SYNONYMS_LEAST,
)
from tools.interaction_model.select import as_sample, most_varied, usable
from tools.interaction_model.wording import BARE, Wording

Json = dict[str, Any]

PROMPT_ID = f"Elicit.Slot.{QUESTION_INTENT}.{QUESTION_SLOT}"
PROMPT_FAMILY = "ask_open"  # the family in prompts.toml that asks what the question is about
SENSITIVITIES = ("LOW", "MEDIUM", "HIGH")
_STEP = 25  # how much smaller the next try is, when a model does not fit


class TooLargeError(Exception):
    """The model does not fit into what may be uploaded."""


@dataclass(frozen=True)
class Options:
    """Switches for what only a live console can decide, because its support in nl-NL is not confirmed."""

    # AMAZON.SearchQuery instead of the custom type.
    search_query: bool = False
    # fallbackIntentSensitivity, one of SENSITIVITIES.
    sensitivity: str | None = None


CHECKED_IN = Options()


def model_bytes(model: Json) -> bytes:
    """The file as it is written: UTF-8, one sample a line, so that a change shows as the lines that it touches."""
    return (json.dumps(model, ensure_ascii=False, indent=2) + "\n").encode()


def build_model(sources: Sources, wording: Wording, options: Options = CHECKED_IN) -> Json:
    """The interaction model as the file holds it. Raises TooLargeError when it does not fit even with few synonyms."""
    for most in range(SYNONYMS, SYNONYMS_LEAST - 1, -_STEP):
        model = _model(sources, wording, options, most)
        if len(model_bytes(model)) <= FILE_BYTES:
            return model
    raise TooLargeError(
        f"model over {FILE_BYTES} bytes with only {SYNONYMS_LEAST} synonyms a value; shorten utterances"
    )


def spoken_names(sources: Sources) -> dict[str, list[str]]:
    """What each section is called, by section id."""
    return {tip.id: usable(tip.names) for tip in sources.tips.values()}


def slot_texts(sources: Sources) -> dict[str, list[str]]:
    """Every text that a value may hold, by value id: sections (their names first), danger kinds, out of scope."""
    names = spoken_names(sources)
    return {
        label: usable([*names.get(label, []), *sources.utterances[label]])
        for label in [*sources.tips, *sources.dangers, OUT_OF_SCOPE]
    }


def _model(sources: Sources, wording: Wording, options: Options, most: int) -> Json:
    slot_type = PHRASE_TYPE if options.search_query else QUESTION_TYPE
    language: Json = {
        "invocationName": wording.invocation_name,
        "intents": [
            _question_intent(wording, slot_type),
            *_control_intents(sources),
            {"name": FALLBACK_INTENT, "samples": []},
        ],
        "types": [] if options.search_query else [_question_type(sources, most)],
    }
    if options.sensitivity is not None:
        language["modelConfiguration"] = {"fallbackIntentSensitivity": {"level": options.sensitivity}}
    return {
        "interactionModel": {"languageModel": language, "dialog": _dialog(slot_type), "prompts": [_prompt(sources)]}
    }


def _question_intent(wording: Wording, slot_type: str) -> Json:
    # A phrase slot alone is refused as a sample of an intent (MissingCarrierPhraseWithPhraseSlot). As a sample of the
    # slot, which counts after Dialog.ElicitSlot, it is accepted.
    alone = [] if slot_type == PHRASE_TYPE else [BARE]
    slot = {"name": QUESTION_SLOT, "type": slot_type, "samples": [BARE, *map(as_sample, wording.answers)]}
    return {"name": QUESTION_INTENT, "slots": [slot], "samples": [*alone, *map(as_sample, wording.carriers)]}


def _control_intents(sources: Sources) -> list[Json]:
    controls = [control for control in sources.controls.values() if control.intent]
    return [{"name": control.intent, "slots": [], "samples": usable(control.phrases)} for control in controls]


def _question_type(sources: Sources, most: int) -> Json:
    names = spoken_names(sources)
    return {
        "name": QUESTION_TYPE,
        "values": [
            _value(label, texts, len(names.get(label, [])), most) for label, texts in slot_texts(sources).items()
        ],
    }


def _value(label: str, texts: list[str], named: int, most: int) -> Json:
    """One slot value: the first text is its name, the spoken names always stay, of the rest the most varied."""
    kept = max(named, 1)
    synonyms = [*texts[1:kept], *most_varied(texts[kept:], most - (kept - 1))]
    return {"id": label, "name": {"value": texts[0], **({"synonyms": synonyms} if synonyms else {})}}


def _dialog(slot_type: str) -> Json:
    slot = {
        "name": QUESTION_SLOT,
        "type": slot_type,
        "elicitationRequired": True,
        "confirmationRequired": False,
        "prompts": {"elicitation": PROMPT_ID},
    }
    intent = {
        "name": QUESTION_INTENT,
        "delegationStrategy": "SKILL_RESPONSE",
        "confirmationRequired": False,
        "prompts": {},
        "slots": [slot],
    }
    return {"delegationStrategy": "SKILL_RESPONSE", "intents": [intent]}


def _prompt(sources: Sources) -> Json:
    variants = sources.prompts[PROMPT_FAMILY].variants
    return {"id": PROMPT_ID, "variations": [{"type": "PlainText", "value": text} for text in variants]}
