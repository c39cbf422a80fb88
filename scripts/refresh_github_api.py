"""Put GitHub's description of the requests that ``scrimp comment`` makes into ``tests/forge/github_api.json``.

    python -m scripts.refresh_github_api

It is taken from the npm package ``@octokit/openapi`` (MIT), which publishes GitHub's OpenAPI description; only the
paths that are used are kept, with what they refer to, and no prose. npm checks the package against its registry's
hash. Then put version, date and the hash that this prints into NOTICE; a test compares them.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE, VERSION = "@octokit/openapi", "23.0.2"
MEMBER = "package/generated/api.github.com.json"
TARGET = Path(__file__).parents[1] / "tests/forge/github_api.json"

OPERATIONS = {
    "/user": ("get",),
    "/repos/{owner}/{repo}/issues/{issue_number}/comments": ("get", "post"),
    "/repos/{owner}/{repo}/issues/comments/{comment_id}": ("patch",),
    "/repos/{owner}/{repo}/pulls": ("get",),
    "/repos/{owner}/{repo}/pulls/{pull_number}": ("get",),
}
"""The paths, and what of them is used."""

PROSE = frozenset(("description", "summary", "externalDocs", "tags", "x-github", "x-octokit", "title"))
"""What says nothing about form. Names of properties are kept, whatever they are."""


def main() -> None:
    """Get the package, keep what is used, and print what NOTICE says of it."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(Path(folder) / packed.stdout.strip()) as archive:
            member = archive.extractfile(MEMBER)
            assert member is not None
            whole = json.load(member)
    content = (json.dumps(kept(whole), indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
    TARGET.write_bytes(content)
    print(f"{PACKAGE} {VERSION}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def kept(whole: dict[str, Any]) -> dict[str, Any]:
    """The operations that are used, and the components that they refer to, directly or not."""
    paths = {
        path: {method: _form(whole["paths"][path][method]) for method in methods}
        for path, methods in OPERATIONS.items()
    }
    components: dict[str, dict[str, Any]] = {}
    waiting = list(_references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = _form(whole["components"][kind][name])
            waiting += _references(components[kind][name])
    return {"openapi": whole["openapi"], "info": whole["info"], "paths": paths, "components": components}


def _form(value: Any, *, names: bool = False) -> Any:
    """A part of the description without its prose; ``names`` tells that its keys are names, not words of OpenAPI."""
    if isinstance(value, list):
        return [_form(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: each
        if key in ("example", "value", "default")
        else _form(each, names=key == "properties" and not names)
        for key, each in value.items()
        if names or key not in PROSE or (key == "description" and "content" in value)
    }


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


if __name__ == "__main__":
    main()
