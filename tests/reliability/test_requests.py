"""Any request at both doors: a valid, whole, small answer, the same at both, or the one status that is right.

`make test` tries a few hundred, `make test-all` 5,000, `make soak` 200,000.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from skill.alexa.door import WrongSkillError
from skill.alexa.web import create_app
from skill.settings import Settings
from tests.reliability.strategies import ENVELOPE, JSON
from tests.web.alexa import Sent, Service, Storage, running, signed
from tests.web.chains import NOW, root
from tools.soak.doors import Both
from tools.soak.hostile import SKILL_ID, Hostile, other_skill

QUICK, ALL = 300, 3_000
QUICK_EXAMPLES, ALL_EXAMPLES = 120, 2_000
SECONDS_ALLOWED = 2.0  # on a busy machine; Alexa waits eight

Json = dict[str, Any]
# No deadline of Hypothesis' own: the machine of the tests is shared. The same examples every time.
COMMON: Any = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


def mutate(both: Both, events: list[Json], count: int, seed: int) -> None:
    hostile = Hostile(events, seed)
    for number in range(count):
        event = hostile.case()
        began = time.perf_counter()
        try:
            both.check(event)
            if number % 10 == 0:
                both.check_refused(other_skill(event, hostile.random))
        except Exception as error:
            raise AssertionError(f"case {number} of seed {seed}: {error!r}\n{json.dumps(event)[:3000]}") from error
        assert time.perf_counter() - began < SECONDS_ALLOWED


def test_recorded_envelopes_with_something_wrong(both: Both, events: list[Json]) -> None:
    mutate(both, events, QUICK, seed=7)


@pytest.mark.all
def test_thousands_of_recorded_envelopes_with_something_wrong(both: Both, events: list[Json]) -> None:
    mutate(both, events, ALL, seed=8)


@settings(max_examples=QUICK_EXAMPLES, **COMMON)
@given(event=ENVELOPE)
def test_made_up_envelopes(both: Both, event: Json) -> None:
    both.check(event)


@pytest.mark.all
@settings(max_examples=ALL_EXAMPLES, **COMMON)
@given(event=ENVELOPE)
def test_thousands_of_made_up_envelopes(both: Both, event: Json) -> None:
    both.check(event)


@settings(max_examples=60, **COMMON)
@given(event=JSON)
def test_json_that_is_no_envelope_is_refused_at_both_doors(
    both: Both, function: Callable[[Any], Json], event: Any
) -> None:
    with pytest.raises(WrongSkillError):
        function(event)
    status, answered = both.post(json.dumps(event).encode())
    assert status.startswith("400")
    assert set(answered) == {"error"}


@pytest.mark.parametrize("depth", [100, 900, 100_000])
def test_attributes_as_deep_as_they_come(both: Both, depth: int) -> None:
    deep = '{"a":' * depth + "1" + "}" * depth
    application = json.dumps({"applicationId": SKILL_ID})
    body = (
        f'{{"request": {{"type": "LaunchRequest"}}, "session": {{"application": {application}, "attributes": {deep}}}}}'
    )
    status, _ = both.post(body.encode())
    assert status.startswith("200" if depth < 500 else ("200", "400", "413"))


def test_over_real_http_with_amazons_signature(events: list[Json]) -> None:
    """A part of the cases over a socket, signed: what the WSGI call of the others leaves out."""
    storage = Storage()
    app = create_app(
        Settings(skill_id=SKILL_ID), trust_roots=[root().certificate], fetch_chain=storage.fetch, now=lambda: NOW
    )
    hostile = Hostile(events, 9)
    with running(app) as port:
        service: Any = Service(port, app, None, storage, None)  # type: ignore[arg-type]
        seen = set()
        for _ in range(60):
            event = hostile.case()
            if isinstance(event.get("request"), dict):
                event["request"]["timestamp"] = "2026-11-10T12:00:00Z"
            sent: Sent = signed(json.dumps(event).encode())
            answer = service.send(sent)
            seen.add(answer.status)
            assert answer.status in {200, 400, 413}, answer.body
            assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
        assert 200 in seen
