#include "rewrite/in_place.h"

#include <optional>

#include "rewrite/chain.h"
#include "rewrite/evaluation.h"
#include "rewrite/inline_closure.h"
#include "rewrite/naming.h"
#include "rewrite/put_statements.h"
#include "syntax/mentions.h"
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

// `|a, b| key(b).cmp(&key(a))`: both sides ask the same of one element each.
struct Comparison {
  Node left;
  Node right;
  // The parameters that they mention.
  std::string left_name;
  std::string right_name;
};

// `side` asks something of `own`, and nothing of `other`.
bool is_side(Node side, const std::string& own, const std::string& other) {
  return syntax::is_mentioned(side, own) && !syntax::is_mentioned(side, other) &&
         !exits_of(side).any();
}

// The value of a closure, which does nothing before it; none for another one.
Node only_value(const ClosureParts& parts) {
  if (!parts.body.is("block")) return parts.body;
  return syntax::statements(parts.body).size() == 1 ? tail_of(parts.body) : Node();
}

std::optional<Comparison> comparison_in(const syntax::Tree& tree, Node closure) {
  const ClosureParts parts = closure_parts(closure);
  const Node value = only_value(parts);
  if (parts.patterns.size() != 2 || parts.is_move || !value) return std::nullopt;
  if (!parts.patterns[0].is("identifier") || !parts.patterns[1].is("identifier"))
    return std::nullopt;
  Comparison result;
  syntax::walk(value, [&result](Node node) {
    const std::string_view name = method_name(node).text();
    const std::vector<Node> arguments = node.field("arguments").parts();
    const bool compares = name == "cmp" || name == "partial_cmp" || name == "total_cmp";
    if (compares && arguments.size() == 1 && arguments[0].is("reference_expression")) {
      result.left = chain_receiver(node);
      result.right = arguments[0].field("value");
    }
    return result.left ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  if (!result.left) return std::nullopt;
  const std::string first(parts.patterns[0].text());
  const std::string second(parts.patterns[1].text());
  const bool is_swapped = syntax::is_mentioned(result.left, second);
  result.left_name = is_swapped ? second : first;
  result.right_name = is_swapped ? first : second;
  if (!is_side(result.left, result.left_name, result.right_name) ||
      !is_side(result.right, result.right_name, result.left_name))
    return std::nullopt;
  const auto same = renamed(result.right, result.right_name, result.left_name);
  const size_t inside = syntax::mentions(result.left, result.left_name).size() +
                        syntax::mentions(result.right, result.right_name).size();
  const size_t all = syntax::mentions(value, first).size() + syntax::mentions(value, second).size();
  const bool is_same =
      same && piece(tree, result.right.span(), *same) == piece(tree, result.left.span());
  return is_same && inside == all ? std::optional(result) : std::nullopt;
}

// The comparison of pairs of a key and its element.
std::string on_keys(const syntax::Tree& tree, Node closure, const Comparison& comparison) {
  const ClosureParts parts = closure_parts(closure);
  const std::vector<base::Edit> edits{{comparison.left.span(), comparison.left_name + ".0"},
                                      {comparison.right.span(), comparison.right_name + ".0"}};
  return "|" + std::string(parts.patterns[0].text()) + ", " +
         std::string(parts.patterns[1].text()) + "| " +
         piece(tree, only_value(parts).span(), edits);
}

// `keyed.sort_by(..)`, and the elements back in their place.
void sort_by_keys(const std::string& keys, const std::string& owner, const std::string& method,
                  const std::string& comparison, FreshNames& names, Code& code) {
  const std::string keyed = names.unused("keyed");
  code.line("let mut " + keyed + ": Vec<_> = " + keys + ".into_iter().zip(" + owner +
            ".drain(..)).collect();");
  code.line(keyed + "." + method + "(" + comparison + ");");
  code.line(owner + ".extend(" + keyed + ".into_iter().map(|(_, item)| item));");
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
  const std::string keys = names.unused("keys");
  if ((name == "sort_by" || name == "sort_unstable_by") && !returns_future) {
    const auto comparison = comparison_in(tree, closure);
    if (!comparison) return {};
    result.code.line("let mut " + keys + " = Vec::new();");
    result.code.open("for " + comparison->left_name + " in " + owner + ".iter() {");
    result.code.line(keys + ".push(" + piece(tree, comparison->left.span()) + ");");
    result.code.close();
    sort_by_keys(keys, owner, name, on_keys(tree, closure, *comparison), names, result.code);
    return put(tree, place, result);
  }
  const bool is_sort = name == "sort_by_key" || name == "sort_by_cached_key";
  if (!is_sort && name != "sort_unstable_by_key") return {};
  if (!ask_each(tree, closure, returns_future, owner, keys, names, result.code)) return {};
  sort_by_keys(keys, owner, is_sort ? "sort_by" : "sort_unstable_by", "|a, b| a.0.cmp(&b.0)", names,
               result.code);
  return put(tree, place, result);
}

}  // namespace jaa::rewrite
