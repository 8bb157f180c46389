#include <algorithm>
#include <numeric>

#include "llvm/ADT/SmallVector.h"
#include "mir/code_printer.h"
#include "mir/printer.h"
#include "mir/value_printer.h"

namespace jaa::mir {
namespace {

// Comments stand in one column where lines are short enough.
constexpr size_t CommentColumn = 40;
constexpr size_t IndentWidth = 4;

class BodyPrinter {
 public:
  BodyPrinter(const Body& body, const Numbering& numbering, std::string& out)
      : body_(body),
        numbering_(numbering),
        out_(out),
        values_(body, numbering, out),
        code_(body, values_, out) {}

  void print() {
    print_head();
    index_scopes();
    print_scopes();
    out_ += '\n';
    const std::vector<uint32_t> order = printed_order(numbering_.blocks, body_.blocks.size());
    for (size_t at = 0; at < order.size(); ++at) {
      if (at > 0) {
        out_ += '\n';
      }
      print_block(BlockId(size_t{order[at]}));
    }
    out_ += "}\n";
  }

 private:
  // By number: what has it.
  static std::vector<uint32_t> printed_order(const std::vector<uint32_t>& numbers, size_t count) {
    std::vector<uint32_t> order(count);
    if (numbers.empty()) {
      std::iota(order.begin(), order.end(), 0U);
    } else {
      for (uint32_t index = 0; index < count; ++index) {
        order[numbers[index]] = index;
      }
    }
    return order;
  }

  void print_head();
  void index_scopes();
  void print_scopes();
  void print_scope_contents(ScopeId scope, size_t depth);
  void print_local(LocalId local, size_t depth);
  void print_debug(const DebugInfo& info, size_t depth);
  void print_block(BlockId block);
  void print_note(const Note& note);
  void print_note_line(std::string_view text);

  void begin_line(size_t depth) {
    line_begin_ = out_.size();
    out_.append(depth * IndentWidth, ' ');
  }
  // Fills up to where a comment stands; columns count characters.
  void pad() {
    size_t width = 0;
    for (size_t at = line_begin_; at < out_.size(); ++at) {
      width += (static_cast<unsigned char>(out_[at]) & 0xC0U) != 0x80U ? 1 : 0;
    }
    if (width < CommentColumn) {
      out_.append(CommentColumn - width, ' ');
    }
  }
  void print_scope_at(SourceInfo info) {
    out_ += "scope ";
    append_number(out_, info.scope.is_valid() ? info.scope.index() : 0);
    out_ += " at ";
    append_span(out_, *body_.tables, body_.span(info.span));
  }
  void end_line(uint32_t location) {
    if (body_.has_spans && location < body_.source_infos.size()) {
      pad();
      out_ += " // ";
      print_scope_at(body_.source_infos[location]);
    }
    out_ += '\n';
  }

