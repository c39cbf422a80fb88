"""Repositories, and names of revisions, that would have git run something, compare something else, or fail quietly."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacks.gated import GROWN, gated, refused
from command_line import Project, call
from tree.repository import Repository

__all__ = ["gated"]

RUNS = [
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "diff.evil.command",
    "diff.evil.textconv",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "gpg.program",
    "merge.evil.driver",
    "pager.ls-tree",
    "pager.diff-tree",
    "sequence.editor",
    "uploadpack.packObjectsHook",
]
"""Settings by which git runs a command (git-config, gitattributes)."""
HOOKS = ["post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"]
SCRIPT = "#!/bin/sh\ntouch '{sprung}'\nexit 1\n"


@pytest.fixture
def sprung(tmp_path: Path) -> Path:
    """The trace that whatever git is told to run leaves."""
    return tmp_path / "sprung"


@pytest.fixture
def trap(tmp_path: Path, sprung: Path) -> Path:
    script = tmp_path / "trap"
    script.write_text(SCRIPT.format(sprung=sprung))
    script.chmod(0o755)
    return script


class TestWhatARepositoryWouldRun:
    @pytest.mark.parametrize(
        "arguments",
        [["audit"], ["check"], ["diff", "main", "HEAD"], ["diff", "main"], ["diff", "--staged", "HEAD"]],
        ids=" ".join,
    )
    def test_no_setting_and_no_hook_is_run(
        self, gated: Project, trap: Path, sprung: Path, arguments: list[str]
    ) -> None:
        gated.write(".gitattributes", "* filter=evil diff=evil merge=evil\n").commit()
        gated.write("app.py", call("one two three"))
        for name in RUNS:
            gated.git("config", name, str(trap))
        gated.git("config", "log.showSignature", "true")
        hooks = gated.root / ".git/hooks"
        for name in HOOKS:
            (hooks / name).write_text(SCRIPT.format(sprung=sprung))
            (hooks / name).chmod(0o755)
        gated.git("config", "core.hooksPath", str(hooks))
        sprung.unlink(missing_ok=True)

        assert gated.scrimp(*arguments).code in (0, 1)
        assert not sprung.exists()

    def test_a_lazy_clone_is_not_made_to_fetch(self, gated: Project, trap: Path, sprung: Path) -> None:
        gated.write("app.py", call(GROWN)).commit()
        gated.git("config", "uploadpack.allowFilter", "true")
        cloned = gated.clone(gated.root.parent / "clone", "--filter=blob:none", "--no-checkout")
        lazy = Project(cloned.root)
        lazy.git("config", "remote.origin.url", f"ext::{trap}")
        lazy.git("config", "protocol.ext.allow", "always")

        outcome = lazy.scrimp("diff", "origin/main", "origin/topic")

        assert outcome.code == 2
        assert "scrimp.yaml: it can't be read" in outcome.err
        assert not sprung.exists()

    def test_a_working_tree_that_is_said_to_be_elsewhere_is_not_read(self, gated: Project) -> None:
        outside = gated.root.parent / "outside"
        Repository(outside).write("secret.py", call("the secret of the house"))
        gated.git("config", "core.worktree", str(outside))

        assert "secret" not in gated.scrimp("audit").out


class TestNamesOfRevisions:
    @pytest.mark.parametrize(
        "name",
        [
            "--output=pwned",
            "-opwned",
            "--upload-pack=touch pwned",
            "--exec=touch pwned",
            "$(touch pwned)",
            "`touch pwned`",
            "main;touch pwned",
            "main\ntouch pwned",
            "main --output=pwned",
            "main^{/x}..HEAD",
            "0" * 40,
            "",
        ],
    )
    def test_are_names_and_nothing_else(self, gated: Project, name: str) -> None:
        outcome = gated.scrimp("diff", "--", name, "HEAD")

        assert outcome.code == 2
        assert not list(gated.root.rglob("*pwned*"))

    def test_nor_are_those_of_the_environment_options(
        self, gated: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PRE_COMMIT_FROM_REF", "--output=pwned")
        monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")

        assert gated.scrimp("diff", "--staged").code == 2
        assert not list(gated.root.rglob("*pwned*"))

    def test_a_branch_whose_name_is_an_option_is_not_listed_as_one(self, gated: Project) -> None:
        gated.git("update-ref", "refs/heads/--output=pwned", "HEAD")

        assert gated.scrimp("diff", "mian").code == 2
        assert not (gated.root / "pwned").exists()


class TestWhatIsCompared:
    @pytest.mark.parametrize("twin", ["refs/tags/main", "refs/remotes/main"])
    def test_not_a_tag_that_is_called_like_the_base(self, gated: Project, twin: str) -> None:
        gated.write("app.py", call(GROWN)).commit()
        gated.git("update-ref", twin, "HEAD")

        outcome = gated.scrimp("diff", "main", "HEAD")

        assert outcome.code == 2
        assert "main is ambiguous" in outcome.err

    def test_not_a_branch_that_is_called_like_the_remotes(self, gated: Project) -> None:
        gated.git("switch", "--quiet", "main")
        clone = Project(gated.clone(gated.root.parent / "clone").root)
        clone.git("remote", "set-head", "origin", "--delete")  # as a checkout in CI leaves it
        clone.git("switch", "--quiet", "--create", "origin/main")
        clone.write("app.py", call(GROWN)).commit()

        outcome = clone.scrimp("diff")

        assert outcome.code == 2
        assert "is ambiguous" in outcome.err

    def test_not_a_replacement_of_the_base(self, gated: Project) -> None:
        gated.write("app.py", call(GROWN)).commit()
        gated.git("replace", "main", "HEAD")

        refused(gated)


class TestABaseThatIsNotThere:
    """It is an error, never "no change"."""

    def test_in_a_shallow_clone(self, gated: Project) -> None:
        gated.write("app.py", call(GROWN)).commit()
        gated.git("switch", "--quiet", "main")
        gated.write("more.py").commit()
        clone = gated.clone(gated.root.parent / "clone", "--depth=1", "--branch=topic", "--no-single-branch")

        outcome = Project(clone.root).scrimp("diff")

        assert outcome.code == 2
        assert "git fetch --unshallow" in outcome.err

    def test_where_the_commit_was_not_fetched(self, gated: Project) -> None:
        base = gated.git("rev-parse", "main")
        gated.write("app.py", call(GROWN)).commit()
        clone = gated.clone(gated.root.parent / "clone", "--depth=1", "--branch=topic")

        assert Project(clone.root).scrimp("diff", base, "HEAD").code == 2

    def test_where_its_configuration_is_an_lfs_pointer(self, gated: Project) -> None:
        pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"
        gated.git("switch", "--quiet", "main")
        gated.write("scrimp.yaml", pointer).commit()
        gated.write("scrimp.yaml", "model: gpt-4o\n").write("app.py", call(GROWN))

        outcome = gated.scrimp("diff", "main")

        assert outcome.code == 2
        assert "scrimp.yaml: it can't be read" in outcome.err
