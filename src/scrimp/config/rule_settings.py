"""What a configuration says of one rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct

from scrimp.model.findings import Severity

AtLeastOne = Annotated[int, Meta(ge=1)]


class RuleTable(Struct, frozen=True, kw_only=True):
    """What every rule has; other keys are options of its own, which are checked against its card."""

    severity: Severity | None = None
    min_saving: Annotated[
        AtLeastOne | None, Meta(description="The fewest tokens of one call that a finding must save.")
    ] = None


class RuleSettings(Struct, frozen=True):
    """What is said of one rule: its own options as written; ``None`` for what every rule has and isn't changed.

    ``min_saving`` are the tokens of one call from which a finding is one.
    """

    severity: Severity | None
    options: Mapping[str, object]
    min_saving: int | None = None


def own_options(written: Mapping[str, Any]) -> dict[str, Any]:
    """What is written of a rule without what every rule has."""
    return {key: value for key, value in written.items() if key not in RuleTable.__struct_fields__}
