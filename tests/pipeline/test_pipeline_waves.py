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
