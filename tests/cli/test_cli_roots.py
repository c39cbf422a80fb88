"""In a folder of a repository the configuration above it holds, and the tree around is what everything is seen in."""

from __future__ import annotations

import os
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project, call

CALLS = "calls_per_month: 1_000\nprices: {gpt-4o: {input: 1.00, output: 10.00}}\n"
FIX = "Review the change.   \nName each problem once. \t \t\nBe brief.\n"


@pytest.fixture
def service(project: Project) -> Project:
    """A folder with a call, beside another one, below a configuration at the top of the repository."""
    project.init().write("scrimp.yaml", PRICED).write("service/app.py", call())
    project.write("other/app.py", call("one two")).commit()
    return Project(project.root / "service")


def _ids(document: Any, key: str = "prompts") -> set[str]:
    return {each["id"] for each in document[key]}


def test_an_audit_of_a_folder_is_that_part_of_the_whole(service: Project) -> None:
    top = Project(service.root.parent)
    whole = top.report("audit")

    part = service.report("audit")

    assert _ids(part) == {"service/app.py::SYSTEM", "service/app.py::USER"}
    assert part["prompts"] == [each for each in whole["prompts"] if each["path"] == "service/app.py"]
    assert part["requests"] == [each for each in whole["requests"] if each["path"] == "service/app.py"]
    assert part["totals"]["monthly_usd"]["typical"] == part["requests"][0]["cost"]["monthly_usd"]["typical"]
    assert part["coverage"]["requests"] == 1
    assert part == top.report("audit", "service") == top.report("audit", "service/")


def test_it_is_seen_in_the_light_of_the_whole(project: Project) -> None:
    project.init().write("scrimp.yaml", PRICED).write("prompts/texts.py", f'TEXT = "{EIGHT}"\n')
    project.write("src/app.py", call().replace('SYSTEM = """', "from prompts.texts import TEXT as SYSTEM\n#"))
    project.commit()

    (request,) = project.report("audit", "src")["requests"]

    assert "prompts/texts.py::TEXT" in {each["id"] for each in request["prompts"]}
    assert _ids(project.report("audit", "prompts"), "requests") == {request["id"]}


def test_findings_are_those_of_the_folder(service: Project) -> None:
    top = Project(service.root.parent).write("service/a.prompt.md", FIX).write("other/b.prompt.md", FIX)

    audited, checked = service.report("audit"), service.report("check", code=1)

    assert {each["path"] for each in audited["findings"]} == {"service/a.prompt.md"}
    assert {each["path"] for each in checked["findings"]} == {"service/a.prompt.md"}
    named = service.report("check", "../other/b.prompt.md", code=1)
    assert {each["path"] for each in named["findings"]} == {"other/b.prompt.md"}
    assert checked["findings"] == top.report("check", "service", code=1)["findings"]


def test_a_fix_is_made_in_its_place(service: Project) -> None:
    service.write("a.prompt.md", FIX)

    done = service.scrimp("check", "--fix", "a.prompt.md")

    assert "Fixed" in done.err
    assert service.text("a.prompt.md") != FIX


@pytest.mark.parametrize("file", ["scrimp.yaml", "pyproject.toml"])
def test_globs_are_those_of_the_configuration_s_folder(project: Project, file: str) -> None:
    table = '[tool.scrimp]\nprompts = [{match = "service/**", calls_per_month = 7}]\n'
    project.init().write(
        file, table if file.endswith("toml") else 'prompts: [{match: "service/**", calls_per_month: 7}]'
    )
    project.write("service/app.py", call()).commit()

    (request,) = Project(project.root / "service").report("audit")["requests"]

    assert request["calls_per_month"] == {"value": 7, "grade": "configured"}


def test_owners_baseline_and_usage_are_found_with_it(service: Project) -> None:
    top = (
        Project(service.root.parent)
        .write("CODEOWNERS", "/service/ @search\n")
        .write("service/a.prompt.md", FIX)
    )
    top.write("scrimp-usage.yaml", "prompts:\n  service/app.py::SYSTEM: {calls_per_month: 12}\n")
    assert service.scrimp("baseline").code == 0

    part = service.report("audit")

    assert (top.root / ".scrimp" / "baseline.json").is_file()
    assert {each["owner"] for each in part["prompts"]} == {"search"}
    assert {each["suppressed"]["by"] for each in part["findings"]} == {"baseline"}


def test_a_file_below_adds_to_the_root_s(service: Project) -> None:
    service.write("scrimp.yaml", 'prompts: [{match: "app.py", calls_per_month: 5}]\n').write(
        "src/b.py", call()
    )

    for folder in (service, Project(service.root / "src")):
        requests = {
            each["id"]: each["calls_per_month"]["value"] for each in folder.report("audit")["requests"]
        }
        assert requests["service/src/b.py::answer#1"] == 1_000_000
    assert service.report("audit")["prompts"][0]["path"] == "service/app.py"


