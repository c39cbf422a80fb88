"""Plain text, Markdown, Jinja and Mustache files, and the instruction files of agents."""

from __future__ import annotations

import pytest
from readers_examples import fixed, lines_of, prompts, read, variables

from scrimp.model.algebra import Text

INSTRUCTIONS = ".github/instructions/a.instructions.md"
SPOKEN = "You are a careful editor.\n\nMend the spelling of {text} and leave the rest.\n"


@pytest.mark.parametrize(
    ("path", "text", "template"),
    [
        ("app/prompts/edit.md", SPOKEN, "format"),
        ("app/edit_prompt.txt", SPOKEN, "format"),
        ("app/prompts/edit.j2", "Edit {{ text }} with care", "jinja"),
        ("app/templates/edit.jinja2", "You are a careful editor of {{ text }}.", "jinja"),
        ("app/prompts/edit.hbs", "Edit {{#if a}}this{{/if}} with care", "mustache"),
        ("preprompts/roadmap", "Plan the work that follows now", "none"),
        ("agents/editor.md", SPOKEN, "format"),
        ("app/edit.prompt", "{% if a %}Edit with the greatest care{% endif %}", "jinja"),
    ],
)
def test_prompt_files_are_prompts(path: str, text: str, template: str) -> None:
    [entry] = read(path, text).entries

    assert (entry.certainty, entry.template, entry.key) == ("key", template, "")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/notes.txt", SPOKEN),
        ("app/prompts/README.md", SPOKEN),
        ("docs/prompts/edit.md", SPOKEN),
        ("agents/list.md", "A list of all the agents we have sold so far."),
        ("templates/mail.html.j2", "You are a valued customer of {{ shop }}."),
        ("templates/mail.j2", "Dear {{ name }}, thank you for your order."),
        ("prompts/empty_words.txt", "one two"),
    ],
)
def test_other_text_files_are_only_there_to_be_loaded(path: str, text: str) -> None:
    facts = read(path, text)

    assert [entry.certainty for entry in facts.entries] == ["none"]
    assert facts.text is not None
    assert facts.text.value == text


def test_the_role_of_a_file_is_in_its_name() -> None:
    assert [
        read(f"prompts/{name}.md", SPOKEN).entries[0].role for name in ("system", "edit_user", "edit")
    ] == ["system", "user", "unknown"]


def test_frontmatter_is_not_sent_but_read() -> None:
    facts = read("prompts/edit.md", f"---\nmodel: gpt-5-mini\nmax_tokens: 50\n---\n{SPOKEN}")
    [entry] = facts.entries

    assert (entry.model, entry.output_cap) == ("gpt-5-mini", 50)
    assert fixed(entry.expression) == SPOKEN.replace("{text}", "")
    assert lines_of(facts, entry) == (5, 7)
    assert facts.text is not None
    assert facts.text.value.startswith("---")


def test_line_ends_of_windows_are_one_character_that_stands_for_two() -> None:
    facts = read("prompts/edit.txt", "Mend this text now\r\nplease")

    assert facts.text == Text(
        "Mend this text now\nplease", ((0, 18, 0, 18), (18, 19, 18, 20), (19, 25, 20, 26))
    )


def test_frontmatter_with_line_ends_of_windows_is_cut_off_whole() -> None:
    [entry] = read("prompts/edit.md", "---\r\nmodel: m\r\n---\r\nMend this text now\r\n").entries

    assert (entry.model, fixed(entry.expression)) == ("m", "Mend this text now\n")


def test_an_empty_file_holds_nothing() -> None:
    assert read("prompts/empty.md", "\n \n").entries == ()


def test_a_malformed_template_is_said_to_be_and_kept() -> None:
    facts = read("prompts/edit.j2", "Mend this text: {{ text \n please")

    assert [fault.code for fault in facts.faults] == ["syntax"]
    assert "please" in fixed(facts.entries[0].expression)


def test_dotprompt_messages_have_their_roles() -> None:
    text = """---
model: googleai/gemini-3
config:
  maxOutputTokens: 400
---
{{role "system"}}
You help {{name}}.

{{role "user"}}
{{> question}}
"""
    facts = read("prompts/help.prompt", text)

    assert [
        (entry.key, entry.role, entry.model, entry.output_cap, entry.certainty, lines_of(facts, entry))
        for entry in facts.entries
    ] == [
        ("messages[0]", "system", "googleai/gemini-3", 400, "format", (7, 7)),
        ("messages[1]", "user", "googleai/gemini-3", 400, "format", (10, 10)),
    ]
    assert variables(facts.entries[0].expression) == ["name"]


