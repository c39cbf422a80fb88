"""What a reviewer reads: documents of the schema ``scrimp/1`` as one page of Markdown, for GitHub and GitLab.

``document``  the part of a document that is shown, checked        ``markup``   Markdown that text can't break
``totals``    its amounts and sums
``figures``   sums over documents                                  ``fitting``  cuts a page to what a platform takes
``changes``   what changed in prompts and in their words           ``waste``    what could be saved
``spend``     what an audit found                                  ``page``     puts it together
``policy``    by whose policy it was judged                      ``silence``  changes too small to speak of

``render`` of the format ``markdown`` goes through the same document as a saved one, so that what a run prints and
what is posted later are the same.
"""

from scrimp.reporters.review.document import Document, converted, decoded
from scrimp.reporters.review.fitting import LIMIT
from scrimp.reporters.review.page import page
from scrimp.reporters.review.silence import Thresholds

__all__ = ["LIMIT", "Document", "Thresholds", "converted", "decoded", "page"]
