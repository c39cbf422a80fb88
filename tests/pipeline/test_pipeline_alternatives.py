"""Texts of one call that exclude each other, seen from outside: they never add up.

A token is a word, and an input token is $1 a month (see ``command_line``). SHORT has 8 tokens, LONG 24, MIDDLE 16,
MORE 12. A message of ``gpt-4o`` costs 4 tokens besides its text, and a call 3.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from command_line import EIGHT, PRICED, Project

ONE, TWO = 7, 11
"""What one message costs besides its text, and what two do."""
SIZES = {"SHORT": 8, "MIDDLE": 16, "LONG": 24, "MORE": 12}
TEXTS = {
    "SHORT": EIGHT,
    "MIDDLE": f"red {EIGHT} {EIGHT}".rsplit(" ", 1)[0],
    "LONG": f"{EIGHT} {EIGHT} green {EIGHT}".rsplit(" ", 1)[0],
    "MORE": "blue and red and white and green and black and grey and".replace("  ", " "),
}
CONSTANTS = "\n".join(f"{name} = {text!r}" for name, text in TEXTS.items())
PYTHON = f"from openai import OpenAI\n\nclient = OpenAI()\n{CONSTANTS}\n"
SCRIPT = 'import OpenAI from "openai";\n\nconst client = new OpenAI();\n' + "\n".join(
    f'const {name} = "{text}";' for name, text in TEXTS.items()
)
SENT = 'client.chat.completions.create(model="gpt-4o", messages={})'
SYSTEM = '[{"role": "system", "content": %s}]'


def python(messages: str, before: str = "", above: str = "") -> dict[str, str]:
    """A module whose one call sends some messages."""
    body = "".join(f"    {line}\n" for line in before.splitlines())
    call = SENT.format(messages)
    return {"app.py": f"{PYTHON}{above}\n\ndef ask(kind, other):\n{body}    return {call}\n"}


def script(messages: str, before: str = "") -> dict[str, str]:
    """The same in TypeScript."""
    call = f'client.chat.completions.create({{ model: "gpt-4o", messages: {messages} }})'
    body = f"export async function ask(kind: string) {{\n{before}\n  return await {call};\n}}\n"
    return {"app.ts": f"{SCRIPT}\n{body}"}


def audited(project: Project, files: dict[str, str]) -> Any:
    """The audit of some files."""
    project.write("scrimp.yaml", PRICED)
    for path, text in files.items():
        project.write(path, text)
    return project.report("audit")


def request_of(document: Any) -> Any:
    """The one request of a call."""
    (found,) = (each for each in document["requests"] if not each["implicit"])
    return found


def tokens_of(project: Project, files: dict[str, str]) -> tuple[int, int, int | None]:
    """The input tokens of a tree's one call: at least, typically and at most."""
    found = request_of(audited(project, files))["input_tokens"]
    return found["low"], found["typical"], found["high"]


PICKED = {
    "expression": python(SYSTEM % "SHORT if kind else LONG"),
    "statement": python(SYSTEM % "text", "if kind:\n    text = SHORT\nelse:\n    text = LONG"),
    "chain": python(
        SYSTEM % "text",
        "if kind == 1:\n    text = SHORT\nelif kind == 2:\n    text = MIDDLE\nelse:\n    text = LONG",
    ),
    "default": python(SYSTEM % "text", "text = LONG\nif kind:\n    text = SHORT"),
    "match": python(
        SYSTEM % "text", "match kind:\n    case 1:\n        text = SHORT\n    case _:\n        text = LONG"
    ),
    "nested": python(SYSTEM % "(SHORT if other else MIDDLE) if kind else LONG"),
    "table": python(SYSTEM % "TABLE[kind]", above='TABLE = {"a": SHORT, "b": MIDDLE, "c": LONG}'),
    "get": python(SYSTEM % "TABLE.get(kind, LONG)", above='TABLE = {"a": SHORT, "b": MIDDLE}'),
    "or": python(SYSTEM % "TABLE.get(kind) or LONG", above='TABLE = {"a": SHORT, "b": MIDDLE}'),
    "function": python(
        SYSTEM % "pick(kind)", above="def pick(kind):\n    if kind:\n        return SHORT\n    return LONG\n"
    ),
    "messages": python(
        "messages", f"if kind:\n    messages = {SYSTEM % 'SHORT'}\nelse:\n    messages = {SYSTEM % 'LONG'}"
    ),
    "ternary": script('[{ role: "system", content: kind ? SHORT : LONG }]'),
    "else": script(
        '[{ role: "system", content: text }]', "let text; if (kind) { text = SHORT } else { text = LONG }"
    ),
}


