"""What a unit that no call reached is: judged by the names around it, its path and, last, its text.

Reaching a call or standing in a format that is only for prompts makes a prompt of high confidence; names and paths
make one of medium confidence, and only in a tree that shows that it talks to models at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from scrimp.expressions import compiled_late
from scrimp.link.prompt_names import (
    ABOUT_A_PROMPT,
    DESCRIBES,
    NOT_A_PROMPT_NAME,
    PROMPT_NAME,
    SAYS_OF_ANOTHER,
    names_prompt,
)
from scrimp.link.references import Reference
from scrimp.link.units import CodeUnit, FileUnit
from scrimp.model.algebra import Join, Text
from scrimp.model.facts import Facts, Site
from scrimp.model.prompts import Confidence
from scrimp.readers.evidence import speaks_to_model
from scrimp.readers.paths import is_never_prompt, is_prompt_path
from scrimp.readers.sdks import sdks

LEAST_OWN_WORDS = 4  # a text of fewer words is a label, not a prompt
LEAST_TOOL_WORDS = 2  # a tool's description is sent whole, however short
LEAST_PATH_WORDS = 8  # by its path alone a text must be longer
MOST_ASKED_WORDS = 60  # a question to somebody at a keyboard is short

PEOPLE_SCOPE = compiled_late(r"(?:Error|Exception|Warning)$|[Cc]onsent|[Cc]onfirm")
"""Functions and classes that ask or tell people something; what they call a prompt is a question to them."""
CATALOGUE = compiled_late(r"(?:^|/)(?:_?locales?|i18n|l10n|langs?|languages|translations|nls)/")
"""Folders of what an interface says in each language: mostly for people, even where it speaks of prompts."""
IN_CATALOGUE = compiled_late(r"(?:system_?|user_?)?(?:prompts?|instructions?|role|message)", re.IGNORECASE)
"""Names of prompts among it."""
ROLE_NAME = compiled_late(r"(?:^|_|(?<=[a-z]))[Rr](?:ole|OLE)$")
"""Names of what a model shall be, if the text is more than the role's name."""
LEAST_ROLE_WORDS = 12
PEOPLE_CALLS = compiled_late(
    r"(?:^|\.)(?:debug|info|warning|warn|error|exception|critical|log|print|echo|secho|ask|confirm|input|getpass"
    r"|add_argument|add_option|option|argument|compile|match|search|sub|findall|execute|executemany|system|Popen|check_call"
    r"|check_output|fail|skip|HTTPException|deprecated|getLogger|write|writelines|add_row|add_column|notify|send_mail"
    r"|style|panel|Panel|Markdown|toast|rule|status|success|header|subheader|caption|text_input|text_area|button"
    r"|prompt_toolkit|ArgumentParser|add_parser|Command|Typer|Option|Argument|event|emit|stream_output|send_json|trace)$"
    r"|(?:Error|Exception|Warning|Warn|Response|Event)$"
    r"|(?:^|\.)(?:describe|it|test|expect|toBe|toEqual|toContain|toMatch\w*|toThrow\w*|toHave\w+)$"
    r"|\.(?:meta|openapi|min|max|length|refine|superRefine|regex|email|url|alert|showErrorMessage|showInformationMessage"
    r"|showWarningMessage|showInputBox|showQuickPick|helpText|requiredOption|addOption|addHelpText|querySelector\w*"
    r"|setError|setStatus|setMessage|spinner|addIssue|invariant|reject|json|send|end|type)$"
    r"|(?:^|\.)console\.\w+$|(?:^|\.)(?:log|logger)\.\w+$|(?:^|\.)toast\.\w+$"
    r"|^(?:t|i18n\.t|\$t|alert|confirm|invariant|assert|setError|setStatus|cn|clsx|cva)$"
)
"""Callees whose text people read, or a program: not a model."""
MESSAGE_CALLS = compiled_late(
    r"(?:^|\.)(?:System|Human|User|AI|Assistant|Chat|Tool|Developer)(?:Message|Prompt|ChatMessage|PromptPart)(?:Template)?$"
)
"""Classes of messages, whatever package they come from."""
CODE_LIKE = compiled_late(
    r"\A\s*(?:<!DOCTYPE|<html|<\?xml|SELECT\s|INSERT\s|CREATE\s|WITH\s+\w+\s+AS|#!/|import\s|from\s+\w+\s+import|def\s|class\s"
    r"|tell\s+application\s|\$\w+\s*=|https?://\S+\s*$|/\*|[.#]?\w+\s*\{)",
    re.IGNORECASE,
)
"""Text that begins as code, markup or a statement of another language."""
ASKS_PEOPLE = compiled_late(
    r"[\[(]y(?:es)?/n(?:o)?[\])]|\bpress (?:enter|any key)|\benter your\b", re.IGNORECASE
)
"""What is said to somebody at a keyboard."""
ASKS_USER = compiled_late(r"_*prompt_?(?:the_?)?(?:[Uu]ser|[Hh]uman|[Pp]assword|[Cc]onfirm|[Yy]es_?[Nn]o)")
"""Functions that prompt somebody at a keyboard."""
DATA_FIELD = compiled_late(r"(?:^|\.)(?:Field|field)$")
SDK_MODULES = compiled_late(
    r"^(?:openai|anthropic|litellm|langchain\w*|langgraph|llama_index|google\.genai|google\.generativeai|vertexai|cohere|mistralai"
    r"|groq|ollama|dspy|pydantic_ai|instructor|mirascope|marvin|semantic_kernel|autogen\w*|crewai|agno|smolagents|haystack|transformers"
    r"|huggingface_hub|botocore|boto3|together|replicate|vllm|agents|guidance|promptflow|zhipuai|dashscope|qianfan"
    r"|@anthropic-ai|@openai|ai|@ai-sdk|@langchain|@google/genai|@google/generative-ai|@google-cloud/vertexai|@mistralai"
    r"|groq-sdk|cohere-ai|@aws-sdk/client-bedrock-runtime|@mastra|genkit|@genkit-ai|llamaindex|@llamaindex|together-ai"
    r"|@huggingface/inference|@azure/openai|@azure-rest/ai-inference|openai-edge|@xenova/transformers|@modelcontextprotocol)(?:[./]|$)"
)
"""Packages that talk to models (botocore and boto3 count only with other evidence)."""
ENDPOINT = compiled_late(
    r"://(?:api\.(?:openai|anthropic|mistral|cohere|groq|deepseek|together|fireworks|perplexity|x)\.\w+|generativelanguage\.googleapis\.com"
    r"|openrouter\.ai|\w+\.openai\.azure\.com|bedrock-runtime)|/v\d/(?:chat/completions|messages)\b"
)
"""Addresses that models are reached at, where a tree calls them without an SDK."""
WEAK_MODULES = compiled_late(r"^(?:boto3|botocore|aioboto3|aiobotocore|transformers|agents)(?:\.|$)")


