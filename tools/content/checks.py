"""What the content must hold, as checks that each return findings: file, line or entry, what is wrong and what to do.

Lengths, question rule and the words about danger: README, "How it talks". Reading level: Flesch-Douma by textstat.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Collection, Iterator

from tools.audio.numbers import number as in_words
from tools.content.compile import PAGE_ORDER, card_text, spoken_texts
from tools.content.reading import reading_ease, words_of
from tools.content.sources import LOOKALIKES, OUT_OF_SCOPE, Sources, read_utterances

KINDS = ("tip", "worry", "contact", "source")
AUDIENCES = ("young", "older", "every")
SCREENS = ("free", "ask", "never")
DANGER_KINDS = (
    "levensgevaar",
    "letsel",
    "kwaad-doen",
    "angst-kwaad-doen",
    "verward",
    "zelfdoding",
    "geweld",
    "ander-kind",
    "kind-spreekt",
)

PIECE_WORDS = 45  # one or two breaths, about 20 seconds
DANGER_WORDS = 60  # the whole danger answer with its question
SENTENCE_WORDS = 15
SENTENCE_AVERAGE = 10
CARD_CHARACTERS = 8000  # all card text together; developer.amazon.com, request and response JSON reference
NAMES_FOR_A_CHOICE = 12  # words of one half of "Bedoel je ..., of bedoel je ...?"
UTTERANCES_MINIMUM = 60
UTTERANCES_MINIMUM_SMALL = {"hulp-en-advies": 40, "bron": 40}
CONTACT_DAYS = 180
COPIED_WORDS = 7  # as many words in a row as on the page count as a copied sentence
EASE_OF_ONE = 65.0
EASE_OF_ALL = 80.0

_MARKUP = re.compile(r"[<>&{}\[\]*_#\\`|]|https?:")
_SUGGESTION = re.compile(r"zeg (?:bijvoorbeeld|dan): ([^.?!]+)[.?!]", re.IGNORECASE)
_DIGIT_WORDS = ("nul", "een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_SPOKEN_NUMBER = re.compile(
    rf"\b(?:{'|'.join(_DIGIT_WORDS)})\b(?:,? (?:{'|'.join(_DIGIT_WORDS)})\b){{2,}}", re.IGNORECASE
)
_WORD = r"['’]?[a-zà-öø-ÿ]+(?:['’-][a-zà-öø-ÿ]+)*['’]?"
_UTTERANCE = re.compile(rf"{_WORD}(?: {_WORD})*")
_QUESTION_FAMILIES = ("ask_", "follow_up.", "offer.", "confirm.", "choice_second.")
_MAY_ASK = (*_QUESTION_FAMILIES, "reprompt_")
_RECURRING = re.compile(r"^(?:ask_(?!back)|reprompt_|miss_first|out_of_scope|choice_|end$|end_stop|card_)")
RECURRING_VARIANTS = 3

Findings = Iterator[str]


def sentences_of(text: str) -> list[str]:
    """The sentences of a spoken text."""
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", text) if part.strip()]


def spoken_numbers(text: str) -> list[str]:
    """Telephone numbers as spoken in a text, without commas: "één één twee"."""
    return [match.group().lower().replace(",", "") for match in _SPOKEN_NUMBER.finditer(text)]


def where_is(key: str, sources: Sources) -> str:
    """The file (and line, where the text stands on one) that a content key comes from."""
    family, _, rest = key.partition(".")
    if family in {"tip", "follow_up", "offer", "confirm", "choice_first", "choice_second"}:
        name = f"tips/{rest.split('.')[0]}.toml"
    else:
        name = {"danger": "danger.toml", "number": "danger.toml", "sent": "cards.toml", "source": "page.toml"}.get(
            family, "prompts.toml"
        )
    text = spoken_texts(sources)[key]
    lines = (sources.root / name).read_text(encoding="utf-8").splitlines()
    hits = [number for number, line in enumerate(lines, start=1) if text and text in line]
    return f"{name}:{hits[0]} ({key})" if hits else f"{name} ({key})"


def check_ids(sources: Sources) -> Findings:
    """Sections, kinds and references are known."""
    yield from _check_tip_ids(sources)
    yield from _check_danger_ids(sources)
    for name in sources.most_asked:
        yield from _one_of("prompts.toml most_asked", "section", name, sources.tips)
    for family, prompt in sources.prompts.items():
        for name in prompt.sections:
            yield from _one_of(f"prompts.toml [{family}]", "sections", name, sources.tips)
    for name, card in sources.cards.items():
        for contact in card.contacts:
            yield from _one_of(f"cards.toml [{name}]", "contacts", contact, sources.contacts)


def _check_tip_ids(sources: Sources) -> Findings:
    for identifier in PAGE_ORDER:
        if identifier not in sources.tips:
            yield f"tips/{identifier}.toml: the section is missing; its id must be {identifier!r}"
    for tip in sources.tips.values():
        where = f"tips/{tip.path.name}"
        if tip.id != tip.path.stem:
            yield f"{where}: id {tip.id!r} is not the file's name; make them equal"
        yield from _one_of(where, "id", tip.id, PAGE_ORDER)
        yield from _one_of(where, "kind", tip.kind, KINDS)
        yield from _one_of(where, "audience", tip.audience, AUDIENCES)
        yield from _one_of(where, "card", tip.card, sources.cards)
        yield from _one_of(where, "neighbour", tip.neighbour, sources.tips)
        if tip.audience != "every" or tip.other_age is not None:
            yield from _one_of(where, "other_age", str(tip.other_age), sources.tips)
        if not tip.pieces or not tip.names:
            yield f"{where}: a section needs at least one [[pieces]] and one spoken name; add them"
        for piece in tip.pieces:
            for paragraph in piece.paragraphs or ("",):
                yield from _one_of(where, "paragraphs", paragraph, sources.page.paragraphs)


def _check_danger_ids(sources: Sources) -> Findings:
    for kind in DANGER_KINDS:
        if kind not in sources.dangers:
            yield f"danger.toml: [{kind}] is missing; every kind has an answer"
    for kind, danger in sources.dangers.items():
        yield from _one_of("danger.toml", "kind", kind, DANGER_KINDS)
        yield from _one_of(f"danger.toml [{kind}]", "screen", danger.screen, SCREENS)
        if danger.card is not None:
            yield from _one_of(f"danger.toml [{kind}]", "card", danger.card, sources.cards)
        if not danger.ends and not danger.number:
            yield f"danger.toml [{kind}]: an answer that stays open needs `number`, which is said again on request; add it"


def _one_of(where: str, field: str, value: str, known: Collection[str]) -> Findings:
    if value not in known:
        yield f"{where}: {field} {value!r} is not known; use one of {', '.join(known)}"


def check_texts(sources: Sources) -> Findings:
    """Form of every spoken text: whole sentences, no markup, no digits, the question rule, sentence lengths."""
    for key, text in spoken_texts(sources).items():
        where = where_is(key, sources)
        if not text.strip():
            yield f"{where}: is empty; write the sentence"
            continue
        if found := _MARKUP.search(text):
            yield f"{where}: markup or web address {found.group()!r} in a spoken text; take it out"
        if re.search(r"\d", text):
            yield f"{where}: digits in a spoken text; write the number in words"
        if not key.startswith("choice_first.") and not text.endswith((".", "?", "!")):
            yield f"{where}: does not end a sentence; end it with a full stop or question mark"
        if "?" in text and not key.startswith(_MAY_ASK):
            yield f"{where}: asks a question; questions stand in ask_..., follow_up, offer, confirm only"
        if key.startswith(_QUESTION_FAMILIES) and not key.startswith("ask_back") and not text.endswith("?"):
            yield f"{where}: is a question without question mark; end it with ?"
        lengths = [len(words_of(sentence)) for sentence in sentences_of(text)]
        if max(lengths) > SENTENCE_WORDS:
            yield f"{where}: a sentence of {max(lengths)} words; at most {SENTENCE_WORDS}, split it"
        if len(lengths) > 1 and sum(lengths) / len(lengths) > SENTENCE_AVERAGE:
            yield f"{where}: sentences of {sum(lengths) / len(lengths):.1f} words on average; at most {SENTENCE_AVERAGE}"
    for family, prompt in sources.prompts.items():
        if _RECURRING.match(family) and len(prompt.variants) < RECURRING_VARIANTS:
            yield f"prompts.toml [{family}]: recurs, and has {len(prompt.variants)} variants; write at least {RECURRING_VARIANTS}"
        if not prompt.variants:
            yield f"prompts.toml [{family}]: has no variants; write one"


def check_lengths(sources: Sources) -> Findings:
    """Answers fit in a breath or two."""
    longest_question = max(len(words_of(text)) for text in sources.prompts["ask_number"].variants)
    for key, text in spoken_texts(sources).items():
        count = len(words_of(text))
        if key.startswith("tip.") and count > PIECE_WORDS:
            yield f"{where_is(key, sources)}: {count} words; at most {PIECE_WORDS}, shorten it or move a part to a further piece"
        if key.startswith("danger.") and count + longest_question > DANGER_WORDS:
            yield f"{where_is(key, sources)}: {count} words and its question {longest_question}; at most {DANGER_WORDS} together"
        if key.startswith("choice_") and count > NAMES_FOR_A_CHOICE:
            yield f"{where_is(key, sources)}: {count} words; half of a choice has at most {NAMES_FOR_A_CHOICE}"
    for name, card in sources.cards.items():
        if len(card_text(sources, card)) + len(sources.card_title) > CARD_CHARACTERS:
            yield f"cards.toml [{name}]: more than {CARD_CHARACTERS} characters; leave contacts out"


def check_danger(sources: Sources) -> Findings:
    """A danger answer names whom to call at once, and numbers are the contacts' own, digit by digit."""
    known = {
        contact.spoken.lower().replace(",", "")
        for contact in sources.contacts.values()
        if contact.spoken and contact.certain
    }
    for name, contact in sources.contacts.items():
        where = f"contacts.toml [{name}]"
        if contact.spoken and re.search(r"\been\b", contact.spoken):
            yield f"{where}: the spoken number holds 'een' without accents, which is read as the article; write 'één'"
        if bool(contact.spoken) != bool(contact.number and contact.certain):
            yield f"{where}: a certain number has `spoken`, any other has none; add or remove it"
        if not contact.number and not contact.where:
            yield f"{where}: has neither `number` nor `where`; add one"
        if not contact.source.strip():
            yield f"{where}: field 'source' is empty; say where the contact comes from"
    for key, text in spoken_texts(sources).items():
        for number in spoken_numbers(text):
            if re.search(r"\been\b", number):
                yield f"{where_is(key, sources)}: {number!r} holds 'een' without accents; write 'één'"
            elif number not in known:
                yield f"{where_is(key, sources)}: {number!r} is no contact's spoken number; numbers come from contacts.toml only"
    for kind, danger in sources.dangers.items():
        sentences = sentences_of(danger.text)
        if not any(_names_help(sentence) for sentence in sentences[:2]):
            yield f"danger.toml [{kind}]: the first two sentences name nobody to call; put that first"
        if danger.ends and not all(
            "één één twee" in sentence.replace(",", "") for sentence in (sentences[0], sentences[-1])
        ):
            yield f"danger.toml [{kind}]: life in danger says één, één, twee in the first and in the last sentence"


