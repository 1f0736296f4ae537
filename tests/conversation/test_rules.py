"""The conversation's rules as pure functions: every control in every pending question, and what must always hold."""

from __future__ import annotations

from itertools import product

import pytest

from skill.alexa.limits import REPLY_CHARACTERS, REPLY_WORDS
from skill.content.library import Content, load_content
from skill.conversation import Pending, Question, Reply, State, launch, read_state, respond
from skill.conversation.controls import CONTROLS
from skill.understanding import NOTHING, Understanding

CONTENT: Content = load_content()

QUESTIONS: dict[str, Question | None] = {
    "nothing": None,
    "open": Question(Pending.OPEN),
    "else": Question(Pending.ELSE),
    "instead": Question(Pending.INSTEAD),
    "topics": Question(Pending.TOPICS, page=3),
    "more": Question(Pending.MORE, section="troosten"),
    "neighbour": Question(Pending.NEIGHBOUR, section="gevoelens"),
    "choice": Question(Pending.CHOICE, section="ouder-worden", other="geen-contact"),
    "confirm": Question(Pending.CONFIRM, section="geen-band"),
    "card": Question(Pending.CARD, section="geen-band"),
    "danger": Question(Pending.DANGER, section="troosten", danger="geweld"),
    "number": Question(Pending.NUMBER, danger="zelfdoding"),
    "screen": Question(Pending.SCREEN, danger="geweld"),
}


def topic(section: str) -> Understanding:
    return Understanding(named=section, verdict="tip", ranking=((section, 0.99),), confidence="high")


def danger(kind: str, *, certain: bool) -> Understanding:
    return Understanding(danger=kind, danger_certain=certain)


HEARD = {name: Understanding(control=name) for name in CONTROLS}
HEARD |= {f"tip {section}": topic(section) for section in CONTENT.sections}
HEARD |= {f"danger {kind}": danger(kind, certain=True) for kind in CONTENT.dangers}
HEARD |= {f"doubt {kind}": danger(kind, certain=False) for kind in CONTENT.dangers}
HEARD |= {"nothing": NOTHING}

ALL_TURNS = list(product(QUESTIONS, HEARD))


def state_with(question: Question | None, **changes: object) -> State:
    alarm = question.danger if question else None
    return State(pending=question, section="troosten", last=("tip.troosten.1",), turns=3, alarm=alarm).with_(**changes)


def words(reply: Reply) -> int:
    return sum(len(CONTENT.text(key).split()) for key in reply.keys)


@pytest.mark.parametrize(("pending", "heard"), ALL_TURNS, ids=lambda value: str(value).replace(" ", "-"))
def test_every_turn_ends_in_one_question_or_none_and_fits_a_breath_or_two(pending: str, heard: str) -> None:
    for turn in range(3):
        for age in (None, 6, 170):
            reply, state = respond(HEARD[heard], state_with(QUESTIONS[pending], turns=turn, age_months=age), CONTENT)
            asked = [key for key in reply.keys if CONTENT.text(key).endswith("?")]
            assert asked == ([reply.question] if reply.question else [])
            assert (reply.question is None) == (reply.reprompt is None) == (state.pending is None)
            assert 1 <= len(reply.content) <= 4
            assert words(reply) <= REPLY_WORDS
            assert len(" ".join(map(CONTENT.text, reply.keys))) <= REPLY_CHARACTERS
            if reply.reprompt:
                spoken, reprompt = " ".join(map(CONTENT.text, reply.keys)), CONTENT.text(reply.reprompt)
                assert len(reprompt) < len(spoken)
                assert reprompt != CONTENT.text(str(reply.question))


@pytest.mark.parametrize("alarm", CONTENT.dangers)
@pytest.mark.parametrize("control", ["help", "repeat", "slower", "faster", "no", "later", "thanks", "card"])
def test_with_an_earlier_danger_every_question_still_fits_a_breath_or_two(alarm: str, control: str) -> None:
    longest = Question(
        Pending.CHOICE,
        section=max(CONTENT.sections, key=lambda one: len(CONTENT.text(CONTENT.sections[one].choice_first))),
        other=max(CONTENT.sections, key=lambda one: len(CONTENT.text(CONTENT.sections[one].choice_second))),
    )
    for question, turns in product([longest, *filter(None, QUESTIONS.values())], range(3)):
        state = state_with(question, alarm=alarm, care=alarm, last=(f"danger.{alarm}",), turns=turns)
        reply, _ = respond(HEARD[control], state, CONTENT)
        assert words(reply) <= REPLY_WORDS, reply.keys
        assert len(" ".join(map(CONTENT.text, reply.keys))) <= REPLY_CHARACTERS, reply.keys


