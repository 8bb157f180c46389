#include "mir/reader.h"

#include <algorithm>

#include "mir/allocation_reader.h"
#include "mir/body_reader.h"
#include "mir/dump_file_name.h"
#include "mir/lexer.h"
#include "mir/line_reader.h"

namespace jaa::mir {
namespace {

// Whether an item may begin with this line. Blank lines belong to what is around them.
bool is_item_head(std::string_view line) {
  return line.starts_with("// ") || line.starts_with("/*") || line.starts_with('|') ||
         line.starts_with("alloc") || line.starts_with("fn ") || line.starts_with("const ") ||
         line.starts_with("static ") || (line.ends_with(" = {") && !line.starts_with(' '));
}

}  // namespace

class Reader::Impl {
 public:
  explicit Impl(Limits limits) : bodies_(*module_.tables, limits.statements) {}

  // Where bodies go when they are not kept.
  void set_visitor(llvm::function_ref<void(const Body&)> visit) { visit_ = visit; }

  uint32_t read(const Input& input);
  Module finish() {
    module_.tables->seal();
    return std::move(module_);
  }
  [[nodiscard]] const Module& module() const { return module_; }

 private:
  void read_item(std::string_view line);
  void read_comment(std::string_view comment);
  void read_layout(std::string_view line);
  bool read_user_type(std::string_view line);
  void read_user_types(std::string_view line);
  bool read_constant(std::string_view line);
  void read_body(std::string_view line);
  void keep_opaque(std::string_view line);
  void add_blank();
  void add_item(Item::Kind kind, size_t index, uint32_t count = 0) {
    if (!visit_) {
      module_.items.push_back({kind, static_cast<uint32_t>(index), count});
    }
  }
  void add_text(Item::Kind kind, std::string_view text) {
    if (!visit_) {
      add_item(kind, module_.tables->name(text).index());
    }
  }

  Module module_;
  BodyReader bodies_;
  AllocationReader allocations_;
  std::optional<llvm::function_ref<void(const Body&)>> visit_;

