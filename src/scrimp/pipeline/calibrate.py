"""Measures token factors of the models that a tree's prompts are sent to, on these prompts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from scrimp.catalog.models import Model
from scrimp.model.amounts import Grade
from scrimp.model.errors import UserError
from scrimp.model.measured import Measured, MeasuredPrompt
from scrimp.model.prompts import Confidence
from scrimp.pipeline.setup import Setup
from scrimp.tokens import calibration
from scrimp.tokens.calibration import Calibration
from scrimp.tokens.endpoints import PROVIDERS, Endpoint, Provider
from scrimp.tokens.families import encoding_for, factor_for
from scrimp.tokens.sampling import Limits, chosen, measured

MAKERS = {"claude": "anthropic", "gemini": "google", "gpt": "openai", "o-series": "openai"}
"""Who counts for a family, by the beginning of its name: also where somebody else hosts its models."""


class Question(Struct, frozen=True):
    """What one provider is asked about one model, which stands for its family."""

    model: Model
    provider: Provider
    texts: tuple[str, ...]

    @property
    def characters(self) -> int:
        """Characters of its texts."""
        return sum(map(len, self.texts))

    def answered(self, endpoint: Endpoint, date: str) -> Calibration:
        """The factors that the provider's counts make."""
        encoding = encoding_for(self.model)
        ask = measured(
            self.texts, lambda text: endpoint.count(self.model.name, text), encoding, self.model.name, date
        )
        return {self.model.family: ask}


def questions(found: Measured, setup: Setup, named: Sequence[str], limits: Limits) -> tuple[Question, ...]:
    """What to ask: about the models that are named, else about one of each family that requests are sent to.

    About a model that is named all prompts are sent; else each provider gets those that it is sent anyway. Raises
    ``UserError`` for a named model that nobody can be asked about, or that is counted exactly.
    """
    prompts = [each for each in found.prompts if each.prompt.confidence is not Confidence.LOW]
    if named:
        models = [_named(name, setup) for name in named]
    else:
        sent = Counter(each.model for each in found.requests if each.model_source != "default")
        known = (setup.tokenizers.resolve(name) for name, _ in sent.most_common())
        models = [model for model in known if model and _is_worth_asking(model)]
    by_family: dict[str, Model] = {}
    for model in models:
        by_family.setdefault(model.family, model)
    return tuple(
        Question(model, PROVIDERS[maker], chosen(_texts(prompts, None if named else maker, setup), limits))
        for model in by_family.values()
        if (maker := _maker(model))
    )


def merged(known: Calibration, found: Calibration) -> Calibration:
    """A calibration with what was found now in place of what was known of the same family and kind."""
    return {family: {**known.get(family, {}), **found.get(family, {})} for family in {**known, **found}}


def place_of(root: Path, setup: Setup) -> Path:
    """Where the calibration of a tree is kept. Raises ``UserError`` if that is outside of it."""
    name = setup.settings.calibration or calibration.PLACE
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not (root / name).resolve().is_relative_to(root.resolve()):
        raise UserError(f"calibration: {name} is outside of {root}", "name a file below the root")
    return root / name


def _named(name: str, setup: Setup) -> Model:
    model = setup.tokenizers.resolve(name)
    if model is None or _maker(model) is None:
        hint = f"name a model of {', '.join(sorted(PROVIDERS))}"
        raise UserError(f"nobody can be asked how {name} counts", hint)
    if not _is_worth_asking(model):
        raise UserError(f"{name} is counted exactly", "there is nothing to measure")
    return model


def _is_worth_asking(model: Model) -> bool:
    return _maker(model) is not None and factor_for(model).grade not in (Grade.EXACT, Grade.CONFIGURED)


def _texts(prompts: Iterable[MeasuredPrompt], maker: str | None, setup: Setup) -> Iterator[str]:
    """The texts of prompts, of those for the models of one maker if it is given."""
    for each in prompts:
        model = setup.tokenizers.resolve(each.model)
        if maker is None or (model is not None and _maker(model) == maker):
            yield each.prompt.text


def _maker(model: Model) -> str | None:
    return next((maker for prefix, maker in MAKERS.items() if model.family.startswith(prefix)), None)
