// Printer of layouts: the lines that rustc writes for the table, as many of them as the
// text had, and the opaque ones in their places.
#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "mir/layout.h"
#include "mir/layout_lines.h"

namespace jaa::mir {
namespace {

using llvm::StringRef;
using namespace layout_lines;

void append_saved(std::string& text, SavedId id) {
  text += "_s";
  text += std::to_string(id.value);
}

class LayoutPrinter {
 public:
  explicit LayoutPrinter(const CoroutineLayout& layout)
      : layout_(layout), out_(layout.opaque), left_(layout.known_lines) {}

  std::string print() {
    put(Head);
    put_section(Fields, layout_.fields, [this](const SavedField& field) { put_field(field); });
    put_section(Variants, layout_.variants, [this](const LayoutVariant& variant) {
      std::string line(EntryIndent);
      line += variant.name;
      line.resize(std::max(line.size(), EntryIndent.size() + VariantNameWidth), ' ');
      line += '(' + std::to_string(variant_++) + "): [";
      for (const SavedId id : variant.fields) {
        append_saved(line, id);
        line += ", ";
      }
      if (!variant.fields.empty()) line.resize(line.size() - 2);
      put(line += "],");
    });
    put_section(conflicts_head(layout_.fields.size()), layout_.conflicts,
                [this](const std::pair<SavedId, SavedId>& pair) {
                  std::string line(EntryIndent);
                  line += '(';
                  append_saved(line, pair.first);
                  line += ", ";
                  append_saved(line, pair.second);
                  put(line += "),");
                });
    put(Foot);
    return out_.finish(layout_.ends_line);
  }

 private:
  void put(StringRef line) {
    if (left_ == 0) return;
    --left_;
    out_.add() += line;
  }

  template <class Entries, class PutEntry>
  void put_section(StringRef head, const Entries& entries, const PutEntry& put_entry) {
    if (entries.empty()) return put((head + "},").str());
    put(head);
    for (const auto& entry : entries) put_entry(entry);
    put(SectionEnd);
  }

  void put_field(const SavedField& field) {
    std::string line(EntryIndent);
    append_saved(line, SavedId(field_++));
    put(line += ": CoroutineSavedTy {");
    if (field.type) put_type(*field.type);
    if (field.source_info) {
      put(SourceInfoBegin);
      if (const auto& span = field.source_info->span) put_span(*span);
      if (const auto scope = field.source_info->scope) {
        put((Scope + std::to_string(*scope) + "],").str());
      }
      put(SourceInfoEnd);
    }
    if (const auto ignore = field.ignore_for_traits) {
      put((Ignore + (*ignore ? "true," : "false,")).str());
    }
    put(FieldEnd);
  }

  void put_type(StringRef type) {
    StringRef indent = Type;
    for (bool is_last = false; !is_last; indent = TypeIndent) {
      const auto [line, rest] = type.split('\n');
      is_last = line.size() == type.size();
      put((indent + line + (is_last ? "," : "")).str());
      type = rest;
    }
  }

  void put_span(const LayoutSpan& span) {
    std::string line(Span);
    if (span.file.empty()) {
      line += NoLocation;
    } else {
      line += span.file;
      line += ':' + std::to_string(span.line) + ':' + std::to_string(span.column);
      line += ": " + std::to_string(span.end_line) + ':' + std::to_string(span.end_column);
    }
    put(line += " (#" + std::to_string(span.expansion) + "),");
  }

  const CoroutineLayout& layout_;
  base::LinePrinter out_;
  size_t left_;  // known lines to be printed
  size_t field_ = 0;
  size_t variant_ = 0;
};

}  // namespace

std::string print_layout(const CoroutineLayout& layout) {
  return LayoutPrinter(layout).print();
}

}  // namespace jaa::mir
