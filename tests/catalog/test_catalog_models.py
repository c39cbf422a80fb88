"""Which model a name means."""

from __future__ import annotations

import pytest
import tiktoken.model

from scrimp.catalog.models import Model, resolve


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("gpt-4o", Model("gpt-4o", "openai", "gpt-4o", "o200k_base")),
        ("azure/gpt-4.1-mini", Model("gpt-4.1-mini", "azure", "gpt-4o", "o200k_base")),
        ("gpt-5.6-sol", Model("gpt-5.6-sol", "openai", "gpt-5", "o200k_base")),
        ("gpt-6-sol", Model("gpt-6-sol", "openai", "gpt-6", "o200k_base", provisional=True)),
        ("gpt-6.1-terra", Model("gpt-6.1-terra", "openai", "gpt-6", "o200k_base", provisional=True)),
        ("o4-mini", Model("o4-mini", "openai", "o-series", "o200k_base")),
        ("gpt-4-turbo", Model("gpt-4-turbo", "openai", "gpt-4", "cl100k_base")),
        ("gpt-35-turbo-16k", Model("gpt-3.5-turbo-16k", "openai", "gpt-4", "cl100k_base")),
        ("groq/openai/gpt-oss-20b", Model("gpt-oss-20b", "groq", "gpt-oss", "o200k_harmony")),
        (
            "text-embedding-3-small",
            Model("text-embedding-3-small", "openai", "embedding-3", "cl100k_base"),
        ),
        ("claude-opus-4-8", Model("claude-opus-4-8", "anthropic", "claude-from-4.7", None)),
        ("claude-sonnet-5-5", Model("claude-sonnet-5-5", "anthropic", "claude-from-4.7", None)),
        ("claude-fable-5", Model("claude-fable-5", "anthropic", "claude-from-4.7", None)),
        (
            "claude-opus-4-20250514",
            Model("claude-opus-4-20250514", "anthropic", "claude-to-4.6", None),
        ),
        ("claude-3.5-haiku", Model("claude-3-5-haiku", "anthropic", "claude-to-4.6", None)),
        ("eu.amazon.nova-pro-v1:0", Model("nova-pro", "bedrock", "nova", None)),
        ("models/gemini-2.5-pro", Model("gemini-2.5-pro", "google", "gemini", None)),
        ("llama3:8b", Model("llama3:8b", "meta", "llama", None)),
        ("ollama/qwen3:4b", Model("qwen3:4b", "ollama", "qwen", None)),
        ("x-ai/grok-4", Model("grok-4", "xai", "grok", None)),
    ],
)
def test_a_name_resolves_to_its_family_and_vocabulary(written: str, expected: Model) -> None:
    assert resolve(written) == expected


@pytest.mark.parametrize(
    "written", ["", "azure/my-deployment", "gpt-40", "o10", "gpt4", "sonnet", "inherit", "{model}"]
)
def test_what_the_table_doesnt_know_stays_unknown(written: str) -> None:
    assert resolve(written) is None


PUBLISHED = {
    **tiktoken.model.MODEL_TO_ENCODING,
    **{prefix.rstrip("-"): name for prefix, name in tiktoken.model.MODEL_PREFIX_TO_ENCODING.items()},
}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, encoding in PUBLISHED.items()
        if encoding in {"o200k_base", "o200k_harmony", "cl100k_base"}
    ],
)
def test_encodings_are_those_that_tiktoken_publishes(name: str) -> None:
    model = resolve(name)
    assert model is not None
    assert model.encoding == PUBLISHED[name]
