"""TOML that cannot be read is told with the kind of mistake, line and column."""

from __future__ import annotations

import tomllib

import pytest

from tools.content.findings import Fault
from tools.content.places import Lines
from tools.content.syntax import syntax_finding

MISTAKES = {
    'title = "Troosten\nx = 1\n': (Fault.UNCLOSED_QUOTE, 1, 18),
    '# a\n\nx = 1\nb = """abc\nd\n': (Fault.UNCLOSED_LONG_TEXT, 4, None),
    'x = 1\na = ["x", "y"\nb = 2\n': (Fault.UNCLOSED_LIST, 3, 1),
    'x = 1\n\n# c\na = [\n  "x"\n  "y",\n]\n': (Fault.UNCLOSED_LIST, 6, 3),
    'x = 1\na = ["x", "y"\n': (Fault.UNCLOSED_LIST, 2, None),
    "a = {x = 1\n": (Fault.UNCLOSED_TABLE, 1, 11),
    "x = 1\n[a\ny = 1\n": (Fault.UNCLOSED_HEADER, 2, 3),
    'title "Troosten"\n': (Fault.NO_EQUALS, 1, 7),
    'other age = "x"\n': (Fault.NO_EQUALS, 1, 7),
    "a =\nb = 1\n": (Fault.NO_VALUE, 1, 4),
    "a = 1\nb =": (Fault.NO_VALUE, 2, None),
    "title = Troosten\n": (Fault.NO_QUOTES, 1, 9),
    "a = \u201ctroosten\u201d\n": (Fault.NO_QUOTES, 1, 5),
    "ends = True\n": (Fault.NO_QUOTES, 1, 8),
    'a = "zeg "ja" nu"\n': (Fault.MORE_ON_LINE, 1, 11),
    "a = 2026-13-45\n": (Fault.MORE_ON_LINE, 1, 9),
    'a = "x\\q"\n': (Fault.BACKSLASH, 1, 9),
    'a = "x\x01"\n': (Fault.CHARACTER, 1, 7),
    "x = 1\n= 3\n": (Fault.NO_NAME, 2, 1),
    "een losse zin.\n": (Fault.NO_EQUALS, 1, 5),
    'x = 1\n[t]\na = "x"\nb = 2\na = [\n  "y",\n]\n': (Fault.DOUBLE_KEY, 5, None),
    "[a]\nx = 1\n[b]\n[a]\ny = 2\n": (Fault.DOUBLE_TABLE, 4, None),
    "p = [1]\n[[p]]\n": (Fault.NOT_TOML, 2, 4),
}


@pytest.mark.parametrize("text", MISTAKES, ids=[fault.name.lower() for fault, *_ in MISTAKES.values()])
def test_the_kind_of_mistake_and_its_place(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as refused:
        tomllib.loads(text)
    finding = syntax_finding("x.toml", text, str(refused.value))
    assert (finding.fault, finding.place.line, finding.place.column) == MISTAKES[text]


@pytest.mark.parametrize("text", MISTAKES, ids=[fault.name.lower() for fault, *_ in MISTAKES.values()])
def test_where_a_thing_stands_twice_the_first_is_told(text: str) -> None:
    fault, line, _ = MISTAKES[text]
    finding = syntax_finding("x.toml", text, str(_refusal(text)))
    if fault in {Fault.DOUBLE_KEY, Fault.DOUBLE_TABLE}:
        (other,) = {value for name, value in finding.values.items() if name == "other"}
        (written,) = {str(value) for name, value in finding.values.items() if name != "other"}
        assert written == "a"
        assert other < line and text.split("\n")[other - 1].lstrip("[").startswith("a")
    elif fault is Fault.UNCLOSED_LIST:
        assert text.split("\n")[finding.values["begins"] - 1].startswith("a = [")


def _refusal(text: str) -> Exception:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return error
    raise AssertionError("valid")


FILE = """# a comment
x = 1

[one]
list = [
  "a",   # [two]
  "b",
]
"quoted name" = 'c'
text = \'\'\'
[two]
y = 2
\'\'\'

[[many]]
y = 1

[[many]]
z = 1
y = 2
"""


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"field": "x"}, 2),
        ({}, 1),
        ({"table": "one"}, 4),
        ({"table": "one", "field": "list"}, 5),
        ({"table": "one", "field": "list", "holding": '"b"'}, 7),
        ({"table": "one", "field": "list", "holding": "elsewhere"}, 5),
        ({"table": "one", "field": "quoted name"}, 9),
        ({"table": "one", "field": "missing"}, 4),
        ({"table": "two"}, None),
        ({"table": "many", "field": "y"}, 16),
        ({"table": "many", "field": "y", "number": 1}, 20),
        ({"table": "many", "field": "y", "number": 2}, None),
    ],
    ids=str,
)
def test_the_line_of_a_field(asked: dict[str, str | int], line: int | None) -> None:
    assert Lines(FILE).of(**asked) == line
