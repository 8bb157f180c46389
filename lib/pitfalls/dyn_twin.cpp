#include "pitfalls/dyn_twin.h"

#include <algorithm>
#include <optional>
#include <string>

#include "pitfalls/send_report.h"
#include "rewrite/boxed_method.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using syntax::Node;

namespace {

// The two items as they are written.
struct TwinText {
  std::string line;    // the end of a line, and the trait's indentation
  std::string indent;  // one step
  std::string trait;
  std::string implementation;
};

bool has_member(const UndynTrait& one, Node method) {
  for (const auto* list : {&one.generic, &one.excluded}) {
    if (std::find(list->begin(), list->end(), method) != list->end()) {
      return true;
    }
  }
  return false;
}

// `self, key, value`; none when a parameter is more than a name.
std::optional<std::string> arguments_of(Node method) {
  std::string result;
  for (const Node& one : method.field("parameters").named_children()) {
    const bool is_self = one.is("self_parameter") || one.field("pattern").text() == "self";
    const bool is_name = one.is("parameter") && one.field("pattern").is("identifier") &&
                         !one.has_child("mutable_specifier");
    if (!is_self && !is_name) {
      return std::nullopt;
    }
    result +=
        (result.empty() ? "" : ", ") + std::string(is_self ? "self" : one.field("pattern").text());
  }
  return result;
}

// False when the method cannot be passed on.
bool add_method(const flow::Facts& facts, Node trait, Node method, bool is_general,
                rewrite::ImportEdits& imports, TwinText& into) {
  const std::optional<std::string> arguments = arguments_of(method);
  if (!arguments || !arguments->starts_with("self")) {
    return false;
  }
  rewrite::BoxedForm form;
  form.is_general = is_general;
  form.edition = facts.package().edition;
  const syntax::Tree& tree = facts.tree(method.span().file);
  const bool is_future = rewrite::gives_future(method);
  const Node body = method.field("body");
  std::string head;
  if (is_future) {
    head = rewrite::boxed_head({&tree, method}, form, imports);
  } else {
    const uint32_t end = body ? body.previous().end() : method.end() - 1;
    head = tree.text().substr(method.begin(), end - method.begin());
  }
  // The last of its predicates has a comma where a body follows.
  if (head.ends_with(",")) {
    head.pop_back();
  }
  const std::string call = std::string(trait.field("name").text()) +
                           "::" + std::string(method.field("name").text()) + "(" + *arguments + ")";
  const std::string deeper = into.line + into.indent;
  const bool is_wide =
      head.find('\n') != std::string::npos && head.find("where") != std::string::npos;
  into.trait += deeper + head + ";";
  into.implementation += deeper + head + (is_wide ? "," + deeper + "{" : " {") + deeper +
                         into.indent + (is_future ? "Box::pin(" + call + ")" : call) + deeper + "}";
  return true;
}

std::optional<TwinText> write_twin(const flow::Facts& facts, const UndynTrait& one, Node trait,
                                   bool is_general, rewrite::ImportEdits& imports) {
  const std::string_view text = facts.files().text(trait.span().file);
  TwinText result;
  const syntax::Layout layout = syntax::layout(text);
  result.line =
      std::string(layout.line_end) + std::string(syntax::indentation(text, trait.begin()));
  result.indent = layout.indent;
  const std::string name(trait.field("name").text());
  for (const Node& member : trait.field("body").named_children()) {
    if (member.is_any({"function_item", "function_signature_item"})) {
      if (!has_member(one, member) &&
          !add_method(facts, trait, member, is_general, imports, result)) {
        return std::nullopt;
      }
    } else if (member.is("associated_type") && !member.field("type_parameters")) {
      const std::string type(member.field("name").text());
      result.trait += result.line + result.indent + std::string(member.text());
      result.implementation +=
          result.line + result.indent + "type " + type + " = <S as " + name + ">::" + type + ";";
    } else if (!member.is_comment() && !member.is("attribute_item")) {
      return std::nullopt;
    }
  }
  const std::string_view generics = trait.field("type_parameters").text();
  const Node bounds = trait.field("bounds");
  std::string names;
  for (const Node& part : trait.field("type_parameters").named_children()) {
    const Node part_name = part.field("name");
    names += (names.empty() ? "" : ", ") + std::string(part_name ? part_name.text() : part.text());
  }
  if (!names.empty()) {
    names = "<" + names + ">";
  }
  const std::string inner(generics.size() > 2 ? generics.substr(1, generics.size() - 2) : "");
  std::string head = "trait Dyn" + name + std::string(generics) + std::string(bounds.text());
  for (const Node& part : trait.children()) {
    if (part.is("visibility_modifier")) {
      head = std::string(part.text()) + " " + head;
    }
  }
  result.trait = result.line + result.line + head + " {" + result.trait + result.line + "}";
  result.implementation = result.line + result.line + "impl<" + inner +
                          (inner.empty() ? "" : ", ") + "S: " + name + names + "> Dyn" + name +
                          names + " for S {" + result.implementation + result.line + "}";
  return result;
}

// What names the trait behind `dyn`, in types and in the arguments of macros.
std::vector<Node> names_in(const flow::Facts& facts, const std::vector<Node>& objects,
                           std::string_view trait) {
  std::vector<Node> result;
  for (const Node& object : objects) {
    syntax::walk(object.is("bounded_type") ? object.named_children().front() : object,
                 [&](Node node) {
                   if (node.is("type_identifier") && node.text() == trait) {
                     result.push_back(node);
                     return syntax::Walk::Stop;
                   }
                   return syntax::Walk::Into;
                 });
  }
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      for (const Node& token : syntax::mentions(facts.tree(file).root(), trait)) {
        if (token.parent().is("token_tree") && token.previous().text() == "dyn") {
          result.push_back(token);
        }
      }
    }
  }
  return result;
}

}  // namespace

