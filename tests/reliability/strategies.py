"""Hypothesis strategies for request envelopes: whole ones, broken ones, and JSON that is none."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tools.soak.hostile import DANGERS, INTENTS, KINDS, SECTIONS, SKILL_ID, TEXTS, TYPES

# All of Unicode, lone surrogates too: JSON can carry them.
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
WORDS = st.one_of(st.sampled_from(TEXTS), ANY_TEXT, st.lists(st.sampled_from(TEXTS), max_size=4).map(" ".join))
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        WORDS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(ANY_TEXT, inner, max_size=4)),
    max_leaves=12,
)


def _mostly(good: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What belongs there, or in one of four cases anything."""
    return st.one_of(good, good, good, JSON)


SLOT = st.fixed_dictionaries(
    {"name": _mostly(st.just("vraag"))},
    optional={
        "value": _mostly(WORDS),
        "confirmationStatus": JSON,
        "slotValue": _mostly(st.fixed_dictionaries({"type": st.just("Simple"), "value": WORDS})),
        "resolutions": _mostly(
            st.fixed_dictionaries(
                {
                    "resolutionsPerAuthority": st.lists(
                        _mostly(
                            st.fixed_dictionaries(
                                {},
                                optional={
                                    "status": JSON,
                                    "values": _mostly(
                                        st.lists(
                                            _mostly(
                                                st.fixed_dictionaries(
                                                    {
                                                        "value": _mostly(
                                                            st.fixed_dictionaries(
                                                                {"id": _mostly(st.sampled_from(SECTIONS))}
                                                            )
                                                        )
                                                    }
                                                )
                                            ),
                                            max_size=3,
                                        )
                                    ),
                                },
                            )
                        ),
                        max_size=2,
                    )
                }
            )
        ),
    },
)
INTENT = st.fixed_dictionaries(
    {"name": _mostly(st.sampled_from(INTENTS))},
    optional={"slots": _mostly(st.fixed_dictionaries({"vraag": _mostly(SLOT)})), "confirmationStatus": JSON},
)
REQUEST = st.fixed_dictionaries(
    {"type": _mostly(st.sampled_from((*TYPES[:2], *TYPES)))},
    optional={
        "intent": _mostly(INTENT),
        "requestId": JSON,
        "timestamp": JSON,
        "locale": JSON,
        "dialogState": JSON,
        "arguments": _mostly(st.tuples(st.just("touch"), st.sampled_from(SECTIONS)).map(list)),
        "reason": JSON,
    },
)
QUESTION = st.fixed_dictionaries(
    {"kind": _mostly(st.sampled_from(KINDS))},
    optional={
        "section": _mostly(st.sampled_from(SECTIONS)),
        "other": _mostly(st.sampled_from(SECTIONS)),
        "danger": _mostly(st.sampled_from(DANGERS)),
        "page": _mostly(st.integers(-1, 9)),
    },
)
ATTRIBUTES = st.fixed_dictionaries(
    {"v": _mostly(st.just(1))},
    optional={
        "pending": _mostly(QUESTION),
        "section": _mostly(st.sampled_from(SECTIONS)),
        "piece": _mostly(st.integers(0, 5)),
        "heard": _mostly(st.lists(st.sampled_from(SECTIONS))),
        "last": _mostly(st.lists(st.sampled_from(["tip.troosten.1", "danger.geweld", "topics_1.1", "source.checked"]))),
        "turns": _mostly(st.integers(0, 50)),
        "misses": _mostly(st.integers(0, 3)),
        "page": _mostly(st.integers(0, 9)),
        "slow": _mostly(st.booleans()),
        "card_offered": _mostly(st.booleans()),
        "card_sent": _mostly(st.booleans()),
        "age_months": _mostly(st.integers(0, 300)),
        "alarm": _mostly(st.sampled_from(DANGERS)),
        "care": _mostly(st.sampled_from(DANGERS)),
        "turn": JSON,
    },
)
APPLICATION = {"applicationId": SKILL_ID}
SCREEN = {"supportedInterfaces": {"Alexa.Presentation.APL": {}}}
ENVELOPE = st.fixed_dictionaries(
    {
        "request": _mostly(REQUEST),
        "context": st.sampled_from(
            [{"System": {"application": APPLICATION}}, {"System": {"application": APPLICATION, "device": SCREEN}}]
        ),
    },
    optional={
        "version": JSON,
        "session": st.fixed_dictionaries(
            {"application": st.just(APPLICATION)},
            optional={"attributes": _mostly(ATTRIBUTES), "new": JSON, "sessionId": JSON},
        ),
        "nieuw": JSON,
    },
)
