"""Tokens and costs of what was linked.

``known``        what is told besides the text: model, volume, answer, owner
``variables``    tokens of what fills holes; ``pictures`` images of the tree that do; ``misnamed`` sizes of what is no
                 hole
``sizes``        tokens of segments: at least, typically, at most
``sized``        those of the prompts of a tree
``outputs``      tokens of answers: as told, as ``shapes`` of schemas let them be, as ``limits`` in a prompt's words
                 ask for, or as ``tasks`` let assume; ``prose`` reads sentences
``costs``        what tokens cost; ``charges`` with what is cached and how it is served
``requests``     requests with their tokens and costs
``prompts``      prompts with theirs, and their share of the requests'
``measurement``  a whole tree
"""

from scrimp.measure.known import DEFAULT_CALLS, DEFAULT_MODEL
from scrimp.measure.measurement import Measurement
from scrimp.measure.sizes import Size, Sizer, followed_by
from scrimp.measure.tasks import DEFAULT_OUTPUT

__all__ = ["DEFAULT_CALLS", "DEFAULT_MODEL", "DEFAULT_OUTPUT", "Measurement", "Size", "Sizer", "followed_by"]
