"""Instruction files of coding agents: when they are loaded, which part of them, and what they import."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers_examples import assert_written, fixed, lines_of, prompts, read, texts

from scrimp.model.algebra import Include, Join
from scrimp.model.source import Source
from scrimp.readers import agent, imports

COPILOT = ".github/instructions/a.instructions.md"


def frontmatter(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "Be kind."))


@pytest.mark.parametrize(
    ("path", "text", "loaded"),
    [
        ("AGENTS.md", "Be kind.", "session"),
        ("CLAUDE.md", "Be kind.", "session"),
        (".claude/CLAUDE.md", "Be kind.", "session"),
        ("CLAUDE.local.md", "Be kind.", "session"),
        ("GEMINI.md", "Be kind.", "session"),
        (".cursorrules", "Be kind.", "session"),
        (".clinerules", "Be kind.", "session"),
        (".roorules", "Be kind.", "session"),
        (".github/copilot-instructions.md", "Be kind.", "session"),
        (".junie/guidelines.md", "Be kind.", "session"),
        ("pkg/AGENTS.md", "Be kind.", "conditional"),
        ("pkg/AGENTS.override.md", "Be kind.", "conditional"),
        ("pkg/.claude/CLAUDE.md", "Be kind.", "conditional"),
        ("pkg/.cursor/rules/a.mdc", frontmatter("alwaysApply: true"), "conditional"),
        (".roo/rules/a.md", "Be kind.", "session"),
        (".roo/rules-code/a.md", "Be kind.", "conditional"),
        (".claude/rules/a.md", "Be kind.", "session"),
        (".claude/rules/a.md", frontmatter("paths:", '  - "src/**/*.ts"'), "conditional"),
        (".clinerules/a.md", "Be kind.", "session"),
        (".clinerules/a.md", frontmatter("paths:", '  - "src/**"'), "conditional"),
        (".cursor/rules/a.mdc", frontmatter("alwaysApply: true", "globs:"), "session"),
        (".cursor/rules/a.mdc", frontmatter("globs: *.py, *.ts"), "conditional"),
        (".cursor/rules/a.mdc", frontmatter("description:"), "manual"),
        (".windsurf/rules/a.md", frontmatter("trigger: always_on"), "session"),
        (".windsurf/rules/a.md", frontmatter("trigger: glob", "globs: **/*.py"), "conditional"),
        (".windsurf/rules/a.md", frontmatter("trigger: manual", "description: x"), "manual"),
        (".windsurf/rules/a.md", "Be kind.", "manual"),
        (".kiro/steering/a.md", "Be kind.", "session"),
        (
            ".kiro/steering/a.md",
            frontmatter("inclusion: fileMatch", 'fileMatchPattern: "*.c"'),
            "conditional",
        ),
        (".kiro/steering/a.md", frontmatter("inclusion: manual"), "manual"),
        (COPILOT, frontmatter('applyTo: "**/*.py"'), "conditional"),
        (COPILOT, frontmatter('applyTo: "**"'), "session"),
        ("team/a.instructions.md", frontmatter('applyTo: "**/*.py"'), "conditional"),
        ("team/a.instructions.md", "Be kind.", "manual"),
        ("team/plan.chatmode.md", frontmatter("description: Plans"), "manual"),
        ("skills/pdf/references/forms.md", "Be kind.", "on-demand"),
        (".github/chatmodes/plan.chatmode.md", frontmatter("description: Plans"), "manual"),
    ],
)
def test_a_file_is_loaded_as_its_place_and_frontmatter_say(path: str, text: str, loaded: str) -> None:
    [entry] = read(path, text).entries

    assert (entry.loaded, entry.role, entry.kind, entry.certainty) == (
        loaded,
        "system",
        "instructions",
        "format",
    )
    assert fixed(entry.expression) == "Be kind."


@pytest.mark.parametrize(
    "path",
    [
        ".github/prompts/a.prompt.md",
        ".cursor/commands/a.md",
        ".windsurf/workflows/a.md",
        ".clinerules/workflows/a.md",
        ".opencode/command/a.md",
    ],
)
def test_what_a_person_calls_by_name_is_what_the_person_says(path: str) -> None:
    [entry] = read(path, frontmatter("description: x")).entries

    assert (entry.loaded, entry.role) == ("manual", "user")


@pytest.mark.parametrize(
    ("path", "always", "role"),
    [
        ("skills/pdf/SKILL.md", "name: pdf\ndescription: Reads PDFs\n  of all kinds\n", "system"),
        (".claude/agents/reviewer.md", "name: reviewer\ndescription: Reviews\n", "system"),
        (".github/agents/reviewer.agent.md", "description: Reviews\n", "system"),
        ("team/agents/reviewer.agent.md", "description: Reviews\n", "system"),
        (".claude/commands/deploy.md", "description: Deploys\n", "user"),
    ],
)
def test_what_an_agent_chooses_by_is_always_there_and_the_body_on_demand(
    path: str, always: str, role: str
) -> None:
    facts = read(path, f"---\n{always}model: opus\n---\n# Do it\n\nUse the script.\n")
    head, body = facts.entries

    assert (head.key, head.loaded, fixed(head.expression)) == ("frontmatter", "session", always)
    assert (body.key, body.loaded, body.role) == ("", "on-demand", role)
    assert fixed(body.expression) == "# Do it\n\nUse the script.\n"
    assert body.model == "opus"
    assert head.group != body.group
    assert lines_of(facts, head) == (2, 1 + always.count("\n"))


@pytest.mark.parametrize("path", [".cursor/rules/a.mdc", COPILOT, ".windsurf/rules/a.md"])
def test_of_a_rule_that_is_found_by_its_description_only_that_is_always_there(path: str) -> None:
    fields = ["trigger: model_decision"] if "windsurf" in path else ["globs:"]
    head, body = read(path, frontmatter("description: About us", *fields)).entries

    assert (head.loaded, fixed(head.expression), body.loaded) == (
        "session",
        "description: About us\n",
        "on-demand",
    )


@pytest.mark.parametrize("path", ["skills/pdf/SKILL.md", ".claude/commands/a.md"])
def test_what_the_agent_may_not_choose_is_not_described_to_it(path: str) -> None:
    [entry] = read(path, frontmatter("description: x", "disable-model-invocation: true")).entries

    assert entry.loaded == "manual"


def test_braces_in_instructions_are_text() -> None:
    [entry] = read("AGENTS.md", "Write {{ name }} and {x} and $y.").entries

    assert (fixed(entry.expression), entry.template) == ("Write {{ name }} and {x} and $y.", "none")


def test_an_empty_file_holds_nothing() -> None:
    assert prompts(read("AGENTS.md", "\n")) == []


def imported(text: str, path: str = "docs/CLAUDE.md") -> list[str | None]:
    """The files that a text imports."""
    return [imports.target(each, path) for each in imports.includes(read(path, text))]


class TestImports:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("See @README for it", ["docs/README"]),
            ("@../package.json\n- @./a.md and @b/c.md", ["package.json", "docs/a.md", "docs/b/c.md"]),
            ("@with\\ blank.md#part", ["docs/with blank.md"]),
            ("@~/x.md @/etc/x.md @../../x.md", [None, None, None]),
            ("me@example.org and a/@scope and (@x)", []),
            ("`@a.md` and ``x ` @b.md`` but @c.md", ["docs/c.md"]),
            ("an unclosed ` then @c.md\n\nand `", ["docs/c.md"]),
            ("```\n@a.md\n```\n@b.md\n~~~~ sh\n@c.md\n~~~\n@d.md\n~~~~\n@e.md", ["docs/b.md", "docs/e.md"]),
            ("- x\n  ```\n  @a.md\n  ```\n- @b.md", ["docs/b.md"]),
            ("```\n@never/closed.md", []),
            ("<!-- @a.md -->\n@b.md", ["docs/b.md"]),
        ],
    )
    def test_are_paths_relative_to_the_file_outside_of_code(
        self, text: str, expected: list[str | None]
    ) -> None:
        assert imported(text) == expected

    def test_stand_where_they_are_written(self) -> None:
        text = "First\r\n@a.md\r\nthen"
        [entry] = read("CLAUDE.md", text).entries
        assert isinstance(entry.expression, Join)
        [include] = [part for part in entry.expression.parts if isinstance(part, Include)]

        assert text[include.start : include.end] == "@a.md"
        assert fixed(entry.expression) == "First\n\nthen"
        assert_written(entry.expression, text)

    def test_of_a_file_leave_what_it_is_by_itself(self) -> None:
        text = '{"system_prompt": "You are a kind helper"}'
        own = read("a.json", text)
        both = agent.imported(Source("a.json", text, ""), own)

        assert both.entries[:-1] == own.entries
        assert (fixed(both.entries[-1].expression), both.entries[-1].certainty) == (text, "none")

    def test_of_any_file_give_its_text_without_frontmatter(self) -> None:
        facts = agent.imported(Source("a.md", "---\nx: 1\n---\nUse {braces} @b.md", ""), None)

        assert fixed(facts.entries[0].expression) == "Use {braces} "
        assert [each.target for each in imports.includes(facts)] == ["b.md"]

    @given(st.lists(st.sampled_from(["@a.md", "`", "```", "\n", "\r\n", " ", "x", "~~~", "<!--", "-->"])))
    def test_lose_no_text(self, parts: list[str]) -> None:
        text = "x" + "".join(parts)
        [entry] = read("CLAUDE.md", text).entries
        found = list(imports.includes(read("CLAUDE.md", text)))
        removed = "".join(text[each.start : each.end] for each in found)

        assert removed == "".join(f"@{each.target}" for each in found)
        written = sum(len(each.value) for each in texts(entry.expression))
        assert written + len(removed) == len(text.replace("\r\n", "\n"))
        assert_written(entry.expression, text)
