"""Everything that one utterance says, in the order that matters: danger, controls and names, age, then section and confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from skill.content.library import Content
from skill.understanding.age import AgeReader
from skill.understanding.danger import DangerRules, Finding
from skill.understanding.model import LEARNT, Learnt, load_learnt
from skill.understanding.phrases import PhraseReader
from skill.understanding.policy import CALM, CERTAIN, alarm, confidence, decide
from skill.understanding.remark import RemarkReader
from skill.understanding.text import one_spelling, words_of
from skill.understanding.understood import Understanding

OUT_OF_SCOPE = "buiten"
HARMLESS = ("ordinary", "geen-gevaar")
MODEL_WORDS = 120
"""A long story is judged by its first and last words, half each."""
WINDOW, STEP = 40, 20
"""Danger is looked for by the learnt tier in windows, so that one sentence in a long story is not drowned."""
NAMED = 0.99
BLEND = 0.5
"""Share of the in-or-out head in the probability of "out of scope"; the rest is the section head's."""


class Judgement(NamedTuple):
    """The learnt part's view: probability of out of scope, sections best first, danger and its kind."""

    outside: float
    ranking: tuple[tuple[str, float], ...]
    danger: float
    kind: str


class Interpreter:
    """Understands utterances; made once by `load_interpreter`, keeps no state between them."""

    def __init__(self, content: Content, learnt: Learnt) -> None:
        words: Mapping[str, Any] = content.lexicon
        self._learnt = learnt
        self._thresholds = learnt.thresholds
        self._same: Mapping[str, str] = words.get("spelling", {}).get("same", {})
        self._phrases = PhraseReader(content.controls, content.fillers, content.names, words.get("talk", {}))
        self._ages = AgeReader(words.get("ages", {}))
        self._rules = DangerRules(words.get("danger", {}))
        self._remarks = RemarkReader(words.get("foreign", {}), words.get("manners", {}))

    def understand(self, words: str | None, entities: Sequence[str] = ()) -> Understanding:
        """Judge the words of one turn. `entities`: value ids of Alexa's own match, evidence only where the words leave a doubt."""
        spoken = words_of(words)
        if not spoken:
            return Understanding(False, None, None, None, None, False, None, "not_understood", (), "low", None)
        answer = self._phrases.read(spoken)
        plain = one_spelling(spoken, self._same)
        found = self._rules.find(plain)
        age = self._ages.months(spoken)
        if answer.control:
            kind, certain = (found.kind, found.certain) if found else (None, False)
            return Understanding(
                True, answer.control, None, None, kind, certain, age, "not_understood", (), "low", None
            )
        rest = one_spelling(answer.rest, self._same) if answer.rest is not spoken else plain
        judged = self.judge(rest, plain)
        kind, certain = self._danger(found, judged, plain)
        remark = self._remarks.read(spoken)
        if answer.named:
            others = tuple(
                (section, (1.0 - NAMED) * share) for section, share in judged.ranking if section != answer.named
            )
            ranking = ((answer.named, NAMED), *others)
            if not (found and found.certain):
                kind, certain = None, False
            return Understanding(
                True, None, answer.lead, answer.named, kind, certain, age, "tip", ranking, "high", remark
            )
        verdict, confidence = self._verdict(judged, entities)
        if self._remarks.is_noise(spoken):
            verdict, confidence = "not_understood", "low"
        return Understanding(
            True, None, answer.lead, None, kind, certain, age, verdict, judged.ranking, confidence, remark
        )

    def judge(self, rest: list[str], whole: list[str]) -> Judgement:
        """The learnt part alone: `rest` (plain words without a leading yes or no) for the section, `whole` for danger."""
        learnt = self._learnt
        if len(rest) > MODEL_WORDS:
            rest = rest[: MODEL_WORDS // 2] + rest[-MODEL_WORDS // 2 :]
        totals = learnt.totals(rest)
        sections = learnt.probabilities("section", totals)
        outside = (1 - BLEND) * sections.pop(OUT_OF_SCOPE) + BLEND * learnt.probabilities("inside", totals)["out"]
        inside = sum(sections.values()) or 1.0
        within = (1.0 - outside) / inside
        # Two of the same share stay in the order of the head's classes, which is that of the alphabet.
        best_first = sorted(sections.items(), key=itemgetter(1), reverse=True)
        ranking = tuple([(name, within * share) for name, share in best_first])
        danger, kind = self._danger_of(totals)
        if len(whole) > WINDOW or whole != rest:
            for start in range(0, max(1, len(whole) - STEP), STEP):
                window = whole[start : start + WINDOW] if len(whole) > WINDOW else whole
                higher, other = self._danger_of(learnt.totals(window))
                if higher > danger:
                    danger, kind = higher, other
                if len(whole) <= WINDOW:
                    break
        return Judgement(outside, ranking, danger, kind)

    def _danger_of(self, totals: Sequence[float]) -> tuple[float, str]:
        kinds = self._learnt.probabilities("danger", totals)
        harmless = sum(kinds.pop(name) for name in HARMLESS)
        kind = max(kinds, key=lambda name: (kinds[name], name))
        return 1.0 - harmless, kind

    def _danger(self, found: Finding | None, judged: Judgement, words: Sequence[str]) -> tuple[str | None, bool]:
        level = alarm(found.certain if found else None, judged.danger, self._thresholds)
        if level == CALM:
            return None, False
        certain = level == CERTAIN and ((found is not None and found.certain) or not self._rules.only_asked(words))
        return (found.kind if found else judged.kind), certain

    def _verdict(self, judged: Judgement, entities: Sequence[str]) -> tuple[str, str]:
        limits, ranking = self._thresholds, judged.ranking
        first, best = ranking[0]
        if first in entities and OUT_OF_SCOPE not in entities:
            ranking = ((first, min(1.0, best + limits["entity_bonus"])), *ranking[1:])
        verdict = decide(judged.outside, ranking, limits)
        return verdict, confidence(verdict, judged.outside, ranking, limits)

    def explain(self, words: str | None) -> dict[str, Any]:
        """Why an utterance was understood as it was: words, the rule that fitted, probabilities, the marks that weighed most."""
        spoken = words_of(words)
        if not spoken:
            return {"words": []}
        plain = one_spelling(spoken, self._same)
        answer = self._phrases.read(spoken)
        rest = one_spelling(answer.rest, self._same)
        judged = self.judge(rest, plain)
        found = self._rules.find(plain)
        first = judged.ranking[0][0]
        return {
            "words": plain,
            "control": answer.control,
            "lead": answer.lead,
            "named": answer.named,
            "rule": found._asdict() if found else None,
            "out_of_scope": round(judged.outside, 4),
            "danger": round(judged.danger, 4),
            "danger_kind": judged.kind,
            "ranking": [(name, round(share, 4)) for name, share in judged.ranking[:5]],
            "for_first": [(mark, round(share, 3)) for mark, share in self._learnt.reasons(rest, "section", first)],
            "for_danger": [
                (mark, round(share, 3)) for mark, share in self._learnt.reasons(plain, "danger", judged.kind)
            ],
        }


def load_interpreter(content: Content, path: Path = LEARNT) -> Interpreter:
    """An interpreter for this content. Raises LearntError when the parameters cannot be used, saying what to run."""
    return Interpreter(content, load_learnt(path))