@pytest.mark.parametrize("heard", [name for name in HEARD if name.startswith("danger ")])
@pytest.mark.parametrize("pending", QUESTIONS)
def test_danger_interrupts_every_question(pending: str, heard: str) -> None:
    reply, _ = respond(HEARD[heard], state_with(QUESTIONS[pending]), CONTENT)
    assert reply.outcome == "crisis"
    assert reply.card is None
    assert reply.content[0] == f"danger.{heard.removeprefix('danger ')}"


@pytest.mark.parametrize(("pending", "heard"), ALL_TURNS, ids=lambda value: str(value).replace(" ", "-"))
def test_a_card_only_after_a_yes_or_a_request(pending: str, heard: str) -> None:
    reply, _ = respond(HEARD[heard], state_with(QUESTIONS[pending]), CONTENT)
    if reply.card is not None:
        offered = heard == "yes" and pending == "card"
        alone_with_the_app = heard == "no" and pending == "screen"
        requested = heard == "card" and (QUESTIONS[pending] is None or QUESTIONS[pending].danger != "geweld")
        assert offered or alone_with_the_app or requested


@pytest.mark.parametrize("pending", QUESTIONS)
@pytest.mark.parametrize("control", ["repeat", "slower", "faster", "help"])
def test_repeat_pace_and_help_keep_the_pending_question(pending: str, control: str) -> None:
    question = QUESTIONS[pending]
    reply, state = respond(HEARD[control], state_with(question), CONTENT)
    assert state.pending == (question or Question(Pending.OPEN))
    if control == "repeat":
        assert reply.content[:1] == ("tip.troosten.1",)


@pytest.mark.parametrize("pending", QUESTIONS)
def test_yes_after_a_repeat_a_help_and_nonsense_still_answers_the_same_question(pending: str) -> None:
    question = QUESTIONS[pending]
    direct, _ = respond(HEARD["yes"], state_with(question, turns=6), CONTENT)
    state = state_with(question, turns=3)
    for name in ("repeat", "help", "nothing"):
        _, state = respond(HEARD[name], state, CONTENT)
    later, _ = respond(HEARD["yes"], state, CONTENT)
    if question is not None:
        assert (later.outcome, later.section, later.card, later.content[0]) == (
            direct.outcome,
            direct.section,
            direct.card,
            direct.content[0],
        )


def test_yes_and_no_with_nothing_pending_ask_back() -> None:
    for name in ("yes", "no", "first", "second", "neither", "later"):
        reply, state = respond(HEARD[name], State(), CONTENT)
        assert reply.outcome == "not_understood"
        assert state.pending == Question(Pending.OPEN)


@pytest.mark.parametrize("control", ["stop", "cancel", "home", "thanks", "wait"])
@pytest.mark.parametrize("pending", QUESTIONS)
def test_stop_and_thanks_always_end(pending: str, control: str) -> None:
    reply, state = respond(HEARD[control], state_with(QUESTIONS[pending]), CONTENT)
    assert not reply.stays_open
    assert state.pending is None


def test_life_in_danger_never_asks_not_even_when_repeated() -> None:
    _, state = respond(danger("levensgevaar", certain=True), State(), CONTENT)
    reply, _ = respond(HEARD["repeat"], state, CONTENT)
    assert reply.content == ("danger.levensgevaar",)
    assert not reply.stays_open


def test_the_calm_question_names_the_alarm_number_in_its_reprompt() -> None:
    reply, state = respond(danger("geweld", certain=False), State(), CONTENT)
    assert reply.outcome == "safety_check"
    assert "één, één, twee" in CONTENT.text(str(reply.reprompt))
    yes, _ = respond(HEARD["yes"], state, CONTENT)
    assert yes.content == ("danger.geweld",)
    no, _ = respond(HEARD["no"], state, CONTENT)
    assert no.content[0].startswith("help_line")


