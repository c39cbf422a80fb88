"""Tokens and costs of what was linked.

``known``        what is told besides the text: model, volume, answer, owner
``sizes``        tokens of segments: at least, typically, at most
``outputs``      tokens of answers
``costs``        what tokens cost
``requests``     requests with their tokens and costs
``prompts``      prompts with theirs, and their share of the requests'
``measurement``  a whole tree
"""

from scrimp.measure.known import DEFAULT_CALLS, DEFAULT_MODEL
from scrimp.measure.measurement import Measurement
from scrimp.measure.outputs import DEFAULT_OUTPUT
from scrimp.measure.sizes import Size, Sizer, followed_by

__all__ = ["DEFAULT_CALLS", "DEFAULT_MODEL", "DEFAULT_OUTPUT", "Measurement", "Size", "Sizer", "followed_by"]