def _names_help(sentence: str) -> bool:
    return bool(spoken_numbers(sentence)) or any(word in sentence.lower() for word in ("huisarts", "spoedpost"))


def check_suggestions(sources: Sources) -> Findings:
    """A phrase that a prompt suggests is understood: a control phrase, a spoken name or an utterance."""
    invocation = {"open band met mijn kind"}
    known = invocation | {phrase for control in sources.controls.values() for phrase in control.phrases}
    known |= {name for tip in sources.tips.values() for name in tip.names}
    known |= {utterance for label in sources.tips for utterance in sources.utterances[label]}
    for key, text in spoken_texts(sources).items():
        for suggestion in _SUGGESTION.findall(text):
            if suggestion.strip().lower() not in known:
                yield f"{where_is(key, sources)}: suggests {suggestion.strip()!r}, which is no sample; add it to the utterances or controls"


def check_utterances(sources: Sources) -> Findings:
    """Utterances are spoken words, enough of them, and stand under one label only."""
    seen: dict[str, str] = {}
    for label in [*sources.tips, OUT_OF_SCOPE, LOOKALIKES, *sources.dangers]:
        path = sources.path_of_utterances(label)
        name = str(path.relative_to(sources.root))
        lines = read_utterances(path)
        least = UTTERANCES_MINIMUM_SMALL.get(label, UTTERANCES_MINIMUM)
        if label in sources.tips and len(lines) < least:
            yield f"{name}: {len(lines)} utterances; a section needs at least {least}"
        for number, text in lines:
            if not _UTTERANCE.fullmatch(text):
                yield f"{name}:{number}: {text!r} is not as spoken; lower case, no punctuation or digits, single spaces"
            if text in seen:
                yield f"{name}:{number}: {text!r} stands already in {seen[text]}; keep one of them"
            seen.setdefault(text, f"{name}:{number}")
    phrases: dict[str, str] = {}
    for name, control in sources.controls.items():
        for phrase in control.phrases:
            if phrase in phrases:
                yield f"controls.toml [{name}]: {phrase!r} stands already in [{phrases[phrase]}]; keep one of them"
            if phrase in seen:
                yield f"controls.toml [{name}]: {phrase!r} is also an utterance ({seen[phrase]}); keep one of them"
            phrases.setdefault(phrase, name)
    names: dict[str, str] = {}
    for tip in sources.tips.values():
        for spoken in tip.names:
            other = names.get(spoken) or phrases.get(spoken)
            if other:
                yield f"tips/{tip.path.name}: the name {spoken!r} is already {other!r}; choose another"
            names[spoken] = tip.id


