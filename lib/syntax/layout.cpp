#include "syntax/layout.h"

#include <algorithm>

namespace jaa::syntax {
namespace {

constexpr std::string_view Blank = " \t";

uint32_t clamp(std::string_view text, uint32_t offset) {
  return std::min(offset, static_cast<uint32_t>(text.size()));
}

}  // namespace

Layout layout(std::string_view text) {
  Layout result;
  const size_t first_end = text.find('\n');
  if (first_end != std::string_view::npos && first_end > 0 && text[first_end - 1] == '\r')
    result.line_end = "\r\n";
  for (size_t start = 0; start < text.size();) {
    const std::string_view space = indentation(text, static_cast<uint32_t>(start));
    const char first = start + space.size() < text.size() ? text[start + space.size()] : '\n';
    // A line of a block comment (` * ..`) is no measure.
    if (!space.empty() && first != '*' && first != '\n' && first != '\r') {
      if (space.front() == '\t')
        result.indent = "\t";
      else if (space.size() == 2)
        result.indent = "  ";
      break;
    }
    const size_t end = text.find('\n', start);
    if (end == std::string_view::npos) break;
    start = end + 1;
  }
  return result;
}

uint32_t line_start(std::string_view text, uint32_t offset) {
  offset = clamp(text, offset);
  while (offset > 0 && text[offset - 1] != '\n') --offset;
  return offset;
}

uint32_t line_stop(std::string_view text, uint32_t offset) {
  size_t end = text.find('\n', clamp(text, offset));
  if (end == std::string_view::npos) end = text.size();
  if (end > offset && text[end - 1] == '\r') --end;
  return static_cast<uint32_t>(end);
}

std::string_view indentation(std::string_view text, uint32_t offset) {
  const uint32_t start = line_start(text, offset);
  const size_t end = text.find_first_not_of(Blank, start);
  return text.substr(start, (end == std::string_view::npos ? text.size() : end) - start);
}

bool starts_line(std::string_view text, uint32_t offset) {
  const uint32_t start = line_start(text, offset);
  return text.substr(start, clamp(text, offset) - start).find_first_not_of(Blank) ==
         std::string_view::npos;
}

bool ends_line(std::string_view text, uint32_t offset) {
  const uint32_t at = clamp(text, offset);
  return text.substr(at, line_stop(text, at) - at).find_first_not_of(Blank) ==
         std::string_view::npos;
}

std::vector<Node> comments_above(const Tree& tree, Node statement) {
  std::vector<Node> result;
  uint32_t below = statement.begin();
  for (Node at = statement.previous(); at.is_comment(); at = at.previous()) {
    // Its own line, and no blank line between it and what it belongs to.
    const std::string_view gap = tree.text().substr(at.end(), below - at.end());
    const auto lines = std::count(gap.begin(), gap.end(), '\n') +
                       (at.text().empty() || at.text().back() != '\n' ? 0 : 1);
    if (lines != 1 || !starts_line(tree.text(), at.begin())) break;
    result.push_back(at);
    below = at.begin();
  }
  std::reverse(result.begin(), result.end());
  return result;
}

Node comment_behind(const Tree& tree, Node statement) {
  const Node next = statement.next();
  if (!next.is_comment()) return {};
  const std::string_view gap = tree.text().substr(statement.end(), next.end() - statement.end());
  return gap.find('\n') == std::string_view::npos && ends_line(tree.text(), next.end()) ? next
                                                                                        : Node();
}

bool has_comment(const Tree& tree, const base::Span& span) {
  bool found = false;
  walk(tree.smallest_node(span), [&](Node node) {
    if (!node.span().overlaps(span)) return Walk::Over;
    found |= node.is_comment();
    return found ? Walk::Stop : Walk::Into;
  });
  return found;
}

std::vector<uint32_t> movable_lines(const Tree& tree, const base::Span& span) {
  const std::string_view text = tree.text();
  std::vector<base::Span> fixed;
  walk(tree.smallest_node(span), [&](Node node) {
    if (!node.span().overlaps(span)) return Walk::Over;
    if (!node.is_comment() && !node.is_any({"string_literal", "raw_string_literal"}))
      return Walk::Into;
    fixed.push_back(node.span());
    return Walk::Over;
  });
  std::vector<uint32_t> result;
  auto literal = fixed.begin();
  for (uint32_t at = span.begin; at < span.end;) {
    const size_t end = text.find('\n', at);
    if (end == std::string_view::npos || end + 1 >= span.end) break;
    at = static_cast<uint32_t>(end + 1);
    while (literal != fixed.end() && literal->end <= at) ++literal;
    const bool is_fixed = literal != fixed.end() && literal->begin < at;
    if (!is_fixed && line_stop(text, at) > at && !ends_line(text, at)) result.push_back(at);
  }
  return result;
}

}  // namespace jaa::syntax
