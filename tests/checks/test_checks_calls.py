"""Rules about calls and about several prompts, beyond what their cards' examples show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from checks.written import Files

from scrimp.catalog.models import resolve
from scrimp.catalog.superseded import in_place_of, succession_of, successions
from scrimp.checks import Results, shipped_cards
from scrimp.checks.shown_examples import shown_examples
from scrimp.config.cards import card_named
from scrimp.model.findings import Finding
from scrimp.prices.book import PriceBook
from scrimp.prices.snapshot import load

CARDS = shipped_cards()
RULES = "\n".join(
    f"{each}. House rule number {each} is read to the guests on arrival." for each in range(120)
)
SHORT = "\n".join(f"{each}. House rule number {each} is read to the guests on arrival." for each in range(30))


def results(rule: str, files: dict[str, str], **options: object) -> Results:
    found = Files(files).checked(card_named(CARDS, rule).configured(options))
    assert found.skipped == ()
    return found


def findings(rule: str, text: str, **options: object) -> tuple[Finding, ...]:
    return results(rule, {"ask.py": text}, **options).findings


def claude(model: str, arguments: str = "", rules: str = RULES) -> str:
    return f'''
import anthropic
RULES_PROMPT = """{rules}"""

def ask(question, model=None):
    anthropic.Anthropic().messages.create(
        model={model}, max_tokens=100, system=RULES_PROMPT,
        messages=[{{"role": "user", "content": question}}], {arguments}
    )
'''


class TestCacheMarker:
    def test_is_worth_what_nine_of_ten_calls_read_less_what_the_tenth_writes(self) -> None:
        (finding,) = findings("CCH003", claude('"claude-sonnet-4-5"'))

        assert finding.tokens_saved is not None
        prefix = Files({"ask.py": claude('"claude-sonnet-4-5"')}).tree.measured.requests[0].caching
        assert prefix is not None
        # Read at a tenth, written at five quarters of the price.
        expected = prefix.cacheable * (1 - Decimal("0.9") * Decimal("0.1") - Decimal("0.1") * Decimal("1.25"))
        assert abs(finding.tokens_saved - expected) <= 1
        assert finding.monthly_saved is not None
        assert finding.monthly_saved > 0

    def test_is_asked_of_each_model_by_its_own_minimum(self) -> None:
        assert len(findings("CCH003", claude('"claude-sonnet-4-5"'))) == 1
        assert findings("CCH003", claude('"claude-opus-4-5"')) == ()  # from 4,096 tokens on

    def test_is_not_decided_where_no_model_is_told(self) -> None:
        found = results("CCH003", {"ask.py": claude("model")})

        assert found.findings == ()
        assert [each.reason for each in found.abstained] == [
            "no model is told, and how it caches depends on it"
        ]

    def test_is_not_decided_where_messages_come_from_outside(self) -> None:
        text = claude('"claude-sonnet-4-5"').replace('[{"role": "user", "content": question}]', "question")

        found = results("CCH003", {"ask.py": text})

        assert (found.findings, len(found.abstained)) == ((), 1)

    def test_is_not_decided_about_a_short_beginning(self) -> None:
        found = results("CCH003", {"ask.py": claude("model", rules=SHORT)})

        assert (found.findings, found.abstained) == ((), ())


def loop(over: str, text: str = "RULES_PROMPT + item") -> str:
    return f'''
import openai
RULES_PROMPT = """{SHORT}"""

def run(letters):
    for item in {over}:
        openai.OpenAI().responses.create(model="gpt-5-mini", input={text})
'''


class TestCallPerItem:
    def test_saves_what_the_items_of_one_call_share(self) -> None:
        (finding,) = findings("CAL002", loop("letters"), items_per_call=4)

        static = Files({"ask.py": loop("letters")}).prompts[0].static
        assert finding.tokens_saved == int(static * Decimal("0.75"))

    def test_counts_what_the_provider_caches_by_itself_at_the_cached_price(self) -> None:
        long = loop("letters").replace(SHORT, RULES)
        (finding,) = findings("CAL002", long, items_per_call=2)

        measured = Files({"ask.py": long})
        (prompt,) = [each for each in measured.prompts if each.static > 200]
        caching = measured.tree.measured.requests[0].caching
        assert caching is not None
        assert caching.cacheable > 1024
        assert finding.tokens_saved == int((prompt.static - caching.cacheable * Decimal("0.9")) / 2)

    def test_shares_no_text_of_which_each_call_sends_one_or_another(self) -> None:
        other = f'OTHER_PROMPT = """{SHORT.replace("guests", "visitors")}"""'
        text = loop("letters", "(RULES_PROMPT if item else OTHER_PROMPT) + item")

        assert findings("CAL002", text.replace("\ndef run", f"{other}\n\ndef run")) == ()

    @pytest.mark.parametrize("over", ["letter_batches", "chunks(letters)", "self.fileChunks"])
    def test_leaves_items_that_are_taken_together(self, over: str) -> None:
        assert findings("CAL002", loop(over)) == ()

    @pytest.mark.parametrize("over", ["rechunked", "letters"])
    def test_asks_for_the_beginning_of_a_word(self, over: str) -> None:
        assert len(findings("CAL002", loop(over))) == 1

    def test_is_not_decided_in_a_conversation(self) -> None:
        text = loop("letters", "history").replace(
            "    for item", '    history = [{"role": "system", "content": RULES_PROMPT}]\n    for item'
        )
        text = text.replace(
            "        openai", '        history.append({"role": "user", "content": item})\n        openai'
        )

        found = results("CAL002", {"ask.py": text})

        assert (found.findings, len(found.abstained)) == ((), 1)


class TestSupersededModels:
    def test_are_known_to_the_catalogue_and_dated(self) -> None:
        for each in successions():
            assert resolve(each.successor) is not None
            assert all(resolve(model) is not None for model in each.models)
            assert each.since < date(2026, 11, 28)
            assert each.source.startswith("https://")

    def test_have_a_successor_that_has_a_price(self) -> None:
        prices = PriceBook(load(), {}, None)

        assert all(prices.price(each.successor) is not None for each in successions())

    @pytest.mark.parametrize(
        ("model", "successor"),
        [
            ("gpt-4-turbo-2024-04-09", "gpt-4.1"),
            ("openai/gpt-4o-2024-08-06", "openai/gpt-4.1"),
            ("azure/gpt-4", "azure/gpt-4.1"),
            ("claude-3-opus-20240229", "claude-opus-4-5"),
        ],
    )
    def test_are_found_in_any_spelling_and_stay_with_their_provider(self, model: str, successor: str) -> None:
        succession = succession_of(model)

        assert succession is not None
        assert in_place_of(model, succession) == successor

    @pytest.mark.parametrize("model", ["gpt-4.1", "gpt-4o-mini", "ft:gpt-4o-2024-08-06:house::x", "my-gpt-4"])
    def test_are_no_others(self, model: str) -> None:
        assert succession_of(model) is None


class TestSeveralAnswers:
    def test_are_told_with_what_the_others_cost(self) -> None:
        text = (
            "import openai\nASK_PROMPT = 'What is the letter about? Answer in one word.'\n"
            'openai.OpenAI().chat.completions.create(model="gpt-4.1", n=3, '
            'messages=[{"role": "user", "content": ASK_PROMPT}])\n'
        )
        (finding,) = findings("CAL004", text)

        assert finding.message.startswith(
            "this call asks for 3 answers and pays for the output of 2 more than one, $"
        )


PARAGRAPH = (
    "Our guests are small museums and their keepers. Never promise them a date, a discount or a person by name, "
    "and keep to what the letter says."
)
OTHER = (
    "Letters that ask for money go to the treasurer, whoever wrote them and however small the sum is. Letters that "
    "ask for nothing are thanked for and put into the archive."
)


class TestSharedParagraphs:
    def test_of_the_same_prompts_are_one_finding(self) -> None:
        files = {
            f"{name}.py": f'{name}_PROMPT = """{name}.\n\n{PARAGRAPH}\n\n{OTHER}\n"""\n' for name in "ABC"
        }

        (finding,) = results("RED005", files).findings

        assert (finding.path, finding.place.line) == ("A.py", 3)
        assert finding.message.startswith("this and 1 more paragraphs, ")
        assert finding.message.endswith(" words in all, are written out again in B.py:3 and in 1 more")

    def test_are_none_where_an_example_is_shared(self) -> None:
        files = {
            f"{name}.py": f'{name}_PROMPT = """{name}.\n\nExample:\n{PARAGRAPH}\n"""\n' for name in "ABC"
        }

        assert results("RED005", files).findings == ()

    def test_are_none_where_blanks_and_capitals_differ_alone(self) -> None:
        files = {
            "a.py": f'A_PROMPT = """Sum up.\n\n{PARAGRAPH}\n"""\n',
            "b.py": f'B_PROMPT = """Sort.\n\n{PARAGRAPH.replace(" ", "  ")}\n"""\n',
            "c.py": f'C_PROMPT = """Reply.\n\n{PARAGRAPH.upper()}\n"""\n',
        }

        assert len(results("RED005", files).findings) == 1


class TestShownExamples:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Do so.\n\nExample 1: one\nExample 2: two\n\n\nNow go.", ["Example 1: one", "Example 2: two"]),
            ("## Example 1\na\n\n## Example 2\nb\n\n## Task\nc", ["## Example 1\na", "## Example 2\nb"]),
            ("<example>a</example>\n<example>b</example>", ["<example>a</example>", "<example>b</example>"]),
            ("Q: a\nA: b\n\nQ: c\nA: d\n\nQ: e\nA:", ["Q: a\nA: b", "Q: c\nA: d"]),
            ("Input: the letter\nInput: the date", []),
            ("For example, write a letter. Another example is a mail.", []),
            ("", []),
        ],
    )
    def test_begin_at_the_headers_of_which_there_are_most(self, text: str, expected: list[str]) -> None:
        assert [text[start:end] for start, end in shown_examples(text)] == expected


def test_an_example_beyond_the_fifth_saves_its_own_tokens() -> None:
    shown = "\n".join(f"Example {each}:\nletter {each} goes into drawer {each}\n" for each in range(1, 8))
    (finding,) = findings("FEW001", f'SORT_PROMPT = """Sort.\n\n{shown}"""\n')

    measured = Files({"ask.py": f'SORT_PROMPT = """Sort.\n\n{shown}"""\n'}).prompts[0]
    assert finding.tokens_saved is not None
    assert 0 < finding.tokens_saved < measured.static * 2 / 7
    assert finding.fix is None


@pytest.mark.parametrize("limit", [{"max": 2}, {"max_tokens": 5}])
def test_an_agent_file_is_limited_in_lines_and_in_tokens(limit: dict[str, int]) -> None:
    text = "# House\nRun the tests before you commit.\nKeep to the style of the file.\n"

    (finding,) = results("BUD002", {"AGENTS.md": text}, **limit).findings

    assert ("3 lines" if "max" in limit else "tokens") in finding.message
