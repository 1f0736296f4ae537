"""What the two doors are told by their environment.

One frozen value, read once at start. A wrong value stops the start with a sentence that names the variable and the
remedy: a service that guesses what its operator meant may end up open to everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SPEECH_CHOICES = ("alexa", "audio")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
ENVIRONMENTS = ("production", "development")
SWITCH = ("on", "off")
HIGHEST_PORT = 65_535


class SettingsError(ValueError):
    """A setting is missing or wrong; the text names the environment variable and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The skill's settings.

    skill_id        the skill's own id, `amzn1.ask.skill...`; None: those of any skill are answered (development)
    production      True where parents talk to it; then a skill id is demanded and verification cannot be switched off
    verify          whether the web service checks that Amazon signed a request; off only on a loopback host
    speech          "alexa": Alexa's own voice; "audio": the clips under `audio_base_url`
    audio_base_url  where the clips are, https, without a slash at the end; None: text is spoken whatever `speech` says
    host, port      where the web service listens
    log_level       a level name of the logging module

    Raises SettingsError, also when made by hand: no combination below may exist by accident.
    """

    skill_id: str | None
    production: bool = False
    verify: bool = True
    speech: str = "alexa"
    audio_base_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 5000
    log_level: str = "INFO"

    def __post_init__(self) -> None:
        if self.production and not self.skill_id:
            raise SettingsError(
                "SKILL_ID is missing: in production every request is compared with it. Set SKILL_ID to the skill's id "
                "(amzn1.ask.skill...), or SKILL_ENV=development on your own machine."
            )
        if self.verify is not True and self.production:
            raise SettingsError("VERIFY=off is for development only. Leave VERIFY out, or set SKILL_ENV=development.")
        if self.verify is not True and not is_loopback_name(self.host):
            raise SettingsError(
                f"VERIFY=off with HOST={self.host}: without verification only this machine may reach the service. "
                "Set HOST=127.0.0.1, or leave VERIFY out."
            )
        _demand_choice("SPEECH", self.speech, SPEECH_CHOICES)
        _demand_choice("LOG_LEVEL", self.log_level, LOG_LEVELS)
        _demand_audio_url(self.audio_base_url)
        if not 1 <= self.port <= HIGHEST_PORT:
            raise SettingsError(f"PORT={self.port} is no port. Set PORT to a number from 1 to {HIGHEST_PORT}.")

    @classmethod
    def from_env(cls, mapping: Mapping[str, str]) -> Settings:
        """Settings from environment variables: SKILL_ID, SKILL_ENV (production|development), VERIFY (on|off), SPEECH
        (alexa|audio), AUDIO_BASE_URL, HOST, PORT, LOG_LEVEL. Missing or empty means the default; white space around a
        value is dropped. Raises SettingsError.
        """
        given = {name: value.strip() for name, value in mapping.items() if value.strip()}
        environment = given.get("SKILL_ENV", "development").lower()
        _demand_choice("SKILL_ENV", environment, ENVIRONMENTS)
        verify = given.get("VERIFY", "on").lower()
        _demand_choice("VERIFY", verify, SWITCH)
        audio_base_url = given.get("AUDIO_BASE_URL")
        return cls(
            skill_id=given.get("SKILL_ID"),
            production=environment == "production",
            verify=verify == "on",
            speech=given.get("SPEECH", "alexa").lower(),
            audio_base_url=audio_base_url.rstrip("/") if audio_base_url else None,
            host=given.get("HOST", "127.0.0.1"),
            port=_port(given.get("PORT", "5000")),
            log_level=given.get("LOG_LEVEL", "INFO").upper(),
        )


def is_loopback_name(name: str) -> bool:
    """Whether a host name or address means this machine only: 127.x.x.x, ::1 or localhost, without a port.

    By spelling, not by asking a name server: the answer of a name server is what DNS rebinding forges.
    """
    if name.lower() in {"localhost", "::1"}:
        return True
    parts = name.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(_is_octet(part) for part in parts)


def _is_octet(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= 3 and int(part) <= 255


def _demand_choice(variable: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SettingsError(f"{variable}={value} is unknown. Set {variable} to one of: {', '.join(choices)}.")


def _demand_audio_url(url: str | None) -> None:
    # Alexa fetches clips over https only; plain http is for a browser on this machine.
    if url is None or url.startswith("https://"):
        return
    if url.startswith("http://") and is_loopback_name(url.removeprefix("http://").split("/")[0].rsplit(":", 1)[0]):
        return
    raise SettingsError(
        f"AUDIO_BASE_URL={url} is not https. Set an address that begins with https://, or leave it out."
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise SettingsError(f"PORT={text} is no number. Set PORT to a number from 1 to {HIGHEST_PORT}.")
    return int(text)
