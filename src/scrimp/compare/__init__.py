"""What differs between two audits.

``pairing``     which prompt of HEAD is which of BASE       ``similarity``  the index that finds edited texts
``bills``       what each prompt answers for, so that all changes add up to the growth of the totals
``bearers``     who bears what a request costs on top       ``calls``       which request of HEAD is which of BASE
``changes``     the prompts that differ                     ``causes``      why each costs what it now does
``unlisted``    what totals grow by beside these
"""

from scrimp.compare.changes import pair
from scrimp.compare.pairing import carry
from scrimp.compare.similarity import holders
from scrimp.compare.unlisted import unlisted

__all__ = ["carry", "holders", "pair", "unlisted"]
