"""Why a web request is refused: a reason that may be told and logged, never a part of the request."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The words that the answer and the log line hold; fixed, so that nothing of a request can leak through them."""

    CONTENT_TYPE = "content-type"
    CONTENT_ENCODING = "content-encoding"
    HEADERS_MISSING = "signature-headers-missing"
    CERTIFICATE_URL = "certificate-url"
    CERTIFICATE_FETCH = "certificate-not-fetched"
    CERTIFICATE_FORMAT = "certificate-unreadable"
    CERTIFICATE_CHAIN = "certificate-not-trusted"
    CERTIFICATE_USE = "certificate-not-for-signing-alexa-requests"
    SIGNATURE = "signature"
    JSON = "json"
    TIMESTAMP = "timestamp"
    WRONG_SKILL = "other-skill"
    NOT_LOOPBACK = "only-from-this-machine"


class Refused(Exception):
    """This request is answered with `status` and goes no further.

    Amazon asks for 400 whatever a check finds
    (https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html); other statuses are for
    what no request of Amazon's can be.
    """

    def __init__(self, reason: Reason, status: int = 400) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.status = status
