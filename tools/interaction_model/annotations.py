"""An NLU annotation set: what Alexa should make of an utterance, for the evaluation tool of the developer console.

Format: developer.amazon.com/en-GB/docs/alexa/smapi/nlu-evaluation-tool-api.html. Utterances stand without wake word and
invocation name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle

from tools.content.sources import Sources
from tools.interaction_model.generate import Json, slot_texts, spoken_names
from tools.interaction_model.limits import QUESTION_INTENT, QUESTION_SLOT
from tools.interaction_model.select import as_sample, most_varied, usable
from tools.interaction_model.wording import BARE, Wording

# Utterances of one value that stand in the model, and (where there are more than it holds) that do not. Enough to see a
# section fail, few enough that a run of the evaluation tool stays a matter of minutes.
KNOWN = 8
UNKNOWN = 8


def build_annotations(sources: Sources, wording: Wording, model: Json) -> Json:
    """The annotation set that belongs to a model of `build_model` with the same sources and wording."""
    cases = [*_control_cases(sources), *_carrier_cases(sources, wording)]
    types = model["interactionModel"]["languageModel"]["types"]
    if types:
        cases += _question_cases(sources, types[0])
    else:  # a phrase slot: without a carrier it hears nothing
        cases += _carried_questions(sources, wording)
    first: dict[str, Json] = {}
    for utterance, case in cases:
        first.setdefault(utterance, case)
    return {"data": list(first.values())}


def _case(utterance: str, intent: str, said: str | None = None) -> tuple[str, Json]:
    slots = {} if said is None else {QUESTION_SLOT: {"slotValue": {"type": "Simple", "value": said}}}
    return utterance, {"inputs": {"utterance": utterance}, "expected": [{"intent": {"name": intent, "slots": slots}}]}


def _control_cases(sources: Sources) -> list[tuple[str, Json]]:
    controls = [control for control in sources.controls.values() if control.intent]
    return [_case(phrase, str(control.intent)) for control in controls for phrase in usable(control.phrases)]


def _carrier_cases(sources: Sources, wording: Wording) -> list[tuple[str, Json]]:
    """Every carrier once, each with the name of another topic."""
    topics = [names[0] for names in spoken_names(sources).values()]
    return _carried(wording, topics, most=max(len(topics), len(wording.carriers)))


def _carried_questions(sources: Sources, wording: Wording) -> list[tuple[str, Json]]:
    texts = [text for all_texts in slot_texts(sources).values() for text in most_varied(all_texts, KNOWN)]
    return _carried(wording, texts, most=len(texts))


def _carried(wording: Wording, texts: list[str], most: int) -> list[tuple[str, Json]]:
    pairs = zip(cycle(map(as_sample, wording.carriers)), cycle(texts), range(most), strict=False)
    return [_case(carrier.replace(BARE, text), QUESTION_INTENT, text) for carrier, text, _ in pairs]


def _question_cases(sources: Sources, slot_type: Json) -> Iterator[tuple[str, Json]]:
    """For each value its spoken names, some utterances that the model holds, and some that it had no room for."""
    names = spoken_names(sources)
    held = {value["id"]: _held(value) for value in slot_type["values"]}
    for label, texts in slot_texts(sources).items():
        rest = [text for text in texts if text not in names.get(label, [])]
        known = most_varied([text for text in rest if text in held[label]], KNOWN)
        unknown = most_varied([text for text in rest if text not in held[label]], UNKNOWN)
        yield from _bare([*names.get(label, []), *known, *unknown])


def _held(value: Json) -> set[str]:
    return {value["name"]["value"], *value["name"].get("synonyms", [])}


def _bare(texts: Iterable[str]) -> list[tuple[str, Json]]:
    return [_case(text, QUESTION_INTENT, text) for text in texts]
