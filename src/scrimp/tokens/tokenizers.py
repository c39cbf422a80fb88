"""How a project's texts are counted: by the catalogue and the published factors, after what the project itself says."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from scrimp.catalog.models import Model, Models
from scrimp.model.amounts import Grade, Interval
from scrimp.tokens.calibration import Calibration, Measured
from scrimp.tokens.counting import count, foresee
from scrimp.tokens.elsewhere import ELSEWHERE
from scrimp.tokens.families import REFERENCE, count_for, encoding_for, factor_for
from scrimp.tokens.kinds import kind_of


class Tokenizers(Struct, frozen=True):
    """Counts texts for the models of a project: ``calibration`` is what it measured itself."""

    models: Models = field(default_factory=Models)
    calibration: Calibration = field(default_factory=dict)

    def resolve(self, name: str) -> Model | None:
        """The model that a name means; ``None`` if nothing tells."""
        return self.models.resolve(name)

    def stand_by(self) -> None:
        """Have a process wait for ``prepare``, while this one, which it is a copy of, is still small."""
        elsewhere = ELSEWHERE.get()
        if elsewhere is not None:
            elsewhere.stand_by(REFERENCE)

    def prepare(self) -> None:
        """Have the vocabulary loaded elsewhere that most models are counted with, while this process goes on."""
        elsewhere = ELSEWHERE.get()
        if elsewhere is not None:
            elsewhere.begin(REFERENCE)

    def foresee(self, texts: Iterable[str]) -> None:
        """Have texts that will be counted, for most models or all, be counted together where ``prepare`` was asked."""
        foresee(texts, REFERENCE)

    def dismiss(self) -> None:
        """Do without what ``prepare`` asked for, as nothing is left to count."""
        elsewhere = ELSEWHERE.get()
        if elsewhere is not None:
            elsewhere.dismiss()

    def before(self, other: Tokenizers) -> Tokenizers:
        """What this one says, and where it says nothing what the other does."""
        families = {**other.calibration, **self.calibration}
        return Tokenizers(
            Models({**other.models.own, **self.models.own}),
            {
                family: {**other.calibration.get(family, {}), **self.calibration.get(family, {})}
                for family in families
            },
        )

    def count(self, text: str, model: Model | None) -> Interval[int]:
        """The tokens of a text for a model.

        A count that is exact, or in a vocabulary that the project names, needs no factor. What was measured relative to
        another vocabulary than the one that counts now is not used.
        """
        measured = self._measured(text, model)
        return measured.apply(count(text, measured.encoding)) if measured else count_for(text, model)

    def scaled(self, tokens: int, text: str, model: Model | None) -> int:
        """Tokens of a part of a text, as they were counted in the model's vocabulary, as they typically are."""
        factor = factor_for(model)
        if factor.grade is Grade.EXACT:
            return tokens
        measured = self._measured(text, model)
        interval = measured.apply(tokens) if measured else factor.apply(text, tokens)
        return interval.typical or 0

    def _measured(self, text: str, model: Model | None) -> Measured | None:
        """What the project itself measured for texts of this kind, if that is worth more than what is published."""
        kinds = self.calibration.get(model.family) if model else None
        if not kinds or factor_for(model).grade in (Grade.EXACT, Grade.CONFIGURED):
            return None
        measured = kinds.get(kind_of(text))
        return measured if measured and measured.encoding == encoding_for(model) else None
