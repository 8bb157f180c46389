// A file of MIR: bodies one after the other, and between them what has no body
// (constants on one line), or is no MIR: comments, the tables of user types and
// regions (`|` at the margin), the coroutine layout, dumps of allocations.
#include "mir/reader.h"

#include "mir/body_reader.h"
#include "mir/lexer.h"

namespace jaa::mir {
namespace {

// Whether `text` is `1-1-000`, `-------`.
bool is_pass_number(std::string_view text) {
  bool has_dash = false;
  for (const char byte : text) {
    has_dash |= byte == '-';
    if (byte != '-' && !is_digit(byte)) {
      return false;
    }
  }
  return has_dash;
}

// What comes after `separator`'s last place in `text`, which loses both.
std::optional<std::string_view> take_last(std::string_view& text, char separator) {
  const size_t at = text.rfind(separator);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view part = text.substr(at + 1);
  text = text.substr(0, at);
  return part;
}

class FileReader {
 public:
  FileReader(std::string_view text, std::string_view input_name, TypeTable& types)
      : lines_(text), types_(types), sink_{input_name, result_.problems} {}

  ReadResult read() {
    Line line;
    bool was_understood = true;
    while (lines_.next(line)) {
      const bool is_understood = read_item(line);
      // One problem for all lines of what is not MIR at all.
      if (!is_understood && was_understood) {
        sink_.add(line.number, "not an item", line.code);
      }
      was_understood = is_understood;
    }
    return std::move(result_);
  }

 private:
  bool read_item(const Line& line) {
    const std::string_view code = line.code;
    if (code.starts_with("/*")) {
      if (!line.raw.ends_with("*/")) {
        skip([](const Line& next) { return next.raw.ends_with("*/"); });
      }
      return true;
    }
    if (line.raw.starts_with('|')) {
      return true;
    }
    if (code.empty()) {
      read_comment(line.comment);
      return true;
    }
    if (code.starts_with("alloc") && code.find(" (") != std::string_view::npos &&
        !code.ends_with(" = {")) {
      if (code.ends_with('{')) {
        skip([](const Line& next) { return next.raw == "}"; });
      }
      return true;
    }
    return read_body(line);
  }

  // `MIR for `two::{closure#0}` after built`, `MIR FOR CTFE`.
  void read_comment(std::string_view comment) {
    if (comment == "MIR FOR CTFE") {
      pass_ = "ctfe";
      is_after_ = true;
      return;
    }
    if (!comment.starts_with("MIR for `")) {
      return;
    }
    std::string_view text = comment.substr(std::min(comment.rfind("` ") + 2, comment.size()));
    const std::string_view when = text.substr(0, text.find(' '));
    pass_ = text.substr(std::min(when.size() + 1, text.size()));
    is_after_ = when != "before";
  }

  bool read_body(const Line& line) {
    std::optional<Body> body = BodyReader(lines_, types_, sink_).read(line);
    if (body) {
      body->pass = std::move(pass_);
      body->is_after = is_after_;
      result_.bodies.push_back(std::move(*body));
    }
    pass_.clear();
    is_after_ = true;
    // An item on one line: `const K: u8 = const 3_u8;`.
    return body || ((line.code.starts_with("const ") || line.code.starts_with("static ")) &&
                    line.code.ends_with(';'));
  }

  template <class IsLast>
  void skip(IsLast is_last) {
    Line line;
    while (lines_.next(line)) {
      if (is_last(line)) {
        return;
      }
    }
    sink_.add(line.number, "the text ends within a comment or table");
  }

  LineReader lines_;
  TypeTable& types_;
  ReadResult result_;
  ProblemSink sink_;
  std::string pass_;  // of the next body, from the comment before it
  bool is_after_ = true;
};

}  // namespace

ReadResult read_mir(std::string_view text, std::string_view input_name, TypeTable& types) {
  ReadResult result = FileReader(text, input_name, types).read();
  DumpFileName name = parse_dump_file_name(input_name);
  if (!name.crate.empty() && result.bodies.size() == 1) {
    Body& body = result.bodies.front();
    body.definition_path = std::move(name.definition_path);
    body.pass = std::move(name.pass);
    body.is_after = name.is_after;
  }
  return result;
}

// `CRATE.PATH[.PASS NUMBER].PASS.WHEN.mir`, from the right: what is before the
// last of these is the crate, which is a Rust name, and the path.
DumpFileName parse_dump_file_name(std::string_view file_name) {
  std::string_view text = file_name.substr(file_name.find_last_of("/\\") + 1);
  constexpr std::string_view Extension = ".mir";
  if (!text.ends_with(Extension)) {
    return {};
  }
  text.remove_suffix(Extension.size());
  const auto when = take_last(text, '.');
  const auto pass = take_last(text, '.');
  if (!when || !pass || pass->empty() ||
      (*when != "before" && *when != "after" && !parse_number(*when))) {
    return {};
  }
  if (const size_t dot = text.rfind('.');
      dot != std::string_view::npos && is_pass_number(text.substr(dot + 1))) {
    text = text.substr(0, dot);
  }
  const size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == text.size()) {
    return {};
  }
  DumpFileName name;
  name.crate = text.substr(0, dot);
  name.pass = *pass;
  name.is_after = *when != "before";
  for (const char byte : text.substr(dot + 1)) {
    name.definition_path += byte == '-' ? std::string_view("::") : std::string_view(&byte, 1);
  }
  return name;
}

}  // namespace jaa::mir
