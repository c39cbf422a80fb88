"""``scrimp prices``: the prices in force, with their date and source; the lock, and newer lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrimp.model.errors import UserError

if TYPE_CHECKING:
    from scrimp.pipeline.setup import Setup
    from scrimp.prices.book import PriceBook
    from scrimp.prices.snapshot import Snapshot
    from scrimp.tree.worktree import Worktree

EPILOG = """\b
Examples:
  scrimp prices gpt-5-mini                    every price and rule of a model
  scrimp prices azure/gpt-4o claude-sonnet-4-5
  scrimp prices --differences                 where the two sources disagree
  scrimp prices --lock                        keep the prices of the models in use
  scrimp prices --refresh prices.json         replace them by a newer list's
"""


@click.command("prices", epilog=EPILOG)
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@click.option(
    "--lock", is_flag=True, help="Write the prices of the models in use to scrimp-prices.lock.json."
)
@click.option(
    "--refresh",
    metavar="FILE|URL",
    help="Lock the prices of a newer list: scrimp's or LiteLLM's. Only an address uses the network.",
)
@click.option("--force", is_flag=True, help="Accept prices that become free or change more than tenfold.")
@click.option("--differences", is_flag=True, help="List the models whose price the two sources disagree on.")
@click.option("--config", metavar="FILE", help="Use this configuration instead of looking for one.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(models: tuple[str, ...], config: str | None, form: str, **options: Any) -> int:
    """Show what each MODEL costs, in USD per million tokens, and which price list says so.

    The configuration's own prices go before the lock, and that before the packaged list.
    """
    from scrimp.commands import price_pages  # noqa: PLC0415  heavy
    from scrimp.commands.printing import show, show_document  # noqa: PLC0415
    from scrimp.pipeline.roots import root_for  # noqa: PLC0415
    from scrimp.pipeline.setup import setup  # noqa: PLC0415
    from scrimp.tree.worktree import Worktree  # noqa: PLC0415

    tree = Worktree(root_for(Path.cwd(), config))
    made = setup(tree, config)
    if options["lock"] or options["refresh"]:
        if models:
            raise UserError("a lock holds the models that the project uses", "leave the MODEL arguments out")
        return _lock(tree, made, options["refresh"], force=options["force"])
    if options["differences"]:
        page, document = price_pages.differences(made.prices, models)
    else:
        page, document = price_pages.prices(made.prices, models)
    if form == "json":
        show_document(document)
    else:
        show(f"{page}\n")
    _refuse_unknown(made.prices, models)
    return 0


def _refuse_unknown(book: PriceBook, models: tuple[str, ...]) -> None:
    unknown = [name for name in models if book.price(name) is None]
    if unknown:
        raise UserError(
            f"no price is known for {', '.join(unknown)}",
            "state it under prices: in scrimp.yaml, in USD per million tokens",
        )


def _lock(tree: Worktree, made: Setup, refresh: str | None, *, force: bool) -> int:
    """Show what a lock would change, and write it unless a change can't be believed."""
    from scrimp.commands import price_pages  # noqa: PLC0415
    from scrimp.commands.output import write_in_tree  # noqa: PLC0415
    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import counted  # noqa: PLC0415
    from scrimp.pipeline.pricing import lock  # noqa: PLC0415
    from scrimp.prices.lock import FILE  # noqa: PLC0415

    today = date.today()
    locked = lock(tree, made, today, _newer(refresh, today) if refresh else None)
    say(*price_pages.locked(locked))
    if locked.suspicious and not force:
        raise UserError(
            f"prices of {counted(len(locked.suspicious), 'model')} become free or change more than tenfold: nothing was"
            " written",
            "check them with the provider, then say --force",
        )
    write_in_tree(tree.root, FILE, locked.text)
    say(f"wrote {FILE}: {counted(len(locked.lock.entries), 'model')}")
    return 0


def _newer(place: str, today: date) -> Snapshot:
    """The list at a place, said with its hash so that it can be compared with what its publisher tells."""
    import hashlib  # noqa: PLC0415

    from scrimp.commands.printing import say  # noqa: PLC0415
    from scrimp.model.written import counted  # noqa: PLC0415
    from scrimp.prices.fetch import content  # noqa: PLC0415
    from scrimp.prices.refresh import newer  # noqa: PLC0415

    found = content(place)
    snapshot = newer(found, place, today)
    say(f"{place}: {counted(len(snapshot.rows), 'model')} of {snapshot.date}")
    say(f"sha256 {hashlib.sha256(found).hexdigest()}")
    return snapshot
