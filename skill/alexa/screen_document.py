"""The APL document of a turn: what stands where, in plain components with styles of our own.

Nothing is imported from Amazon's packages (`alexa-layouts`), so that it looks the same on every device and can be drawn without a
network. Only Frame, Container, ScrollView, Sequence, TouchWrapper and Text are used, all as old as APL 1.1; `SIZES` says how
large they are on which viewport. Sizes are in dp. At two metres a capital of `text` is at least 6.5 minutes of arc high on every
screen; normal eyesight reads 5.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

APL_VERSION = "1.6"

PAPER, INK, QUIET, ACCENT, ON_ACCENT = "#FFF8EE", "#2A2018", "#5A4A3C", "#7A3415", "#FFFFFF"

# When it holds (None: always), and the sizes: the last that holds counts.
_SIZES: tuple[tuple[str | None, dict[str, str]], ...] = (
    (
        None,
        {
            "edge": "64dp",
            "top": "44dp",
            "title": "60dp",
            "text": "56dp",
            "small": "44dp",
            "row": "104dp",
            "gap": "28dp",
            "small_gap": "16dp",
            "title_edge": "0dp",
            "inside": "52dp",
        },
    ),
    (
        "${viewport.width < 1100}",
        {
            "edge": "48dp",
            "top": "28dp",
            "title": "52dp",
            "text": "46dp",
            "small": "40dp",
            "row": "84dp",
            "gap": "20dp",
            "small_gap": "12dp",
            "title_edge": "0dp",
            "inside": "40dp",
        },
    ),
    (
        "${viewport.shape == 'round'}",
        {
            "edge": "56dp",
            "top": "60dp",
            "title": "38dp",
            "text": "42dp",
            "small": "36dp",
            "row": "72dp",
            "gap": "14dp",
            "small_gap": "10dp",
            "title_edge": "24dp",
            "inside": "26dp",
        },
    ),
)

_IF_ROUND = "${viewport.shape == 'round'}"


def document() -> Json:
    """The document; what is shown comes from the data source `screen`, see `skill.alexa.screen`."""
    return {
        "type": "APL",
        "version": APL_VERSION,
        "description": "One turn of the conversation",
        "theme": "light",
        "background": PAPER,
        "resources": [_resource(when, sizes) for when, sizes in _SIZES],
        "styles": _STYLES,
        "mainTemplate": {"parameters": ["payload"], "items": [_page()]},
    }


def _resource(when: str | None, sizes: dict[str, str]) -> Json:
    return {**({"when": when} if when else {}), "dimensions": sizes}


def _style(colour: str, size: str, weight: str) -> Json:
    plain = {"color": colour, "fontSize": size, "fontWeight": weight, "fontFamily": "amazon-ember, sans-serif"}
    return {"values": [plain, {"when": _IF_ROUND, "textAlign": "center"}]}


_STYLES: Json = {
    "title": _style(ACCENT, "@title", "700"),
    "text": _style(INK, "@text", "400"),
    "question": _style(INK, "@text", "700"),
    "head": _style(INK, "@small", "700"),
    "detail": _style(QUIET, "@small", "400"),
    "label": {
        "values": [
            {"color": ON_ACCENT, "fontSize": "@small", "fontWeight": "700", "fontFamily": "amazon-ember, sans-serif"}
        ]
    },
}


def _page() -> Json:
    return {
        "type": "Container",
        "width": "100%",
        "height": "100%",
        "paddingLeft": "@edge",
        "paddingRight": "@edge",
        "paddingTop": "@top",
        "paddingBottom": "@top",
        "items": [
            _text(
                "title",
                "${payload.screen.title}",
                role="header",
                maxLines=2,
                paddingLeft="@title_edge",  # a round screen is narrow where the title stands
                paddingRight="@title_edge",
            ),
            {
                "type": "ScrollView",
                "width": "100%",
                "when": "${payload.screen.reads}",
                "grow": 1,
                "shrink": 1,
                "paddingTop": "@gap",
                "item": {"type": "Container", "width": "100%", "items": [*_paragraphs(), _blocks()]},
            },
            _rows(),
            _answers(),
            _hints(),
        ],
    }


def _text(style: str, text: str, **more: object) -> Json:
    return {"type": "Text", "style": style, "text": text, "width": "100%", **more}


def _paragraphs() -> list[Json]:
    return [
        _text("text", "${payload.screen.text}", when="${payload.screen.text != ''}", paddingBottom="@gap"),
        _text("question", "${payload.screen.question}", when="${payload.screen.question != ''}", paddingBottom="@gap"),
    ]


def _blocks() -> Json:
    """The contacts of a card: whom and which number, then for what and when."""
    block = {
        "type": "Container",
        "width": "100%",
        "paddingBottom": "@gap",
        "items": [
            _text("head", "${data.head}", when="${data.head != ''}"),
            _text("detail", "${data.rest}", when="${data.rest != ''}"),
        ],
    }
    return {"type": "Container", "width": "100%", "data": "${payload.screen.blocks}", "items": [block]}


def _rows() -> Json:
    """Topics, below each other."""
    label = _label() | {"width": "100%", "textAlign": _IF_ROUND[:-1] + " ? 'center' : 'left'}"}
    return {
        "type": "Sequence",
        "when": "${payload.screen.rows.length > 0}",
        "width": "100%",
        "grow": 1,
        "shrink": 1,
        "paddingTop": "@gap",
        "data": "${payload.screen.rows}",
        "items": [_touch(label, {"width": "100%"})],
    }


def _answers() -> Json:
    """The answers to a question, beside each other at the foot."""
    return {
        "type": "Container",
        "when": "${payload.screen.answers.length > 0}",
        "spacing": "@small_gap",
        "direction": "row",
        "width": "100%",
        "height": "@row",
        "justifyContent": _IF_ROUND[:-1] + " ? 'center' : 'start'}",
        "data": "${payload.screen.answers}",
        "items": [_touch(_label(), {})],
    }


def _hints() -> Json:
    """What can be asked, beside each other at the foot; a round screen has no room for it."""
    return {
        "type": "Sequence",
        "when": "${payload.screen.hints.length > 0 && viewport.shape != 'round'}",
        "scrollDirection": "horizontal",
        "spacing": "@small_gap",
        "width": "100%",
        "height": "@row",
        "data": "${payload.screen.hints}",
        "items": [_touch(_label(), {})],
    }


def _label() -> Json:
    return {
        "type": "Text",
        "style": "label",
        "text": "${data.label}",
        "paddingLeft": "@inside",
        "paddingRight": "@inside",
    }


def _touch(label: Json, wide: Json) -> Json:
    """A touch is the same as saying the label."""
    inner = {"type": "Container", "height": "100%", **wide, "justifyContent": "center", "items": [label]}
    frame = {
        "type": "Frame",
        "backgroundColor": ACCENT,
        "borderRadius": "20dp",
        "height": "@row",
        **wide,
        "item": inner,
    }
    return {
        "type": "TouchWrapper",
        "id": "${data.id}",
        "height": "@row",
        "spacing": "@gap",
        **wide,
        "accessibilityLabel": "${data.label}",
        "role": "button",
        "onPress": [{"type": "SendEvent", "arguments": ["touch", "${data.id}"]}],
        "item": frame,
    }