class TestOneOfSeveralTexts:
    @pytest.mark.parametrize("files", PICKED.values(), ids=PICKED)
    def test_is_at_least_the_shortest_and_typically_the_longest(
        self, project: Project, files: dict[str, str]
    ) -> None:
        assert tokens_of(project, files) == (SIZES["SHORT"] + ONE, SIZES["LONG"] + ONE, SIZES["LONG"] + ONE)

    def test_has_a_size_that_is_no_longer_exact(self, project: Project) -> None:
        found = request_of(audited(project, PICKED["expression"]))

        assert found["input_tokens"]["grade"] == "heuristic"
        assert found["overhead_tokens"] == ONE

    def test_costs_as_much_as_the_longest(self, project: Project) -> None:
        document = audited(project, PICKED["expression"])
        cost = request_of(document)["cost"]["monthly_usd"]

        assert cost["typical"] == f"{SIZES['LONG'] + ONE + 1000}.00"
        assert document["totals"]["monthly_usd"]["typical"] == cost["typical"]

    def test_is_exact_where_both_are_the_same(self, project: Project) -> None:
        found = request_of(audited(project, python(SYSTEM % "SHORT if kind else SHORT")))

        assert found["input_tokens"] == {"low": 15, "typical": 15, "high": 15, "grade": "exact"}
        assert found["alternatives"] == []

    def test_may_be_a_file(self, project: Project) -> None:
        above = 'from pathlib import Path\n\nFILED = Path(__file__).with_name("filed.md").read_text()'
        files = python(SYSTEM % "FILED if kind else SHORT", above=above)

        assert tokens_of(project, {**files, "filed.md": TEXTS["LONG"]}) == (15, 31, 31)

    def test_may_come_from_outside(self, project: Project) -> None:
        found = request_of(audited(project, python(SYSTEM % "(kind or LONG)")))

        assert [found["input_tokens"][bound] for bound in ("low", "typical", "high")] == [7, 31, None]
        assert found["alternatives"][0]["ways"] == [
            {"prompts": [], "open": True, "alternatives": []},
            {"prompts": [0], "open": False, "alternatives": []},
        ]

    def test_is_apart_in_each_message(self, project: Project) -> None:
        messages = (
            '[{"role": "system", "content": SHORT if kind else LONG},'
            ' {"role": "user", "content": MORE if other else MIDDLE}]'
        )

        assert tokens_of(project, python(messages)) == (8 + 12 + TWO, 24 + 16 + TWO, 24 + 16 + TWO)

    def test_may_hold_another_one(self, project: Project) -> None:
        files = python(SYSTEM % "SHORT if kind else SHORT + MORE")

        assert tokens_of(project, files) == (15, 27, 27)

    def test_leaves_the_frame_around_it_as_it_is(self, project: Project) -> None:
        files = python(SYSTEM % 'f"{SHORT if kind else LONG}\\n{MORE}"')

        assert tokens_of(project, files) == (8 + 12 + ONE, 24 + 12 + ONE, 24 + 12 + ONE)

    def test_is_what_each_object_was_made_with(self, project: Project) -> None:
        call = SENT.format(SYSTEM % "self.text")
        text = f"""{PYTHON}
class Agent:
    def __init__(self, text):
        self.text = text

    def run(self):
        return {call}


one, two = Agent(SHORT), Agent(LONG)
"""

        assert tokens_of(project, {"app.py": text}) == (15, 31, 31)

    def test_takes_its_messages_along(self, project: Project) -> None:
        both = '[{"role": "system", "content": LONG}, {"role": "user", "content": MORE}]'
        before = f"messages = {both}\nif kind:\n    messages = {SYSTEM % 'SHORT'}"

        assert tokens_of(project, python("messages", before)) == (8 + ONE, 24 + 12 + TWO, 24 + 12 + TWO)


