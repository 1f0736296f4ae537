"""The function's zip: what is in it, that it is the same every time, and that it answers where nothing else is."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.door import open_door
from skill.content.library import load_content
from skill.settings import Settings
from skill.speech.clips import Clips
from tests.alexa.envelopes import SKILL, envelope, question
from tools.package import function
from tools.package.__main__ import FLOOR_BYTES, summary
from tools.package.dependencies import LEFT_OUT, SHIPPED, DependencyError, dependency_files, pinned
from tools.package.function import Built, PackageError, build_function, own_files, pack, package_function, reachable
from tools.package.pythons import NoPythonError, Python, find_python

ROOT = Path(__file__).parents[2]
FROM_OTHERS = ("ask_sdk_core/", "ask_sdk_model/", "ask_sdk_runtime/", "dateutil/", "six.pyc")
NOT_FOR_A_TURN = ("test", "flask", "gtts", "boto", "tools", "simulator", "benchmark", "web", "certificate", "signature")


def names_in(built: Built) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(built.data)) as archive:
        return archive.namelist()


def contents_of(built: Built) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(built.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_builds_are_the_same_to_the_byte(
    built: Built, python: Python, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.chdir(tmp_path)
    os.umask(os.umask(0o077))
    assert package_function(ROOT, python).data == built.data


def test_nothing_of_this_machine_is_in_it(built: Built) -> None:
    home = str(Path.home()).encode()
    for name, data in contents_of(built).items():
        assert str(ROOT).encode() not in data, name
        assert len(home) < 5 or home not in data, name
    with zipfile.ZipFile(io.BytesIO(built.data)) as archive:
        assert {(info.date_time, info.external_attr >> 16) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644)
        }


def test_only_what_a_turn_needs_is_in_it(built: Built) -> None:
    ours = [name for name in names_in(built) if not name.startswith(FROM_OTHERS)]
    data = [name for name in ours if not name.endswith(".pyc")]
    assert {name.split("/")[0] for name in ours} <= {
        "lambda_function.pyc",
        "skill",
        "audio",
        function.BILL_OF_MATERIALS,
    }
    assert set(data) <= {function.CONTENT, function.QUICK, function.AUDIO, function.BILL_OF_MATERIALS}
    assert function.CONTENT in data
    assert not [name for name in ours for word in NOT_FOR_A_TURN if word in name]
    assert all(name.endswith(".pyc") for name in names_in(built) if name.startswith(FROM_OTHERS))


def test_clips_can_be_played_by_the_shortened_manifest(built: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(built.data)) as archive:
        archive.extract(function.AUDIO, tmp_path)
    content, base = load_content(), "https://clips.example"
    short, whole = (Clips.load(root / function.AUDIO, content, base) for root in (tmp_path, ROOT))
    assert short.problem is None
    for key in content.texts:
        for slow in (False, True):
            assert short.clip(key, slow) == whole.clip(key, slow)


def test_every_module_of_ours_that_a_turn_can_import_is_in_it(built: Built) -> None:
    program = (
        "import sys, lambda_function; print('\\n'.join(name for name in sys.modules if name.split('.')[0] == 'skill'))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = {name.replace(".", "/") for name in done.stdout.split()}
    inside = set(names_in(built))
    assert not [path for path in paths if not {f"{path}.pyc", f"{path}/__init__.pyc"} & inside]


def test_the_byte_code_is_never_compared_with_a_source(built: Built) -> None:
    for name, data in contents_of(built).items():
        if name.endswith(".pyc"):
            assert data[4:8] == b"\x01\x00\x00\x00", f"{name}: not an unchecked hash-based file"


def test_it_is_small_and_says_so(built: Built) -> None:
    assert len(built.data) < FLOOR_BYTES
    printed = summary(built)
    assert f"{len(built.data):,} bytes" in printed
    assert len(printed.splitlines()) == 12
    assert built.architectures == ("arm64", "x86_64")


def test_it_answers_in_a_bare_process_from_a_folder_that_cannot_be_written(
    built: Built, python: Python, tmp_path: Path
) -> None:
    place, event = tmp_path / "function", envelope(question("mijn baby huilt steeds", "troosten"))
    with zipfile.ZipFile(io.BytesIO(built.data)) as archive:
        archive.extractall(place)
    before = sorted(place.rglob("*"))
    for path in [place, *before]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); import lambda_function;"
        "print(json.dumps(lambda_function.lambda_handler(json.load(sys.stdin), None)))"
    )
    done = subprocess.run(
        [python.command, "-I", "-S", "-c", program, str(place)],
        input=json.dumps(event),
        env={**python.environment, "PATH": os.environ["PATH"], "SKILL_ID": SKILL, "SKILL_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(place.rglob("*")) == before
    answered = json.loads(done.stdout)
    assert answered["response"] == open_door(Settings(skill_id=SKILL)).answer(event)["response"]
    for path in [place, *before]:
        path.chmod(0o755)


def test_without_a_python_of_the_function_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 12, 0))
    with pytest.raises(NoPythonError, match=r"Python 3\.13.*uv python install 3\.13"):
        find_python({"PATH": "/nowhere"})
    with pytest.raises(NoPythonError):
        find_python({"PATH": os.environ["PATH"], "FUNCTION_PYTHON": "/bin/false"})


def test_every_pinned_package_is_decided_on() -> None:
    assert set(pinned(ROOT)) == {*SHIPPED, *LEFT_OUT}


def test_a_new_dependency_must_be_decided_on(tmp_path: Path) -> None:
    text = (ROOT / "requirements-lambda.txt").read_text(encoding="utf-8")
    (tmp_path / "requirements-lambda.txt").write_text(text + "left-pad==1.0.0\n", encoding="utf-8")
    with pytest.raises(DependencyError, match="left-pad"):
        dependency_files(tmp_path)


def test_another_version_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "requirements-lambda.txt").read_text(encoding="utf-8")
    (tmp_path / "requirements-lambda.txt").write_text(text.replace("six==", "six==0."), encoding="utf-8")
    with pytest.raises(DependencyError, match="six"):
        dependency_files(tmp_path)


def test_a_dependency_that_was_changed_after_installing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"#" if path.name == "six.py" else b""))
    with pytest.raises(DependencyError, match=r"six\.py was changed"):
        dependency_files(ROOT)


def test_a_compiled_part_names_the_architecture(python: Python) -> None:
    part = b"\x7fELF" + bytes(14) + b"\xb7\x00" + bytes(40)
    built = build_function(python, {"lambda_function.py": b"x = 1\n"}, {"fast.so": part})
    assert built.architectures == ("arm64",)
    with pytest.raises(PackageError, match="no single known architecture"):
        build_function(python, {}, {"fast.so": part, "other.so": part[:18] + b"\x3e\x00" + part[20:]})


def test_missing_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lambda_function.py").write_text("import skill\n", encoding="utf-8")
    with pytest.raises(PackageError, match="make train"):
        own_files(tmp_path)


def test_imports_inside_functions_count_and_others_do_not() -> None:
    found = reachable(ROOT)
    assert "skill/alexa/door.py" in found
    assert "skill/alexa/web.py" not in found


def test_the_digest_does_not_depend_on_the_compressor() -> None:
    files: dict[str, Any] = {"b": b"2", "a": b"1"}
    assert pack(files).digest == pack(dict(sorted(files.items()))).digest != pack({"a": b"1"}).digest
