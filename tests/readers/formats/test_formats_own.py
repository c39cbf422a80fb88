"""Formats that a project adds."""

from __future__ import annotations

import pytest
from readers_examples import assert_written, fixed, variables

from scrimp.model.errors import UserError
from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.readers import Formats, reader_for, wanted
from scrimp.readers.formats import load

DOCUMENTS = b"""
formats:
  - name: house
    files: ["bots/*.yaml"]
    where: [{keys: bot}]
    template: format
    model: [bot.engine]
    output_cap: [bot.limit]
    texts:
      - {keys: "steps[].say", role_key: who, role: user}
"""
TEXTS = b"""
[[formats]]
name = "story"
files = ["*.story"]
template = "angle"
messages = "lines"
role = "system"
model = ["model"]
"""


def read(path: str, text: str, formats: Formats) -> Facts:
    reader = reader_for(path, text.encode(), formats)
    assert reader is not None
    facts = reader.read(Source(path, text, "0" * 40))
    for entry in facts.entries:
        assert_written(entry.expression, text)
    return facts


def test_a_format_of_documents() -> None:
    text = "bot:\n  engine: gpt-5\n  limit: 70\nsteps:\n- {who: system, say: 'Hi {name}'}\n- say: Go\n"
    formats = load({"formats.yaml": DOCUMENTS})
    facts = read("x/bots/a.yaml", text, formats)

    assert [
        (
            entry.key,
            entry.role,
            fixed(entry.expression),
            variables(entry.expression),
            entry.model,
            entry.output_cap,
        )
        for entry in facts.entries
        if entry.certainty == "format"
    ] == [
        ("steps[0].say", "system", "Hi ", ["name"], "gpt-5", 70),
        ("steps[1].say", "user", "Go", [], "gpt-5", 70),
    ]
    assert wanted("x/bots/a.yaml", b"", formats)


def test_a_format_of_texts_may_have_any_suffix() -> None:
    formats = load({"formats.toml": TEXTS})
    facts = read("a.story", "---\nmodel: gpt-5\n---\nBe kind.\nuser:\nHello <<NAME>>\n", formats)

    assert [(entry.role, fixed(entry.expression), entry.model) for entry in facts.entries] == [
        ("system", "Be kind.\n", "gpt-5"),
        ("user", "Hello \n", "gpt-5"),
    ]
    assert reader_for("a.story", b"") is None


def test_a_file_that_does_not_meet_the_conditions_is_read_as_ever() -> None:
    facts = read(
        "bots/a.yaml", "system_prompt: Answer in plain English.\n", load({"formats.yaml": DOCUMENTS})
    )

    assert [(entry.key, entry.certainty) for entry in facts.entries] == [("system_prompt", "key")]


def test_the_first_format_counts() -> None:
    other = DOCUMENTS.replace(b"house", b"other")
    reader = reader_for("bots/a.yaml", b"", load({"a.yaml": DOCUMENTS, "b.yaml": other}))

    assert reader is not None
    assert reader.name == "format house"


def test_facts_are_known_by_how_a_format_is_written() -> None:
    first, second = (
        reader_for("bots/a.yaml", b"", load({"a.yaml": raw}))
        for raw in (DOCUMENTS, DOCUMENTS.replace(b"who", b"by"))
    )

    assert first is not None
    assert second is not None
    assert first.VERSION != second.VERSION


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (b"model:", b"modell:", 'own.yaml:7:5: unknown key "modell"', 'did you mean "model"?'),
        (b"template: format", b"template: erb", 'own.yaml:6:15: template: "erb" is not known', "format"),
        (b"role: user", b"role: usr", 'role: "usr" is not known', 'did you mean "user"?'),
        (b"{keys: bot}", b"{keys: bot, matches: '('}", "matches: this is no regular expression", "Python"),
        (b'keys: "steps[].say"', b'keys: ""', "keys: must not be empty", ""),
        (b"- name: house\n    files", b"- files", 'the key "name" is missing here', "add"),
    ],
)
def test_mistakes_are_told_with_their_place(old: bytes, new: bytes, message: str, hint: str) -> None:
    raw = DOCUMENTS.replace(old, new)

    with pytest.raises(UserError) as caught:
        load({"own.yaml": raw})

    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_an_unknown_key_of_toml_has_its_place() -> None:
    with pytest.raises(UserError) as caught:
        load({"own.toml": TEXTS.replace(b"role =", b"rolle =")})

    assert 'own.toml:7:1: unknown key "rolle"' in str(caught.value)
