"""``sdks:`` in the configuration: the project's own call patterns, from the command line."""

from __future__ import annotations

import pytest
from command_line import Project

HOUSE = """\
sdk: house
modules: [house.llm]
clients: [Gateway]
patterns:
  - functions: [ask]
    texts: [{argument: question, position: 0}, {argument: rules, role: system}]
    model: [model, client.engine]
    output: [limits.words]
"""
APP = """\
from house.llm import Gateway

gateway = Gateway(engine="gpt-4o")


def answer(guest):
    return gateway.ask(f"Serve {guest}.", rules="Be brief.", limits={"words": 70})
"""


def test_calls_of_the_project_s_own_client_are_model_calls(project: Project) -> None:
    project.write("own/house.yaml", HOUSE).write("app.py", APP)
    assert project.report("audit")["requests"] == []

    project.write("scrimp.yaml", "sdks: [own/*.yaml]\n")
    report = project.report("audit")
    [request] = report["requests"]

    assert (request["sdk"], request["function"], request["line"]) == ("house", "ask", 7)
    assert request["model"]["name"] == "gpt-4o"
    assert request["output_tokens"]["maximum"] == 70
    assert sorted(each["role"] for each in report["prompts"]) == ["system", "user"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_they_are_found_in_a_tree_that_many_processes_read(project: Project, jobs: str) -> None:
    project.write("own/house.yaml", HOUSE).write("scrimp.yaml", "sdks: [own/*.yaml]\n")
    for number in range(3):
        project.write(f"app{number}.py", APP + "# so long that it is worth a process\n" * 5_500)

    assert len(project.report("audit", "--jobs", jobs)["requests"]) == 3


@pytest.mark.parametrize(
    ("configuration", "patterns", "message"),
    [
        ("sdks: [own.yaml, gone.yaml]\n", HOUSE, "scrimp.yaml:1:18: sdks: there is no file gone.yaml"),
        ("sdks: [own.yaml]\n", HOUSE.replace("model:", "modell:"), 'own.yaml:7:5: unknown key "modell"'),
        ("sdks: [own.yaml]\n", "sdk: [", "own.yaml:1:7: not valid YAML"),
    ],
)
def test_mistakes_are_usage_errors_with_their_place(
    project: Project, configuration: str, patterns: str, message: str
) -> None:
    project.write("scrimp.yaml", configuration).write("own.yaml", patterns)
    outcome = project.scrimp("audit")

    assert outcome.code == 2
    assert message in outcome.err
