"""A turn on an Echo Show: the same words as are heard, large and calm, and what can be touched.

Imported only for a device with a screen. Every word comes from the content; digits replace the words of a spoken telephone number. After
violence at home, and to a child, only the neutral title stands there: others in the room see the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from skill.alexa.screen_document import Json, document
from skill.content.library import Content
from skill.conversation import Outcome, Pending, Reply, State
from skill.conversation.cards import GENERAL_CARD

TOKEN = "turn"  # noqa: S105  (the name of what is shown, for Alexa; no secret)
RENDER = "Alexa.Presentation.APL.RenderDocument"

_FREE = "free"  # Danger.screen: anybody may see this
_LEAST_DIGITS = 3
_YES_NO = frozenset(
    {Pending.MORE, Pending.NEIGHBOUR, Pending.CONFIRM, Pending.CARD, Pending.DANGER, Pending.NUMBER, Pending.INSTEAD}
    | {Pending.ELSE, Pending.SCREEN}
)
_OF_A_SECTION = frozenset({Outcome.TIP, Outcome.SOURCE, Outcome.CONTROL})


class RenderDocument(dict[str, Any]):
    """The directive as plain JSON: the SDK passes a dict on as it is, and its own classes take time to load. It does ask for the name."""

    object_type = RENDER


def render(reply: Reply, state: State, content: Content) -> RenderDocument:
    """The directive that shows a reply."""
    sources = {"screen": shown(reply, state, content)}
    return RenderDocument(type=RENDER, token=TOKEN, document=_document(), datasources=sources)


def shown(reply: Reply, state: State, content: Content) -> Json:
    """What the document shows: `title`; `text`, `question` and the `blocks` of a card, where it `reads`; and what can be touched: `rows` of
    topics, `answers` to the question, `hints` of what to ask. A list of topics has its question as title: the rows say the rest.
    """
    neutral = content.cards[GENERAL_CARD].title
    nothing: Json = {"title": neutral, "text": "", "question": "", "blocks": [], "reads": False}
    nothing |= {"rows": [], "answers": [], "hints": []}
    if not _may_be_seen(reply, state, content):
        return nothing
    digits = _digits(tuple(content.lexicon.get("ages", {}).get("number", {}).items()))
    text, question = _words(reply, state, content)
    if rows := _rows(state, content):
        return nothing | {"title": _safe(question), "rows": rows}
    section = content.sections.get(reply.section or "")
    card = content.cards[reply.card].text if reply.card else _numbers(reply, content)
    return nothing | {
        "title": section.title if section and reply.outcome in _OF_A_SECTION else neutral,
        "text": _safe(digits.written(text)),
        "question": _safe(digits.written(question)),
        "blocks": [_block(block) for block in card.split("\n\n")] if card else [],
        "reads": True,
        **_touched(state, content),
    }


@cache
def _document() -> Json:
    return document()


@cache
def _digits(words: tuple[tuple[str, Any], ...]) -> _Digits:
    return _Digits(dict(words))


def _may_be_seen(reply: Reply, state: State, content: Content) -> bool:
    asked = state.pending.danger if state.pending else None
    kinds = {reply.danger, state.alarm, state.care, asked} & set(content.dangers)
    return all(content.dangers[kind].screen == _FREE for kind in kinds if kind)


def _words(reply: Reply, state: State, content: Content) -> tuple[str, str]:
    """What is told and what is asked; the first half of a choice belongs to its question."""
    halves = 1 if state.pending is not None and state.pending.kind is Pending.CHOICE else 0
    told = reply.content[: len(reply.content) - halves]
    asked = (*reply.content[len(told) :], *([reply.question] if reply.question else []))
    return _joined(told, content), _joined(asked, content)


def _joined(keys: Iterable[str], content: Content) -> str:
    return " ".join(content.text(key) for key in keys)


def _numbers(reply: Reply, content: Content) -> str | None:
    """In danger the numbers stand on the screen at once, without a card in the app: reading them there cannot be missed."""
    danger = content.dangers.get(reply.danger or "")
    return content.cards[danger.card].text if danger and danger.card and reply.outcome is Outcome.CRISIS else None


def _rows(state: State, content: Content) -> list[Json]:
    """Topics below each other: a page of the list, or the two of a choice."""
    asked = state.pending
    if asked is not None and asked.kind is Pending.TOPICS:
        return [*_topics(content.topic_pages[asked.page], content), *_said(("more",), content)]
    if asked is not None and asked.kind is Pending.CHOICE:
        return [*_topics((str(asked.section), str(asked.other)), content), *_said(("neither",), content)]
    return []


def _touched(state: State, content: Content) -> Json:
    if state.pending is None:
        return {}
    if state.pending.kind in _YES_NO:
        return {"answers": _said(("yes", "no"), content)}
    return {"hints": [*_topics(content.most_asked, content), *_said(("topics",), content)]}


def _topics(sections: Iterable[str], content: Content) -> list[Json]:
    return [{"id": section, "label": content.sections[section].title} for section in sections]


def _said(controls: Iterable[str], content: Content) -> list[Json]:
    """Words that steer, each by its first phrase in `controls.toml`."""
    phrases = [next(phrase for phrase, name in content.controls.items() if name == control) for control in controls]
    return [{"id": phrase, "label": phrase[:1].upper() + phrase[1:]} for phrase in phrases]


def _block(block: str) -> Json:
    """A block of a card's text: whom, with the number where there is one, and the rest. The last block names nobody."""
    first, *others = block.splitlines()
    if first.endswith("."):
        return {"head": "", "rest": _safe(_sentences([first, *others]))}
    name, _, reach = first.partition(": ")
    if reach[:1].isdigit():
        return {"head": _safe(first), "rest": _safe(_sentences(others))}
    return {"head": _safe(name), "rest": _safe(_sentences([reach[:1].upper() + reach[1:], *others]))}


def _sentences(lines: Iterable[str]) -> str:
    return " ".join(line if line.endswith(".") else f"{line}." for line in lines)


def _safe(text: str) -> str:
    """APL reads markup in a text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Digits:
    """Spoken telephone numbers back to digits, by the content's own words for numbers: what is read is typed into a telephone."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._digits = {word: str(value) for word, value in words.items() if value in range(10)}
        one = "|".join(sorted(map(re.escape, self._digits), key=len, reverse=True))
        self._number = re.compile(rf"\b(?:{one})\b(?:,? (?:{one})\b){{{_LEAST_DIGITS - 1},}}") if one else None

    def written(self, text: str) -> str:
        """The text with every row of three digits or more as a number: groups are joined by a hyphen."""
        return self._number.sub(lambda match: self._as_digits(match[0]), text) if self._number else text

    def _as_digits(self, spoken: str) -> str:
        groups = ["".join(self._digits[word] for word in group.split()) for group in spoken.split(",")]
        return ("" if all(len(group) == 1 for group in groups) else "-").join(groups)
