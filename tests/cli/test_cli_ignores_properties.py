"""Whatever a module looks like, comments that are written hide what was found and change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CLIENT = "import openai\nclient = openai.OpenAI()\n\n\n"
TEXTS = st.lists(
    st.sampled_from(
        [
            "Review the change that is given.   ",
            "Name each problem once. \t",
            "Be brief and kind.",
            "    - step",
            "Why?",
        ]
    ),
    min_size=2,
    max_size=4,
).map("\n".join)
FORMS = (
    '{name} = """{text}"""\n',
    '{name} = """{text}"""; OTHER = 1\n',
    '{name} = """{text}"""  # noqa: E501\n',
    "{name} = (\n    '''{text}'''\n    'and no more than that, thank you'\n)\n",
    '{name} = dedent("""\\\n    {text}""").strip()\n',
    'def make_{name}(change):\n    if change:\n        return f"""{text} {{change}}"""\n    return ""\n',
    'class {name}:\n    """{text}"""\n\n    prompt = """{text}"""\n',
    '{name} = {{\n    "one_prompt": """{text}""",\n    "other_prompt": """Twice: {text}""",\n}}\n',
    'client.responses.create(model="gpt-5", input="""{text}""", temperature=0)\n',
    'client.chat.completions.create(\n    model="gpt-5",\n    messages=[\n'
    '        {{"role": "system", "content": """{text}"""}},\n        {{"role": "user", "content": question}},\n    ],\n)\n',
    '{name} = """{text}""" if FAST else """Slowly: {text}"""\n',
    '{name} = """{text}""" \\\n    """and again {text}"""\n',
)
MODULES = st.lists(st.tuples(st.sampled_from(FORMS), TEXTS), min_size=1, max_size=4)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=MODULES, ends=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_comments_hide_what_was_found_and_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str]], ends: str, last: bool
) -> None:
    tree = Project(Path(tmp_path_factory.mktemp("tree"))).init()
    body = "\n".join(form.format(name=f"PROMPT_{n}", text=text) for n, (form, text) in enumerate(parts))
    module = (CLIENT + body if last else CLIENT + body.rstrip("\n")).replace("\n", ends)
    tree.write("scrimp.yaml", "select: [FMT, SUP]\n").write("a.py", module)
    before = tree.scrimp("audit", "--format", "json").document

    tree.scrimp("check", "--add-ignores", "--reason", "kept (for now)")
    after = tree.scrimp("audit", "--format", "json").document

    assert {(each["id"], each["text_sha256"]) for each in after["prompts"]} == {
        (each["id"], each["text_sha256"]) for each in before["prompts"]
    }
    assert [each["fingerprint"] for each in after["findings"]] == [
        each["fingerprint"] for each in before["findings"]
    ]
    assert all(each["suppressed"]["reason"] == "kept (for now)" for each in after["findings"])
    written = tree.text("a.py")
    tree.scrimp("check", "--add-ignores", "--reason", "kept (for now)")
    assert tree.text("a.py") == written
    assert ends == "\n" or "\n" not in written.replace("\r\n", "")
