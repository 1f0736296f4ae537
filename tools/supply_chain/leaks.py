"""Secrets that were written down by accident, in every file that is or would be in the repository.

A short list of shapes that are certain, for every run; `make test-all` lets detect-secrets look for the rest.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.supply_chain.pins import TOP

SHAPES = {
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{20}"),
    "an Amazon login token": re.compile(r"\bAtz[ar]\|[A-Za-z0-9_-]{20}"),
    "an API access token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{30}"),
    "the id of a real skill": re.compile(
        r"amzn1\.ask\.skill\.(?!(\w)\1{7})[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    ),
    "the id of a user or device": re.compile(r"amzn1\.ask\.(?:account|device)\.[A-Z0-9]{40}"),
    "a password in an address": re.compile(r"\b[a-z]+://[^/\s:@\"']+:[^/\s:@\"']{6,}@(?!s3\.amazonaws\.com)"),
}


def files() -> list[Path]:
    """Every file that git has or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    named = subprocess.run(command, cwd=TOP, capture_output=True, check=True).stdout.decode().split("\0")
    return [path for name in named if name and (path := TOP / name).is_file()]


def findings(paths: list[Path]) -> Iterator[str]:
    """Where something looks like a secret: file, line and what it looks like, never the thing itself."""
    for path in paths:
        data = path.read_bytes()
        if b"\0" in data[:8000]:
            continue
        for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), start=1):
            for name, shape in SHAPES.items():
                if shape.search(line):
                    yield f"{path}:{number}: looks like {name}"
