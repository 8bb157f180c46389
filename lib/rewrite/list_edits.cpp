#include "rewrite/list_edits.h"

#include <algorithm>

#include "syntax/layout.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool contains(const std::vector<Node>& nodes, Node node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

void remove_list(Node list, std::vector<base::Edit>& edits) {
  uint32_t begin = list.begin();
  uint32_t end = list.end();
  std::string_view rest;
  if (list.is("where_clause") && list.previous()) {
    begin = list.previous().end();
    const Node body = list.next();
    if (body.is_any({"block", "declaration_list"})) {
      end = body.begin();
      rest = " ";
    }
  }
  // A turbofish goes with its colons.
  if (list.is("type_arguments") && list.previous().is("::")) begin = list.previous().begin();
  edits.push_back({{list.span().file, begin, end}, std::string(rest)});
}

}  // namespace

std::string_view file_text(Node node) {
  while (node.parent()) node = node.parent();
  return {node.text().data() - node.begin(), node.begin() + node.text().size()};
}

void remove_elements(Node list, const std::vector<Node>& elements, const std::vector<Node>& removed,
                     std::vector<base::Edit>& edits) {
  const base::FileId file = list.span().file;
  const auto kept = [&removed](Node one) { return !contains(removed, one); };
  if (std::none_of(elements.begin(), elements.end(), kept)) {
    remove_list(list, edits);
    return;
  }
  for (size_t first = 0; first < elements.size(); ++first) {
    if (kept(elements[first])) continue;
    size_t last = first;
    while (last + 1 < elements.size() && !kept(elements[last + 1])) ++last;
    if (last + 1 < elements.size()) {
      edits.push_back({{file, elements[first].begin(), elements[last + 1].begin()}, ""});
    } else {
      // A comment behind the element before stays, and so the comma in front of it.
      uint32_t begin = elements[first - 1].end();
      uint32_t end = elements[last].end();
      for (Node at = elements[first - 1].next(); at && at.end() <= elements[first].begin();
           at = at.next())
        if (at.is_comment()) begin = at.end();
      if (begin != elements[first - 1].end() && elements[last].next().is(","))
        end = elements[last].next().end();
      edits.push_back({{file, begin, end}, ""});
    }
    first = last;
  }
}

}  // namespace jaa::rewrite
