#include "pitfalls/dyn_remedies.h"

#include <algorithm>

#include "pitfalls/dyn_twin.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_methods.h"
#include "rewrite/boxed_method.h"
#include "rewrite/imports.h"
#include "rewrite/one_type.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

std::string name_of_item(syntax::Node item) {
  return std::string(item.field("name").text());
}

// The trait that a `dyn Trait + ..` is of.
bool is_object_of(syntax::Node object, std::string_view trait) {
  const syntax::Node first = object.is("bounded_type") ? object.named_children().front() : object;
  return first.is("dynamic_type") && syntax::last_name(first.field("trait")) == trait;
}

std::vector<syntax::Node> objects_of(const flow::Facts& facts, const UndynTrait& one) {
  std::vector<syntax::Node> result;
  for (const syntax::Node& object : facts.items().trait_objects()) {
    for (const syntax::Node& trait : one.traits) {
      if (is_object_of(object, trait.field("name").text())) {
        result.push_back(object);
      }
    }
  }
  return result;
}

// The program speaks of `Send` where it speaks of the trait.
bool speaks_of_send(const flow::Facts& facts, const UndynTrait& one) {
  const std::vector<syntax::Node> objects = objects_of(facts, one);
  return std::any_of(one.traits.begin(), one.traits.end(),
                     [](const syntax::Node& trait) {
                       return syntax::is_mentioned(trait.field("bounds"), "Send");
                     }) ||
         std::any_of(objects.begin(), objects.end(), [](const syntax::Node& object) {
           return syntax::is_mentioned(object, "Send");
         });
}

void append(std::vector<base::Edit>& edits, const std::vector<base::Edit>& more) {
  edits.insert(edits.end(), more.begin(), more.end());
}

// `where Self: Sized`: only known types have the method.
bool leave_out(const flow::Facts& facts, const std::vector<syntax::Node>& methods,
               base::FixIt& fix) {
  for (const syntax::Node& method : methods) {
    const std::vector<base::Edit> edits =
        rewrite::add_where(facts.tree(method.span().file), method, {"Self: Sized"});
    if (edits.empty()) {
      return false;
    }
    append(fix.edits, edits);
  }
  return true;
}

std::string boxed_title(const UndynTrait& one) {
  return one.methods.size() == 1
             ? "let `" + name_of_item(one.methods.front()) + "` return a boxed future"
             : "let the async methods of `" + name_of_item(one.traits.front()) +
                   "` return boxed futures";
}

std::vector<base::FixIt> return_boxed_variants(const flow::Facts& facts, const UndynTrait& one) {
  std::vector<base::FixIt> result;
  const bool send_first = speaks_of_send(facts, one);
  for (const int way : {0, 1, 2, 3}) {
    const bool is_general = way % 2 != 0;
    for (const bool is_send : {send_first, !send_first}) {
      base::FixIt fix = bound_fix("return_boxed", boxed_title(one), {});
      fix.trade_off = "one allocation a call";
      rewrite::ImportEdits imports;
      std::vector<syntax::Node> left_out = one.excluded;
      left_out.insert(left_out.end(), one.generic.begin(), one.generic.end());
      bool is_whole = leave_out(facts, left_out, fix);
      for (const syntax::Node& method : one.methods) {
        is_whole =
            is_whole &&
            box_everywhere(facts, method,
                           {is_send, is_general, way > 1, false, facts.package().edition, {}},
                           imports, fix);
      }
      append(fix.edits, imports.take());
      const bool is_known =
          std::any_of(result.begin(), result.end(),
                      [&fix](const base::FixIt& other) { return other.edits == fix.edits; });
      if (is_whole && !is_known && !fix.edits.empty()) {
        result.push_back(std::move(fix));
      }
    }
  }
  return result;
}

// The calls of `method`; none where the name may mean another method as well.
std::vector<syntax::Node> calls_of(const flow::Facts& facts, syntax::Node method,
                                   const std::vector<syntax::Node>& methods) {
  const std::string_view name = method.field("name").text();
  std::vector<syntax::Node> result;
  for (const syntax::Node& function : facts.items().functions(name)) {
    if (std::find(methods.begin(), methods.end(), function) == methods.end()) {
      return result;
    }
  }
  for (const syntax::Node& call : facts.items().calls()) {
    syntax::Node callee = call.field("function");
    if (callee.is("generic_function")) {
      callee = callee.field("function");
    }
    if (callee.field("field").text() == name || callee.field("name").text() == name) {
      result.push_back(call);
    }
  }
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      for (const syntax::Node& token : syntax::mentions(facts.tree(file).root(), name)) {
        if (token.is("identifier") && token.parent().is("token_tree") && token.previous().is(".") &&
            token.next().is("token_tree")) {
          result.push_back(token);
        }
      }
    }
  }
  return result;
}