def test_what_the_root_excludes_is_a_root_of_its_own_if_it_is_configured(service: Project) -> None:
    Project(service.root.parent).write("scrimp.yaml", PRICED + 'exclude: ["service/**"]\n')
    service.write("scrimp.yaml", CALLS)

    (request,) = service.report("audit")["requests"]

    assert request["id"] == "app.py::answer#1"
    assert request["calls_per_month"]["value"] == 1_000


def test_nothing_above_the_repository_counts(project: Project) -> None:
    project.write("scrimp.yaml", PRICED).write("inner/app.py", call())
    inner = Project(project.root / "inner").init()
    inner.commit()

    assert _ids(inner.report("audit"), "requests") == {"app.py::answer#1"}


def test_outside_of_a_repository_nothing_above_counts(project: Project) -> None:
    project.write("scrimp.yaml", PRICED).write("inner/app.py", call())

    assert _ids(Project(project.root / "inner").report("audit"), "requests") == {"app.py::answer#1"}


def test_a_folder_that_git_ignores_stands_for_itself(service: Project) -> None:
    Project(service.root.parent).write(".gitignore", "build/\n").write("build/app.py", call())

    assert _ids(Project(service.root.parent / "build").report("audit"), "requests") == {"app.py::answer#1"}


@pytest.mark.parametrize("apart", ["ignored", "excluded", "repository"])
def test_a_folder_that_stands_alone_is_checked_if_it_is_named(service: Project, apart: str) -> None:
    top = Project(service.root.parent).write("apart/a.prompt.md", FIX)
    if apart == "ignored":
        top.write(".gitignore", "apart/\n")
    elif apart == "excluded":
        top.write("scrimp.yaml", PRICED + 'exclude: ["apart/**"]\n').write("apart/scrimp.yaml", CALLS)
    else:
        Project(top.root / "apart").init()

    assert {each["path"] for each in top.report("check", "apart", code=1)["findings"]} == {"a.prompt.md"}


def test_a_file_of_a_repository_within_is_checked_there(project: Project) -> None:
    inner = Project(project.root / "inner").init().write("src/prompts/a.prompt.md", FIX)
    inner.write("scrimp.yaml", "ignore: [FMT]\n")

    for name in ("inner/src/prompts/a.prompt.md", "inner/src", "inner"):
        assert project.report("check", name)["findings"] == []
    (finding,) = inner.report("check", "--select", "FMT002", "src", code=1)["findings"]
    assert finding["path"] == "src/prompts/a.prompt.md"


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (["build/one/a.prompt.md"], {"build/one/a.prompt.md"}),
        (["build/one", "src"], {"build/one/a.prompt.md", "src/c.prompt.md"}),
        (["build/one", "build/two"], {"build/one/a.prompt.md", "build/two/b.prompt.md"}),
        (["inner/d.prompt.md", "src/c.prompt.md"], {"inner/d.prompt.md", "src/c.prompt.md"}),
        (["inner", "build/one"], {"inner/d.prompt.md", "build/one/a.prompt.md"}),
    ],
    ids=" ".join,
)
def test_what_git_leaves_out_is_checked_if_it_is_named(
    project: Project, named: list[str], found: set[str]
) -> None:
    project.init().write(".gitignore", "/build/\n").write("src/c.prompt.md", FIX)
    project.write("build/one/a.prompt.md", FIX).write("build/two/b.prompt.md", FIX)
    Project(project.root / "inner").init().write("d.prompt.md", FIX)

    report = project.report("check", *named, code=1)

    assert {each["path"] for each in report["findings"]} == found
    assert report["coverage"]["files_scanned"] == len(found | {"src/c.prompt.md"})


def test_what_git_leaves_out_is_looked_at_anew_each_time(project: Project) -> None:
    project.init().write(".gitignore", "/build/\n").write("build/a.prompt.md", "Review the change.\n")

    codes = [project.scrimp("check", "build/a.prompt.md").code]
    project.write("build/a.prompt.md", FIX)
    codes += [project.scrimp("check", "build/a.prompt.md", *fix).code for fix in ((), ("--fix",), ())]

    assert codes == [0, 1, 0, 0]


@pytest.mark.parametrize("place", ["within", "ignored", "outside"])
def test_a_folder_elsewhere_has_the_root_that_an_audit_takes(project: Project, place: str) -> None:
    here = Project(project.root / "here").init().write(".gitignore", "ignored/\n")
    there = Project(project.root / "outside" if place == "outside" else here.root / place)
    there.init().write("one/a.prompt.md", FIX).write("two/b.prompt.md", FIX)
    name = os.path.relpath(there.root / "one", here.root)

    checked = here.report("check", name, code=1)

    assert {each["path"] for each in checked["findings"]} == {"a.prompt.md"}
    assert checked["coverage"]["files_seen"] == here.report("audit", name)["coverage"]["files_seen"] == 1
    there.write("scrimp.yaml", CALLS)
    checked = here.report("check", name, code=1)
    assert {each["path"] for each in checked["findings"]} == {"one/a.prompt.md"}
    assert checked["coverage"]["files_seen"] == here.report("audit", name)["coverage"]["files_seen"] == 3


