"""``--format markdown``: the page that a reviewer reads, for a job's summary or a comment.

It is made from the JSON document, as ``scrimp comment`` makes it from saved ones; see ``review``.
"""

from __future__ import annotations

from scrimp.model.report import Report
from scrimp.reporters.json import document
from scrimp.reporters.review import converted, page
from scrimp.reporters.view import View


def render(report: Report, view: View) -> str:
    """The page of a report, with the texts of changed prompts, cut to what a comment may hold."""
    return page([converted(document(report, texts=True))], view.rows)
