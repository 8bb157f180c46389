#include "rewrite/head_edits.h"

#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

void HeadEdits::replace(uint32_t begin, uint32_t end, const std::string& with) {
  if (tree_->text().substr(begin, end - begin) == with) return;
  added_ += with.size();
  removed_ += end - begin;
  edits_->replace(begin, end, with);
}

void HeadEdits::remove_async() {
  for (const Node& part : function_.children()) {
    if (!part.is("function_modifiers")) continue;
    for (const Node& keyword : part.children()) {
      if (!keyword.is("async")) continue;
      const Node after = keyword.next() ? keyword.next() : part.next();
      replace(keyword.begin(), after.begin(), "");
    }
  }
}

bool HeadEdits::add_where(const std::vector<std::string>& predicates) {
  if (predicates.empty()) return false;
  const std::string deeper = line() + edits_->layout().indent;
  Node clause;
  for (const Node& part : function_.children())
    if (part.is("where_clause")) clause = part;
  const Node body = function_.field("body");
  if (clause && !clause.named_children().empty()) {
    const Node last = clause.named_children().back();
    const bool is_closed = last.next().is(",");
    const bool has_lines = syntax::starts_line(tree_->text(), last.begin());
    std::string more;
    for (const std::string& predicate : predicates) {
      const std::string own = (has_lines ? deeper : " ") + predicate;
      more += is_closed ? own + "," : "," + own;
    }
    edits_->insert(is_closed ? last.next().end() : last.end(), more);
    return false;
  }
  std::string all = line() + "where";
  for (const std::string& predicate : predicates)
    all += deeper + predicate + (body || predicate != predicates.back() ? "," : "");
  if (body)
    edits_->replace(body.previous().end(), body.begin(), all + line());
  else
    edits_->insert(function_.end() - 1, all);
  return true;
}

void HeadEdits::break_lines(bool has_where) {
  const std::string_view text = tree_->text();
  const Node parameters = function_.field("parameters");
  const std::vector<Node> all = parameters.named_children();
  const uint32_t begin = syntax::line_start(text, function_.begin());
  uint32_t end = parameters.end();
  if (const Node type = function_.field("return_type")) end = type.end();
  const std::string_view head = text.substr(begin, end - begin);
  const size_t tail = has_where ? 0 : function_.field("body") ? 2 : 1;
  if (all.empty() || head.find('\n') != std::string_view::npos ||
      head.size() + added_ - removed_ + tail <= LineWidth)
    return;
  const std::string deeper = line() + edits_->layout().indent;
  uint32_t at = parameters.begin() + 1;
  for (const Node& one : all) {
    if (one.is_comment()) return;
  }
  for (const Node& one : all) {
    edits_->replace(at, one.begin(), deeper);
    at = one.next().is(",") ? one.next().end() : one.end();
  }
  edits_->replace(at, parameters.end() - 1, (all.back().next().is(",") ? "" : ",") + line());
}

std::string HeadEdits::line() const {
  return std::string(edits_->layout().line_end) +
         std::string(syntax::indentation(tree_->text(), function_.begin()));
}

}  // namespace jaa::rewrite
