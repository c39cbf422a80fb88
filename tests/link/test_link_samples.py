"""What callers give to functions whose parameters fill a prompt's holes."""

from __future__ import annotations

from linked_trees import linked

from scrimp.model.prompts import Sample

ASK = """
from openai import OpenAI

RULES = "Never name a price without its tax."


def ask(rules, question="Where is my bicycle?"):
    text = f"You answer the customers of a bicycle shop. {rules} {question}"
    return OpenAI().responses.create(model="gpt-4o", input=text)
"""


def samples(code: str, others: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    found = linked({"a.py": code, **(others or {})})
    (prompt,) = [each for each in found.prompts if "customers" in each.text]
    return [(each.name, each.value, each.path) for each in prompt.samples]


def test_texts_and_constants_that_callers_give_are_examples() -> None:
    given = samples(ASK + "\n\nask(RULES)\nask(rules='Be brief.', question='When do you open?')\n")

    assert given == [
        ("question", "Where is my bicycle?", "a.py"),
        ("rules", "Never name a price without its tax.", "a.py"),
        ("question", "When do you open?", "a.py"),
        ("rules", "Be brief.", "a.py"),
    ]


def test_callers_in_other_files_count_and_tests_don_t() -> None:
    calling = "from a import ask\n\nask('Say where you are.')\n"

    assert ("rules", "Say where you are.", "b.py") in samples(ASK, {"b.py": calling})
    assert samples(ASK, {"tests/test_b.py": calling}) == samples(ASK)


def test_what_is_not_known_and_other_functions_of_the_name_tell_nothing() -> None:
    other = "def ask(rules):\n    return rules\n\n\nask('Nothing to do with it.')\n"

    assert samples(ASK + "\n\nask(input())\n", {"b.py": other}) == [
        ("question", "Where is my bicycle?", "a.py")
    ]


def test_a_sample_has_its_line() -> None:
    found = linked({"a.py": ASK + "\n\nask(RULES)\n"})

    (prompt,) = [each for each in found.prompts if "customers" in each.text]

    assert Sample("rules", "Never name a price without its tax.", "a.py", 12, "a.py:12") in prompt.samples
