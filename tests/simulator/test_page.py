"""The page's interface to conversations: what a browser gets of a turn, undo, files of conversations, and edited content."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from simulator.doors import HttpDoor
from simulator.page.dialogue import read_dialogue
from simulator.page.studio import MOST_CHARACTERS, MOST_CONVERSATIONS
from tests.simulator.pages import ADDRESS, Visitor, clips_for, content_copy, heard, studio_of
from tests.simulator.stand_ins import Skill
from tests.test_dialogues import EXPECTED, STEPS

DIALOGUES = Path(__file__).parents[1] / "dialogues"


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return Visitor(studio_of(tmp_path))


def test_words_open_the_skill_first(visitor: Visitor) -> None:
    launch, tip = visitor.take("say", "mijn baby huilt steeds")
    assert (launch["kind"], tip["kind"]) == ("launch", "say")
    assert heard(tip).startswith("Over troosten.")
    assert tip["asks"] and tip["said"][-1]["sentences"][-1].endswith("?")
    assert tip["why"]["ranking"][0][0] == "troosten"
    assert tip["slot"]["value"] == "mijn baby huilt steeds"
    assert tip["attributes"]["pending"]["section"] == "troosten"


def test_the_sentences_are_those_of_the_content_key_by_key(visitor: Visitor) -> None:
    tip = visitor.say("mijn baby huilt steeds")
    assert [part["key"] for part in tip["said"]] == tip["attributes"]["turn"]["keys"]
    slow = visitor.say("langzamer")
    assert [part["key"] for part in slow["said"]] == slow["attributes"]["turn"]["keys"]
    assert all(part["slow"] for part in slow["said"])


def test_a_card_arrives(visitor: Visitor) -> None:
    assert visitor.say("stuur de kaart")["card"]["title"] == "Hulp en advies voor ouders"


def test_silence_brings_the_question_again_and_then_the_end(visitor: Visitor) -> None:
    visitor.take("launch")
    (again,) = visitor.take("silence")
    assert again["open"] and heard(again).startswith("Zeg bijvoorbeeld")
    (end,) = visitor.take("silence")
    assert not end["open"] and end["said"] == []


def test_commands_of_the_terminal_work_here_too(visitor: Visitor) -> None:
    visitor.take("launch")
    assert visitor.take("say", ":stil")[0]["kind"] == "silence"
    assert visitor.take("say", ":intent AMAZON.FallbackIntent")[0]["record"]["outcome"] == "not_understood"
    assert visitor.take("say", ":touch troosten", device="show")[0]["record"]["section"] == "troosten"


def test_a_screen_only_on_a_device_with_one(visitor: Visitor) -> None:
    assert visitor.say("mijn baby huilt steeds")["screen"] is None
    shown = visitor.say("mijn kind huilt", device="round")
    assert shown["screen"]["datasources"]["screen"]["title"] == "Troosten"
    assert shown["request"]["context"]["Viewport"]["shape"] == "ROUND"
    (touched,) = visitor.take("touch", "spelen", device="show")
    assert touched["record"]["section"] == "spelen"


def test_undo_takes_the_turn_and_what_alexa_kept_back(visitor: Visitor) -> None:
    tip = visitor.say("mijn baby huilt steeds")
    more = visitor.say("ja")
    assert visitor.post(f"/api/conversations/{visitor.name}/undo") == {"left": 2, "open": True}
    again = visitor.say("ja")
    assert heard(again) == heard(more) != heard(tip)


def test_restart_forgets(visitor: Visitor) -> None:
    visitor.say("mijn baby huilt steeds", "langzamer")
    visitor.post(f"/api/conversations/{visitor.name}/restart")
    assert [turn["kind"] for turn in visitor.take("say", "troosten")] == ["launch", "say"]


def test_a_fault_inside_the_skill_is_a_calm_sentence(visitor: Visitor) -> None:
    visitor.take("launch")
    turn = visitor.say("mijn baby huilt steeds", broken=True)
    assert heard(turn).startswith("Er ging iets mis bij mij.")
    assert not turn["open"]
    assert heard(visitor.say("mijn baby huilt steeds")).startswith("Over troosten.")


def test_a_slow_network_waits(tmp_path: Path) -> None:
    waited: list[float] = []
    studio = studio_of(tmp_path)
    studio._sleep = waited.append
    Visitor(studio).take("launch", slow=True)
    assert waited == [3.0]


def test_clips_are_offered_while_they_say_the_text(tmp_path: Path) -> None:
    root = content_copy(tmp_path)
    folder = clips_for(tmp_path / "audio", "tip.troosten.1", "follow_up.troosten")
    visitor = Visitor(studio_of(folder, root))
    tip = visitor.say("mijn baby huilt steeds")
    assert [bool(part["clip"]) for part in tip["said"]] == [True, True]
    file = tip["said"][0]["clip"]["file"]
    answer = visitor.client.get(f"/audio/{file}", base_url=ADDRESS)
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    edit(root / "tips" / "troosten.toml", "Over troosten.", "Over het troosten.")
    assert visitor.say("mijn baby huilt steeds")["said"][0]["clip"] is None, "another text than the clip says"


def test_recordings_in_the_place_of_text(tmp_path: Path) -> None:
    visitor = Visitor(studio_of(clips_for(tmp_path / "audio", "tip.troosten.1", "follow_up.troosten")))
    visitor.take("launch", voice="clips")
    tip = visitor.say("mijn baby huilt steeds", voice="clips")
    assert tip["response"]["response"]["outputSpeech"]["ssml"].count("<audio") == 2
    assert heard(tip).startswith("Over troosten.")
    assert tip["record"]["speech"] == heard(tip)
    assert "<audio" not in tip["response"]["response"]["reprompt"]["outputSpeech"]["ssml"]


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_an_edit_is_heard_on_the_next_turn_and_a_mistake_is_told(tmp_path: Path) -> None:
    root = content_copy(tmp_path)
    visitor = Visitor(studio_of(tmp_path, root))
    visitor.say("mijn baby huilt steeds")
    tip = root / "tips" / "troosten.toml"
    edit(tip, "Over troosten.", "Over het troosten.")
    assert heard(visitor.say("mijn baby huilt steeds")).startswith("Over het troosten.")
    good = tip.read_text(encoding="utf-8")
    line = next(number for number, text in enumerate(good.splitlines(), 1) if text.startswith("title"))
    edit(tip, 'title = "Troosten"', "title = Troosten")
    assert heard(visitor.say("mijn baby huilt steeds")).startswith("Over het troosten."), "the last good content"
    (mistake,) = visitor.get("/api/news")["mistakes"]
    assert (mistake["file"], mistake["line"]) == ("skill/content/tips/troosten.toml", line)
    tip.write_text(good, encoding="utf-8")
    assert visitor.get("/api/news")["mistakes"] == []


def test_a_finding_of_the_checks_has_its_line(tmp_path: Path) -> None:
    root = content_copy(tmp_path)
    edit(root / "prompts.toml", '"Goed. Tot een andere keer."', '"Goed. Tot 2 keer."')
    visitor = Visitor(studio_of(tmp_path, root))
    edit(root / "prompts.toml", "Goed. Tot 2 keer.", "Goed. Tot 3 keer.")
    mistakes = visitor.get("/api/news")["mistakes"]
    assert mistakes
    lines = (root / "prompts.toml").read_text(encoding="utf-8").splitlines()
    assert "Tot 3 keer." in lines[mistakes[0]["line"] - 1]


def test_a_conversation_becomes_a_file_that_the_tests_read(visitor: Visitor) -> None:
    visitor.say("mijn baby huilt: steeds #1", "ja", "nee")
    visitor.take("silence")
    visitor.take("touch", "spelen", device="show")
    visitor.say(":intent AMAZON.HelpIntent")
    text = visitor.post(f"/api/conversations/{visitor.name}/dialogue", name="één: 'twee' \"drie\"")
    saved = yaml.safe_load(text)
    assert saved["name"] == "één: 'twee' \"drie\""
    assert all(set(step) <= STEPS | EXPECTED for step in saved["steps"])
    assert "mijn baby huilt: steeds #1" in [step.get("say") for step in saved["steps"]]
    assert any(step.get("intent") == "AMAZON.HelpIntent" for step in saved["steps"])
    assert visitor.post("/api/replay", text=text)["different"] == 0


def test_a_difference_shows_what_was_said_then_and_now(visitor: Visitor) -> None:
    visitor.say("mijn baby huilt steeds")
    text = visitor.post(f"/api/conversations/{visitor.name}/dialogue", name="x")
    other = text.replace("# Alexa: Over troosten.", "# Alexa: Over huilen.").replace(
        "section: troosten", "section: spelen"
    )
    played = visitor.post("/api/replay", text=other)
    assert played["different"] == 1
    differences = {entry["what"]: (entry["then"], entry["now"]) for entry in played["steps"][-1]["differences"]}
    assert differences["section"] == ("spelen", "troosten")
    assert differences["speech"][0].startswith("Over huilen.")
    assert differences["speech"][1].startswith("Over troosten.")


@pytest.mark.parametrize("path", sorted(DIALOGUES.glob("*.yaml"))[::4], ids=lambda path: path.stem)
def test_the_dialogues_of_the_repository_play_without_a_difference(visitor: Visitor, path: Path) -> None:
    assert visitor.post("/api/replay", text=path.read_text(encoding="utf-8"))["different"] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "geen geldige YAML"),
        ("just text", "geen stappen"),
        ("steps: []", "geen stappen"),
        ("steps: [{zeg: hallo}]", "stap 1"),
        ("steps: [{}, {say: 3}]", "stap 2"),
        ("steps: [" + "{}," * 101 + "]", "meer dan 100"),
        ("x: " + "y" * 200_001, "groter dan"),
        ("!!python/object/apply:os.system ['true']", "geen geldige YAML"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_dialogue_is_told(visitor: Visitor, text: str, told: str) -> None:
    response = visitor.client.post("/api/replay", json={"text": text}, headers={"Origin": ADDRESS}, base_url=ADDRESS)
    assert response.status_code == 422
    assert told in response.get_json()["error"]


def test_a_saved_file_tells_what_alexa_said() -> None:
    _, steps, said = read_dialogue('steps:\n  - open: true\n    # Alexa: Welkom.\n  - say: "ja"\n')
    assert (len(steps), said) == (2, ["Welkom.", None])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "zing"},
        {"kind": "say", "value": 3},
        {"kind": "say", "value": "x" * (MOST_CHARACTERS + 1)},
        {"kind": "say", "value": "x", "device": "oven"},
        {"kind": "say", "value": "x", "device": []},
    ],
    ids=str,
)
def test_what_the_page_would_never_send_is_refused(visitor: Visitor, fields: dict[str, object]) -> None:
    path = f"/api/conversations/{visitor.name}/turns"
    assert visitor.client.post(path, json=fields, headers={"Origin": ADDRESS}, base_url=ADDRESS).status_code == 400


def test_a_conversation_that_is_gone_is_told(tmp_path: Path) -> None:
    studio = studio_of(tmp_path)
    visitor = Visitor(studio)
    for _ in range(MOST_CONVERSATIONS):
        studio.open()
    path = f"/api/conversations/{visitor.name}/undo"
    response = visitor.client.post(path, json={}, headers={"Origin": ADDRESS}, base_url=ADDRESS)
    assert response.status_code == 404
    assert response.get_json()["gone"] is True


def test_suggestions_of_every_section(visitor: Visitor) -> None:
    tried = visitor.get("/api/about")["try"]
    assert tried["launch"] == "band met mijn kind"
    assert len(tried["sections"]) == 14
    assert all(len(section["examples"]) == 3 for section in tried["sections"])
    assert "ja" in tried["controls"]["yes"]


def test_a_skill_elsewhere_is_driven_through_its_own_door(tmp_path: Path) -> None:
    visitor = Visitor(studio_of(tmp_path, elsewhere=Skill()))
    turn = visitor.say("mijn baby huilt steeds", broken=True, voice="clips")
    assert turn["record"]["outcome"] == "tip"
    assert [part["clip"] for part in turn["said"]] == [None] * len(turn["said"])
    assert visitor.say("ja")["card"]["title"] == "Hulp"


def test_a_skill_elsewhere_that_does_not_answer_is_told(tmp_path: Path) -> None:
    visitor = Visitor(studio_of(tmp_path, elsewhere=HttpDoor("http://127.0.0.1:9")))
    path = f"/api/conversations/{visitor.name}/turns"
    response = visitor.client.post(path, json={"kind": "launch"}, headers={"Origin": ADDRESS}, base_url=ADDRESS)
    assert response.status_code == 422
    assert "niet te bereiken" in response.get_json()["error"]
    assert visitor.get("/api/about")["elsewhere"] == "http://127.0.0.1:9/alexa"
