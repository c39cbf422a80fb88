"""The texts of changed prompts, in JSON and in the terminal, where they are asked for."""

from __future__ import annotations

import json

from command_line import EIGHT, Project, call


def test_are_in_the_document_before_and_after_with_names_for_holes(committed: Project) -> None:
    committed.write("app.py", call(system=f"{EIGHT}\nmore", user="Answer {question} with"))

    changes = committed.report("diff", "main", "--show", "texts")["changes"]

    assert {each["prompt"]: each["texts"] for each in changes} == {
        "app.py::SYSTEM": {"before": EIGHT, "after": f"{EIGHT}\nmore"},
        "app.py::USER": {
            "before": "{question} nine ten eleven twelve",
            "after": "Answer {question} with nine ten eleven twelve",
        },
    }


def test_are_in_no_document_that_nobody_asked_for_them(committed: Project) -> None:
    committed.write("app.py", call(system=f"{EIGHT} more"))

    assert EIGHT not in committed.scrimp("diff", "main", "--format", "json").out


def test_show_what_changed_in_the_terminal(committed: Project) -> None:
    out = (
        committed.write("app.py", call(system=f"{EIGHT} more")).scrimp("diff", "main", "--show", "texts").out
    )

    assert f"app.py::SYSTEM\n- {EIGHT}\n+ {EIGHT} more\n" in out


def test_of_a_saved_audit_are_unknown_as_it_keeps_their_hashes(committed: Project) -> None:
    committed.scrimp("audit", "--format", "json", "--output", "../old.json")
    committed.write("app.py", call(system=f"{EIGHT} more"))

    (change,) = committed.report("diff", "../old.json", "--show", "texts")["changes"]

    assert change["texts"] == {"before": None, "after": None}
    assert "isn't in a saved audit" in committed.scrimp("diff", "../old.json", "--show", "texts").out


def test_a_diff_tells_what_changed_prompts_waste(committed: Project) -> None:
    committed.write("other.py", call(system="Make sure to answer. " * 3)).commit()
    committed.write("app.py", call(system=f"{EIGHT}\nMake sure to answer in one word, please.   \nThanks"))

    found = committed.report("diff", "HEAD")["findings"]

    assert found
    assert {each["prompt"] for each in found} == {"app.py::SYSTEM"}


def test_a_report_that_is_saved_in_the_tree_adds_no_prompts(committed: Project) -> None:
    committed.write("app.py", call(system=f"You are a helpful assistant. {EIGHT}"))
    before = [each["id"] for each in committed.report("audit")["prompts"]]
    for command in (["audit"], ["diff", "main", "--show", "texts"], ["check", "--exit-zero"]):
        committed.scrimp(*command, "--format", "json", "--output", f"reports/{command[0]}.json")

    report = committed.report("audit")

    assert [each["id"] for each in report["prompts"]] == before
    assert report["skipped"] == []


def test_prompts_under_the_name_of_a_report_are_still_loaded(committed: Project) -> None:
    held = {"schema": "scrimp/1", "tool": {"name": "scrimp"}, "system_prompt": f"You are kind. {EIGHT}"}
    committed.write("texts.json", json.dumps(held))
    loads = 'SYSTEM = json.load(open("texts.json"))["system_prompt"]'
    committed.write("app.py", "import json\n" + call().replace(f'SYSTEM = """{EIGHT}"""', loads))

    prompts = {each["id"]: each for each in committed.report("audit")["prompts"]}

    assert prompts["texts.json::system_prompt"]["confidence"] == "high"
