"""Waste to plant: for each rule ways to make a clean prompt wasteful; a plant is the files of a small tree.

Where a rule has no planter of its own, its card's examples are transplanted: their waste stands among a sentence of the
clean prompt, in the example's file.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from judging.clean import sentence
from scrimp.config.cards import Card, Hit
from scrimp.model.algebra import Text
from scrimp.model.facts import Facts
from scrimp.model.source import Source
from scrimp.readers import reader_for

Files: TypeAlias = Mapping[str, str]


@dataclass(frozen=True)
class Plant:
    """A tree without the waste (if there is such) and with it; ``card`` has the options that the plant is for."""

    card: Card
    clean: Files | None
    wasteful: Files
    costs: bool
    """Whether it is waste only if the tree with it has as many tokens more as the rule speaks of."""


Planter: TypeAlias = Callable[[str, random.Random], tuple[str, str]]
"""From a clean prompt to the same said leanly and wastefully."""

CLIENT: Final[Files] = {"client.py": "import openai\n"}
"""Makes a tree one that talks to a model."""

CALL: Final = """
from openai import OpenAI


def ask(question):
    return OpenAI().chat.completions.create(
        model="gpt-4o",
        max_tokens=300,
        messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}],
    )
"""


def module(*texts: str) -> Files:
    """A module for each text, whose call sends it."""
    written = (text.replace("\\", "\\\\").replace('"""', "'''") for text in texts)
    return {f"app{number}.py": f'SYSTEM = """{text}"""\n{CALL}' for number, text in enumerate(written)}


def planted(card: Card, text: str, randomly: random.Random) -> Iterator[Plant]:
    """Waste of a rule in a clean prompt: by its own planter, else what its examples show."""
    planter = PLANTERS.get(card.id)
    if planter is not None:
        lean, wasteful = planter(text, randomly)
        yield Plant(card, module(lean), module(wasteful), costs=True)
        return
    grown = TREES.get(card.id)
    if grown is not None:
        yield Plant(card, *grown(text, randomly), costs=False)
        return
    for hit in card.examples.hit:
        transplant = _transplanted(hit, sentence(text, randomly))
        yield Plant(card.configured(hit.options), None, {**CLIENT, hit.path: transplant}, costs=False)


# --- transplants ----------------------------------------------------------------------------------------


def _transplanted(hit: Hit, said: str) -> str:
    """An example with a sentence in its longest text: behind its first sentence, so that no end of it moves."""
    facts = _facts(hit)
    texts = () if facts is None else _texts(facts)
    longest = max(texts, key=lambda text: len(text.value), default=Text(""))
    for start, end, written, written_end in longest.pieces:
        if end - start == written_end - written:
            ends = re.search(r"[a-z][.!?](?= )", hit.before[written:written_end])
            if ends is not None:
                at = written + ends.end()
                return f"{hit.before[:at]} {said}{hit.before[at:]}"
    return hit.before


def _facts(hit: Hit) -> Facts | None:
    reader = reader_for(hit.path, hit.before[:4096].encode())
    return None if reader is None else reader.read(Source(hit.path, hit.before, ""))


def _texts(facts: Facts) -> Iterator[Text]:
    waiting: list[object] = [*facts.entries, *facts.sites]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            yield node
        elif isinstance(node, (list, tuple)):
            waiting += node
        elif hasattr(node, "__struct_fields__"):
            waiting += [getattr(node, name) for name in node.__struct_fields__]


# --- planters -------------------------------------------------------------------------------------------


def _line(lines: list[str], randomly: random.Random) -> int:
    """A line with text that another follows."""
    return randomly.choice([at for at, line in enumerate(lines[:-1]) if line.strip()] or [0])


def _said(*sentences: str) -> Planter:
    """One of some sentences, as a line of its own behind a line of the prompt."""

    def plant(text: str, randomly: random.Random) -> tuple[str, str]:
        return text, _inserted(text, randomly.choice(sentences), randomly)

    return plant


def _inserted(text: str, block: str, randomly: random.Random) -> str:
    """A block between two paragraphs, or behind all."""
    paragraphs = text.rstrip("\n").split("\n\n")
    at = randomly.randint(1, len(paragraphs))
    return "\n\n".join([*paragraphs[:at], block, *paragraphs[at:]])


def _either(text: str, lean: str, wasteful: str, randomly: random.Random) -> tuple[str, str]:
    """Two blocks at the same place."""
    marked = _inserted(text, "\0", randomly)
    return marked.replace("\0", lean), marked.replace("\0", wasteful)


def _trailing(text: str, randomly: random.Random) -> tuple[str, str]:
    lines = f"{text}\nBe brief.".split("\n")
    lean = "\n".join(line.rstrip() for line in lines)
    for _ in range(6):
        lines[_line(lines, randomly)] += randomly.choice(["   ", " \t \t", "\t     \t"])
    return lean, "\n".join(lines)


def _indented(text: str, randomly: random.Random) -> tuple[str, str]:
    margin = " " * randomly.choice([4, 8, 12])
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    lines += ["Name what you rely on.", "Be brief."]
    return "\n".join(lines), "\n" + "".join(f"{margin}{line}\n" for line in lines) + margin


def _outer(text: str, randomly: random.Random) -> tuple[str, str]:
    return text.strip(), "\n \t" * randomly.randint(1, 2) + text + randomly.choice(
        ["\n \n\t\n", " \t \n", "\n \t\n"]
    )


