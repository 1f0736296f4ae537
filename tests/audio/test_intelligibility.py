from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tools.audio.plan import Clip, clips_of
from tools.intelligibility.__main__ import RECORDED, SENTENCES, worse
from tools.intelligibility.recogniser import kept
from tools.intelligibility.report import BEGIN, END, Report, misunderstood_numbers, write_report
from tools.intelligibility.takes import choose, other_takes, told
from tools.intelligibility.words import compare, digits_in, most_misheard, plain_words, rate


@pytest.mark.parametrize(
    ("said", "written", "errors"),
    [
        ("Bel nu één, één, twee.", "Bel nu 1, 1, 2.", 0),
        ("Bel nu één, één, twee.", "bel nu 112", 0),
        ("Nul acht nul nul, twee nul nul nul.", "0800-2000", 0),
        ("Bel één, één, drie.", "Bel 113 en.", 1),
        ("Een kind huilt.", "Een kind huilt", 0),
        ("Een kind huilt.", "een kind", 1),
        ("Troost je kind.", "Trost het je kind", 2),
        ("Alexa-app", "Alexa app", 0),
        ("Ja.", "", 1),
    ],
)
def test_words_are_compared_as_they_are_heard(said: str, written: str, errors: int):
    assert compare(said, written).errors == errors


def test_one_een_is_an_article_and_stays_a_word():
    assert plain_words("Geef een kind één knuffel") == ["geef", "een", "kind", "een", "knuffel"]
    assert digits_in("Bel één, één, twee. Of een ander.") == "112"


def test_rates_are_pooled_and_the_worst_words_counted():
    heard = [compare("het kind huilt", "het kint huilt"), compare("het kind lacht nu", "het kint lacht nu")]
    assert rate(heard).percent == pytest.approx(100 * 2 / 7)
    assert most_misheard(heard, 5) == [("kind", 2, 2, "kint")]


def test_numbers_that_were_not_understood_are_named():
    heard = {"a": compare("Bel één, één, twee.", "Bel 112."), "b": compare("Bel één, één, drie.", "Bel 1 en 3.")}
    assert misunderstood_numbers(heard) == ["b"]


def test_what_was_heard_once_is_kept_by_its_name(tmp_path: Path):
    heard: list[str] = []

    def listen() -> str:
        heard.append("once")
        return "het kind"

    folder = tmp_path / "heard"
    assert [kept(folder, "a.txt", listen) for _ in range(2)] == ["het kind", "het kind"]
    assert (heard, [path.name for path in folder.iterdir()]) == (["once"], ["a.txt"])
    kept(folder, "b.txt", listen)
    kept(None, "a.txt", listen)
    assert len(heard) == 3


def test_the_report_stands_between_its_marks_and_keeps_what_was_not_measured(tmp_path: Path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\n{END}\nafter\n")
    heard = [compare("het kind", "het kint")]
    write_report(path, Report({("espeak", "held_out"): heard}, {}))
    write_report(path, Report({("mbrola", "held_out"): heard}, {}))
    understood, lost = compare("Bel één, één, drie.", "Bel 113."), compare("Bel één, één, drie.", "Bel 13.")
    clips = {
        ("kokoro", "normal"): {"tip.x.1": heard[0], "end.1": understood},
        ("kokoro", "slow"): {"end.1": lost, "end.2": understood},
    }
    write_report(path, Report({}, clips))
    text = path.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| espeak | 50.0 %" in text
    assert "| mbrola | 50.0 %" in text
    assert text.count("| engine |") == 1
    assert "Clips by kokoro, normal pace: 16.7 % (1 of 6 words in 2 clips)" in text
    assert "digit for digit, normal pace: 1 of 1 clips." in text
    assert "digit for digit, slower pace: 1 of 2 clips (not: end.1)." in text
    assert "chosen by this recogniser" in text


def test_the_first_take_that_is_understood_is_chosen_and_the_rest_is_told():
    clips = clips_of({"a": "Bel 113.", "b": "Bel 0800-0432.", "c": "Bel niet.", "d": "Bel 112."})
    asked: list[tuple[str, str, int]] = []

    def write(clip: Clip) -> str:
        asked.append((clip.key, clip.pace, clip.take))
        if clip.key == "b":
            return "Bel 0800, 0432" if clip.pace == "normal" and clip.take >= 3 else "Bel 080 0432"
        return "Bel 1 en 2" if clip.key == "d" else "Bel 113"

    choices = choose(clips, write)
    assert other_takes(choices) == {("b", "normal"): 3}
    assert [take for key, pace, take in asked if (key, pace) == ("b", "normal")] == [1, 2, 3]
    assert not any(key == "c" for key, _, _ in asked)
    lines = told(choices)
    assert lines[0] == "normal: 1 of 3 understood at the first take, 2 at some take"
    assert any(line.startswith("  d: take none;") and line.endswith("Bel 1 en 2") for line in lines)


def test_three_points_more_than_recorded_are_worse():
    heard = [compare("a b c d e f g h i j", "a b c d e f g h i x")]
    report = Report({("kokoro", "held_out"): heard}, {})
    assert worse(report, {"kokoro": {"held_out": 7.0}}) == []
    assert len(worse(report, {"kokoro": {"held_out": 6.9}})) == 1
    assert worse(report, {}) == []


def test_the_two_sets_of_sentences_are_apart_and_the_shipped_voice_is_within_its_aim():
    fixed = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    assert not set(fixed["tuned"]) & set(fixed["held_out"])
    assert len(fixed["held_out"]) >= 24
    recorded = tomllib.loads(RECORDED.read_text(encoding="utf-8"))
    assert recorded["kokoro"]["held_out"] <= 25.0
