"""The pre-commit hooks: which files they are given, and the real pre-commit running them."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from command_line import EIGHT, PRICED, Project, call
from hypothesis import example, given
from hypothesis import strategies as st
from published import ROOT, publish
from ruamel.yaml import YAML

from scrimp.readers import SUFFIXES, reader_for

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
PRE_COMMIT = str(Path(sys.executable).with_name("pre-commit"))
HOOKS = {each["id"]: each for each in YAML(typ="safe").load(MANIFEST.read_text("utf-8"))}

LEAKY = '''\
from openai import OpenAI


def summarise(text):
    prompt = f"""
        Summarise the text below in three sentences.
        Keep the names and the numbers as they are.
        Do not add facts that the text does not hold.

        {text}
        """
    return OpenAI().responses.create(model="gpt-4o", input=prompt)
'''
MENDED = LEAKY.replace("\n        ", "\n").replace('f"""\n', 'f"""\\\n', 1)
LIMITED = PRICED + "budgets: [{name: growth, max_monthly_increase: $2}]\n"

# --- which files they are given -------------------------------------------------------------------------

names = st.text("abz.-_ \n", min_size=1, max_size=6).filter(lambda name: not name.endswith("."))
suffixes = st.sampled_from(["", *SUFFIXES, *map(str.upper, SUFFIXES), ".png", ".lock"])
folders = st.sampled_from(["", "prompts/", ".cursor/rules/", ".clinerules/", "a b/c.d/"])
heads = st.sampled_from([b"", b"#!/usr/bin/env python3\n", b"You are a helpful assistant.\n"])
special = st.sampled_from(["AGENTS.md", ".cursorrules", ".roorules-code", ".clinerules", "tsconfig.json"])
paths = st.builds("{}{}".format, folders, st.one_of(st.builds("{}{}".format, names, suffixes), special))


@pytest.mark.parametrize("hook", HOOKS)
@given(path=paths, head=heads)
@example(path="prompts/system", head=b"You are a helpful assistant.\n")
@example(path="bin/answer", head=b"#!/usr/bin/env python3\n")
def test_hooks_are_given_every_file_that_is_read(hook: str, path: str, head: bytes) -> None:
    if reader_for(path, head) is not None:
        assert re.search(HOOKS[hook]["files"], path)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_hooks_know_every_suffix_of_the_table(suffix: str) -> None:
    assert re.search(HOOKS["scrimp"]["files"], f"folder/name{suffix}")


@pytest.mark.parametrize("path", ["logo.png", "main.zig", "a.py.bak", "a.cursorrules", "styles/app.css"])
def test_hooks_are_not_started_for_other_files(path: str) -> None:
    assert not re.search(HOOKS["scrimp"]["files"], path)


def test_hooks_leave_it_to_scrimp_what_a_text_is() -> None:
    """pre-commit looks into files whose suffix it doesn't know, and takes UTF-16 for a binary."""
    assert not {"types", "types_or", "exclude", "exclude_types"} & {
        key for each in HOOKS.values() for key in each
    }


# --- the real pre-commit --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """scrimp as a git repository, as pre-commit clones it, and the folder where pre-commit keeps what it installs."""

    folder: Path
    commit: str
    home: Path

    def configuration(self, *hooks: str) -> str:
        """The file that runs some hooks; one may come with more lines, as ``id|files: ^web/``."""
        lines = [f"repos:\n  - repo: {self.folder.as_uri()}\n    rev: {self.commit}\n    hooks:"]
        lines += ["      - id: " + hook.replace("|", "\n        ") for hook in hooks]
        return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    repository = publish(tmp_path_factory.mktemp("published"))
    return Published(repository.root, repository.git("rev-parse", "HEAD"), tmp_path_factory.mktemp("home"))


