"""Choose the utterances that a slot value shows Alexa, when there are more than it should hold."""

from __future__ import annotations

import heapq
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tools.interaction_model.limits import VALUE_CHARACTERS, WAKE_WORD


def as_sample(text: str) -> str:
    """The text in the spelling that Alexa takes: composed letters, straight apostrophes."""
    return unicodedata.normalize("NFC", text).replace("’", "'").strip()


def usable(texts: Iterable[str]) -> list[str]:
    """The texts as samples, each once, without those that are too long for a slot value or hold the wake word."""
    samples = dict.fromkeys(map(as_sample, texts))
    return [text for text in samples if 0 < len(text) <= VALUE_CHARACTERS and WAKE_WORD not in text.split()]


def most_varied(utterances: Sequence[str], most: int) -> list[str]:
    """At most `most` of the utterances: at each step the one that adds most words not yet shown.

    The result keeps the order of the source, so that one new utterance changes few lines of the generated file. The
    same input gives the same result.
    """
    if len(utterances) <= most:
        return list(utterances)
    words = [list(dict.fromkeys(text.split())) for text in utterances]
    shown: Counter[str] = Counter()
    # What an utterance adds only shrinks while others are taken, so its last known worth is an upper bound: of a heap
    # of those bounds only the top needs a fresh look.
    heap = [(-_worth(own, shown), index) for index, own in enumerate(words)]
    heapq.heapify(heap)
    taken: list[int] = []
    while heap and len(taken) < most:
        bound, index = heapq.heappop(heap)
        worth = _worth(words[index], shown)
        if worth < -bound:
            heapq.heappush(heap, (-worth, index))
            continue
        taken.append(index)
        shown.update(words[index])
    return [utterances[index] for index in sorted(taken)]


def _worth(words: Sequence[str], shown: Mapping[str, int]) -> float:
    """New words count whole, known ones less each time; the root of the length keeps long ones from always winning."""
    return sum([1 / (1 + shown[word]) for word in words]) / math.sqrt(len(words))
