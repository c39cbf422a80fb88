"""``docs/getting-started.md``: its commands run as they stand there, and what they print is what the page shows.

What pip installs is left out here: scrimp is the one under test, and there are no hooks.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from command_line import Project
from walkthrough import HELPDESK, PAGE, ROOT, SCRIMP, blocks, home, walk


def test_the_page_shows_what_is_printed(project: Project, tmp_path: Path) -> None:
    bin_folder, site, bare = tmp_path / "bin", tmp_path / "site" / "scrimp-9.dist-info", tmp_path / "bare"
    bin_folder.mkdir()
    for name, program in (("scrimp", f'exec {sys.executable} -P -m scrimp "$@"'), ("pre-commit", "exit 0")):
        (bin_folder / name).write_text(f"#!/bin/sh\n{program}\n")
        (bin_folder / name).chmod(0o755)
    site.mkdir(parents=True)  # what an installer records of where scrimp came from
    (site / "METADATA").write_text("Metadata-Version: 2.1\nName: scrimp\nVersion: 9\n")
    source = {"url": SCRIMP, "vcs_info": {"vcs": "git", "commit_id": "1a2b3c"}}
    (site / "direct_url.json").write_text(json.dumps(source))
    shutil.copytree(ROOT / "examples" / "helpdesk", project.root / "scrimp" / "examples" / "helpdesk")
    project.git("init", "--quiet", "--bare", str(bare))
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"CI", "GIT_CONFIG_GLOBAL"}},
        "HOME": str(home(tmp_path / "home", {HELPDESK: bare})),
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(site.parent),
        "SCRIMP_CACHE_DIR": str(tmp_path / "cache"),
    }
    runnable = [block for block in blocks(PAGE) if "pip install" not in block.commands]

    compared = 0
    for block, printed in walk(runnable, project.root, environment):
        if block.shown is not None and "git commit" not in block.commands:
            assert block.is_shown_by(printed), f"{block.commands}\nprints\n\n{printed}\nnot\n\n{block.shown}"
            compared += 1
    assert compared == 5
