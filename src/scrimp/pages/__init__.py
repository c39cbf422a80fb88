"""A rule's page, made from its card: in the terminal, and in Markdown for ``docs/rules``."""

from scrimp.pages import markdown, terminal
from scrimp.pages.sections import Code, Items, Prose, Section, sections

__all__ = ["Code", "Items", "Prose", "Section", "markdown", "sections", "terminal"]
