"""What one utterance says: the form in which understanding hands it to the conversation."""

from __future__ import annotations

from typing import NamedTuple


class Understanding(NamedTuple):
    """What an utterance says.

    `control`: the whole of it steers (a name in `controls.toml`). `lead`: it began with "yes" or "no" and went on. `named`: it is
    just the name of a section. `danger`: a kind, `danger_certain` False when it must be asked about. `verdict`: tip, choice,
    out_of_scope or not_understood. `ranking`: sections with calibrated probabilities, best first. `confidence`: high, middle or
    low. `remark`: foreign, rude or child.
    """

    has_words: bool = True
    control: str | None = None
    lead: str | None = None
    named: str | None = None
    danger: str | None = None
    danger_certain: bool = False
    age_months: int | None = None
    verdict: str = "not_understood"
    ranking: tuple[tuple[str, float], ...] = ()
    confidence: str = "low"
    remark: str | None = None


NOTHING = Understanding(has_words=False)
