"""Files that look like nothing are read where another file needs what they hold."""

from __future__ import annotations

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
