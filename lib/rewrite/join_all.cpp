#include "rewrite/join_all.h"

#include "rewrite/chain.h"
#include "rewrite/evaluation.h"
#include "rewrite/put_statements.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

std::vector<base::Edit> join_chain(const syntax::Tree& tree, Node closure,
                                   const std::string& join_all) {
  const Chain chain = chain_around(closure);
  size_t map = 0;
  while (map < chain.calls.size() &&
         (chain.calls[map].arguments.empty() || chain.calls[map].arguments.front() != closure))
    ++map;
  if (map + 1 >= chain.calls.size() || chain.calls[map].name != "map" ||
      chain.calls[map + 1].name != "collect" || syntax::is_in_macro(closure))
    return {};
  const Node type = chain.calls[map + 1].type;
  if (type && syntax::last_name(type) != "Vec") return {};
  std::vector<base::Edit> edits;
  const base::FileId file = tree.file();
  const std::vector<Node> awaits = await_expressions(closure);
  if (!awaits.empty()) {
    // The one that the closure ends with.
    const Node body = closure_parts(closure).body;
    const Node last = body.is("block") ? Node() : body;
    if (awaits.size() != 1 || awaits.front() != last) return {};
    const Node future = last.parts().front();
    edits.push_back({{file, future.end(), last.end()}, ""});
  }
  const Node all = chain.calls[map].call;
  const Node collect = chain.calls[map + 1].call;
  edits.push_back({{file, all.begin(), all.begin()}, join_all + "("});
  edits.push_back({{file, all.end(), collect.end()}, ").await"});
  const std::string_view text = tree.text().substr(all.begin(), all.end() - all.begin());
  if (text.find('\n') == std::string_view::npos) return edits;
  // One line, where it fits; else the chain stands within the parentheses.
  std::string joined = piece(tree, all.span(), {edits.begin(), edits.end() - 2});
  std::string flat;
  for (size_t at = 0; at < joined.size(); ++at) {
    size_t next = at + 1;
    while (joined[at] == '\n' && next < joined.size() && joined[next] == ' ') ++next;
    if (joined[at] == '\n' && next < joined.size() && joined[next] == '.') at = next;
    flat += joined[at];
  }
  if (flat.size() > 60 || flat.find('\n') != std::string::npos) {
    Code code;
    code.open(join_all + "(");
    code.line(joined + ",");
    code.close(")");
    code.line(".await");
    const syntax::Layout layout = syntax::layout(tree.text());
    return {{{file, all.begin(), collect.end()},
             code.text(layout, syntax::indentation(tree.text(), all.begin()))}};
  }
  return {{{file, all.begin(), collect.end()}, join_all + "(" + flat + ").await"}};
}

}  // namespace jaa::rewrite
