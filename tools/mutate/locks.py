"""The mutations of locks and their guards."""

from edits import cut, in_use, path_begin, receiver, reimported, replace

GUARD_METHODS = ("lock", "read", "write", "borrow", "borrow_mut")
ASYNC_LOCKS = ("tokio", "async_lock", "futures", "futures_util")


def lock_calls(source):
    """`.lock().await` and the like, by the token of the first dot."""
    return [at for method in ("lock", "read", "write") for at in source.find(".", method, "(", ")", ".", "await")]


def async_lock_imports(source, name):
    for at in source.find(name):
        whole = in_use(source, at)
        if whole and any(word in ASYNC_LOCKS for word in source.words[whole[0]:at]):
            yield at


def std_mutex(sources):
    """An async lock becomes std's, whose guard is then held over the awaits."""
    everywhere, imports = [], 0
    for source in sources:
        for name in ("Mutex", "RwLock"):
            moved = [edits for at in async_lock_imports(source, name)
                     if (edits := reimported(source, at, name, f"std::sync::{name}"))]
            methods = ("lock",) if name == "Mutex" else ("read", "write")
            calls = [replace(source, at + 4, at + 5, ".unwrap()") for at in lock_calls(source)
                     if source.word(at + 1) in methods]
            if len(moved) == 1:
                # The calls follow the type, or were forgotten.
                yield moved[0] + calls
                if calls:
                    yield moved[0]
            everywhere += (moved[0] if len(moved) == 1 else []) + calls
            imports += len(moved)
            yield from fields_with_std_mutex(sources, source, name)
    if imports:
        yield everywhere


def fields_with_std_mutex(sources, source, name):
    """The lock of one field of a struct becomes std's, where its type says so and wherever it is taken."""
    if not any(True for _ in async_lock_imports(source, name)):
        qualified = {at for at in source.find(name) if source.words[path_begin(source, at)] in ASYNC_LOCKS}
    else:
        qualified = set(source.find(name))
    for at in sorted(qualified):
        field = at
        while field > 0 and source.words[field] not in (",", "{", ";", "(", "fn"):
            field -= 1
        field = field + 1
        while source.word(field) in ("pub", "(", "crate", "super", ")"):
            field += 1
        if in_use(source, at) or source.word(field + 1) != ":" or source.word(at + 1) != "<":
            continue
        edits = [replace(source, path_begin(source, at), at, f"std::sync::{name}")]
        for other in sources:
            for call in lock_calls(other):
                if other.word(call - 1) == source.word(field):
                    edits.append(replace(other, call + 4, call + 5, ".unwrap()"))
            for made in other.find(name, "::", "new", "("):
                begin = path_begin(other, made)
                while other.word(begin - 1) == "(" and other.is_seq(begin - 4, "Arc", "::", "new", "("):
                    begin -= 4
                if other.word(begin - 2) == source.word(field) and other.word(begin - 1) in (":", "="):
                    edits.append(replace(other, path_begin(other, made), made, f"std::sync::{name}"))
        if len(edits) > 1:
            yield edits


def guard_chains(source):
    """Calls that give a guard without waiting: the tokens of the chain's first and last, up to `unwrap` or `expect`."""
    for method in GUARD_METHODS:
        for at in source.find(".", method, "(", ")"):
            last = at + 3
            if source.word(last + 1) == "." and source.word(last + 2) in ("unwrap", "expect"):
                last = source.close_of(last + 3)
            if not source.is_seq(last + 1, ".", "await"):
                yield receiver(source, at), last


def hoisted(source, first):
    """The first tokens of statements before which a guard can be taken so that it lives at an await."""
    body = source.async_body_around(first)
    places = []
    at = source.statement_begin(first)
    while body and at > body[0]:
        block = source.brace_around(at)
        if source.awaits_in(at, source.close_of(block)):
            places.append(at)
        # Of the statements before it, the nearest that awaits.
        before = at
        while before - 1 > block and source.words[before - 1] in (";", "}"):
            before = source.statement_begin(before - 2 if source.words[before - 1] == ";" else before - 1)
            if source.awaits_in(before, at):
                places.append(before)
                break
        if block <= body[0]:
            break
        at = source.statement_begin(block)
    return places


def guard_scope(sources):
    """A guard that was let go before an await lives on, or is taken before one."""
    for source in sources:
        for at in source.find("drop", "("):
            if source.close_of(at + 1) == at + 3 and source.word(at + 4) == ";" and source.async_body_around(at) \
                    and source.word(at - 1) in (";", "}", "{"):
                yield [cut(source, at, at + 4)]
        for first, last in guard_chains(source):
            begin = source.statement_begin(first)
            named = source.word(begin) == "let" and source.word(last + 1) == ";"
            for place in hoisted(source, first):
                start = source.tokens[place].start
                line = source.text.rfind("\n", 0, start) + 1
                indent = source.text[line:start]
                if (place != begin or not named) and source.words[place] not in ("#", "else", "=>") \
                        and not indent.strip():
                    yield [(source.file, start, "", f"let mut guard = {source.between(first, last)};\n{indent}"),
                           replace(source, first, last, "guard")]
            if named:
                yield from opened_block(source, first)


def opened_block(source, at):
    """The block that ends a guard's life goes, where nothing but a `let` or a statement is made of it."""
    opened = source.brace_around(at)
    closed = source.close_of(opened)
    if opened < 1 or not source.async_body_around(opened):
        return
    around = source.brace_around(opened)
    if not source.awaits_in(closed, source.close_of(around)):
        return
    if source.word(opened - 1) in (";", "}", "{"):
        edits = [cut(source, opened, opened), cut(source, closed, closed)]
        if source.word(closed - 1) not in (";", "}"):
            edits[1] = replace(source, closed, closed, ";")
        yield edits
    elif source.word(opened - 1) == "=" and source.word(closed + 1) == ";":
        # `let v = { let g = ..; value };` becomes `let g = ..; let v = value;`.
        begin = source.statement_begin(opened)
        value = closed - 1
        while value > opened and not (source.words[value] == ";" and source.around[value] == opened):
            value -= 1
        if value > opened and source.word(begin) == "let":
            end = source.tokens[closed - 1].end
            yield [(source.file, source.tokens[begin].start, source.between(begin, opened), ""),
                   (source.file, source.tokens[value + 1].start, "", source.between(begin, opened - 1) + " "),
                   (source.file, end, source.text[end:source.tokens[closed].end], "")]
