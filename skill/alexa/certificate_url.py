"""The address of the certificate chain, as the request's header names it.

Anyone can write that header, so it is the one place where a stranger could make this service fetch something. Rules of
https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html: https (any case), host
s3.amazonaws.com (any case), a path that begins with /echo.api/ (exact case) once dot segments, double slashes and the
fragment are gone, port 443 if one is named.

Stricter than Amazon's own checkers: no query, no user part, no percent sign, nothing outside the letters below. Amazon
has never sent one, each is a way to make two readers see two addresses, and a query would let a stranger fill the
cache with the same chain under many names.
"""

from __future__ import annotations

import posixpath
import re

from skill.alexa.refusal import Reason, Refused

HOST = "s3.amazonaws.com"
PATH_START = "/echo.api/"
MAX_LENGTH = 512

# One expression over the whole text instead of a url parser: parsers differ, and Python's drops tabs and newlines.
_ADDRESS = re.compile(
    r"(?i:https)://(?i:s3\.amazonaws\.com)(?::443)?(?P<path>/[A-Za-z0-9._/-]*)(?:#[A-Za-z0-9._/-]*)?", re.ASCII
)


def checked_url(url: str) -> str:
    """The same address in its one canonical spelling, `https://s3.amazonaws.com/echo.api/...`: what was checked is what
    is fetched and what the cache is keyed by. Raises Refused.
    """
    if len(url) > MAX_LENGTH:
        raise Refused(Reason.CERTIFICATE_URL)
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise Refused(Reason.CERTIFICATE_URL)
    path = posixpath.normpath(re.sub("/+", "/", match["path"]))
    if not path.startswith(PATH_START):
        raise Refused(Reason.CERTIFICATE_URL)
    return f"https://{HOST}{path}"
