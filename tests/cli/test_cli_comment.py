"""``scrimp comment``: documents that nobody trusts become one comment, printed or posted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call
from forge.described import Proxy
from forge.fake_github import TOKEN, GitHub
from forge.loopback import served

from scrimp.pipeline import review

BUDGET = f"{PRICED}budgets: [{{name: all, max_monthly_increase: $2}}]\n"


@pytest.fixture
def grown(committed: Project) -> Project:
    """A project whose prompt grew by three dollars a month, with the document of that beside it."""
    committed.write("scrimp.yaml", BUDGET).commit()
    committed.write("app.py", call(system=f"{EIGHT} more more more"))
    assert committed.scrimp(*DIFF, "--output", "../diff.json").code == 1
    return committed


DIFF = ("diff", "main", "--format", "json", "--show", "texts")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    """GitHub, in the environment of a job of pull request 7."""
    github = GitHub()
    with served(github) as upstream:
        proxy = Proxy(upstream)
        with served(proxy) as address:
            for name in ("GITLAB_CI", "GH_TOKEN", "GITHUB_EVENT_PATH"):
                monkeypatch.delenv(name, raising=False)
            monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
            monkeypatch.setenv("GITHUB_API_URL", address)
            monkeypatch.setenv("GITHUB_REPOSITORY", "octocat/Hello-World")
            yield github
    assert proxy.violations == []


POST = ("comment", "../diff.json", "--post", "--pull-request", "7")


class TestThePage:
    def test_is_what_the_run_itself_would_print(self, grown: Project) -> None:
        outcome = grown.scrimp("comment", "../diff.json")

        assert outcome.code == 0
        assert outcome.out == grown.scrimp("diff", "main", "--format", "markdown").out
        assert outcome.out.startswith("### scrimp: fail\n\n**+$3.00 a month**")
        assert f"- {EIGHT}\n+ {EIGHT} more more more\n" in outcome.out

    def test_of_several_documents_is_one_with_the_worst_verdict(self, grown: Project) -> None:
        grown.scrimp("check", "--format", "json", "--output", "../check.json")
        grown.scrimp("audit", "--format", "json", "--output", "../audit.json")

        out = grown.scrimp("comment", "../check.json", "../diff.json", "../audit.json").out

        assert out.startswith("### scrimp: fail\n\n**+$3.00 a month**")
        assert out.count("### ") == 1
        assert "2 prompts in 1 request" in out
        assert "<sub>$1,066.00 on configured volumes; " in out

    def test_of_changes_in_several_trees_adds_them_up(self, grown: Project) -> None:
        grown.write("../other.json", grown.text("../diff.json"))
        out = grown.scrimp("comment", "../diff.json", "../other.json").out

        assert "**+$6.00 a month**" in out
        assert "**Why**: text +$6.00" in out

    def test_goes_to_a_file_if_that_is_asked_for(self, grown: Project) -> None:
        assert grown.scrimp("comment", "../diff.json", "--output", "page.md").out == ""
        assert grown.text("page.md").startswith("### scrimp: fail")


class TestPosting:
    def test_makes_the_comment_then_updates_it_then_leaves_it_alone(
        self, grown: Project, host: GitHub
    ) -> None:
        first = grown.scrimp(*POST)
        again = grown.scrimp(*POST)
        grown.write("app.py", call(system=EIGHT)).scrimp(*DIFF, "--output", "../diff.json")
        last = grown.scrimp(*POST)

        url = "https://github.com/octocat/Hello-World/pull/7#issuecomment-1000\n"
        assert (first.code, first.out, first.err) == (0, "", f"comment created: {url}")
        assert again.err == f"comment unchanged: {url}"
        assert last.err == f"comment updated: {url}"
        assert host.bodies == [
            "<!-- scrimp comment: default -->\nscrimp: no change in prompts (about $1,063.00 a month)\n"
        ]

    def test_keeps_a_comment_for_each_key(self, grown: Project, host: GitHub) -> None:
        grown.scrimp(*POST, "--key", "search")
        grown.scrimp(*POST, "--key", "mail")

        assert [body.splitlines()[0] for body in host.bodies] == [
            "<!-- scrimp comment: search -->",
            "<!-- scrimp comment: mail -->",
        ]

    def test_is_refused_with_what_to_do_and_without_the_token(self, grown: Project, host: GitHub) -> None:
        host.locked = True

        outcome = grown.scrimp(*POST)

        assert outcome.code == 2
        assert "error: GitHub answers 403: Unable to create comment because issue is locked.\n" in outcome.err
        assert TOKEN not in outcome.out + outcome.err

    @pytest.mark.parametrize("key", ["a--b", "-->", "", "a b", "x" * 65])
    def test_with_a_key_that_would_end_its_marker_is_an_error(self, grown: Project, key: str) -> None:
        assert "not a name" in grown.scrimp(*POST, "--key", key).err


class TestThresholds:
    def settle(self, project: Project, entry: str) -> None:
        project.write("scrimp.yaml", f"{PRICED}comment: {{{entry}}}\n")
        project.scrimp(*DIFF, "--output", "../diff.json")

    @pytest.mark.parametrize(
        ("entry", "said"),
        [
            ("min_monthly_change: $5", "nothing to say: the change is below the thresholds\n"),
            ("min_monthly_change: $3", "comment created"),
            ("min_token_change: 4", "nothing to say"),
            ("min_token_change: 3", "comment created"),
            ("min_monthly_change: $5, min_token_change: 3", "comment created"),
        ],
    )
    def test_keep_small_changes_quiet(self, grown: Project, host: GitHub, entry: str, said: str) -> None:
        self.settle(grown, entry)

        assert grown.scrimp(*POST).err.startswith(said)

    def test_do_not_keep_an_older_comment_from_being_brought_up_to_date(
        self, grown: Project, host: GitHub
    ) -> None:
        grown.scrimp(*POST)
        self.settle(grown, "min_monthly_change: $5")

        assert grown.scrimp(*POST).err.startswith("comment updated")

    def test_do_not_keep_a_broken_budget_quiet(self, grown: Project, host: GitHub) -> None:
        grown.write("scrimp.yaml", f"{BUDGET}comment: {{min_monthly_change: $500}}\n")

        assert grown.scrimp(*POST).err.startswith("comment created")

    def test_are_kept_by_no_change_at_all(self, grown: Project, host: GitHub) -> None:
        grown.write("app.py", call(system=EIGHT))
        self.settle(grown, "min_monthly_change: $0")

        assert grown.scrimp(*POST).err.startswith("nothing to say")


class TestADocument:
    def refused(self, project: Project, text: str | bytes) -> str:
        file = project.root / "bad.json"
        file.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
        outcome = project.scrimp("comment", "bad.json")
        assert (outcome.code, outcome.out) == (2, "")
        assert "Traceback" not in outcome.err
        return outcome.err

    @pytest.mark.parametrize(
        "text",
        ["", "[]", "{}", "null", '{"schema": "scrimp/2"}', "[" * 100_000, "\ud800", b"\xff\xfe{", "\x00"],
    )
    def test_that_is_none_is_refused(self, project: Project, text: str | bytes) -> None:
        assert "bad.json: not a document of schema scrimp/1" in self.refused(project, text)

    @pytest.mark.parametrize(
        ("steps", "value"),
        [
            (("totals", "monthly_usd", "typical"), "1e999999999"),
            (("totals", "monthly_usd", "typical"), "NaN"),
            (("totals", "monthly_usd", "typical"), 12.5),
            (("totals", "static_tokens"), 10**30),
            (("verdict", "outcome"), "great"),
            (("command",), "forecast"),
            (("changes", 0, "kind"), "<b>"),
            (("changes", 0, "tokens", "after"), "9"),
            (("changes", 0, "texts"), ["x"]),
            (("prompts", 0, "line"), -1),
            (("warnings",), "x"),
        ],
    )
    def test_that_is_not_of_the_schema_is_refused(
        self, grown: Project, steps: tuple[Any, ...], value: Any
    ) -> None:
        document = json.loads((grown.root / "../diff.json").read_text("utf-8"))
        inner = document
        for step in steps[:-1]:
            inner = inner[step]
        inner[steps[-1]] = value

        assert "not a document of schema scrimp/1" in self.refused(grown, json.dumps(document))

    def test_that_is_too_large_is_refused(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(review, "LARGEST", 1000)

        assert "larger than" in self.refused(project, " " * 2000)

    def test_that_is_not_there_is_an_error(self, project: Project) -> None:
        assert "gone.json: No such file" in project.scrimp("comment", "gone.json").err

    def test_of_a_later_version_with_more_keys_is_read(self, grown: Project) -> None:
        file = Path(grown.root / "../diff.json")
        document = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps({**document, "new": {"x": [1]}}), "utf-8")

        assert grown.scrimp("comment", "../diff.json").code == 0


def test_the_client_is_not_loaded_by_other_commands(project: Project) -> None:
    program = "import sys, atexit; atexit.register(lambda: print('httpx' in sys.modules))"

    assert project.init().shell("audit", "--quiet", python=program).out.endswith("False\n")
