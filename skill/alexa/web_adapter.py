"""The SDK's Flask adapter, made to end in the same door as the cloud function.

`flask_ask_sdk.SkillAdapter` deserializes with `skill.serializer` and calls `skill.invoke`. The skill it gets here
passes the JSON through and asks the door: what the frozen SDK cannot deserialize (a request type or an enum value newer
than 2023) then gets the same answer at both doors. Every check was made before; see `skill.alexa.web`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Protocol

from ask_sdk_core.skill import CustomSkill, SkillConfiguration
from flask import Flask
from flask.typing import ResponseReturnValue

from skill.alexa.signature import read_event

Answer = Callable[[Mapping[str, Any]], dict[str, Any]]


class Adapter(Protocol):
    """What is used of SkillAdapter."""

    def dispatch_request(self) -> ResponseReturnValue:
        """The answer to Flask's current request."""


class _JsonPassedOn:
    """In the place of the SDK's serializer; its two methods, its keywords."""

    def deserialize(self, payload: str, obj_type: object) -> dict[str, Any]:
        return read_event(payload.encode("utf-8"))

    def serialize(self, obj: dict[str, Any]) -> dict[str, Any]:
        return obj


class DoorSkill(CustomSkill):
    """A CustomSkill, which the adapter insists on, whose every answer is the door's."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(SkillConfiguration(request_mappers=[], handler_adapters=[]))
        self.serializer = _JsonPassedOn()
        self._answer = answer

    def invoke(self, request_envelope: Mapping[str, Any], context: object) -> dict[str, Any]:
        return self._answer(request_envelope)


def make_adapter(app: Flask, answer: Answer, skill_id: str | None, was_checked: Callable[[], bool]) -> Adapter:
    """SkillAdapter for `app`. `was_checked` says whether the current request passed our check; a route that forgets to
    make it is answered with 400, never by the skill.
    """
    with _without_certvalidator():
        adapter_module = importlib.import_module("flask_ask_sdk.skill_adapter")
        verifier_module = importlib.import_module("ask_sdk_webservice_support.verifier")

    class CheckedBefore(verifier_module.AbstractVerifier):  # type: ignore[name-defined]
        def verify(self, headers: object, serialized_request_env: object, deserialized_request_env: object) -> None:
            if not was_checked():
                raise verifier_module.VerificationException("dispatched without our check")

    # The SDK's own two checkers are replaced, not switched off: ours ran before, and CheckedBefore insists on that.
    app.config[adapter_module.VERIFY_SIGNATURE_APP_CONFIG] = False
    app.config[adapter_module.VERIFY_TIMESTAMP_APP_CONFIG] = False
    adapter: Adapter = adapter_module.SkillAdapter(
        skill=DoorSkill(answer), skill_id=skill_id, verifiers=[CheckedBefore()], app=app
    )
    return adapter


@contextmanager
def _without_certvalidator() -> Iterator[None]:
    """While it lasts, `import certvalidator` finds a stand-in that trusts nothing.

    The SDK's checker imports certvalidator, that imports oscrypto, and oscrypto's last release cannot read the version
    of OpenSSL 3.0.10 and later: LibraryNotFoundError at import. Mended in 2023, never released
    (https://github.com/wbond/oscrypto/issues/78). We need none of the three. Always the stand-in, also where the real
    one could be imported, so that every machine runs the same code; should somebody switch the SDK's checker on after
    all, it refuses everything.
    """
    names = ("certvalidator", "certvalidator.errors")
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    errors = ModuleType(names[1])
    stand_in = ModuleType(names[0])
    for name in ("PathError", "ValidationError"):
        setattr(errors, name, type(name, (Exception,), {}))

    class CertificateValidator:
        def __init__(self, *_chain: object) -> None:
            raise errors.ValidationError("the SDK's own chain validation is not in use")

    stand_in.CertificateValidator = CertificateValidator  # type: ignore[attr-defined]
    stand_in.errors = errors  # type: ignore[attr-defined]
    sys.modules.update(zip(names, (stand_in, errors), strict=True))
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
        sys.modules.update(before)
