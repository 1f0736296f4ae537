"""What can be wrong in the content, as data: a fault, its place and its values. The English wording stands here, for the command line;
the testers' page has its own in `simulator/page/mistakes.toml`, with the same names and the same places to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from string import Formatter
from typing import NamedTuple


class Form(Enum):
    """The form that a value should have."""

    TEXT = "a text"
    TEXTS = "a list of texts"
    YES_NO = "true or false"
    DATE = "a date such as 2026-11-22"
    TABLES = "tables written as [[name]]"
    COUNT = "a whole number, 1 or more"


class Fault(Enum):
    """A kind of mistake; the value is what is wrong and what to do, with places to fill in."""

    # Files
    MISSING_FILE = "the file is missing; put it back"
    NO_UTTERANCES = "the file is missing; every section and danger kind has one"
    NOT_UTF8 = "is not UTF-8 text; save it as UTF-8"
    UNFORESEEN = "cannot be used ({detail}); take back what was changed last, or ask a developer"

    # TOML that cannot be read
    UNCLOSED_QUOTE = "is not valid TOML: a quotation mark is not closed; close it at the end of the text"
    UNCLOSED_LONG_TEXT = (
        "is not valid TOML: the text that begins here never ends; mend it with the quotation marks that it began with"
    )
    UNCLOSED_LIST = "is not valid TOML: the list that begins on line {begins} misses a comma or its closing ]; mend it before this place"
    UNCLOSED_TABLE = "is not valid TOML: an opening {{ has no closing }}, or a comma is missing; mend it"
    UNCLOSED_HEADER = "is not valid TOML: the name of a table misses its closing ]; write [name] or [[name]]"
    NO_EQUALS = "is not valid TOML: after a name comes an equals sign; write name = value"
    NO_VALUE = "is not valid TOML: nothing stands after the equals sign; write a value"
    NO_QUOTES = (
        "is not valid TOML: {value} is no value; write a text between quotation marks, and true and false in lower case"
    )
    MORE_ON_LINE = (
        'is not valid TOML: more follows after the value; mend it, a quotation mark inside a text is written as \\"'
    )
    BACKSLASH = "is not valid TOML: a backslash in a text; take it out or double it"
    CHARACTER = "is not valid TOML: the character {character} may not stand here; take it out"
    NO_NAME = "is not valid TOML: a line begins with the name of a field or a table; mend it"
    DOUBLE_KEY = "is not valid TOML: '{key}' stands already on line {other}; keep one of them"
    DOUBLE_TABLE = "is not valid TOML: [{table}] stands already on line {other}; keep one of them"
    NOT_TOML = "is not valid TOML ({detail}); mend it"

    # Form
    NOT_A_TABLE = "'{name}' is not a table; write it as [{name}] with fields below"
    UNKNOWN_FIELD = "unknown field '{field}'; known are {known}"
    MISSING_FIELD = "field '{field}' is missing; add {field} = ..."
    WRONG_FORM = "field '{field}' should be {form}; mend it"
    EMPTY_FIELD = "field '{field}' is empty; write it"

    # Names that belong together
    SECTION_MISSING = "the section is missing; its id must be '{id}'"
    DANGER_MISSING = "[{kind}] is missing; every kind of danger has an answer"
    TABLE_MISSING = "[{table}] is missing, and the skill needs it; put it back"
    UNKNOWN_TABLE = "[{table}] is used nowhere in the skill; mend the name, or take it out"
    ID_IS_NOT_NAME = "id '{id}' is not the file's name; make them equal"
    UNKNOWN_VALUE = "{field} '{value}' is not known; use one of {known}"
    NO_PIECES = "a section needs at least one [[pieces]] and one spoken name; add them"
    NO_PARAGRAPHS = "names no paragraph of the page; add one of {known}"
    NO_NUMBER = "an answer that stays open needs `number`, which is said again on request; add it"
    FEW_MOST_ASKED = "most_asked names {count} sections; name at least {limit}"

    # Spoken texts
    EMPTY_TEXT = "is empty; write the sentence"
    MARKUP = "markup or web address '{found}' in a spoken text; take it out"
    DIGITS = "the digits {found} in a spoken text; write the number in words"
    NO_SENTENCE_END = "does not end a sentence; end it with a full stop or question mark"
    ASKS = "asks a question; questions stand in ask_..., follow_up, offer, confirm only"
    NO_QUESTION_MARK = "is a question without question mark; end it with ?"
    LONG_SENTENCE = "the sentence that begins with '{begins}' has {count} words; at most {limit}, split it"
    LONG_SENTENCES = "sentences of {average} words on average; at most {limit}, make them shorter"
    NO_VARIANTS = "has no variants; write one"
    FEW_VARIANTS = "recurs, and has {count} variants; write at least {limit}"
    LONG_ANSWER = "{count} words; at most {limit}, shorten it or move a part to a further piece"
    LONG_DANGER = "{count} words and its question {question}; at most {limit} together, shorten it"
    LONG_CHOICE = "{count} words; half of a choice has at most {limit}, shorten it"
    LONG_CARD = "more than {limit} characters; leave contacts out"
    HARD_TO_READ = "reading ease {ease}, at least {limit}; use shorter words and sentences"
    ALL_HARD_TO_READ = "reading ease of all answers {ease}, at least {limit}; use shorter words and sentences"
    COPIED = "'{words}' stands so on the page; say it in our own words"
    NO_SAMPLE = "suggests '{phrase}', which is no sample; add it to the utterances or controls"

    # Danger, contacts, page
    NUMBER_IS_ARTICLE = "'{number}' holds 'een' without accents, which is read as the article; write 'één'"
    SPOKEN_IS_UNSURE = "a certain number has `spoken`, any other has none; add or remove it"
    NO_WAY_TO_REACH = "has neither `number` nor `where`; add one"
    STRANGE_NUMBER = "'{number}' is no contact's spoken number; numbers come from contacts.toml only"
    NOBODY_TO_CALL = "the first two sentences name nobody to call; put that first"
    ALARM_NUMBER = "life in danger says één, één, twee in the first and in the last sentence; write it there"
    NO_HASH = "paragraph '{id}' has no SHA-256; write 64 hex digits"
    DATE_SAID = "checked_spoken does not end with '{date}'; write the date of `checked` in words"

    # Utterances, phrases, names
    FEW_UTTERANCES = "{count} utterances; a section needs at least {limit}, add some"
    NOT_AS_SPOKEN = "'{text}' is not as spoken; lower case, no punctuation or digits, single spaces"
    ALSO_UNKNOWN = (
        "after the bar stands '{value}', which is no other answer to this; use some of {known}, or take it out"
    )
    ALSO_DANGER = "a danger has no other good answer; take out the bar and what follows"
    DOUBLE_UTTERANCE = "'{text}' stands already in {file}:{line}; keep one of them"
    DOUBLE_PHRASE = "'{text}' stands already in [{other}]; keep one of them"
    PHRASE_IS_UTTERANCE = "'{text}' is also an utterance ({file}:{line}); keep one of them"
    NAME_TAKEN = "the name '{name}' is already '{other}'; choose another"
    NO_PLACE_FOR_QUESTION = "'{phrase}' must hold {bare} once, with other words; mend it"


class Place(NamedTuple):
    """Where something stands. `file`: path inside the content folder; `line` and `column` count from 1, None where it concerns no one
    place; `entry`: the table or content key, for who reads a report without the file.
    """

    file: str
    line: int | None = None
    column: int | None = None
    entry: str = ""


Value = str | int | float | Form | tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One mistake. Raises ValueError when the values are not those that its wording needs."""

    fault: Fault
    place: Place
    values: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.values) != fields_of(self.fault.value):
            raise ValueError(
                f"{self.fault.name} takes {sorted(fields_of(self.fault.value))}, not {sorted(self.values)}"
            )

    def __str__(self) -> str:
        file, line, column, entry = self.place
        where = ":".join(str(part) for part in (file, line, column) if part is not None)
        return f"{where}{entry and f' {entry}'}: {self.told(self.fault.value)}"

    def told(self, wording: str, form: Callable[[Form], str] = lambda form: form.value, point: str = ".") -> str:
        """The wording filled in; `form` names a form, `point` stands in fractions."""
        return wording.format(**{name: _shown(value, form, point) for name, value in self.values.items()})


Findings = Iterator[Finding]


def fields_of(wording: str) -> set[str]:
    """The places to fill in of a wording."""
    return {name for _, name, _, _ in Formatter().parse(wording) if name is not None}


def _shown(value: Value, form: Callable[[Form], str], point: str) -> str:
    if isinstance(value, Form):
        return form(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:.1f}".replace(".", point) if isinstance(value, float) else str(value)
