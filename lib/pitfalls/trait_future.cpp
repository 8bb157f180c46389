#include "pitfalls/trait_future.h"

#include "llvm/ADT/StringRef.h"

#include "pitfalls/send_report.h"
#include "pitfalls/trait_methods.h"
#include "rewrite/async_sugar.h"
#include "rewrite/bounds.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// A bound on a type parameter, in the code that demands `Send`, that names `trait`.
struct NamingBound {
  syntax::Node item;  // the function or `impl`
  syntax::Node name;  // the trait's name in the bound
  std::string parameter;
};

std::vector<NamingBound> bounds_naming(const flow::Facts& facts, const flow::Cause& cause,
                                       std::string_view trait) {
  std::vector<NamingBound> result;
  const auto demand = flow::span_of(facts.denials()[cause.denials.front()].demand, facts.files());
  const syntax::Node place =
      demand ? facts.tree(demand->file).smallest_node(*demand) : syntax::Node();
  for (syntax::Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    for (const syntax::Node& part : item.children()) {
      if (!part.is_any({"type_parameters", "where_clause", "parameters"})) {
        continue;
      }
      syntax::walk(part, [&](syntax::Node node) {
        if (node.is("type_identifier") && node.text() == trait) {
          const syntax::Node owner =
              syntax::enclosing(node, {"type_parameter", "where_predicate", "parameter"});
          const syntax::Node declared =
              owner.field("name") ? owner.field("name") : owner.field("left");
          result.push_back({item, node, std::string(declared.text())});
        }
        return syntax::Walk::Into;
      });
    }
  }
  return result;
}

// The method says that its future is `Send`, in whatever form.
bool promises_send(syntax::Node method) {
  return syntax::is_mentioned(method.field("return_type"), "Send") &&
         syntax::is_mentioned(method.field("return_type"), "Future");
}

// Names of traits with such a method, and those that trait-variant makes of this one.
std::vector<std::string> twins_of(const flow::Facts& facts, syntax::Node trait,
                                  syntax::Node method) {
  std::vector<std::string> result;
  const std::string_view name = method.field("name").text();
  for (const syntax::Node& other : facts.items().functions(name)) {
    const syntax::Node twin = syntax::trait_of(other);
    if (twin && twin != trait && twin.span().file == trait.span().file && promises_send(other)) {
      result.emplace_back(twin.field("name").text());
    }
  }
  for (syntax::Node before = trait.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    llvm::StringRef text = before.text();
    if (text.contains("make(") && text.contains("Send")) {
      const llvm::StringRef made = text.split("make(").second.split(':').first.trim();
      if (!made.empty()) {
        result.push_back(made.str());
      }
    }
  }
  return result;
}

}  // namespace

std::vector<base::FixIt> ask_for_twin(const flow::Facts& facts, const flow::Cause& cause,
                                      syntax::Node method) {
  std::vector<base::FixIt> result;
  const syntax::Node trait = syntax::trait_of(method);
  const std::string name(trait.field("name").text());
  const std::vector<NamingBound> bounds = bounds_naming(facts, cause, name);
  if (bounds.empty()) {
    return result;
  }
  for (const std::string& twin : twins_of(facts, trait, method)) {
    rewrite::ImportEdits imports;
    std::vector<base::Edit> edits;
    for (const NamingBound& bound : bounds) {
      // From where the trait itself comes.
      std::string path = twin;
      for (const rewrite::Import& import : rewrite::imports_of(rewrite::import_scope(bound.name))) {
        if (import.name.text() == name) {
          path = import.path.substr(0, import.path.size() - name.size()) + twin;
        }
      }
      edits.push_back({bound.name.span(), imports.name_at(bound.name, path)});
      imports.remove_mention(bound.name);
    }
    std::vector<base::Edit> more = imports.take();
    edits.insert(edits.end(), more.begin(), more.end());
    base::FixIt fix =
        bound_fix("ask_for_twin", "ask for `" + twin + "` instead of `" + name + "`", edits);
    fix.trade_off = "callers have to give a type that implements `" + twin + "`";
    result.push_back(std::move(fix));
  }
  return result;
}

