"""What the deployer says: deploy/deploy.toml, and over it the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

FILE = "deploy/deploy.toml"
_FORMS = {
    "skill_id": r"amzn1\.ask\.skill\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "function_arn": r"arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(?::[A-Za-z0-9_-]+)?",
    "privacy_url": r"https://[^\s/]+\.[^\s]+",
    "terms_url": r"https://[^\s/]+\.[^\s]+",
    "alarm_email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "region": r"[a-z]{2}-[a-z]+-\d",
    "stack": r"[A-Za-z][A-Za-z0-9-]{0,60}",
    "speech": r"alexa|audio",
}
# Regions of the Alexa trigger (docs/alexa: "Host a custom skill as an AWS Lambda function"); the list is Amazon's and may grow.
TRIGGER_REGIONS = ("eu-west-1", "us-east-1", "us-west-2", "ap-northeast-1")
NEEDED_TO_PUBLISH = ("skill_id", "function_arn", "privacy_url", "terms_url")


class ConfigurationError(Exception):
    """A value is wrong or missing; the text names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The values of deploy.toml; an empty text means not given."""

    skill_id: str = ""
    function_arn: str = ""
    privacy_url: str = ""
    terms_url: str = ""
    alarm_email: str = ""
    region: str = "eu-west-1"
    stack: str = "band-met-mijn-kind"
    speech: str = "alexa"

    def __post_init__(self) -> None:
        for name, form in _FORMS.items():
            value = getattr(self, name)
            if value and not re.fullmatch(form, value):
                raise ConfigurationError(f"{name} = {value!r} does not have the form of one; mend it in {FILE}")
        if self.region not in TRIGGER_REGIONS:
            raise ConfigurationError(f"region = {self.region!r} has no Alexa trigger; use one of {TRIGGER_REGIONS}")

    def missing(self) -> list[str]:
        """The names of values without which the skill cannot be published."""
        return [name for name in NEEDED_TO_PUBLISH if not getattr(self, name)]


def read_configuration(root: Path, environment: Mapping[str, str] = os.environ) -> Configuration:
    """Raises ConfigurationError."""
    try:
        given = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{FILE} cannot be read: {error}") from error
    known = {field.name for field in fields(Configuration)}
    if unknown := set(given) - known:
        raise ConfigurationError(f"{FILE} knows no {', '.join(sorted(unknown))}; it knows {', '.join(sorted(known))}")
    given |= {name: environment[name.upper()] for name in known if environment.get(name.upper(), "").strip()}
    return Configuration(**{name: str(value).strip() for name, value in given.items()})