IF_ELSE = "text = SHORT\nif kind:\n    text += MORE\nelse:\n    text += MIDDLE"
APPENDED = """\
messages = [{"role": "system", "content": SHORT}]
if kind:
    messages.append({"role": "system", "content": MORE})
messages.append({"role": "user", "content": LONG})"""
EITHER = """\
messages = [{"role": "system", "content": SHORT}]
if kind == 1:
    messages.append({"role": "user", "content": MORE})
elif kind == 2:
    messages.append({"role": "user", "content": MIDDLE})
else:
    messages += [{"role": "user", "content": LONG}, {"role": "user", "content": MORE}]"""
TRIED = """\
text = SHORT
try:
    text += MORE
except ValueError:
    pass"""
SPREAD = """[
    {"role": "system", "content": SHORT},
    *([{"role": "user", "content": MORE}] if kind else []),
]"""
PUSHED = """\
const messages = [{ role: "system", content: SHORT }];
if (kind === "a") { messages.push({ role: "user", content: MORE }) }
else if (kind === "b") { messages.push({ role: "user", content: MIDDLE }) }
else { messages.push({ role: "user", content: LONG }) }"""
ADDED = {
    "text": (python(SYSTEM % "text", "text = SHORT\nif kind:\n    text += MORE"), 8 + ONE, 20 + ONE),
    "text or text": (python(SYSTEM % "text", IF_ELSE), 20 + ONE, 24 + ONE),
    "text unless it fails": (python(SYSTEM % "text", TRIED), 20 + ONE, 20 + ONE),
    "joined text": (
        python(SYSTEM % '"".join(texts)', "texts = [SHORT]\nif kind:\n    texts.append(MORE)"),
        8 + ONE,
        20 + ONE,
    ),
    "message": (python("messages", APPENDED), 32 + TWO, 44 + 15),
    "message or messages": (python("messages", EITHER), 20 + TWO, 44 + 15),
    "spread message": (python(SPREAD), 8 + ONE, 20 + TWO),
    "pushed message": (script("messages", PUSHED), 20 + TWO, 32 + TWO),
    "set anew": (
        python(SYSTEM % "text", "text = LONG\nif kind:\n    text = SHORT\nelse:\n    text = MORE"),
        8 + ONE,
        12 + ONE,
    ),
}


class TestWhatIsSentOnlySometimes:
    @pytest.mark.parametrize(("files", "low", "high"), ADDED.values(), ids=ADDED)
    def test_adds_to_the_calls_that_send_it(
        self, project: Project, files: dict[str, str], low: int, high: int
    ) -> None:
        assert tokens_of(project, files) == (low, high, high)

    def test_is_told_with_its_condition(self, project: Project) -> None:
        found = request_of(audited(project, ADDED["text or text"][0]))

        assert [(each["condition"], len(each["ways"])) for each in found["alternatives"]] == [("kind", 2)]


def calls(text: str) -> str:
    """A function body in which ``ASK`` stands for a call with the system prompt that ``text`` holds."""
    return text.replace("ASK", SENT.format(SYSTEM % "text"))


