"""Names of prompts, and names of what is said about them or told to people."""

from __future__ import annotations

import re
from functools import cache

from scrimp.expressions import compiled_late

PROMPT_NAME = compiled_late(
    r"prompt|instruction|preamble|persona(?![lt])|backstory|few_?shot|system_?(?:message|msg|text|role|rules)|user_?(?:message|msg)"
    r"|guideline",
    re.IGNORECASE,
)
"""Names of prompts; 0.96 precise on a labelled sample of 38 packages, see the benchmarks."""
FOR_PEOPLE = compiled_late(
    r"(?:set_?up|install(?:ation)?|log_?in|sign_?(?:in|up)|upgrade|migration|deploy(?:ment)?|payment|shipping|delivery|reset"
    r"|recovery)_?instructions?",
    re.IGNORECASE,
)
"""Names of instructions that tell people what to do with a program or a parcel."""
NOT_A_PROMPT_NAME = compiled_late(
    r"^(?:help|usage|epilog|errors?|err|err_?msg|error_?(?:message|msg|text)|log|sql|query_?sql|html|css|url|uri|regex|pattern|title|label|tooltip"
    r"|placeholder|summary|detail|details|reason|status|version|path|file_?name|warning|notice|exception|traceback|docs?|doc_?string"
    r"|metavar|default_?help|banner|copyright|license|headers?|user_agent|footer|caption|emoji|color|icon|deprecat\w*)$",
    re.IGNORECASE,
)
"""Names of what people, databases or browsers read."""
ABOUT_A_PROMPT = compiled_late(
    r"(?:_|(?<=[a-z0-9]))(?i:label|title|placeholder|tooltip|error|warning|url|path|file|filename|id|key|summary|status|preview"
    r"|hint|length|count|version)(?i:_?(?:text|message|msg))?s?$"
)
"""Last words of names of what is said about a prompt: ``promptPlaceholder``, ``PROMPT_ERROR``."""
SAYS_OF_ANOTHER = compiled_late(r"desc|description|hint|notice|subtitle|display_?name", re.IGNORECASE)
"""Names of what is said about something else: by the path alone it is no prompt."""
DESCRIBES = compiled_late(r"(?:\w+_|\w+(?=D))?desc(?:ription)?", re.IGNORECASE)
"""Names of descriptions of what stands around."""


@cache
def names_prompt(name: str) -> bool:
    """Whether a name is one of prompts; a tree has few names very often."""
    return (
        PROMPT_NAME.search(name) is not None
        and ABOUT_A_PROMPT.search(name) is None
        and FOR_PEOPLE.search(name) is None
    )
