"""The marks of an utterance that the linear model weighs: pieces of words, words, and pairs of words.

Training and the running skill share this file, so a mark cannot mean two things.
"""

from __future__ import annotations

from collections import Counter

SHORTEST, LONGEST = 2, 5
PAIR_REACH = 3
"""Words this far apart still make a loose pair ("sla ... zoon")."""


def marks(words: list[str]) -> dict[str, Counter[str]]:
    """Counts by block: `piece` (character 2-5-grams inside words, borders as blanks), `word` (words and neighbours), `pair` (loose pairs).

    The blocks are told apart by their first character, so that one table can hold all: pieces start with a letter or blank,
    words with "=", loose pairs with "~".
    """
    pieces: Counter[str] = Counter()
    for word in words:
        bordered = f" {word} "
        length = len(bordered)
        for size in range(SHORTEST, LONGEST + 1):
            if size >= length:
                pieces[bordered] += 1
                break
            for start in range(length - size + 1):
                pieces[bordered[start : start + size]] += 1
    singles: Counter[str] = Counter("=" + word for word in words)
    singles.update(f"={first} {second}" for first, second in zip(words, words[1:], strict=False))
    pairs: Counter[str] = Counter()
    for index, first in enumerate(words):
        for second in words[index + 2 : index + 1 + PAIR_REACH]:
            pairs[f"~{first} {second}"] += 1
    return {"piece": pieces, "word": singles, "pair": pairs}
