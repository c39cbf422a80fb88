"""How sure it is that a text is a prompt, and what is told as evidence."""

from __future__ import annotations

import pytest
from linked_repository import explicit, ids, linked, linked_module, prompt, sent, shown

BIRDS = "You know all there is to know about birds."


def test_what_reaches_a_call_is_certain() -> None:
    found = linked_module(
        f"""
        import openai
        OPENING = "{BIRDS}"
        openai.OpenAI().responses.create(input=OPENING)
        """
    )

    one = prompt(found, "OPENING")
    assert (one.confidence, one.evidence) == ("high", ("call openai.responses.create at app.py:3",))


def test_what_stands_in_a_format_for_prompts_is_certain() -> None:
    assert prompt(linked({"AGENTS.md": f"# Birds\n{BIRDS}\n"}), "AGENTS.md").confidence == "high"


@pytest.mark.parametrize(
    ("path", "code", "evidence"),
    [
        ("app.py", f'SYSTEM_PROMPT = "{BIRDS}"', "name SYSTEM_PROMPT"),
        ("app.py", f'def bird_instructions():\n    return "{BIRDS}"', "name bird_instructions"),
        ("app.py", f'x = [dict(role="system", content="{BIRDS}")]', "content of a message"),
        ("app.py", f'EXPERT_ROLE = "{BIRDS} Say all that you know."', "name EXPERT_ROLE"),
        ("app/prompts/birds.py", f'OPENING = "{BIRDS}"', "path app/prompts/birds.py"),
    ],
)
def test_a_name_or_path_makes_it_likely(path: str, code: str, evidence: str) -> None:
    found = linked({path: f"import openai\n{code}\n"})

    (one,) = found.prompts
    assert one.confidence == "medium"
    assert one.evidence[0].startswith(evidence)


def test_text_alone_makes_it_possible_and_costs_nothing() -> None:
    found = linked_module(
        'import openai\nOPENING = "You are a helpful assistant that knows all about birds."\n'
    )

    (one,) = found.prompts
    assert (one.confidence, one.evidence) == ("low", ("text alone",))
    assert found.requests == ()


def test_where_nothing_talks_to_models_a_name_is_not_enough() -> None:
    found = linked_module(f'import django\nSYSTEM_PROMPT = "{BIRDS}"\n')

    assert [one.confidence for one in found.prompts] == ["low"]
    assert found.requests == ()


@pytest.mark.parametrize(
    "code",
    [
        f'"""{BIRDS}"""',
        f'# {BIRDS}',
        f'logger.info("{BIRDS}")',
        f'parser.add_argument("--prompt", help="{BIRDS}")',
        f'raise ValueError("{BIRDS}")',
        f'error_message = "{BIRDS}"',
        'guidelines = "SELECT * FROM birds WHERE name = this"',
        'def prompt_access():\n    script = \'tell application "Birds" to ask whoever is there to open it now\'\n',
        'PROMPT_LABEL = "Ask"',
        f'def prompt():\n    """{BIRDS}"""\n',
        'answer = input("Do you really want to do it? [y/n]")',
    ],
)  # fmt: skip
def test_what_people_or_programs_read_is_no_prompt(code: str) -> None:
    found = linked({"app.py": f"import openai\n{code}\n"})

    assert [one for one in found.prompts if one.confidence != "low"] == []


# --- text in text -----------------------------------------------------------------------------------


