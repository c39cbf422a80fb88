"""What an attacker may commit: a few lines that double each other cost little and stay small."""

from __future__ import annotations

import pytest
from linked_repository import linked

from scrimp.model.prompts import Linked
from scrimp.model.segments import walk

TEXT = '"one two three four"'
CALL = "import openai\nopenai.OpenAI().responses.create(input={})\n"


def chain(line: str, levels: int, first: str) -> str:
    """Lines that each build on the one before."""
    return f"{first}\n" + "".join(
        line.format(new=number, old=number - 1) + "\n" for number in range(1, levels)
    )


def size(found: Linked) -> int:
    """Characters and segments of the largest prompt, all that is put into it included."""
    return max((len(one.text) + sum(1 for _ in walk(one.segments)) for one in found.prompts), default=0)


DOUBLING = {
    "sums": chain("p{new} = p{old} + p{old} + " + TEXT, 60, f"p0 = {TEXT}"),
    "f-strings": chain('p{new} = f"{{p{old}}} {{p{old}}} {{p{old}}} and some more"', 60, f"p0 = {TEXT}"),
    "frames": chain('p{new} = f"{{p{old}}} {{p{old}}}"', 60, f"p0 = {TEXT}"),
    "functions": chain("def p{new}(): return p{old}() + p{old}() + " + TEXT, 60, f"def p0(): return {TEXT}"),
    "lists": chain("p{new} = [" + "p{old}, " * 10 + "]", 60, f"p0 = {TEXT}"),
    "dictionaries": chain('p{new} = {{"a": p{old}, "b": p{old}, **p{old}}}', 60, f'p0 = {{"a": {TEXT}}}'),
    "choices": chain(
        "p{new} = p{old} if a else q{old}\nq{new} = q{old} if b else p{old}", 60, f"p0 = {TEXT}"
    ),
    "formats": chain("p{new} = p{old}.format(a=p{old}, b=p{old})", 60, 'p0 = "one two three {a} {b}"'),
    "steps": chain("p{new} = p{old}\np{new} += p{old}", 60, f"p0 = {TEXT}"),
    "bases": chain("class C{new}(C{old}, C{old}): pass", 60, f"class C0: p = {TEXT}") + "p59 = C59.p\n",
    "arguments": chain("def p{new}(x): return p{old}(x) + p{old}(x)", 60, "def p0(x): return x")
    + f"p59 = p59({TEXT})\n",
    "long texts": chain("p{new} = " + "p{old} + " * 9 + TEXT, 60, f"p0 = '{'one two three four ' * 5_000}'"),
}


@pytest.mark.parametrize("name", DOUBLING)
def test_lines_that_double_each_other_stay_small(name: str) -> None:
    code = DOUBLING[name]

    found = linked({"app.py": code + CALL.format("p59") + f"PROMPT = p59 + {TEXT}\n"})

    assert size(found) < 3_000_000


@pytest.mark.parametrize(
    ("code", "prompts"),
    [
        (f"prompt = {TEXT}\n" + f"prompt = prompt + {TEXT}\n" * 500, 1),
        (f"prompt = {TEXT}\n" + f"prompt += {TEXT}\n" * 2_000, 1),
        (chain("p{new} = p{old} + " + TEXT, 1_000, f"p0 = {TEXT}") + f"prompt = p999 + {TEXT}\n", 2),
    ],
    ids=["assignments", "steps", "names"],
)
def test_long_chains_are_linked(code: str, prompts: int) -> None:
    found = linked({"app.py": "import openai\n" + code})

    assert len(found.prompts) >= prompts


def test_a_chain_of_re_exports_ends() -> None:
    files = {f"m{number}.py": f"from m{number + 1} import TEXT\n" for number in range(1_000)}
    files["m1000.py"] = f"TEXT = {TEXT}\n"

    assert linked(files | {"app.py": "from m0 import TEXT\n" + CALL.format("TEXT")}).requests


def test_short_chains_of_names_are_followed_to_their_end() -> None:
    files = {f"m{number}.py": f"from m{number + 1} import TEXT\n" for number in range(20)}
    files["m20.py"] = chain("p{new} = p{old} + " + TEXT, 12, f"p0 = {TEXT}") + "TEXT = p11\n"

    found = linked(files | {"app.py": "from m0 import TEXT\n" + CALL.format("TEXT")})

    (request,) = [each for each in found.requests if not each.implicit]
    (sent,) = [one for one in found.prompts if one.id == request.parts[0].prompt]
    assert sent.text == "one two three four" * 12


def test_a_long_type_that_names_no_class_is_read_at_once() -> None:
    code = (
        'import OpenAI from "openai";\nfunction f(x: '
        + "Partial_of_something_or_other_" * 20
        + "<T>) { x.create({}); }\n"
    )

    assert linked({"app.ts": code}).prompts == ()


def test_a_body_that_is_made_json_of_itself_is_followed_no_further() -> None:
    code = """
import json, httpx

def ask(body):
    for _ in range(3):
        if not body:
            body = json.dumps(body)
        elif body:
            body = json.dumps({"model": body})
        httpx.post("https://api.openai.com/v1/chat/completions", content=body)
"""
    (request,) = linked({"a.py": code}).requests
    assert request.model == ""


def test_a_class_whose_many_subclasses_leave_a_parameter_out_is_followed_once_for_each() -> None:
    base = f"""
class Base:
    def __init__(self, system, rest):
        self.system = system
        self.rest = rest

    def run(self):
        return openai.OpenAI().responses.create(instructions=self.system, input=[{TEXT}, self.rest])
"""
    line = "class C{new}(Base):\n    def __init__(self, system):\n        super().__init__(system)\n"

    found = linked({"app.py": "import openai\n" + base + chain(line, 40, "")})

    assert len(found.requests) == 1
