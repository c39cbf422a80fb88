"""The page that a reviewer reads: what stands in it, and that no text of a repository can break it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from reporters.example_reports import (
    finding,
    full_report,
    measured_prompt,
    measured_request,
    report,
    reports,
    totals,
    usd,
)
from reporters.rendered_markdown import OURS, Rendered

from scrimp.model.changes import Breach, Cause, Change, Verdict
from scrimp.model.measured import Measured, MeasuredPrompt
from scrimp.model.report import Report
from scrimp.model.segments import TextSegment
from scrimp.reporters import View, reporter
from scrimp.reporters.json import document
from scrimp.reporters.review import decoded, page
from scrimp.reporters.review.fitting import LIMIT, Section, fitted, length

HOSTILE = (
    "@octocat",
    "octocat/hello#1 GH-2 #3",
    "![](http://beacon.example/x.png)",
    "[a](javascript:b)",
    "www.example.com http://example.com a@example.com",
    "<img src=x onerror=y>",
    "</details></summary></code><script>",
    "a|b",
    r"a\|b",
    "`x` ``y`` ```z",
    "````\n```",
    "~~~\n# h\n- x\n> q",
    "a\n\n| x | y |\n|---|---|",
    "\x1b[2J\u202eabc\u200b",
    "::error::x",
    "/close",
    "<!-- scrimp",
    "$`x`$ $$y$$",
    "",
    " ",
    "\\",
    "&lt;&#64;x",
)


def written(of: Report, view: View | None = None) -> str:
    return reporter("markdown").render(of, view or View())


def with_text(prompt: MeasuredPrompt, text: str, static: int, monthly: str) -> MeasuredPrompt:
    segments = (TextSegment(text, prompt.prompt.path, ()),)
    return replace(
        prompt, prompt=replace(prompt.prompt, segments=segments), static=static, monthly=usd(monthly)
    )


def changed(before: str = "Be kind.", after: str = "Be kind and brief.", name: str = "SUPPORT") -> Report:
    """A prompt of an owner, sent by a call, that got longer and dearer."""
    head = with_text(measured_prompt(name, owner="search"), after, 96, "446.75")
    base = with_text(head, before, 27, "429.50")
    return replace(
        report(head, command="diff"),
        changes=(Change("changed", base, head, (Cause("text", Decimal("17.25")),)),),
        verdict=Verdict("fail", (Breach("repository", "+$10", "+$17.25", "fail", name, "", "shorten it"),)),
        totals=totals(1, 96, usd("446.75")),
        base_totals=totals(1, 27, usd("429.50")),
    )


def test_code_that_is_quoted_stays_readable() -> None:
    text = written(replace(changed(), findings=(finding(message="`make sure` adds nothing"),)))

    assert "| `` `make sure` adds nothing `` |" in text


def test_blanks_at_the_end_of_a_line_are_seen() -> None:
    assert "- Be kind.··\n+ Be kind.\n" in written(changed("Be kind.  ", "Be kind."))


def test_a_text_that_stands_in_several_prompts_is_shown_once() -> None:
    one, other = (
        changed("Be kind.\nx", "Be brief.\nx", "ONE"),
        changed("y\nBe kind.", "y\nBe brief.", "OTHER"),
    )

    text = written(replace(one, changes=(*one.changes, *other.changes)))

    assert text.count("+ Be brief.") == 1
    assert "Text of `OTHER`: as in `ONE`\n" in text


def test_long_lines_go_on_between_words() -> None:
    words = " ".join(f"word{number}" for number in range(40))

    (fence,) = Rendered.of(written(changed("x", words))).fences

    lines = [line.removeprefix("+ ") for line in fence.splitlines() if line.startswith("+")]
    assert "".join(line.removesuffix("↩") for line in lines) == words
    assert all(line.endswith(" ↩") for line in lines[:-1])


class TestADiff:
    def test_says_the_verdict_the_money_and_the_budgets_first(self) -> None:
        assert written(changed()).startswith(
            "### scrimp: fail\n"
            "\n"
            "**+$17.25 a month** (+4.0%): about $429.50 → $446.75; static tokens 27 → 96 (+69)\n"
            "\n"
            "| Budget | Limit | Actual | Level | Most of it |\n"
            "| :-- | :-- | :-- | :-- | :-- |\n"
            "| `repository` | `+$10` | `+$17.25` | fail | `SUPPORT` |\n"
            "\n"
            "- `shorten it`\n"
        )

    def test_has_a_row_for_each_changed_prompt_and_says_why(self) -> None:
        text = written(changed())

        assert (
            "| `SUPPORT`<br>`src/app/prompts.py:12` | changed | 27 → 96<br>+69 | $0.00010 "
            "| $429.50 → $446.75<br>**+$17.25** | `search` | `src/app/llm.py:41` | exact / assumed |\n"
        ) in text
        assert "**Why**: text +$17.25\n" in text

    def test_shows_what_changed_in_the_words_to_unfold(self) -> None:
        assert (
            "<details><summary>Text of <code>SUPPORT</code> (changed, +69 tokens)</summary>\n"
            "\n"
            "```diff\n"
            "- Be kind.\n"
            "+ Be kind and brief.\n"
            "```\n"
            "\n"
            "</details>\n"
        ) in written(changed())

    def test_tells_what_it_rests_on_in_one_line(self) -> None:
        last = written(changed()).splitlines()[-1]

        assert last.startswith(
            "<sub>$446.75 on assumed volumes or models; assumed: the volume of 1, the answer of 1 of 1 request; "
        )
        assert "prices: `packaged 2026-11-20`" in last

    def test_offers_what_changed_prompts_could_save(self) -> None:
        text = written(replace(changed(), findings=(finding(),)))

        assert "**Could be saved in what is new or changed**" in text
        assert (
            "| warning `FMT001` | `src/app/prompts.py:14` | `leaked indentation` "
            "| 230 tokens, $12.40 a month, fixable |"
        ) in text

    def test_without_changes_is_one_line(self) -> None:
        same = replace(report(command="diff"), base_totals=totals())

        assert written(same) == "scrimp: no change in prompts (about $0.48 a month)\n"

    def test_of_prompts_that_only_moved_counts_them(self) -> None:
        prompt = measured_prompt()
        moved = replace(
            changed(), changes=(Change("moved", prompt, prompt, ()),), verdict=Verdict("pass", ())
        )

        assert "1 prompt moved or renamed, which costs nothing" in written(moved)

    def test_that_did_not_read_everything_passes_nothing(self) -> None:
        text = written(full_report("diff"))

        assert text.startswith("### scrimp: incomplete\n")
        assert "- `bad.py:7` `syntax: unterminated string`\n" in text

    def test_of_what_has_no_price_says_unknown(self) -> None:
        text = written(full_report("diff"))

        assert "**+$23.46 a month** (+23.5%) and what 1 request of unknown cost may add: " in text
        assert "unknown → $0.00<br>**unknown**" in text
        assert "**Why**: text +$23.46 and unknown\n" in text


def test_an_audit_lists_the_dearest_prompts_and_who_owns_them() -> None:
    text = written(full_report("audit"))

    assert "**about $123.46 a month or more**: 3 prompts in 2 requests, 511 static tokens" in text
    assert text.index("`SUMMARY`") < text.index("`FIX`") < text.index("`TITLE` (low confidence)")
    assert "| `search` | 1 | ~$0.48 |\n| nobody | 1 | unknown |" in text


def test_a_check_lists_findings_that_nothing_hides_and_errors_first() -> None:
    text = written(full_report("check"))

    assert "2 findings: 1 error, 1 warning" in text
    assert text.index("error `CCH001`") < text.index("warning `FMT001`")
    assert "RED003" not in text


def test_a_check_without_findings_is_one_line() -> None:
    assert written(report(command="check")) == "scrimp: no findings\n"


def test_the_documentation_shows_what_is_written() -> None:
    shown = (Path(__file__).parents[2] / "docs/comment.md").read_text("utf-8")

    assert f"````markdown\n{written(changed())}````\n" in shown


def sound(text: str) -> Rendered:
    """The text as it is rendered, if nothing but ours means anything in it."""
    rendered = Rendered.of(text)
    assert not rendered.kinds & {"link_open", "image", "hr", "blockquote_open", "code_block", "softbreak"}
    assert rendered.tags <= OURS
    assert text.count("<details>") == text.count("\n</details>\n")
    assert "@" not in rendered.prose
    assert "http" not in rendered.prose
    assert "www" not in rendered.prose
    assert "GH-" not in rendered.prose
    assert "#" not in rendered.prose.replace("### ", "")
    assert all(line.isprintable() for line in text.split("\n"))
    assert not any(line.startswith("/") for line in text.split("\n"))
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in text.split("\n"))
    assert length(text) <= LIMIT
    return rendered


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_repository_means_anything_on_the_page(text: str) -> None:
    of = changed(before=f"{text}\nx", after=f"y\n{text}\n{text}", name=text)
    of = replace(
        of,
        findings=(replace(finding(path=text, message=text), rule=text),),
        verdict=Verdict("fail", (Breach(text, text, text, "fail", text, "", text),)),
        warnings=(text,),
    )

    rendered = sound(written(of))

    assert set(rendered.rows) == {5, 8, 4}
    assert len(rendered.fences) == 1


@given(reports(), st.lists(st.sampled_from(HOSTILE) | st.text(max_size=30), min_size=2, max_size=2))
@example(full_report("diff"), ["x" * 300, "`" * 300])
@settings(max_examples=60)
def test_every_report_is_a_sound_page(of: Report, texts: list[str]) -> None:
    changes = tuple(
        replace(each, before=each.before and with_text(each.before, texts[0], 1, "1.00"))
        for each in of.changes
    )
    changes = tuple(
        replace(each, after=each.after and with_text(each.after, texts[1], 2, "2.00")) for each in changes
    )

    assert set(sound(written(replace(of, changes=changes))).rows) <= {3, 4, 5, 6, 8}


LEAVES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.integers(-(10**20), 10**20),
    st.from_regex(r"-?[0-9]{1,32}\.[0-9]{2,22}", fullmatch=True),
    st.sampled_from([None, True, [], {}, 0.5]),
)


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the values of a document stand that hold no others."""
    inner = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, each in inner:
        yield from leaves(each, (*at, key))
    if not isinstance(value, list | dict):
        yield at


