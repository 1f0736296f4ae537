"""The house: imports run one way, a turn loads only what it needs, and code holds no Dutch."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SKILL = TOP / "skill"

# Each room and the rooms it may import from.
ROOMS = {
    "content": set(),
    "understanding": {"content"},
    "conversation": {"understanding", "content"},
    "speech": {"content"},
    "alexa": {"conversation", "understanding", "content", "speech", "settings"},
    "settings": set(),
}
PLATFORM = ("ask_sdk", "flask", "boto3")
ONLY_FOR_OTHERS = (
    "flask",
    "flask_ask_sdk",
    "gtts",
    "waitress",
    "cryptography",
    "yaml",
    "textstat",
    "pytest",
    "boto3",
    "tools",
    "simulator",
    "numpy",
)


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    place = SKILL / room
    files = sorted(place.rglob("*.py")) if place.is_dir() else [SKILL / f"{room}.py"]
    assert files
    for path in files:
        names = imported(path)
        if room != "alexa":
            assert not [name for name in names if name.startswith(PLATFORM)], path
        rooms = {name.split(".")[1] for name in names if name.startswith("skill.")}
        assert rooms <= ROOMS[room] | {room}, f"{path}: imports {rooms - ROOMS[room] - {room}}"
        assert not [name for name in names if name.split(".")[0] in {"tools", "simulator", "tests"}], path


def test_the_cloud_functions_import_path_holds_only_what_a_turn_needs() -> None:
    program = "import sys, lambda_function; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & set(ONLY_FOR_OTHERS)
    assert "ask_sdk_core" in loaded


# Words that stand in nearly every Dutch sentence and in no English one.
_DUTCH = re.compile(r"\b(?:het|een|niet|je|ik|wil|jouw|kunt|voor|naar|mijn|kind)\b", re.IGNORECASE)


def test_no_dutch_sentence_stands_in_python() -> None:
    for path in [*SKILL.rglob("*.py"), TOP / "lambda_function.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
            if is_text and len(_DUTCH.findall(node.value)) >= 2:
                assert path.name == "lambda_function.py", f"{path}:{node.lineno}: {node.value!r}"


def _has_docstring(node: ast.AST) -> bool:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(node, holders) or not node.body or not isinstance(node.body[0], ast.Expr):
        return False
    return isinstance(node.body[0].value, ast.Constant)


def test_no_file_of_the_skill_needs_a_table_of_contents() -> None:
    for path in SKILL.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, path
