#include "propagate/boxed_traits.h"

#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "rewrite/boxed_method.h"
#include "rewrite/imports.h"
#include "syntax/items.h"

namespace jaa::propagate {

bool is_only_of_sized(syntax::Node method) {
  for (const syntax::Node& clause : method.children()) {
    for (const syntax::Node& predicate :
         clause.is("where_clause") ? clause.named_children() : std::vector<syntax::Node>()) {
      if (predicate.field("left").text() == "Self" &&
          has_word(predicate.field("bounds").text(), "Sized")) {
        return true;
      }
    }
  }
  return false;
}

std::vector<base::Edit> box_dyn_methods(
    const flow::Facts& facts, const std::vector<std::pair<std::string, std::string>>& methods,
    bool is_typed) {
  std::vector<base::Edit> edits;
  rewrite::ImportEdits imports;
  for (const auto& [trait, name] : methods) {
    for (const syntax::Node& function : facts.items().functions(name)) {
      const syntax::Node owner = syntax::trait_of(function);
      if (!owner || owner.field("name").text() != trait) {
        continue;
      }
      std::vector<rewrite::BoxedMethod> group;
      for (const syntax::Node& member : methods_alike(facts, function)) {
        group.push_back({&facts.tree(member.span().file), member});
      }
      rewrite::BoxedForm form;
      form.edition = facts.package().edition;
      form.is_typed = is_typed;
      for (base::Edit& edit : rewrite::box_method(group, form, imports)) {
        edits.push_back(std::move(edit));
      }
    }
  }
  for (base::Edit& edit : imports.take()) {
    edits.push_back(std::move(edit));
  }
  return edits;
}

}  // namespace jaa::propagate
