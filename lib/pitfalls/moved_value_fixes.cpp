#include "pitfalls/moved_value_fixes.h"

#include "flow/cloning.h"
#include "llvm/ADT/StringRef.h"
#include "pitfalls/owned_values.h"
#include "rewrite/share_value.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using flow::Cloning;
using syntax::Node;

Node root_binding(Node place) {
  while (place.is("field_expression")) {
    place = place.field("value");
  }
  return place.is_any({"identifier", "self"}) ? syntax::binding_of(place.text(), place) : Node();
}

// Behind `&T`, nothing could be changed in place: what the future changes was always to be
// its own.
bool is_behind_shared(const flow::Facts& facts, Node place) {
  const Node root = root_binding(place);
  if (root.is("self_parameter")) {
    return root.text().starts_with("&") && !root.has_child("mutable_specifier");
  }
  const std::string type = facts.type_of(root);
  return type.starts_with("&") && !type.starts_with("&mut ");
}

// rustc proposes a clone only of what is `Clone`; another type of that name may not be.
bool is_known_clone(const flow::Facts& facts, const flow::MovedValue& value) {
  for (const uint32_t index : value.diagnostics) {
    for (const rustc::Diagnostic& child : facts.diagnostics()[index].children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        if (span.suggested_replacement == ".clone()") {
          return true;
        }
      }
    }
  }
  return false;
}

// `Name<'_>`: a clone borrows from what the first one does, and its `to_owned` may not. Where it
// has none, the one of all that is `Clone` is a clone.
bool may_borrow(llvm::StringRef type) {
  return type.contains("<'") && !type.contains("<'static") && !type.starts_with("&");
}

base::FixIt fix_of(std::string name, std::string title, const flow::MovedValue& value) {
  base::FixIt fix;
  fix.name = std::move(name);
  fix.title = std::move(title);
  fix.keeps_meaning = true;
  fix.body = syntax::outermost_function(value.place).span();
  return fix;
}

}  // namespace

std::vector<base::FixIt> keep_in_place(const flow::Facts& facts, const flow::MovedValue& value) {
  std::vector<base::FixIt> result;
  const std::string place(value.place.text());
  const std::string type =
      value.type.empty() && value.binding ? facts.type_of(value.binding) : value.type;
  const Cloning cloning = flow::cloning_of(facts.items(), type);
  // `Job { name }` names the field as well.
  const bool is_short = value.place.parent().is("shorthand_field_initializer");
  const std::string field = is_short ? place + ": " : std::string();
  const bool is_out_of_borrow = facts.diagnostics()[value.diagnostics.front()].code == "E0507";
  if (cloning < Cloning::SplitsState ||
      (cloning == Cloning::Impossible && is_known_clone(facts, value))) {
    base::FixIt fix = fix_of("own", "give the future its own `" + place + "`", value);
    const bool is_one_with_it =
        cloning == Cloning::Shares || (is_out_of_borrow && is_behind_shared(facts, value.place));
    if (value.binding && !is_one_with_it) {
      Ownership ownership;
      const flow::Capture capture{std::string(value.binding.text()), value.binding, {}};
      note_lost_writes({{}, value.future}, capture, ownership);
      fix.keeps_meaning = ownership.keeps_meaning;
      fix.trade_off = ownership.trade_off;
    }
    if (cloning != Cloning::Shares && is_changed_by_callee(facts, value.place)) {
      fix.keeps_meaning = false;
      fix.trade_off = "what is changed in the clone is not seen in `" + place + "`";
    }
    if (may_borrow(type)) {
      fix.edits = {{value.place.span(), field + place + ".to_owned()"}};
      result.push_back(fix);
      fix.name = "clone";
    }
    fix.edits = {{value.place.span(), field + clone_text(value.place, type, place)}};
    result.push_back(std::move(fix));
  } else if (value.place.is("identifier")) {
    rewrite::ImportEdits imports;
    base::FixIt fix = fix_of("share", "share `" + place + "` with the future by an `Arc`", value);
    fix.edits =
        rewrite::share_value(facts.items(),
                             {.place = root_binding(value.place),
                              .first_task = value.place,
                              .type_of = [&facts](Node name) { return facts.type_of(name); }},
                             imports);
    if (!fix.edits.empty()) {
      fix.edits.push_back(
          {value.place.span(),
           field + imports.name_at(value.place, "std::sync::Arc") + "::clone(&" + place + ")"});
      for (base::Edit& edit : imports.take()) {
        fix.edits.push_back(std::move(edit));
      }
      fix.body = {};
      result.push_back(std::move(fix));
    }
  }
  if (result.empty() && is_out_of_borrow && value.place.parent().is("let_declaration")) {
    base::FixIt fix = fix_of("borrow", "let the future borrow `" + place + "`", value);
    const uint32_t at = value.place.begin();
    fix.edits = {{{value.place.span().file, at, at}, "&"}};
    result.push_back(std::move(fix));
  }
  return result;
}

}  // namespace jaa::pitfalls
