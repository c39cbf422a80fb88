"""Languages whose grammars aren't installed: their files are listed with what to install; nothing is incomplete."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scrimp.readers import EXTRAS, SUFFIXES

WITHOUT_GRAMMARS = f"""
import sys
sys.modules |= dict.fromkeys({list(EXTRAS.values())})
from scrimp.cli import run
sys.argv = ["scrimp", "audit", ".", "--format", "json", "--no-cache"]
run()
"""


def test_files_are_listed_with_the_extra_to_install(tmp_path: Path) -> None:
    extras = {f"prompts{suffix}": extra for suffix, extra in SUFFIXES.items() if extra in EXTRAS}
    for name in extras:
        (tmp_path / name).write_text("// You are a helpful assistant of pirates.")
    (tmp_path / "prompts.py").write_text('PROMPT = "You are a helpful assistant of pirates."')

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_GRAMMARS], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    document = json.loads(done.stdout)
    skipped = {each["path"]: each for each in document["skipped"]}
    assert done.returncode == 0, done.stderr
    assert skipped.keys() == extras.keys()
    for name, extra in extras.items():
        assert (skipped[name]["code"], skipped[name]["incomplete"]) == ("not-installed", False)
        assert f"scrimp[{extra}]" in skipped[name]["reason"]
    assert [each["path"] for each in document["prompts"]] == ["prompts.py"]
