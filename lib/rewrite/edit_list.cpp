#include "rewrite/edit_list.h"

#include <algorithm>

namespace jaa::rewrite {

using syntax::Node;

void EditList::insert(uint32_t at, std::string text) {
  replace(at, at, std::move(text));
}

void EditList::replace(uint32_t begin, uint32_t end, std::string text) {
  edits_.push_back({span(begin, end), std::move(text)});
}

void EditList::insert_before(Node statement, std::string_view text) {
  // Comments stay with what they stand above.
  const std::vector<Node> above = syntax::comments_above(*tree_, statement);
  const uint32_t at = above.empty() ? statement.begin() : above.front().begin();
  std::string added(text);
  if (syntax::starts_line(tree_->text(), at)) {
    added += layout_.line_end;
    added += syntax::indentation(tree_->text(), at);
  } else {
    added += ' ';
  }
  insert(at, std::move(added));
}

void EditList::insert_behind(Node statement, std::string_view text) {
  const Node comment = syntax::comment_behind(*tree_, statement);
  const uint32_t at = comment ? syntax::line_stop(tree_->text(), comment.begin()) : statement.end();
  std::string added;
  if (comment || syntax::ends_line(tree_->text(), at)) {
    added += layout_.line_end;
    added += syntax::indentation(tree_->text(), statement.begin());
  } else {
    added += ' ';
  }
  added += text;
  insert(at, std::move(added));
}

std::string EditList::take_out(Node statement) {
  const std::string_view text = tree_->text();
  const std::vector<Node> above = syntax::comments_above(*tree_, statement);
  const Node behind = syntax::comment_behind(*tree_, statement);
  uint32_t begin = above.empty() ? statement.begin() : above.front().begin();
  uint32_t end = behind ? syntax::line_stop(text, behind.begin()) : statement.end();
  std::string result(text.substr(begin, end - begin));
  if (syntax::starts_line(text, begin) && syntax::ends_line(text, end)) {
    begin = syntax::line_start(text, begin);
    end = syntax::line_stop(text, end);
    end = static_cast<uint32_t>(std::min(text.find('\n', end), text.size() - 1) + 1);
  } else {
    while (end < text.size() && text[end] == ' ') ++end;
  }
  replace(begin, end, "");
  return result;
}

void EditList::wrap(Node first, Node last, std::string_view head, std::string_view tail,
                    std::string_view end) {
  const std::string_view text = tree_->text();
  std::string opening(head);
  opening += head.empty() ? "{" : " {";
  std::string closing;
  if (!syntax::starts_line(text, first.begin())) {
    insert(first.begin(), opening + " ");
    // Behind a line comment only a new line is code again.
    const std::string gap =
        last.is("line_comment")
            ? std::string(layout_.line_end) + std::string(syntax::indentation(text, first.begin()))
            : " ";
    if (!tail.empty()) closing.append(gap).append(tail);
    insert(last.end(), closing.append(tail.empty() ? gap : " ").append("}").append(end));
    return;
  }
  const std::string outer(syntax::indentation(text, first.begin()));
  const std::string line(std::string(layout_.line_end) + outer);
  const Node comment = syntax::comment_behind(*tree_, last);
  const uint32_t stop = comment ? syntax::line_stop(text, comment.begin()) : last.end();
  insert(first.begin(), opening + line + layout_.indent);
  for (const uint32_t at : syntax::movable_lines(*tree_, span(first.begin(), stop)))
    indents_.push_back({span(at, at), layout_.indent});
  if (!tail.empty()) closing.append(line).append(layout_.indent).append(tail);
  closing.append(line).append("}").append(end);
  // What else stands in the last line goes to a line of its own.
  uint32_t gap_end = stop;
  if (!syntax::ends_line(text, stop)) {
    while (gap_end < text.size() && text[gap_end] == ' ') ++gap_end;
    closing += line;
  }
  replace(stop, gap_end, std::move(closing));
}

std::vector<base::Edit> EditList::take() {
  std::vector<base::Edit> all = std::move(edits_);
  for (base::Edit& indent : indents_) {
    const uint32_t at = indent.span.begin;
    if (std::none_of(all.begin(), all.end(), [&](const base::Edit& edit) {
          return edit.span.begin < at && at < edit.span.end;
        }))
      all.push_back(std::move(indent));
  }
  edits_.clear();
  indents_.clear();
  // At one place, insertions come first and stay in the order they were made.
  std::stable_sort(all.begin(), all.end(),
                   [](const base::Edit& a, const base::Edit& b) { return a.span < b.span; });
  std::vector<base::Edit> result;
  for (base::Edit& edit : all) {
    if (!result.empty() && result.back().span.end == edit.span.begin) {
      result.back().span.end = edit.span.end;
      result.back().text += edit.text;
    } else {
      result.push_back(std::move(edit));
    }
  }
  return result;
}

}  // namespace jaa::rewrite
