"""Changes that are too small to speak of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from scrimp.reporters.review.document import Document
from scrimp.reporters.review.figures import growth, outcome
from scrimp.reporters.review.waste import active


class Thresholds(Struct, frozen=True):
    """The least change that is worth a comment, up or down: US dollars a month, and static tokens.

    One that is ``None`` lets nothing through; without any, everything is worth one.
    """

    monthly: Decimal | None = None
    tokens: int | None = None

    def silence(self, documents: Sequence[Document]) -> bool:
        """Whether there is nothing to say: all is well, and what changed is below each threshold.

        What has no known price is never below one, and neither are findings of ``check``, nor an audit.
        """
        if self.monthly is None and self.tokens is None:
            return False
        if outcome(documents) != "pass" or any(each.command == "audit" for each in documents):
            return False
        if active(each for each in documents if each.command == "check"):
            return False
        return self._small(documents)

    def _small(self, documents: Sequence[Document]) -> bool:
        total = growth(documents)
        old, new = total.tokens
        if self.tokens is not None and abs(new - old) >= max(self.tokens, 1):
            return False
        return self.monthly is None or (
            total.monthly is not None and abs(total.monthly) < max(self.monthly, Decimal("0.005"))
        )