class Judgement(Struct, frozen=True):
    """What a unit is taken for, and why."""

    confidence: Confidence
    kind: str
    role: str
    evidence: str


class Surroundings(Struct, frozen=True):
    """What is known of the tree as a whole: whether it talks to models."""

    talks_to_models: bool

    def judged(self, looks: Judgement | None) -> Judgement | None:
        """What is left of a judgement by looks in this tree: where nothing talks to models, looks tell little."""
        if self.talks_to_models or looks is None or looks.confidence is not Confidence.MEDIUM:
            return looks
        return replace(looks, confidence=Confidence.LOW)


def surroundings(files: Iterable[tuple[str, Facts]], *, reached: bool) -> Surroundings:
    """Whether a tree talks to models: it calls an SDK, imports one, or holds texts in a format for prompts."""
    if reached:
        return Surroundings(talks_to_models=True)
    for _, facts in files:
        if any(entry.certainty == "format" and entry.kind != "instructions" for entry in facts.entries):
            return Surroundings(talks_to_models=True)
        for each in facts.imports:
            module = each.module or each.name  # where names are global, an SDK's is imported from nowhere
            if not each.level and _is_sdk(module) and not WEAK_MODULES.match(module):
                return Surroundings(talks_to_models=True)
        if any(site.words < LEAST_OWN_WORDS and _is_endpoint(site) for site in facts.sites):
            return Surroundings(talks_to_models=True)
    return Surroundings(talks_to_models=False)


