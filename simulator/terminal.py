"""A turn for the eyes of a tester: what Alexa says, then her question, the card as the companion app shows it, and how it ended."""

from __future__ import annotations

import shutil
import textwrap

from simulator.conversation import INTENT, SILENCE, TOUCH, read_command
from simulator.labels import label
from simulator.report import Card, card_of, speech_parts
from simulator.session import Turn

_WIDEST = 88
_MARGIN = 7  # of "Alexa: "


def prompt() -> str:
    """What stands before the line that is being typed."""
    return _led("terminal.you")


def show(turn: Turn, *, echo: bool, reopens: bool = False) -> str:
    """The turn as lines of text. `echo`: with what was said, for where nobody typed it here. `reopens`: say what the next line does."""
    lines = []
    if echo and turn.utterance is not None:
        lines += _paragraph("terminal.you", _said(turn.utterance))
    elif turn.utterance is not None and _did(turn.utterance):
        lines.append(" " * _MARGIN + _said(turn.utterance))
    lines += _answer(turn)
    if (card := card_of(turn)) is not None:
        lines += _box(card)
    if not turn.session_open:
        lines.append(" " * _MARGIN + label("terminal.reopens" if reopens else "terminal.closed"))
    return "\n".join(lines) + "\n"


def printable(text: str) -> str:
    """Text without what could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _answer(turn: Turn) -> list[str]:
    parts = speech_parts(turn)
    if not parts:
        return [] if turn.request and turn.request["request"]["type"] == "SessionEndedRequest" else _nothing()
    answer, question = (parts[:-1], parts[-1]) if turn.session_open else (parts, "")
    spoken = [text for text in (" ".join(answer), question) if text]
    lines = _paragraph("terminal.alexa", spoken[0])
    for text in spoken[1:]:
        lines += _wrapped(printable(text), " " * _MARGIN, " " * _MARGIN)
    return lines


def _nothing() -> list[str]:
    return _paragraph("terminal.alexa", label("terminal.nothing_said"))


def _said(utterance: str) -> str:
    return _did(utterance) or printable(utterance)


def _did(utterance: str) -> str | None:
    """What a command did, in words; None for words."""
    command = read_command(utterance)
    if command is None:
        return None
    shown = {SILENCE: "terminal.silence", INTENT: "terminal.sent_intent", TOUCH: "terminal.touched"}
    return printable(label(shown[command[0]], name=command[1]))


def _paragraph(name: str, text: str) -> list[str]:
    return _wrapped(printable(text), _led(name), " " * _MARGIN)


def _led(name: str) -> str:
    return f"{label(name)}:".ljust(_MARGIN)


def _wrapped(text: str, first: str, other: str) -> list[str]:
    return textwrap.wrap(text, _width(), initial_indent=first, subsequent_indent=other) or [first.rstrip()]


def _box(card: Card) -> list[str]:
    inside = _width() - _MARGIN - 4
    lines = [card.title, "", *card.text.splitlines()]
    wrapped = [part for line in lines for part in (textwrap.wrap(printable(line), inside) or [""])]
    width = max([len(label("terminal.card")) + 2, *map(len, wrapped)])
    head = f"┌─ {label('terminal.card')} ".ljust(width + 3, "─") + "┐"
    body = [f"│ {line.ljust(width)} │" for line in wrapped]
    return [" " * _MARGIN + line for line in (head, *body, "└" + "─" * (width + 2) + "┘")]


def _width() -> int:
    return max(40, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))
