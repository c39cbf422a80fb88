"""Files that look like nothing are read where another file needs what they hold."""

from __future__ import annotations

import pytest
from command_line import Project

TOLD = "The name of the ship as painted on it."


def test_a_schema_is_read_where_a_call_asks_for_an_answer_in_its_form(project: Project) -> None:
    project.write("forms.py", f'class Ship(BaseModel):\n    name: str = Field(description="{TOLD}")\n')
    project.write(
        "app.py",
        "from langchain_openai import ChatOpenAI\nfrom forms import Ship\n"
        'ChatOpenAI(model="gpt-5").with_structured_output(Ship).invoke("Which ship is on this picture?")\n',
    )
    kinds = {each["path"]: each["kind"] for each in project.report("audit")["prompts"]}

    assert kinds["forms.py"] == "tool"


def test_a_class_is_read_whose_method_makes_what_is_sent(project: Project) -> None:
    project.write("ships.py", f'class Ship:\n    def told(self):\n        return "{TOLD}" + self.name\n')
    project.write(
        "app.py",
        "import openai\nfrom ships import Ship\nship = Ship()\n"
        'openai.OpenAI().responses.create(model="gpt-5", input=ship.told())\n',
    )

    assert [each["path"] for each in project.report("audit")["prompts"]] == ["ships.py"]


def test_a_text_is_found_however_many_files_hand_it_on(project: Project) -> None:
    hops = 12
    for number in range(hops):
        project.write(f"hop{number}.py", f"from hop{number + 1} import TOLD\n")
    project.write(f"hop{hops}.py", f'TOLD = "{TOLD}"\n')
    project.write(
        "app.py",
        "import openai\nfrom hop0 import TOLD\n"
        'openai.OpenAI().chat.completions.create(model="gpt-5", messages=[{"role": "system", "content": TOLD}])\n',
    )

    assert [each["path"] for each in project.report("audit")["prompts"]] == [f"hop{hops}.py"]


@pytest.mark.parametrize("values", [3, 3_000])
def test_data_that_code_names_is_read_only_where_its_values_may_be_looked_up(
    project: Project, values: int
) -> None:
    rows = ", ".join(f'"row {number}": "three words each"' for number in range(values))
    project.write("rows.json", f"{{{rows}}}")
    project.write("app.py", 'import json, openai\nROWS = json.load(open("rows.json"))\n')
    coverage = project.report("audit")["coverage"]

    assert coverage["files_passed_over"] == (values > 2_000)
    assert project.report("audit")["coverage"] == coverage


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (
            "web.js",
            'fetch("/status", {headers: {"x": navigator.userAgent}});\nconst told = "three words of it";\n',
        ),
        ("http.py", 'HEADERS = {"User-Agent": "a name of three words", "user_agent": USER_AGENT}\n'),
        ("colours.py", 'COLOURS = {"magenta": "a colour between red and blue"}\n'),
        ("names.py", 'FOUND = re.compile("one of three words").fullmatch(text)\n'),
        ("edges.js", 'const options = {edgeMinimization: "none of these three words"};\n'),
    ],
)
def test_words_that_hold_a_hint_by_chance_are_no_reason_to_read_a_file(
    project: Project, path: str, content: str
) -> None:
    project.write(path, content)

    assert project.report("audit")["coverage"]["files_passed_over"] == 1


@pytest.mark.parametrize("hint", ["agent", "llm"])
def test_a_hint_counts_that_stands_beside_such_a_word(project: Project, hint: str) -> None:
    project.write("app.py", f'NAMES = ["user-agent", "magenta", "fullmatch", "{hint}"]\n')

    assert project.report("audit")["coverage"]["files_passed_over"] == 0
