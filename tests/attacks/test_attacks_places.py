"""Changes that grow a prompt and put it where nobody looks, or make its file one that can't be read."""

from __future__ import annotations

import codecs
from typing import Any

import pytest
from attacks.gated import BUDGET, GROWN, gated, refused
from command_line import EIGHT, PRICED, Project, call
from tree.repository import Repository

__all__ = ["gated"]

TEMPLATE = "prompts/triage.prompty"


def prompty(text: str) -> str:
    return f"---\nmodel: {{configuration: {{name: gpt-4o}}}}\n---\nsystem:\n{text}\n"


@pytest.fixture
def templated(gated: Project) -> Project:
    """A prompt in a file of its own, and a folder that the policy excludes."""
    gated.git("switch", "--quiet", "main")
    gated.write("scrimp.yaml", f'exclude: ["vendor/**"]\n{PRICED}{BUDGET}')
    gated.write(TEMPLATE, prompty(EIGHT)).write("vendor/lib.py").commit()
    gated.git("switch", "--quiet", "topic")
    gated.git("merge", "--quiet", "main")
    return gated


def unjudged(project: Project) -> Any:
    """The skipped file of a change that is never passed, as a prompt can't be read any more."""
    project.commit()
    document = project.report("diff", "main", "HEAD", code=3)
    assert document["verdict"]["outcome"] == "incomplete"
    (skipped,) = (each for each in document["skipped"] if each["incomplete"])
    return skipped


class TestMoves:
    def test_into_a_folder_that_is_excluded(self, templated: Project) -> None:
        templated.git("mv", TEMPLATE, "vendor/triage.prompty")

        document = refused(
            templated.write("vendor/triage.prompty", prompty(f"{EIGHT} {GROWN}")), actual="+$24.00"
        )

        (concealed,) = document["policy"]["concealed"]
        assert (concealed["by"], concealed["path"]) == ("exclude", "vendor/triage.prompty")

    def test_of_code_into_a_folder_that_is_excluded(self, templated: Project) -> None:
        templated.git("mv", "app.py", "vendor/app.py")

        refused(templated.write("vendor/app.py", call(GROWN)))

    def test_into_the_tests(self, templated: Project) -> None:
        (templated.root / "tests").mkdir()
        templated.git("mv", "app.py", "tests/test_app.py")

        refused(templated.write("tests/test_app.py", call(GROWN)))

    def test_what_stays_excluded_is_left_alone(self, templated: Project) -> None:
        templated.write("vendor/lib.py", call(GROWN)).commit()

        assert templated.report("diff", "main", "HEAD")["changes"] == []

    @pytest.mark.parametrize(
        "attributes",
        ["* export-ignore\n", "* linguist-generated\n", "* -diff -text binary\n", "* filter=lfs diff=lfs\n"],
    )
    def test_behind_attributes_of_git(self, templated: Project, attributes: str) -> None:
        refused(templated.write(".gitattributes", attributes).write(TEMPLATE, prompty(GROWN)))

    def test_into_what_git_ignores(self, templated: Project) -> None:
        templated.write(TEMPLATE, prompty(GROWN)).commit()

        refused(templated.write(".gitignore", "*\n"))


LONG = "Sort each ticket by what it asks for, name the team that answers it, and say in one line why you think so"


class TestTextThatIsNotReadAsAPrompt:
    @pytest.fixture
    def loaded(self, gated: Project) -> Project:
        """Code that loads its prompt from a file."""
        gated.git("switch", "--quiet", "main")
        gated.write("app.py", self.loading("triage.md")).write("triage.md", f"{LONG}\n").commit()
        gated.git("switch", "--quiet", "topic")
        gated.git("merge", "--quiet", "main")
        return gated

    def loading(self, name: str) -> str:
        read = f'from pathlib import Path\n\nSYSTEM = Path("{name}").read_text()\n'
        return read + call().replace(f'SYSTEM = """{EIGHT}"""\n', "")

    @pytest.mark.parametrize("name", ["triage.dat", "words.bin", "NOTES"])
    def test_in_a_file_of_another_kind(self, loaded: Project, name: str) -> None:
        loaded.git("rm", "--quiet", "triage.md")

        skipped = unjudged(loaded.write(name, f"{LONG} {GROWN}\n").write("app.py", self.loading(name)))

        assert (skipped["path"], skipped["code"]) == (name, "unread")
        assert "it holds the text of triage.md" in skipped["reason"]

    def test_under_a_key_that_says_nothing(self, loaded: Project) -> None:
        loaded.git("rm", "--quiet", "triage.md")
        loaded.write("values.yaml", f"greeting:\n  text: >-\n    {LONG} {GROWN}\n")
        loaded.write(
            "app.py",
            "import yaml\n\nSYSTEM = yaml.safe_load(open(NAME))[KEY]\n"
            + call().partition("USER")[1]
            + call().partition("USER")[2],
        )

        assert unjudged(loaded)["path"] == "values.yaml"

    def test_one_that_is_removed_is_gone(self, loaded: Project) -> None:
        loaded.git("rm", "--quiet", "triage.md", "app.py")
        loaded.commit()

        document = loaded.report("diff", "main", "HEAD")

        assert {each["kind"] for each in document["changes"]} == {"removed"}

    def test_one_that_became_a_part_of_another_is_judged_there(self, loaded: Project) -> None:
        loaded.git("rm", "--quiet", "triage.md")
        loaded.write("app.py", call(LONG, user=f"{LONG} {{question}}")).commit()

        document = loaded.report("diff", "main", "HEAD", code=1)

        assert document["verdict"]["outcome"] == "fail"


