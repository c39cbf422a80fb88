"""How a project's texts are counted: by the catalogue and the published factors, after what the project itself says."""

from __future__ import annotations

from dataclasses import dataclass, field

from scrimp.catalog.models import Model, Models
from scrimp.model.amounts import Grade, Interval
from scrimp.tokens.calibration import Calibration
from scrimp.tokens.counting import count
from scrimp.tokens.families import count_for, encoding_for, factor_for
from scrimp.tokens.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Tokenizers:
    """Counts texts for the models of a project: ``calibration`` is what it measured itself."""

    models: Models = field(default_factory=Models)
    calibration: Calibration = field(default_factory=dict)

    def resolve(self, name: str) -> Model | None:
        """The model that a name means; ``None`` if nothing tells."""
        return self.models.resolve(name)

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
        kinds = self.calibration.get(model.family) if model else None
        if kinds and factor_for(model).grade not in (Grade.EXACT, Grade.CONFIGURED):
            measured, encoding = kinds.get(kind_of(text)), encoding_for(model)
            if measured and measured.encoding == encoding:
                return measured.apply(count(text, encoding))
        return count_for(text, model)