def test_the_calm_question_remembers_the_section_for_a_no() -> None:
    doubtful = danger("geweld", certain=False)._replace(verdict="tip", ranking=(("troosten", 0.9),))
    _, state = respond(doubtful, State(), CONTENT)
    reply, _ = respond(HEARD["no"], state, CONTENT)
    assert reply.section == "troosten"
    assert reply.content[0] == "tip.troosten.1"
    assert reply.content[1].startswith("help_line")


def test_after_the_calm_question_a_worry_is_not_told_twice_to_see_the_doctor() -> None:
    doubtful = danger("geweld", certain=False)._replace(verdict="tip", ranking=(("geen-band", 0.9),))
    _, state = respond(doubtful, State(), CONTENT)
    reply, _ = respond(HEARD["no"], state, CONTENT)
    assert reply.content == ("tip.geen-band.1",)


@pytest.mark.parametrize("pending", ["danger", "number", "screen"])
@pytest.mark.parametrize(
    "heard", [Understanding(verdict="out_of_scope"), Understanding(remark="rude"), NOTHING], ids=["off", "rude", "none"]
)
def test_a_weighty_question_is_not_lost_on_other_words(pending: str, heard: Understanding) -> None:
    reply, state = respond(heard, state_with(QUESTIONS[pending]), CONTENT)
    assert state.pending == QUESTIONS[pending]
    assert reply.outcome == "not_understood"


def test_later_is_no_leave_to_send_the_card_after_violence() -> None:
    reply, _ = respond(HEARD["later"], state_with(QUESTIONS["screen"]), CONTENT)
    assert reply.card is None
    assert "number.geweld" in reply.content


@pytest.mark.parametrize("kind", [kind for kind, found in CONTENT.dangers.items() if not found.ends])
def test_after_a_danger_the_number_is_the_last_word_and_part_of_help(kind: str) -> None:
    _, state = respond(danger(kind, certain=True), State(), CONTENT)
    helped, _ = respond(HEARD["help"], state, CONTENT)
    assert f"number.{kind}" in helped.content
    thanked, _ = respond(HEARD["thanks"], state, CONTENT)
    assert thanked.content[-1] == f"number.{kind}"
    for _ in range(3):
        reply, state = respond(HEARD["no"], state, CONTENT)
        if not reply.stays_open and reply.card is None:
            assert reply.content[-1] == f"number.{kind}"
            break


def test_what_is_not_on_the_page_is_sent_to_where_children_of_that_age_belong() -> None:
    young, _ = respond(Understanding(verdict="out_of_scope", age_months=6), State(), CONTENT)
    older, _ = respond(Understanding(verdict="out_of_scope", age_months=150), State(), CONTENT)
    assert "consultatiebureau" in CONTENT.text(young.content[0])
    assert "wijkteam" in CONTENT.text(older.content[0])


def test_a_refusal_in_doubt_offers_the_nearest_section() -> None:
    nearest = (("troosten", 0.3), ("gevoelens", 0.1))
    doubtful, state = respond(Understanding(verdict="out_of_scope", ranking=nearest), State(), CONTENT)
    assert (doubtful.outcome, state.pending) == ("out_of_scope", Question(Pending.NEIGHBOUR, section="troosten"))
    assert respond(HEARD["yes"], state, CONTENT).reply.section == "troosten"
    sure = Understanding(verdict="out_of_scope", ranking=nearest, confidence="high")
    assert respond(sure, State(), CONTENT).state.pending == Question(Pending.INSTEAD)


def test_after_violence_a_card_waits_for_who_sees_the_app_also_when_asked_for_directly() -> None:
    _, state = respond(danger("geweld", certain=True), State(), CONTENT)
    reply, state = respond(HEARD["card"], state, CONTENT)
    assert reply.card is None
    assert state.pending == Question(Pending.SCREEN, danger="geweld")
    seen, _ = respond(HEARD["yes"], state, CONTENT)
    assert seen.card is None
    assert "number.geweld" in seen.content
    alone, _ = respond(HEARD["no"], state, CONTENT)
    assert alone.card == "veilig-thuis"


def test_a_child_never_gets_a_card() -> None:
    _, state = respond(danger("kind-spreekt", certain=True), State(), CONTENT)
    for name in ("yes", "card", "yes", "card"):
        reply, state = respond(HEARD[name], state, CONTENT)
        assert reply.card is None


