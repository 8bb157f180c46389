"""One cargo project that depends on all crates of the table, and how rustc was run for each.

Cargo is given a wrapper that writes down the arguments and the environment of each
library that it checks, then runs rustc as it was asked to. What is wanted beyond a
plain check is got by running rustc again as recorded, with a few words changed.
"""

import dataclasses
import pathlib
import subprocess

from published import DROPPED, TABLE, Failure, environment, table, write, write_project

# Small crates that need few others.
QUICK = ("async-lock", "bb8")
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
        write_project(folder, "ecosystem", self.dependencies)
        wrapper = self.work / "record"
        write(wrapper, WRAPPER)
        wrapper.chmod(0o755)
        self.units.mkdir(parents=True, exist_ok=True)
        env = environment(self.toolchain) | {"RUSTC_WRAPPER": str(wrapper), "CARGO_TARGET_DIR": str(self.target),
                                             "ECOSYSTEM_UNITS": str(self.units)}
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
