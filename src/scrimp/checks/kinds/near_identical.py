"""Prompts that are nearly the same: copies that have grown apart, or one prompt with a few words changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from scrimp.checks.context import TreeContext
from scrimp.checks.hits import Hit, settings
from scrimp.checks.shingles import likenesses, shingles, words
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """``min_words`` of a prompt; ``min_share`` of the phrases of two prompts that both must have."""

    min_words: int
    min_share: float


def check(prompts: Sequence[MeasuredPrompt], card: Card, context: TreeContext) -> Iterator[Hit]:
    """One hit for each prompt that is like an earlier one, without a saving: each goes on being sent."""
    options = settings(card, Options)
    written = [(each, words(context.of(each).view.text)) for each in prompts]
    long = [(each, said) for each, said in written if len(said) >= options.min_words]
    least = Fraction(options.min_share).limit_denominator(1000)
    for (measured, said), likeness in zip(
        long, likenesses([shingles(said) for _, said in long], least), strict=True
    ):
        if likeness is not None:
            prompt, other = measured.prompt, long[likeness.earlier][0].prompt
            yield Hit(
                path=prompt.path,
                start=prompt.start,
                end=prompt.end,
                message=(
                    f"{int(likeness.share * 100)} % of the phrases of this prompt and of {other.id} "
                    "are in both"
                ),
                identity=" ".join(said),
                tokens_saved=None,
                prompt=prompt.id,
            )
