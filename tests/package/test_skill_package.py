"""The skill package: valid for Amazon, true to the model, and honest about what is missing."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from skill.alexa.door import open_door
from skill.settings import Settings
from tests.alexa.envelopes import envelope, question
from tools.package import icons
from tools.package.__main__ import copy_audio, write_skill_package
from tools.package.configuration import Configuration, ConfigurationError, read_configuration
from tools.package.manifest import build_manifest

ROOT = Path(__file__).parents[2]
FULL = Configuration(
    skill_id="amzn1.ask.skill.00000000-0000-4000-8000-000000000000",
    function_arn="arn:aws:lambda:eu-west-1:123456789012:function:band-met-mijn-kind:live",
    privacy_url="https://example.org/privacy.html",
    terms_url="https://example.org/voorwaarden.html",
)


def publishing(configuration: Configuration = FULL) -> dict[str, Any]:
    return build_manifest(ROOT, configuration)["manifest"]["publishingInformation"]


@pytest.mark.parametrize("configuration", [FULL, Configuration()], ids=["full", "empty"])
def test_the_manifest_is_valid_for_amazons_specification(configuration: Configuration) -> None:
    schema = json.loads((ROOT / "tests" / "schemas" / "skill_manifest.schema.json").read_text(encoding="utf-8"))
    manifest = build_manifest(ROOT, configuration)
    assert [error.message for error in Draft7Validator(schema).iter_errors(manifest)] == []


def test_it_is_dutch_for_the_netherlands_and_for_grown_ups() -> None:
    manifest = build_manifest(ROOT, FULL)["manifest"]
    found = manifest["publishingInformation"]
    assert list(found["locales"]) == ["nl-NL"]
    assert found["distributionCountries"] == ["NL"]
    assert found["isAvailableWorldwide"] is False
    assert manifest["privacyAndCompliance"]["isChildDirected"] is False
    assert manifest["privacyAndCompliance"]["usesHealthInfo"] is False
    assert manifest["permissions"] == []
    assert manifest["apis"]["custom"]["endpoint"]["uri"] == FULL.function_arn
    assert manifest["privacyAndCompliance"]["locales"]["nl-NL"] == {
        "privacyPolicyUrl": FULL.privacy_url,
        "termsOfUseUrl": FULL.terms_url,
    }


def test_the_description_holds_the_disclaimer() -> None:
    description = publishing()["locales"]["nl-NL"]["description"]
    for part in (
        "geen medisch advies",
        "Bel bij direct gevaar 112",
        "niet van het Nederlands Jeugdinstituut",
        "huisarts",
    ):
        assert part in description
    assert "nji.nl" not in description


def test_the_example_phrases_are_what_the_model_really_covers() -> None:
    """Open, or ask about something: the connector and the topic are a sample with a value of the slot filled in."""
    model = json.loads((ROOT / "interaction_models" / "nl-NL.json").read_text(encoding="utf-8"))["interactionModel"]
    language = model["languageModel"]
    invocation = language["invocationName"]
    [intent] = [one for one in language["intents"] if one["name"] == "VraagIntent"]
    values = {
        text
        for value in language["types"][0]["values"]
        for text in (value["name"]["value"], *value["name"].get("synonyms", []))
    }
    first, *others = publishing()["locales"]["nl-NL"]["examplePhrases"]
    assert first == f"Alexa, open {invocation}"
    assert len(others) == 2
    door = open_door(Settings(skill_id=None))
    for phrase in others:
        match = re.fullmatch(rf"Alexa, vraag {re.escape(invocation)} (over|naar) (.+)", phrase)
        assert match is not None, phrase
        assert f"{match[1]} {{vraag}}" in intent["samples"]
        assert match[2] in values
        turn = door.answer(envelope(question(match[2])))["sessionAttributes"]["turn"]
        assert turn["outcome"] == "tip", phrase


def test_the_texts_keep_amazons_limits() -> None:
    found = publishing()["locales"]["nl-NL"]
    assert len(found["summary"]) <= 160
    assert len(found["description"]) <= 4000
    assert len(found["examplePhrases"]) == 3
    assert len(found["keywords"]) == len(set(found["keywords"])) <= 30
    assert len(publishing()["testingInstructions"]) <= 4000
    assert not re.search(r"\balexa\b|officieel", found["name"], re.IGNORECASE)


def test_the_package_has_the_form_that_ask_cli_wants(tmp_path: Path) -> None:
    write_skill_package(ROOT, FULL, tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {
        ".ask/ask-states.json",
        "ask-resources.json",
        "skill-package/skill.json",
        "skill-package/interactionModels/custom/nl-NL.json",
        "skill-package/assets/images/icon-108.png",
        "skill-package/assets/images/icon-512.png",
    }
    resources = json.loads((tmp_path / "ask-resources.json").read_text(encoding="utf-8"))
    assert resources["profiles"]["default"]["skillMetadata"]["src"] == "./skill-package"
    model = (tmp_path / "skill-package/interactionModels/custom/nl-NL.json").read_bytes()
    assert model == (ROOT / "interaction_models" / "nl-NL.json").read_bytes()


def test_only_clips_that_the_manifest_names_are_for_upload(tmp_path: Path) -> None:
    source = tmp_path / "audio" / "clips"
    source.mkdir(parents=True)
    for name in ("named.mp3", "forgotten.mp3"):
        (source / name).write_bytes(b"x")
    (tmp_path / "audio" / "manifest.json").write_text('{"clips": {"a": "named.mp3"}}', encoding="utf-8")
    assert copy_audio(tmp_path, tmp_path / "out") == 1
    assert [path.name for path in (tmp_path / "out" / "audio").rglob("*.mp3")] == ["named.mp3"]


@pytest.mark.parametrize("size", icons.SIZES)
def test_the_icon_is_the_drawing(size: int) -> None:
    width, height, rows = icons.pixels((icons.FOLDER / f"icon-{size}.png").read_bytes())
    assert (width, height) == (size, size)
    if size == min(icons.SIZES):  # the larger takes seconds to draw, and comes from the same lines
        assert rows == icons.pixels(icons.png(size))[2]
    assert (icons.FOLDER / "icon.svg").read_text(encoding="utf-8") == icons.svg()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "deploy.toml").write_text('stack = "one"\nspeech = "audio"\n', encoding="utf-8")
    found = read_configuration(tmp_path, {"STACK": "two", "SPEECH": " "})
    assert (found.stack, found.speech) == ("two", "audio")
    assert found.missing() == ["skill_id", "function_arn", "privacy_url", "terms_url"]
    assert FULL.missing() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"skill_id": "amzn1.ask.skill.mine"},
        {"function_arn": "arn:aws:s3:::bucket"},
        {"privacy_url": "http://example.org/privacy"},
        {"region": "eu-central-1"},
        {"speech": "polly"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_value_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(wrong))):
        Configuration(**wrong)


def test_an_unknown_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "deploy.toml").write_text('skillid = "x"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="skillid"):
        read_configuration(tmp_path, {})


def test_the_file_in_the_repository_names_every_value() -> None:
    given = tomllib.loads((ROOT / "deploy" / "deploy.toml").read_text(encoding="utf-8"))
    assert set(given) == set(Configuration.__dataclass_fields__)