PLACED = {
    "arms": (
        "if kind == 1:\n    text = SHORT\n    ASK\nelif kind == 2:\n    text = MIDDLE\n    ASK\n"
        "else:\n    text = LONG\n    ASK",
        [8, 16, 24],
    ),
    "early return": ("text = LONG\nif kind:\n    text = SHORT\n    return ASK\nASK", [8, 24]),
    "other arm": ("text = SHORT\nif kind:\n    text = LONG\nelse:\n    ASK", [8]),
    "match": (
        "match kind:\n    case 1:\n        text = SHORT\n        ASK\n    case _:\n        text = LONG\n        ASK",
        [8, 24],
    ),
    "loop": (
        "for each in kind:\n    if each:\n        text = SHORT\n        ASK\n    else:\n        text = LONG",
        [8],
    ),
    "except": (
        "try:\n    text = SHORT\n    return ASK\nexcept ValueError:\n    text += MORE\n    ASK",
        [8, 20],
    ),
    "beyond ASCII": (
        "note = 'üüüüüüüü'\nif kind:\n    text = SHORT\n    ASK\nelse:\n    text = LONG\n    ASK",
        [8, 24],
    ),
}


class TestACallInOneArm:
    @pytest.mark.parametrize(("body", "sizes"), PLACED.values(), ids=PLACED)
    def test_sends_what_is_set_on_the_way_to_it(self, project: Project, body: str, sizes: list[int]) -> None:
        indented = "".join(f"    {line}\n" for line in calls(body).splitlines())
        document = audited(project, {"app.py": f"{PYTHON}\n\ndef ask(kind):\n{indented}"})
        sent = [each["input_tokens"] for each in document["requests"] if not each["implicit"]]

        assert [(each["low"], each["typical"], each["grade"]) for each in sent] == [
            (size + ONE, size + ONE, "exact") for size in sizes
        ]

    def test_of_typescript_does_so_too(self, project: Project) -> None:
        ask = """client.chat.completions.create({ model: "gpt-4o", messages: [{ role: "system", content: text }] })"""
        body = (
            f'let text = LONG;\n if (kind === "a") {{ text = SHORT; return {ask}; }}\n'
            f' else if (kind === "b") {{ text = MIDDLE; return {ask}; }}\n return {ask};'
        )
        text = f"{SCRIPT}\nexport async function ask(kind: string) {{\n{body}\n}}\n"
        sent = [each["input_tokens"] for each in audited(project, {"app.ts": text})["requests"]]

        assert [(each["low"], each["typical"]) for each in sent] == [(15, 15), (23, 23), (31, 31)]


class TestMessagesThatAFunctionGetsAndAddsTo:
    def test_are_followed_to_its_callers(self, project: Project) -> None:
        text = f"""{PYTHON}

def ask(messages):
    messages.append({{"role": "user", "content": MORE}})
    return {SENT.format("messages")}


def start():
    return ask({SYSTEM % "LONG"})
"""

        assert tokens_of(project, {"app.py": text}) == (36 + TWO, 36 + TWO, 36 + TWO)