DOCUMENTS = [document(full_report(command), texts=True) for command in ("audit", "check", "diff")]


@given(st.data())
@settings(max_examples=150)
def test_whatever_a_document_says_it_is_refused_or_a_sound_page(data: st.DataObject) -> None:
    made = []
    for one in data.draw(st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=3)):
        forged = json.loads(json.dumps(one))
        for at in data.draw(st.lists(st.sampled_from(list(leaves(one))), max_size=6)):
            inner = forged
            for step in at[:-1]:
                inner = inner[step]
            inner[at[-1]] = data.draw(LEAVES)
        raw = json.dumps(forged).encode()
        try:
            made.append(decoded(raw))
        except ValueError:
            return

    sound(page(made))


def large(prompts: int, size: int) -> Report:
    """A change of so many prompts, each with so many characters that take two units of UTF-16."""
    pairs = []
    for number in range(prompts):
        head = measured_prompt(f"PROMPT_{number}", static=number)
        after = with_text(head, "\n".join(f"{number} " + "𝔸 `x` " * 20 for _ in range(size)), 2, "2.00")
        pairs.append((with_text(head, "", 1, "1.00"), after))
    heads = tuple(after for _, after in pairs)
    return replace(
        report(*heads, command="diff"),
        measured=Measured(heads, (measured_request(*heads),)),
        changes=tuple(Change("changed", before, after, ()) for before, after in pairs),
        base_totals=totals(),
    )


@pytest.mark.parametrize(("prompts", "size"), [(1, 5_000), (30, 200), (900, 1)])
@pytest.mark.parametrize("view", [View(), View(verbose=True)])
def test_a_page_is_cut_between_lines_and_says_so(prompts: int, size: int, view: View) -> None:
    text = written(large(prompts, size), view)

    rendered = sound(text)
    assert set(rendered.rows) == {8}
    assert "left out" in text
    assert length(text) > LIMIT / 20
    assert text.endswith("not a bill</sub>\n")


@given(
    st.lists(st.lists(st.text(st.characters(categories=["L", "S"]), max_size=9), max_size=9), max_size=5),
    st.integers(0, 60),
)
def test_what_is_left_out_is_whole_and_counted(items: list[list[str]], room: int) -> None:
    sections = [Section(f"head {at}", each, "foot", rank=at % 2) for at, each in enumerate(items)]
    least = sum(length(each.text(0)) + 2 for each in sections)

    text = fitted(sections, least + room)

    assert length(text) <= least + room + 1
    for section in sections:
        shown = next(n for n in range(len(section.items), -1, -1) if section.text(n) in text)
        assert shown == len(section.items) or f"{len(section.items) - shown:,} more line" in text