def check_page(sources: Sources) -> Findings:
    """Paragraph hashes have the right form, the date that is said is the date of the check, and no sentence of the page is copied."""
    page = sources.page
    for identifier, digest in page.paragraphs.items():
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            yield f"page.toml: paragraph {identifier!r} has no SHA-256; write 64 hex digits"
    if not page.checked_spoken.lower().endswith(f"{spoken_date(page.checked)}."):
        yield f"page.toml: checked_spoken does not end with {spoken_date(page.checked)!r}; write the date of `checked` in words"
    copied = set(page.run_hashes.split())
    for key, text in spoken_texts(sources).items():
        words = words_of(text)
        for start in range(len(words) - COPIED_WORDS + 1):
            run = " ".join(words[start : start + COPIED_WORDS])
            if run_hash(run) in copied:
                yield f"{where_is(key, sources)}: {run!r} stands so on the page; say it in our own words"


def run_hash(run: str) -> str:
    """Short hash of a run of words; page.toml holds those of the page, so that copying shows without the page."""
    return hashlib.sha256(run.lower().encode()).hexdigest()[:10]


_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def spoken_date(date: datetime.date) -> str:
    """A date of this century in Dutch words: "tweeëntwintig november tweeduizend zesentwintig"."""
    return f"{in_words(date.day)} {_MONTHS[date.month - 1]} {in_words(date.year)}"


