"""From lines that a tester types or a script sends to turns: `ask` and `talk`, without input and output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from simulator.labels import SimulatorError
from simulator.session import Session, Turn

# A command is a colon and a word; so ":)" is something to say, without words.
_COMMAND = re.compile(r"(:[a-z]+)(?:\s+(.*\S))?\s*")
SILENCE, INTENT, TOUCH = ":stil", ":intent", ":touch"
_EXAMPLES = {INTENT: ":intent AMAZON.FallbackIntent", TOUCH: ":touch troosten"}


class CommandError(SimulatorError):
    """A line that begins as a command and is none; a tester at a terminal can simply type another."""


def ask(session: Session, texts: Iterable[str]) -> Iterator[Turn]:
    """Each text in a session of its own: launched first, then said. Only what was said is given back."""
    for text in texts:
        session.launch()
        yield session.say(text)


def talk(session: Session, lines: Iterable[str]) -> Iterator[Turn]:
    """One session over all lines, opened before the first is read. After a closed reply the next line opens a new one, with a turn of its
    own. Raises CommandError.
    """
    yield session.launch()
    for line in lines:
        yield from answer_line(session, line)


def answer_line(session: Session, line: str) -> Iterator[Turn]:
    """The turns of one line: a launch where no session is open, then what the line says or does."""
    command = read_command(line)
    if not session.is_open:
        yield session.launch()
    match command:
        case None:
            yield session.say(line)
        case (name, _) if name == SILENCE:
            yield session.silence(line)
        case (name, value) if name == INTENT:
            yield session.intend(value, line)
        case (_, value):
            yield session.touch(value, line)


def read_command(line: str) -> tuple[str, str] | None:
    """Name and value of a command, None for words. Raises CommandError for a command that does not exist or lacks its value."""
    found = _COMMAND.fullmatch(line.strip())
    if found is None:
        return None
    name, value = found[1], found[2] or ""
    if name not in {SILENCE, INTENT, TOUCH} or (name == SILENCE and value):
        raise CommandError.say("unknown_command", command=line.strip())
    if name in _EXAMPLES and (not value or " " in value):
        raise CommandError.say("command_without_name", command=name, example=_EXAMPLES[name])
    return name, value
