"""A text is counted for the model that it would be sent to, and who names that is said."""

from __future__ import annotations

import json

import pytest
from command_line import Project, call

OWN = "---\nmodel: gpt-4.1\n---\nYou are brief and answer in one word.\n"
PLAIN = "You are brief and answer in one word.\n"
SETTINGS = 'model: gpt-4o\nprompts: [{match: "src/**", model: gpt-4.1-mini}]\n'


@pytest.mark.parametrize(
    ("file", "content", "settings", "model", "who"),
    [
        ("a.prompt.md", OWN, SETTINGS, "gpt-4.1", "; the file's model"),
        ("notes.md", OWN, SETTINGS, "gpt-4.1", "; the file's model"),
        ("app.py", call(model="gpt-5"), SETTINGS, "gpt-5", "; the file's model"),
        ("src/a.prompt.md", PLAIN, SETTINGS, "gpt-4.1-mini", "; the configured model"),
        ("src/notes.txt", "one two", SETTINGS, "gpt-4.1-mini", "; the configured model"),
        ("a.txt", PLAIN, SETTINGS, "gpt-4o", "; the configured model"),
        ("a.txt", PLAIN, "", "gpt-5-mini", "; a model assumed"),
    ],
)
def test_who_names_the_model(
    project: Project, file: str, content: str, settings: str, model: str, who: str
) -> None:
    project.write(file, content).write("scrimp.yaml", settings)

    out = project.scrimp("count", file).out

    assert out.startswith(f"{model}: ")
    assert out.endswith(f" a call{who}\n")


def test_an_option_goes_before_all(project: Project) -> None:
    outcome = project.write("a.prompt.md", OWN).write("scrimp.yaml", SETTINGS)

    document = json.loads(outcome.scrimp("count", "a.prompt.md", "--model", "gpt-4o", "--format", "json").out)

    assert [(each["model"], each["source"]) for each in document["models"]] == [("gpt-4o", "option")]


def test_standard_input_has_the_configured_one(project: Project) -> None:
    out = project.write("scrimp.yaml", SETTINGS).scrimp("count", stdin=PLAIN.encode()).out

    assert out.startswith("gpt-4o: ")
