"""Which other files a file of code may mean: the names that it quotes or embeds."""

from __future__ import annotations

import pytest

from scrimp.model.facts import Facts
from scrimp.pipeline.mentions import named

CODE = Facts("python", "python-string", b"")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ('load("system.txt")', {"system.txt"}),
        ("load('prompts/v2/system.prompt.md')", {"system.prompt.md"}),
        ('f"{folder}/system.j2"', {"system.j2"}),
        ('import text from "./system.md?raw"', {"system.md"}),
        (r'"{\"file\": \"data.json\"}"', {"data.json"}),
        ("""["one.yaml", 'two.yml', "three.toml"]""", {"one.yaml", "two.yml", "three.toml"}),
        ("//go:embed prompts/system.tmpl\nvar system string", {"system.tmpl"}),
        ('text = response.json()["text"]', set()),
        ('"The file is called system.txt"', {"system.txt"}),
        ('"The file system.txt is read"', set()),
        ('"".txt"', set()),
        ("it is system.txt'", set()),
        ('"begun here\nsystem.txt"', set()),
        ('"a.txt"b.txt"', {"a.txt"}),
    ],
)
def test_code_means_the_files_whose_names_it_quotes(written: str, names: set[str]) -> None:
    assert named("a.py", written.encode(), CODE) == names


def test_a_quote_far_before_begins_no_name() -> None:
    assert named("a.py", b'"' + b"word " * 50 + b'system.txt"', CODE) == set()
