"""What the content must hold, as checks that each return findings: what is wrong, and where.

Lengths, question rule and the words about danger: README, "How it talks". Reading level: Flesch-Douma by textstat.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable

from tools.audio.numbers import number as in_words
from tools.content.compile import card_text, spoken_texts
from tools.content.findings import Fault, Finding, Findings, Place, Value
from tools.content.places import Places
from tools.content.reading import reading_ease, words_of
from tools.content.references import check_references
from tools.content.sources import LOOKALIKES, OUT_OF_SCOPE, Sources, read_utterances

PIECE_WORDS = 45  # one or two breaths, about 20 seconds
DANGER_WORDS = 60  # the whole danger answer with its question
SENTENCE_WORDS = 15
FIRST_WORDS = 4  # of a sentence, enough to find it by
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


def sentences_of(text: str) -> list[str]:
    """The sentences of a spoken text."""
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", text) if part.strip()]


def spoken_numbers(text: str) -> list[str]:
    """Telephone numbers as spoken in a text, without commas: "één één twee"."""
    return [match.group().lower().replace(",", "") for match in _SPOKEN_NUMBER.finditer(text)]


class _Texts:
    """Every spoken text by its content key, and findings about one of them."""

    def __init__(self, sources: Sources) -> None:
        self.all = spoken_texts(sources)
        self._places = Places(sources.root)

    def wrong(self, key: str, fault: Fault, **values: Value) -> Finding:
        """A finding about the text of a key."""
        return Finding(fault, self._places.of_text(key, self.all[key]), values)


def check_texts(sources: Sources) -> Findings:
    """Form of every spoken text: whole sentences, no markup, no digits, the question rule."""
    texts = _Texts(sources)
    for key, text in texts.all.items():
        if not text.strip():
            yield texts.wrong(key, Fault.EMPTY_TEXT)
            continue
        if found := _MARKUP.search(text):
            yield texts.wrong(key, Fault.MARKUP, found=found.group())
        if found := re.search(r"\d+", text):
            yield texts.wrong(key, Fault.DIGITS, found=found.group())
        if not key.startswith("choice_first.") and not text.endswith((".", "?", "!")):
            yield texts.wrong(key, Fault.NO_SENTENCE_END)
        if "?" in text and not key.startswith(_MAY_ASK):
            yield texts.wrong(key, Fault.ASKS)
        if key.startswith(_QUESTION_FAMILIES) and not key.startswith("ask_back") and not text.endswith("?"):
            yield texts.wrong(key, Fault.NO_QUESTION_MARK)


def check_sentences(sources: Sources) -> Findings:
    """Sentences are short."""
    texts = _Texts(sources)
    for key, text in texts.all.items():
        sentences = sentences_of(text)
        lengths = [len(words_of(sentence)) for sentence in sentences]
        for sentence, length in zip(sentences, lengths, strict=True):
            if length > SENTENCE_WORDS:
                begins = " ".join(sentence.split()[:FIRST_WORDS])
                yield texts.wrong(key, Fault.LONG_SENTENCE, begins=begins, count=length, limit=SENTENCE_WORDS)
        if len(lengths) > 1 and (average := sum(lengths) / len(lengths)) > SENTENCE_AVERAGE:
            yield texts.wrong(key, Fault.LONG_SENTENCES, average=average, limit=SENTENCE_AVERAGE)


def check_variants(sources: Sources) -> Findings:
    """What is said often is said in several ways."""
    places = Places(sources.root)
    for family, prompt in sources.prompts.items():
        where, count = places.of("prompts.toml", family, "variants"), len(prompt.variants)
        if not count:
            yield Finding(Fault.NO_VARIANTS, where)
        elif _RECURRING.match(family) and count < RECURRING_VARIANTS:
            yield Finding(Fault.FEW_VARIANTS, where, {"count": count, "limit": RECURRING_VARIANTS})


def check_lengths(sources: Sources) -> Findings:
    """Answers fit in a breath or two."""
    longest_question = max((len(words_of(text)) for text in sources.prompts["ask_number"].variants), default=0)
    texts = _Texts(sources)
    for key, text in texts.all.items():
        count = len(words_of(text))
        if key.startswith("tip.") and count > PIECE_WORDS:
            yield texts.wrong(key, Fault.LONG_ANSWER, count=count, limit=PIECE_WORDS)
        if key.startswith("danger.") and count + longest_question > DANGER_WORDS:
            yield texts.wrong(key, Fault.LONG_DANGER, count=count, question=longest_question, limit=DANGER_WORDS)
        if key.startswith("choice_") and count > NAMES_FOR_A_CHOICE:
            yield texts.wrong(key, Fault.LONG_CHOICE, count=count, limit=NAMES_FOR_A_CHOICE)
    for name, card in sources.cards.items():
        if len(card_text(sources, card)) + len(sources.card_title) > CARD_CHARACTERS:
            yield Finding(Fault.LONG_CARD, Places(sources.root).of("cards.toml", name), {"limit": CARD_CHARACTERS})


def check_contacts(sources: Sources) -> Findings:
    """A contact can be reached, and what is said of its number is that number."""
    places = Places(sources.root)
    for name, contact in sources.contacts.items():
        where = places.of("contacts.toml", name)
        spoken = places.of("contacts.toml", name, "spoken")
        if contact.spoken and re.search(r"\been\b", contact.spoken):
            yield Finding(Fault.NUMBER_IS_ARTICLE, spoken, {"number": contact.spoken})
        if bool(contact.spoken) != bool(contact.number and contact.certain):
            yield Finding(Fault.SPOKEN_IS_UNSURE, spoken)
        if not contact.number and not contact.where:
            yield Finding(Fault.NO_WAY_TO_REACH, where)
        if not contact.source.strip():
            yield Finding(Fault.EMPTY_FIELD, places.of("contacts.toml", name, "source"), {"field": "source"})


def check_danger(sources: Sources) -> Findings:
    """A danger answer names whom to call at once, and numbers are the contacts' own, digit by digit."""
    known = {
        contact.spoken.lower().replace(",", "")
        for contact in sources.contacts.values()
        if contact.spoken and contact.certain
    }
    texts = _Texts(sources)
    for key, text in texts.all.items():
        for number in spoken_numbers(text):
            if re.search(r"\been\b", number):
                yield texts.wrong(key, Fault.NUMBER_IS_ARTICLE, number=number)
            elif number not in known:
                yield texts.wrong(key, Fault.STRANGE_NUMBER, number=number)
    places = Places(sources.root)
    for kind, danger in sources.dangers.items():
        sentences = sentences_of(danger.text)
        where = places.of("danger.toml", kind, "text")
        if not any(_names_help(sentence) for sentence in sentences[:2]):
            yield Finding(Fault.NOBODY_TO_CALL, where)
        ends = (sentences[0], sentences[-1]) if sentences else ("",)
        if danger.ends and not all("één één twee" in sentence.replace(",", "") for sentence in ends):
            yield Finding(Fault.ALARM_NUMBER, where)


