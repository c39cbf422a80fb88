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
    """A tree without the waste, and with it."""

    clean: Files
    wasteful: Files


Planter: TypeAlias = Callable[[str, random.Random], str]
"""From a clean prompt to the same with waste."""

CALL: Final = """
from openai import OpenAI


def ask(question):
    return OpenAI().chat.completions.create(
        model="gpt-4o",
        max_tokens=300,
        messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}],
    )
"""


def module(text: str) -> Files:
    """A module whose call sends a text."""
    written = text.replace("\\", "\\\\").replace('"""', "'''")
    return {"app.py": f'SYSTEM = """{written}"""\n{CALL}'}


def planted(card: Card, text: str, randomly: random.Random) -> Iterator[Plant]:
    """Waste of a rule in a clean prompt: by its own planter, else what its examples show."""
    planter = PLANTERS.get(card.id)
    if planter is not None:
        yield Plant(module(text), module(planter(text, randomly)))
        return
    for hit in card.examples.hit:
        if not hit.options:
            transplant = _transplanted(hit, sentence(text, randomly))
            if transplant is not None:
                yield Plant(module(text), {hit.path: transplant})


# --- transplants ----------------------------------------------------------------------------------------


def _transplanted(hit: Hit, said: str) -> str | None:
    """An example with a sentence in its longest text: behind its first sentence, so that no end of it moves."""
    facts = _facts(hit)
    if facts is None:
        return None
    longest = max(_texts(facts), key=lambda text: len(text.value), default=None)
    if longest is None:
        return None
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

    def plant(text: str, randomly: random.Random) -> str:
        return _inserted(text, randomly.choice(sentences), randomly)

    return plant


def _inserted(text: str, block: str, randomly: random.Random) -> str:
    """A block between two paragraphs, or behind all."""
    paragraphs = text.rstrip("\n").split("\n\n")
    at = randomly.randint(1, len(paragraphs))
    return "\n\n".join([*paragraphs[:at], block, *paragraphs[at:]])


def _trailing(text: str, randomly: random.Random) -> str:
    lines = f"{text}\nBe brief.".split("\n")
    for _ in range(3):
        lines[_line(lines, randomly)] += randomly.choice(["   ", " \t", "     "])
    return "\n".join(lines)


def _indented(text: str, randomly: random.Random) -> str:
    margin = " " * randomly.choice([4, 8, 12])
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return (
        "\n"
        + "".join(f"{margin}{line}\n" for line in [*lines, "Name what you rely on.", "Be brief."])
        + margin
    )


def _outer(text: str, randomly: random.Random) -> str:
    return "\n" * randomly.randint(1, 2) + text + randomly.choice(["\n\n", "  \n", "\n   \n"])


def _table(text: str, randomly: random.Random) -> str:
    width = randomly.randint(12, 24)
    rows = [("Criterion", "Score"), ("clear", "3"), ("complete", "5")]
    first, *others = ["| " + " | ".join(cell.ljust(width) for cell in row) + " |" for row in rows]
    rule = "|" + "|".join(["-" * (width + 2)] * 2) + "|"
    return _inserted(
        text, "\n".join(["Answer with a table like this one:", "", first, rule, *others]), randomly
    )


def _json(text: str, randomly: random.Random) -> str:
    indent = " " * randomly.choice([2, 4])
    keys = randomly.sample(["title", "owner", "score", "reason", "due", "label"], 3)
    body = ",\n".join(f'{indent}"{key}": "string"' for key in keys)
    return _inserted(text, f"Respond in this format:\n{{\n{body}\n}}", randomly)


def _only_twice(text: str, randomly: random.Random) -> str:
    said = [
        "Return only the JSON object.",
        "Respond only with valid JSON.",
        "Output only JSON, with no other text.",
    ]
    first, second = randomly.sample(said, 2)
    return _inserted(f"{first}\n\n{text}", second, randomly)


def _separator(text: str, randomly: random.Random) -> str:
    line = randomly.choice("=-*#_") * randomly.randint(12, 80)
    return _inserted(text, f"{line}\nName what you rely on.\n{line}", randomly)


def _doubled(text: str, randomly: random.Random) -> str:
    word = randomly.choice(["the", "of", "and", "to"])
    return _inserted(text, f"Keep to {word} {word} facts of this case.", randomly)


PLANTERS: Final[Mapping[str, Planter]] = {
    "DAT002": _json,
    "FMT001": _indented,
    "FMT002": _trailing,
    "FMT003": _outer,
    "FMT005": _separator,
    "FMT006": _table,
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