class TestThePrompts:
    def test_cost_their_own_in_a_call_that_sends_them(self, project: Project) -> None:
        rows = {each["name"]: each for each in audited(project, PICKED["expression"])["prompts"]}

        assert {name: each["tokens"]["typical"] for name, each in rows.items()} == {"SHORT": 8, "LONG": 24}
        assert {name: each["cost"]["per_call_usd"]["typical"] for name, each in rows.items()} == {
            "SHORT": "0.000008",
            "LONG": "0.000024",
        }

    def test_bear_together_what_the_longest_costs(self, project: Project) -> None:
        rows = {each["name"]: each for each in audited(project, PICKED["chain"])["prompts"]}

        assert {name: each["cost"]["monthly_usd"] for name, each in rows.items()} == {
            "SHORT": {"low": "0.00", "typical": "0.00", "high": "8.00"},
            "MIDDLE": {"low": "0.00", "typical": "0.00", "high": "16.00"},
            "LONG": {"low": "0.00", "typical": "24.00", "high": "24.00"},
        }

    def test_say_which_calls_send_them(self, project: Project) -> None:
        found = request_of(audited(project, python(SYSTEM % "SHORT if kind else SHORT + MORE")))

        assert [(each["id"], each.get("sent")) for each in found["prompts"]] == [
            ("app.py::SHORT", None),
            ("app.py::MORE", "typically"),
        ]

    def test_add_up_to_their_owners(self, project: Project) -> None:
        project.write("scrimp.yaml", PRICED).write("brief.py", f"BRIEF = {EIGHT!r}\n")
        project.write(
            "app.py", python(SYSTEM % "BRIEF if kind else LONG", above="from brief import BRIEF")["app.py"]
        )
        rows = project.report("audit", "--by", "file")["attribution"]["rows"]
        borne = {each["name"]: Decimal(each["monthly_usd"]["typical"]) for each in rows}

        assert borne == {"app.py": Decimal(1031), "brief.py": Decimal(0)}

    def test_of_which_a_longer_one_is_counted_are_shown_with_what_they_cost_at_most(
        self, project: Project
    ) -> None:
        audited(project, PICKED["expression"])
        shown = project.scrimp("audit").out

        assert "≤8.00" in shown
        assert "≤ at most: a call that sends it leaves out a longer text" in shown

    def test_are_cached_each_by_itself(self, project: Project) -> None:
        long = " ".join([EIGHT] * 200)
        text = PICKED["expression"]["app.py"].replace(TEXTS["LONG"], long)
        document = audited(project, {"app.py": text})
        cached = {each["name"]: each["cache"]["cacheable_tokens"] for each in document["prompts"]}

        assert request_of(document)["cache"]["prefix_tokens"] == 1600
        assert cached == {"LONG": 1536, "SHORT": 0}


class TestAChange:
    def test_of_the_longest_costs_what_it_adds(self, project: Project) -> None:
        change = self.changed(project, "LONG", f"{TEXTS['LONG']} yellow")

        assert change["totals"] == [Decimal(1031), Decimal(1032)]
        assert change["rows"] == {"app.py::LONG": (1, Decimal(1))}

    def test_of_a_shorter_one_is_seen_and_adds_nothing_to_what_is_counted_on(self, project: Project) -> None:
        change = self.changed(project, "SHORT", f"{TEXTS['SHORT']} yellow")

        assert change["totals"] == [Decimal(1031), Decimal(1031)]
        assert change["rows"] == {"app.py::SHORT": (1, Decimal(0))}

    def test_that_makes_another_one_the_longest_adds_the_difference(self, project: Project) -> None:
        change = self.changed(project, "SHORT", f"yellow {TEXTS['LONG']}")

        assert change["totals"] == [Decimal(1031), Decimal(1032)]
        assert change["rows"] == {"app.py::SHORT": (17, Decimal(25)), "app.py::LONG": (0, Decimal(-24))}
        assert change["causes"]["app.py::LONG"] == ["calls"]

    @staticmethod
    def changed(project: Project, name: str, text: str) -> dict[str, Any]:
        """What a change of one text makes of the totals and of each prompt, in tokens and dollars a month."""
        source = PICKED["expression"]["app.py"]
        project.init().write("scrimp.yaml", PRICED).write("app.py", source).commit()
        project.write("app.py", source.replace(f"{name} = {TEXTS[name]!r}", f"{name} = {text!r}"))
        document = project.report("diff", "HEAD")
        totals = (document[key]["monthly_usd"]["typical"] for key in ("base_totals", "totals"))
        changes = document["changes"]
        return {
            "totals": [Decimal(each) for each in totals],
            "rows": {
                each["prompt"]: (each["tokens"]["delta"], Decimal(each["monthly_usd"]["delta"]))
                for each in changes
            },
            "causes": {each["prompt"]: [cause["cause"] for cause in each["causes"]] for each in changes},
        }
