"""``--show-settings`` and ``--show-files``: what a command would work with."""

from __future__ import annotations

from scrimp import __version__
from scrimp.commands.printing import say, show
from scrimp.pipeline.scan import files_in_scope
from scrimp.pipeline.setup import Setup
from scrimp.tree.files import Tree


def shown(tree: Tree, setup: Setup, *, settings: bool, files: bool) -> bool:
    """Print what was asked for; whether anything was."""
    if settings:
        show(_settings(tree, setup))
    if files:
        say(*files_in_scope(tree, setup.settings, setup.formats))
    return settings or files


def _settings(tree: Tree, setup: Setup) -> str:
    """The settings in force, each with where it comes from."""
    import json  # noqa: PLC0415

    from scrimp.measure import DEFAULT_CALLS, DEFAULT_MODEL, DEFAULT_OUTPUT  # noqa: PLC0415  heavy

    loaded = setup.loaded
    stamp = setup.prices.stamp
    lines = [
        f"scrimp {__version__}",
        f"root: {tree.root}",
        f"configuration: {', '.join(each.located.file for each in loaded.files) or 'none found'}",
        f"prices: {stamp.source}, {stamp.date}, sha256 {stamp.sha256}",
        f"rules: {', '.join(card.id for card in setup.cards)}",
        f"defaults: model {DEFAULT_MODEL}, {DEFAULT_CALLS} calls a month, {DEFAULT_OUTPUT} output tokens (assumed)",
    ]
    for each in loaded.files:
        values = json.dumps(each.located.value, indent=2, ensure_ascii=False, default=str)
        lines.append(f"{each.located.file}:\n{values}")
    return "".join(f"{line}\n" for line in lines)
