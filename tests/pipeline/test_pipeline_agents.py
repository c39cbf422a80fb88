"""Instruction files, notebooks and markers, from the files of a project to what a month costs."""

from __future__ import annotations

import json

from command_line import Project

PRICES = "prices: {gpt-4o: {input: 1.00, output: 10.00}}\nmodel: gpt-4o\ncalls_per_month: 1_000_000\n"


def test_files_are_read_because_an_instruction_file_imports_them(project: Project) -> None:
    project.write("scrimp.yaml", PRICES)
    project.write("CLAUDE.md", "one two @notes/a.rst @secret/b.md")
    project.write("notes/a.rst", "three four @b.rst")
    project.write("notes/b.rst", "five {six}")
    project.write("secret/b.md", "not for you")
    project.write("scrimp.yaml", PRICES + "exclude: [secret/**]\n")
    report = project.report("audit")
    prompts = {each["id"]: each for each in report["prompts"]}

    assert list(prompts) == ["CLAUDE.md", "notes/a.rst", "notes/b.rst"]
    assert {each["loaded"] for each in prompts.values()} == {"session"}
    assert [request["id"] for request in report["requests"]] == ["CLAUDE.md!"]
    assert report["coverage"]["references_unresolved"] == 1


def test_an_import_that_cannot_be_read_is_said(project: Project) -> None:
    project.write("CLAUDE.md", "one @a.rst").write("a.rst", b"one \xff\xfe\xfd two")
    report = project.report("audit", "--exit-zero", "--allow-incomplete")

    assert [each["path"] for each in report["skipped"]] == ["a.rst"]


def test_a_changed_import_is_a_changed_prompt(project: Project) -> None:
    project.write("scrimp.yaml", PRICES).write("CLAUDE.md", "one @a.rst").write("a.rst", "two")
    project.init().commit()
    project.write("a.rst", "two three four")
    changes = project.report("diff")["changes"]

    assert ("a.rst", "changed") in [(change["prompt"], change["kind"]) for change in changes]


def test_calls_that_a_comment_tells_are_configured(project: Project) -> None:
    project.write("scrimp.yaml", PRICES)
    project.write("app.py", '# scrimp: prompt calls=2M\nTEXT = load("one two three four")\n')
    [request] = project.report("audit")["requests"]

    assert request["calls_per_month"] == {"value": 2_000_000, "grade": "configured"}


def test_what_a_comment_says_wrong_is_listed_with_its_line(project: Project) -> None:
    project.write("app.py", '# scrimp: prompt calls=some\nTEXT = "one two three four"\n')
    [skipped] = project.report("audit")["skipped"]

    assert (skipped["path"], skipped["code"], skipped["incomplete"]) == ("app.py", "marker", False)


def test_a_notebook_is_mended_in_its_json(project: Project) -> None:
    text = 'PROMPT = """You are a kind helper.\t \t \t\n\n\n\n\nAnswer \\"briefly\\" — please.\n"""\n'
    call = "openai.OpenAI().responses.create(model='gpt-4o', input=PROMPT)"
    source = ["%pip install openai\n", "import openai\n", *text.splitlines(keepends=True), call]
    output = {"output_type": "stream", "text": ["much   \n\n\n\n"]}
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [output], "source": source}]
    project.write("a.ipynb", json.dumps({"cells": cells, "nbformat": 4}, indent=1))
    [prompt] = project.report("audit")["prompts"]
    outcome = project.scrimp("check", "--fix")
    [mended] = json.loads(project.text("a.ipynb"))["cells"]
    [after] = project.report("audit")["prompts"]

    assert prompt["id"] == "a.ipynb::PROMPT"
    assert "fixed" in (outcome.out + outcome.err).lower()
    assert mended["outputs"] == [output]
    assert "".join(mended["source"]) != "".join(source)
    assert "helper.\n" in "".join(mended["source"])
    assert after["tokens"]["static"] < prompt["tokens"]["static"]
