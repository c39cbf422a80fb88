"""Two trees of one run: what is the same in both is read once."""

from __future__ import annotations

import pytest
from command_line import Project, call

from scrimp.tree.blobs import Blobs


def test_of_base_only_blobs_are_read_that_head_does_not_have(
    committed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed.write("kept.py", call()).write("other.py", "VALUE = 1\n").write("changed.py", call()).commit()
    old = committed.git("rev-parse", "HEAD:changed.py").strip()
    configuration = committed.git("rev-parse", "HEAD:scrimp.yaml").strip()
    committed.write("changed.py", call(system="nine words are in this prompt, no more now"))
    read: list[str] = []
    reading = Blobs.read

    def noted(self: Blobs, blob: str) -> bytes | None:
        read.append(blob)
        return reading(self, blob)

    monkeypatch.setattr(Blobs, "read", noted)
    changes = committed.report("diff", "main")["changes"]
    assert [each["prompt"] for each in changes] == ["changed.py::SYSTEM"]
    assert set(read) == {old, configuration}
