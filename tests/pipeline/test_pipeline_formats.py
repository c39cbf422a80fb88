"""``formats:`` in the configuration: the project's own formats, from the command line."""

from __future__ import annotations

import pytest
from command_line import Project

HOUSE = """\
formats:
  - name: house
    files: ["bots/*.yaml"]
    where: [{keys: bot}]
    template: format
    model: [bot.engine]
    output_cap: [bot.limit]
    loaded: on-demand
    texts:
      - {keys: "steps[].say", role_key: who, role: user}
"""
BOT = """\
bot:
  engine: gpt-4o
  limit: 70
steps:
  - who: system
    say: Serve {guest} and be brief about it.
  - say: Go.
"""
STORY = """\
[[formats]]
name = "story"
files = ["*.story"]
template = "angle"
messages = "lines"
role = "system"
model = ["model"]
"""


@pytest.fixture
def house(project: Project) -> Project:
    """A project with a format of documents in YAML and one of texts in TOML."""
    project.write("scrimp.yaml", "formats: [own/house.yaml, own/story.toml]\n")
    project.write("own/house.yaml", HOUSE).write("own/story.toml", STORY)
    return project


def test_files_are_read_as_a_format_says(house: Project) -> None:
    house.write("a/bots/waiter.yaml", BOT)
    report = house.report("audit")
    first, second = report["prompts"]
    [request] = report["requests"]

    assert (first["id"], first["line"], first["column"]) == ("a/bots/waiter.yaml::steps[0].say", 6, 10)
    assert (first["role"], first["loaded"], first["template"]) == ("system", "on-demand", "format")
    assert [each["name"] for each in first["variables"]] == ["guest"]
    assert (first["confidence"], second["role"]) == ("high", "user")
    assert (request["model"]["name"], request["model"]["source"]) == ("gpt-4o", "file")
    assert request["output_tokens"]["maximum"] == 70
    assert [each["id"] for each in request["prompts"]] == [first["id"], second["id"]]


def test_a_format_may_claim_a_suffix_that_nobody_else_reads(house: Project) -> None:
    house.write("b.story", "---\nmodel: gpt-4o\n---\nBe kind to <<NAME>>.\nuser:\nHello\n")

    assert [(each["role"], each["model"]) for each in house.report("audit")["prompts"]] == [
        ("system", "gpt-4o"),
        ("user", "gpt-4o"),
    ]
    assert "b.story" in house.scrimp("audit", "--show-files").out.splitlines()


def test_comments_still_speak(house: Project) -> None:
    house.write("bots/a.yaml", BOT.replace("  - who", "  # scrimp: prompt name=greeting\n  - who"))

    assert house.report("audit")["prompts"][0]["name"] == "greeting"


def test_text_of_an_own_format_is_mended(house: Project) -> None:
    house.write("b.story", "Be kind.\t \t \t\nBe brief.\n")
    house.scrimp("check", "--fix")

    assert house.text("b.story") == "Be kind.\nBe brief.\n"


def test_a_changed_format_changes_what_is_seen(house: Project) -> None:
    house.write("bots/a.yaml", BOT)
    house.init().commit()
    house.write("own/house.yaml", HOUSE.replace("say", "whisper"))
    changes = house.report("diff")["changes"]

    assert {(each["base_prompt"], each["kind"]) for each in changes} == {
        ("bots/a.yaml::steps[0].say", "removed"),
        ("bots/a.yaml::steps[1].say", "removed"),
    }


def test_a_glob_names_several_files(project: Project) -> None:
    project.write("scrimp.yaml", "formats: ['own/*']\n").write("a.story", "Be kind.").write(
        "bots/a.yaml", BOT
    )
    project.write("own/house.yaml", HOUSE).write("own/story.toml", STORY)

    assert len(project.report("audit")["prompts"]) == 3


@pytest.mark.parametrize(
    ("configuration", "format_file", "message"),
    [
        ("formats: [own.yaml, gone.yaml]\n", HOUSE, "scrimp.yaml:1:21: formats: there is no file gone.yaml"),
        ("formats:\n  - none/*.yaml\n", HOUSE, "scrimp.yaml:2:5: formats: there is no file none/*.yaml"),
        ("formats: own.yaml\n", HOUSE, "scrimp.yaml:1:10: formats: expected a list, found text"),
        ("formats: [own.yaml]\n", HOUSE.replace("model:", "modell:"), 'own.yaml:6:5: unknown key "modell"'),
        (
            "formats: [own.yaml]\n",
            HOUSE.replace("format\n", "erb\n"),
            'own.yaml:5:15: template: "erb" is not known',
        ),
        ("formats: [own.yaml]\n", "formats: [", "own.yaml:1:11: not valid YAML"),
    ],
)
def test_mistakes_are_usage_errors_with_their_place(
    project: Project, configuration: str, format_file: str, message: str
) -> None:
    project.write("scrimp.yaml", configuration).write("own.yaml", format_file)
    outcome = project.scrimp("audit")

    assert outcome.code == 2
    assert message in outcome.err
