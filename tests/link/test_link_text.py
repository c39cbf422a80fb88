"""Every way in which Python code puts a text together, as the text that is sent."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from linked_repository import linked, linked_module, prompt, shown

from scrimp.model.segments import LoopSegment, TextSegment, walk


def sent_text(code: str, expression: str = "prompt") -> str:
    """What is sent where ``expression`` is a message's content below ``code``."""
    found = linked_module(
        f"{code}\nimport openai\nopenai.OpenAI().responses.create(model='gpt-5-mini', input={expression})\n"
    )
    (request,) = [each for each in found.requests if not each.implicit]
    return "".join(shown(prompt(found, part.prompt)) for part in request.parts)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"You answer questions about birds."', "You answer questions about birds."),
        ('"You answer " "questions" \' about birds.\'', "You answer questions about birds."),
        ('("You answer "  # slowly\n "questions")', "You answer questions"),
        ('"You answer " + "questions" + " about birds."', "You answer questions about birds."),
        ('f"You answer {kind} questions"', "You answer {kind} questions"),
        ('f"You answer {kind!r:>10} questions" " about birds"', "You answer {kind} questions about birds"),
        ('f"You answer {names[0].upper()} questions"', "You answer {names[0].upper()} questions"),
        ('"You answer {kind} questions".format(kind=kind)', "You answer {kind} questions"),
        ('"You answer {} questions {}".format(kind, "today")', "You answer {kind} questions today"),
        ('"You answer {0} {1} {0}".format(kind, "or")', "You answer {kind} or {kind}"),
        ('"You answer {kind} questions".format(kind="few")', "You answer few questions"),
        ('"Write {{json}} about {kind}".format(kind=kind)', "Write {json} about {kind}"),
        ('"You answer %s questions of %d" % (kind, 3)', "You answer {kind} questions of 3"),
        ('"You answer %(kind)s questions" % {"kind": kind}', "You answer {kind} questions"),
        ('"You answer 100%% of %s" % kind', "You answer 100% of {kind}"),
        ('"You answer " + kind + " questions"', "You answer {kind} questions"),
        ('"\\n".join(["You answer questions", "about birds", kind])', "You answer questions\nabout birds\n{kind}"),
        ('", ".join(("You answer", "questions"))', "You answer, questions"),
        ('"  You answer questions\\n".strip()', "You answer questions"),
        ('"You answer questions: KIND".replace("KIND", "few")', "You answer questions: few"),
        ('"You answer questions: KIND".replace("KIND", kind)', "You answer questions: {kind}"),
        ('dedent("""\n    You answer\n      questions\n    """)', "\nYou answer\n  questions\n"),
        ('textwrap.dedent(f"""\n    You answer\n    {kind}\n    """).strip()', "You answer\n{kind}"),
        ('inspect.cleandoc("""You answer\n    questions\n    """)', "You answer\nquestions"),
        ('"You answer " + ("few" if short else "many") + " questions"', "You answer <few|many> questions"),
        ('f"You answer {\'few\' if short else \'many\'} questions"', "You answer <few|many> questions"),
        ('kind or "You answer all questions"', "You answer all questions"),
        ('("You answer all questions")', "You answer all questions"),
        ('str("You answer all questions")', "You answer all questions"),
        ('cast(str, "You answer all questions")', "You answer all questions"),
    ],
)  # fmt: skip
def test_an_expression_is_sent_as_its_text(expression: str, text: str) -> None:
    code = (
        "import textwrap, inspect\nfrom textwrap import dedent\n"
        "def ask(kind, names, short):\n"
        f"    prompt = {expression}\n"
        "    import openai\n"
        "    openai.OpenAI().responses.create(model='gpt-5-mini', input=prompt)\n"
    )
    found = linked({"app.py": code})

    (request,) = found.requests
    assert "".join(shown(prompt(found, part.prompt)) for part in request.parts) == text