@dataclass(frozen=True)
class Hooked(Project):
    """A repository with scrimp's hooks in it."""

    published: Published

    def with_hooks(self, *hooks: str, stage: str = "pre-commit") -> Hooked:
        self.init().write(".pre-commit-config.yaml", self.published.configuration(*hooks)).git("add", "--all")
        code, output = self.pre_commit("install", "--hook-type", stage)
        assert code == 0, output
        return self

    def pre_commit(self, *arguments: str) -> tuple[int, str]:
        return self.run(PRE_COMMIT, *arguments)

    def try_commit(self, *arguments: str) -> tuple[int, str]:
        return self.run("git", "commit", "--message=change", *arguments)

    def run(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(command, cwd=self.root, capture_output=True, check=False)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "backslashreplace")

    @property
    def commits(self) -> int:
        return len(self.run("git", "log", "--format=%H")[1].split()) if self.run("git", "log")[0] == 0 else 0


@pytest.fixture
def hooked(project: Project, published: Published, monkeypatch: pytest.MonkeyPatch) -> Hooked:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(published.home))
    monkeypatch.setenv("PRE_COMMIT_COLOR", "never")
    return Hooked(project.root, published)


@pytest.mark.packages
def test_the_manifest_is_valid() -> None:
    done = subprocess.run([PRE_COMMIT, "validate-manifest", str(MANIFEST)], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.packages
class TestCheck:
    def test_try_repo_needs_no_configuration(self, hooked: Hooked) -> None:
        hooked.init().write("app.py", LEAKY).git("add", "--all")

        code, output = hooked.pre_commit("try-repo", str(hooked.published.folder), "scrimp", "--all-files")

        assert code == 1, output
        assert "app.py:" in output
        assert "FMT001" in output

    def test_a_commit_that_wastes_tokens_is_stopped(self, hooked: Hooked) -> None:
        hooked.with_hooks("scrimp").write("app.py", LEAKY).git("add", "--all")

        code, output = hooked.try_commit()

        assert (code, hooked.commits) == (1, 0), output
        assert "FMT001" in output
        hooked.write("app.py", MENDED).git("add", "--all")
        code, output = hooked.try_commit()
        assert (code, hooked.commits) == (0, 1), output

    def test_what_is_staged_counts_and_what_is_not_stays(self, hooked: Hooked) -> None:
        hooked.with_hooks("scrimp").write("app.py", LEAKY).git("add", "--all")
        hooked.write("app.py", MENDED)

        assert hooked.try_commit()[0] == 1
        assert hooked.text("app.py") == MENDED

        hooked.git("add", "--all")
        hooked.write("app.py", LEAKY)

        assert hooked.try_commit()[0] == 0
        assert hooked.text("app.py") == LEAKY

    def test_two_hundred_files_are_checked_together(self, hooked: Hooked) -> None:
        hooked.with_hooks("scrimp")
        for number in range(200):
            hooked.write(f"folder/module_{number:03}.py", LEAKY if number in {7, 190} else "x = 1\n")
        hooked.git("add", "--all")

        code, output = hooked.try_commit()

        assert code == 1
        assert output.count("FMT001") == 2, output
        assert output.count("2 findings") == 1, output

    def test_whatever_files_are_called_they_are_checked(self, hooked: Hooked) -> None:
        names = ["a b.py", "a\nb.py", "$(id) '\".py", "ünï.py", ":(top)a.py", "über den Fluß/x.py"]
        hooked.with_hooks("scrimp")
        for name in names:
            hooked.write(name, LEAKY)
        hooked.git("add", "--all")

        code, output = hooked.try_commit()

        assert code == 1
        assert output.count("FMT001") == len(names), output

    def test_a_file_that_is_called_like_an_option_stops_the_commit(self, hooked: Hooked) -> None:
        hooked.with_hooks("scrimp").write("--exit-zero", "").write("app.py", LEAKY).git("add", "--all")

        code, output = hooked.try_commit()

        assert code == 1, output
        assert "is an option and the name of a file here" in output

    def test_the_folders_of_a_monorepo_have_their_own_configuration(self, hooked: Hooked) -> None:
        hooked.with_hooks("scrimp|files: ^web/").write("web/app.py", LEAKY).write("other/app.py", LEAKY)
        hooked.write("scrimp.yaml", 'exclude: ["web/old/"]\n').write("web/old/app.py", LEAKY)
        hooked.git("add", "--all")

        code, output = hooked.try_commit()

        assert code == 1
        assert "web/app.py:" in output
        assert "old/app.py:" not in output
        assert "other/app.py:" not in output

        hooked.write("web/scrimp.yaml", "ignore: [FMT]\n").git("add", "--all")
        code, output = hooked.try_commit()
        assert code == 0, output


@pytest.mark.packages
class TestFix:
    def test_what_is_wasted_is_fixed_and_has_to_be_staged(self, hooked: Hooked) -> None:
        hooked.with_hooks("scrimp-fix").write("app.py", LEAKY).git("add", "--all")

        code, output = hooked.try_commit()

        assert code == 1
        assert "files were modified by this hook" in output
        fixed = hooked.text("app.py")
        assert fixed != LEAKY
        assert [line.strip() for line in fixed.splitlines() if line.strip()] == [
            line.strip() for line in LEAKY.splitlines() if line.strip()
        ]

        hooked.git("add", "--all")
        code, output = hooked.try_commit()
        assert (code, hooked.commits) == (0, 1), output
        assert hooked.text("app.py") == fixed

    def test_what_is_not_staged_is_kept_beside_the_fix(self, hooked: Hooked) -> None:
        staged = LEAKY + "".join(f"\nVALUE_{number} = {number}" for number in range(12))
        hooked.with_hooks("scrimp-fix").write("app.py", f"{staged}\n").git("add", "--all")
        hooked.write("app.py", f"{staged}\nLATER = 1\n")

        code, output = hooked.try_commit()

        assert code == 1, output
        assert hooked.text("app.py").endswith("\nVALUE_11 = 11\nLATER = 1\n")
        assert "        Keep the names" not in hooked.text("app.py")
        assert "LATER" not in hooked.git("show", ":app.py")


@pytest.mark.packages
class TestBudget:
    @pytest.fixture
    def limited(self, hooked: Hooked) -> Hooked:
        """A commit in which a token of input costs $1 a month; growth is limited to $2."""
        hooked.with_hooks("scrimp-budget").write("app.py", call()).write("scrimp.yaml", LIMITED).git(
            "add", "--all"
        )
        hooked.git("commit", "--quiet", "--no-verify", "--message=first")
        return hooked

    def test_all_files_of_a_change_are_judged_together(self, limited: Hooked) -> None:
        limited.write("app.py", call(system=f"{EIGHT} more more")).write("other.py", "x = 1\n").git(
            "add", "--all"
        )
        code, output = limited.try_commit()
        assert code == 0, output

        limited.git("checkout", "--quiet", "-b", "topic")
        limited.write("app.py", call(system=f"{EIGHT} more more more more more")).git("add", "--all")
        code, output = limited.try_commit()
        assert code == 1
        assert "growth: limit +$2, actual +$3" in output

    def test_what_is_not_staged_does_not_count(self, limited: Hooked) -> None:
        limited.write("other.py", "x = 1\n").git("add", "--all")
        limited.write("app.py", call(system=f"{EIGHT} more more more more more")).write("new.py", call())

        code, output = limited.try_commit()

        assert code == 0, output

    def test_a_push_is_judged_by_what_is_pushed(self, limited: Hooked) -> None:
        limited.git("init", "--quiet", "--bare", str(limited.root.parent / "bare"))
        limited.git("remote", "add", "origin", str(limited.root.parent / "bare"))
        limited.git("push", "--quiet", "origin", "main")
        assert limited.pre_commit("install", "--hook-type", "pre-push")[0] == 0
        limited.write("app.py", call(system=f"{EIGHT} more more more")).git("add", "--all")
        limited.git("commit", "--quiet", "--no-verify", "--message=grown")
        limited.write("app.py", call()).git("add", "--all")  # staged, but not pushed

        code, output = limited.run("git", "push", "origin", "main")

        assert code == 1
        assert "growth: limit +$2, actual +$3" in output
