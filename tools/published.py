"""Published crates, got by cargo: what the tools that try us on them share.

A table names crates as cargo's dependencies do. A project that depends on all of them
makes cargo agree on one set of versions and download it.
"""

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tomllib

# Crates with much async code, chosen to agree on one set of dependencies.
TABLE = pathlib.Path(__file__).resolve().parent / "ecosystem/crates.toml"
MANIFEST = """\
[package]
name = "{name}"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
"""
# Variables that would make two machines differ, or that a cargo around us has set.
DROPPED = ("CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "CARGO_BUILD_TARGET", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS",
           "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTC_BOOTSTRAP", "CARGO_BUILD_RUSTC",
           "CARGO_MAKEFLAGS", "MAKEFLAGS")


class Failure(Exception):
    """What was asked for cannot be had; the text says why."""


@dataclasses.dataclass(frozen=True)
class Crate:
    name: str
    version: str
    requirement: str  # its line of the table

    def __str__(self):
        return f"{self.name}-{self.version}"


def table(names=(), path=TABLE):
    """The crates of the table, or those of these names."""
    crates = []
    for line in filter(None, path.read_text().splitlines()):
        if line.startswith("#"):
            continue
        (name, wanted), = tomllib.loads(line).items()
        version = wanted if isinstance(wanted, str) else wanted["version"]
        crates.append(Crate(name, version.removeprefix("="), line))
    return [crate for crate in crates if not names or crate.name in names]


def cache():
    """Where what was downloaded and made is kept for the next time."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "just-add-async"


def environment(toolchain):
    env = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return env | {"RUSTUP_TOOLCHAIN": toolchain, "CARGO_TERM_COLOR": "never"}


def write_project(folder, name, crates):
    """A project that depends on these crates."""
    write(folder / "Cargo.toml", MANIFEST.format(name=name) + "".join(crate.requirement + "\n" for crate in crates))
    write(folder / "src/lib.rs", "")


def fetch(folder, crates, toolchain="stable"):
    """Has cargo download what the project in the folder needs: {crate: where cargo unpacked it}."""
    env = environment(toolchain)
    if subprocess.run(["cargo", "fetch", "--quiet"], cwd=folder, env=env, stdin=subprocess.DEVNULL).returncode:
        raise Failure("cargo fetch failed")
    told = subprocess.run(["cargo", "metadata", "--format-version=1", "--offline"], cwd=folder, env=env,
                          stdin=subprocess.DEVNULL, capture_output=True)
    if told.returncode:
        raise Failure(f"cargo metadata: {told.stderr.decode(errors='replace')[-2000:]}")
    places = {(package["name"], package["version"]): pathlib.Path(package["manifest_path"]).parent
              for package in json.loads(told.stdout)["packages"]}
    return {crate: places[crate.name, crate.version] for crate in crates}


def write(path, text):
    """Only what differs, so that cargo finds the rest fresh."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def say(text):
    print(text, file=sys.stderr, flush=True)
