// Reader of layouts. Known lines are accepted only in the order in which the printer
// writes them; between any two of them there may be others, which become opaque.
#include "mir/layout.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "mir/layout_lines.h"

namespace jaa::mir {
namespace {

using llvm::StringRef;
using namespace layout_lines;

bool consume_saved(StringRef& text, SavedId& id) {
  return text.consume_front("_s") && base::consume_number(text, id.value) && id.value >= 0;
}

// Takes `<separator><number>` from the end.
bool consume_number_back(StringRef& text, StringRef separator, uint32_t& number) {
  StringRef digits = text.take_back(text.size() - text.find_last_not_of("0123456789") - 1);
  text = text.drop_back(digits.size());
  return base::consume_number(digits, number) && text.consume_back(separator);
}

// A file name may hold colons, blanks and brackets, so spans are read from the right.
std::optional<LayoutSpan> parse_span(StringRef line) {
  LayoutSpan span;
  if (!line.consume_front(Span) || !line.consume_back("),") ||
      !consume_number_back(line, " (#", span.expansion)) {
    return std::nullopt;
  }
  if (line == NoLocation) {
    return span;
  }
  if (!consume_number_back(line, ":", span.end_column) ||
      !consume_number_back(line, ": ", span.end_line) ||
      !consume_number_back(line, ":", span.column) || !consume_number_back(line, ":", span.line) ||
      line.empty()) {
    return std::nullopt;
  }
  span.file = line.str();
  return span;
}

std::optional<uint32_t> parse_scope(StringRef line) {
  uint32_t scope = 0;
  const bool is_scope =
      line.consume_front(Scope) && base::consume_number(line, scope) && line == "],";
  return is_scope ? std::optional(scope) : std::nullopt;
}

// `        _s3: CoroutineSavedTy {`
bool is_field_head(StringRef line, size_t number) {
  SavedId id;
  return line.consume_front(EntryIndent) && consume_saved(line, id) && id == SavedId(number) &&
         line == ": CoroutineSavedTy {";
}

// `        Suspend0 (3): [_s0, _s1],`
std::optional<LayoutVariant> parse_variant(StringRef line, size_t number, size_t field_count) {
  const size_t open = line.find('(');
  if (!line.consume_front(EntryIndent) || open == StringRef::npos) {
    return std::nullopt;
  }
  LayoutVariant variant;
  const StringRef padded = line.take_front(open - EntryIndent.size());
  const StringRef name = padded.rtrim(' ');
  line = line.drop_front(padded.size() + 1);
  size_t index = 0;
  if (name.empty() || padded.size() != std::max(name.size(), VariantNameWidth) ||
      !base::consume_number(line, index) || index != number || !line.consume_front("): [")) {
    return std::nullopt;
  }
  variant.name = name.str();
  variant.fields.reserve(line.count(',') + 1);
  while (line != "],") {
    SavedId id;
    if ((!variant.fields.empty() && !line.consume_front(", ")) || !consume_saved(line, id) ||
        id.index() >= field_count) {
      return std::nullopt;
    }
    variant.fields.push_back(id);
  }
  return variant;
}

// `        (_s0, _s1),`
std::optional<std::pair<SavedId, SavedId>> parse_conflict(StringRef line, size_t field_count) {
  std::pair<SavedId, SavedId> pair;
  const bool is_pair = line.consume_front(EntryIndent) && line.consume_front("(") &&
                       consume_saved(line, pair.first) && line.consume_front(", ") &&
                       consume_saved(line, pair.second) && line == ")," &&
                       pair.first.index() < field_count && pair.second.index() < field_count;
  return is_pair ? std::optional(pair) : std::nullopt;
}

class LayoutReader {
 public:
  LayoutReader(std::string_view text, CoroutineLayout& layout) : lines_(text), layout_(layout) {}

  void read() {
    if (!find(Head)) return;
    if (find_section(Fields, [&](StringRef line) { return is_field_head(line, 0); })) {
      read_entries([this](StringRef line) { return read_field(line); });
    }
    const auto variant = [this](StringRef line) {
      return parse_variant(line, layout_.variants.size(), layout_.fields.size());
    };
    if (find_section(Variants, variant)) {
      read_entries([&](StringRef line) {
        auto read = variant(line);
        if (read) {
          take_known();
          layout_.variants.push_back(std::move(*read));
        }
        return read.has_value();
      });
    }
    const auto conflict = [this](StringRef line) {
      const auto read = parse_conflict(line, layout_.fields.size());
      const bool is_next = read && (layout_.conflicts.empty() || layout_.conflicts.back() < *read);
      return is_next ? read : std::nullopt;
    };
    if (find_section(conflicts_head(layout_.fields.size()), conflict)) {
      read_entries([&](StringRef line) {
        const auto read = conflict(line);
        if (read) {
          take_known();
          layout_.conflicts.push_back(*read);
        }
        return read.has_value();
      });
    }
    find(Foot);
    while (!lines_.is_done()) take_opaque();
  }

