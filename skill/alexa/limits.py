"""What Alexa accepts in a response, as named constants with their source, and the check that every response passes before it leaves."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

SPEECH_CHARACTERS = (
    8000  # outputSpeech and reprompt, tags included; developer.amazon.com, request and response JSON reference
)
CARD_CHARACTERS = 8000  # title and content together; same page
RESPONSE_BYTES = 24_000  # the older of two figures (the newer is 120 kB), so it holds whichever is right
AUDIO_TAGS = 5  # dev.classmethod.jp/articles/alexa-ssml-audio
REPLY_CHARACTERS = 450  # our own: a whole reply is one or two breaths
REPLY_WORDS = 75  # our own


class LimitError(Exception):
    """A response that Alexa would refuse, or that would be cut off."""


def check_response(response: Mapping[str, Any]) -> None:
    """Raise LimitError when a response (the `response` part of the envelope) breaks a limit of the platform."""
    for name, speech in _speeches(response):
        if len(speech) > SPEECH_CHARACTERS:
            raise LimitError(f"{name}: {len(speech)} characters, at most {SPEECH_CHARACTERS}")
        if speech.count("<audio") > AUDIO_TAGS:
            raise LimitError(f"{name}: {speech.count('<audio')} audio tags, at most {AUDIO_TAGS}")
    card = response.get("card") or {}
    characters = len(card.get("title") or "") + len(card.get("content") or "")
    if characters > CARD_CHARACTERS:
        raise LimitError(f"card: {characters} characters, at most {CARD_CHARACTERS}")
    if _bytes_of(response) > RESPONSE_BYTES:
        raise LimitError(f"response: more than {RESPONSE_BYTES} bytes")


def spoken_text(ssml: str) -> str:
    """What is heard of an SSML string: without tags, entities resolved."""
    text = re.sub(r"<[^>]+>", " ", ssml)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(text.split())


def _speeches(response: Mapping[str, Any]) -> list[tuple[str, str]]:
    speeches = [
        ("outputSpeech", response.get("outputSpeech")),
        ("reprompt", (response.get("reprompt") or {}).get("outputSpeech")),
    ]
    return [(name, speech.get("ssml") or speech.get("text") or "") for name, speech in speeches if speech]


def _bytes_of(response: Mapping[str, Any]) -> int:
    """The size of a response as JSON. A screen's document is the same object every turn and most of it: it is measured once."""
    documents = [
        part["document"] for part in response.get("directives") or [] if isinstance(part.get("document"), dict)
    ]
    if documents:
        slim = [{**part, "document": None} if "document" in part else part for part in response["directives"]]
        response = {**response, "directives": slim}
    return len(json.dumps(response, ensure_ascii=False).encode("utf-8")) + sum(map(_bytes_of_document, documents))


_last_document: tuple[object, int] = (None, 0)


def _bytes_of_document(document: dict[str, Any]) -> int:
    global _last_document  # noqa: PLW0603 - one place for one object
    known, size = _last_document
    if known is not document:
        size = len(json.dumps(document, ensure_ascii=False).encode("utf-8"))
        _last_document = (document, size)
    return size
