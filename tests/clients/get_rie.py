"""Fetches AWS's Lambda runtime interface emulator out of the wheel of aws-sam-cli: `python -m tests.clients.get_rie`.

No docker and no installation of that tool with all it needs: pip fetches the wheel, and one file is taken out of it.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

WHEEL = "aws-sam-cli==1.170.0"
PLACE = Path(__file__).parents[2] / ".venv-rie" / "aws-lambda-rie"
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}
SHA256 = {
    "x86_64": "6b1e686e62ab2baf5759c412c4864276ef2a88b094fca53ec070637ccba9b9a5",
    "arm64": "ec2e5d09633d853834c008b1ef264bf834b258a94d551d2b2074966494b39a21",
}


def main() -> int:
    """Exit status 0 when the emulator is there and is the one that is known."""
    architecture = ARCHITECTURES[platform.machine()]
    if PLACE.exists() and sha256(PLACE.read_bytes()).hexdigest() == SHA256[architecture]:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--dest", folder, WHEEL], check=True)
        [wheel] = Path(folder).glob("*.whl")
        data = zipfile.ZipFile(wheel).read(f"samcli/local/rapid/aws-lambda-rie-{architecture}")
    if sha256(data).hexdigest() != SHA256[architecture]:
        sys.stderr.write(f"{WHEEL}: the emulator in it is not the one that was checked\n")
        return 1
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_bytes(data)
    PLACE.chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main())