// Methods that take any type take one. That their futures are boxed as well follows from
// what the compiler then says.
std::vector<base::FixIt> take_one_type(const flow::Facts& facts, const UndynTrait& one) {
  std::vector<base::FixIt> result;
  for (const bool changes_callers : {false, true}) {
    base::FixIt fix = bound_fix("take_one_type", "", {});
    std::string types;
    for (const syntax::Node& method : one.generic) {
      const std::vector<syntax::Node> methods = with_implementations(facts, method);
      const auto way =
          rewrite::take_one_type({methods, calls_of(facts, method, methods)}, changes_callers);
      if (!way) {
        return result;
      }
      append(fix.edits, way->edits);
      types += (types.empty() ? "`" : ", `") + name_of_item(method) + "` take `" + way->type +
               "` in place of `" + way->instead + "`";
      if (changes_callers && !way->is_plain) {
        fix.keeps_meaning = false;
        fix.trade_off = "callers convert what they pass before the call";
      }
    }
    fix.title = "let " + types;
    const bool is_whole = leave_out(facts, one.excluded, fix);
    if (is_whole && !fix.edits.empty() && (result.empty() || result.front().edits != fix.edits)) {
      result.push_back(std::move(fix));
    }
  }
  return result;
}

// `&dyn Trait` of a parameter becomes `&impl Trait`, where the program has no other
// object of the trait.
std::vector<base::FixIt> take_any_type(const flow::Facts& facts, const UndynTrait& one) {
  base::FixIt fix = bound_fix(
      "take_any_type",
      "take a reference to any type that implements `" + name_of_item(one.traits.front()) + "`",
      {});
  fix.trade_off = "the functions are compiled for each type";
  for (const syntax::Node& object : objects_of(facts, one)) {
    const syntax::Node around =
        object.parent().is("tuple_type") || object.parent().is("parenthesized_type")
            ? object.parent().parent()
            : object.parent();
    const syntax::Node function = around.parent().parent().parent();
    const bool is_argument = around.is("reference_type") && around.parent().is("parameter") &&
                             function.is("function_item") &&
                             !syntax::impl_of(function).field("trait") &&
                             !syntax::trait_of(function);
    const base::Span span = object.span();
    if (!is_argument || !object.text().starts_with("dyn ")) {
      return {};
    }
    fix.edits.push_back({{span.file, span.begin, span.begin + 3}, "impl"});
  }
  if (fix.edits.empty()) {
    return {};
  }
  return {std::move(fix)};
}

// The attribute writes the boxed form, where the project has the crate.
std::vector<base::FixIt> use_async_trait(const flow::Facts& facts, const UndynTrait& one) {
  std::vector<base::FixIt> result;
  const bool is_async =
      std::all_of(one.methods.begin(), one.methods.end(), [](syntax::Node method) {
        return !method.field("return_type").is_any({"abstract_type", "bounded_type"});
      });
  if (!facts.package().depends_on("async_trait") || !is_async || !one.generic.empty()) {
    return result;
  }
  const bool send_first = speaks_of_send(facts, one);
  for (const bool is_send : {send_first, !send_first}) {
    base::FixIt fix = bound_fix("use_async_trait",
                                is_send ? "put `#[async_trait]` on the trait and what implements it"
                                        : "put `#[async_trait(?Send)]` on the trait and what "
                                          "implements it",
                                {});
    fix.trade_off = "one allocation a call";
    rewrite::ImportEdits imports;
    leave_out(facts, one.excluded, fix);
    std::vector<syntax::Node> items;
    for (const syntax::Node& method : one.methods) {
      const syntax::Node trait = syntax::trait_of(method);
      if (std::find(items.begin(), items.end(), trait) == items.end()) {
        items.push_back(trait);
        for (const syntax::Node& each : implementations(facts, trait)) {
          items.push_back(each);
        }
      }
    }
    for (const syntax::Node& item : items) {
      const std::string_view text = facts.files().text(item.span().file);
      fix.edits.push_back({{item.span().file, item.begin(), item.begin()},
                           "#[async_trait::async_trait" + std::string(is_send ? "" : "(?Send)") +
                               "]" + std::string(syntax::layout(text).line_end) +
                               std::string(syntax::indentation(text, item.begin()))});
    }
    result.push_back(std::move(fix));
  }
  return result;
}

std::vector<base::FixIt> leave_out_of_objects(const flow::Facts& facts, const UndynTrait& one) {
  std::vector<syntax::Node> all = one.methods;
  all.insert(all.end(), one.generic.begin(), one.generic.end());
  all.insert(all.end(), one.excluded.begin(), one.excluded.end());
  const std::string trait = name_of_item(one.traits.front());
  base::FixIt fix =
      bound_fix("leave_out", "leave the async methods out of `dyn " + trait + "`", {});
  fix.trade_off = "they can only be called where the type is known";
  if (!leave_out(facts, all, fix)) {
    return {};
  }
  return {std::move(fix)};
}

}  // namespace

void add_dyn_remedies(FindingBuilder& finding, const flow::Facts& facts, const UndynTrait& one) {
  const std::string trait = name_of_item(one.traits.front());
  if (!one.has_other_reason) {
    finding.fixes(return_boxed_variants(facts, one));
    finding.fixes(take_one_type(facts, one));
    finding.fixes(use_async_trait(facts, one));
    finding.fixes(box_beside(facts, one, objects_of(facts, one)));
    finding.fixes(take_any_type(facts, one));
    finding.fixes(leave_out_of_objects(facts, one));
  }
  finding.help("an enum with a variant for each type that implements `" + trait +
               "` needs no box, where all of them are known");
}

}  // namespace jaa::pitfalls
