"""What only linking tells: a fix that changes holes, a margin or another prompt is known before it is made."""

from __future__ import annotations

import pytest
from checks.written import Files

from scrimp.fix import broken
from scrimp.fix.prompts import GONE, LARGER, OTHER, REPEATED
from scrimp.fix.shift import splice
from scrimp.model.findings import Edit
from scrimp.model.source import Place

CALL = "import openai\nfrom texts import TEXT\nopenai.OpenAI().responses.create(model='gpt-5', input={})\n"
FILLED = CALL.format("TEXT.format(change=change, rules=rules)")
PLAIN = CALL.format("TEXT")
TEMPLATE = 'TEXT = """\n    Review the {change} that is below.\n    Keep  to {rules}\n  and be brief."""\n'
DEDENTED = "import textwrap\n" + TEMPLATE.replace('"""\n', 'textwrap.dedent("""\n', 1).replace(
    '."""', '.""")'
)
JOINED = 'TEXT = " - ".join(["Review the change that is below", "name each  problem once", "and be brief"])\n'
FRAMED = 'LINE = "========"\nTEXT = f"{LINE}\\nReview the change that is below\\n{LINE}"\n'


def reasons(app: str, texts: str, old: str, new: str) -> dict[str, str]:
    """Why the replacement of a part of ``texts.py`` is no fix, by prompt."""
    start = texts.index(old)
    edit = Edit("texts.py", start, start + len(old), new, Place(1, 1, 1, 1))
    before, after = (
        Files({"app.py": app, "texts.py": each}).prompts for each in (texts, splice(texts, [edit]))
    )
    return broken(before, after, [edit])


@pytest.mark.parametrize(
    ("app", "texts", "old", "new", "reason"),
    [
        (FILLED, TEMPLATE, "Keep  to", "Keep to", None),
        (FILLED, TEMPLATE, "Review the", "Judge the", None),
        (FILLED, TEMPLATE, " {rules}", "", OTHER),
        (FILLED, TEMPLATE, "{change}", "{rules}", OTHER),
        (FILLED, TEMPLATE, " and be brief.", " {and} be brief.", OTHER),
        (FILLED, TEMPLATE, "Keep  to", "Keep strictly and always and in all cases to", LARGER),
        (PLAIN, DEDENTED, "Keep  to", "Keep to", None),
        (PLAIN, DEDENTED, "    Keep", "   Keep", None),
        (PLAIN, DEDENTED, "\n  and be brief.", "", OTHER),  # the others would lose more of their margin
        (PLAIN, JOINED, "name each  problem", "name each problem", None),
        (PLAIN, JOINED, " - ", " ", OTHER),
        (PLAIN, FRAMED, "=====", "---", REPEATED),
        (PLAIN, TEMPLATE, TEMPLATE[10:-4], "", GONE),
    ],
)
def test_a_prompt_is_the_same_but_for_what_is_replaced(
    app: str, texts: str, old: str, new: str, reason: str | None
) -> None:
    expected = {} if reason is None else {"texts.py::TEXT": reason}
    assert reasons(app, texts, old, new) == expected
