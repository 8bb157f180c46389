// What a task needs of `self` or of what a reference leads to, where that is only some
// fields: each gets a local of its own.
#include <algorithm>
#include <map>
#include <set>

#include "flow/cloning.h"
#include "flow/type_text.h"
#include "llvm/ADT/StringRef.h"
#include "pitfalls/awaited_tasks.h"
#include "pitfalls/owned_values.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::Cloning;
using syntax::Node;

// The field that `mention`, a `self` say, is there for, and where `self.field` ends; none
// for a method or `self` itself.
std::optional<std::pair<std::string, base::Span>> field_at(Node mention) {
  const Node parent = mention.parent();
  base::Span span = mention.span();
  if (parent.is("field_expression")) {
    const Node call =
        parent.parent().is("generic_function") ? parent.parent().parent() : parent.parent();
    if (call.is("call_expression") && call.field("function").contains(parent) &&
        call.field("function").end() ==
            (parent.parent().is("generic_function") ? parent.parent().end() : parent.end())) {
      return std::nullopt;
    }
    span.end = parent.end();
    return std::pair(std::string(parent.field("field").text()), span);
  }
  // In a macro's arguments there are only tokens.
  const Node dot = mention.next();
  const Node field = dot.next();
  if (parent.is("token_tree") && dot.is(".") && field.is("identifier") &&
      !field.next().is("token_tree") && !field.next().is("::")) {
    span.end = field.end();
    return std::pair(std::string(field.text()), span);
  }
  return std::nullopt;
}

// Nothing in the function but fields is called that.
bool is_free(Node future, const std::string& name) {
  const std::vector<Node> mentions = syntax::mentions(syntax::outermost_function(future), name);
  return std::all_of(mentions.begin(), mentions.end(),
                     [](const Node& one) { return one.previous().is("."); });
}

// What is done to a handle reaches all that hold one; of other values the task has its own.
bool may_lose_change(const flow::Facts& facts, const std::string& field_type, Node mention) {
  return flow::cloning_of(facts.items(), field_type) != Cloning::Shares &&
         rewrite::change_at(mention) != rewrite::Change::No;
}

// The expression that makes the task's own value of a field; empty when none does.
std::string field_value(const flow::Facts& facts, Node future, llvm::StringRef type,
                        const std::string& place) {
  const auto pointee = without_references(type);
  if (!pointee || type.empty() || pointee->second > 1) {
    return {};
  }
  if (pointee->second == 1 && pointee->first == "str") {
    return type.contains("'static") ? place : place + ".to_owned()";
  }
  if (pointee->second == 1 && pointee->first.starts_with("[")) {
    return place + ".to_vec()";
  }
  const Cloning cloning = flow::cloning_of(facts.items(), pointee->first);
  if (cloning >= Cloning::SplitsState) {
    return {};
  }
  if (cloning == Cloning::Copies) {
    return (pointee->second == 1 ? "*" : "") + place;
  }
  return clone_text(future, pointee->first, place);
}

// The name of the struct that the variable is a reference to.
std::string struct_name(const flow::Facts& facts, Node binding) {
  if (binding.is("self_parameter")) {
    const Node impl = syntax::impl_of(syntax::enclosing(binding, {"function_item"}));
    return std::string(syntax::last_name(impl.field("type")));
  }
  const auto pointee = without_references(flow::short_type_text(facts.type_of(binding)));
  return pointee ? pointee->first.substr(0, pointee->first.find('<')) : std::string();
}

// The variable's own fields may be changed while the task runs: a method may change all of
// them, other code those that it names.
bool may_change_later(const flow::Task& task, const flow::Capture& capture,
                      const std::set<std::string>& fields) {
  const Node function = syntax::outermost_function(task.future);
  const std::vector<Node> mentions = syntax::mentions(function, capture.name);
  return std::any_of(mentions.begin(), mentions.end(), [&](const Node& mention) {
    const auto field = field_at(mention);
    return mention.begin() >= task.future.end() && (!field || fields.contains(field->first)) &&
           rewrite::change_at(mention) != rewrite::Change::No && !has_ended_before(task, mention);
  });
}

}  // namespace

std::optional<Ownership> own_fields(const flow::Facts& facts, const flow::Task& task,
                                    const flow::Capture& self) {
  Ownership result;
  result.way = Ownership::Way::Clone;
  const auto& declared = facts.items().structs(struct_name(facts, self.binding));
  if (declared.size() != 1) {
    return std::nullopt;
  }
  rewrite::FreshNames fresh(task.future);
  std::vector<std::pair<std::string, std::string>> names;
  std::set<std::string> references;
  std::map<std::string, std::string> types;
  bool loses_change = false;
  for (const Node& mention : self.mentions) {
    const auto field = field_at(mention);
    if (!field) {
      return std::nullopt;
    }
    const Node chain = mention.parent();
    auto known = std::find_if(names.begin(), names.end(),
                              [&field](const auto& one) { return one.first == field->first; });
    if (known == names.end()) {
      std::string field_type;
      for (const Node& part : declared.front().field("body").parts()) {
        if (part.is("field_declaration") && part.field("name").text() == field->first) {
          field_type = std::string(part.field("type").text());
        }
      }
      const std::string name =
          is_free(task.future, field->first) ? field->first : fresh.unused(field->first);
      const std::string value =
          field_value(facts, task.future, field_type, self.name + "." + field->first);
      if (value.empty()) {
        return std::nullopt;
      }
      result.values.push_back({name, value});
      names.emplace_back(field->first, name);
      known = names.end() - 1;
      if (field_type.starts_with("&")) {
        references.insert(field->first);
      }
      types[field->first] = std::move(field_type);
    }
    loses_change |= may_lose_change(facts, types[field->first], mention);
    // What was a reference is one again where it is passed on.
    const bool is_passed = references.contains(field->first) && chain.is("field_expression") &&
                           chain.parent().is_any({"arguments", "field_initializer",
                                                  "let_declaration", "for_expression"});
    result.renamed.emplace_back(field->second, (is_passed ? "&" : "") + known->second);
  }
  if (is_mutable(self.binding) && loses_change) {
    note_lost_writes(task, self, result);
  }
  std::set<std::string> fields;
  for (const auto& [field, name] : names) {
    fields.insert(field);
  }
  if (result.keeps_meaning && is_mutable(self.binding) && may_change_later(task, self, fields)) {
    result.keeps_meaning = false;
    result.trade_off = "what is changed in `" + self.name + "` later is not seen by the task";
  }
  result.renamed_with_views = result.renamed;
  return result;
}

}  // namespace jaa::pitfalls
