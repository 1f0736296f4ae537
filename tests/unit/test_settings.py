"""Settings from the environment: defaults, refusals, and the sentences that name variable and remedy."""

from __future__ import annotations

import dataclasses

import pytest

from skill.settings import Settings, SettingsError, is_loopback_name

SKILL_ID = "amzn1.ask.skill.test"


def test_defaults() -> None:
    expected = Settings(None, False, True, "alexa", None, "127.0.0.1", 5000, "INFO")
    assert Settings.from_env({}) == Settings(skill_id=None) == expected


def test_everything_set() -> None:
    given = {
        "SKILL_ID": f" {SKILL_ID}\n",
        "SKILL_ENV": "Production",
        "VERIFY": "ON",
        "SPEECH": "audio",
        "AUDIO_BASE_URL": "https://example.org/clips//",
        "HOST": "0.0.0.0",
        "PORT": "8443",
        "LOG_LEVEL": "warning",
    }
    expected = Settings(
        SKILL_ID,
        True,
        True,
        "audio",
        "https://example.org/clips",
        "0.0.0.0",
        8443,
        "WARNING",
    )
    assert Settings.from_env(given) == expected


def test_empty_is_not_given() -> None:
    names = ("SKILL_ID", "SKILL_ENV", "VERIFY", "SPEECH", "AUDIO_BASE_URL", "HOST", "PORT", "LOG_LEVEL")
    assert Settings.from_env(dict.fromkeys(names, "  ")) == Settings.from_env({})


def test_other_variables_are_nobody_s_business() -> None:
    assert Settings.from_env({"VERIFY_SSL": "off", "verify": "off", "PATH": "/bin"}) == Settings.from_env({})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "LocalHost"])
def test_verification_off_on_this_machine(host: str) -> None:
    assert Settings.from_env({"VERIFY": "off", "HOST": host}).verify is False


REFUSED = {
    "production without skill id": ({"SKILL_ENV": "production"}, ("SKILL_ID", "amzn1.ask.skill")),
    "unknown environment": ({"SKILL_ENV": "prod"}, ("SKILL_ENV=prod", "production, development")),
    "unknown switch": ({"VERIFY": "false"}, ("VERIFY=false", "on, off")),
    "off in production": (
        {"SKILL_ENV": "production", "SKILL_ID": SKILL_ID, "VERIFY": "off"},
        ("VERIFY", "SKILL_ENV=development"),
    ),
    "off for everyone": ({"VERIFY": "off", "HOST": "0.0.0.0"}, ("VERIFY=off", "HOST=127.0.0.1")),
    "off for everyone, IPv6": ({"VERIFY": "off", "HOST": "::"}, ("VERIFY=off", "HOST=127.0.0.1")),
    "off on a name": ({"VERIFY": "off", "HOST": "localhost.example.org"}, ("VERIFY=off", "HOST=127.0.0.1")),
    "unknown voice": ({"SPEECH": "robot"}, ("SPEECH=robot", "alexa, audio")),
    "clips over http": ({"AUDIO_BASE_URL": "http://example.org/clips"}, ("AUDIO_BASE_URL", "https://")),
    "clips from a name that only looks local": (
        {"AUDIO_BASE_URL": "http://127.0.0.1.example.org/clips"},
        ("AUDIO_BASE_URL", "https://"),
    ),
    "port is a word": ({"PORT": "http"}, ("PORT=http", "1 to 65535")),
    "port is zero": ({"PORT": "0"}, ("PORT=0", "1 to 65535")),
    "port is too large": ({"PORT": "65536"}, ("PORT=65536", "1 to 65535")),
    "port is negative": ({"PORT": "-5"}, ("PORT=-5", "1 to 65535")),
    "port in other digits": ({"PORT": "५०००"}, ("PORT", "1 to 65535")),
    "unknown level": ({"LOG_LEVEL": "loud"}, ("LOG_LEVEL=LOUD", "DEBUG, INFO")),
}


@pytest.mark.parametrize(("given", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_variable_and_remedy(given: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(given)
    for word in words:
        assert word in str(refused.value)


def test_clips_from_this_machine_may_come_over_http() -> None:
    given = {"SPEECH": "audio", "AUDIO_BASE_URL": "http://127.0.0.1:8000/clips/"}
    assert Settings.from_env(given).audio_base_url == "http://127.0.0.1:8000/clips"


def test_settings_made_by_hand_are_checked_too() -> None:
    with pytest.raises(SettingsError):
        Settings(skill_id=None, production=True)
    with pytest.raises(SettingsError):
        Settings(skill_id=None, verify=False, host="192.0.2.7")
    with pytest.raises(SettingsError):
        dataclasses.replace(Settings(skill_id=None, verify=False), host="::")


def test_settings_stay_as_they_are() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings(skill_id=None).verify = False  # type: ignore[misc]


@pytest.mark.parametrize("name", ["127.0.0.1", "127.255.0.3", "::1", "localhost", "LOCALHOST"])
def test_loopback(name: str) -> None:
    assert is_loopback_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "127",
        "127.0.0",
        "127.0.0.256",
        "127.0.0.1.",
        "127.0.0.x",
        "128.0.0.1",
        "0.0.0.0",
        "::",
        "localhost.",
        "١٢٧.0.0.1",
    ],
)
def test_not_loopback(name: str) -> None:
    assert not is_loopback_name(name)
