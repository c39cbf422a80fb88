"""The linker: the facts of all files become prompts and requests.

Calls of known SDKs are joined with the text that reaches them; what no call reached is judged by its names, path and
text; then everything gets an id that survives moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from scrimp.model.facts import Facts
from scrimp.model.prompts import Linked
from scrimp.readers.sdks import Sdk, sdks

if TYPE_CHECKING:
    from scrimp.link.index import Index

CODE_LANGUAGES = frozenset(
    ("python", "javascript", "typescript", "csharp", "go", "java", "php", "ruby", "rust")
)

__all__ = ["link", "make_ready"]


def make_ready() -> None:
    """Load the linker, and what it judges texts with, while other processes read."""
    from scrimp.expressions import compile_late  # noqa: PLC0415
    from scrimp.link import assemble, classify, prompt_names  # noqa: F401, PLC0415  heavy
    from scrimp.link.calls import wires  # noqa: PLC0415
    from scrimp.readers import paths  # noqa: PLC0415
    from scrimp.readers.evidence import speaks_to_model  # noqa: PLC0415
    from scrimp.readers.templates import detect, format  # noqa: A004, F401, PLC0415

    compile_late(classify, prompt_names, paths, detect)
    wires.make_ready(sdks())
    speaks_to_model("")
    paths.is_never_prompt("")
    paths.is_test("")


def link(files: Mapping[str, Facts], own: Iterable[Sdk] = (), index: Index | None = None) -> Linked:
    """All prompts and requests of a tree, from the facts of its files by path.

    ``own`` are the project's own call patterns, which go before ours. ``index`` is what was looked up of some of the
    files already.
    """
    from scrimp.link.assemble import Assembly  # noqa: PLC0415  heavy, and a scan needs but a few names of ours
    from scrimp.link.calls import Calls  # noqa: PLC0415
    from scrimp.link.evaluation import Evaluator  # noqa: PLC0415
    from scrimp.link.files import Files  # noqa: PLC0415
    from scrimp.link.index import Index  # noqa: PLC0415

    code = [(path, facts) for path, facts in files.items() if facts.language in CODE_LANGUAGES]
    whole = (Index() if index is None else index).completed(code)
    evaluator = Evaluator(whole.symbols(), Files(files), whole.aliases)
    sendings = Calls(evaluator, (*own, *sdks())).find()
    return Assembly(files, whole, evaluator, sendings).linked()
