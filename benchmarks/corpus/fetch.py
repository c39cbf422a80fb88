#!/usr/bin/env python3
"""Fetch the packages of a manifest: fetch.py DEST [--manifest FILE] [--archives DIR] [--only NAME ...]

Downloads each pinned archive (pip download, npm pack), checks its sha256 and unpacks the
labelled scope, and nothing else, into DEST/<name>/. With --archives, downloads are kept in
that folder, and an archive that lies there already is not fetched again. --only names the
packages to fetch; without it all are. Without --manifest the labelled packages of manifest.json
are fetched.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent


def download(package: dict, folder: Path) -> None:
    if package["kind"] == "pypi":
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--dest",
            str(folder),
            f"{package['package']}=={package['version']}",
        ]
    else:
        command = [
            "npm",
            "pack",
            "--silent",
            "--pack-destination",
            str(folder),
            f"{package['package']}@{package['version']}",
        ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def files_of(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each regular file of a wheel or an npm archive."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for info in wheel.infolist():
                if not info.is_dir():
                    yield info.filename, wheel.read(info)
    else:
        with tarfile.open(archive) as tarball:
            for member in tarball:
                if member.isfile():
                    yield member.name, tarball.extractfile(member).read()


def in_scope(path: PurePosixPath, scope: dict) -> bool:
    if path.is_absolute() or ".." in path.parts:
        return False
    in_folder = any(path.is_relative_to(folder) for folder in scope["folders"])
    return in_folder and (not scope["suffixes"] or path.suffix in scope["suffixes"])


def unpack(package: dict, archive: Path, target: Path) -> int:
    """Make `target` anew from the archive's files in scope; returns how many there are."""
    shutil.rmtree(target, ignore_errors=True)
    count = 0
    for name, content in files_of(archive):
        path = PurePosixPath(name)
        if package["root"]:
            if not path.is_relative_to(package["root"]):
                continue
            path = path.relative_to(package["root"])
        if in_scope(path, package["scope"]):
            file = target.joinpath(*path.parts)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            count += 1
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dest", type=Path)
    parser.add_argument("--manifest", type=Path, default=HERE / "manifest.json", help="the packages' pins")
    parser.add_argument("--archives", type=Path, help="keep the downloads in this folder and reuse them")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="fetch these packages, not all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        archives = options.archives or Path(temporary)
        archives.mkdir(parents=True, exist_ok=True)
        for package in json.loads(options.manifest.read_text())["packages"]:
            if options.only and package["name"] not in options.only:
                continue
            archive = archives / package["archive"]
            try:
                if not archive.exists():
                    download(package, archives)
                digest = hashlib.sha256(archive.read_bytes()).hexdigest()
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"fetch: {package['name']}: {error}", file=sys.stderr)
                return 1
            if digest != package["sha256"]:
                print(f"fetch: {archive.name}: sha256 is {digest}, not {package['sha256']}", file=sys.stderr)
                return 1
            count = unpack(package, archive, options.dest / package["name"])
            print(f"{package['name']} {package['version']}: {count} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