def test_inlined_texts_are_partial_prompts_whose_cost_the_outer_one_bears() -> None:
    found = linked(
        {
            "rules.py": 'RULES = "Never invent a bird that does not exist."\n',
            "app.py": """
            import openai
            from rules import RULES
            STYLE = "Speak like an old owl would."

            def ask(question):
                prompt = f"You know all about birds. {RULES} {STYLE} {question}"
                openai.OpenAI().responses.create(input=prompt)
            """,
        }
    )

    (request,) = found.requests
    assert sent(request) == [("user", "ask.prompt")]
    outer = prompt(found, "ask.prompt")
    assert (outer.kind, outer.inlined) == ("message", False)
    assert shown(outer) == (
        "You know all about birds. Never invent a bird that does not exist. Speak like an old owl would. {question}"
    )
    for name in ("rules.py::RULES", "app.py::STYLE"):
        inner = prompt(found, name)
        assert (inner.kind, inner.inlined, inner.confidence) == ("partial", True, "high")
        assert inner.evidence == ("part of ask.prompt",)


def test_a_label_around_a_text_is_no_prompt_and_the_text_is_sent() -> None:
    found = linked_module(
        """
        import openai
        RULES = "Never invent a bird that does not exist."

        def ask(question):
            openai.OpenAI().responses.create(input=f"{RULES}\\n{question}")
        """
    )

    assert ids(found) == ["app.py::RULES"]
    (request,) = found.requests
    assert sent(request) == [("user", "RULES")]
    assert prompt(found, "RULES").inlined is False


def test_a_text_that_is_sent_and_inlined_is_both() -> None:
    found = linked_module(
        """
        import openai
        RULES = "Never invent a bird that does not exist."
        LONG = f"You know all about birds. {RULES}"
        client = openai.OpenAI()
        client.responses.create(input=RULES)
        client.responses.create(input=LONG)
        """
    )

    assert [sent(request) for request in explicit(found)] == [[("user", "RULES")], [("user", "LONG")]]
    rules = prompt(found, "RULES")
    assert (rules.kind, rules.inlined) == ("message", True)


def test_short_words_put_into_a_text_are_no_prompts() -> None:
    found = linked_module(
        """
        import openai
        KIND = "bird"
        openai.OpenAI().responses.create(input=f"You know all about every {KIND}.")
        """
    )

    (one,) = found.prompts
    assert shown(one) == "You know all about every bird."


def test_a_text_that_holds_itself_ends() -> None:
    found = linked_module(
        """
        import openai

        def grow(text):
            text = f"{text} And once more, please: {grow(text)}"
            return text

        ONE_PROMPT = f"You know all about birds. {TWO_PROMPT}"
        TWO_PROMPT = f"You know all about trees. {ONE_PROMPT}"
        openai.OpenAI().responses.create(input=grow(ONE_PROMPT) + TWO_PROMPT)
        """
    )

    assert {"app.py::ONE_PROMPT", "app.py::TWO_PROMPT"} <= set(ids(found))


def test_hardly_any_text_is_not_certain_though_it_is_sent() -> None:
    found = linked_module(
        """
        import openai
        def ask(question):
            openai.OpenAI().responses.create(input=f"Question: {question}")
        """
    )

    (one,) = found.prompts
    assert one.confidence == "low"
    assert one.evidence == ("call openai.responses.create at app.py:3; fewer than 4 words",)
    (request,) = found.requests
    assert (sent(request), request.text, request.open_parts) == ([("user", "ask.input")], "full", 0)


def test_a_frame_of_few_words_is_known_as_what_it_frames() -> None:
    found = linked_module(
        f"""
        import openai
        RULES = "{BIRDS}"
        def ask(question):
            openai.OpenAI().responses.create(input=f"{{RULES}} Question: {{question}}")
        """
    )

    (one,) = found.prompts
    assert (one.name, one.role, one.confidence) == ("RULES", "user", "high")
    (request,) = found.requests
    assert (sent(request), request.text, request.open_parts) == ([("user", "RULES")], "full", 1)


def test_a_tool_that_lost_its_description_is_still_a_tool() -> None:
    found = linked_module(
        """
        from agents import function_tool
        @function_tool
        def wait():
            \"\"\"
            \"\"\"
        """
    )

    (one,) = found.prompts
    assert (one.name, one.kind, one.confidence) == ("wait", "tool", "low")


