// The part of a body between its head and its first block:
//   debug NAME => PLACE;   let mut _3: TYPE;   scope 1 { .. }
// Locals and scopes come in the order of the scope tree, not of their numbers,
// and `debug` lines may name locals below them. So all are collected first and
// put in place at the end. Numbers are dense in what rustc writes: one beyond
// the count is refused, which bounds the stores by the text.
#include "mir/body_reader.h"

#include <algorithm>

namespace jaa::mir {

void BodyReader::read_declarations() {
  Line line;
  while (next(line)) {
    Cursor cursor(line.code);
    if (line.code.starts_with("bb")) {
      lines_.put_back();
      break;
    }
    if (cursor.consume("let ")) {
      read_local(cursor, line);
    } else if (cursor.consume("debug ")) {
      read_debug(cursor, line);
    } else if (cursor.consume("scope ")) {
      open_scope(cursor, line);
    } else if (line.code == "}" && open_scopes_.size() > 1) {
      open_scopes_.pop_back();
    } else {
      not_understood(line);
    }
  }
  place_locals();
  resolve_scopes();
  place_debug_infos();
}

void BodyReader::read_local(Cursor& cursor, const Line& line) {
  Declaration declaration{};
  declaration.local.is_mut = cursor.consume("mut ");
  const auto number = cursor.consume('_') ? cursor.number() : std::nullopt;
  if (!number || !cursor.consume(": ")) {
    return not_understood(line);
  }
  declaration.number = *number;
  // What the source ascribed comes behind the type, in `built`.
  const std::string_view type = cursor.take_until(";");
  declaration.local.type = types_.parse(type.substr(0, type.find(" as UserTypeProjection")));
  declaration.local.may_borrow = type.find_first_of("&'") != std::string_view::npos;
  if (!cursor.consume(';')) {
    return not_understood(line);
  }
  declaration.local.scope = ScopeId(size_t{open_scopes_.back()});
  declaration.local.span = spans_.read_comment(line.comment).span;
  declarations_.push_back(std::move(declaration));
}

void BodyReader::read_debug(Cursor& cursor, const Line& line) {
  PendingDebug pending{{}, line.number, {}};
  pending.info.name = cursor.take_until(" => ");
  if (!cursor.consume(" => ")) {
    return not_understood(line);
  }
  pending.value = cursor.rest();
  if (pending.value.ends_with(';')) {
    pending.value.remove_suffix(1);
  }
  pending.info.scope = ScopeId(size_t{open_scopes_.back()});
  pending.info.span = spans_.read_comment(line.comment).span;
  debug_infos_.push_back(std::move(pending));
}

// After `scope `: `1 {`, or `3 (inlined #[track_caller] f) {`.
void BodyReader::open_scope(Cursor& cursor, const Line& line) {
  const auto number = cursor.number();
  Scope scope;
  if (cursor.consume(" (inlined ")) {
    scope.inlined = cursor.take_until(")");
    cursor.consume(')');
  }
  // The first of a number counts; so a scope's parent always came before it, and
  // parents form no circle.
  if (!number || *number == 0 || cursor.rest() != " {") {
    return not_understood(line);
  }
  scope.parent = ScopeId(size_t{open_scopes_.back()});
  open_scopes_.push_back(*number);
  if (!scopes_.try_emplace(*number, std::move(scope)).second) {
    not_understood(line);
  }
}

void BodyReader::place_locals() {
  // There is always a return place.
  const size_t count = std::max<size_t>(declarations_.size(), 1);
  body_.locals.reserve(count);
  for (size_t index = 0; index < count; ++index) {
    body_.locals.add({});
  }
  for (Declaration& declaration : declarations_) {
    const LocalId id(size_t{declaration.number});
    if (body_.locals.contains(id) && !body_.locals[id].type.is_valid()) {
      body_.locals[id] = std::move(declaration.local);
    }
  }
  bool is_complete = true;
  for (Local& local : body_.locals) {
    if (!local.type.is_valid()) {
      local.type = types_.parse("");
      is_complete = false;
    }
  }
  if (!is_complete) {
    sink_.add(lines_.line_number(), "the body's locals are not all declared");
    body_.has_opaque = true;
    body_.arg_count = std::min(body_.arg_count, static_cast<uint32_t>(count - 1));
  }
}

void BodyReader::resolve_scopes() {
  for (size_t index = 0; index < scopes_.size() + 1; ++index) {
    body_.scopes.add({});
  }
  const auto resolve = [this](ScopeId& id) { id = body_.scopes.contains(id) ? id : ScopeId(); };
  for (auto& [number, scope] : scopes_) {
    resolve(scope.parent);
    if (const ScopeId id = scope_id(number); id.is_valid()) {
      body_.scopes[id] = std::move(scope);
    } else {
      sink_.add(lines_.line_number(), "a scope's number is out of range", std::to_string(number));
      body_.has_opaque = true;
    }
  }
  for (Local& local : body_.locals) {
    resolve(local.scope);
  }
  for (PendingDebug& pending : debug_infos_) {
    resolve(pending.info.scope);
  }
}

void BodyReader::place_debug_infos() {
  body_.debug_infos.reserve(debug_infos_.size());
  for (PendingDebug& pending : debug_infos_) {
    Cursor cursor(pending.value);
    if (cursor.consume("const ")) {
      pending.info.constant = cursor.rest();
    } else {
      Place place;
      if (values_.read_place(cursor, place) && cursor.at_end()) {
        pending.info.place = std::move(place);
      } else {
        pending.info.constant = pending.value;
        sink_.add(pending.line, "not understood", pending.value);
        body_.has_opaque = true;
      }
    }
    body_.debug_infos.push_back(std::move(pending.info));
  }
}

}  // namespace jaa::mir
