"""A turn as the page shows it: JSON with what is heard (by sentence, with its clip), card, screen, and why."""

from __future__ import annotations

import html
import re
from typing import Any

from simulator.page.sound import Sound
from simulator.page.workshop import Made
from simulator.report import card_of, record, speech_parts
from simulator.session import Turn

Json = dict[str, Any]

RENDER = "Alexa.Presentation.APL.RenderDocument"

_SENTENCE = re.compile(r"(?<=[.!?]) +")
_SLOW_BREAK = '<break time="600ms"/>'


def show(turn: Turn, made: Made, sound: Sound) -> Json:
    """All that the page needs of a turn. What is said is matched with the content by its text, so that it also fits a skill elsewhere."""
    body = turn.response["response"]
    keys = {text: key for key, text in made.content.texts.items()}
    heard = turn.heard
    return {
        "said": _said(turn, made, sound, keys),
        "asks": turn.session_open and bool(body.get("outputSpeech")),
        "card": card._asdict() if (card := card_of(turn)) else None,
        "screen": _screen(body),
        "open": turn.session_open,
        "waits": turn.session_open and bool(body.get("reprompt") or not turn.request),
        "record": record(turn),
        "slot": {"name": heard.slot.name, "value": heard.slot.value, "entities": heard.slot.entities}
        if heard and heard.slot
        else None,
        "why": made.interpreter.explain(heard.slot.value) if heard and heard.slot else None,
        "attributes": turn.response.get("sessionAttributes") or {},
        "request": turn.request,
        "response": turn.response,
        "ms": turn.ms,
    }


def _said(turn: Turn, made: Made, sound: Sound, keys: dict[str, str]) -> list[Json]:
    """The parts of what is heard: text by sentence, key and clip."""
    ssml = (turn.response["response"].get("outputSpeech") or {}).get("ssml") or ""
    slow = _SLOW_BREAK in ssml or (turn.response.get("sessionAttributes") or {}).get("slow") is True
    facts = (turn.response.get("sessionAttributes") or {}).get("turn") or {}
    texts = made.content.texts
    stated = [key for key in facts.get("keys", []) if key in texts]
    heard = speech_parts(turn)
    if "<audio" in ssml or (stated and _spaced(heard) == _spaced([texts[key] for key in stated])):
        parts: list[tuple[str | None, str]] = [(key, texts[key]) for key in stated]
    else:
        parts = [(keys.get(text), text) for text in heard]
    return [
        {"key": key, "sentences": _SENTENCE.split(text), "clip": sound.clip(key, text, slow=slow), "slow": slow}
        for key, text in parts
    ]


def _spaced(texts: list[str]) -> str:
    return html.unescape(" ".join(" ".join(texts).split()))


def _screen(body: Json) -> Json | None:
    for directive in body.get("directives") or []:
        if directive.get("type") == RENDER:
            return {"document": directive.get("document"), "datasources": directive.get("datasources") or {}}
    return None