def test_a_text_too_deep_within_functions_is_found_where_it_is_less_deep() -> None:
    deep = "def rule():\n    return 'Never answer questions about money.'\n" + "".join(
        f"def {outer}():\n    return {inner}()\n"
        for inner, outer in (("rule", "rules"), ("rules", "tone"), ("tone", "frame"), ("frame", "prompt"))
    )
    assert not sent_text(deep, "prompt()")
    assert sent_text(deep, "tone()") == "Never answer questions about money."
    both = "[{'role': 'system', 'content': prompt()}, {'role': 'user', 'content': tone()}]"
    assert sent_text(deep, both) == "Never answer questions about money."


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (
            """
            prompt = "You answer questions."
            prompt += " You know all about birds."
            prompt += f" Speak {language}."
            """,
            "You answer questions. You know all about birds. Speak {language}.",
        ),
        (
            """
            prompt = "You answer questions."
            prompt = prompt + " You know all about birds."
            """,
            "You answer questions. You know all about birds.",
        ),
        (
            """
            prompt = "You answer questions."
            if language:
                prompt += f" Speak {language}."
            """,
            "You answer questions.< Speak {language}.|>",
        ),
        (
            """
            prompt = "You answer questions of:"
            for name in language:
                prompt += f"\\n- {name}"
            """,
            "You answer questions of:(\n- {name})*",
        ),
        (
            """
            lines = []
            lines.append("You answer questions.")
            lines.append("You know all about birds.")
            prompt = "\\n".join(lines)
            """,
            "You answer questions.\nYou know all about birds.",
        ),
        (
            """
            prompt = "An older text that is thrown away."
            prompt = "You answer all questions."
            """,
            "You answer all questions.",
        ),
        (
            """
            for name in language:
                if name:
                    prompt = "You answer questions."
                    prompt += f" Speak {name}."
            """,
            "You answer questions. Speak {name}.",
        ),
    ],
)
def test_steps_make_one_text(steps: str, text: str) -> None:
    code = "def ask(language):\n" + indent(dedent(steps), "    ") + "    send(prompt)\n"
    found = linked(
        {
            "app.py": code + "\nimport openai\n"
            "def send(text):\n    openai.OpenAI().responses.create(model='gpt-5-mini', input=text)\n"
        }
    )

    (request,) = [each for each in found.requests if not each.implicit]
    assert "".join(shown(prompt(found, part.prompt)) for part in request.parts) == text


@pytest.mark.parametrize(
    ("code", "expression", "text"),
    [
        ('class Bot:\n    SYSTEM = "You answer all questions."\n', "Bot.SYSTEM", "You answer all questions."),
        (
            'class Base:\n    system = "You answer all questions."\nclass Bot(Base):\n    pass\n',
            "Bot().system",
            "You answer all questions.",
        ),
        ('def ask(text="You answer all questions."):\n    return text\n', "ask()", "You answer all questions."),
        ('PROMPTS = {"bird": "You answer all questions."}\n', 'PROMPTS["bird"]', "You answer all questions."),
        ('P = {}\nP["bird"] = "You answer all questions."\n', 'P["bird"]', "You answer all questions."),
        ('P = {"a": {"b": "You answer all questions."}}\n', 'P["a"]["b"]', "You answer all questions."),
        ('PROMPTS = dict(bird="You answer all questions.")\n', 'PROMPTS["bird"]', "You answer all questions."),
        ('PROMPTS = {"bird": "You answer all questions."}\n', 'PROMPTS.get("bird")', "You answer all questions."),
        ('PROMPTS = ["Not this text here.", "You answer all questions."]\n', "PROMPTS[1]", "You answer all questions."),
        ('A, B = "Not this text here.", "You answer all questions."\n', "B", "You answer all questions."),
        ('A = B = "You answer all questions."\n', "A", "You answer all questions."),
        ('def text():\n    return "You answer all questions."\n', "text()", "You answer all questions."),
        (
            'def text(kind):\n    return f"You answer {kind} questions."\n',
            'text("few")',
            "You answer {kind} questions.",
        ),
        (
            'class Kind(Enum):\n    BIRD = "You answer all questions."\n',
            "Kind.BIRD.value",
            "You answer all questions.",
        ),
        (
            'class Bot:\n    def __init__(self):\n        self.system = "You answer all questions."\n'
            "    def text(self):\n        return self.system\n",
            "Bot().text()",
            "You answer all questions.",
        ),
        (
            'class Bot:\n    @property\n    def text(self):\n        return "You answer all questions."\n',
            "Bot().text",
            "You answer all questions.",
        ),
        (
            "from pydantic import BaseModel, Field\nclass Bot(BaseModel):\n"
            '    system: str = Field(default="You answer all questions.")\n',
            "Bot().system",
            "You answer all questions.",
        ),
    ],
)  # fmt: skip
def test_a_text_is_followed_through_what_holds_it(code: str, expression: str, text: str) -> None:
    assert sent_text(code, expression) == text


@pytest.mark.parametrize(
    "code",
    [
        """
        def ask(kind):
            prompt = "You answer all questions." if kind else "You are silent now."
            openai.OpenAI().responses.create(input=prompt)
        """,
        """
        def ask(kind):
            if kind:
                prompt = "You answer all questions."
            else:
                prompt = "You are silent now."
            openai.OpenAI().responses.create(input=prompt)
        """,
        """
        def ask(kind):
            openai.OpenAI().responses.create(input=text(kind))

        def text(kind):
            if kind:
                return "You answer all questions."
            return "You are silent now."
        """,
    ],
)
def test_alternatives_that_are_whole_texts_are_prompts_of_one_request(code: str) -> None:
    found = linked_module("import openai\n" + dedent(code))

    (request,) = found.requests
    assert [shown(prompt(found, part.prompt)) for part in request.parts] == [
        "You answer all questions.",
        "You are silent now.",
    ]


