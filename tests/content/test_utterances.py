"""A file of utterances: one a line, who wrote it above, and after a bar what else would be a good answer."""

from __future__ import annotations

from tools.content.sources import CONTENT, Utterance, every_utterance, utterances_in

FILE = """\
# Section: gevoelens
zonder hand
# hand q
hij huilt weer | troosten buiten

  met ruimte eromheen  \
"""


def test_lines_hands_and_other_answers_are_told_apart() -> None:
    assert utterances_in(FILE) == [
        Utterance(2, "zonder hand", (), "?"),
        Utterance(4, "hij huilt weer", ("troosten", "buiten"), "q"),
        Utterance(6, "met ruimte eromheen", (), "q"),
    ]


def test_no_utterance_that_parents_see_holds_a_bar() -> None:
    assert not [utterance.text for utterance in every_utterance(CONTENT) if "|" in utterance.text]
