"""Files that code loads by a path that is written out are the text of what loads them."""

from __future__ import annotations

import pytest
from linked_repository import explicit, linked, prompt, sent, shown

TEXT = "You answer questions about birds.\nBe brief.\n"


@pytest.mark.parametrize(
    "loading",
    [
        'open("app/texts/bird.txt").read()',
        'open("texts/bird.txt").read()',
        'Path("texts/bird.txt").read_text()',
        'Path("texts/bird.txt").read_text(encoding="utf-8").strip()',
        '(Path(__file__).parent / "texts" / "bird.txt").read_text()',
        '(Path(__file__).resolve().parent / "texts/bird.txt").read_text()',
        '(HERE / "texts" / "bird.txt").read_text()',
        'HERE.joinpath("texts", "bird.txt").read_text()',
        'Path(__file__).with_name("texts").joinpath("bird.txt").read_text()',
        'open(os.path.join(os.path.dirname(__file__), "texts", "bird.txt")).read()',
        'open(os.path.join(FOLDER, "bird.txt")).read()',
        'importlib.resources.files("app.texts").joinpath("bird.txt").read_text()',
        '(files("app") / "texts" / "bird.txt").read_text()',
        "load()",
    ],
)  # fmt: skip
def test_a_file_that_is_read_is_the_text(loading: str) -> None:
    found = linked(
        {
            "app/texts/bird.txt": TEXT,
            "app/__init__.py": "",
            "app/main.py": f"""
            import importlib.resources, os
            from importlib.resources import files
            from pathlib import Path
            import openai

            HERE = Path(__file__).parent
            FOLDER = "app/texts"

            def load():
                with open(HERE / "texts/bird.txt", encoding="utf-8") as file:
                    return file.read()

            openai.OpenAI().responses.create(input={loading})
            """,
        }
    )

    (request,) = explicit(found)
    assert [part.prompt for part in request.parts] == ["app/texts/bird.txt"]
    one = prompt(found, "app/texts/bird.txt")
    assert (shown(one), one.confidence) == (TEXT, "high")


def test_a_file_that_nothing_reads_is_no_prompt() -> None:
    found = linked({"data/bird.txt": TEXT, "app.py": 'import openai\nNAME = "data/bird.txt"\n'})

    assert found.prompts == ()


def test_a_file_that_the_tree_does_not_hold_is_a_hole() -> None:
    found = linked(
        {"app.py": 'import openai\nopenai.OpenAI().responses.create(input=open("gone.txt").read())\n'}
    )

    (request,) = found.requests
    assert (request.parts, request.text) == ((), "passthrough")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("data.yaml", "birds:\n  opening: You answer questions about birds.\n"),
        ("data.json", '{"birds": {"opening": "You answer questions about birds."}}'),
        ("data.toml", '[birds]\nopening = "You answer questions about birds."\n'),
    ],
)
@pytest.mark.parametrize(
    "loading",
    [
        'LOADER(open("FILE"))["birds"]["opening"]',
        'LOADER(Path("FILE").read_text())["birds"]["opening"]',
        "TEXTS['birds'].get('opening')",
    ],
)
def test_a_key_of_a_data_file_is_the_text(file: str, text: str, loading: str) -> None:
    loader = {"data.yaml": "yaml.safe_load", "data.json": "json.load", "data.toml": "tomllib.load"}[file]
    code = (
        "import json, tomllib, yaml\nfrom pathlib import Path\nimport openai\n"
        'with open("FILE") as stream:\n    TEXTS = LOADER(stream)\n'
        f"openai.OpenAI().responses.create(input={loading})\n"
    )
    found = linked({file: text, "app.py": code.replace("FILE", file).replace("LOADER", loader)})

    assert sent(explicit(found)[0]) == [("user", "birds.opening")]
    assert shown(prompt(found, f"{file}::birds.opening")) == "You answer questions about birds."


def test_a_template_file_keeps_its_variables() -> None:
    found = linked(
        {
            "bird.txt": "You answer {kind} questions about birds.\n",
            "app.py": """
            import openai

            def ask(kind):
                template = open("bird.txt").read()
                openai.OpenAI().responses.create(input=template.format(kind=kind))
            """,
        }
    )

    one = prompt(found, "bird.txt")
    assert [variable.name for variable in one.variables] == ["kind"]
    assert sent(explicit(found)[0]) == [("user", "bird.txt")]


def test_a_file_inside_of_another_prompt_is_a_part_of_it() -> None:
    found = linked(
        {
            "rules.md": "Never invent a bird that does not exist.\n",
            "app.py": """
            import openai
            RULES = open("rules.md").read()
            openai.OpenAI().responses.create(input=f"You answer questions about birds. {RULES}")
            """,
        }
    )

    (request,) = found.requests
    assert [part.prompt for part in request.parts] == ["app.py::input"]
    inner = prompt(found, "rules.md")
    assert (inner.kind, inner.inlined) == ("partial", True)


def test_a_key_of_one_of_several_files_is_the_text_of_the_known_one() -> None:
    code = """
    import json, os, openai

    class Texts:
        def __init__(self, file=None):
            if file:
                with open(file) as stream:
                    self.texts = json.load(stream)
            else:
                folder = os.path.dirname(os.path.realpath(__file__))
                with open(os.path.join(folder, "texts/en.json")) as stream:
                    self.texts = json.load(stream)

        def get(self, kind, key):
            return self.texts.get(kind, {}).get(key)

    TEXTS = Texts()
    openai.OpenAI().responses.create(input=TEXTS.get("birds", "opening"))
    """
    found = linked({"app.py": code, "texts/en.json": '{"birds": {"opening": "You answer about birds."}}'})

    assert sent(explicit(found)[0]) == [("user", "birds.opening")]


def test_either_of_two_files_may_be_read() -> None:
    code = """
    import openai
    from pathlib import Path

    def ask(short):
        name = "short.md" if short else "long.md"
        openai.OpenAI().responses.create(input=Path(name).read_text())
    """
    found = linked(
        {"app.py": code, "short.md": "Name three birds.", "long.md": "Name three birds of the sea."}
    )

    assert [shown(prompt(found, part.prompt)) for part in explicit(found)[0].parts] == [
        "Name three birds.",
        "Name three birds of the sea.",
    ]


def test_a_file_that_a_template_loads_is_sent_with_it() -> None:
    found = linked(
        {
            "app.py": """
                from pathlib import Path
                from langchain_core.prompts import ChatPromptTemplate
                SYSTEM = Path("prompts/maps.txt").read_text()
                PROMPT = ChatPromptTemplate.from_messages([("system", SYSTEM), ("human", "Describe the map of {city}.")])
                """,
            "prompts/maps.txt": "You are a careful librarian of old maps.",
        }
    )
    (request,) = found.requests
    assert [(part.role, part.prompt) for part in request.parts] == [
        ("system", "prompts/maps.txt"),
        ("user", "app.py::PROMPT"),
    ]
