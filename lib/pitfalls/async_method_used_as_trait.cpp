// Reports a use through one of std's traits, of a type that has the trait's method only as an
// async method of its own: `for row in pager`, where there is an `async fn next`.
//
// Detected by rustc, where a bound, an operator or a method of an iterator is not there; the
// error tells the type, the place what was to be called. The use becomes a call of the type's
// method that is awaited.
// Ignored on purpose: types that have no async method of that name; they miss the trait itself.
#include <algorithm>
#include <map>
#include <set>

#include "llvm/ADT/StringSwitch.h"

#include "diag/catalogue.h"
#include "pitfalls/sink.h"
#include "propagate/opened_trees.h"
#include "rewrite/await_trait_use.h"
#include "rewrite/awaited_source.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

bool is_about_traits(std::string_view code) {
  return llvm::StringSwitch<bool>(code)
      .Cases("E0271", "E0277", "E0368", "E0369", "E0599", "E0600", "E0608", true)
      .Default(false);
}

// `Pager` of `&mut store::Pager<'_>` and of `Pager: Iterator`.
std::string type_name(llvm::StringRef type) {
  type = type.trim('`');
  type.consume_front("<");
  type = type.split(" as ").first.split(": ").first;
  while (type.consume_front("&") || type.consume_front("mut ")) {
  }
  if (type.starts_with("'")) {
    type = type.split(' ').second;
    type.consume_front("mut ");
  }
  type = type.split('<').first;
  const size_t path = type.rfind("::");
  return (path == llvm::StringRef::npos ? type : type.substr(path + 2)).str();
}

std::set<std::string> types_in(std::string_view text) {
  std::set<std::string> types;
  for (const std::string& part : rustc::quoted_parts(text)) {
    types.insert(type_name(part));
  }
  return types;
}

// The types that the error may mean; of an operator's operand, what stands at that.
std::set<std::string> told_types(const flow::Facts& facts, const rustc::Diagnostic& error,
                                 const rewrite::TraitUse& use) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const auto place = facts.names().visible_span(span);
    const bool is_operand = use.kind == rewrite::TraitUse::Kind::Binary && place &&
                            *place == use.value.span() && !span.label.empty();
    if (is_operand) {
      return {type_name(span.label)};
    }
  }
  return types_in(error.message);
}

// The type's own async method of that name.
Node async_method(const flow::Facts& facts, std::string_view type, std::string_view name) {
  for (const Node& function : facts.items().functions(name)) {
    const Node impl = syntax::impl_of(function);
    if (syntax::is_async_function(function) && impl && !impl.field("trait") &&
        syntax::last_name(impl.field("type")) == type) {
      return function;
    }
  }
  return {};
}

// A use, with the errors that are about it.
struct Use {
  rewrite::TraitUse use;
  const syntax::Tree* tree = nullptr;
  base::Span place;
  rewrite::OwnMethod own;
  std::vector<uint32_t> diagnostics;
};

// Where an error is that may be about one.
struct Place {
  uint32_t diagnostic = 0;
  base::Span span;
};

std::vector<Place> places(const flow::Facts& facts) {
  std::vector<Place> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place = span.is_primary && is_about_traits(error.code)
                             ? facts.names().visible_span(span)
                             : std::nullopt;
      if (place) {
        result.push_back({index, *place});
      }
    }
  }
  return result;
}

// `opened` has to outlive what is found.
std::vector<Use> find_uses(const flow::Facts& facts, propagate::OpenedTrees& opened) {
  const std::vector<Place> all = places(facts);
  for (const Place& place : all) {
    opened.open(place.span.file, {place.span});
  }
  std::map<base::Span, Use> uses;
  for (const Place& place : all) {
    const syntax::Tree& tree = opened.tree(place.span.file);
    const auto use = rewrite::trait_use_at(tree.smallest_node(place.span));
    const rustc::Diagnostic& error = facts.diagnostics()[place.diagnostic];
    for (const std::string& type : use ? told_types(facts, error, *use) : std::set<std::string>()) {
      if (const Node method = async_method(facts, type, use->method)) {
        const auto known = uses.try_emplace(use->expression.span(),
                                            Use{*use, &tree, place.span, {type, method}, {}});
        known.first->second.diagnostics.push_back(place.diagnostic);
        break;
      }
    }
  }
  std::vector<Use> result;
  for (auto& [span, use] : uses) {
    result.push_back(std::move(use));
  }
  return result;
}

