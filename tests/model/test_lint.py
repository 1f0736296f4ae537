"""The linter is silent about the model as it is, and each rule catches a broken copy."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tools.interaction_model.lint import RULES, lint
from tools.interaction_model.schema import schema_findings

Json = dict[str, Any]


def language(model: Json) -> Json:
    return model["interactionModel"]["languageModel"]


def intent(model: Json, name: str) -> Json:
    return next(item for item in language(model)["intents"] if item["name"] == name)


def slot(model: Json) -> Json:
    return intent(model, "VraagIntent")["slots"][0]


def values(model: Json) -> list[Json]:
    return language(model)["types"][0]["values"]


def dialog_intent(model: Json) -> Json:
    return model["interactionModel"]["dialog"]["intents"][0]


def dialog_slot(model: Json) -> Json:
    return dialog_intent(model)["slots"][0]


def invocation(name: str) -> Callable[[Json], None]:
    return lambda model: language(model).update(invocationName=name)


def sample(text: str, of: str = "MeerIntent") -> Callable[[Json], None]:
    return lambda model: intent(model, of)["samples"].append(text)


def synonym(text: str) -> Callable[[Json], None]:
    return lambda model: values(model)[0]["name"]["synonyms"].append(text)


def without(name: str) -> Callable[[Json], None]:
    return lambda model: language(model)["intents"].remove(intent(model, name))


def rename(old: str, new: str) -> Callable[[Json], None]:
    return lambda model: intent(model, old).update(name=new)


def phrase_slot(model: Json) -> None:
    slot(model)["type"] = dialog_slot(model)["type"] = "AMAZON.SearchQuery"
    language(model)["types"].clear()


def second_slot(model: Json) -> None:
    phrase_slot(model)
    question = intent(model, "VraagIntent")
    question["slots"].append({"name": "leeftijd", "type": "AMAZON.NUMBER"})
    question["samples"] = ["over {vraag} van {leeftijd}"]


def many_intents(model: Json) -> None:
    letters = "abcdefghijklmnop"
    for name in (f"Proef{first}{second}" for first in letters for second in letters):
        language(model)["intents"].append({"name": name, "samples": [f"proef {name.lower()}"]})


def many_values(model: Json) -> None:
    letters = "abcdefghij"
    four = ("".join((a, b, c, d)) for a in letters for b in letters for c in letters for d in letters)
    values(model)[0]["name"]["synonyms"] = [
        f"{word} {last}" for word in four for last in ("een", "om", "tot", "uit", "na", "op")
    ]


def large(model: Json) -> None:
    word = "woord" * 20
    values(model)[0]["name"]["synonyms"] = [
        f"{word} {'x' * (index // 100)} {'y' * (index % 100)}" for index in range(9000)
    ]


def same_id(model: Json) -> None:
    values(model)[0]["id"] = values(model)[1]["id"]


def other_text(model: Json) -> str:
    return values(model)[1]["name"]["synonyms"][0]


BROKEN: dict[str, tuple[Callable[[Json], Any], str]] = {
    "invocation name of one word": (invocation("ouderband"), "is one word"),
    "invocation name in upper case": (invocation("Band met mijn kind"), "only lower-case letters"),
    "invocation name with a digit": (invocation("band met 1 kind"), "only lower-case letters"),
    "invocation name with two spaces": (invocation("band  met mijn kind"), "only lower-case letters"),
    "invocation name with a launch word": (invocation("vraag over mijn kind"), "launch word 'vraag'"),
    "invocation name with a connecting word": (invocation("tips over mijn kind"), "connecting word 'over'"),
    "invocation name with a wake word": (invocation("mijn computer band"), "word 'computer'"),
    "invocation name of an article and a word": (invocation("de band"), "article or preposition"),
    "required built-in missing": (without("AMAZON.NavigateHomeIntent"), "AMAZON.NavigateHomeIntent is missing"),
    "expected built-in missing": (without("AMAZON.RepeatIntent"), "AMAZON.RepeatIntent is missing"),
    "built-in that does not exist": (rename("AMAZON.HelpIntent", "AMAZON.HulpIntent"), "is no built-in intent"),
    "intent name with a digit": (rename("MeerIntent", "Meer2Intent"), "more than letters and underscores"),
    "intent twice": (rename("MeerIntent", "KaartIntent"), "stands 2 times"),
    "custom intent without samples": (lambda m: intent(m, "MeerIntent").update(samples=[]), "is empty"),
    "fallback with samples": (sample("onzin", "AMAZON.FallbackIntent"), "takes none"),
    "slot type not defined": (lambda m: slot(m).update(type="TIPVRAGEN"), "'TIPVRAGEN' is not defined"),
    "slot type not offered in Dutch": (lambda m: slot(m).update(type="AMAZON.AlphaNumeric"), "is not defined"),
    "slot in a sample not declared": (sample("over {onderwerp}", "VraagIntent"), "{onderwerp} is no slot"),
    "slot in no sample": (
        lambda m: intent(m, "VraagIntent")["slots"].append({"name": "leeftijd", "type": "AMAZON.NUMBER"}),
        "stands in no sample",
    ),
    "type that nobody uses": (
        lambda m: language(m)["types"].append({"name": "LEEG", "values": [{"id": "a", "name": {"value": "a"}}]}),
        "is used by no slot",
    ),
    "type name with a digit": (lambda m: language(m)["types"][0].update(name="TIPVRAAG2"), "letters and underscores"),
    "type twice": (lambda m: language(m)["types"].append(language(m)["types"][0]), "stands 2 times"),
    "type without values": (lambda m: values(m).clear(), "is empty"),
    "sample in upper case": (sample("Vertel meer graag"), "has upper case"),
    "sample with a question mark": (sample("wat nu?"), "has punctuation"),
    "sample with a comma": (sample("ja, meer"), "has punctuation"),
    "sample with a period that ends a sentence": (sample("nog meer graag."), "has punctuation"),
    "sample with a curly apostrophe": (sample("nog zo’n tip"), "has punctuation"),
    "sample with an emoji": (sample("meer 🙂"), "has punctuation"),
    "sample with a loose hyphen": (sample("meer - nu"), "has punctuation"),
    "sample with a brace too many": (sample("over {vraag", "VraagIntent"), "has punctuation"),
    "sample with a digit": (sample("nog 2 tips"), "has digits"),
    "sample with two spaces": (sample("nog  meer graag"), "has spaces"),
    "sample with a space at the end": (sample("nog meer graag "), "has spaces"),
    "sample that is empty": (sample(" "), "is empty"),
    "sample with the wake word": (sample("alexa meer graag"), "wake word"),
    "sample of a slot in upper case": (lambda m: slot(m)["samples"].append("Over {vraag}"), "has upper case"),
    "sample twice in an intent": (sample("vertel meer"), "is also"),
    "sample in two intents": (sample("stop"), "is also intents[AMAZON.StopIntent]"),
    "sample that differs by the slot's name only": (
        lambda m: intent(m, "MeerIntent").update(slots=[{"name": "iets", "type": "TIPVRAAG"}], samples=["over {iets}"]),
        "is also intents[VraagIntent]",
    ),
    "sample of a slot twice": (lambda m: slot(m)["samples"].append("over {vraag}"), "stands 2 times"),
    "sample that is a slot value too": (lambda m: sample(other_text(m))(m), "is also intents[VraagIntent].samples[0]"),
    "sample that is a carrier with a slot value": (
        lambda m: sample(f"ik wil weten {other_text(m)}", "NoodIntent")(m),
        "is also intents[VraagIntent]",
    ),
    "value without id": (lambda m: values(m)[0].pop("id"), "has no id"),
    "id twice": (same_id, "the id stands 2 times"),
    "synonyms empty": (lambda m: values(m)[0]["name"].update(synonyms=[]), "is empty"),
    "synonym twice in a value": (lambda m: synonym(values(m)[0]["name"]["value"])(m), "stands twice in this value"),
    "synonym in two values": (lambda m: synonym(other_text(m))(m), "of another value"),
    "synonym with punctuation": (synonym("help!"), "has punctuation"),
    "synonym with digits": (synonym("3 maanden"), "has digits"),
    "value too long": (synonym("heel " * 28 + "lang"), "144 characters, at most 140"),
    "too many intents": (many_intents, "at most 250"),
    "too many values": (many_values, "at most 50000"),
    "too large": (large, "at most 1500000"),
    "phrase slot alone": (phrase_slot, "is a phrase slot alone"),
    "phrase slot beside another": (second_slot, "has another slot beside a phrase slot"),
    "dialog for an unknown intent": (lambda m: dialog_intent(m).update(name="VragenIntent"), "is no intent"),
    "dialog for an unknown slot": (lambda m: dialog_slot(m).update(name="vragen"), "is no slot of that intent"),
    "dialog with another type": (lambda m: dialog_slot(m).update(type="AMAZON.NUMBER"), "make them equal"),
    "dialog with an unknown prompt": (
        lambda m: dialog_slot(m)["prompts"].update(elicitation="Elicit.Nergens"),
        "prompt 'Elicit.Nergens' does not exist",
    ),
    "elicitation without prompt": (lambda m: dialog_slot(m).update(prompts={}), "elicitationRequired without a prompt"),
    "prompt that nobody uses": (
        lambda m: m["interactionModel"]["prompts"].append({"id": "Los", "variations": [{"value": "Ja?"}]}),
        "is used nowhere",
    ),
    "prompt twice": (
        lambda m: m["interactionModel"]["prompts"].append(m["interactionModel"]["prompts"][0]),
        "stands 2 times",
    ),
}


def test_the_checked_in_model_is_clean(checked_in: Json) -> None:
    assert [str(finding) for finding in lint(checked_in)] == []


def test_the_copy_that_is_broken_below_is_clean(small: Json) -> None:
    assert [str(finding) for finding in lint(small)] == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_caught(name: str, small: Json) -> None:
    damage, expected = BROKEN[name]
    damage(small)
    findings = lint(small)
    assert any(expected in str(finding) for finding in findings), [str(finding) for finding in findings][:5]
    assert all(finding.where and finding.problem and finding.remedy for finding in findings)


def test_every_rule_is_broken_at_least_once(small: Json) -> None:
    silent = set(RULES)
    for damage, _ in BROKEN.values():
        model = deepcopy(small)
        damage(model)
        silent -= {rule for rule in silent if any(True for _ in rule(model))}
    assert not silent


@pytest.mark.parametrize(
    "damage",
    [
        lambda m: language(m).pop("invocationName"),
        lambda m: language(m)["intents"].clear(),
        lambda m: intent(m, "MeerIntent").update(samples="vertel meer"),
        lambda m: intent(m, "MeerIntent").update(sample=["vertel meer"]),
        lambda m: slot(m).pop("type"),
        lambda m: values(m)[0]["name"].update(synonyms=[]),
        lambda m: dialog_slot(m).update(elicitationRequired="true"),
        lambda m: dialog_intent(m).update(delegationStrategy="NEVER"),
        lambda m: m["interactionModel"]["prompts"][0]["variations"].clear(),
        lambda m: m["interactionModel"]["prompts"][0]["variations"][0].update(type="Text"),
        lambda m: language(m).update(modelConfiguration={"fallbackIntentSensitivity": {"level": "MAX"}}),
    ],
    ids=[
        "no invocation name",
        "no intents",
        "samples as text",
        "key with a typing error",
        "slot without type",
        "synonyms empty",
        "boolean as text",
        "unknown delegation strategy",
        "prompt without variations",
        "unknown prompt type",
        "unknown sensitivity",
    ],
)
def test_the_schema_catches_a_wrong_shape(damage: Callable[[Json], Any], small: Json) -> None:
    assert schema_findings(small) == []
    damage(small)
    assert schema_findings(small)
