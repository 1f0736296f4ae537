"""The function's bill of materials as CycloneDX, made with cyclonedx-python-lib: `.venv-supply/bin/python -m tools.supply_chain.sbom`.

It names what requirements-lambda.txt pins, with licences; the hashes of what may be installed stand in that file. Nothing in it depends on
the day or the machine. `--check` compares it with the file in the repository. The file travels in the package.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
import uuid
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tools.supply_chain.licences import TABLE
from tools.supply_chain.pins import TOP, read_pins

PLACE = Path(__file__).with_name("function.cdx.json")
# A name of our own making, so that the same pins give the same number.
NAMESPACE = uuid.UUID("7f0a3d3e-5f0f-5b8e-9f5e-6f0d3b1a2c44")


def make() -> str:
    """The bill of materials as JSON text."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licences = tomllib.loads(TABLE.read_text(encoding="utf-8"))["packages"]
    pins = read_pins(TOP / "requirements-lambda.txt")
    spell = LicenseFactory().make_from_string
    whole = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=[spell("MIT")],
    )
    parts = [
        Component(
            name=pin.name,
            version=pin.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{pin.name}=={pin.version}",
            purl=PackageURL("pypi", name=pin.name, version=pin.version),
            licenses=[spell(licences[pin.name])],
        )
        for pin in pins
    ]
    bom = Bom(components=parts, serial_number=uuid.uuid5(NAMESPACE, repr(pins)))
    bom.metadata.component = whole
    bom.register_dependency(whole, parts)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    del document["metadata"]["timestamp"]  # the moment of making would make every file another one
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(prog="python -m tools.supply_chain.sbom", description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text = make()
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        print(f"not valid CycloneDX: {wrong}", file=sys.stderr)
        return 1
    if options.check:
        if not PLACE.exists() or PLACE.read_text(encoding="utf-8") != text:
            print(f"{PLACE.name} is not what the pins give; run: make sbom", file=sys.stderr)
            return 1
        return 0
    PLACE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
