"""One importer a source of usage: what its exports look like, and what their records mean.

An importer is a module of this package with ``IMPORTER``, listed in the table below; adding one is its module, its
line here and an example of its export among the tests.
"""

from __future__ import annotations

from scrimp.usage.exports import Sample
from scrimp.usage.importers import anthropic, focus, langfuse, litellm, openai, otel
from scrimp.usage.importers.importer import Importer

IMPORTERS: tuple[Importer, ...] = (
    openai.IMPORTER,
    anthropic.IMPORTER,
    litellm.IMPORTER,
    langfuse.IMPORTER,
    otel.IMPORTER,
    focus.IMPORTER,
)
"""In the order in which they are asked whether they know an export."""

BY_NAME = {each.name: each for each in IMPORTERS}


def recognise(sample: Sample) -> Importer | None:
    """The importer that knows an export by its beginning, if there is one."""
    return next((each for each in IMPORTERS if each.knows(sample)), None)
