"""What tools answer, as far as it is text for the model: what tells it what to do next."""

from __future__ import annotations

import re

from scrimp.link.units import CodeUnit

LEAST_ANSWER_WORDS = 8  # an answer of fewer that doesn't say what to do next is data with a label
BROKEN_INSTALLATION = frozenset(("ImportError", "ModuleNotFoundError", "NotImplementedError"))
"""Errors that tell the developer, not the model, what to do."""
TOOL_METHODS = frozenset(
    ("forward", "run", "_run", "_arun", "arun", "call", "_call", "execute", "__call__", "invoke")
)
ADVICE = re.compile(
    r"\b(?:please|try|use|make sure|do not|don't|should|must|instead|check|provide|avoid|retry|consider|ensure|"
    r"truncated|again)\b",
    re.IGNORECASE,
)
"""Words by which an answer says what to do next, as labels of tool results ask."""
EXECUTED = frozenset(("execute", "func", "handler", "run"))
"""Arguments by which calls that make a tool are given the function that it runs."""


def advises(unit: CodeUnit, method: str) -> bool:
    """Whether a unit in a method of a tool is an answer, or an error that it raises, that says what to do next."""
    return may_answer(unit, method) and ADVICE.search(unit.text) is not None


def may_answer(unit: CodeUnit, method: str) -> bool:
    """Whether a unit in a method of a tool is an answer or an error, whatever it says."""
    site = unit.first
    is_error = (
        site.holder in ("argument", "raise")
        and bool(site.callees)
        and site.callees[-1].endswith(("Error", "Exception"))
        and site.callees[-1] not in BROKEN_INSTALLATION
    )
    is_entry = site.holder == "entry" and not site.callees and unit.words >= LEAST_ANSWER_WORDS
    if method not in TOOL_METHODS and site.holder != "return":
        return False
    return site.holder == "return" or is_error or is_entry
