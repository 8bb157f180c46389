"""Questions to rustc put into a crate's source: is this future `Send`?

Each async block becomes the argument of a function that demands a trait, and beside each
async fn goes a function that calls it and demands the same of the future. Line numbers
stay as they are.
"""

import dataclasses
import re

from tree_sitter import Language, Parser
import tree_sitter_rust

DEMAND = "__demand"
NEVER = "__Never"
# Appended to the crate's root module.
HELPER = f"""
pub(crate) trait {NEVER} {{{{}}}}
pub(crate) fn {DEMAND}<T: {{bound}}>(future: T) -> T {{{{ future }}}}
"""
SEND = "::core::marker::Send"
# Attributes that leave a function as it is. Others may be macros that write another one.
HARMLESS = {"allow", "cfg", "cfg_attr", "cold", "deny", "deprecated", "doc", "expect", "inline", "must_use",
            "track_caller", "warn"}
# A macro around items that may well give them back as they are, with a `cfg` each; if it
# does not, rustc says nothing about the questions within.
AROUND_ITEMS = {"source_file", "declaration_list"}


@dataclasses.dataclass(frozen=True)
class Probe:
    file: str  # relative to the crate's folder
    line: int  # of `async`, and the column in characters, both from 1
    column: int
    kind: str  # `async block`, `async fn` or `async method`
    name: str  # of the function, or the one around the block
    body: tuple  # line and column of the block
    edits: tuple  # (byte offset in the file, bytes to insert)

    def applied(self, probes):
        """Where it is in the file with these questions, as a range of bytes."""
        begin, end = self.edits[0][0], self.edits[-1][0]
        before = sum(len(text) for probe in probes for at, text in probe.edits if at < begin)
        within = sum(len(text) for probe in probes for at, text in probe.edits if begin <= at <= end)
        return begin + before, end + before + within


def parse(source):
    """The syntax tree, also of what is within macros around items."""
    parser = Parser(Language(tree_sitter_rust.language()))
    text = bytearray(source)
    # Such macros may be nested.
    for _ in range(4):
        tree = parser.parse(bytes(text))
        unwrapped = [node for node in walk(tree.root_node) if node.type == "macro_invocation" and around_items(node)]
        for node in unwrapped:
            tokens = node.children[-1]
            blank(text, node.start_byte, tokens.start_byte + 1)
            blank(text, tokens.end_byte - 1, tokens.end_byte)
        if not unwrapped:
            break
    return tree.root_node


def blank(text, begin, end):
    for at in range(begin, end):
        if text[at] not in b"\r\n":
            text[at] = ord(" ")


def around_items(node):
    parent = node.parent
    if parent and parent.type == "expression_statement":
        parent = parent.parent
    tokens = node.children[-1]
    return (parent is not None and parent.type in AROUND_ITEMS and tokens.type == "token_tree"
            and tokens.children[0].type == "{" and b"async" in tokens.text)


def walk(root):
    """All nodes, without recursion."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        yield node
        nodes.extend(reversed(node.children))


def attributes(node):
    """The texts of the attributes before an item."""
    found = []
    node = node.prev_sibling
    while node and node.type in ("attribute_item", "line_comment", "block_comment"):
        if node.type == "attribute_item":
            found.append(node.text.decode()[2:-1].strip())
        node = node.prev_sibling
    return found


def harmless(attribute):
    name = re.match(r"[\w:]*", attribute)[0]
    return name in HARMLESS and (name != "cfg_attr" or re.search(r",\s*(doc|must_use|inline)\b", attribute))


def child(node, kind):
    return next((child for child in node.children if child.type == kind), None)


def is_async(function):
    modifiers = child(function, "function_modifiers")
    return next((word for word in modifiers.children if word.type == "async"), None) if modifiers else None


def enclosing(node, *kinds):
    while node and node.type not in kinds:
        node = node.parent
    return node


class File:
    """One source file and the questions that can be put in it."""

    def __init__(self, path, source):
        self.path = path
        self.source = source
        self.lines = source.split(b"\n")
        self.probes = [probe for node in walk(parse(source)) for probe in self.probe(node) if probe]

    def place(self, node):
        row, column = node.start_point
        return row + 1, len(self.lines[row][:column].decode(errors="replace")) + 1

    def probe(self, node):
        if node.type == "async_block":
            yield self.block(node)
        elif node.type == "function_item" and is_async(node):
            yield self.function(node)

    def block(self, node):
        around = enclosing(node, "function_item", "const_item", "static_item")
        name = around.child_by_field_name("name").text.decode() if around else ""
        edits = (node.start_byte, f"crate::{DEMAND}(".encode()), (node.end_byte, b")")
        return Probe(self.path, *self.place(node), "async block", name, self.place(node), edits)

    def function(self, node):
        """A function like it but for being sync, which calls it; none where that needs more than its signature."""
        given = attributes(node)
        scope = enclosing(node.parent, "impl_item", "trait_item", "block", "source_file", "mod_item")
        if scope is None or scope.type == "trait_item" or not all(map(harmless, given)):
            return None
        method = scope.type == "impl_item"
        if method and (scope.child_by_field_name("trait") or not all(map(harmless, attributes(scope)))):
            return None
        called = called_with(node.child_by_field_name("parameters"))
        if called is None:
            return None
        parameters, arguments = called
        generics = node.child_by_field_name("type_parameters")
        named = [kept.child_by_field_name("name").text.decode() for kept in generics.children
                 if kept.type in ("type_parameter", "const_parameter")] if generics else []
        where = child(node, "where_clause")
        name = node.child_by_field_name("name").text.decode()
        call = ("Self::" if method else "") + name + (f"::<{', '.join(named)}>" if named else "") + f"({arguments})"
        if b"unsafe" in child(node, "function_modifiers").text:
            call = f"unsafe {{ {call} }}"
        text = "".join(f" #[{attribute}]" for attribute in given if attribute.startswith("cfg("))
        text += f" fn __probe_{node.start_byte}{generics.text.decode() if generics else ''}({parameters})"
        text += f" {where.text.decode()}" if where else ""
        text += f" {{ let _ = crate::{DEMAND}({call}); }}"
        if "\n" in text:
            # Comments would swallow what follows them.
            text = re.sub(r"//[^\n]*", "", text).replace("\r", "").replace("\n", " ")
        body = node.child_by_field_name("body")
        return Probe(self.path, *self.place(is_async(node)), "async method" if method else "async fn", name,
                     self.place(body), ((node.end_byte, text.encode()),))


def called_with(parameters):
    """The parameters with names of their own and the arguments that pass them on, as text."""
    declared, passed = [], []
    for node in parameters.named_children:
        pattern = node.child_by_field_name("pattern")
        if node.type == "self_parameter" or (pattern and pattern.text.split()[-1] == b"self"):
            declared.append(node.text.decode())
            passed.append("self")
        elif node.type == "parameter":
            passed.append(f"__{len(passed)}")
            declared.append(f"{passed[-1]}: {node.child_by_field_name('type').text.decode()}")
        elif not node.type.endswith("_comment"):
            return None
    return ", ".join(declared), ", ".join(passed)


def edited(source, probes):
    """The source with these questions put in it."""
    pieces, last = [], 0
    for at, text in sorted(edit for probe in probes for edit in probe.edits):
        pieces += [source[last:at], text]
        last = at
    return b"".join([*pieces, source[last:]])