def test_a_template_filled_elsewhere_keeps_its_variables() -> None:
    found = linked_module(
        """
        import openai
        TEMPLATE = "You answer {kind} questions about {{birds}}."
        def ask(kind):
            openai.OpenAI().responses.create(input=TEMPLATE.format(kind=kind))
        """
    )

    (one,) = found.prompts
    assert shown(one) == "You answer {kind} questions about {birds}."
    assert (one.template, [variable.name for variable in one.variables]) == ("format", ["kind"])


def test_a_variable_knows_where_it_is_written() -> None:
    code = (
        "import openai\n"
        "def ask(kind, place):\n"
        '    text = "You answer {} questions" "?".format(kind)\n'
        '    openai.OpenAI().responses.create(input=text + f" Please do so in {place}.")\n'
    )
    found = linked({"app.py": code})

    written = {
        code[variable.start : variable.end]
        for each in found.prompts
        for variable in each.variables
        if variable.path == "app.py"
    }
    assert written == {"{}", "{place}"}


def test_what_a_constant_holds_is_put_in_place() -> None:
    found = linked_module(
        """
        import openai
        RULES = "Never invent a bird."
        PERSONA = f"You answer all questions. {RULES}"
        def ask(question):
            openai.OpenAI().responses.create(instructions=PERSONA, input=f"{question}")
        """
    )

    assert shown(prompt(found, "PERSONA")) == "You answer all questions. Never invent a bird."


def test_every_character_that_is_written_knows_where() -> None:
    code = (
        "from textwrap import dedent\n"
        'RULES = "Never invent a bird: \\u00e9."\n'
        'SYSTEM_PROMPT = dedent(f"""\n    You answer\n      questions.\n    {RULES} %s\n    """).strip()\n'
        "import openai\n"
    )
    found = linked({"app.py": code})

    for each in found.prompts:
        for segment in walk(each.segments):
            if isinstance(segment, TextSegment):
                for start, end, written, written_end in segment.pieces:
                    if end - start == written_end - written:
                        assert segment.value[start:end] == code[written:written_end]
    text = prompt(found, "SYSTEM_PROMPT")
    assert shown(text) == "You answer\n  questions.\nNever invent a bird: é. %s"
    assert code[text.start : text.end].startswith('dedent(f"""')


def test_a_name_bound_below_its_use_in_a_loop_is_found() -> None:
    found = linked_module(
        """
        import openai
        client = openai.OpenAI()
        def run():
            while True:
                if ready:
                    client.responses.create(input=follow_up)
                follow_up = "Ask the next question about birds."
        """
    )

    (request,) = found.requests
    assert [part.prompt for part in request.parts] == ["app.py::run.follow_up"]


@pytest.mark.parametrize(
    ("items", "number"),
    [
        ('["a", "b", "c"]', 3),
        ("STEPS", 4),
        ("enumerate(STEPS)", 4),
        ("sorted(STEPS)", 4),
        ("range(5)", 5),
        ("STEPS if steps else []", None),
        ("steps", None),
        ('["a", *steps]', None),
        ("range(steps)", None),
    ],
)
def test_a_loop_over_a_list_that_is_written_down_knows_its_number(items: str, number: int | None) -> None:
    found = linked_module(
        f"""
        from openai import OpenAI

        STEPS = ["one", "two", "three", "four"]

        def ask(steps):
            text = "You are a careful assistant, please follow these steps:" + " and ".join(
                f" do {{step}} with care" for step in {items}
            )
            return OpenAI().responses.create(model="gpt-4o", input=text)
        """
    )

    loops = [each for one in found.prompts for each in walk(one.segments) if isinstance(each, LoopSegment)]
    assert {each.items for each in loops} == {number}


def test_a_frame_holds_what_other_functions_give_it_beside_its_own_texts() -> None:
    found = linked(
        {
            "prompt.ts": """
            export function closing(wish: string) {
              return `What the reader wishes goes before all that was said, as long as it is polite: ${wish}`;
            }
            export function systemPrompt(brief: boolean, wish: string) {
              const opening = `You are a careful clerk of a small library who likes to help.`;
              const length = brief ? `Answer in one sentence, please.` : `Answer as long as you like, please.`;
              const ending = closing(wish);
              const content = `${opening}\\n${length}${ending ? `\\n${ending}` : ""}`.replace(/\\s+/g, " ");
              return { role: "system", content };
            }
            """
        }
    )
    (whole,) = (each for each in found.prompts if each.name.startswith("systemPrompt"))
    assert shown(whole) == (
        "You are a careful clerk of a small library who likes to help.\\n"
        "<Answer in one sentence, please.|Answer as long as you like, please.>"
        "<\\nWhat the reader wishes goes before all that was said, as long as it is polite: {wish}|>"
    ).replace("\\n", "\n")
