#include "pitfalls/owned_structs.h"

#include <algorithm>

#include "flow/cloning.h"
#include "flow/type_text.h"
#include "llvm/ADT/StringRef.h"
#include "rewrite/own_struct.h"
#include "syntax/items.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

bool has_lifetime(Node item) {
  const std::vector<Node> parameters = item.field("type_parameters").parts();
  return std::any_of(parameters.begin(), parameters.end(), [](const Node& one) {
    return one.is_any({"lifetime", "lifetime_parameter"});
  });
}

bool is_public(Node item) {
  for (const Node& child : item.children()) {
    if (child.is("visibility_modifier")) {
      return child.text() == "pub";
    }
  }
  return false;
}

// The files of the struct's crate that name it.
std::vector<const syntax::Tree*> trees_of(const flow::Facts& facts, Node item) {
  std::vector<const syntax::Tree*> result;
  for (const base::FileId file : facts.crate_of(item.span().file)) {
    if (llvm::StringRef(facts.files().text(file)).contains(item.field("name").text())) {
      result.push_back(&facts.tree(file));
    }
  }
  return result;
}

// The last names of the types of what the task takes: its variables, and what the function
// takes whose call it is.
std::vector<std::string> taken_types(const flow::Facts& facts, const flow::Task& task) {
  std::vector<std::string> result;
  for (const flow::Capture& capture : flow::captures_of(task.future)) {
    const std::string type = facts.type_of(capture.binding);
    result.push_back(flow::short_type_text(type.substr(0, type.find('<'))));
  }
  const auto& called = facts.items().functions(syntax::called_name(task.future));
  if (!task.future.is("call_expression") || called.size() != 1) {
    return result;
  }
  for (const Node& parameter : called.front().field("parameters").parts()) {
    const Node type = parameter.is("self_parameter") ? syntax::impl_of(called.front()).field("type")
                                                     : parameter.field("type");
    result.emplace_back(syntax::last_name(type));
  }
  return result;
}

}  // namespace

std::optional<OwnedStructs> own_structs(const flow::Facts& facts, const flow::Escape& escape) {
  OwnedStructs result;
  const auto is_data = [&facts](std::string_view type) {
    return flow::cloning_of(facts.items(), type) <= flow::Cloning::Duplicates;
  };
  for (const flow::Task& task : escape.tasks) {
    for (const std::string& name : taken_types(facts, task)) {
      const auto& declared = facts.items().structs(name);
      if (declared.size() != 1 || !has_lifetime(declared.front()) ||
          !result.names.insert(name).second) {
        continue;
      }
      const Node item = declared.front();
      const std::vector<base::Edit> edits =
          rewrite::own_struct(facts.items(), trees_of(facts, item), item, is_data);
      if (edits.empty()) {
        return std::nullopt;
      }
      result.edits.insert(result.edits.end(), edits.begin(), edits.end());
      result.keeps_meaning = result.keeps_meaning && !is_public(item);
    }
  }
  return result.names.empty() ? std::nullopt : std::optional(std::move(result));
}

}  // namespace jaa::pitfalls
