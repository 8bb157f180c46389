// The part of a body between its head and its first block:
//   debug NAME => PLACE;   let mut _3: TYPE;   scope 1 { .. }
// Locals and scopes come in the order of the scope tree, not of their numbers, and
// `debug` lines may name locals below them. So all are collected first and put in place
// at the end. Numbers are dense in what rustc writes: one beyond the count is refused,
// which bounds the arrays by the text.
#include <algorithm>

#include "mir/body_reader.h"

namespace jaa::mir {

void BodyReader::read_declarations() {
  std::string_view line;
  while (next(line)) {
    Cursor cursor(line.substr(std::min(line.find_first_not_of(' '), line.size())));
    if (cursor.starts_with("bb")) {
      lines_->put_back();
      break;
    }
    bool is_read = false;
    if (cursor.consume("let ")) {
      is_read = read_local(cursor);
    } else if (cursor.consume("debug ")) {
      is_read = read_debug(cursor, line);
    } else if (cursor.consume("scope ")) {
      is_read = open_scope(cursor);
    } else if (cursor.rest() == "}" && open_scopes_.size() > 1) {
      open_scopes_.pop_back();
      is_read = true;
    }
    if (!is_read) {
      keep_opaque(line);
    }
  }
  place_locals();
  place_scopes();
  place_debug_infos();
}

// ` // in scope 1 at SPAN`, `mark` being what stands between `//` and ` in `; or nothing.
bool BodyReader::read_declaration_comment(Cursor& cursor, std::string_view mark, SourceInfo& info) {
  if (cursor.at_end()) {
    return true;
  }
  while (cursor.consume(' ')) {
  }
  if (!cursor.consume("//") || !cursor.consume(mark) || !cursor.consume(" in ")) {
    return false;
  }
  const auto found = spans_.read_scope_at(cursor.rest());
  if (!found || found->scope != open_scopes_.back()) {
    return false;
  }
  info.span = found->span;
  builder_.body.has_spans = true;
  return true;
}

// After `let `.
bool BodyReader::read_local(Cursor& cursor) {
  Declaration declaration{};
  Local& local = declaration.local;
  local.is_mut = cursor.consume("mut ");
  const auto number = cursor.consume('_') ? cursor.number() : std::nullopt;
  if (!number || !cursor.consume(": ")) {
    return false;
  }
  declaration.number = *number;
  // What the source ascribed comes behind the type, in `built`.
  std::string_view type = cursor.take(AtSemicolon);
  constexpr std::string_view Ascribed = " as UserTypeProjection {";
  const size_t ascribed = std::min(type.find(Ascribed), type.size());
  Cursor rest(type.substr(ascribed));
  type = type.substr(0, ascribed);
  while (rest.consume(" as ")) {
    UserTypeProjection projection;
    projection.local = LocalId(size_t{*number});
    if (!read_user_type_projection(rest, builder_.tables, projection)) {
      return false;
    }
    builder_.user_type_projections.push_back(projection);
  }
  if (!rest.at_end() || !cursor.consume(';')) {
    return false;
  }
  local.type = builder_.tables.types.parse(type);
  local.scope = open_scopes_.back();
  SourceInfo info;
  if (!read_declaration_comment(cursor, *number == 0 ? " return place" : "", info)) {
    return false;
  }
  local.span = info.span;
  declarations_.push_back(declaration);
  return true;
}

// After `debug `: `NAME => VALUE;`.
bool BodyReader::read_debug(Cursor& cursor, std::string_view line) {
  DebugInfo info;
  const size_t arrow = cursor.rest().find(" => ");
  if (arrow == std::string_view::npos) {
    return false;
  }
  info.name = builder_.tables.name(cursor.rest().substr(0, arrow));
  cursor.advance(arrow + 4);
  const std::string_view value = cursor.take(AtSemicolon);
  info.info.scope = open_scopes_.back();
  if (!cursor.consume(';') || !read_declaration_comment(cursor, "", info.info)) {
    return false;
  }
  info.info.scope = open_scopes_.back();
  builder_.debug_infos.push_back(info);
  debug_infos_.push_back({value, lines_->number(), line});
  return true;
}

// After `scope `: `1 {`, or `3 (inlined #[track_caller] f) {`, and in a dump with spans
// ` // at SPAN` behind the latter.
bool BodyReader::open_scope(Cursor& cursor) {
  const auto number = cursor.number();
  if (!number) {
    return false;
  }
  Scope scope;
  scope.parent = open_scopes_.back();
  if (cursor.consume(" (inlined ")) {
    scope.tracks_caller = cursor.consume("#[track_caller] ");
    scope.inlined = builder_.tables.types.parse(cursor.take(0));
    if (!cursor.consume(')')) {
      return false;
    }
  }
  if (!cursor.consume(" {")) {
    return false;
  }
  if (!cursor.at_end()) {
    while (cursor.consume(' ')) {
    }
    const auto span = cursor.consume("// at ") ? spans_.read(cursor.rest()) : std::nullopt;
    if (!span) {
      return false;
    }
    scope.call_site = *span;
    builder_.body.has_spans = true;
  }
  declared_scopes_.push_back({*number, scope});
  open_scopes_.emplace_back(size_t{*number});
  return true;
}

void BodyReader::place_locals() {
  std::vector<Local>& locals = builder_.locals;
  const size_t count = declarations_.size();
  size_t size = builder_.body.arg_count + size_t{1};
  for (const Declaration& declaration : declarations_) {
    if (declaration.number <= count) {
      size = std::max(size, size_t{declaration.number} + 1);
    } else {
      sink_->add(lines_->number(), "a local's number is too high");
      builder_.body.has_opaque = true;
    }
  }
  locals.assign(size, {});
  std::vector<bool> is_declared(size);
  for (const Declaration& declaration : declarations_) {
    if (declaration.number < size) {
      if (is_declared[declaration.number]) {
        sink_->add(lines_->number(), "a local is declared twice");
        builder_.body.has_opaque = true;
      }
      locals[declaration.number] = declaration.local;
      is_declared[declaration.number] = true;
    }
  }
  const auto is_missing = std::find(is_declared.begin(), is_declared.end(), false);
  if (is_missing != is_declared.end()) {
    if (is_missing - is_declared.begin() != 0 || builder_.body.form == Body::Form::Function) {
      sink_->add(lines_->number(), "a local is not declared");
      builder_.body.has_opaque = true;
    }
    for (size_t index = 0; index < size; ++index) {
      if (!is_declared[index]) {
        locals[index].type = builder_.tables.types.parse("_");
      }
    }
  }
  for (UserTypeProjection& projection : builder_.user_type_projections) {
    if (projection.local.index() >= size) {
      projection.local = {};
    }
  }
}

// Every scope is declared once, below its parent. A number that is too high or comes
// again is no scope, and what names it belongs to the outermost one.
void BodyReader::place_scopes() {
  const ScopeId outermost(size_t{0});
  std::vector<Scope>& scopes = builder_.scopes;
  scopes.assign(declared_scopes_.size() + 1, {});
  std::vector<bool> is_declared(scopes.size());
  is_declared[0] = true;
  for (const DeclaredScope& declared : declared_scopes_) {
    if (declared.number < scopes.size() && !is_declared[declared.number]) {
      is_declared[declared.number] = true;
      scopes[declared.number] = declared.scope;
    } else {
      sink_->add(lines_->number(), "a scope's number is too high or not its own");
      builder_.body.has_opaque = true;
    }
  }
  const auto resolve = [&](ScopeId& scope) {
    if (!scope.is_valid() || scope.index() >= scopes.size() || !is_declared[scope.index()]) {
      scope = outermost;
    }
  };
  for (size_t index = 1; index < scopes.size(); ++index) {
    resolve(scopes[index].parent);
  }
  for (Local& local : builder_.locals) {
    resolve(local.scope);
  }
  for (DebugInfo& info : builder_.debug_infos) {
    resolve(info.info.scope);
  }
}

// Values can only be read once the locals are known.
void BodyReader::place_debug_infos() {
  for (size_t index = 0; index < debug_infos_.size(); ++index) {
    const PendingDebug& pending = debug_infos_[index];
    DebugInfo& info = builder_.debug_infos[index];
    Cursor cursor(pending.value);
    bool is_read = false;
    if (cursor.consume("const ")) {
      info.constant = builder_.tables.constant(cursor.rest(), false);
      is_read = !cursor.rest().empty();
    } else if (cursor.peek() == '_' || cursor.peek() == '(') {
      is_read = values_.read_place(cursor, info.place) && cursor.at_end();
    } else if (!cursor.at_end()) {
      // A function, whose type has only the one value.
      info.constant = builder_.tables.constant(cursor.rest(), true);
      is_read = true;
    }
    if (!is_read) {
      info.place = {};
      sink_->add(pending.line, "not understood", pending.text);
      builder_.body.has_opaque = true;
      ++opaque_lines_;
      builder_.opaque_lines.push_back({pending.line, builder_.tables.name(pending.text)});
      info.constant = builder_.tables.constant(pending.value, true);
    }
  }
}

}  // namespace jaa::mir
