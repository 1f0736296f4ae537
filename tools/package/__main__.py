"""`python -m tools.package`: build/function.zip, build/skill-package/, build/ask-resources.json and build/audio/."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from tools.package.configuration import Configuration, ConfigurationError, read_configuration
from tools.package.dependencies import DependencyError
from tools.package.function import Built, PackageError, largest_parts, package_function
from tools.package.manifest import LOCALE, build_manifest
from tools.package.pythons import NoPythonError, find_python

ROOT = Path(__file__).parents[2]
AIM_BYTES, FLOOR_BYTES = 4_000_000, 6_000_000
ICONS = ("icon-108.png", "icon-512.png")


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 when everything is built, 1 when something is refused."""
    parser = argparse.ArgumentParser(prog="python -m tools.package", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build", metavar="FOLDER", help="where to (build/)")
    out: Path = parser.parse_args(arguments).out
    try:
        configuration = read_configuration(ROOT)
        built = package_function(ROOT, find_python())
        write_function(built, out)
        write_skill_package(ROOT, configuration, out)
        clips = copy_audio(ROOT, out)
    except (ConfigurationError, DependencyError, NoPythonError, PackageError) as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"package: the function's Python could not compile:\n{error.stderr}", file=sys.stderr)
        return 1
    print(summary(built))
    if len(built.data) > FLOOR_BYTES:
        print(f"package: function.zip is too large: at most {FLOOR_BYTES:,} bytes", file=sys.stderr)
        return 1
    print(f"skill-package: skill.json, interaction model {LOCALE}, icons of 108 and 512 pixels; audio: {clips} clips")
    for name in configuration.missing():
        print(f"not ready to publish: {name} is missing in deploy/deploy.toml", file=sys.stderr)
    return 0


def summary(built: Built) -> str:
    """Size, hash and the ten largest parts, for people."""
    lines = [
        f"function.zip: {len(built.data):,} bytes (aim {AIM_BYTES:,}), {len(built.sizes)} files, Python 3.13, "
        f"runs on {' and '.join(built.architectures)}",
        f"  sha256 {hashlib.sha256(built.data).hexdigest()}",
    ]
    return "\n".join(lines + [f"  {size:>9,}  {part}" for part, size in largest_parts(built)])


def write_function(built: Built, out: Path) -> None:
    """The zip, and beside it what `make deploy` compares."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "function.zip").write_bytes(built.data)
    facts = {
        "sha256": hashlib.sha256(built.data).hexdigest(),
        "contents": built.digest,
        "bytes": len(built.data),
        "runtime": "python3.13",
        "architectures": list(built.architectures),
    }
    (out / "function.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")


def write_skill_package(root: Path, configuration: Configuration, out: Path) -> None:
    """The folder that `ask deploy` uploads, with the names that ask-cli demands."""
    package = out / "skill-package"
    shutil.rmtree(package, ignore_errors=True)
    (package / "interactionModels" / "custom").mkdir(parents=True)
    (package / "assets" / "images").mkdir(parents=True)
    _write_json(package / "skill.json", build_manifest(root, configuration))
    model = root / "interaction_models" / f"{LOCALE}.json"
    shutil.copyfile(model, package / "interactionModels" / "custom" / model.name)
    for name in ICONS:
        shutil.copyfile(root / "deploy" / "icons" / name, package / "assets" / "images" / name)
    # No code and no infrastructure: the function is AWS SAM's business (deploy/template.yaml).
    profile = {"skillMetadata": {"src": "./skill-package"}}
    _write_json(out / "ask-resources.json", {"askcliResourcesVersion": "2020-03-31", "profiles": {"default": profile}})
    if configuration.skill_id:
        states = {"askcliStatesVersion": "2020-03-31", "profiles": {"default": {"skillId": configuration.skill_id}}}
        (out / ".ask").mkdir(exist_ok=True)
        _write_json(out / ".ask" / "ask-states.json", states)


def copy_audio(root: Path, out: Path) -> int:
    """The clips for upload; their number. Clips that the manifest does not name stay behind."""
    target = out / "audio"
    shutil.rmtree(target, ignore_errors=True)
    manifest = root / "audio" / "manifest.json"
    if not manifest.is_file():
        return 0
    target.mkdir(parents=True)
    shutil.copyfile(manifest, target / manifest.name)
    text = manifest.read_text(encoding="utf-8")
    clips = [path for path in sorted(manifest.parent.rglob("*.mp3")) if path.name in text]
    for path in clips:
        place = target / path.relative_to(manifest.parent)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return len(clips)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