@pytest.mark.parametrize("later", [kind for kind in CONTENT.dangers if not CONTENT.dangers[kind].ends])
@pytest.mark.parametrize("words", ["card", "yes"])
def test_another_danger_later_does_not_take_away_the_care_of_an_earlier_one(later: str, words: str) -> None:
    for first, cared in (("geweld", Pending.SCREEN), ("kind-spreekt", None)):
        _, state = respond(danger(first, certain=True), State(), CONTENT)
        _, state = respond(danger(later, certain=True), state, CONTENT)
        _, state = respond(HEARD["no"], state, CONTENT)
        reply, state = respond(HEARD[words], read_state(state.to_attributes(), CONTENT), CONTENT)
        assert reply.card is None
        if words == "card" and "kind-spreekt" not in (first, later):
            assert state.pending is not None
            assert state.pending.kind is cared
            alone, _ = respond(HEARD["no"], state, CONTENT)
            assert alone.card == (CONTENT.dangers[later].card or "algemeen")


def test_an_answer_for_young_children_says_so_when_the_child_is_older_and_the_other_way_round() -> None:
    for section in CONTENT.sections.values():
        for age, audience, remark in ((14 * 12, "young", "age_tip_for_young"), (6, "older", "age_tip_for_older")):
            heard = topic(section.id)._replace(age_months=age)
            reply, state = respond(heard, State(), CONTENT)
            said = any(key.startswith(remark) for key in reply.content)
            assert said == (section.audience == audience)
            if said and section.kind == "tip":
                assert state.pending == Question(Pending.NEIGHBOUR, section=section.other_age)
                assert CONTENT.sections[str(section.other_age)].audience != audience


@pytest.mark.parametrize(
    ("age", "young", "older"), [(47, True, False), (48, False, False), (119, False, False), (120, False, True)]
)
def test_up_to_three_years_is_young_and_from_ten_is_older(age: int, young: bool, older: bool) -> None:
    troosten, _ = respond(topic("troosten")._replace(age_months=age), State(), CONTENT)
    knuffelen, _ = respond(topic("knuffelen")._replace(age_months=age), State(), CONTENT)
    assert any(key.startswith("age_") for key in troosten.content) == older
    assert any(key.startswith("age_") for key in knuffelen.content) == young


def test_the_topic_stands_in_the_first_words() -> None:
    for section in CONTENT.tips():
        assert CONTENT.text(section.pieces[0]).lower().startswith("over ")


def test_launch_opens_with_the_source_and_an_example() -> None:
    reply, state = launch(CONTENT)
    assert "Nederlands Jeugdinstituut" in CONTENT.text(reply.content[0])
    assert state.pending == Question(Pending.OPEN)
    assert reply.elicit


def test_state_survives_the_way_through_session_attributes() -> None:
    for question in QUESTIONS.values():
        state = state_with(
            question, heard=("troosten", "spelen"), age_months=0, slow=True, card_offered=True, page=2, piece=1
        )
        assert read_state(state.to_attributes(), CONTENT) == state


@pytest.mark.parametrize(
    "attributes",
    [
        None,
        [],
        {"v": 0, "section": "troosten"},
        {"v": 1, "pending": {"kind": "more"}},
        {"v": 1, "pending": {"kind": "choice", "section": "troosten"}},
        {
            "v": 1,
            "pending": {"kind": ["more"], "section": {}},
            "turns": "x",
            "heard": {"a": 1},
            "last": ["nope", 3],
            "misses": -4,
        },
        {
            "v": 1,
            "pending": {"kind": "number", "danger": "unknown"},
            "age_months": -1,
            "alarm": 5,
            "page": 10**9,
            "turns": 10**30,
        },
    ],
)
def test_tampered_attributes_fall_back_to_a_fresh_start(attributes: object) -> None:
    state = read_state(attributes, CONTENT)
    assert state.pending is None
    for heard in HEARD.values():
        respond(heard, state, CONTENT)


def test_the_state_never_grows_beyond_what_the_page_holds() -> None:
    state = State()
    for section in [*CONTENT.sections, *CONTENT.sections]:
        _, state = respond(topic(section), state, CONTENT)
    assert len(state.heard) == len(CONTENT.sections)