// What holds a value of these types does nothing when it ends but to free memory.
bool is_plain_data(std::string_view type) {
  return llvm::StringSwitch<bool>(type)
      .Cases("String", "Vec", "VecDeque", "Option", "Result", "Box", "PathBuf", true)
      .Cases("HashMap", "HashSet", "BTreeMap", "BTreeSet", "BinaryHeap", true)
      .Cases("Cell", "RefCell", "Duration", "Instant", "Range", "Ordering", true)
      .Default(false);
}

// Nobody notices when a value of the type ends.
bool ends_unnoticed(const syntax::Items& items, const std::string& type,
                    std::set<std::string>& seen) {
  if (is_plain_data(type) || !seen.insert(type).second) {
    return true;
  }
  const auto& declared = items.structs(type);
  const auto& drops = items.impls("Drop");
  bool result =
      declared.size() == 1 && std::none_of(drops.begin(), drops.end(), [&type](const Node& impl) {
        return syntax::last_name(impl.field("type")) == type;
      });
  syntax::walk(declared.empty() ? Node() : declared.front().field("body"), [&](Node node) {
    if (!result || node.is_any({"reference_type", "attribute_item", "visibility_modifier"})) {
      return syntax::Walk::Over;
    }
    const bool names_type = node.is("type_identifier") && !node.parent().is("enum_variant");
    result = !node.is_any({"dynamic_type", "function_type"}) &&
             (!names_type || ends_unnoticed(items, std::string(node.text()), seen));
    return syntax::Walk::Into;
  });
  return result;
}

bool takes_items(const Use& one) {
  return one.use.kind == rewrite::TraitUse::Kind::For ||
         one.use.kind == rewrite::TraitUse::Kind::Chain;
}

bool changes_self(Node method) {
  const std::vector<Node> parameters = method.field("parameters").parts();
  return !parameters.empty() && parameters.front().text() == "&mut self";
}

std::vector<base::FixIt> remedies(const flow::Facts& facts, const Use& one) {
  std::vector<base::FixIt> result;
  std::set<std::string> seen;
  const bool ends_later = takes_items(one) && !ends_unnoticed(facts.items(), one.own.type, seen);
  for (auto& edits : rewrite::await_trait_use(*one.tree, facts.items(), one.use, one.own)) {
    base::FixIt fix;
    fix.name = "await_method";
    fix.title = "await `" + one.own.type + "::" + one.use.method + "`";
    fix.edits = std::move(edits);
    if (takes_items(one) && changes_self(one.own.method)) {
      const std::vector<base::Edit> mut = rewrite::make_mutable(one.use.expression);
      fix.edits.insert(fix.edits.end(), mut.begin(), mut.end());
    }
    fix.keeps_meaning = !ends_later;
    if (ends_later) {
      fix.trade_off = "the `" + one.own.type + "` lives until the block around the loop ends";
    }
    fix.body = syntax::outermost_function(one.use.expression).span();
    result.push_back(std::move(fix));
  }
  return result;
}

}  // namespace

void async_method_used_as_trait(const flow::Facts& facts, Sink& sink) {
  propagate::OpenedTrees opened(facts);
  for (const Use& one : find_uses(facts, opened)) {
    auto finding = sink.report(
        one.place, diag::async_method_used_as_trait{
                       .type = one.own.type, .trait = one.use.trait, .method = one.use.method});
    finding.label("goes through `" + one.use.trait + "`");
    finding.label(one.own.method.field("name").span(), "is async, and not of that trait");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : one.diagnostics) {
      finding.explains(diagnostic);
    }
    finding.fixes(remedies(facts, one));
  }
}

}  // namespace jaa::pitfalls