def _names_help(sentence: str) -> bool:
    return bool(spoken_numbers(sentence)) or any(word in sentence.lower() for word in ("huisarts", "spoedpost"))


def check_suggestions(sources: Sources) -> Findings:
    """A phrase that a prompt suggests is understood: a control phrase, a spoken name or an utterance."""
    invocation = {"open band met mijn kind"}
    known = invocation | {phrase for control in sources.controls.values() for phrase in control.phrases}
    known |= {name for tip in sources.tips.values() for name in tip.names}
    known |= {utterance for label in sources.tips for utterance in sources.utterances[label]}
    texts = _Texts(sources)
    for key, text in texts.all.items():
        for suggestion in _SUGGESTION.findall(text):
            if suggestion.strip().lower() not in known:
                yield texts.wrong(key, Fault.NO_SAMPLE, phrase=suggestion.strip())


def check_utterances(sources: Sources) -> Findings:
    """Utterances are spoken words, enough of them, and stand under one label only; phrases and names too."""
    seen: dict[str, Place] = {}
    answers = (*sources.tips, OUT_OF_SCOPE)
    for label in [*sources.tips, OUT_OF_SCOPE, LOOKALIKES, *sources.dangers]:
        path = sources.path_of_utterances(label)
        file = path.relative_to(sources.root).as_posix()
        lines = read_utterances(path)
        least = UTTERANCES_MINIMUM_SMALL.get(label, UTTERANCES_MINIMUM)
        if label in sources.tips and len(lines) < least:
            yield Finding(Fault.FEW_UTTERANCES, Place(file), {"count": len(lines), "limit": least})
        for number, text, also, _ in lines:
            where = Place(file, number)
            known = tuple(answer for answer in answers if answer != label)
            if also and label in sources.dangers:
                yield Finding(Fault.ALSO_DANGER, where)
            elif strange := next((other for other in also if other not in known), None):
                yield Finding(Fault.ALSO_UNKNOWN, where, {"value": strange, "known": known})
            if not _UTTERANCE.fullmatch(text):
                yield Finding(Fault.NOT_AS_SPOKEN, where, {"text": text})
            if text in seen:
                yield Finding(Fault.DOUBLE_UTTERANCE, where, {"text": text, **_at(seen[text])})
            seen.setdefault(text, where)
    yield from _check_phrases(sources, seen)