std::vector<base::FixIt> bound_the_return(const flow::Facts& facts, const flow::Cause& cause,
                                          syntax::Node method) {
  std::vector<base::FixIt> result;
  if (!facts.package().is_nightly()) {
    return result;
  }
  const std::string trait(syntax::trait_of(method).field("name").text());
  const std::string name(method.field("name").text());
  std::vector<base::Edit> edits;
  syntax::Node root;
  for (const NamingBound& bound : bounds_naming(facts, cause, trait)) {
    if (!bound.parameter.empty() && edits.empty()) {
      edits = rewrite::add_predicate(bound.item, bound.parameter + "::" + name + "(..)", {"Send"});
      root = bound.item;
    }
  }
  if (edits.empty()) {
    return result;
  }
  // The feature, in the root of that crate, where attributes of the crate go first.
  const std::vector<base::FileId> crate = facts.crate_of(root.span().file);
  const base::FileId file = crate.empty() ? root.span().file : facts.root_of(root.span().file);
  if (facts.files().text(file).find("return_type_notation") == std::string_view::npos) {
    edits.push_back({{file, 0, 0}, "#![feature(return_type_notation)]\n"});
  }
  base::FixIt fix = bound_fix("bound_return", "ask for `" + name + "(..): Send` where it is called",
                              std::move(edits));
  fix.trade_off = "return type notation is unstable, and needs a nightly compiler";
  result.push_back(std::move(fix));
  return result;
}

void add_words(FindingBuilder& finding, const flow::Facts& facts, syntax::Node method) {
  const std::string trait(syntax::trait_of(method).field("name").text());
  if (facts.package().depends_on("trait_variant")) {
    finding.help("`#[trait_variant::make(Send" + trait +
                 ": Send)]` on the trait makes a twin whose "
                 "futures are `Send`, and leaves this one to those that need none");
  } else {
    finding.help(
        "a second trait whose methods promise `Send` futures (trait-variant makes one) "
        "leaves this one to those that need none");
  }
  finding.help("or the code takes one concrete type instead of a type parameter");
}

std::vector<base::FixIt> say_send(const flow::Facts& facts, syntax::Node method) {
  std::vector<base::FixIt> result;
  const std::string name(method.field("name").text());
  const std::string trade_off = "every implementation has to give a future that is `Send`";
  const syntax::Node written = method.field("return_type");
  if (written.is_any({"abstract_type", "bounded_type"})) {
    base::FixIt fix = bound_fix("say_send", "say that the future of `" + name + "` is `Send`",
                                rewrite::add_bounds(written, {"Send"}));
    fix.trade_off = trade_off;
    if (!fix.edits.empty()) {
      result.push_back(std::move(fix));
    }
    return result;
  }
  const rewrite::DesugarOptions options{rewrite::FutureForm::Opaque, true, facts.package().edition};
  base::FixIt fix = bound_fix(
      "say_send", "write `" + name + "` as `-> " + rewrite::future_type(method, options) + "`",
      rewrite::desugar_async(facts.tree(method.span().file), method, options));
  fix.trade_off = trade_off;
  note_early_drop(fix, method);
  if (!fix.edits.empty()) {
    result.push_back(std::move(fix));
  }
  return result;
}

std::vector<base::FixIt> return_boxed(const flow::Facts& facts, syntax::Node method, bool is_send) {
  const rewrite::DesugarOptions options{rewrite::FutureForm::Boxed, is_send,
                                        facts.package().edition};
  base::FixIt fix = bound_fix("return_boxed",
                              "let `" + std::string(method.field("name").text()) + "` return `" +
                                  rewrite::future_type(method, options) + "`",
                              {});
  fix.trade_off = "one allocation a call";
  rewrite::ImportEdits imports;
  if (!box_everywhere(facts, method, {is_send, false, false, false, facts.package().edition, {}},
                      imports, fix)) {
    return {};
  }
  std::vector<base::Edit> more = imports.take();
  fix.edits.insert(fix.edits.end(), more.begin(), more.end());
  return {std::move(fix)};
}

void note_early_drop(base::FixIt& fix, syntax::Node function) {
  if (rewrite::drops_arguments_early(function)) {
    fix.keeps_meaning = false;
    fix.trade_off += (fix.trade_off.empty() ? "" : "; ") +
                     std::string("an argument that the body does not use is dropped at the call");
  }
}

}  // namespace jaa::pitfalls
