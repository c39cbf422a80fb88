"""Examples that are nearly the same: the second shows the model nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from scrimp.checks.context import Context
from scrimp.checks.hits import Hit, place_of, removals, settings
from scrimp.checks.shingles import likenesses, shingles, words
from scrimp.checks.shown_examples import shown_examples
from scrimp.config.cards import Card
from scrimp.model.measured import MeasuredPrompt


class Options(msgspec.Struct, frozen=True):
    """``min_share`` of the phrases of two examples that both must have; ``min_words`` of an example."""

    min_share: float
    min_words: int


def check(measured: MeasuredPrompt, card: Card, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """One hit for each example that is like an earlier one."""
    options = settings(card, Options)
    text = context.view.text
    said = [(span, words(text[span[0] : span[1]])) for span in shown_examples(text)]
    long = [(span, each) for span, each in said if len(each) >= options.min_words]
    least = Fraction(options.min_share).limit_denominator(1000)
    alike = likenesses([shingles(each) for _, each in long], least)
    for (span, each), likeness in zip(long, alike, strict=True):
        if likeness is not None:
            path, start, end = place_of(context, span)
            earlier = context.view.written(*long[likeness.earlier][0])
            where = f" on line {context.place(*earlier[0]).line}" if earlier else ""
            yield Hit(
                path=path,
                start=start,
                end=end,
                message=f"{int(likeness.share * 100)} % of this example was shown{where}",
                identity=" ".join(each),
                changes=removals(context.view, (span,)),
                advice=True,
            )