  const Body& body_;
  const Numbering& numbering_;
  std::string& out_;
  ValuePrinter values_;
  CodePrinter code_;
  size_t line_begin_ = 0;
  std::vector<llvm::SmallVector<uint32_t, 2>> children_;  // of scopes
  std::vector<llvm::SmallVector<uint32_t, 4>> locals_;    // of scopes, as printed
  std::vector<llvm::SmallVector<uint32_t, 2>> debugs_;    // of scopes
};

void BodyPrinter::print_head() {
  using Form = Body::Form;
  switch (body_.form) {
    case Form::Function:
      out_ += "fn ";
      break;
    case Form::Const:
      out_ += "const ";
      break;
    case Form::Static:
      out_ += "static ";
      break;
    case Form::StaticMut:
      out_ += "static mut ";
      break;
    case Form::Anonymous:
      break;
  }
  out_ += body_.text(body_.name);
  if (body_.form != Form::Function) {
    out_ += ": ";
    values_.print_type(body_.result_type);
    out_ += " = {\n";
    return;
  }
  out_ += '(';
  for (uint32_t argument = 1; argument <= body_.arg_count; ++argument) {
    if (argument > 1) {
      out_ += ", ";
    }
    const LocalId local(size_t{argument});
    values_.print_local(local);
    out_ += ": ";
    values_.print_type(body_.locals[local].type);
  }
  out_ += ") -> ";
  values_.print_type(body_.result_type);
  if (body_.is_coroutine) {
    out_ += "\nyields ";
    values_.print_type(body_.yield_type);
    out_ += '\n';
  }
  out_ += " {\n";
}

void BodyPrinter::index_scopes() {
  children_.resize(body_.scopes.size());
  locals_.resize(body_.scopes.size());
  debugs_.resize(body_.scopes.size());
  for (uint32_t scope = 1; scope < body_.scopes.size(); ++scope) {
    children_[body_.scopes[ScopeId(size_t{scope})].parent.index()].push_back(scope);
  }
  for (const uint32_t local : printed_order(numbering_.locals, body_.locals.size())) {
    const bool is_argument = local >= 1 && local <= body_.arg_count;
    if (!is_argument) {
      locals_[body_.locals[LocalId(size_t{local})].scope.index()].push_back(local);
    }
  }
  for (uint32_t index = 0; index < body_.debug_infos.size(); ++index) {
    debugs_[body_.debug_infos[index].info.scope.index()].push_back(index);
  }
}

// The tree of scopes, on a stack of its own: it may be as deep as the source is.
void BodyPrinter::print_scopes() {
  struct Open {
    uint32_t scope;
    size_t next_child;
  };
  std::vector<Open> open{{0, 0}};
  print_scope_contents(ScopeId(size_t{0}), 1);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next_child == children_[top.scope].size()) {
      if (open.size() > 1) {
        begin_line(open.size() - 1);
        out_ += "}\n";
      }
      open.pop_back();
      continue;
    }
    const uint32_t child = children_[top.scope][top.next_child++];
    const Scope& scope = body_.scopes[ScopeId(size_t{child})];
    begin_line(open.size());
    out_ += "scope ";
    append_number(out_, child);
    if (scope.inlined.is_valid()) {
      out_ += scope.tracks_caller ? " (inlined #[track_caller] " : " (inlined ";
      values_.print_path(scope.inlined);
      out_ += ')';
    }
    out_ += " {";
    if (scope.call_site.value != 0) {
      pad();
      out_ += " // at ";
      append_span(out_, *body_.tables, body_.span(scope.call_site));
    }
    out_ += '\n';
    open.push_back({child, 0});
    print_scope_contents(ScopeId(size_t{child}), open.size());
  }
}

void BodyPrinter::print_scope_contents(ScopeId scope, size_t depth) {
  for (const uint32_t index : debugs_[scope.index()]) {
    print_debug(body_.debug_infos[index], depth);
  }
  for (const uint32_t local : locals_[scope.index()]) {
    print_local(LocalId(size_t{local}), depth);
  }
}

void BodyPrinter::print_debug(const DebugInfo& info, size_t depth) {
  begin_line(depth);
  out_ += "debug ";
  out_ += body_.text(info.name);
  out_ += " => ";
  if (info.place.is_valid()) {
    values_.print_place(info.place);
  } else if (info.constant.is_valid()) {
    append_constant(out_, *body_.tables, info.constant);
  }
  out_ += ';';
  if (body_.has_spans) {
    pad();
    out_ += " // in ";
    print_scope_at(info.info);
  }
  out_ += '\n';
}

void BodyPrinter::print_local(LocalId local, size_t depth) {
  const Local& declared = body_.locals[local];
  begin_line(depth);
  out_ += declared.is_mut ? "let mut " : "let ";
  values_.print_local(local);
  out_ += ": ";
  values_.print_type(declared.type);
  for (const UserTypeProjection& projection : body_.user_type_projections) {
    if (projection.local == local) {
      out_ += " as ";
      values_.print_projection(projection);
    }
  }
  out_ += ';';
  if (body_.has_spans) {
    pad();
    out_ += local.index() == 0 ? " // return place in " : " // in ";
    print_scope_at({declared.span, declared.scope});
  }
  out_ += '\n';
}