def test_a_configuration_that_is_given_leaves_the_folder_the_root(service: Project) -> None:
    above = os.fspath(service.root.parent / "scrimp.yaml")

    assert _ids(service.report("audit", "--config", above), "requests") == {"app.py::answer#1"}


@pytest.mark.parametrize("file", ["scrimp.yaml", "pyproject.toml"])
def test_one_above_that_can_t_be_read_is_an_error(service: Project, file: str) -> None:
    Project(service.root.parent).write(file, "tool.scrimp: [\n")

    outcome = service.scrimp("check")

    assert outcome.code == 2
    assert outcome.err.startswith(f"error: {file}:")


def test_a_total_is_that_of_the_whole_and_a_prompt_is_judged_where_it_is(service: Project) -> None:
    top = Project(service.root.parent)
    budgets = "budgets:\n  - {name: all, max_monthly: $NN}\n  - {name: size, max_prompt_tokens: 7}\n"
    limit = top.report("audit")["totals"]["monthly_usd"]["typical"].split(".")[0]
    top.write("scrimp.yaml", PRICED + budgets.replace("NN", str(int(limit) - 1)))

    here = service.report("audit", code=1)["verdict"]["breaches"]
    there = top.report("audit", "other", code=1)["verdict"]["breaches"]

    assert [each["budget"] for each in here] == ["all", "size"]
    assert [each["budget"] for each in there] == ["all"]
    assert here[0] == there[0]


def test_a_budget_of_what_lies_elsewhere_is_not_judged(service: Project) -> None:
    top = Project(service.root.parent)
    top.write("scrimp.yaml", PRICED + 'budgets: [{name: others, match: "other/**", max_monthly: $0}]\n')

    assert service.scrimp("audit").code == 0
    assert top.scrimp("audit", "other").code == 1


def test_the_text_says_of_what_it_speaks(service: Project) -> None:
    assert "2 prompts in 1 request of service, " in service.scrimp("audit").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules",),
        ("explain", "CCH001"),
        ("prices", "gpt-4o"),
        ("usage", "sync", "--dry-run"),
        ("init", "--diff"),
    ],
)
def test_other_commands_take_the_configuration_above(service: Project, arguments: tuple[str, ...]) -> None:
    Project(service.root.parent).write("scrimp.yaml", "selekt: [ALL]\n")

    outcome = service.scrimp(*arguments)

    assert outcome.code == 2
    assert "selekt" in outcome.err


class TestDiff:
    """No change chooses the root by which it is judged."""

    GATED = PRICED + "budgets: [{name: all, max_monthly_increase: $1}]\n"

    @pytest.fixture
    def gated(self, service: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
        """The folder below a budget, with a change that breaks it."""
        top = Project(service.root.parent).write("scrimp.yaml", self.GATED)
        top.commit()
        monkeypatch.setenv("CI", "1")
        return service.write("app.py", call(f"{EIGHT} {EIGHT}"))

    def test_it_is_judged_by_the_configuration_above(self, gated: Project) -> None:
        report = gated.report("diff", "HEAD", code=1)

        assert report["changes"][0]["prompt"] == "service/app.py::SYSTEM"
        assert report["verdict"]["breaches"][0]["budget"] == "all"

    def test_taking_it_away_changes_nothing(self, gated: Project) -> None:
        (gated.root.parent / "scrimp.yaml").unlink()

        assert gated.scrimp("diff", "HEAD").code == 1

    def test_adding_one_below_changes_nothing(self, gated: Project) -> None:
        gated.write("scrimp.yaml", CALLS)

        assert gated.scrimp("diff", "HEAD").code in {1, 2}
        gated.write("scrimp.yaml", "calls_per_month: 1\n")
        assert gated.scrimp("diff", "HEAD").code == 1

    def test_excluding_the_folder_changes_nothing(self, gated: Project) -> None:
        Project(gated.root.parent).write("scrimp.yaml", self.GATED + 'exclude: ["service/**"]\n')
        gated.write("scrimp.yaml", "calls_per_month: 1\n")

        assert gated.scrimp("diff", "HEAD").code == 1

    def test_ignoring_the_folder_changes_nothing(self, gated: Project) -> None:
        Project(gated.root.parent).write(".gitignore", "service/\n")

        assert gated.scrimp("diff", "HEAD").code == 1
        gated.git("rm", "-rq", "--cached", ".")
        assert gated.report("diff", "HEAD", code=0)["policy"]["source"] == "base"

    def test_what_is_staged_is_judged_likewise(self, gated: Project) -> None:
        gated.git("rm", "-q", "../scrimp.yaml")
        gated.git("add", "app.py")

        assert gated.scrimp("diff", "--staged").code == 1
        assert gated.scrimp("diff", "--staged", "HEAD").code == 1
