"""What a project measured of its own texts: factors of model families, in a file that ``scrimp calibrate`` writes.

```yaml
schema: scrimp-calibration/1
families:
  claude-from-4.7:
    prose: {low: 1.49, typical: 1.57, high: 1.66, encoding: o200k_base, texts: 18, tokens: 5120,
      model: claude-sonnet-5, date: 2026-11-24}
```

``low``, ``typical`` and ``high`` are tokens for each one of ``encoding``, measured on ``texts`` texts that had
``tokens`` of these together, by the counting endpoint of the provider of ``model``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from scrimp.expressions import compiled_late
from scrimp.model.amounts import Grade, Interval
from scrimp.model.errors import UserError
from scrimp.tokens.families import Band
from scrimp.tokens.kinds import Kind

if TYPE_CHECKING:
    from scrimp.config.documents import Document, KeyPath, Value

SCHEMA = "scrimp-calibration/1"
PLACE = ".scrimp/calibration.yaml"
"""Where the file lies if the configuration names no other."""

HIGHEST = 100
"""The largest factor that isn't taken for a mistake."""

_DAY = compiled_late(r"\d{4}-\d{2}-\d{2}")


class Measured(Struct, frozen=True):
    """A factor that was measured, and on what: ``tokens`` are of ``encoding``, ``date`` is YYYY-MM-DD."""

    band: Band
    encoding: str
    texts: int
    tokens: int
    model: str
    date: str

    def apply(self, tokens: int) -> Interval[int]:
        """The interval for a text that has this many tokens in ``encoding``."""
        return self.band.apply(tokens, Grade.CALIBRATED)


Calibration = Mapping[str, Mapping[Kind, Measured]]
"""Measured factors by family and kind of text."""


def read(path: str, raw: bytes) -> Calibration:
    """The calibration in the bytes of a file. Raises a located ``UserError`` for what can't be understood."""
    from scrimp.config.documents import parse  # noqa: PLC0415  heavy, and few projects have one

    reader = _Reader(parse(path, raw))
    if reader.mapping(()).get("schema") != SCHEMA:
        reader.refuse(("schema",), f"schema: expected {SCHEMA}")
    reader.only((), {"schema", "families"})
    return {
        family: {
            reader.kind((*path_, kind)): reader.measured((*path_, kind)) for kind in reader.mapping(path_)
        }
        for family in reader.mapping(("families",))
        if (path_ := ("families", family))
    }


def write(calibration: Calibration) -> str:
    """The file's text: families and kinds in the order of their names, so that a change shows as one."""
    lines = ["# Measured by scrimp calibrate; see the documentation of that command.", f"schema: {SCHEMA}"]
    lines.append("families:" if calibration else "families: {}")
    for family, kinds in sorted(calibration.items()):
        lines.append(f"  {family}:")
        lines += [f"    {kind}: {_flow(measured)}" for kind, measured in sorted(kinds.items())]
    return "\n".join(lines) + "\n"


def _flow(measured: Measured) -> str:
    band = measured.band
    figures = (f"{name}: {getattr(band, name) / 1000:.3f}" for name in ("low", "typical", "high"))
    what = f"texts: {measured.texts}, tokens: {measured.tokens}"
    return (
        f"{{{', '.join(figures)}, encoding: {measured.encoding}, {what}, "
        f'model: "{measured.model}", date: {measured.date}}}'
    )


class _Reader(Struct, frozen=True):
    """Takes values out of a document by path, each of the right type."""

    document: Document

    def measured(self, path: KeyPath) -> Measured:
        self.only(path, {"low", "typical", "high", "encoding", "texts", "tokens", "model", "date"})
        low, typical, high = (self._factor((*path, name)) for name in ("low", "typical", "high"))
        if not low <= typical <= high:
            self.refuse(path, "low, typical and high must stand in this order")
        band = Band(
            int((low * 1000).to_integral_value(ROUND_FLOOR)),
            int((typical * 1000).to_integral_value(ROUND_HALF_EVEN)),
            int((high * 1000).to_integral_value(ROUND_CEILING)),
        )
        day = self._text((*path, "date"))
        if not _DAY.fullmatch(day):
            self.refuse((*path, "date"), "date: expected a day such as 2026-11-24")
        texts, tokens = (self._number((*path, name)) for name in ("texts", "tokens"))
        return Measured(
            band, self._text((*path, "encoding")), texts, tokens, self._text((*path, "model")), day
        )

    def kind(self, path: KeyPath) -> Kind:
        if path[-1] not in set(Kind):
            self.refuse(path, f"no kind of text is called {path[-1]}: use one of {', '.join(Kind)}")
        return Kind(path[-1])

    def mapping(self, path: KeyPath) -> Mapping[str, Value]:
        value = self._at(path)
        if not isinstance(value, dict):
            self.refuse(path, f"{path[-1] if path else 'the file'}: expected a mapping")
        return value

    def only(self, path: KeyPath, known: set[str]) -> None:
        for key in self.mapping(path):
            if key not in known:
                self.refuse((*path, key), f"unknown key {key}: use {', '.join(sorted(known))}")

    def _factor(self, path: KeyPath) -> Decimal:
        value = self._at(path)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= HIGHEST:
            self.refuse(path, f"{path[-1]}: expected a number above 0 and up to {HIGHEST}")
        return Decimal(str(value))

    def _number(self, path: KeyPath) -> int:
        value = self._at(path)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.refuse(path, f"{path[-1]}: expected a whole number")
        return value

    def _text(self, path: KeyPath) -> str:
        value = self._at(path)
        if not isinstance(value, str) or not value:
            self.refuse(path, f"{path[-1]}: expected text")
        return value

    def _at(self, path: KeyPath) -> Value:
        value = self.document.value
        for step in path:
            value = value.get(str(step)) if isinstance(value, dict) else None
        return value

    def refuse(self, path: KeyPath, message: str) -> NoReturn:
        raise UserError(f"{self.document.at(path)}: {message}", "run scrimp calibrate again")