void BodyPrinter::print_block(BlockId block) {
  begin_line(1);
  values_.print_block(block);
  out_ += body_.blocks[block].is_cleanup ? " (cleanup): {\n" : ": {\n";
  Point point{block, 0};
  const auto print_notes = [&] {
    for (const Note& note : body_.notes_of(point)) {
      print_note(note);
    }
  };
  for (const Statement& statement : body_.statements(block)) {
    begin_line(2);
    code_.print_statement(statement);
    end_line(body_.location(point));
    print_notes();
    ++point.statement;
  }
  begin_line(2);
  code_.print_terminator(body_.terminator(block));
  end_line(body_.location(point));
  print_notes();
  out_ += "    }\n";
}

void BodyPrinter::print_note_line(std::string_view text) {
  begin_line(0);
  pad();
  out_ += " // ";
  out_ += text;
}

void BodyPrinter::print_note(const Note& note) {
  using Kind = Note::Kind;
  switch (note.kind) {
    case Kind::Constant:
      print_note_line("mir::ConstOperand\n");
      break;
    case Kind::Closure:
      print_note_line("closure\n");
      break;
    case Kind::Coroutine:
      print_note_line("coroutine\n");
      break;
    case Kind::CoroutineClosure:
      print_note_line("coroutine-closure\n");
      break;
    case Kind::Adt:
      print_note_line("adt\n");
      break;
    case Kind::Opaque:
      print_note_line(body_.text(note.definition));
      out_ += '\n';
      return;
  }
  if (note.kind == Kind::Constant) {
    print_note_line("+ span: ");
    append_span(out_, *body_.tables, body_.span(note.span));
    out_ += '\n';
  }
  if (note.has_user_type) {
    print_note_line("+ user_ty: UserType(");
    append_number(out_, note.user_type);
    out_ += ")\n";
  }
  if (note.constant.is_valid()) {
    const ConstantNote& constant = (*body_.tables)[note.constant];
    print_note_line("+ const_: Const { ty: ");
    values_.print_type(constant.type);
    out_ += ", val: ";
    out_ += body_.text(constant.value);
    out_ += " }\n";
  }
  if (note.definition.is_valid()) {
    print_note_line("+ def_id: ");
    out_ += body_.text(note.definition);
    out_ += '\n';
  }
  for (const NoteLine& line : body_.note_lines.slice(note.first_line, note.line_count)) {
    print_note_line(&line == &body_.note_lines[note.first_line] ? "+ args: " : "");
    out_.append(line.depth * IndentWidth, ' ');
    out_ += body_.text(line.text);
    out_ += line.has_comma ? ",\n" : "\n";
  }
  if (note.coroutine_kind.is_valid()) {
    print_note_line("+ kind: ");
    out_ += body_.text(note.coroutine_kind);
    out_ += '\n';
  }
}

// `keep` numbers stay, the rest are reversed.
std::vector<uint32_t> reverse_after(size_t count, size_t keep) {
  std::vector<uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0U);
  if (count > keep) {
    std::reverse(numbers.begin() + static_cast<std::ptrdiff_t>(keep), numbers.end());
  }
  return numbers;
}

std::vector<uint32_t> invert(const std::vector<uint32_t>& numbers) {
  std::vector<uint32_t> inverse(numbers.size());
  for (uint32_t index = 0; index < numbers.size(); ++index) {
    inverse[numbers[index]] = index;
  }
  return inverse;
}

}  // namespace

Numbering Numbering::reversed(const Body& body) {
  return {reverse_after(body.locals.size(), body.arg_count + size_t{1}),
          reverse_after(body.blocks.size(), 1)};
}

Numbering Numbering::inverse() const {
  return {invert(locals), invert(blocks)};
}

void print_body(const Body& body, std::string& out, const Numbering& numbering) {
  BodyPrinter(body, numbering, out).print();
}

}  // namespace jaa::mir
