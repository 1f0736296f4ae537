"""The clips over HTTP: served as sound and to be kept, without touching how everything else is answered."""

from __future__ import annotations

import http.client

import pytest

from skill.alexa import web
from skill.settings import Settings

from .alexa import HOST, running

NAME = "0123456789abcdef01234567.mp3"
SOUND = b"\xff\xf3" + bytes(998)


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("audio")
    (folder / NAME).write_bytes(SOUND)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skill.alexa.web.AUDIO", folder)
        app = web.create_app(Settings(skill_id=None, verify=False))
    with running(app) as number:
        yield number


def test_a_clip_is_sound_and_may_be_kept_for_ever(port: int) -> None:
    status, headers, body = get(port, f"/audio/{NAME}")
    assert (status, headers["content-type"], body) == (200, "audio/mpeg", SOUND)
    assert "immutable" in headers["cache-control"]
    assert "no-store" not in headers["cache-control"]


def test_a_part_and_what_is_already_there(port: int) -> None:
    status, headers, body = get(port, f"/audio/{NAME}", Range="bytes=0-9")
    assert (status, headers["content-type"], len(body)) == (206, "audio/mpeg", 10)
    etag = get(port, f"/audio/{NAME}")[1]["etag"]
    assert get(port, f"/audio/{NAME}", If_None_Match=etag)[0] == 304


@pytest.mark.parametrize(
    "path", ["/audio/", "/audio/manifest.json", f"/audio/..%2f{NAME}", "/audio/ffffffffffffffffffffffff.mp3"]
)
def test_anything_else_is_refused_in_json(port: int, path: str) -> None:
    status, headers, _ = get(port, path)
    assert (status, headers["content-type"]) == (404, "application/json;charset=UTF-8")
    assert headers["cache-control"] == "no-store"


def test_without_verification_only_this_machine_gets_them(port: int) -> None:
    assert get(port, f"/audio/{NAME}", Host="example.org")[0] == 403


def test_the_health_of_the_service_is_as_it_was(port: int) -> None:
    assert get(port, "/health")[1]["cache-control"] == "no-store"
