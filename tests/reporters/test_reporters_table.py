import ast
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import scrimp.reporters
from scrimp.reporters import FORMATS


def test_every_module_that_renders_is_in_the_table_and_nothing_else() -> None:
    names = [module.name for module in pkgutil.iter_modules(scrimp.reporters.__path__)]
    rendering = {name for name in names if hasattr(import_module(f"scrimp.reporters.{name}"), "render")}

    assert set(FORMATS) == rendering


def test_reporters_know_nothing_of_ours_but_the_nouns() -> None:
    folder = Path(scrimp.reporters.__path__[0])
    imported = {
        node.module
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("scrimp.")
    }

    assert imported
    assert not [name for name in imported if not name.startswith(("scrimp.model", "scrimp.reporters"))]


def test_rich_is_not_loaded_before_something_is_rendered() -> None:
    program = "import sys, scrimp.reporters; sys.exit('rich' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
