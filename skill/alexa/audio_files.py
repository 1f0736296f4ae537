"""Serves the clips of audio/ over HTTP, as a Flask blueprint: `app.register_blueprint(audio_files(folder))`.

    GET /audio/<hash>.mp3

A file's name is a hash of what is in it, so it may be kept for ever and its name is its ETag. Only such names are looked up at all: no
other file of the folder can be asked for, nor any outside it.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, abort, send_file

NAME = "audio_files"
ROUTE = "/audio"
MEDIA_TYPE = "audio/mpeg"
A_YEAR = 31_536_000

_FILE = re.compile(r"[0-9a-f]{24}\.mp3")


def audio_files(folder: Path) -> Blueprint:
    """The blueprint over one folder. HEAD, ranges (206, 416) and conditional requests (304) are answered by werkzeug."""
    blueprint = Blueprint(NAME, __name__)
    root = folder.resolve()

    @blueprint.get(f"{ROUTE}/<name>", provide_automatic_options=False)
    def clip(name: str) -> Response:
        path = root / name
        if not _FILE.fullmatch(name) or not path.is_file() or path.resolve().parent != root:
            abort(404)
        response = send_file(path, mimetype=MEDIA_TYPE, conditional=True, etag=path.stem, max_age=A_YEAR)
        response.cache_control.public = True
        response.cache_control.immutable = True
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return blueprint
