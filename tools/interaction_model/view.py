"""A look into an interaction model: its parts with their paths, and the form of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]


class Finding(NamedTuple):
    """`where`: path in the model; `problem`: what is wrong; `remedy`: what to do."""

    where: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}; {self.remedy}"


Findings = Iterator[Finding]


class Sample(NamedTuple):
    """One sample of an intent or of a slot, with its path."""

    where: str
    text: str


def language_of(model: Json) -> Json:
    """The language model, empty when there is none."""
    return dict(model.get("interactionModel", {}).get("languageModel", {}))


def intents_of(model: Json) -> list[Json]:
    """The intents, in the order of the file."""
    return list(language_of(model).get("intents", []))


def types_of(model: Json) -> list[Json]:
    """The custom slot types, in the order of the file."""
    return list(language_of(model).get("types", []))


def numbered(where: str, texts: Iterable[str]) -> list[Sample]:
    """The texts of the list at `where`."""
    return [Sample(f"{where}[{index}]", text) for index, text in enumerate(texts)]


def intent_samples(intent: Json) -> list[Sample]:
    """What reaches the intent."""
    return numbered(f"intents[{intent['name']}].samples", intent.get("samples", []))


def slot_samples(intent: Json, slot: Json) -> list[Sample]:
    """What answers a question for the slot."""
    return numbered(f"intents[{intent['name']}].slots[{slot['name']}].samples", slot.get("samples", []))


def value_samples(slot_type: Json) -> list[tuple[Json, Sample]]:
    """Every text of every value: the value that holds it, and the text with its path."""
    result = []
    for index, value in enumerate(slot_type.get("values", [])):
        where = f"types[{slot_type['name']}].values[{value.get('id', index)}].name"
        result.append((value, Sample(f"{where}.value", value["name"]["value"])))
        result += [(value, sample) for sample in numbered(f"{where}.synonyms", value["name"].get("synonyms", []))]
    return result
