"""The promises about the code itself: what imports what, what is public, that examples in docstrings run."""

from __future__ import annotations

import ast
import doctest
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import parley

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "parley"

JOURNEY = (
    "read",
    "fetch",
    "clean",
    "dates",
    "annotate",
    "resolve",
    "store",
    "compare",
    "show",
    "export",
    "web",
    "engine",
)
"""The folders in the order an article meets them; a folder knows those before it and itself."""

FOR_ALL = {"data", "errors", "codebooks", "_version", "models"}
KNOW_ALL = {"pipeline.py", "cli", "__main__.py", "__init__.py"}
ENGINE_MAY_ALSO = {"pipeline"}
"""The engine runs the pipeline over many articles, so it is the one folder that may know it."""
ASKS_ACROSS = "store/across.py"
"""What a ledger is asked across articles is answered in `compare`; this is where the ledger hands it on."""


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "sample" not in p.parts and "versions" not in p.parts)


def parley_imports(path: Path) -> Iterator[str]:
    """What a module imports from parley when it runs, by first folder; imports for the type checker alone do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "parley":
            parts = node.module.split(".")
            yield parts[1] if len(parts) > 1 else node.names[0].name
        elif isinstance(node, ast.Import):
            for name in node.names:
                if name.name.startswith("parley."):
                    yield name.name.split(".")[1]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way_along_the_journey(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    if parts[0] in KNOW_ALL:
        return
    folder = parts[0].removesuffix(".py")
    if folder not in JOURNEY:
        assert set(parley_imports(path)) <= FOR_ALL
        return
    before = set(JOURNEY[: JOURNEY.index(folder) + 1]) | FOR_ALL
    if folder == "engine":
        before |= ENGINE_MAY_ALSO
    if "/".join(parts) == ASKS_ACROSS:
        before |= {"compare"}
    against = set(parley_imports(path)) - before
    assert not against, f"{path.relative_to(ROOT)} imports {sorted(against)}, which come later in the journey"


def test_every_public_name_is_there() -> None:
    for name in parley.__all__:
        assert getattr(parley, name) is not None


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_examples_in_docstrings_run(path: Path) -> None:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    if name.endswith("__main__") or "migrations" in name:
        return
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_importing_parley_pulls_in_nothing_heavy() -> None:
    heavy = "('numpy', 'onnxruntime', 'tokenizers', 'sqlalchemy', 'trafilatura', 'pyarrow', 'typer', 'rich', 'fastapi', 'jinja2')"
    code = f"import sys, parley; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
