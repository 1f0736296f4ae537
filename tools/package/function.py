"""What goes into the function's zip: an allowlist by reach. A module that `lambda_function` cannot import stays out."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tools.package.compiling import DROP_DOCSTRINGS, KEEP_ALL, Module, compile_modules
from tools.package.dependencies import dependency_files
from tools.package.pythons import Python
from tools.package.quick import QuickError, quick_form

ENTRY = "lambda_function.py"
PACKAGE = "skill"
# What the code reads beside itself: the makers' output, nothing that an editor or a maker works on.
CONTENT = "skill/content/compiled.json"
# What the function is made of, in CycloneDX; a test compares it with the pins.
BILL_SOURCE, BILL_OF_MATERIALS = "tools/supply_chain/function.cdx.json", "bill-of-materials.cdx.json"
LEARNT, QUICK = "skill/understanding/learnt.json", "skill/understanding/learnt.bin"
AUDIO = "audio/manifest.json"
AUDIO_READER = "skill/speech/clips.py"
# What the reader reads of a clip; hashes and loudness of the files are for who checks them.
AUDIO_FIELDS = ("key", "pace", "file", "text_sha256", "seconds")
BINARY_SUFFIXES = (".so", ".pyd", ".dylib", ".dll")
ANY_ARCHITECTURE = ("arm64", "x86_64")
# The oldest date a zip can hold: one that never changes.
_DATE = (1980, 1, 1, 0, 0, 0)


class PackageError(Exception):
    """The package would be wrong; the text says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """A zip and what is in it. `digest`: SHA-256 over names and contents, the same whatever library compressed them."""

    data: bytes
    digest: str
    architectures: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]


def reachable(root: Path, entry: str = ENTRY, package: str = PACKAGE) -> list[str]:
    """The modules (paths from the top) that the entry can import from the package, at its start or later in a function."""
    waiting, found = [entry], set[str]()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        tree = ast.parse((root / name).read_bytes())
        waiting += [path for module in _imported(tree) for path in _paths(root, module, package)]
    return sorted(found)


def _imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _paths(root: Path, module: str, package: str) -> list[str]:
    """The files that an import runs: the module, and every package around it."""
    parts = module.split(".")
    if parts[0] != package:
        return []
    wanted = ["/".join(parts) + ".py"] + ["/".join(parts[: end + 1]) + "/__init__.py" for end in range(len(parts))]
    return [path for path in wanted if (root / path).is_file()]


def own_files(root: Path) -> dict[str, bytes]:
    """Our modules and data by path. Raises PackageError where a file is missing."""
    if not (root / LEARNT).is_file():
        raise PackageError(f"{LEARNT} is missing; run: make train")
    data = [CONTENT, LEARNT]
    names = reachable(root)
    if AUDIO_READER in names and (root / AUDIO).is_file():
        data.append(AUDIO)
    if missing := [name for name in data if not (root / name).is_file()]:
        raise PackageError(f"{missing[0]} is missing; run: make content")
    names += data
    bill = {BILL_OF_MATERIALS: (root / BILL_SOURCE).read_bytes()}
    files = {name: (root / name).read_bytes() for name in names} | bill
    return files | ({AUDIO: _short_manifest(files[AUDIO])} if AUDIO in files else {})


def _short_manifest(data: bytes) -> bytes:
    """The clips' manifest with what a turn reads of it. Raises PackageError for one that is none."""
    try:
        document = json.loads(data)
        clips = [{name: clip[name] for name in AUDIO_FIELDS} for clip in document["clips"]]
    except (ValueError, KeyError, TypeError) as error:
        raise PackageError(f"{AUDIO}: {type(error).__name__}: {error}; run: make audio") from error
    return json.dumps({**document, "clips": clips}, ensure_ascii=False, separators=(",", ":")).encode()


def build_function(python: Python, own: dict[str, bytes], others: dict[str, bytes]) -> Built:
    """The zip of our own files and the dependencies'. Raises PackageError."""
    if overlap := own.keys() & others.keys():
        raise PackageError(f"two files want the same place: {', '.join(sorted(overlap))}")
    own = _quickened(own)
    modules = [Module(name, data, KEEP_ALL) for name, data in own.items() if name.endswith(".py")]
    modules += [Module(name, data, DROP_DOCSTRINGS) for name, data in others.items() if name.endswith(".py")]
    files = compile_modules(python, modules)
    files |= {name: data for name, data in own.items() if not name.endswith(".py")}
    binaries = {name: data for name, data in others.items() if name.endswith(BINARY_SUFFIXES)}
    files |= binaries
    return pack(files, architectures=_architectures(binaries))


def _quickened(own: dict[str, bytes]) -> dict[str, bytes]:
    """With the learnt parameters in the form that loads at once."""
    if LEARNT not in own:
        return own
    try:
        quick = quick_form(own[LEARNT])
    except QuickError as error:
        raise PackageError(f"{LEARNT}: {error}; run: make train") from error
    return {name: data for name, data in own.items() if name != LEARNT} | {QUICK: quick}


def _architectures(binaries: dict[str, bytes]) -> tuple[str, ...]:
    """Where the zip runs: anywhere while it is pure Python, else where its compiled parts were made for."""
    if not binaries:
        return ANY_ARCHITECTURE
    machines = {data[18:20] for data in binaries.values() if data[:4] == b"\x7fELF"}
    known = {b"\x3e\x00": "x86_64", b"\xb7\x00": "arm64"}
    if len(machines) != 1 or not machines <= known.keys():
        raise PackageError(f"compiled parts of no single known architecture: {', '.join(sorted(binaries))}")
    return (known[machines.pop()],)


def pack(files: dict[str, bytes], architectures: tuple[str, ...] = ANY_ARCHITECTURE) -> Built:
    """A zip of these files: sorted, without dates, owners or anything else of this machine."""
    buffer, digest, sizes = io.BytesIO(), hashlib.sha256(), []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o100644 << 16, 3
            archive.writestr(info, files[name], compresslevel=9)
            digest.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
            sizes.append((name, info.compress_size))
    return Built(buffer.getvalue(), digest.hexdigest(), architectures, tuple(sizes))


def largest_parts(built: Built, count: int = 10) -> list[tuple[str, int]]:
    """The parts that weigh most in the zip, compressed: a folder of two levels, or a file beside one."""
    parts: dict[str, int] = {}
    for name, size in built.sizes:
        pieces = name.split("/")
        part = "/".join(pieces[:2]) + ("/" if len(pieces) > 2 else "")
        parts[part] = parts.get(part, 0) + size
    return sorted(parts.items(), key=lambda item: (-item[1], item[0]))[:count]


def package_function(root: Path, python: Python) -> Built:
    """The function's zip of this repository."""
    return build_function(python, own_files(root), dependency_files(root))
