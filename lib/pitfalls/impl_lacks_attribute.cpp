// Reports an `impl` that lacks the attribute by which its trait's async methods are written anew,
// as `#[async_trait]` does.
//
// Detected by rustc: E0195 at the head of an async method, whose trait has an attribute that is
// none of the language's own, and that the `impl` has not. All methods of the `impl` are one
// mistake. A method that is not async either has a pitfall of its own.
#include <algorithm>
#include <map>
#include <optional>

#include "llvm/ADT/StringSwitch.h"

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"
#include "rewrite/edit_list.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct Attribute {
  std::string name;  // the last of its path
  std::string text;  // `#[async_trait(?Send)]`
};

// The language's own, or a tool's: it changes nothing.
bool is_inert(llvm::StringRef path) {
  const llvm::StringRef head = path.take_until([](char byte) { return byte == ':'; });
  return llvm::StringSwitch<bool>(head)
      .Cases("allow", "warn", "deny", "forbid", "expect", "cfg", "cfg_attr", "doc", true)
      .Cases("must_use", "deprecated", "automatically_derived", true)
      .Cases("rustfmt", "clippy", "diagnostic", "miri", "rust_analyzer", true)
      .Default(false);
}

std::vector<Attribute> attributes_of(Node item) {
  std::vector<Attribute> result;
  for (Node before = item.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    llvm::StringRef text(before.text());
    if (!before.is("attribute_item") || !text.consume_front("#[")) {
      continue;
    }
    const llvm::StringRef path = text.take_until(
        [](char byte) { return byte == '(' || byte == ']' || byte == '=' || byte == ' '; });
    if (is_inert(path)) {
      continue;
    }
    const size_t colon = path.rfind(':');
    const llvm::StringRef name = colon == llvm::StringRef::npos ? path : path.substr(colon + 1);
    result.push_back({name.str(), std::string(before.text())});
  }
  return result;
}

// What the trait has and the `impl` has not.
std::optional<Attribute> lacking(Node impl, Node trait) {
  const std::vector<Attribute> there = attributes_of(impl);
  for (const Attribute& wanted : attributes_of(trait)) {
    const bool has_it = std::any_of(there.begin(), there.end(),
                                    [&wanted](const auto& own) { return own.name == wanted.name; });
    if (!has_it) {
      return wanted;
    }
  }
  return std::nullopt;
}

struct Lacking {
  Node impl;
  Attribute attribute;
  std::vector<uint32_t> diagnostics;
};

std::map<base::Span, Lacking> lacking_impls(const flow::Facts& facts) {
  std::map<base::Span, Lacking> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const bool is_place = error.code == "E0195" && span.is_primary && !span.is_from_macro();
      const Node method =
          is_place ? syntax::enclosing(facts.node_at(span), {"function_item"}) : Node();
      const Node impl = syntax::impl_of(method);
      const auto& traits = facts.items().traits(syntax::last_name(impl.field("trait")));
      const auto attribute = syntax::is_async_function(method) && traits.size() == 1
                                 ? lacking(impl, traits.front())
                                 : std::nullopt;
      if (attribute) {
        Lacking& one = result[impl.span()];
        one.impl = impl;
        one.attribute = *attribute;
        one.diagnostics.push_back(index);
      }
    }
  }
  return result;
}

base::FixIt with_attribute(const flow::Facts& facts, const Lacking& one) {
  rewrite::EditList edits(facts.tree(one.impl.span().file));
  edits.insert_before(one.impl, one.attribute.text);
  base::FixIt fix;
  fix.name = "add_attribute";
  fix.title = "add `" + one.attribute.text + "` to the `impl`";
  fix.edits = edits.take();
  fix.keeps_meaning = true;
  return fix;
}

}  // namespace

void impl_lacks_attribute(const flow::Facts& facts, Sink& sink) {
  for (const auto& [span, one] : lacking_impls(facts)) {
    const Node trait = facts.items().traits(syntax::last_name(one.impl.field("trait"))).front();
    auto finding =
        sink.report(one.impl.field("trait").span(),
                    diag::impl_lacks_attribute{.trait = std::string(trait.field("name").text()),
                                               .attribute = one.attribute.text});
    finding.label("its async methods are of another form than the trait's");
    finding.label(trait.field("name").span(), "has the attribute");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : one.diagnostics) {
      finding.explains(diagnostic);
    }
    finding.fix(with_attribute(facts, one));
  }
}

}  // namespace jaa::pitfalls
