"""From probabilities to a decision: tip, choice, out of scope or not understood; and how sure a danger is.

The limits come from thresholds.toml, by way of the learnt parameters; they are chosen by cost on hands that nothing was learnt from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Ranking = Sequence[tuple[str, float]]
CALM, ASK, CERTAIN = 0, 1, 2


def decide(outside: float, ranking: Ranking, limits: Mapping[str, float]) -> str:
    """ "tip", "choice", "out_of_scope" or "not_understood". `outside` and the shares of `ranking` are probabilities that add up to 1."""
    best, second = ranking[0][1], ranking[1][1]
    if outside >= limits["outside"]:
        return "out_of_scope"
    if best >= limits["tip"] and best - second >= limits["margin"]:
        return "tip"
    return "choice" if best + second >= limits["choice"] else "not_understood"


def confidence(verdict: str, outside: float, ranking: Ranking, limits: Mapping[str, float]) -> str:
    """ "high", "middle" or "low": how far the first section, or that it is out of scope, may be trusted."""
    if verdict == "out_of_scope":
        return "high" if outside >= limits["outside_sure"] else "low"
    if verdict != "tip":
        return "low"
    return "high" if ranking[0][1] >= limits["high"] else "middle"


def alarm(rule: bool | None, danger: float, limits: Mapping[str, float]) -> int:
    """CERTAIN (answer at once), ASK (the calm question) or CALM. `rule`: a rule that is certain, a doubtful one, or None.

    A rule answers at once only where the learnt class sees some danger too: rules that fit their author's sentences misfire on others'.
    """
    if danger >= limits["danger_certain"]:
        return CERTAIN
    if rule is True and danger >= limits["danger_rule_floor"]:
        return CERTAIN
    if rule is False and danger >= limits["danger_with_rule"]:
        return CERTAIN
    return ASK if rule is not None or danger >= limits["danger_ask"] else CALM
