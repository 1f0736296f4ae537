"""The generated files: up to date, of the right shape, and saying what the content says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tools.content.sources import LOOKALIKES, OUT_OF_SCOPE, Sources
from tools.interaction_model import limits
from tools.interaction_model.__main__ import TARGET, main, out_of_date
from tools.interaction_model.replays import QUIT, SKILL_ID
from tools.interaction_model.schema import schema_findings
from tools.interaction_model.wording import Wording

Json = dict[str, Any]


def intents(model: Json) -> dict[str, Json]:
    return {intent["name"]: intent for intent in model["interactionModel"]["languageModel"]["intents"]}


def values(model: Json) -> dict[str, Json]:
    (slot_type,) = model["interactionModel"]["languageModel"]["types"]
    return {value["id"]: value["name"] for value in slot_type["values"]}


def test_the_checked_in_files_are_up_to_date(fresh: dict[str, bytes]) -> None:
    assert out_of_date(fresh, TARGET) == [], "run: make model"


def test_check_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err
    assert "up to date" in capsys.readouterr().out


def test_the_model_fits_the_schema(checked_in: Json) -> None:
    assert schema_findings(checked_in) == []


def test_the_model_stays_below_the_size_that_amazon_takes() -> None:
    assert (TARGET / "nl-NL.json").stat().st_size <= limits.FILE_BYTES < limits.MODEL_BYTES


def test_names(checked_in: Json, wording: Wording) -> None:
    assert wording.name == "Band met mijn kind"
    assert checked_in["interactionModel"]["languageModel"]["invocationName"] == "band met mijn kind"


def test_the_words_arrive_alone_and_after_every_carrier(checked_in: Json, wording: Wording) -> None:
    question = intents(checked_in)["VraagIntent"]
    assert question["samples"] == ["{vraag}", *wording.carriers]
    assert len(wording.carriers) >= 25
    assert {"over {vraag}", "naar {vraag}", "voor {vraag}"} <= set(question["samples"])  # "vraag <naam> over ..."
    (slot,) = question["slots"]
    assert slot["type"] == limits.QUESTION_TYPE
    assert slot["samples"][0] == "{vraag}"


# What stands before {vraag} never reaches the skill, so it must carry nothing that danger, age or topic are read from.
_MEANING = re.compile(
    r"\b(bang|eng|pijn|dood|help(?! met)|niet|nooit|geen|kind|baby|zoon|dochter|jaar|voel|partner|ex)\b"
)


def test_a_carrier_swallows_no_meaning(wording: Wording) -> None:
    carriers = (*wording.carriers, *wording.answers)
    assert [carrier for carrier in carriers if _MEANING.search(carrier.replace("me helpen met", ""))] == []
    assert all(carrier.endswith("{vraag}") for carrier in carriers)


def test_every_control_with_an_intent_is_one(checked_in: Json, sources: Sources) -> None:
    found = intents(checked_in)
    for control in sources.controls.values():
        if control.intent:
            assert found[control.intent]["samples"] == list(control.phrases)
            assert found[control.intent]["slots"] == []
    wanted = {control.intent for control in sources.controls.values() if control.intent}
    assert set(found) == wanted | {"VraagIntent", "AMAZON.FallbackIntent"}


def test_values_are_sections_danger_kinds_and_out_of_scope(checked_in: Json, sources: Sources) -> None:
    assert list(values(checked_in)) == [*sources.tips, *sources.dangers, OUT_OF_SCOPE]


def test_spoken_names_come_first(checked_in: Json, sources: Sources) -> None:
    for identifier, tip in sources.tips.items():
        name = values(checked_in)[identifier]
        assert (name["value"], *name["synonyms"])[: len(tip.names)] == tip.names


def test_every_value_is_full_but_not_overfull(checked_in: Json, sources: Sources) -> None:
    for identifier, name in values(checked_in).items():
        available = len(sources.utterances[identifier])
        assert min(available * 0.9, limits.SYNONYMS * 0.9) <= len(name["synonyms"]) <= limits.SYNONYMS, identifier


def test_lookalikes_of_danger_are_in_no_value(checked_in: Json, sources: Sources) -> None:
    texts = {text for name in values(checked_in).values() for text in (name["value"], *name["synonyms"])}
    assert not texts & set(sources.utterances[LOOKALIKES])


def test_the_slot_is_elicited_by_the_skill(checked_in: Json, sources: Sources) -> None:
    interaction = checked_in["interactionModel"]
    (dialog,) = interaction["dialog"]["intents"]
    assert (dialog["name"], dialog["delegationStrategy"]) == ("VraagIntent", "SKILL_RESPONSE")
    (slot,) = dialog["slots"]
    assert slot["elicitationRequired"] is True
    (prompt,) = interaction["prompts"]
    assert prompt["id"] == slot["prompts"]["elicitation"]
    assert [variation["value"] for variation in prompt["variations"]] == list(sources.prompts["ask_open"].variants)


def test_fallback_sensitivity_is_left_to_amazon(checked_in: Json) -> None:
    assert "modelConfiguration" not in checked_in["interactionModel"]["languageModel"]


def test_the_annotation_set_has_the_documented_shape(
    fresh: dict[str, bytes], checked_in: Json, sources: Sources
) -> None:
    annotations = json.loads(fresh["nl-NL.annotations.json"])
    assert set(annotations) == {"data"}
    known = intents(checked_in)
    utterances = [case["inputs"]["utterance"] for case in annotations["data"]]
    assert len(utterances) == len(set(utterances))
    for case in annotations["data"]:
        assert set(case) == {"inputs", "expected"}
        assert set(case["inputs"]) == {"utterance"}
        ((expected,),) = [[entry["intent"] for entry in case["expected"]]]
        assert set(expected) == {"name", "slots"}
        assert expected["name"] in known
        declared = {slot["name"] for slot in known[expected["name"]].get("slots", [])}
        assert set(expected["slots"]) == declared
        for slot in expected["slots"].values():
            assert set(slot) == {"slotValue"}
            assert slot["slotValue"]["type"] == "Simple"
            assert slot["slotValue"]["value"] in case["inputs"]["utterance"]


def test_the_annotation_set_asks_for_everything(fresh: dict[str, bytes], checked_in: Json, sources: Sources) -> None:
    cases = json.loads(fresh["nl-NL.annotations.json"])["data"]
    expected = {case["inputs"]["utterance"]: case["expected"][0]["intent"] for case in cases}
    for control in sources.controls.values():
        for phrase in control.phrases if control.intent else ():
            assert expected[phrase]["name"] == control.intent
    for tip in sources.tips.values():
        assert all(expected[name]["name"] == "VraagIntent" for name in tip.names)
    for identifier, name in values(checked_in).items():
        held = {name["value"], *name["synonyms"]}
        assert len(held & set(expected)) >= 8, identifier


def test_replays_have_the_documented_shape(fresh: dict[str, bytes], wording: Wording) -> None:
    replays = {name: json.loads(data) for name, data in fresh.items() if name.startswith("replays/")}
    assert replays
    for replay in replays.values():
        assert set(replay) == {"skillId", "locale", "type", "userInput"}
        assert (replay["skillId"], replay["locale"], replay["type"]) == (SKILL_ID, "nl-NL", "text")
        assert replay["userInput"][0] == f"open {wording.invocation_name}"
        assert replay["userInput"][-1] == QUIT
        assert all(isinstance(line, str) and line for line in replay["userInput"])


def test_the_readme_beside_the_replays_explains_the_placeholder() -> None:
    assert SKILL_ID.rpartition(".")[2] in (TARGET / "README.md").read_text(encoding="utf-8")
