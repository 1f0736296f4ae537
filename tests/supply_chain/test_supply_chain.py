"""What the project stands on: pinned with hashes, licences that may be used, a bill of materials, no secrets."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.supply_chain import leaks, licences
from tools.supply_chain.pins import TOP, read_pins, requirement_lines

HASHED = ("requirements.txt", "requirements-lambda.txt", "requirements-peers.txt")
BILL = TOP / "tools" / "supply_chain" / "function.cdx.json"
TOOLS = TOP / ".venv-supply" / "bin"


@pytest.mark.parametrize("name", HASHED)
def test_everything_is_pinned_with_hashes(name: str) -> None:
    """With these, pip switches --require-hashes on by itself, and installs nothing else."""
    path = TOP / name
    pins = read_pins(path)
    assert len(pins) == len(requirement_lines(path.read_text(encoding="utf-8")))
    assert [pin.name for pin in pins if not pin.hashes] == []


def test_the_function_runs_on_what_the_tests_run_on() -> None:
    tested = {pin.name: pin.version for pin in read_pins(TOP / "requirements.txt")}
    assert {pin.name: tested.get(pin.name) for pin in read_pins(TOP / "requirements-lambda.txt")} == {
        pin.name: pin.version for pin in read_pins(TOP / "requirements-lambda.txt")
    }


@pytest.mark.parametrize("path", sorted(TOP.glob("requirements*.txt")), ids=lambda path: path.name)
def test_tools_are_pinned_to_one_version(path: Path) -> None:
    read_pins(path)


def test_licences() -> None:
    assert list(licences.findings()) == []


def test_the_bill_of_materials_names_what_is_pinned() -> None:
    bill = json.loads(BILL.read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    named = {part["name"]: part["version"] for part in bill["components"]}
    assert named == {pin.name: pin.version for pin in read_pins(TOP / "requirements-lambda.txt")}, "run: make sbom"
    assert all(part["licenses"] and part["purl"].startswith("pkg:pypi/") for part in bill["components"])


def test_no_secret_is_in_the_repository() -> None:
    assert list(leaks.findings(leaks.files())) == []


@pytest.mark.parametrize(
    "text",
    [
        "key = AKIA" + "ABCDEFGHIJKLMNOP",
        "-----BEGIN " + "PRIVATE KEY----- MIIEvQIBADANBgkqhkiG9w0BAQ",
        "Atza" + "|IwEBIAbcdefghijklmnopqrstuv",
        "token=gh" + "p_abcdefghijklmnopqrstuvwxyz0123456789",
        "amzn1.ask.skill." + "0a1b2c3d-1234-4321-8765-0123456789ab",
    ],
    ids=["access key", "private key", "login token", "forge token", "skill id"],
)
def test_a_secret_is_found_and_not_repeated(text: str, tmp_path: Path) -> None:
    place = tmp_path / "note.txt"
    place.write_text(f"first line\n{text}\n", encoding="utf-8")
    [finding] = leaks.findings([place])
    assert finding.startswith(f"{place}:2: looks like ")
    assert text not in finding


# --- with tools of their own --------------------------------------------------------------------------------------------------

# Files where something that looks random is meant: hashes, weights, and the marker that tests look for in logs.
KNOWN = {
    "skill/content/compiled.json",
    "skill/understanding/learnt.json",
    "tests/clients/get_rie.py",
    "tests/supply_chain/test_supply_chain.py",
    "tests/web/alexa.py",
    "tools/audio/engines/kokoro.py",
    "tools/intelligibility/recogniser.py",
    "tools/learn/peers/figures.json",
}
# Files that are hashes from top to bottom.
HASHES = ("requirements", "package-lock.json", ".mp3", "page.toml", "audio/manifest.json")


@pytest.mark.all
def test_the_bill_of_materials_is_what_its_maker_makes() -> None:
    command = [TOOLS / "python", "-m", "tools.supply_chain.sbom", "--check"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.all
def test_detect_secrets_finds_nothing_new() -> None:
    names = [str(path.relative_to(TOP)) for path in leaks.files()]
    looked_at = [name for name in names if not any(part in name for part in HASHES)]
    command = [TOOLS / "detect-secrets", "scan", "--exclude-lines", "sha256|integrity", *looked_at]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)["results"]) <= KNOWN


@pytest.mark.online
@pytest.mark.parametrize("name", HASHED)
def test_no_known_fault_in_what_is_pinned(name: str) -> None:
    """pip-audit asks a service for known faults, so it needs the internet, and a service that knows the packages."""
    assert shutil.which("pip-audit", path=str(TOOLS))
    command = [
        TOOLS / "pip-audit",
        "--progress-spinner",
        "off",
        "--disable-pip",
        "--require-hashes",
        "--strict",
        "-r",
        name,
    ]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