def _is_endpoint(site: Site) -> bool:
    parts = site.expression.parts if isinstance(site.expression, Join) else (site.expression,)
    return any(isinstance(each, Text) and ENDPOINT.search(each.value) is not None for each in parts)


def _is_sdk(module: str) -> bool:
    """Whether a module is one that talks to models, or lies in one."""
    return SDK_MODULES.match(module) is not None or any(
        module[: len(each)] == each and module[len(each) : len(each) + 1] in ("", ".", "/")
        for each in _modules_of_sdks()
    )


@cache
def _modules_of_sdks() -> tuple[str, ...]:
    return tuple(dict.fromkeys(module for sdk in sdks() if not sdk.general for module in sdk.modules))


def judge_code(unit: CodeUnit) -> Judgement | None:
    """What a string expression that no call reached is by its looks, in a tree that talks to models.

    ``None`` if nothing speaks for a prompt.
    """
    if unit.words < LEAST_OWN_WORDS or unit.first.holder == "docstring":
        return None
    judged = _judge_name(unit)
    if judged is None or (unit.words <= MOST_ASKED_WORDS and ASKS_PEOPLE.search(unit.text)):
        return None
    if CODE_LIKE.match(unit.text) and not any("prompt" in name.lower() for name in _own_names(unit)):
        return None
    return judged


def may_frame(unit: CodeUnit) -> bool:
    """Whether a text with few words of its own is named like a prompt, as one that puts others together may be."""
    return unit.words < LEAST_OWN_WORDS and names_prompt(unit.first.name) and not is_people_s(unit)


def is_people_s(unit: CodeUnit) -> bool:
    """Whether a call around a text gives it to people or programs."""
    return any(map(_is_for_people, unit.first.callees))


@cache
def _is_for_people(callee: str) -> bool:
    """Whether people or programs read what a callee is given; a tree calls few functions very often."""
    return PEOPLE_CALLS.search(callee) is not None


def _judge_name(unit: CodeUnit) -> Judgement | None:
    site = unit.first
    if is_people_s(unit):
        return None
    role = role_of(unit)
    if unit.role and site.name == "content":
        if unit.role in ("system", "user", "developer"):
            return Judgement(
                Confidence.MEDIUM, "message", unit.role, f"content of a message with role {unit.role}"
            )
        return Judgement(Confidence.LOW, "message", unit.role, f"content of a message with role {unit.role}")
    if NOT_A_PROMPT_NAME.match(site.name):
        return None
    if (
        site.callees
        and MESSAGE_CALLS.search(site.callees[0])
        and site.holder == "argument"
        and site.name in ("content", "")
    ):
        return Judgement(
            Confidence.MEDIUM, "message", _message_role(site.callees[0]), f"content of {site.callees[0]}"
        )
    if ABOUT_A_PROMPT.search(site.name) or _describes_field(site) or _is_shown(unit, role):
        return None
    named = next(filter(names_prompt, names_of(unit)), None)
    if named is not None and not (named != site.name and _describes_what_is_named(unit)):
        return Judgement(Confidence.MEDIUM, "message", role, f"name {named}")
    if unit.words >= LEAST_ROLE_WORDS and ROLE_NAME.search(site.name):
        return Judgement(Confidence.MEDIUM, "message", "system", f"name {site.name}")
    if (
        is_prompt_path(unit.path)
        and unit.words >= LEAST_PATH_WORDS
        and not SAYS_OF_ANOTHER.fullmatch(site.name)
    ):
        return Judgement(Confidence.MEDIUM, "message", role, f"path {unit.path}")
    if unit.words >= LEAST_PATH_WORDS and speaks_to_model(unit.text):
        return Judgement(Confidence.LOW, "message", role, "text alone")
    return None


