"""What tests and examples in files of prompts put into variables."""

from __future__ import annotations

import pytest
from readers_examples import read

from scrimp.readers.settings import MOST_SAMPLES

PROMPTY = """\
---
name: ask
sample:
  question: one two
  docs:
    - first
    - second
inputs:
  tone:
    type: string
    sample: kind
  customer: {sample: "${file:customer.json}"}
---
system:
You are an assistant.
"""
DOTPROMPT = """\
---
model: googleai/gemini-2.5-flash
input:
  default:
    name: Guest
    docs: [one, two]
---
Hello {{name}}, these are your documents: {{#each docs}}{{this}}{{/each}}
"""
PROMPTFOO = """\
prompts: [file://ask.txt]
defaultTest: {vars: {tone: kind}}
tests:
  - vars: {question: one, article: file://article.txt, page: https://example.org/page}
  - vars: {question: 42}
scenarios:
  - config: [{vars: {language: French}}]
    tests: [{vars: {input: hello}}]
"""


@pytest.mark.parametrize(
    ("path", "text", "samples"),
    [
        (
            "ask.prompty",
            PROMPTY,
            [("question", "one two", -1), ("docs", "first", 0), ("docs", "second", 1), ("tone", "kind", -1)],
        ),
        ("ask.prompt", DOTPROMPT, [("docs", "one", 0), ("docs", "two", 1)]),
        (
            "promptfooconfig.yaml",
            PROMPTFOO,
            [
                ("question", "one", -1),
                ("question", "42", -1),
                ("tone", "kind", -1),
                ("language", "French", -1),
                ("input", "hello", -1),
            ],
        ),
        ("other.yaml", PROMPTFOO, []),
    ],
)
def test_samples_by_the_format_of_their_file(
    path: str, text: str, samples: list[tuple[str, str, int]]
) -> None:
    found = read(path, text).samples

    assert [(each.name, each.value, each.item) for each in found] == samples
    assert all(text[each.start :].lstrip("\"'").startswith(each.value) for each in found)


def test_of_many_samples_the_first_are_kept() -> None:
    tests = "\n".join(f"  - vars: {{n: {number}}}" for number in range(MOST_SAMPLES + 50))

    found = read("promptfooconfig.yaml", f"prompts: [file://a.txt]\ntests:\n{tests}\n").samples

    assert len(found) == MOST_SAMPLES
