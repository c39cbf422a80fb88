"""What differs between two audits.

``pairing``     which prompt of HEAD is which of BASE       ``similarity``  the index that finds edited texts
``bills``       what each prompt answers for, so that all changes add up to the growth of the totals
``changes``     the prompts that differ                     ``causes``      why each costs what it now does
"""

from scrimp.compare.changes import pair
from scrimp.compare.pairing import carry
from scrimp.compare.similarity import holders

__all__ = ["carry", "holders", "pair"]