def _describes_what_is_named(unit: CodeUnit) -> bool:
    """Whether a text is a description of what the names around it name, and not that itself."""
    return DESCRIBES.fullmatch(unit.first.name) is not None and not speaks_to_model(unit.text)


def _describes_field(site: Site) -> bool:
    """Whether a text describes a field of a data class: it is sent only with the schema of a call (see ``tools``)."""
    return (
        site.keys[:1] == ("description",)
        and bool(site.callees)
        and DATA_FIELD.search(site.callees[0]) is not None
    )


def _is_shown(unit: CodeUnit, role: str) -> bool:
    """Whether what is around a text, and no prompt's name or voice, tells that it is shown to people."""
    site = unit.first
    if CATALOGUE.search(unit.path):
        return not IN_CATALOGUE.fullmatch(site.name) or unit.words < LEAST_PATH_WORDS
    around = site.scope.split(".")
    return (
        role != "system"
        and any(PEOPLE_SCOPE.search(each) for each in around)
        and not any(PROMPT_NAME.search(each) for each in around)
        and not is_prompt_path(unit.path)
        and not speaks_to_model(unit.text)
    )


def _own_names(unit: CodeUnit) -> list[str]:
    """The names of a unit itself; what has none is known by the function that gives it."""
    site = unit.first
    return [site.name, *site.keys] if site.name else names_of(unit)


def names_of(unit: CodeUnit) -> list[str]:
    """The names that a unit is known by: symbol, keywords and keys, and the function or class around it."""
    site = unit.first
    names = [site.name, *(key for key in site.keys if not key.startswith("role="))]
    parts = site.scope.split(".")
    if site.holder in ("return", "assignment", "augmented", "element", "default"):
        names += (each for each in reversed(parts[-2:]) if not ASKS_USER.match(each))
    return [name for name in names if name]


def role_of(unit: CodeUnit) -> str:
    """The role that names tell."""
    if unit.role:
        return unit.role
    for name in names_of(unit):
        lowered = name.lower()
        if "system" in lowered or "instruction" in lowered or "persona" in lowered or "backstory" in lowered:
            return "system"
        if "user" in lowered or "human" in lowered:
            return "user"
    return "unknown"


def _message_role(callee: str) -> str:
    name = callee.rpartition(".")[2]
    for start, role in (
        ("System", "system"),
        ("Developer", "developer"),
        ("Human", "user"),
        ("User", "user"),
        ("A", "assistant"),
    ):
        if name.startswith(start):
            return role
    return "unknown"


def judge_file(unit: FileUnit, reference: Reference | None = None) -> Judgement | None:
    """What an entry of a file is, which another file may name as a prompt.

    Entries that are merely text that code may load are nothing by themselves.
    """
    entry = unit.entry
    if entry.certainty == "format":
        return Judgement(Confidence.HIGH, entry.kind, entry.role, f"format of {unit.path}")
    if reference is not None:
        role = reference.entry.role if entry.role == "unknown" else entry.role
        return Judgement(Confidence.HIGH, entry.kind, role, f"named in {reference.path}")
    if entry.certainty == "key" and not is_never_prompt(unit.path):
        return Judgement(
            Confidence.MEDIUM,
            entry.kind,
            entry.role,
            f"key {entry.key}" if entry.key else f"path {unit.path}",
        )
    return None
