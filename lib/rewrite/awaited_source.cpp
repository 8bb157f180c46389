#include "rewrite/awaited_source.h"

#include "llvm/ADT/StringExtras.h"

#include "rewrite/chain.h"
#include "rewrite/code.h"
#include "rewrite/evaluation.h"
#include "rewrite/inline_closure.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// `PageReader` as a variable: `page_reader`.
std::string variable_name(std::string_view type) {
  std::string name;
  for (const char letter : type) {
    if (llvm::isUpper(letter) && !name.empty()) {
      name += '_';
    }
    name += llvm::toLower(letter);
  }
  return name;
}

// `&mut pages` and `pages.by_ref()` ask `pages` itself, and so does the variable.
Node asked_variable(Node source) {
  if (source.is("reference_expression")) {
    source = source.field("value");
  } else if (method_name(source).text() == "by_ref") {
    source = chain_receiver(source);
  }
  return is_place(source) && is_pure(source) ? source : Node();
}

}  // namespace

std::optional<AwaitedSource> awaited_source(const syntax::Tree& tree, Node source,
                                            std::string_view type, FreshNames& names) {
  if (const Node variable = asked_variable(source)) {
    return AwaitedSource{std::string(variable.text()), ""};
  }
  if (!leaves_nothing(source)) {
    return std::nullopt;
  }
  AwaitedSource result{names.unused(variable_name(type)), ""};
  result.declaration = "let mut " + result.name + " = " + piece(tree, source.span()) + ";";
  return result;
}

std::vector<base::Edit> make_mutable(Node source) {
  const Node binding = source.is("identifier") ? syntax::binding_of(source.text(), source) : Node();
  const bool is_mutable =
      binding.parent().is("mut_pattern") || binding.previous().is("mutable_specifier");
  if (!binding.is("identifier") || is_mutable) {
    return {};
  }
  return {{{binding.span().file, binding.begin(), binding.begin()}, "mut "}};
}

std::vector<base::Edit> replace_for_head(const syntax::Tree& tree, Node loop,
                                         std::string_view before, std::string_view head) {
  const Node statement = syntax::enclosing_statement(loop);
  const bool is_statement = statement == loop || (statement.is("expression_statement") &&
                                                  statement.parts().front() == loop);
  if (!is_statement || (!before.empty() && syntax::has_attributes(statement))) {
    return {};
  }
  Node keyword;
  for (const Node& child : loop.children()) {
    keyword = child.is("for") ? child : keyword;
  }
  std::vector<base::Edit> edits;
  if (!before.empty()) {
    const syntax::Layout layout = syntax::layout(tree.text());
    const std::string indent(syntax::indentation(tree.text(), loop.begin()));
    edits.push_back({{tree.file(), loop.begin(), loop.begin()},
                     settle(before, layout, indent) + std::string(layout.line_end) + indent});
  }
  edits.push_back({{tree.file(), keyword.begin(), loop.field("value").end()}, std::string(head)});
  return edits;
}

std::vector<base::Edit> await_each(const syntax::Tree& tree, Node loop, std::string_view type,
                                   AskedBy asked) {
  FreshNames names(loop);
  const auto source = awaited_source(tree, loop.field("value"), type, names);
  if (!source) {
    return {};
  }
  return replace_for_head(tree, loop, source->declaration,
                          "while let " + std::string(asked.variant) + "(" +
                              pattern_text(loop.field("pattern")) +
                              ") = " + source->next(asked.method));
}

}  // namespace jaa::rewrite