def _table(text: str, randomly: random.Random) -> tuple[str, str]:
    width = randomly.randint(12, 24)
    rows = [("Criterion", "Score"), ("clear", "3"), ("complete", "5")]
    lines = ["Answer with a table like this one:", ""]
    lean = ["| " + " | ".join(row) + " |" for row in rows]
    first, *others = ["| " + " | ".join(cell.ljust(width) for cell in row) + " |" for row in rows]
    rule = "|" + "|".join(["-" * (width + 2)] * 2) + "|"
    wasteful = "\n".join([*lines, first, rule, *others])
    return _either(text, "\n".join([*lines, lean[0], "|-|-|", *lean[1:]]), wasteful, randomly)


def _table_rule(text: str, randomly: random.Random) -> tuple[str, str]:
    width = randomly.randint(12, 24)
    said = "Answer with a table like this one:\n\n| Criterion | Score | Reason |\n{}\n| clear | 3 | short |"
    wide = "|" + f" {'-' * width} |" * 3
    return _either(text, said.format("|-|-|-|"), said.format(wide), randomly)


def _json(text: str, randomly: random.Random) -> tuple[str, str]:
    indent = " " * randomly.choice([2, 4])
    keys = randomly.sample(["title", "owner", "score", "reason", "due", "label"], 3)
    pairs = [f'"{key}": "string"' for key in keys]
    asked = "Respond in this format:\n"
    laid_out = ",\n".join(indent + pair for pair in pairs)
    return _either(text, f"{asked}{{{','.join(pairs)}}}", f"{asked}{{\n{laid_out}\n}}", randomly)


def _only_twice(text: str, randomly: random.Random) -> tuple[str, str]:
    said = [
        "Return only the JSON object.",
        "Respond only with valid JSON.",
        "Output only JSON, with no other text.",
    ]
    first, second = randomly.sample(said, 2)
    return f"{first}\n\n{text}", _inserted(f"{first}\n\n{text}", second, randomly)


def _separator(text: str, randomly: random.Random) -> tuple[str, str]:
    sign = randomly.choice("=-*#_")
    lean, wasteful = sign * 3, sign * randomly.randint(12, 80)
    said = "\nName what you rely on.\n"
    return _either(text, said.join([lean] * 4), said.join([wasteful] * 4), randomly)


def _doubled(text: str, randomly: random.Random) -> tuple[str, str]:
    word = randomly.choice(["the", "of", "and", "to"])
    return text, _inserted(text, f"Keep to {word} {word} facts of this case.", randomly)


OTHERS: Final = (
    "Sort the letter into one of our drawers, and say in one sentence why it belongs there.",
    "Compare the two offers, and recommend the one that costs less over five years.",
    "Translate the notice into plain language that visitors of a museum understand.",
)
SHARED: Final = (
    "Answer in the language of the question, keep the names of people and places as they are, and say that nothing is "
    "known where the documents do not tell."
)


def _paragraph_in_three(text: str, randomly: random.Random) -> tuple[Files, Files]:
    lean = [text, *OTHERS[1:]]
    return module(*lean), module(*(_inserted(each, SHARED, randomly) for each in lean))


def _nearly_the_same(text: str, randomly: random.Random) -> tuple[Files, Files]:
    long = "\n\n".join([text, *OTHERS])
    other = f"{long}\n\n{randomly.choice(['Answer in one sentence.', 'Name your sources.'])}"
    return module(long, OTHERS[0]), module(long, other)


def _variable_first(text: str, randomly: random.Random) -> tuple[Files, Files]:
    """A prompt that is long enough to be cached, with the question behind or before it."""
    name = randomly.choice(["question", "query", "user_message"])
    words = LONG_ENOUGH // len(text.split()) + 1
    long = "\n\n".join(f"Part {number}\n{text}" for number in range(words))
    said = long.replace("\\", "\\\\").replace('"""', "'''").replace("{", "{{").replace("}", "}}")
    lean, wasteful = f"{said}\n\nQuestion: {{{name}}}", f"Question: {{{name}}}\n\n{said}"
    head, tail = "from openai import OpenAI\n\n\n", f'"""\n    return {SENT}\n'
    return (
        {"app.py": f'{head}def ask({name}):\n    prompt = f"""{lean}{tail}'},
        {"app.py": f'{head}def ask({name}):\n    prompt = f"""{wasteful}{tail}'},
    )


LONG_ENOUGH: Final = 1_500
"""Words of a prompt that every provider would cache."""
SENT: Final = (
    'OpenAI().chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": prompt}])'
)
Grower: TypeAlias = Callable[[str, random.Random], tuple[Files, Files]]
TREES: Final[Mapping[str, Grower]] = {
    "CCH001": _variable_first,
    "RED005": _paragraph_in_three,
    "RED006": _nearly_the_same,
}
"""Planters of waste that isn't in the text of one prompt: trees without it and with it."""

PLANTERS: Final[Mapping[str, Planter]] = {
    "DAT002": _json,
    "FMT001": _indented,
    "FMT002": _trailing,
    "FMT003": _outer,
    "FMT005": _separator,
    "FMT006": _table_rule,
    "FMT007": _table,
    "FMT010": _doubled,
    "RED003": _only_twice,
    "WRD001": _said(
        "Your task is to rank the answers.",
        "Your job is to find what is missing in the report.",
        "Your goal is to name each risk once.",
    ),
    "WRD002": _said(
        "Make sure to name each risk once.",
        "Be sure to keep the names as they are.",
        "Ensure you answer in the language of the question.",
    ),
    "WRD003": _said("Please name each risk once.", "Kindly answer in the language of the question."),
    "WRD004": _said(
        "Read the report in order to find what is missing.",
        "Leave a field empty in the event that nothing is known.",
        "Stop due to the fact that nothing is known.",
    ),
}
"""By rule; a plant of a rule that asks for tokens saved must cost some, or it is none."""
