#include "rewrite/in_place.h"

#include "rewrite/chain.h"
#include "rewrite/evaluation.h"
#include "rewrite/inline_closure.h"
#include "rewrite/naming.h"
#include "rewrite/put_statements.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `let mut answers = Vec::new(); for x in place.iter() { answers.push(..); }`
bool ask_each(const syntax::Tree& tree, Node closure, bool returns_future, const std::string& place,
              const std::string& answers, FreshNames& names, Code& code) {
  code.line("let mut " + answers + " = Vec::new();");
  std::string value;
  Code body;
  std::string pattern;
  if (closure.is_any({"identifier", "scoped_identifier"})) {
    pattern = names.unused("item");
    value = std::string(closure.text()) + "(" + pattern + ")" + (returns_future ? ".await" : "");
  } else {
    const ClosureParts parts = closure_parts(closure);
    if (parts.patterns.size() != 1 || parts.is_move) return false;
    pattern = pattern_text(parts.patterns[0]);
    InlineOptions options;
    options.is_awaited = returns_future;
    value = inline_body(tree, closure, {}, options, body);
  }
  if (value.empty()) return false;
  code.open("for " + pattern + " in " + place + ".iter() {");
  code.append(body);
  code.line(answers + ".push(" + value + ");");
  code.close();
  return true;
}

}  // namespace

std::vector<base::Edit> answer_first(const syntax::Tree& tree, Node closure, bool returns_future) {
  const Node call = closure.parent().is("arguments") ? closure.parent().parent() : Node();
  const std::string name(method_name(call).text());
  const Node receiver = chain_receiver(call);
  if (call.field("arguments").parts().size() != 1 || !receiver || !is_pure(receiver) ||
      syntax::is_in_macro(closure))
    return {};
  const ExpressionPlace place = place_of(call);
  const bool is_alone = place.kind == ExpressionPlace::Kind::Statement || place.statement == call;
  const std::string owner(receiver.text());
  FreshNames names(closure);
  Statements result;
  if (!is_alone) return {};
  if (name == "retain") {
    const std::string kept = names.unused("is_kept");
    if (!ask_each(tree, closure, returns_future, owner, kept, names, result.code)) return {};
    result.code.line("let mut " + kept + " = " + kept + ".into_iter();");
    result.code.line(owner + ".retain(|_| " + kept + ".next().unwrap_or(true));");
    return put(tree, place, result);
  }
  const bool is_sort = name == "sort_by_key" || name == "sort_by_cached_key";
  if (!is_sort && name != "sort_unstable_by_key") return {};
  const std::string keys = names.unused("keys");
  const std::string keyed = names.unused("keyed");
  if (!ask_each(tree, closure, returns_future, owner, keys, names, result.code)) return {};
  result.code.line("let mut " + keyed + ": Vec<_> = " + keys + ".into_iter().zip(" + owner +
                   ".drain(..)).collect();");
  result.code.line(keyed + (is_sort ? ".sort_by" : ".sort_unstable_by") +
                   "(|a, b| a.0.cmp(&b.0));");
  result.code.line(owner + ".extend(" + keyed + ".into_iter().map(|(_, item)| item));");
  return put(tree, place, result);
}

}  // namespace jaa::rewrite
