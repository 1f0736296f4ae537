"""What the schema of an interaction model misses: all rules of ours, in one list."""

from __future__ import annotations

from collections.abc import Callable

from tools.interaction_model import phrases, structure
from tools.interaction_model.view import Finding, Findings, Json

RULES: tuple[Callable[[Json], Findings], ...] = (
    structure.check_invocation_name,
    structure.check_intent_names,
    structure.check_samples_exist,
    structure.check_slots,
    structure.check_type_names,
    phrases.check_spelling,
    phrases.check_repeated_samples,
    phrases.check_ambiguity,
    phrases.check_values,
    structure.check_limits,
    phrases.check_phrase_slots,
    structure.check_dialog,
)


def lint(model: Json) -> list[Finding]:
    """All findings in a model that fits the schema (names and texts are there); empty when it may be uploaded."""
    return [finding for rule in RULES for finding in rule(model)]