  // Of the input that is being read.
  LineReader lines_{{}};
  std::optional<ProblemSink> sink_;
  DumpFileName file_;
  NameId pass_;  // of the next body, from the comment before it
  bool is_after_ = true;
  size_t blank_lines_ = 0;
  std::optional<SpanReader> spans_;
  std::optional<Builder> scratch_;
};

uint32_t Reader::Impl::read(const Input& input) {
  lines_ = LineReader(input.text, input.first_line);
  sink_.emplace(ProblemSink{input.name, module_.problems});
  file_ = parse_dump_file_name(input.name);
  pass_ = {};
  is_after_ = true;
  std::string_view line;
  while (lines_.next(line)) {
    read_item(line);
  }
  const uint32_t lines = lines_.number() + 1 - input.first_line;
  module_.lines += lines;
  return lines;
}

// One item for all blank lines in a row.
void Reader::Impl::add_blank() {
  if (visit_) {
    return;
  }
  if (blank_lines_++ == 0 || module_.items.back().kind != Item::Kind::Blank) {
    return add_item(Item::Kind::Blank, 0, 1);
  }
  ++module_.items.back().count;
}

// One problem and one item for all lines in a row that are no MIR, so that a foreign text
// does not become larger than it is.
void Reader::Impl::keep_opaque(std::string_view line) {
  module_.opaque_lines += 1 + static_cast<uint64_t>(std::count(line.begin(), line.end(), '\n'));
  sink_->add(lines_.number(), "not an item", line.substr(0, line.find('\n')));
  std::string_view next;
  const char* end = line.data() + line.size();
  while (lines_.next(next)) {
    if (is_item_head(next)) {
      lines_.put_back();
      break;
    }
    ++module_.opaque_lines;
    end = next.data() + next.size();
  }
  add_text(Item::Kind::Opaque, {line.data(), static_cast<size_t>(end - line.data())});
}

void Reader::Impl::read_item(std::string_view line) {
  if (line.empty()) {
    return add_blank();
  }
  blank_lines_ = 0;
  if (line.starts_with("// ")) {
    return read_comment(line.substr(3));
  }
  if (line.starts_with("/*")) {
    return read_layout(line);
  }
  if (line.front() == '|') {
    return read_user_types(line);
  }
  if (line.starts_with("alloc") && line.size() > 5 && is_digit(line[5])) {
    const uint32_t number = lines_.number();
    if (!allocations_.read(line, lines_, module_)) {
      return keep_opaque(line);
    }
    for (const std::string_view row : allocations_.opaque_lines()) {
      sink_->add(number, "a row of memory is not understood", row);
      add_text(Item::Kind::Opaque, row);
      ++module_.opaque_lines;
    }
    if (!allocations_.is_closed()) {
      sink_->add(lines_.number(), "a table of memory does not end");
    }
    if (visit_) {
      module_.items.clear();
      module_.allocations.clear();
    }
    return;
  }
  if ((line.starts_with("const ") || line.starts_with("static ")) && line.ends_with(';')) {
    return read_constant(line) ? void() : keep_opaque(line);
  }
  if (line.ends_with('{') || line.starts_with("fn ")) {
    return read_body(line);
  }
  keep_opaque(line);
}

// `MIR for `two::{closure#0}` after built`, `MIR FOR CTFE`.
void Reader::Impl::read_comment(std::string_view comment) {
  add_text(Item::Kind::Comment, comment);
  if (comment == "MIR FOR CTFE") {
    pass_ = module_.tables->name("ctfe");
    is_after_ = true;
    return;
  }
  if (!comment.starts_with("MIR for `")) {
    return;
  }
  const size_t quote = comment.rfind("` ");
  std::string_view text = comment.substr(std::min(quote + 2, comment.size()));
  const std::string_view when = text.substr(0, text.find(' '));
  pass_ = module_.tables->name(text.substr(std::min(when.size() + 1, text.size())));
  is_after_ = when != "before";
}

void Reader::Impl::read_layout(std::string_view line) {
  const uint32_t first = lines_.number();
  const char* begin = line.data();
  bool is_closed = line.ends_with("*/");
  while (!is_closed && lines_.next(line)) {
    is_closed = line.ends_with("*/");
  }
  if (visit_) {
    return;
  }
  const std::string_view text(begin, static_cast<size_t>(line.data() + line.size() - begin));
  LayoutResult result = mir::read_layout(text, sink_->input, first);
  for (base::Problem& problem : result.problems) {
    sink_->add(problem.line, problem.text);
  }
  module_.opaque_lines += result.opaque_lines;
  add_item(Item::Kind::Layout, module_.layouts.size());
  module_.layouts.push_back(std::move(result.layout));
}

// `| 0: user_ty: Canonical { .. }, span: SPAN, inferred_ty: TYPE`.
bool Reader::Impl::read_user_type(std::string_view line) {
  Cursor cursor(line);
  UserType type;
  if (!cursor.consume("| ")) {
    return false;
  }
  const auto number = cursor.number();
  if (!number || !cursor.consume(": user_ty: ")) {
    return false;
  }
  constexpr std::string_view Span = ", span: ";
  constexpr std::string_view Inferred = ", inferred_ty: ";
  const std::string_view rest = cursor.rest();
  const size_t span = rest.find(Span);
  const size_t inferred =
      span == std::string_view::npos ? span : rest.find(Inferred, span + Span.size());
  if (inferred == std::string_view::npos) {
    return false;
  }
  if (!scratch_) {
    scratch_.emplace(*module_.tables);
    spans_.emplace(*scratch_);
  }
  const auto place =
      spans_->read_span(rest.substr(span + Span.size(), inferred - span - Span.size()));
  if (!place) {
    return false;
  }
  type.number = *number;
  type.user_type = module_.tables->name(rest.substr(0, span));
  type.span = *place;
  type.inferred = module_.tables->types.parse(rest.substr(inferred + Inferred.size()));
  module_.user_types.push_back(type);
  return true;
}

void Reader::Impl::read_user_types(std::string_view line) {
  if (line != "| User Type Annotations") {
    return keep_opaque(line);
  }
  const size_t first = module_.user_types.size();
  bool is_closed = false;
  while (!is_closed && lines_.next(line)) {
    if (!line.starts_with('|')) {
      lines_.put_back();
      break;
    }
    is_closed = line == "|";
    if (!is_closed && !read_user_type(line)) {
      keep_opaque(line);
    }
  }
  if (!is_closed) {
    sink_->add(lines_.number(), "the table of user types does not end");
  }
  add_item(Item::Kind::UserTypes, first, static_cast<uint32_t>(module_.user_types.size() - first));
  if (visit_) {
    module_.user_types.clear();
  }
}

// `const NAME: TYPE = const VALUE;`
bool Reader::Impl::read_constant(std::string_view line) {
  using Form = Body::Form;
  Cursor cursor(line);
  ConstantItem item;
  if (cursor.consume("static ")) {
    item.form = cursor.consume("mut ") ? Form::StaticMut : Form::Static;
  } else if (!cursor.consume("const ")) {
    return false;
  }
  const std::string_view rest = cursor.rest();
  const size_t colon = find_name_end(rest);
  if (colon == std::string_view::npos) {
    return false;
  }
  constexpr std::string_view Value = " = const ";
  // Neither types nor their bindings have `const` behind an equals sign.
  const size_t value = rest.find(Value, colon + 2);
  if (value == std::string_view::npos) {
    return false;
  }
  std::string_view text = rest.substr(value + Value.size());
  text.remove_suffix(1);
  item.name = module_.tables->name(rest.substr(0, colon));
  item.type = module_.tables->types.parse(rest.substr(colon + 2, value - colon - 2));
  item.value = module_.tables->constant(text, false);
  if (visit_) {
    return true;
  }
  add_item(Item::Kind::Constant, module_.constants.size());
  module_.constants.push_back(item);
  return true;
}

void Reader::Impl::read_body(std::string_view line) {
  std::optional<Body> body = bodies_.read(line, lines_, module_.arena, *sink_);
  if (!body) {
    pass_ = {};
    is_after_ = true;
    // What the attempt has read of it is not understood either.
    const std::string_view read = lines_.since(line);
    return keep_opaque(read);
  }
  module_.opaque_lines += bodies_.opaque_lines();
  body->pass = pass_;
  body->is_after = is_after_;
  if (!file_.crate.empty()) {
    body->crate = module_.tables->name(file_.crate);
    body->definition_path = module_.tables->name(file_.definition_path);
    body->pass = module_.tables->name(file_.pass);
    body->is_after = file_.is_after;
  }
  pass_ = {};
  is_after_ = true;
  if (!visit_) {
    add_item(Item::Kind::Body, module_.bodies.size());
    module_.bodies.push_back(*body);
    return;
  }
  (*visit_)(*body);
  module_.arena.reset();
}

Reader::Reader(Limits limits) : limits_(limits), impl_(std::make_unique<Impl>(limits)) {}
Reader::~Reader() = default;

uint32_t Reader::read(const Input& input) {
  return impl_->read(input);
}

const Module& Reader::module() const {
  return impl_->module();
}

Module Reader::finish() {
  Module module = impl_->finish();
  impl_ = std::make_unique<Impl>(limits_);
  return module;
}

Module read_mir(std::string_view text, std::string_view name) {
  Reader reader;
  reader.read({text, name, 1});
  return reader.finish();
}

void for_each_body(const Input& input, llvm::function_ref<void(const Body&)> visit,
                   base::Problems& problems) {
  // Tables grow with what is new in the text; they are begun anew now and then.
  constexpr size_t MostTableBytes = size_t{16} << 20;
  constexpr size_t Stretch = size_t{8} << 20;
  Input rest = input;
  while (!rest.text.empty()) {
    Reader::Impl reader{Limits()};
    reader.set_visitor(visit);
    do {
      const size_t end =
          rest.text.size() <= Stretch ? rest.text.size() : find_item_end(rest.text, Stretch);
      rest.first_line += reader.read({rest.text.substr(0, end), rest.name, rest.first_line});
      rest.text.remove_prefix(end);
    } while (!rest.text.empty() && reader.module().tables->bytes() < MostTableBytes);
    problems.insert(problems.end(), reader.module().problems.begin(),
                    reader.module().problems.end());
  }
}

}  // namespace jaa::mir
