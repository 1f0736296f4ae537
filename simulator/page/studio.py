"""The conversations that are going on in open pages: said, touched, undone, started again."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator import envelopes
from simulator.conversation import INTENT, SILENCE, TOUCH, CommandError, read_command
from simulator.doors import Door
from simulator.ears import Ears
from simulator.envelopes import LARGE, ROUND, SMALL, Viewport
from simulator.page.sound import Sound
from simulator.page.view import show
from simulator.page.workshop import Choosing, Workshop
from simulator.session import Session, State, Turn

Json = dict[str, Any]

DEVICES: dict[str, Viewport | None] = {"speaker": None, "show": LARGE, "small": SMALL, "round": ROUND}
# Open pages of one tester; the one that was longest not used gives way.
MOST_CONVERSATIONS = 20
MOST_TURNS = 200
MOST_CHARACTERS = 2000
SECONDS_SLOW = 3.0


@dataclass
class Step:
    """A turn, and what Alexa kept before it."""

    before: State
    turn: Turn
    kind: str
    value: str


@dataclass
class Conversation:
    """One page's session and its turns so far."""

    session: Session
    door: Door
    steps: list[Step] = field(default_factory=list)
    slow: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)


class UnknownConversationError(KeyError):
    """The page speaks of a conversation that is not here any more."""


class Studio:
    """Holds conversations. `elsewhere`: the door of a skill that runs somewhere else, None for the one in this process."""

    def __init__(
        self,
        ears: Ears,
        workshop: Workshop,
        sound: Sound,
        *,
        elsewhere: Door | None = None,
        skill_id: str = envelopes.SKILL_ID,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.ears = ears
        self.workshop = workshop
        self.sound = sound
        self.elsewhere = elsewhere
        self._skill_id = skill_id
        self._sleep = sleep
        self._conversations: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def new_door(self) -> Door:
        """A door for one conversation."""
        return self.elsewhere if self.elsewhere is not None else Choosing(self.workshop)

    def new_session(self, door: Door) -> Session:
        """A session through a door, on a speaker."""
        return Session(door, self.ears, skill_id=self._skill_id)

    def open(self) -> str:
        """A new conversation, in which nothing was said yet."""
        door = self.new_door()
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._conversations[name] = Conversation(self.new_session(door), door)
            while len(self._conversations) > MOST_CONVERSATIONS:
                self._conversations.popitem(last=False)
        return name

    def find(self, name: str) -> Conversation:
        """The conversation. Raises UnknownConversationError."""
        with self._lock:
            if name not in self._conversations:
                raise UnknownConversationError(name)
            self._conversations.move_to_end(name)
            return self._conversations[name]

    def set(self, conversation: Conversation, *, device: str, slow: bool, broken: bool, clips: bool) -> None:
        """The switches of the page; they count from the next turn."""
        viewport = DEVICES[device]
        conversation.session.screen = viewport is not None
        conversation.session.viewport = viewport or LARGE
        conversation.slow = slow
        if isinstance(conversation.door, Choosing):
            conversation.door.broken = broken
            conversation.door.clips = clips

    def take(self, conversation: Conversation, kind: str, value: str) -> list[Json]:
        """The turns of what a tester does: `launch`, `say`, `touch` or `silence`. Words that are a command of the terminal do what they do
        there. In a closed session everything but a launch opens a new one first. Raises CommandError and SimulatorError.
        """
        if kind == "say" and (command := read_command(value)) is not None:
            kind, value = {SILENCE: "silence", INTENT: "intent", TOUCH: "touch"}[command[0]], command[1]
        if len(conversation.steps) >= MOST_TURNS:
            raise CommandError.say("too_many_turns", most=MOST_TURNS)
        wanted = [(kind, value)]
        if kind not in {"launch", "touch"} and not conversation.session.is_open:
            wanted = [("launch", ""), *([] if kind == "silence" else wanted)]
        return [self._step(conversation, *one) for one in wanted]

    def undo(self, conversation: Conversation) -> int:
        """Take the last turn back; how many turns are left."""
        if conversation.steps:
            step = conversation.steps.pop()
            conversation.session.state = step.before
        return len(conversation.steps)

    def restart(self, conversation: Conversation) -> None:
        """Nothing was said; the switches stay."""
        conversation.steps.clear()
        conversation.session.state = State()

    def _step(self, conversation: Conversation, kind: str, value: str) -> Json:
        session = conversation.session
        before = session.state
        if conversation.slow:
            self._sleep(SECONDS_SLOW)
        turn = act(session, kind, value)
        conversation.steps.append(Step(before, turn, kind, value))
        return {"kind": kind, "value": value, **show(turn, self.workshop.current(), self.sound)}


def act(session: Session, kind: str, value: str) -> Turn:
    """One turn of a session."""
    match kind:
        case "launch":
            return session.launch()
        case "say":
            return session.say(value)
        case "touch":
            return session.touch(value, f"{TOUCH} {value}")
        case "intent":
            return session.intend(value, f"{INTENT} {value}")
        case _:
            return session.silence(SILENCE)
