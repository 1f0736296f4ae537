"""Whether a request was made just now: a signed request that somebody kept must be worth nothing later.

Amazon asks for at most 150 seconds
(https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html) and speaks of old requests
only. Here the limit holds both ways: a request from the future could be kept and used for as long as its stamp is
ahead, and a clock that is wrong by minutes should be noticed, not served. Amazon's hour for skill events
(AlexaSkillEvent.*) is not given: this skill asks for none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from skill.alexa.refusal import Reason, Refused

TOLERANCE = timedelta(seconds=150)

# The one form of the request reference (ISO 8601 with a zone); fromisoformat alone takes week dates and bare dates too.
_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def demand_recent(event: Mapping[str, Any], now: datetime) -> None:
    """Raises Refused unless `event["request"]["timestamp"]` lies within TOLERANCE of `now` (aware)."""
    request = event.get("request")
    stamp = request.get("timestamp") if isinstance(request, Mapping) else None
    if not isinstance(stamp, str) or _FORM.fullmatch(stamp) is None:
        raise Refused(Reason.TIMESTAMP)
    try:
        difference = abs(now - datetime.fromisoformat(stamp))
    except (ValueError, OverflowError) as error:  # the 30th of February; the year 0001 with an offset
        raise Refused(Reason.TIMESTAMP) from error
    if difference > TOLERANCE:
        raise Refused(Reason.TIMESTAMP)
