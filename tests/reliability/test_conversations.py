"""Any conversation: random walks of fifty turns against a model of what must hold (`tools/soak/walk.py`).

The same model is walked by Hypothesis, which shortens what fails, and by words through the whole skill.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from simulator.ears import load_ears
from simulator.session import Session
from skill.alexa.door import open_door
from skill.content.library import Content, load_content
from skill.conversation.controls import CONTROLS
from skill.settings import Settings
from skill.understanding import NOTHING, Understanding
from tools.soak.hostile import TEXTS
from tools.soak.judge import Judge, NotGoodError
from tools.soak.walk import Walk

CONTENT: Content = load_content()
SECTIONS = st.sampled_from(sorted(CONTENT.sections))
RANKINGS = st.permutations(sorted(CONTENT.sections)).map(lambda order: tuple((section, 0.3) for section in order[:3]))
LEADS = st.sampled_from([None, "yes", "no"])


def test_walks() -> None:
    walk = Walk(CONTENT, seed=3)
    for _ in range(60):
        walk.conversation()


@pytest.mark.all
def test_thousands_of_walks() -> None:
    walk = Walk(CONTENT, seed=4)
    for _ in range(2_000):
        walk.conversation()


class Conversation(RuleBasedStateMachine):
    """The walk, with Hypothesis choosing the way."""

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk(CONTENT, seed=0)

    @rule(control=st.sampled_from(sorted(CONTROLS)))
    def steer(self, control: str) -> None:
        self.walk.turn(Understanding(control=control))

    @rule(answer=st.sampled_from(["yes", "no"]))
    def answer(self, answer: str) -> None:
        self.walk.turn(Understanding(control=answer))

    @rule(section=SECTIONS, lead=LEADS, age=st.none() | st.integers(0, 1200))
    def name(self, section: str, lead: str | None, age: int | None) -> None:
        ranking = ((section, 0.99),)
        self.walk.turn(Understanding(named=section, lead=lead, verdict="tip", ranking=ranking, age_months=age))

    @rule(ranking=RANKINGS, lead=LEADS, verdict=st.sampled_from(["tip", "choice", "out_of_scope", "not_understood"]))
    def ask(self, ranking: Any, lead: str | None, verdict: str) -> None:
        self.walk.turn(Understanding(verdict=verdict, lead=lead, ranking=ranking))

    @rule(kind=st.sampled_from(sorted(CONTENT.dangers)), certain=st.booleans(), lead=LEADS, ranking=RANKINGS)
    def endanger(self, kind: str, certain: bool, lead: str | None, ranking: Any) -> None:
        self.walk.turn(Understanding(danger=kind, danger_certain=certain, lead=lead, verdict="tip", ranking=ranking))

    @rule(remark=st.sampled_from(["foreign", "rude", "child", None]))
    def mumble(self, remark: str | None) -> None:
        self.walk.turn(Understanding(remark=remark) if remark else NOTHING)


class TestConversation(Conversation.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(
        max_examples=25,
        stateful_step_count=50,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@cache
def spoken() -> list[str]:
    """What can be said: every control phrase, every name, words of the hostile kind."""
    return [*CONTENT.controls, *CONTENT.names, *(text for text in TEXTS if len(text) < 200 and text.isprintable())]


@pytest.mark.parametrize("seed", range(4))
def test_by_words_through_the_whole_skill(seed: int) -> None:
    walk, judge = Walk(CONTENT, seed), Judge()

    class Judged:
        door = open_door(Settings(skill_id=None))

        def answer(self, event: Any) -> dict[str, Any]:
            answered = self.door.answer(event)
            judge.check(event, answered)
            return answered

    session = Session(Judged(), load_ears(), screen=seed % 2 == 1)
    for _ in range(50):
        if not session.is_open:
            session.launch()
        session.say(walk.random.choice(spoken()))


def test_the_model_notices_what_must_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rule of the model, broken once: a model that never says no would prove nothing."""
    card = Understanding(control="card")
    for place, replacement, heard in (
        ("skill.conversation.endings.stop", "thanked_open", Understanding(control="stop")),
        ("skill.conversation.cards.request_card", "careless", card),
    ):
        with monkeypatch.context() as patch:
            walk = Walk(CONTENT, seed=1)
            walk.turn(Understanding(danger="geweld", danger_certain=True))
            _break(patch, place, replacement)
            with pytest.raises(NotGoodError):
                walk.turn(heard)


def _break(patch: pytest.MonkeyPatch, place: str, how: str) -> None:
    from skill.conversation import cards, controls, tips

    broken = {
        "thanked_open": lambda scene: tips.list_topics(scene, 0),
        "careless": lambda scene: cards.send(scene, "algemeen"),
    }[how]
    name = {"skill.conversation.endings.stop": "stop", "skill.conversation.cards.request_card": "card"}[place]
    patch.setitem(controls.CONTROLS, name, broken)  # type: ignore[arg-type]
