"""Trees for tests of rules: what reading, linking and measuring make of files that a test writes.

What nobody else tells a model of goes to ``MODEL``, a thousand times a month: a token of it costs a cent a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from scrimp import suppress
from scrimp.catalog.models import Models, Own
from scrimp.checks import Results, TokenLimit, TreeContext, run, shipped_cards
from scrimp.config.cards import Card
from scrimp.config.schema import Defaults, Settings
from scrimp.link import link
from scrimp.measure import Measurement
from scrimp.model.facts import Facts
from scrimp.model.findings import Finding
from scrimp.model.measured import MeasuredPrompt
from scrimp.model.source import Source
from scrimp.prices.book import Override, PriceBook
from scrimp.prices.snapshot import load
from scrimp.readers import reader_for
from scrimp.tokens.counting import count
from scrimp.tokens.tokenizers import Tokenizers

ENCODING = "o200k_base"
MODEL = "test-model"
CALLS = 1000
TODAY = date(2026, 11, 28)
SETTINGS = Settings(defaults=(Defaults("", MODEL, CALLS),))
PRICE = Override(Decimal(10), None, Decimal(40))


def tokens(text: str) -> int:
    """Tokens by the vocabulary that all tests use."""
    return count(text, ENCODING)


def facts(source: Source) -> Facts:
    """What the reader of a file says of it."""
    reader = reader_for(source.path, source.text.encode("utf-8", "replace"))
    assert reader is not None
    return reader.read(source)


class Files(Struct, frozen=True, dict=True):
    """Some files in a tree that talks to a model, and what checks may ask about it."""

    texts: Mapping[str, str]
    limits: tuple[TokenLimit, ...] = ()
    price: Override = PRICE
    settings: Settings = SETTINGS

    @cached_property
    def tree(self) -> TreeContext:
        """The tree, measured."""
        how = self.measurement
        return TreeContext(
            how.measured(),
            self.facts,
            how.prices,
            how.tokenizers,
            lambda _prompt: self.limits,
            how.linked.handled,
        )

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What the readers say of the files."""
        texts = {"client.py": "import openai\n", **self.texts}
        return {path: facts(Source(path, text, "")) for path, text in texts.items()}

    @cached_property
    def measurement(self) -> Measurement:
        """How the tree is measured."""
        return Measurement(
            link(self.facts),
            {path: each.lines for path, each in self.facts.items()},
            self.settings,
            PriceBook(load(), {MODEL: self.price}),
            {},
            Tokenizers(Models({MODEL: Own(ENCODING, "")})),
        )

    @property
    def prompts(self) -> tuple[MeasuredPrompt, ...]:
        """The prompts of the tree."""
        return self.tree.measured.prompts

    def checked(self, *cards: Card) -> Results:
        """What some rules find. Those about comments judge what all rules find."""
        found = run(self.tree, cards)
        judging = [card for card in cards if card.kind in suppress.KINDS]
        return replace(found, findings=(*found.findings, *self._commented(judging))) if judging else found

    def _commented(self, cards: list[Card]) -> tuple[Finding, ...]:
        every = shipped_cards()
        comments = suppress.comments(self.tree.files, [each.prompt for each in self.prompts], TODAY)
        list(suppress.hide(run(self.tree, every).findings, comments))
        ids = frozenset(card.id for card in every)
        return suppress.judge(comments, cards, suppress.Rules(ids, ids, ids))
