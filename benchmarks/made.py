"""A tree of 5,000 files made by rule, for benchmarks: Python that nobody wrote, with prompts here and there."""

from __future__ import annotations

from pathlib import Path
from random import Random

FILES = 5_000
PACKAGES = 100
PROMPTS_EVERY = 20  # one file in so many sends a prompt; in crewai it is one in five
SEED = 20261128

_NOUNS = ("order", "invoice", "ticket", "route", "shelf", "batch", "ledger", "parcel", "vendor", "quota")
_VERBS = ("load", "merge", "check", "split", "rank", "store", "parse", "close", "count", "route")

_HEAD = '''\
"""{noun} {number}: what the {package} package knows of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
{imports}
logger = logging.getLogger(__name__)
LIMIT_{number} = {limit}
'''
_FUNCTION = '''

def {verb}_{noun}_{number}(items: list[str], limit: int = LIMIT_{module}) -> dict[str, int]:
    """{verb} each {noun} up to a limit."""
    found: dict[str, int] = {{}}
    for position, item in enumerate(items):
        if position >= limit:
            logger.warning("more than %d {noun}s in {verb}", limit)
            break
        name = item.strip().lower()
        if not name:
            raise ValueError(f"item {{position}} of {{len(items)}} has no name")
        found[name] = found.get(name, 0) + {number}
    return found
'''
_CALL = '''

SYSTEM_{number} = """You are the assistant of the {noun} desk.
Answer questions about a {noun} in three sentences at most, and say what you don't know.
Never {verb} a {noun} that the customer has not named, and keep every number as it stands.
"""


def ask_{number}(client: OpenAI, question: str) -> str:
    """What the model says of a question."""
    answer = client.chat.completions.create(
        model="gpt-4o",
        max_tokens=300,
        messages=[
            {{"role": "system", "content": SYSTEM_{number}}},
            {{"role": "user", "content": f"The question: {{question}}"}},
        ],
    )
    return answer.choices[0].message.content or ""
'''


def write_tree(root: Path) -> None:
    """Write the files below a folder; the same ones every time."""
    random = Random(SEED)
    for number in range(FILES):
        package = f"package_{number % PACKAGES:03}"
        folder = root / "src" / package
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"module_{number:04}.py").write_text(_module(number, package, random), "utf-8")


def _module(number: int, package: str, random: Random) -> str:
    noun, sends = random.choice(_NOUNS), number % PROMPTS_EVERY == 0
    others = sorted(random.sample(range(FILES), 3))
    imports = "".join(
        f"\nfrom src.package_{other % PACKAGES:03}.module_{other:04} import LIMIT_{other}" for other in others
    )
    imports += "\nfrom openai import OpenAI" if sends else ""
    parts = [
        _HEAD.format(noun=noun, number=number, package=package, imports=imports + "\n", limit=number % 97 + 3)
    ]
    for place in range(random.randint(2, 9)):
        verb = random.choice(_VERBS)
        parts.append(_FUNCTION.format(verb=verb, noun=noun, number=place, module=number))
    if sends:
        parts.append(_CALL.format(number=number, noun=noun, verb=random.choice(_VERBS)))
    return "".join(parts)
