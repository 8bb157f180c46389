"""One cargo project that depends on all crates of the table, and how rustc was run for each.

Cargo is given a wrapper that writes down the arguments and the environment of each
library that it checks, then runs rustc as it was asked to. What is wanted beyond a
plain check is got by running rustc again as recorded, with a few words changed.
"""

import dataclasses
import os
import pathlib
import subprocess
import sys
import tomllib

TABLE = pathlib.Path(__file__).resolve().parent / "crates.toml"
# Small crates that need few others.
QUICK = ("async-lock", "bb8")
MANIFEST = """\
[package]
name = "ecosystem"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
"""
# Build scripts, and what these need, are compiled with `link` too, with other arguments.
WRAPPER = """\
#!/bin/sh
case "$*" in *--error-format=json*--emit=dep-info,metadata\\ *)
    unit="$ECOSYSTEM_UNITS/$CARGO_PKG_NAME-$CARGO_PKG_VERSION"
    pwd -P > "$unit.cwd"
    env -0 > "$unit.env"
    printf '%s\\0' "$@" > "$unit.argv"
esac
exec "$@"
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


def table(names=()):
    """The crates of the table, or those of these names."""
    crates = []
    for line in filter(None, TABLE.read_text().splitlines()):
        if line.startswith("#"):
            continue
        (name, wanted), = tomllib.loads(line).items()
        version = wanted if isinstance(wanted, str) else wanted["version"]
        crates.append(Crate(name, version.removeprefix("="), line))
    return [crate for crate in crates if not names or crate.name in names]


def toolchains():
    """`stable`, and `nightly` where it is installed."""
    try:
        listed = subprocess.run(["rustup", "toolchain", "list"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure(f"rustup does not tell its toolchains: {error}") from None
    return ["stable"] + ["nightly"] * ("nightly-" in listed)


@dataclasses.dataclass(frozen=True)
class Unit:
    """How cargo had rustc check a crate."""
    argv: list
    env: dict
    cwd: str

    @property
    def root(self):
        """The path of the crate's root module."""
        return next(word for word in self.argv[1:] if word.endswith(".rs"))

    @property
    def sources(self):
        """The crate as cargo unpacked it."""
        return pathlib.Path(self.env["CARGO_MANIFEST_DIR"])

    def replay(self, flags, root=None):
        """Runs rustc once more, with unstable flags allowed; `flags` say what to write and where."""
        argv = []
        words = iter(self.argv)
        for word in words:
            if word == "--out-dir":
                next(words)
            elif word == self.root:
                argv.append(str(root or word))
            elif not word.startswith("--emit="):
                argv.append(word)
        return subprocess.run([*argv, *flags], cwd=self.cwd, env=self.env | {"RUSTC_BOOTSTRAP": "1"},
                              stdin=subprocess.DEVNULL, capture_output=True)


class Project:
    """The project in the work directory, checked with one toolchain; `crates` are those to look at."""

    def __init__(self, work, toolchain, dependencies, names=()):
        unknown = set(names) - {crate.name for crate in dependencies}
        if unknown:
            raise Failure(f"not in {TABLE.name}: {', '.join(sorted(unknown))}")
        self.work = work
        self.toolchain = toolchain
        self.dependencies = dependencies
        self.crates = [crate for crate in dependencies if not names or crate.name in names]
        # Beside what cargo keeps, since it runs no wrapper for what is fresh.
        self.target = work / "target" / toolchain
        self.units = self.target / "units"

    def crate(self, name):
        return next(crate for crate in self.crates if crate.name == name)

    def check(self):
        """Downloads and compiles whatever is not yet there."""
        folder = self.work / "project"
        write(folder / "Cargo.toml", MANIFEST + "".join(crate.requirement + "\n" for crate in self.dependencies))
        write(folder / "src/lib.rs", "")
        wrapper = self.work / "record"
        write(wrapper, WRAPPER)
        wrapper.chmod(0o755)
        self.units.mkdir(parents=True, exist_ok=True)
        env = {name: value for name, value in os.environ.items() if name not in DROPPED}
        env |= {"RUSTUP_TOOLCHAIN": self.toolchain, "RUSTC_WRAPPER": str(wrapper), "CARGO_TARGET_DIR": str(self.target),
                "ECOSYSTEM_UNITS": str(self.units), "CARGO_TERM_COLOR": "never"}
        done = subprocess.run(["cargo", "check", "--quiet"], cwd=folder, env=env, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failure(f"cargo check failed with {self.toolchain}")

    def unit(self, crate):
        recorded = self.units / str(crate)
        try:
            words = {part: recorded.with_name(f"{crate}.{part}").read_bytes().decode() for part in ("argv", "env")}
            cwd = recorded.with_name(f"{crate}.cwd").read_text().rstrip("\n")
        except FileNotFoundError:
            raise Failure(f"cargo did not check {crate} with {self.toolchain}") from None
        env = dict(entry.split("=", 1) for entry in words["env"].split("\0") if entry)
        # The jobserver has gone with that cargo.
        env = {name: value for name, value in env.items() if name not in DROPPED}
        return Unit(words["argv"].rstrip("\0").split("\0"), env, cwd)


def write(path, text):
    """Only what differs, so that cargo finds the rest fresh."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def say(text):
    print(text, file=sys.stderr, flush=True)
