"""How models are named: one place that takes a name apart, however an SDK, a router or a cloud writes it.

A name is written as ``gpt-4o``, ``azure/eu/gpt-4o``, ``openrouter/openai/gpt-4o``, ``openai:gpt-4o``,
``models/gemini-2.5-pro``, ``us.anthropic.claude-sonnet-4-5-20250929-v1:0``, ``ft:gpt-4o:team::id`` and more.
What these have in common is a provider that bills, sometimes a zone that changes the price, and the model's
own name.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from scrimp.expressions import compiled_late

FINE_TUNED = "ft"
"""The zone of a fine-tuned model: it is counted like its base, and priced on its own."""

_ZONE = r"(?:us|eu|apac|ap|au|jp|ca|sa|me|af|in|uk|global|regional)(?:-[a-z0-9-]+)?"
_ZONE_ONLY = compiled_late(_ZONE)
_ROUTE = compiled_late(r"([\w.-]+)([/:])(.+)")
# `mistral:7b` and `qwen:latest` are a model and its tag, not a provider and its model.
_TAG = compiled_late(r"[\d.]+[bm]\b|latest\b|instruct\b|text\b|chat\b")
# Bedrock ends names with a version of its packaging and, rarely, a context size: `-v1:0`, `-1:0:200k`.
_PACKAGING = compiled_late(r"(?:-v\d+)?:0(?::\d+k)?$|(?<=\d)-v1$")
# Vertex separates a version with an at sign: `claude-sonnet-4@20250514`, `@default`.
_NO_VERSION = compiled_late(r"@(?:default|latest)$")
_RELEASE = compiled_late(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|00\d|latest)$")


class ModelName(Struct, frozen=True):
    """A name taken apart, in lower case; ``provider`` and ``zone`` are ``""`` where it doesn't tell."""

    provider: str
    zone: str
    bare: str

    @property
    def undated(self) -> str:
        """The bare name without a release at its end: a date, a number like ``-001``, or ``-latest``."""
        return _RELEASE.sub("", self.bare)


@lru_cache(maxsize=4096)
def parse(name: str) -> ModelName:
    """Take a model's name apart; never fails, since any text may be the name of somebody's deployment."""
    provider, rest = _route(name.strip().lower())
    zone, rest = _path(rest)
    dotted = _dotted_names().fullmatch(rest)
    if dotted:
        provider, zone, rest = provider or "bedrock", dotted["zone"] or zone, dotted["rest"]
    if rest.startswith(f"{FINE_TUNED}:"):
        zone, rest = FINE_TUNED, rest.split(":")[1]
    return ModelName(provider, zone, _bare(rest))


def canonical_provider(name: str) -> str | None:
    """Our name of a provider, ``""`` for a gateway that passes names on, ``None`` if it isn't known."""
    return _providers().get(name)


def _route(name: str) -> tuple[str, str]:
    """The provider that bills, which is the first that is named, and the name without those before it."""
    if name.startswith("arn:aws:"):
        return "bedrock", name.rsplit("/", 1)[-1]
    provider = ""
    while match := _ROUTE.fullmatch(name):
        head, separator, rest = match.groups()
        known = canonical_provider(head)
        if known is None or (separator == ":" and _TAG.match(rest)):
            break
        provider, name = provider or known, rest
    return provider, name


def _path(name: str) -> tuple[str, str]:
    """The zone, where a path starts with one, and the path's last part."""
    head, _, tail = name.rpartition("/")
    first = head.split("/", 1)[0]
    return (first if _ZONE_ONLY.fullmatch(first) else ""), tail


def _bare(name: str) -> str:
    name = _PACKAGING.sub("", _NO_VERSION.sub("", name)).replace("@", "-")
    for written, usual in _data()["rewrites"].items():
        if name.startswith(written):
            name = usual + name.removeprefix(written)
    # Anthropic separates versions with a dash, routers with a dot.
    return name.replace(".", "-") if name.startswith("claude") else name


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("providers.json").read_bytes())
    return data


@lru_cache(maxsize=1)
def _providers() -> dict[str, str]:
    data = _data()
    return {
        **{alias: name for name, aliases in data["providers"].items() for alias in (name, *aliases)},
        **dict.fromkeys(data["gateways"], ""),
    }


@lru_cache(maxsize=1)
def _dotted_names() -> re.Pattern[str]:
    """Bedrock's names: ``us.anthropic.claude-…``, where DeepSeek's maker is half of the model's name."""
    vendors = "|".join(vendor for vendor in _data()["vendors"] if vendor != "deepseek")
    return re.compile(rf"(?:(?P<zone>{_ZONE})\.)?(?:(?:{vendors})\.|(?=deepseek\.))(?P<rest>.+)")