std::vector<base::FixIt> box_beside(const flow::Facts& facts, const UndynTrait& one,
                                    const std::vector<Node>& objects) {
  std::vector<base::FixIt> result;
  const Node trait = one.traits.front();
  const std::string name(trait.field("name").text());
  const std::string twin = "Dyn" + name;
  bool has_where = trait.field("type_parameters").text().find('=') != std::string_view::npos;
  for (const Node& part : trait.children()) {
    has_where |= part.is("where_clause");
  }
  if (one.traits.size() > 1 || has_where || syntax::is_in_macro(trait) || trait.has_error() ||
      !facts.items().traits(twin).empty() || !facts.items().structs(twin).empty() ||
      facts.items().traits(name).size() > 1) {
    return result;
  }
  for (const bool is_general : {false, true}) {
    rewrite::ImportEdits imports;
    const std::optional<TwinText> text = write_twin(facts, one, trait, is_general, imports);
    if (!text) {
      return result;
    }
    base::FixIt fix = bound_fix(
        "box_beside",
        "keep `" + name + "`, and use `dyn " + twin + "`, a second trait that boxes its futures",
        {});
    fix.trade_off = "one allocation for each call through `dyn`, and a trait more";
    std::string added = text->trait + text->implementation;
    // The methods themselves may speak of trait objects.
    const std::string object = "dyn " + name;
    for (size_t at = added.find(object); at != std::string::npos;
         at = added.find(object, at + object.size())) {
      added.replace(at, object.size(), "dyn " + twin);
    }
    fix.edits.push_back({{trait.span().file, trait.end(), trait.end()}, added});
    const Node scope = rewrite::import_scope(trait);
    for (const Node& token : names_in(facts, objects, name)) {
      fix.edits.push_back({token.span(), twin});
      const bool is_alone =
          !token.parent().is("scoped_type_identifier") && !token.previous().is("::");
      if (!is_alone || rewrite::import_scope(token) == scope) {
        continue;
      }
      for (const rewrite::Import& import : rewrite::imports_of(rewrite::import_scope(token))) {
        if (import.name.text() == name) {
          (void)imports.import(token,
                               import.path.substr(0, import.path.size() - name.size()) + twin);
        }
      }
    }
    const std::vector<base::Edit> more = imports.take();
    fix.edits.insert(fix.edits.end(), more.begin(), more.end());
    if (result.empty() || result.front().edits != fix.edits) {
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace jaa::pitfalls