@pytest.mark.parametrize(
    "path",
    [
        "tests/birds.py",
        "app/test_birds.py",
        "birds_test.go",
        "src/__tests__/birds.ts",
        "src/birds.spec.tsx",
        "app/conftest.py",
        "src/test/java/BirdsTest.java",
    ],
)
def test_in_a_test_a_name_is_not_enough(path: str) -> None:
    code = {
        "py": f'SYSTEM_PROMPT = "{BIRDS}"\n',
        "go": f'package birds\n\nconst SystemPrompt = "{BIRDS}"\n',
        "java": f'class BirdsTest {{\n  static final String SYSTEM_PROMPT = "{BIRDS}";\n}}\n',
    }.get(path.rpartition(".")[2], f'const SYSTEM_PROMPT = "{BIRDS}";\n')
    found = linked({path: code, "app.py": "import openai\n"})

    (one,) = found.prompts
    assert one.confidence == "low"
    assert one.evidence[0].endswith(", in a test")
    assert found.requests == ()


def test_what_a_test_sends_is_certain_and_is_an_evaluation() -> None:
    code = f'import openai\nOPENING = "{BIRDS}"\nopenai.OpenAI().responses.create(input=OPENING)\n'
    found = linked({"tests/test_app.py": code})

    (one,) = found.prompts
    assert (one.confidence, one.loaded) == ("high", "evaluation")


def test_a_word_of_a_test_in_a_name_makes_no_test() -> None:
    found = linked({"app/latest_birds.py": f'import openai\nSYSTEM_PROMPT = "{BIRDS}"\n'})

    assert [one.confidence for one in found.prompts] == ["medium"]


def test_a_catalogue_of_translations_holds_few_prompts() -> None:
    catalogue = """export default {
      addPrompt: "Add one more prompt to the list of yours here.",
      prompt: { desc: "What you say here is said to all of them." },
      crew: { systemRole: "You are the cook of the ship and speak of nothing else." },
    };"""
    found = linked({"src/locales/default/chat.ts": catalogue, "app.ts": 'import OpenAI from "openai";'})

    assert [shown(each) for each in found.prompts if each.confidence != "low"] == [
        "You are the cook of the ship and speak of nothing else."
    ]


@pytest.mark.parametrize(
    "code",
    [
        f'def validate_prompt(x):\n    msg = "{BIRDS}"\n    raise ValueError(msg)',
        f'def prompt_user_for_birds():\n    question = "{BIRDS}"\n    show(question)',
        f'def offer(prompt="{BIRDS}"):\n    return input(prompt)',
        f'class PromptSettings(BaseModel):\n    birds: str = Field(description="{BIRDS}")',
    ],
)
def test_what_people_are_told_is_no_prompt_whatever_it_is_called(code: str) -> None:
    assert linked_module(f"import openai\n{code}\n").prompts == ()


def test_a_prompt_that_is_logged_is_still_one() -> None:
    found = linked_module(f'import openai\ndef f():\n    prompt = "{BIRDS}"\n    logger.debug(prompt)\n')

    assert ids(found) == ["app.py::f.prompt"]


def test_what_a_route_answers_is_told_to_browsers() -> None:
    code = """
    import openai
    class Answer(BaseModel):
        \"\"\"All that is known of a bird, for the page of birds.\"\"\"

    @router.get("/birds", response_model=Answer)
    def birds():
        return Answer()
    """

    assert linked_module(code).prompts == ()
    assert ids(linked_module(code + "\n    client.create(response_model=Answer)\n")) == ["app.py::Answer"]


def test_a_framed_text_that_loses_its_words_keeps_its_name() -> None:
    code = """
    import openai
    def ask(task):
        task += f"{birds} and all the other birds"
        openai.OpenAI().responses.create(input=f"Task: {task}")
    """
    whole, cut = linked_module(code), linked_module(code.replace(" and all the other birds", " birds"))

    assert ids(whole) == ids(cut)
    assert [each.confidence for each in (*whole.prompts, *cut.prompts)] == ["high", "low"]


