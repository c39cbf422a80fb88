"""Who or what bears the cost of a tree.

``keys``      what rows can be made by: owner, model, provider, folder, file
``portions``  each request's cost, shared out among the rows
``rows``      the sums and what they are compared by

A request with prompts of several rows is split by their shares of its input cost; what it costs on top (overhead,
output, parts from outside) is split in the same proportion. A text that stands inside another prompt is borne by that
prompt's row. A request that sends no known prompt is borne by its own row.
"""

from scrimp.attribution.rows import attribute

__all__ = ["attribute"]
