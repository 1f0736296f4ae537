"""What a turn came to: as the record that scripts read, and as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from simulator.session import Turn

Json = dict[str, Any]

_BREAK = re.compile(r"<break\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# What a turn is said to be about where its outcome alone decides it.
_SECTION_OF = {"contact": "hulp-en-advies", "source": "bron", "choice": None, "crisis": None}


class Card(NamedTuple):
    """A card as the companion app shows it: plain text."""

    title: str
    text: str


def record(turn: Turn) -> Json:
    """The turn as a JSON object whose keys and their order scripts rely on; all but `ms` is the same on every repetition.

    `intent` and `route` are null where no intent was sent (launch, silence, touch); `outcome` is null where the skill said nothing, or
    could not say what it said. `ms` is the skill's own time where it tells it.
    """
    facts, card, heard = _facts(turn), card_of(turn), turn.heard
    outcome = facts.get("outcome")
    section = _SECTION_OF[outcome] if outcome in _SECTION_OF else facts.get("section")
    return {
        "utterance": turn.utterance,
        "intent": heard.intent if heard else None,
        "route": heard.route.value if heard else None,
        "section": section,
        "outcome": outcome,
        "danger": facts.get("danger"),
        "choices": list(facts.get("choices") or []) if outcome == "choice" else [],
        "age_months": facts.get("age_months"),
        "speech": " ".join(speech_parts(turn)),
        "reprompt": " ".join(_parts(_body(turn).get("reprompt", {}).get("outputSpeech"))) or None,
        "card": card._asdict() if card else None,
        "session_open": turn.session_open,
        "ms": facts.get("ms", turn.ms),
    }


def speech_parts(turn: Turn) -> list[str]:
    """What is heard, as plain text, in the parts that pauses make; the last one is the question when the session stays open. Of clips,
    the texts of the content keys that the skill tells.
    """
    speech = _body(turn).get("outputSpeech")
    if speech and "<audio" in (speech.get("ssml") or ""):
        return [text for key in _facts(turn).get("keys") or [] if (text := _texts().get(key)) is not None]
    return _parts(speech)


@cache
def _texts() -> Mapping[str, str]:
    """The content of this repository by key; a skill elsewhere may have been made from another, but its clips tell no words."""
    from skill.content.library import ContentError, load_content  # noqa: PLC0415  (only for clips)

    try:
        return load_content().texts
    except ContentError:
        return {}


def card_of(turn: Turn) -> Card | None:
    """The card that is sent, or None."""
    card = _body(turn).get("card")
    if not card:
        return None
    return Card(card.get("title") or "", card.get("content") or card.get("text") or "")


def _body(turn: Turn) -> Json:
    body: Json = turn.response["response"]
    return {name: value for name, value in body.items() if value is not None}


def _facts(turn: Turn) -> Json:
    """What the skill tells of this turn. Without speech there was no turn of its own; what stands there then is the last one's."""
    if not _body(turn).get("outputSpeech"):
        return {}
    facts = (turn.response.get("sessionAttributes") or {}).get("turn")
    return facts if isinstance(facts, dict) else {}


def _parts(speech: Json | None) -> list[str]:
    if not speech:
        return []
    if speech.get("ssml") is None:
        texts = [speech.get("text") or ""]
    else:
        texts = [html.unescape(_TAG.sub(" ", part)) for part in _BREAK.split(speech["ssml"])]
    return [folded for text in texts if (folded := " ".join(text.split()))]