@pytest.mark.parametrize(
    ("code", "is_prompt"),
    [
        (
            "function askForConsent(domains) { const prompt = `May the crew go to ${domains} for you today?`; }",
            False,
        ),
        (
            "class CardError extends Error { constructor() { const userMessage = `There is no card of this name.`; } }",
            False,
        ),
        ("function buildConfirmationPrompt(x) { const prompt = `Say in few words what ${x} means.`; }", True),
        (
            "function confirm(x) { const prompt = `You are a careful clerk. Say whether ${x} is right.`; }",
            True,
        ),
        ("function confirm(x) { const systemPrompt = `Say whether what you are shown is right.`; }", True),
    ],
)
def test_questions_to_people_are_none_to_models(code: str, is_prompt: bool) -> None:
    found = linked({"app.ts": 'import OpenAI from "openai";\n' + code})

    assert bool([each for each in found.prompts if each.confidence != "low"]) == is_prompt


def test_what_is_said_of_a_field_is_no_prompt_for_standing_beside_prompts() -> None:
    fields = 'export const fields = [{ displayName: "Simplify", description: "Whether to return a short version of the answer" }];'
    found = linked({"app/prompts/fields.ts": f'import OpenAI from "openai";\n{fields}'})

    assert [each.confidence for each in found.prompts if each.confidence != "low"] == []


@pytest.mark.parametrize(
    ("answer", "confidence"),
    [
        ("No results were found for: {query}", "low"),
        ("No results were found. Try another query.", "high"),
        ("These are the results that the index of all birds of the country gave.", "high"),
    ],
)
def test_a_short_answer_of_a_tool_is_a_prompt_if_it_says_what_to_do(answer: str, confidence: str) -> None:
    code = (
        "import openai\n"
        "def ask(query):\n"
        f"    found = f'{answer}'\n"
        "    return openai.chat.completions.create(model='gpt-5', messages=[{'role': 'tool', 'content': found}])\n"
    )
    (one,) = linked({"app.py": code}).prompts
    assert one.confidence == confidence


@pytest.mark.parametrize(
    ("call", "found"),
    [
        (f'Message(role="user", content="{BIRDS}")', True),
        (f'LLMMessage(role="system", content="{BIRDS}")', True),
        (f'Message(role="moderator", content="{BIRDS}")', False),
        (f'Message(title="Birds", content="{BIRDS}")', False),
        (f'Account(role="user", content="{BIRDS}")', False),
    ],
)
def test_an_object_with_a_role_and_a_content_is_a_message(call: str, found: bool) -> None:
    code = f"import openai\nfrom dataclasses import dataclass\ndef context():\n    return [{call}]\n"
    assert [each.confidence for each in linked({"app.py": code}).prompts] == ["medium"] * found


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (
            "a.py",
            "RULES = {'first': 'Birds are named by their order, family and genus.'}\n"
            "def listed(rules):\n    return '\\n'.join(f'{key}: {value}' for key, value in rules.items())\n"
            "class Task:\n    def __init__(self, rules=None):\n        self.rules = rules or RULES\n"
            "        self.template.instruction = f'{self.template.instruction}\\n\\n{listed(self.rules)}'\n",
        ),
        (
            "a.ts",
            "const RULES = 'Birds are named by their order, family and genus.';\n"
            "export function run(agent: Agent) {\n  agent.systemPrompt = `${agent.role}\\n\\n${RULES}`;\n}\n",
        ),
    ],
)
def test_what_a_prompt_s_name_holds_together_is_a_part_of_it(path: str, code: str) -> None:
    (one,) = linked({"b.py": "import openai\n", path: code}).prompts
    assert (one.confidence, shown(one)) == ("medium", "Birds are named by their order, family and genus.")
