"""``scrimp cache``: what earlier runs left, and how it goes."""

from __future__ import annotations

import click

MEBIBYTE = 2**20


@click.group("cache")
def command() -> None:
    """What earlier runs found out, kept so that later ones needn't do it again."""


@command.command("clean")
def clean() -> int:
    """Empty the cache of all trees. Nothing is lost but time: the next run of each does everything anew."""
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.errors import UserError  # noqa: PLC0415
    from scrimp.store import place, tidy  # noqa: PLC0415

    whole = place.base()
    if whole is None:
        raise UserError("there is no folder for caches", f"name one in {place.VARIABLE}, or set HOME")
    size = tidy.empty(whole)
    if whole.exists():
        raise UserError(f"{whole}: not all of it could be removed", "look who owns it, and remove it by hand")
    say(f"Removed {size / MEBIBYTE:,.1f} MiB from {whole}.")
    return 0
