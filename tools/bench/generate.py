#!/usr/bin/env python3
"""Writes a library crate of async Rust, always the same for the same size, to be measured.

    tools/bench/generate.py FOLDER [--functions 2000] [--state clean|edited|one|ten]

The crate has no dependencies and, in the states `clean` and `edited`, no warnings,
of clippy neither. The states differ in one function of a module, `publish_accounts`
in `accounts` and so on:

    clean    the guard of a std mutex is gone when it awaits
    edited   the same with another line, as the harmless edit to compare with
    one      in a module in the middle it holds the guard across the await, while
             the module spawns it, which needs `Send`
    ten      so in ten modules
"""

import argparse
import pathlib
import random
import string
import sys

sys.dont_write_bytecode = True

from templates import FUNCTIONS, MANIFEST, MODULE, PUBLISH, STARTS, STRUCTS, SUPPORT

SEED = 20_260
MODULES = ("accounts", "billing", "catalog", "delivery", "events", "feeds",
           "gateway", "history", "inventory", "journal", "keyring", "ledger")
MIDDLE = MODULES[len(MODULES) // 2]
STATES = {"clean": (), "edited": (), "one": (MIDDLE,), "ten": MODULES[1:11]}
VERBS = ("load", "merge", "poll", "relay", "renew", "scan", "settle", "sync", "trim", "watch")
NOUNS = ("batch", "cursor", "draft", "invoice", "lease", "order", "page", "quota", "route", "token")


class Module:
    """The text of one module, and the functions in it that others may call."""

    def __init__(self, name, choice):
        self.name = name
        self.choice = choice
        self.items = []
        self.callees = []
        self.functions = 0

    def values(self):
        """What a template may name, drawn anew for each item."""
        draw = self.choice.randint
        # The number makes names unique.
        number = len(self.items)
        noun = self.choice.choice(NOUNS)
        # Futures nest, and callees are drawn from all before, so chains of calls stay short.
        return {"f": f"{self.choice.choice(VERBS)}_{noun}_{number}", "noun": noun,
                "S": f"{noun.capitalize()}Keeper{number}", "a": draw(2, 90), "b": draw(100, 900),
                "c": draw(3, 9), "callee": self.callee(), "callee2": self.callee()}

    def callee(self):
        return self.choice.choice(self.callees) if self.callees else "first"

    def add(self, template, values):
        text = string.Template(template).substitute(values)
        self.functions += text.count("async fn ")
        self.items.append(text)

    def add_function(self):
        values = self.values()
        kind, template = self.choice.choice(FUNCTIONS)
        self.add(template, values)
        if kind == "borrowing":
            self.callees.append(values["f"])
        if kind in STARTS and self.choice.random() < 0.25:
            self.items.append(string.Template(STARTS[kind]).substitute(values))

    def fill(self, functions):
        """Adds items until there are so many async functions, the one to edit half way."""
        self.add(MODULE, {"name": self.name})
        self.callees.append("first")
        published = False
        while self.functions < functions:
            if not published and 2 * self.functions >= functions:
                self.functions += 1
                self.items.append(PUBLISH["clean"])
                published = True
            elif self.choice.random() < 0.05 and functions - self.functions > 8:
                self.add(self.choice.choice(STRUCTS), self.values())
            else:
                self.add_function()

    def text(self, state):
        edited = string.Template(PUBLISH[state]).substitute(name=self.name)
        return "\n".join(edited if item is PUBLISH["clean"] else item for item in self.items)


def crate_files(functions, state):
    """{path: text} of the crate in this state."""
    files = {"Cargo.toml": MANIFEST, "src/support.rs": SUPPORT}
    files["src/lib.rs"] = "//! A service in twelve parts.\n\n" + "".join(
        f"pub mod {name};\n" for name in sorted((*MODULES, "support")))
    for index, name in enumerate(MODULES):
        module = Module(name, random.Random(SEED + index))
        module.fill(functions * (index + 1) // len(MODULES) - functions * index // len(MODULES))
        if name in STATES[state]:
            variant = "error"
        else:
            variant = "edited" if state == "edited" and name == MIDDLE else "clean"
        files[f"src/{name}.rs"] = module.text(variant)
    return files


def write_crate(folder, functions, state):
    """Writes what differs only, so that nothing else looks edited. Returns the number of lines."""
    files = crate_files(functions, state)
    for path, text in files.items():
        target = pathlib.Path(folder) / path
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    return sum(text.count("\n") for path, text in files.items() if path.endswith(".rs"))


def crate_size(text):
    """The number of functions, for argparse."""
    size = int(text)
    if size < 8 * len(MODULES):
        raise argparse.ArgumentTypeError(f"expected {8 * len(MODULES)} or more, found {size}")
    return size


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--functions", type=crate_size, default=2000)
    parser.add_argument("--state", choices=STATES, default="clean")
    arguments = parser.parse_args()
    lines = write_crate(arguments.folder, arguments.functions, arguments.state)
    print(f"{arguments.functions} async functions, {lines} lines")


if __name__ == "__main__":
    main()
