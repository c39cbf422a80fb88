"""A proxy that holds every request and answer against GitHub's published description of its API."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from forge.loopback import Answer, Request, forwarded
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FILE = Path(__file__).with_name("github_api.json")
_NAME = "urn:github"
_COMMON = (301, 302, 307, 308, 401, 403, 404, 429, 500, 502, 503, 504)
"""Statuses that any request may be answered with, whether its description lists them or not: redirects, errors of access,
rate limits and failures (docs.github.com/en/rest/using-the-rest-api: "Getting started", "Best practices", "Rate limits")."""


@cache
def description() -> Mapping[str, Any]:
    """The description, its schemas in the words of JSON Schema."""
    made: Mapping[str, Any] = _as_json_schema(json.loads(FILE.read_text("utf-8")))
    return made


def _as_json_schema(value: Any) -> Any:
    """OpenAPI 3.0 says that something may be null with a word of its own."""
    if isinstance(value, list):
        return [_as_json_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: _as_json_schema(each) for key, each in value.items()}
    if made.get("nullable") is True:
        del made["nullable"]
        return {"anyOf": [made, {"type": "null"}]}
    return made


@cache
def _registry() -> Registry[Any]:
    resource: Resource[Any] = Resource.from_contents(description(), default_specification=DRAFT202012)
    known: Registry[Any] = Registry().with_resource(_NAME, resource)
    return known


@cache
def _validator(pointer: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"{_NAME}#{pointer}"}, registry=_registry())


@dataclass
class Proxy:
    """Passes on what it is asked to ``upstream``, and keeps what was asked and what wasn't as described."""

    upstream: str
    asked: list[Request] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        found = _operation(request)
        if found is None:
            self.violations.append(f"{request.method} {request.target}: not described")
            return Answer(500, {"message": "not described"})
        pointer, operation, values = found
        self.violations += [
            f"{request.method} {request.target}: {each}"
            for each in _of_request(request, pointer, operation, values)
        ]
        answer = forwarded(request, self.upstream)
        if answer.status:
            self.violations += [
                f"{request.method} {request.target} -> {answer.status}: {each}"
                for each in _of_answer(answer, pointer, operation)
            ]
        return answer

    def methods(self) -> list[str]:
        """The methods of what was asked, in its order."""
        return [each.method for each in self.asked]


def _operation(request: Request) -> tuple[str, Mapping[str, Any], Mapping[str, str]] | None:
    """Where the operation stands, what it says, and what its path's parameters are."""
    for template, operations in description()["paths"].items():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
        match = re.fullmatch(pattern, request.path)
        if match and request.method.lower() in operations:
            path = template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
            return (
                f"/paths/{path}/{request.method.lower()}",
                operations[request.method.lower()],
                match.groupdict(),
            )
    return None


def _of_request(
    request: Request, pointer: str, operation: Mapping[str, Any], values: Mapping[str, str]
) -> Iterator[str]:
    parameters = {}
    for position, each in enumerate(operation.get("parameters", ())):
        at = each["$ref"].removeprefix("#") if "$ref" in each else f"{pointer}/parameters/{position}"
        parameters[_resolved(each)["name"]] = (_resolved(each), at)
    given = {**request.query, **values}
    for name, text in given.items():
        if name not in parameters:
            yield f"parameter {name} is not described"
            continue
        parameter, at = parameters[name]
        value: Any = int(text) if parameter["schema"].get("type") == "integer" and text.isdecimal() else text
        yield from _errors(value, f"{at}/schema", name)
    yield from (
        f"parameter {name} is missing"
        for name, (each, _) in parameters.items()
        if each.get("required") and name not in given
    )
    if not request.headers.get("user-agent"):
        yield "no user agent"
    if request.headers.get("x-github-api-version") != "2022-11-28":
        yield "no version of the API"
    if request.headers.get("accept") != "application/vnd.github+json":
        yield "not asked for JSON"
    if "requestBody" not in operation:
        yield from (["a body that is not described"] if request.content else [])
    elif not request.headers.get("content-type", "").startswith("application/json"):
        yield "a body that isn't JSON"
    else:
        yield from _errors(request.body, f"{pointer}/requestBody/content/application~1json/schema", "body")


def _of_answer(answer: Answer, pointer: str, operation: Mapping[str, Any]) -> Iterator[str]:
    described = operation["responses"].get(str(answer.status))
    if described is None:
        if answer.status not in _COMMON:
            yield "a status that is not described"
        elif answer.status >= 400 and answer.sent:
            yield from _errors(json.loads(answer.sent), "/components/schemas/basic-error", "body")
        return
    at = (
        described["$ref"].removeprefix("#") if "$ref" in described else f"{pointer}/responses/{answer.status}"
    )
    yield from _errors(json.loads(answer.sent), f"{at}/content/application~1json/schema", "body")


def _resolved(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in value:
        return value
    found: Any = description()
    for step in value["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return _resolved(found)


def _errors(value: Any, pointer: str, name: str) -> Iterator[str]:
    for error in _validator(pointer).iter_errors(value):
        yield f"{name}{error.json_path.removeprefix('$')}: {error.message[:200]}"