def check_reading(sources: Sources) -> Findings:
    """Reading level: each answer, and all of them together."""
    answers = {key: text for key, text in spoken_texts(sources).items() if key.startswith(("tip.", "danger."))}
    for key, text in answers.items():
        ease = reading_ease(text)
        if ease < EASE_OF_ONE:
            yield f"{where_is(key, sources)}: reading ease {ease:.0f}, at least {EASE_OF_ONE:.0f}; use shorter words and sentences"
    together = reading_ease(" ".join(answers.values()))
    if together < EASE_OF_ALL:
        yield f"tips/, danger.toml: reading ease of all answers {together:.0f}; at least {EASE_OF_ALL:.0f}"


CHECKS: tuple[Callable[[Sources], Findings], ...] = (
    check_ids,
    check_texts,
    check_lengths,
    check_danger,
    check_suggestions,
    check_utterances,
    check_page,
    check_reading,
)


def findings(sources: Sources) -> list[str]:
    """All that is wrong with the sources; empty when they may be compiled. Later checks need known ids, so those come alone."""
    unknown = list(check_ids(sources))
    return unknown or [finding for check in CHECKS[1:] for finding in check(sources)]


def warnings(sources: Sources, today: datetime.date) -> list[str]:
    """What does not stop the build but must be looked at: contacts that were checked too long ago."""
    old = [(name, (today - contact.checked).days) for name, contact in sources.contacts.items()]
    return [
        f"contacts.toml [{name}]: checked {days} days ago; check it again and write the new date"
        for name, days in old
        if days > CONTACT_DAYS
    ]


__all__ = ["CHECKS", "findings", "run_hash", "sentences_of", "spoken_date", "spoken_numbers", "warnings"]
