// For the tests of this layer and of those above it: recorded files, small bodies made of
// a few lines, and the question whether a body is sound.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

#include "mir/printer.h"
#include "mir/reader.h"

namespace jaa::mir {

// A file of `testdata`.
inline std::string recorded(const std::string& path) {
  std::ifstream stream(std::string(JAA_TESTDATA "/") + path, std::ios::binary);
  REQUIRE_MESSAGE(stream.good(), path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::string print_module(const Module& module) {
  std::string text;
  print_module(module, text);
  return text;
}

inline std::string print_body(const Body& body, const Numbering& numbering = {}) {
  std::string text;
  print_body(body, text, numbering);
  return text;
}

// Looks for what is out of its array.
class SoundnessCheck {
 public:
  explicit SoundnessCheck(const Body& body) : body_(body) {
    check_head();
    check_scopes();
    check_code();
    check_notes();
    for (const Projection& projection : body.all_projections) {
      need(projection.kind != Projection::Kind::Index || body.locals.contains(projection.index()),
           "an index's local");
      type(projection.type);
    }
    for (const ProjectedPlace& place : body.places) {
      need(body.locals.contains(place.local), "a place's local");
      need_range(place.first_projection, place.projection_count, body.all_projections.size(),
                 "a place's projections");
    }
    for (const Operand& each : body.all_operands) {
      operand(each);
    }
    for (const Aggregate& aggregate : body.aggregates) {
      type(aggregate.type);
      need_range(aggregate.first_operand, aggregate.operand_count, body.all_operands.size(),
                 "an aggregate's operands");
      need(!aggregate.has_names ||
               aggregate.first_name + size_t{aggregate.operand_count} <= body.all_names.size(),
           "an aggregate's names");
    }
    for (const BlockId target : body.all_targets) {
      need(body.blocks.contains(target), "a target");
    }
    // All names are within the tables if the body prints.
    if (is_sound()) {
      need(!print_body(body).empty(), "the text");
    }
  }
  [[nodiscard]] bool is_sound() const { return bad_.empty(); }
  // The first thing that is not right.
  [[nodiscard]] const std::string& bad() const { return bad_; }

 private:
  void need(bool is_good, const char* what) {
    if (!is_good && bad_.empty()) {
      bad_ = what;
    }
  }
  void need_range(size_t first, size_t count, size_t size, const char* what) {
    need(first + count <= size, what);
  }
  void type(TypeId id) { need(!id.is_valid() || id.index() < body_.types().size(), "a type"); }
  void span(SpanIndex index) { need(index.value < body_.spans.size(), "a span"); }
  void info(SourceInfo each) {
    span(each.span);
    need(body_.scopes.contains(each.scope), "the scope of a line");
  }
  void place(Place each) {
    if (each.is_valid()) {
      need(each.index() < (each.is_local() ? body_.locals.size() : body_.places.size()), "a place");
    }
  }
  void operand(Operand each) {
    if (each.is_valid()) {
      place(each.place());
      need(each.is_constant() || each.place().is_valid(), "an operand without a place");
    }
  }

  void check_head() {
    need(!body_.blocks.empty(), "the blocks");
    need(body_.arg_count < body_.locals.size(), "the arguments");
    type(body_.result_type);
    type(body_.yield_type);
    for (const Local& local : body_.locals) {
      need(local.type.is_valid(), "the type of a local");
      type(local.type);
      need(body_.scopes.contains(local.scope), "the scope of a local");
      span(local.span);
    }
    for (const DebugInfo& debug : body_.debug_infos) {
      place(debug.place);
      need(debug.place.is_valid() != debug.constant.is_valid(), "a variable's value");
      info(debug.info);
    }
    for (const UserTypeProjection& projection : body_.user_type_projections) {
      need(!projection.local.is_valid() || body_.locals.contains(projection.local),
           "the local of an ascription");
    }
  }
  void check_scopes() {
    need(!body_.scopes.empty() && !body_.scopes[ScopeId(size_t{0})].parent.is_valid(),
         "the outermost scope");
    for (size_t index = 1; index < body_.scopes.size(); ++index) {
      const Scope& scope = body_.scopes[ScopeId(index)];
      need(body_.scopes.contains(scope.parent), "the parent of a scope");
      type(scope.inlined);
      span(scope.call_site);
      ScopeId outer(index);
      for (size_t step = 0; is_sound() && step <= body_.scopes.size() && outer.is_valid(); ++step) {
        outer = body_.scopes[outer].parent;
      }
      need(!outer.is_valid(), "scopes in a circle");
    }
  }
  void check_code() {
    size_t statements = 0;
    for (const Block& block : body_.blocks) {
      need(block.first_statement == statements, "the first statement of a block");
      statements += block.statement_count;
      need_range(block.first_statement, block.statement_count, body_.all_statements.size(),
                 "the statements of a block");
      check(block.terminator);
    }
    need(statements == body_.all_statements.size(), "the statements");
    for (const Statement& statement : body_.all_statements) {
      check(statement);
    }
    need(body_.source_infos.size() == (body_.has_spans ? statements + body_.blocks.size() : 0),
         "the number of lines");
    for (const SourceInfo& each : body_.source_infos) {
      info(each);
    }
  }
  void check(const Statement& statement) {
    using Kind = Statement::Kind;
    place(statement.place);
    need((statement.kind == Kind::Assign) == (statement.rvalue != Rvalue::Kind::None),
         "the right side");
    if (statement.kind == Kind::AscribeUserType) {
      need(statement.number() < body_.user_type_projections.size(), "an ascription");
    } else if (statement.kind == Kind::CopyNonOverlapping) {
      need_range(statement.number(), 3, body_.all_operands.size(), "what is copied");
    } else if (statement.kind == Kind::Assume) {
      operand(statement.operand());
    }
    const bool is_aggregate =
        statement.rvalue == Rvalue::Kind::Struct || statement.rvalue == Rvalue::Kind::FatPtr;
    const bool is_list =
        statement.rvalue == Rvalue::Kind::Array || statement.rvalue == Rvalue::Kind::Tuple;
    need(!is_aggregate || statement.number() < body_.aggregates.size(), "an aggregate");
    need(!is_list ||
             statement.number() + size_t{statement.parts[1].bits()} <= body_.all_operands.size(),
         "the parts of a tuple");
    if (!is_sound()) {
      return;
    }
    const Rvalue rvalue = body_.rvalue(statement);
    place(rvalue.place);
    type(rvalue.type);
    for (const Operand& each : rvalue.operands) {
      operand(each);
    }
  }
  void check(const Terminator& end) {
    place(end.place);
    operand(end.operand);
    need_range(end.first_target, end.target_count, body_.all_targets.size(), "the targets");
    const bool is_switch = end.kind == Terminator::Kind::SwitchInt;
    need_range(end.first_operand, end.operand_count,
               is_switch ? body_.all_switch_values.size() : body_.all_operands.size(),
               "the operands of a terminator");
    need((end.unwind == Unwind::Block) == end.unwind_target.is_valid(), "the way of unwinding");
    for (const BlockId target : {end.unwind_target, end.drop_target}) {
      need(!target.is_valid() || body_.blocks.contains(target), "a special target");
    }
  }
  void check_notes() {
    uint32_t last = 0;
    for (const Note& note : body_.notes) {
      need(note.location >= last, "the order of notes");
      need(note.location < body_.all_statements.size() + body_.blocks.size(), "a note's line");
      last = note.location;
      span(note.span);
      need_range(note.first_line, note.line_count, body_.note_lines.size(), "the lines of a note");
    }
  }

  const Body& body_;
  std::string bad_;
};

inline void check_sound(const Module& module) {
  for (const Body& body : module.bodies) {
    CHECK(SoundnessCheck(body).bad() == "");
  }
}

// A module of one body, and what tests ask of it.
struct OneBody {
  Module module;
  [[nodiscard]] const Body& body() const { return module.bodies.front(); }
  [[nodiscard]] const TypeTable& types() const { return module.tables->types; }
  [[nodiscard]] const Statement& statement(size_t index = 0) const {
    return body().all_statements[index];
  }
  [[nodiscard]] Rvalue rvalue() const { return body().rvalue(statement()); }
  [[nodiscard]] const Terminator& terminator() const {
    return body().terminator(BlockId(size_t{0}));
  }
  [[nodiscard]] std::string type(TypeId id) const { return types().print(id); }
  // A constant as it is written.
  [[nodiscard]] std::string constant(ConstantId id) const {
    const Constant& value = (*module.tables)[id];
    return value.type.is_valid() ? types().print(value.type, PathStyle::Value)
                                 : std::string(module.tables->text(value.text));
  }
};

inline OneBody read_one(const std::string& text) {
  OneBody read{read_mir(text, "x.mir")};
  REQUIRE(read.module.bodies.size() == 1);
  check_sound(read.module);
  return read;
}

// The text of a body with locals `_0` to `_5` and blocks 0 to 3, of which the first has
// the lines.
inline std::string body_of(std::initializer_list<std::string> lines) {
  std::string text =
      "fn f(_1: A, _2: B) -> T {\n    let mut _0: T;\n    let _3: Foo<u8>;\n"
      "    let mut _4: u8;\n    let _5: usize;\n\n    bb0: {\n";
  for (const std::string& line : lines) {
    text += "        " + line + "\n";
  }
  text += "    }\n";
  for (const char* number : {"1", "2 (cleanup)", "3"}) {
    text += std::string("\n    bb") + number + ": {\n        return;\n    }\n";
  }
  return text + "}\n";
}

// The body reads without a problem and prints as it was.
inline OneBody read_exactly(const std::string& text) {
  OneBody read = read_one(text);
  CAPTURE(text);
  for (const base::Problem& problem : read.module.problems) {
    FAIL_CHECK(problem.line, ": ", problem.text);
  }
  CHECK(print_module(read.module) == text);
  CHECK_FALSE((read.body().has_opaque && read.terminator().kind != Terminator::Kind::InlineAsm));
  return read;
}

inline OneBody read_statement(const std::string& line) {
  return read_exactly(body_of({line, "return;"}));
}
inline OneBody read_terminator(const std::string& line) {
  return read_exactly(body_of({line}));
}

}  // namespace jaa::mir