class TestFilesThatCannotBeRead:
    def test_a_nul_byte_in_a_template_hides_nothing(self, templated: Project) -> None:
        grown = prompty(f"{GROWN}\0")

        templated.write(TEMPLATE, grown).commit()

        breach = templated.report("diff", "main", "HEAD", code=1)["verdict"]["breaches"][0]
        assert breach["key"] == "max_monthly_increase"

    def test_a_nul_byte_in_code(self, gated: Project) -> None:
        gated.write("app.py", call(f"{GROWN}\0")).commit()

        assert gated.report("diff", "main", "HEAD", code=3)["verdict"]["outcome"] == "incomplete"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            pytest.param(prompty(GROWN).encode() + b"\0\xff", "binary", id="bytes of no text"),
            pytest.param(prompty(GROWN).encode() + b"\0" * 9_000, "binary", id="mostly NULs"),
            pytest.param(prompty(GROWN).encode("utf-16-le"), "binary", id="UTF-16 without its mark"),
            pytest.param(prompty(GROWN).encode() + b"\xff", "encoding", id="not UTF-8"),
            pytest.param(codecs.BOM_UTF16 + b"x", "encoding", id="half a UTF-16"),
            pytest.param(prompty(GROWN).encode() + b"x" * 2**24, "size", id="too large"),
            pytest.param(
                b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "lfs", id="LFS pointer"
            ),
        ],
    )
    def test_a_template(self, templated: Project, content: bytes, code: str) -> None:
        skipped = unjudged(templated.write(TEMPLATE, content))

        assert (skipped["path"], skipped["code"]) == (TEMPLATE, code)

    def test_a_link_out_of_the_repository(self, templated: Project) -> None:
        templated.write("../outside.prompty", prompty(f"{GROWN} secret words"))
        (templated.root / TEMPLATE).unlink()
        (templated.root / TEMPLATE).symlink_to(templated.root.parent / "outside.prompty")

        skipped = unjudged(templated)

        assert (skipped["path"], skipped["code"]) == (TEMPLATE, "link")
        assert "on BASE it held a prompt" in skipped["reason"]

    def test_a_folder_that_became_a_link(self, templated: Project) -> None:
        (templated.root / TEMPLATE).unlink()
        (templated.root / "prompts").rmdir()
        templated.write("../elsewhere/triage.prompty", prompty(GROWN))
        (templated.root / "prompts").symlink_to(templated.root.parent / "elsewhere")

        assert unjudged(templated)["path"] == "prompts"

    def test_a_folder_that_became_a_repository_of_its_own(self, templated: Project) -> None:
        templated.git("rm", "--quiet", "-r", "prompts")
        Repository(templated.root / "prompts").init().write("triage.prompty", prompty(GROWN)).commit()

        skipped = unjudged(templated)

        assert (skipped["path"], skipped["code"]) == ("prompts", "submodule")

    @pytest.mark.parametrize("cookie", ["utf-7", "rot13", "unicode_escape", "punycode", "idna", "zlib"])
    def test_an_encoding_that_hides_text(self, gated: Project, cookie: str) -> None:
        skipped = unjudged(gated.write("app.py", f"# coding: {cookie}\n{call(GROWN)}"))

        assert (skipped["path"], skipped["code"]) == ("app.py", "encoding")

    def test_a_string_that_never_ends(self, gated: Project) -> None:
        gated.write("app.py", call(GROWN).replace('"""\nUSER', "\nUSER")).commit()

        assert gated.report("diff", "main", "HEAD", code=3)["verdict"]["outcome"] == "incomplete"
