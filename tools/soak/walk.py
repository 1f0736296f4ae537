"""Random conversations against a model of what must hold.

The model knows nothing of the state machine but what goes out of it: what was said (content keys), and whether it waits. From
that alone it works out what was asked, and so what a "ja" may mean. Every turn goes through session attributes as JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

from skill.alexa.limits import REPLY_CHARACTERS, REPLY_WORDS
from skill.content.library import Content
from skill.conversation import Reply, State, launch, read_state, respond
from skill.conversation.controls import CONTROLS
from skill.understanding import NOTHING, Understanding
from tools.soak.judge import MOST_ATTRIBUTE_BYTES, demand

TURNS = 50
ENDING = frozenset({"stop", "cancel", "home", "thanks", "wait"})
KEEPING = frozenset({"repeat", "slower", "faster", "help"})
# Keys of what is told, and with the lists what "herhaal" says again; what else is said leads to it or asks.
TOLD = ("tip.", "danger.", "number.", "sent.", "source.")
REPEATED = (*TOLD, "topics_", "cannot_call")
# The families of questions, by what a yes to them may do.
ASKED = {
    "ask_card": "card",
    "ask_danger": "danger",
    "ask_number": "number",
    "ask_screen": "screen",
    "ask_topics": "topics",
    "ask_instead": "instead",
    "ask_open": "open",
    "ask_else": "else",
    "ask_more": "more",
    "confirm": "confirm",
    "choice_second": "choice",
    "offer": "tip",
    "follow_up": "tip",
}


@dataclass
class Memory:
    """What a listener who forgets nothing knows of a session.

    `told`: the last content keys that told something. `question`: the key of the question that waits. `choice_first`: the section
    named first in it. `danger`: the kind that was answered last. `violence`, `child`: heard as a plain danger in this session.
    `misses`: replies in a row that understood nothing. `said`: what led here.
    """

    told: tuple[str, ...] = ()
    question: str | None = None
    choice_first: str | None = None
    danger: str | None = None
    violence: bool = False
    child: bool = False
    misses: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def asked(self) -> str | None:
        """The kind of question that waits, told from its key; None when none does."""
        return ASKED[self.question.partition(".")[0]] if self.question else None


class Walk:
    """One conversation after another, each turn checked."""

    def __init__(self, content: Content, seed: int) -> None:
        self._content = content
        self.random = Random(seed)
        self._sections = tuple(content.sections)
        self._dangers = tuple(content.dangers)
        self.begin()

    def begin(self) -> None:
        """A new session, opened by name, or at once by what somebody says."""
        self.memory = Memory()
        self.attributes: dict[str, object] = {}
        if self.random.random() < 0.7:
            reply, state = launch(self._content)
            self._common(reply, state)
            self._remember(reply, state)

    def conversation(self, turns: int = TURNS) -> None:
        """So many turns; where a session ends the next begins. Raises NotGoodError with what was said before."""
        self.begin()
        for _ in range(turns):
            self.turn(self.something())

    def turn(self, heard: Understanding) -> Reply:
        """One turn, checked."""
        self.memory.said.append(_name(heard))
        try:
            return self._turn(heard)
        except AssertionError as error:
            raise type(error)(f"{error}; after {self.memory.said}") from error

    def _turn(self, heard: Understanding) -> Reply:
        state = read_state(json.loads(json.dumps(self.attributes)), self._content)
        reply, after = respond(heard, state, self._content)
        demand(respond(heard, state, self._content) == (reply, after), "not the same twice")
        self._common(reply, after)
        self._check_danger(heard, reply)
        if heard.danger is None:
            self._check_control(heard, reply)
        self._check_card(heard, reply)
        if reply.outcome == "crisis" and reply.content[0].startswith("danger.") and reply.danger:
            self.memory.danger = reply.danger  # also after a yes to the calm question, or to an intent of its own
            screen = self._content.dangers[reply.danger].screen
            self.memory.violence |= screen == "ask"
            self.memory.child |= screen == "never"
        self._remember(reply, after)
        if not reply.stays_open:
            self.begin()
        return reply

    def _common(self, reply: Reply, after: State) -> None:
        texts = [self._content.text(key) for key in reply.keys]
        spoken = " ".join(texts)
        demand(len(reply.content) >= 1 and len(reply.keys) <= 5, f"{len(reply.keys)} keys")
        demand(len(spoken.split()) <= REPLY_WORDS, f"{len(spoken.split())} words: {reply.keys}")
        demand(len(spoken) <= REPLY_CHARACTERS, f"{len(spoken)} characters: {reply.keys}")
        demand(spoken.count("?") == int(reply.stays_open), f"questions: {reply.keys}")
        demand(spoken.endswith("?" if reply.stays_open else "."), f"end: {reply.keys}")
        demand(len(set(reply.keys)) == len(reply.keys), f"said twice: {reply.keys}")
        demand(
            (reply.question is None) == (after.pending is None) == (reply.reprompt is None),
            "what waits is not what is asked",
        )
        if reply.reprompt is not None:
            demand(reply.reprompt != reply.question, "the reprompt is the question again")
            demand(len(self._content.text(reply.reprompt)) < len(spoken), "the reprompt is not shorter")
        attributes = after.to_attributes()
        demand(len(json.dumps(attributes)) <= MOST_ATTRIBUTE_BYTES, f"{len(json.dumps(attributes))} bytes of state")
        demand(read_state(json.loads(json.dumps(attributes)), self._content) == after, "the state does not survive")

    def _check_danger(self, heard: Understanding, reply: Reply) -> None:
        if heard.danger is None:
            return
        if heard.danger_certain:
            demand(
                reply.outcome == "crisis" and reply.content[0] == f"danger.{heard.danger}", "danger does not interrupt"
            )
            demand(reply.card is None, "a card with a danger answer")
            demand(
                reply.stays_open is not self._content.dangers[heard.danger].ends,
                "life in danger must end, others stay open",
            )
        elif self.memory.asked != "danger":
            demand(reply.question is not None and reply.question.startswith("ask_danger"), "a doubt is not asked about")
            demand(not any(key.startswith("tip.") for key in reply.keys), "a tip beside the calm question")
        else:
            demand(reply.outcome == "crisis" or heard.lead == "no", "danger was asked about and is not answered")

    def _check_control(self, heard: Understanding, reply: Reply) -> None:
        memory, control = self.memory, heard.control
        if control in ENDING:
            demand(not reply.stays_open, f"{control} does not end")
            demand(reply.card is None, "a card at the end")
        if control in KEEPING and memory.question is not None:
            demand(reply.question is not None, f"{control} drops the question")
            demand(
                _same_question(memory.question, str(reply.question)),
                f"{control} changes the question to {reply.question}",
            )
        if control == "help":
            people = f"number.{memory.danger}" if memory.danger else "help_people."
            helps = reply.outcome == "help" and (reply.content[0].startswith("help_") or memory.asked == "choice")
            calm = memory.asked == "danger"  # kept short; its own words name the number for now
            demand(helps and (calm or any(key.startswith(people) for key in reply.keys)), "help does not help")
        if control in {"repeat", "slower", "faster"} and memory.told:
            said = tuple(key for key in reply.keys if key.startswith(REPEATED))
            demand(said == memory.told, f"{control} says {said} for {memory.told}")
        if control in {"slower", "faster"}:
            demand(reply.slow is (control == "slower"), "not at that pace")
        if control in {"yes", "no"}:
            self._check_answer(control == "yes", reply)

    def _check_answer(self, yes: bool, reply: Reply) -> None:
        asked, memory = self.memory.asked, self.memory
        # After a danger an end names the number once more, whatever was asked.
        answered = reply.content[0].startswith("danger.")
        last_word = () if reply.stays_open or answered or not memory.danger else (f"number.{memory.danger}",)
        told = [key for key in reply.keys if key.startswith(TOLD) and key not in last_word]
        crisis = [key for key in told if key.startswith(("danger.", "number."))]
        subject = str(memory.question).partition(".")[2]
        if asked is None:
            demand(
                reply.outcome == "not_understood" and not told and reply.card is None,
                "an answer to no question is taken for one",
            )
        elif asked in {"open", "else", "instead", "topics"}:
            demand(not told and reply.card is None, f"{'yes' if yes else 'no'} to {asked} tells {told}")
        elif asked == "choice":
            demand(not told and reply.card is None, "yes or no to a choice chooses")
            if yes:
                demand(reply.question == f"confirm.{memory.choice_first}", f"a yes to a choice asks {reply.question}")
        elif asked == "confirm":
            demand(bool(told) is yes, "confirm")
            if yes and subject != "bron":
                demand(f"tip.{subject}.1" in told, f"confirmed {subject}, told {told}")
        elif asked in {"more", "tip"}:
            demand(any(key.startswith(("tip.", "source.")) for key in told) is yes, f"{asked}: told {told}")
        elif asked == "card":
            demand(yes or (reply.card is None and not reply.stays_open), "no to the card")
        elif asked == "danger":
            demand(bool([key for key in crisis if key.startswith("danger.")]) is yes, "the calm question")
        elif asked == "number":
            demand(yes is any(key.startswith(("danger.", "number.")) for key in reply.keys) or last_word, "the number")
        elif asked == "screen":
            demand((reply.card is None) is yes, "who sees the app")
        if last_word:
            demand(
                reply.card is not None or reply.content[-1] == last_word[0], "after a danger an end without the number"
            )

    def _check_card(self, heard: Understanding, reply: Reply) -> None:
        """A card only after a yes to its offer, on request, or a no to who sees the app; with the care that was called for."""
        if reply.card is None:
            return
        memory = self.memory
        agreed = memory.asked == "card" and (heard.control == "yes" or heard.lead == "yes")
        requested = heard.control == "card"
        alone = memory.asked == "screen" and (heard.control == "no" or heard.lead == "no")
        demand(agreed or requested or alone, "a card that nobody asked for")
        demand(not memory.child, "a card to a child")
        demand(not memory.violence or alone, "a card after violence without asking who sees the app")
        demand(reply.content[-1] == self._content.cards[reply.card].sent, "a card without saying whom to call")

    def _remember(self, reply: Reply, after: State) -> None:
        memory = self.memory
        told = tuple(key for key in reply.keys if key.startswith(REPEATED))
        helped = reply.outcome == "help" and not any(key.startswith(("tip.", "topics_", "help_line")) for key in told)
        if told and not helped:
            memory.told = told
        memory.question = reply.question
        first = [key.partition(".")[2] for key in reply.content if key.startswith("choice_first.")]
        memory.choice_first = first[-1] if first else None
        memory.misses = memory.misses + 1 if any(key.startswith("miss_") for key in reply.keys) else 0
        demand(memory.misses < 3 or not reply.stays_open, "a third miss keeps the microphone open")
        if any(key.startswith("welcome_again") for key in reply.keys):
            memory.told = ()
        self.attributes = after.to_attributes()

    def something(self) -> Understanding:
        """What a parent may say next; any of it at any time, with an age now and then."""
        pick, chance = self.random.choice, self.random.random()
        if chance < 0.45:
            heard = Understanding(control=pick(tuple(CONTROLS)))
        elif chance < 0.55:
            heard = Understanding(control=pick(("yes", "no")))
        elif chance < 0.65:
            section = pick(self._sections)
            heard = Understanding(
                named=section, lead=pick((None, "no", "yes")), verdict="tip", ranking=((section, 0.99),)
            )
        elif chance < 0.73:
            heard = Understanding(
                danger=pick(self._dangers), danger_certain=self.random.random() < 0.5, lead=pick((None, "no"))
            )
            heard = heard._replace(verdict=pick(("tip", "not_understood")), ranking=((pick(self._sections), 0.7),))
        elif chance < 0.78:
            heard = Understanding(remark=pick(("foreign", "rude", "child")))
        elif chance < 0.83:
            heard = NOTHING
        else:
            heard = Understanding(
                verdict=pick(("tip", "choice", "out_of_scope", "not_understood")), lead=pick((None, "yes", "no"))
            )
            heard = heard._replace(ranking=tuple((section, 0.3) for section in self.random.sample(self._sections, 3)))
        return heard._replace(age_months=pick((0, 6, 30, 60, 130, 190))) if self.random.random() < 0.1 else heard


def _same_question(before: str, after: str) -> bool:
    """The same question: of one family, and about the same section where the family names one."""
    families = before.partition(".")[0], after.partition(".")[0]
    return (
        before == after
        if families[0] in {"confirm", "offer", "follow_up", "choice_second"}
        else len(set(families)) == 1
    )


def _name(heard: Understanding) -> str:
    if heard.danger:
        return f"{'danger' if heard.danger_certain else 'doubt'} {heard.danger}"
    if heard.control:
        return heard.control
    return f"{heard.lead or ''} {heard.named or heard.remark or heard.verdict} {heard.ranking[:1]}".strip()
