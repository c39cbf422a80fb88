"""GitHub behind a proxy that knows its published description, for a whole test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from forge.described import Proxy
from forge.fake_github import TOKEN, GitHub
from forge.loopback import served
from msgspec import Struct, field

from scrimp.forge.comments import Comment, Done, post
from scrimp.forge.hosts import Target, comments


class Posting(Struct):
    """A job that comments on pull request 7, and what it waited for."""

    host: GitHub
    proxy: Proxy
    address: str
    target: Target = field(default_factory=lambda: Target(number=7))
    waited: list[float] = field(default_factory=list)

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": self.address,
            "GITHUB_REPOSITORY": "octocat/Hello-World",
        }

    def post(
        self, text: str = "It costs more.", *, create: bool = True, **environment: str
    ) -> tuple[Done, Comment | None]:
        """Post a text as the command does."""
        wait = self.waited.append
        target = comments("github", self.target, {**self.environment, **environment}, wait)
        return post(target, "default", text, create=create, wait=wait)


@pytest.fixture
def job() -> Iterator[Posting]:
    """A job; whatever it asks and is answered must be as described."""
    host = GitHub()
    with served(host) as upstream:
        proxy = Proxy(upstream)
        with served(proxy) as address:
            yield Posting(host, proxy, address)
    assert proxy.violations == []
