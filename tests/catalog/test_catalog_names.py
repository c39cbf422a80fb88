"""How models' names are taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.catalog.models import normalise, resolve
from scrimp.catalog.names import ModelName, canonical_provider, parse


@pytest.mark.parametrize(
    ("written", "provider", "zone", "bare"),
    [
        ("gpt-4o", "", "", "gpt-4o"),
        ("  GPT-4o ", "", "", "gpt-4o"),
        ("openai/gpt-4o", "openai", "", "gpt-4o"),
        ("openai:gpt-4o", "openai", "", "gpt-4o"),
        ("azure/gpt-4o", "azure", "", "gpt-4o"),
        ("azure/eu/gpt-4o-2024-08-06", "azure", "eu", "gpt-4o-2024-08-06"),
        ("azure/global-standard/gpt-4o", "azure", "global-standard", "gpt-4o"),
        ("azure/gpt-35-turbo", "azure", "", "gpt-3.5-turbo"),
        ("openrouter/openai/gpt-4o", "openrouter", "", "gpt-4o"),
        ("openrouter:anthropic/claude-3.7-sonnet:thinking", "openrouter", "", "claude-3-7-sonnet:thinking"),
        ("litellm_proxy/gpt-4o", "", "", "gpt-4o"),
        ("anthropic/claude-sonnet-4.5", "anthropic", "", "claude-sonnet-4-5"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock", "us", "claude-sonnet-4-5-20250929"),
        ("global.anthropic.claude-opus-4-7", "bedrock", "global", "claude-opus-4-7"),
        ("bedrock/us-east-1/anthropic.claude-v2:1", "bedrock", "us-east-1", "claude-v2:1"),
        ("bedrock/converse/eu.amazon.nova-pro-v1:0", "bedrock", "eu", "nova-pro"),
        (
            "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-4-6-v1",
            "bedrock",
            "us",
            "claude-opus-4-6",
        ),
        ("us.deepseek.r1-v1:0", "bedrock", "us", "deepseek-r1"),
        ("openai.gpt-oss-120b-1:0", "bedrock", "", "gpt-oss-120b-1"),
        ("mistral.mistral-7b-instruct-v0:2", "bedrock", "", "mistral-7b-instruct-v0:2"),
        ("vertex_ai/claude-3-5-sonnet@20240620", "vertex", "", "claude-3-5-sonnet-20240620"),
        ("vertex_ai/claude-sonnet-4@default", "vertex", "", "claude-sonnet-4"),
        ("models/gemini-2.5-flash", "", "", "gemini-2.5-flash"),
        ("projects/p/locations/l/publishers/google/models/gemini-2.5-pro", "vertex", "", "gemini-2.5-pro"),
        ("gemini/gemini-2.5-pro", "google", "", "gemini-2.5-pro"),
        ("google-gla:gemini-2.0-flash", "google", "", "gemini-2.0-flash"),
        ("ft:gpt-4o:team::id", "", "ft", "gpt-4o"),
        ("openai/ft:gpt-4o-mini-2024-07-18:team:name:id", "openai", "ft", "gpt-4o-mini-2024-07-18"),
        (
            "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo",
            "together",
            "",
            "llama-3.3-70b-instruct-turbo",
        ),
        ("accounts/fireworks/models/deepseek-v3", "fireworks", "", "deepseek-v3"),
        ("groq/llama-3.3-70b-versatile", "groq", "", "llama-3.3-70b-versatile"),
        ("llama3:8b", "", "", "llama3:8b"),
        ("mistral:7b", "", "", "mistral:7b"),
        ("azure/my-deployment", "azure", "", "my-deployment"),
    ],
)
def test_a_name_is_taken_apart(written: str, provider: str, zone: str, bare: str) -> None:
    assert parse(written) == ModelName(provider, zone, bare)
    assert normalise(written) == bare


@pytest.mark.parametrize(
    ("bare", "undated"),
    [
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5"),
        ("gemini-2.0-flash-001", "gemini-2.0-flash"),
        ("mistral-large-latest", "mistral-large"),
        ("mistral-large-2407", "mistral-large-2407"),
        ("gpt-4-32k", "gpt-4-32k"),
    ],
)
def test_a_release_is_left_out_but_not_a_version(bare: str, undated: str) -> None:
    assert ModelName("", "", bare).undated == undated


def test_providers_have_one_name_and_gateways_none() -> None:
    assert canonical_provider("vertex_ai") == canonical_provider("google-vertex") == "vertex"
    assert canonical_provider("litellm_proxy") == ""
    assert canonical_provider("nobody") is None


@given(st.text(max_size=60))
def test_any_text_may_be_a_name(text: str) -> None:
    model = resolve(text)
    assert "/" not in normalise(text)
    assert model is None or model.name == normalise(text)


@given(
    st.sampled_from(["", "azure/", "openai:", "openrouter/openai/", "litellm_proxy/", "us.openai."]),
    st.sampled_from(["gpt-4o", "gpt-5-mini", "o3", "gpt-oss-20b"]),
)
def test_a_route_doesnt_change_the_model(route: str, name: str) -> None:
    assert normalise(route + name) == name
