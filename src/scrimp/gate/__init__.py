"""Budgets against what was measured: pure arithmetic, no files, no clock, no output.

``judging``     the verdict                         ``scope``       which prompts and requests a budget speaks of
``money``       totals, growth, shares of an allowance, and what has no price
``calls``       what one call costs                 ``sizes``       how long one prompt is
``exceptions``  those that ended or soon will       ``words``       breaches as people read them
``ground``      what of an amount is assumed         ``found``       new findings, where they are to fail

A budget speaks of the prompts in its scope (all, an owner's, a model's, those a glob matches) that no exception lets
off today. A prompt that BASE knows is judged by its place and owner there, so moving it never breaks a budget; a
low-confidence prompt never counts, but a call that sends nothing else does, as one without known text. Money is
US dollars a month, the known part of each interval. Guesses never let a change pass: what examples fill variables
with, and what a prompt's words let expect of the answer, is left out of growth, and lowers no total.
"""

from scrimp.gate.exceptions import notices
from scrimp.gate.found import with_findings
from scrimp.gate.judging import incomplete, judge, judge_part

__all__ = ["incomplete", "judge", "judge_part", "notices", "with_findings"]