def test_prompty_messages_have_their_roles() -> None:
    text = """---
name: x
model:
  id: gpt-5
  options:
    maxOutputTokens: 90
---
system:
You help {{name}}.

# User:
{{question}}
"""

    entries = read("help.prompty", text).entries

    assert [
        (entry.role, fixed(entry.expression).strip(), entry.model, entry.output_cap) for entry in entries
    ] == [
        ("system", "You help .", "gpt-5", 90),
        ("user", "", "gpt-5", 90),
    ]
    assert {entry.group for entry in entries} == {""}


class TestAgents:
    @pytest.mark.parametrize(
        ("path", "text", "loaded", "role"),
        [
            ("AGENTS.md", "Be kind.", "session", "system"),
            ("a/AGENTS.override.md", "Be kind.", "session", "system"),
            (".claude/CLAUDE.md", "Be kind.", "session", "system"),
            ("CLAUDE.local.md", "Be kind.", "session", "system"),
            ("GEMINI.md", "Be kind.", "session", "system"),
            (".cursorrules", "Be kind.", "session", "system"),
            (".clinerules", "Be kind.", "session", "system"),
            (".github/copilot-instructions.md", "Be kind.", "session", "system"),
            (".claude/rules/a.md", "Be kind.", "session", "system"),
            (".claude/rules/a.md", '---\npaths:\n  - "src/**/*.ts"\n---\nBe kind.', "conditional", "system"),
            (".cursor/rules/a.mdc", "---\nalwaysApply: true\nglobs:\n---\nBe kind.", "session", "system"),
            (".cursor/rules/a.mdc", "---\nglobs: *.py, *.ts\n---\nBe kind.", "conditional", "system"),
            (
                ".cursor/rules/a.mdc",
                "---\ndescription: About us\nglobs:\n---\nBe kind.",
                "on-demand",
                "system",
            ),
            (".cursor/rules/a.mdc", "---\ndescription:\n---\nBe kind.", "manual", "system"),
            (INSTRUCTIONS, '---\napplyTo: "**/*.py"\n---\nBe kind.', "conditional", "system"),
            (INSTRUCTIONS, '---\napplyTo: "**"\n---\nBe kind.', "session", "system"),
            (".github/prompts/a.prompt.md", "---\nmode: agent\n---\nBe kind.", "manual", "user"),
            (".claude/commands/a.md", "---\ndescription: x\n---\nBe kind.", "manual", "user"),
        ],
    )
    def test_a_file_is_loaded_as_its_place_and_frontmatter_say(
        self, path: str, text: str, loaded: str, role: str
    ) -> None:
        [entry] = read(path, text).entries

        assert (entry.loaded, entry.role, entry.kind, entry.certainty) == (
            loaded,
            role,
            "instructions",
            "format",
        )
        assert fixed(entry.expression) == "Be kind."

    def test_a_skill_has_a_part_that_is_always_there(self) -> None:
        always = "name: pdf\ndescription: Reads PDFs\n  of all kinds\n"
        text = f"---\n{always}license: MIT\n---\n# PDF\n\nUse the script.\n"
        facts = read("skills/pdf/SKILL.md", text)
        head, body = facts.entries

        assert (head.key, head.loaded, fixed(head.expression)) == (
            "frontmatter",
            "session",
            "name: pdf\ndescription: Reads PDFs\n  of all kinds\n",
        )
        assert (body.key, body.loaded, fixed(body.expression)) == (
            "",
            "on-demand",
            "# PDF\n\nUse the script.\n",
        )
        assert head.group != body.group
        assert lines_of(facts, head) == (2, 4)
        assert lines_of(facts, body) == (7, 9)

    def test_braces_in_instructions_are_text(self) -> None:
        [entry] = read("AGENTS.md", "Write {{ name }} and {x} and $y.").entries

        assert (fixed(entry.expression), entry.template) == ("Write {{ name }} and {x} and $y.", "none")

    def test_an_empty_file_holds_nothing(self) -> None:
        assert prompts(read("AGENTS.md", "\n")) == []
