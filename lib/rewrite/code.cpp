#include "rewrite/code.h"

#include <algorithm>

namespace jaa::rewrite {
namespace {

// In front of a line that must stay at its place: within a literal of several lines.
constexpr char Fixed = '\x01';

}  // namespace

std::string piece(const syntax::Tree& tree, const base::Span& span, std::vector<base::Edit> edits) {
  const std::string_view text = tree.text();
  const std::string_view indent = syntax::indentation(text, span.begin);
  const std::vector<uint32_t> movable = syntax::movable_lines(tree, span);
  std::stable_sort(edits.begin(), edits.end(), [](const base::Edit& a, const base::Edit& b) {
    return a.span.begin < b.span.begin;
  });
  std::string result;
  auto edit = edits.begin();
  for (uint32_t at = span.begin; at < span.end;) {
    if (edit != edits.end() && edit->span.begin <= at) {
      result += edit->text;
      at = std::max(at, edit->span.end);
      ++edit;
      continue;
    }
    const char c = text[at++];
    if (c == '\r') continue;
    result += c;
    if (c != '\n') continue;
    if (!std::binary_search(movable.begin(), movable.end(), at)) {
      // An empty line has no indentation either way.
      if (at < text.size() && text[at] != '\n' && text[at] != '\r') result += Fixed;
    } else if (text.substr(at).starts_with(indent)) {
      at += static_cast<uint32_t>(indent.size());
    } else {
      while (at < span.end && (text[at] == ' ' || text[at] == '\t')) ++at;
    }
  }
  for (; edit != edits.end(); ++edit) result += edit->text;
  return result;
}

std::string settle(std::string_view text, const syntax::Layout& layout, std::string_view indent) {
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n') {
      result += text[at];
      continue;
    }
    result += layout.line_end;
    if (at + 1 < text.size() && text[at + 1] == Fixed) {
      ++at;
    } else if (at + 1 < text.size() && text[at + 1] != '\n') {
      result += indent;
    }
  }
  return result;
}

void Code::append(const Code& other) {
  for (const Line& each : other.lines_) lines_.push_back({depth_ + each.depth, each.text});
}

std::string Code::text(const syntax::Layout& layout, std::string_view indent) const {
  std::string result;
  for (const Line& each : lines_) {
    std::string here(indent);
    for (size_t depth = 0; depth < each.depth; ++depth) here += layout.indent;
    if (!result.empty()) {
      result += layout.line_end;
      result += here;
    }
    result += settle(each.text, layout, here);
  }
  return result;
}

std::string Code::as_piece(const syntax::Layout& layout) const {
  std::string result;
  for (const Line& each : lines_) {
    std::string here;
    for (size_t depth = 0; depth < each.depth; ++depth) here += layout.indent;
    if (!result.empty()) result += '\n' + here;
    for (size_t at = 0; at < each.text.size(); ++at) {
      result += each.text[at];
      const bool is_movable = each.text[at] == '\n' && at + 1 < each.text.size() &&
                              each.text[at + 1] != Fixed && each.text[at + 1] != '\n';
      if (is_movable) result += here;
    }
  }
  return result;
}

}  // namespace jaa::rewrite