def _check_phrases(sources: Sources, utterances: dict[str, Place]) -> Findings:
    places = Places(sources.root)
    phrases: dict[str, str] = {}
    for name, phrase in [(key, one) for key, control in sources.controls.items() for one in control.phrases]:
        values: list[tuple[Fault, dict[str, Value]]] = []
        if phrase in phrases:
            values.append((Fault.DOUBLE_PHRASE, {"other": phrases[phrase]}))
        if phrase in utterances:
            values.append((Fault.PHRASE_IS_UTTERANCE, _at(utterances[phrase])))
        for fault, more in values:
            where = places.of("controls.toml", name, "phrases", holding=f'"{phrase}"')
            yield Finding(fault, where, {"text": phrase, **more})
        phrases.setdefault(phrase, name)
    names: dict[str, str] = {}
    for tip in sources.tips.values():
        for spoken in tip.names:
            if other := names.get(spoken) or phrases.get(spoken):
                where = places.of(f"tips/{tip.path.name}", "", "names", holding=f'"{spoken}"')
                yield Finding(Fault.NAME_TAKEN, where, {"name": spoken, "other": other})
            names[spoken] = tip.id


def _at(place: Place) -> dict[str, Value]:
    return {"file": place.file, "line": place.line or 1}


def check_page(sources: Sources) -> Findings:
    """Paragraph hashes have the right form, the date that is said is the date of the check, and no sentence of the page is copied."""
    page, places = sources.page, Places(sources.root)
    for number, (identifier, digest) in enumerate(page.paragraphs.items()):
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            where = places.of("page.toml", "paragraphs", "sha256", number=number)
            yield Finding(Fault.NO_HASH, where, {"id": identifier})
    date = spoken_date(page.checked)
    if not page.checked_spoken.lower().endswith(f"{date}."):
        yield Finding(Fault.DATE_SAID, places.of("page.toml", "", "checked_spoken"), {"date": date})
    copied = set(page.run_hashes.split())
    texts = _Texts(sources)
    for key, text in texts.all.items():
        words = words_of(text)
        for start in range(len(words) - COPIED_WORDS + 1):
            run = " ".join(words[start : start + COPIED_WORDS])
            if run_hash(run) in copied:
                yield texts.wrong(key, Fault.COPIED, words=run)


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
    texts = _Texts(sources)
    answers = {key: text for key, text in texts.all.items() if key.startswith(("tip.", "danger."))}
    for key, text in answers.items():
        ease = reading_ease(text)
        if ease < EASE_OF_ONE:
            yield texts.wrong(key, Fault.HARD_TO_READ, ease=round(ease), limit=round(EASE_OF_ONE))
    together = reading_ease(" ".join(answers.values()))
    if together < EASE_OF_ALL:
        values: dict[str, Value] = {"ease": round(together), "limit": round(EASE_OF_ALL)}
        yield Finding(Fault.ALL_HARD_TO_READ, Place("tips"), values)


CHECKS: tuple[Callable[[Sources], Findings], ...] = (
    check_texts,
    check_sentences,
    check_variants,
    check_lengths,
    check_contacts,
    check_danger,
    check_suggestions,
    check_utterances,
    check_page,
    check_reading,
)


def findings(sources: Sources) -> list[Finding]:
    """All that is wrong with the sources; empty when they may be compiled. The other checks need known names, so those come alone."""
    unknown = list(check_references(sources))
    return unknown or [finding for check in CHECKS for finding in check(sources)]


def warnings(sources: Sources, today: datetime.date) -> list[str]:
    """What does not stop the build but must be looked at: contacts that were checked too long ago."""
    old = [(name, (today - contact.checked).days) for name, contact in sources.contacts.items()]
    return [
        f"contacts.toml [{name}]: checked {days} days ago; check it again and write the new date"
        for name, days in old
        if days > CONTACT_DAYS
    ]


__all__ = ["CHECKS", "findings", "run_hash", "sentences_of", "spoken_date", "spoken_numbers", "warnings"]
