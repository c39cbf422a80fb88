from __future__ import annotations

from pathlib import Path

import pytest

import scrimp.readers
from scrimp.readers import READERS, SUFFIXES, reader_for, reader_named, wanted
from scrimp.readers.globs import compile_globs
from scrimp.readers.paths import is_prompt_path


def test_the_table_names_all_readers_there_are() -> None:
    folder = Path(scrimp.readers.__file__).parent
    sources = [*folder.glob("*.py"), *folder.glob("*/__init__.py")]
    readers = {
        path.parent.name if path.name == "__init__.py" else path.stem
        for path in sources
        if "\ndef read(source: Source) -> Facts:" in path.read_text("utf-8")
    }

    assert readers == set(READERS)
    assert set(SUFFIXES.values()) | {"agent", "project"} == readers


@pytest.mark.parametrize("name", [name for name in READERS if name != "python"])
def test_a_reader_has_a_name_and_a_version(name: str) -> None:
    reader = reader_named(name)

    assert reader.name == name
    assert reader.VERSION >= 1


@pytest.mark.parametrize(
    ("path", "head", "name"),
    [
        ("a/b.yaml", b"", "yaml"),
        ("a/b.YML", b"", "yaml"),
        ("a.toml", b"", "toml"),
        ("a.json", b"", "json"),
        ("a.md", b"", "markdown"),
        ("a.txt", b"", "plain"),
        ("a.prompt", b"", "plain"),
        ("a.md.j2", b"", "jinja"),
        ("a.hbs", b"", "mustache"),
        ("web/app.tsx", b"", "javascript"),
        ("web/App.vue", b"", "javascript"),
        ("package.json", b"", "project"),
        ("web/tsconfig.base.json", b"", "project"),
        ("AGENTS.md", b"", "agent"),
        ("pkg/CLAUDE.md", b"", "agent"),
        (".cursor/rules/deep/x.mdc", b"", "agent"),
        (".cursorrules", b"", "agent"),
        ("skills/pdf/SKILL.md", b"", "agent"),
        (".github/copilot-instructions.md", b"", "agent"),
        (".claude/commands/x.md", b"", "agent"),
        ("preprompts/roadmap", b"You will", "plain"),
    ],
)
def test_a_path_has_its_reader(path: str, head: bytes, name: str) -> None:
    reader = reader_for(path, head)

    assert reader is not None
    assert reader.name == name


@pytest.mark.parametrize(
    ("path", "head"),
    [("a.png", b""), ("Makefile", b"all:"), ("prompts/logo", b"\x89PNG\0"), ("run", b"#!/bin/sh\n")],
)
def test_other_files_have_none(path: str, head: bytes) -> None:
    assert reader_for(path, head) is None
    assert not wanted(path, head)


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("app/llm.py", b"client.chat.completions.create()"),
        ("app/x.py", b"TEXT = 'You are a pirate.'"),
        ("app/prompts/x.md", b"Hello"),
        ("app/x.yaml", b"system_prompt: hi"),
        ("app/x.json", b'{"messages": [{"role": "user"}]}'),
        ("app/x.json", b'{"systemPrompt": "Be kind"}'),
        ("app/templates/x.j2", b"You are {{ x }}"),
        ("CLAUDE.md", b""),
        ("run", b"#!/usr/bin/env python3\nimport openai"),
    ],
)
def test_files_that_may_hold_prompts_are_wanted(path: str, raw: bytes) -> None:
    assert wanted(path, raw)


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("app/x.py", b"import os\nprint('hello')"),
        ("app/x.yaml", b"name: x\nreplicas: 3"),
        ("app/prices.json", b'{"prompt-guard": {"cost": 1}, "system_caching": true}'),
        ("docs/prompts/guide.md", b"You are a reader of this manual"),
        ("prompts/README.md", b"You are a reader of this manual"),
        ("app/page.html.j2", b"You are a visitor"),
    ],
)
def test_files_that_hold_none_are_not(path: str, raw: bytes) -> None:
    assert not wanted(path, raw)


@pytest.mark.parametrize(
    "path",
    [
        "prompts/a.md",
        "x/system_prompt.txt",
        "x/systemPrompt.md",
        "my-prompts/a.txt",
        "a/b.prompt",
        "x/prompt_v2.md",
    ],
)
def test_paths_named_after_prompts(path: str) -> None:
    assert is_prompt_path(path)


@pytest.mark.parametrize(
    "path",
    ["promptly/a.md", "impromptu.txt", "docs/prompts.md", "prompts/LICENSE", "x.dist-info/prompts.txt"],
)
def test_paths_not_named_after_prompts(path: str) -> None:
    assert not is_prompt_path(path)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.md", "a/b.md", True),
        ("*.md", "b.md/c", False),
        ("a/*.md", "x/a/b.md", True),
        ("a/*.md", "a/x/b.md", False),
        ("a/**/*.md", "a/x/y/b.md", True),
        ("a/**/*.md", "a/b.md", True),
        ("{a,b*}.md", "bc.md", True),
        ("a/**", "xa/b", False),
        ("a?", "ab", True),
    ],
)
def test_globs(pattern: str, path: str, fits: bool) -> None:
    assert (compile_globs([pattern]).fullmatch(path) is not None) is fits
