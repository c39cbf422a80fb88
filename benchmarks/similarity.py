"""How the search for near-identical prompts grows with the tree: similarity.py

Words are drawn as often as those of English prose are used (Zipf and Mandelbrot), so that texts share phrases by
accident; a third of the texts are an earlier one with a few words changed, and half begin with the same boilerplate.
Twice as many texts are searched each time; the exponent is 1 where the time grows as they do, and 2 where each is
compared with each.
"""

from __future__ import annotations

import math
import random
import time
from fractions import Fraction
from itertools import accumulate

import harness

from scrimp.checks.shingles import Shingles, likenesses, shingles, words

SEED = 7
VOCABULARY = 3_000
WORDS = 150
BOILERPLATE = 60
CHANGED = 4
FREQUENCIES = list(accumulate(1 / (rank + 2.7) for rank in range(1, VOCABULARY + 1)))
NUMBERS = (1_000, 2_000, 4_000, 8_000)
LEAST = Fraction(7, 10)


def texts(number: int) -> list[Shingles]:
    """So many texts."""
    draw = random.Random(SEED)
    boilerplate = [f"b{each}" for each in range(BOILERPLATE)]
    made: list[list[str]] = []
    for each in range(number):
        if each % 3 == 2:
            text = list(draw.choice(made))
            for _ in range(CHANGED):
                text[draw.randrange(len(text))] = _words(draw, 1)[0]
        else:
            text = [*(boilerplate if each % 2 else ()), *_words(draw, WORDS)]
        made.append(text)
    return [shingles(words(" ".join(text))) for text in made]


def _words(draw: random.Random, number: int) -> list[str]:
    return [f"w{rank}" for rank in draw.choices(range(VOCABULARY), cum_weights=FREQUENCIES, k=number)]


def benchmark() -> None:
    taken = []
    for number in NUMBERS:
        made = texts(number)
        began = time.process_time()
        found = sum(each is not None for each in likenesses(made, LEAST))
        taken.append(time.process_time() - began)
        print(f"{number:,} texts: {found:,} like an earlier one, in {taken[-1]:.2f} s")
    exponent = math.log(taken[-1] / taken[0]) / math.log(NUMBERS[-1] / NUMBERS[0])
    print(f"similarity grows with the exponent {exponent:.2f}")


if __name__ == "__main__":
    harness.main(benchmark)
