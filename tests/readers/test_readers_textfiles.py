"""Plain text, Markdown, Jinja and Mustache files."""

from __future__ import annotations

import pytest
from readers_examples import fixed, lines_of, read, variables

from scrimp.model.algebra import Text

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
        ("prompts/formats.md", "# Format reference\n\nThe field `text` holds the text with its {holes}.\n"),
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
