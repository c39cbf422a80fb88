"""The arms that bindings and returns stand in, told in characters like all places."""

from __future__ import annotations

import pytest
from readers_examples import read

FILES = {
    "tone.py": (
        'def tone(kind):\n    if kind == "größe":\n        text = "so"\n        return text\n    return ""\n',
        "        return text",
    ),
    "tone.ts": (
        'function tone(kind) {\n  if (kind == "größe") {\n    text = "so";\n    return text;\n  }\n  return "";\n}\n',
        "    return text;\n  }",
    ),
}


@pytest.mark.parametrize(("path", "text", "last"), [(path, *file) for path, file in FILES.items()])
def test_a_return_and_a_binding_in_one_arm_tell_the_same_end_of_it(path: str, text: str, last: str) -> None:
    facts = read(path, text)

    bound = next(each.arms for each in facts.bindings if each.name == "text")
    returned = facts.functions[0].returns[0].arms
    assert returned == bound
    assert returned[0].end == text.index(last) + len(last)