 private:
  [[nodiscard]] StringRef next() const { return lines_.peek(); }
  void take_known(size_t count = 1) {
    layout_.known_lines += count;
    while (count-- > 0) lines_.take();
  }
  void take_opaque() {
    const size_t index = lines_.index();
    layout_.opaque.add(index, lines_.take());
  }

  // Takes lines up to and including `line`.
  bool find(StringRef line) {
    while (!lines_.is_done() && next() != line) take_opaque();
    if (lines_.is_done()) return false;
    take_known();
    return true;
  }

  // Takes lines up to and including the head of a section; true when entries follow. An
  // empty section is written `{},`, so a head counts only before a first entry.
  template <class IsEntry>
  bool find_section(StringRef head, const IsEntry& is_entry) {
    for (; !lines_.is_done(); take_opaque()) {
      StringRef line = next();
      if (!line.consume_front(head)) continue;
      if (line == "},") {
        take_known();
        return false;
      }
      if (!line.empty()) continue;
      base::LineCursor ahead = lines_;
      ahead.take();
      if (!is_entry(StringRef(ahead.peek()))) continue;
      take_known();
      return true;
    }
    return false;
  }

  template <class ReadEntry>
  void read_entries(const ReadEntry& read_entry) {
    while (!lines_.is_done()) {
      const StringRef line = next();
      if (line == SectionEnd) {
        take_known();
        return;
      }
      if (!read_entry(line)) take_opaque();
    }
  }

  bool read_field(StringRef head) {
    if (!is_field_head(head, layout_.fields.size())) return false;
    take_known();
    SavedField& field = layout_.fields[layout_.fields.add({})];
    while (!lines_.is_done()) {
      const StringRef line = next();
      if (line == FieldEnd) {
        take_known();
        break;
      }
      const bool is_read = (!field.source_info && !field.ignore_for_traits &&
                            ((!field.type && read_type(field)) || read_source_info(field))) ||
                           (!field.ignore_for_traits && read_ignore(field));
      if (!is_read) take_opaque();
    }
    return true;
  }

  // A type of many lines ends at the first line that is not indented further than its
  // beginning.
  bool read_type(SavedField& field) {
    base::LineCursor ahead = lines_;
    StringRef line = ahead.take();
    if (!line.consume_front(Type)) return false;
    size_t size = line.size();
    size_t count = 1;
    for (bool is_last = line.ends_with(","); !is_last; ++count) {
      if (ahead.is_done()) return false;
      line = ahead.take();
      if (!line.consume_front(TypeIndent)) return false;
      size += line.size() + 1;
      const bool is_deeper = line.starts_with(" ");
      if (!is_deeper && !line.ends_with(",")) return false;
      is_last = !is_deeper;
    }
    std::string& type = field.type.emplace();
    type.reserve(size);
    type += next().drop_front(Type.size());
    take_known();
    while (--count > 0) {
      type += '\n';
      type += next().drop_front(TypeIndent.size());
      take_known();
    }
    type.pop_back();
    return true;
  }

  bool read_source_info(SavedField& field) {
    if (next() != SourceInfoBegin) return false;
    take_known();
    LayoutSourceInfo& info = field.source_info.emplace();
    while (!lines_.is_done()) {
      const StringRef line = next();
      if (line == SourceInfoEnd) {
        take_known();
        break;
      }
      const bool is_span = !info.scope && !info.span && (info.span = parse_span(line));
      const bool is_scope = !is_span && !info.scope && (info.scope = parse_scope(line));
      if (is_span || is_scope) {
        take_known();
      } else {
        take_opaque();
      }
    }
    return true;
  }

  bool read_ignore(SavedField& field) {
    StringRef line = next();
    if (!line.consume_front(Ignore) || (line != "true," && line != "false,")) return false;
    field.ignore_for_traits = line == "true,";
    take_known();
    return true;
  }

  base::LineCursor lines_;
  CoroutineLayout& layout_;
};

}  // namespace

bool CoroutineLayout::do_conflict(SavedId one, SavedId other) const {
  return std::binary_search(conflicts.begin(), conflicts.end(), std::pair(one, other));
}

LayoutResult read_layout(std::string_view text, std::string_view input_name, uint32_t first_line) {
  LayoutResult result;
  result.layout.ends_line = text.ends_with('\n');
  LayoutReader(text, result.layout).read();
  result.problems = result.layout.opaque.problems(input_name, first_line);
  result.opaque_lines = result.layout.opaque.count();
  return result;
}

std::string one_line_type(std::string_view type) {
  std::string line;
  line.reserve(type.size());
  while (true) {
    const size_t end = type.find('\n');
    line += type.substr(0, end);
    if (end == std::string_view::npos) return line;
    type.remove_prefix(std::min(type.find_first_not_of(' ', end + 1), type.size()));
    const char before = line.empty() ? '\0' : line.back();
    const char after = type.empty() ? '\0' : type.front();
    const bool is_closing = after == ')' || after == ']' || after == '}';
    if (is_closing && before == ',') line.pop_back();
    const bool is_opened = before == '(' || before == '[';
    if (after == '}' || (!is_closing && !is_opened)) line += ' ';
  }
}

}  // namespace jaa::mir
