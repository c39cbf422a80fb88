"""A page of the documentation whose commands are run as they stand there, one after the other in one shell."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "getting-started.md"
SCRIMP, HELPDESK = "https://github.com/OWNER/scrimp", "https://github.com/OWNER/helpdesk"
"""The addresses in the page, behind which git finds repositories of this machine."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = "\x1eblock {}\n"


@dataclass(frozen=True)
class Block:
    """Commands of a page, and what it shows of their output, if anything."""

    commands: str
    shown: str | None

    def is_shown_by(self, printed: str) -> bool:
        """Whether what was printed is what the page shows; a line ``…`` stands for any lines."""
        assert self.shown is not None
        parts = (re.escape(part) for part in re.split(r"^…\n", self.shown, flags=re.MULTILINE))
        return re.fullmatch("(?:.*\n)*".join(parts), printed) is not None


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of commands, in their order; a block without a language behind one is its output."""
    found = [(match[1], match[2]) for match in _BLOCK.finditer(page.read_text("utf-8"))]
    for number, (language, text) in enumerate(found):
        if language == "sh":
            follows = found[number + 1] if number + 1 < len(found) else ("sh", "")
            yield Block(text, follows[1] if follows[0] == "" else None)


def walk(run: Iterable[Block], folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[Block, str]]:
    """Run blocks in one shell that begins in a folder; each comes with what it printed, errors included."""
    kept = list(run)
    script = "".join(
        f"{block.commands}printf '\\036block %d\\n' {number}\n" for number, block in enumerate(kept)
    )
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    rest = done.stdout.decode()
    for number, block in enumerate(kept):
        printed, _, rest = rest.partition(_END.format(number))
        yield block, printed


def home(folder: Path, repositories: Mapping[str, Path]) -> Path:
    """A home whose git finds repositories of this machine behind addresses, and has someone who commits."""
    folder.mkdir()
    lines = ["[user]\nname = A Tester\nemail = tester@example.org\n"]
    lines += [f'[url "{place.as_uri()}"]\ninsteadOf = {address}\n' for address, place in repositories.items()]
    (folder / ".gitconfig").write_text("".join(lines))
    return folder
