#include "flow/call_sites.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "flow/written_types.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

// Methods that types of the standard library have: a call of such a name on a receiver of
// unknown type is as likely theirs.
bool is_common_method(std::string_view name) {
  constexpr std::array Names{
      std::string_view("all"),     std::string_view("any"),     std::string_view("append"),
      std::string_view("clear"),   std::string_view("clone"),   std::string_view("contains"),
      std::string_view("count"),   std::string_view("drain"),   std::string_view("entry"),
      std::string_view("extend"),  std::string_view("filter"),  std::string_view("find"),
      std::string_view("first"),   std::string_view("flush"),   std::string_view("get"),
      std::string_view("get_mut"), std::string_view("insert"),  std::string_view("is_empty"),
      std::string_view("iter"),    std::string_view("join"),    std::string_view("keys"),
      std::string_view("last"),    std::string_view("len"),     std::string_view("lines"),
      std::string_view("load"),    std::string_view("lock"),    std::string_view("map"),
      std::string_view("max"),     std::string_view("min"),     std::string_view("next"),
      std::string_view("parse"),   std::string_view("pop"),     std::string_view("position"),
      std::string_view("push"),    std::string_view("read"),    std::string_view("recv"),
      std::string_view("remove"),  std::string_view("replace"), std::string_view("retain"),
      std::string_view("send"),    std::string_view("set"),     std::string_view("sort"),
      std::string_view("split"),   std::string_view("store"),   std::string_view("sum"),
      std::string_view("swap"),    std::string_view("take"),    std::string_view("to_string"),
      std::string_view("trim"),    std::string_view("unwrap"),  std::string_view("values"),
      std::string_view("write")};
  return std::find(Names.begin(), Names.end(), name) != Names.end();
}

// The function of a call without its generic arguments.
Node callee(Node call) {
  Node function = call.field("function");
  while (function.is_any({"parenthesized_expression", "generic_function"})) {
    function = function.is("generic_function")     ? function.field("function")
               : function.named_children().empty() ? Node()
                                                   : function.named_children().front();
  }
  return function;
}

std::string_view called_name(Node call) {
  const Node function = callee(call);
  return function.is("field_expression") ? function.field("field").text()
                                         : syntax::last_name(function);
}

size_t argument_count(Node call) {
  size_t count = 0;
  for (const Node& argument : call.field("arguments").named_children()) {
    count += argument.is_comment() || argument.is("attribute_item") ? 0 : 1;
  }
  return count;
}

// The last name of a path's qualifier: `Store` of `crate::Store::<T>::open`.
std::string qualifier(Node function) {
  Node path = function.is("scoped_identifier") ? function.field("path") : Node();
  // `<Self as Store>::open`
  if (path.is("bracketed_type") && !path.named_children().empty() &&
      path.named_children().front().is("qualified_type")) {
    path = path.named_children().front().field("alias");
  }
  return std::string(syntax::last_name(path));
}

// The modules that the file's items lie in are not known by name here; those written in
// the file are.
bool is_in_module(Node function, std::string_view module) {
  for (Node at = function.parent(); at; at = at.parent()) {
    if (at.is("mod_item")) {
      return at.field("name").text() == module;
    }
  }
  return true;
}

// A local variable or function of that name hides the item.
bool is_hidden_by_local(Node call, std::string_view name) {
  const Node function = syntax::outermost_function(call);
  bool is_hidden = false;
  syntax::walk(function, [&](Node node) {
    if (node.is_any({"let_declaration", "parameter", "closure_parameters"})) {
      const Node pattern = node.is("closure_parameters") ? node : node.field("pattern");
      for (const syntax::Binding& binding : syntax::bindings(pattern)) {
        is_hidden |= binding.name.text() == name && node.begin() < call.begin();
      }
    }
    return is_hidden ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return is_hidden;
}

Node owner_impl(Node place) {
  return syntax::enclosing(place, {"impl_item", "trait_item"});
}

}  // namespace

CallSites::Target CallSites::target_of(Node function) {
  Target target;
  target.function = function;
  target.name = function.field("name").text();
  const Node impl = syntax::impl_of(function);
  const Node trait = syntax::trait_of(function);
  if (impl) {
    target.owner = syntax::last_name(impl.field("type"));
    if (target.owner.empty()) {
      // `impl T for &X`, `impl T for Box<X>`: by the first type it names.
      const std::set<std::string> names = names_of_type(impl.field("type"));
      target.owner = names.empty() ? std::string() : *names.begin();
    }
    target.trait = syntax::last_name(impl.field("trait"));
  } else if (trait) {
    target.owner = trait.field("name").text();
    target.trait = target.owner;
  }
  for (const Node& parameter : function.field("parameters").named_children()) {
    if (parameter.is("self_parameter") ||
        (parameter.is("parameter") && parameter.field("pattern").text() == "self")) {
      target.has_self = true;
    } else if (parameter.is_any({"parameter", "variadic_parameter"}) ||
               !parameter.is_any({"attribute_item", "line_comment", "block_comment"})) {
      ++target.parameters;
    }
  }
  return target;
}

CallSites::Fit CallSites::fit_method(Node receiver, const Target& target) const {
  const std::set<std::string> types = written_types(receiver, items_);
  if (types.empty()) {
    return Fit::Maybe;
  }
  if (types.contains(target.owner) || (!target.trait.empty() && types.contains(target.trait))) {
    return Fit::Yes;
  }
  // A method of a trait, called on a type that implements it here.
  const bool is_of_trait = !target.trait.empty() && target.trait == target.owner;
  for (const Node& impl : is_of_trait ? items_.impls(target.trait) : syntax::Items::List()) {
    const std::set<std::string> implementors = names_of_type(impl.field("type"));
    if (std::any_of(implementors.begin(), implementors.end(),
                    [&types](const std::string& name) { return types.contains(name); })) {
      return Fit::Yes;
    }
  }
  // What is written may be an alias, or dereference to it.
  const bool is_declared = std::all_of(types.begin(), types.end(), [this](const std::string& name) {
    return !items_.structs(name).empty() || !items_.traits(name).empty();
  });
  return is_declared && items_.impls("Deref").empty() ? Fit::No : Fit::Maybe;
}

CallSites::Fit CallSites::fit(Node call, const Target& target) const {
  const Node function = callee(call);
  if (called_name(call) != target.name) {
    return Fit::No;
  }
  const size_t arguments = argument_count(call);
  if (function.is("field_expression")) {
    if (!target.has_self || arguments != target.parameters) {
      return Fit::No;
    }
    const Fit by_type = fit_method(function.field("value"), target);
    return by_type;
  }
  if (arguments != target.parameters + (target.has_self ? 1 : 0)) {
    return Fit::No;
  }
  const std::string path = qualifier(function);
  if (target.owner.empty()) {
    if (path.empty()) {
      return is_hidden_by_local(call, target.name) ? Fit::No : Fit::Yes;
    }
    const bool is_relative = path == "self" || path == "super" || path == "crate";
    return is_relative || !llvm::isUpper(path.front())
               ? (is_relative || is_in_module(target.function, path) ? Fit::Yes : Fit::No)
               : Fit::No;
  }
  if (path.empty()) {
    return Fit::No;
  }
  const std::string type = path == "Self"
                               ? std::string(syntax::last_name(owner_impl(call).field(
                                     owner_impl(call).is("trait_item") ? "name" : "type")))
                               : path;
  if (type == target.owner || type == target.trait) {
    return Fit::Yes;
  }
  // A type parameter or alias may stand for it.
  return items_.structs(type).empty() && items_.traits(type).empty() ? Fit::Maybe : Fit::No;
}

// Another function of that name, not of the same group, that a call may mean.
bool CallSites::has_rival(const Target& target, llvm::ArrayRef<Node> own) const {
  const syntax::Items::List& all = items_.functions(target.name);
  return std::any_of(all.begin(), all.end(), [&](const Node& other) {
    return std::find(own.begin(), own.end(), other) == own.end() &&
           target_of(other).has_self == target.has_self;
  });
}

std::vector<CallSite> CallSites::of(llvm::ArrayRef<Node> functions) const {
  std::vector<Target> targets;
  for (const Node& function : functions) {
    targets.push_back(target_of(function));
  }
  std::vector<CallSite> result;
  const auto visit_tree = [&](const syntax::Tree& tree) {
    const llvm::StringRef text(tree.text());
    if (std::none_of(targets.begin(), targets.end(),
                     [&text](const Target& target) { return text.contains(target.name); })) {
      return;
    }
    syntax::walk(tree.root(), [&](Node node) {
      if (node.is("token_tree")) {
        find_in_macro(node, targets, result);
        return syntax::Walk::Over;
      }
      if (node.is("macro_definition")) {
        return syntax::Walk::Over;
      }
      if (node.is("call_expression")) {
        Fit best = Fit::No;
        bool has_other = false;
        for (const Target& target : targets) {
          best = std::max(best, fit(node, target));
          has_other |= best == Fit::Maybe && has_rival(target, functions);
        }
        if (best != Fit::No) {
          const bool is_certain =
              best == Fit::Yes || (!has_other && !is_common_method(called_name(node)));
          result.push_back({node, false, is_certain});
        }
      }
      return syntax::Walk::Into;
    });
  };
  for (const CrateFiles& crate : crates_) {
    for (const base::FileId file : crate.files) {
      visit_tree(trees_.tree(file));
    }
  }
  return result;
}

// Tokens: a name, then its arguments in parentheses.
void CallSites::find_in_macro(Node tokens, llvm::ArrayRef<Target> targets,
                              std::vector<CallSite>& into) const {
  syntax::walk(tokens, [&](Node node) {
    if (!node.is("identifier")) {
      return syntax::Walk::Into;
    }
    const Node arguments = node.next();
    const std::string_view before = node.previous().text();
    if (!arguments.is("token_tree") || !arguments.text().starts_with("(") || before == "fn") {
      return syntax::Walk::Into;
    }
    for (const Target& target : targets) {
      const bool is_method = before == ".";
      if (target.name == node.text() && target.has_self == is_method) {
        const Node receiver = is_method ? node.previous().previous() : Node();
        const std::string_view owner =
            syntax::last_name(syntax::enclosing(tokens, {"impl_item"}).field("type"));
        const bool is_own = receiver.text() == "self" && owner == target.owner;
        into.push_back({arguments, true,
                        is_own || target.owner.empty() || !has_rival(target, {target.function})});
        break;
      }
    }
    return syntax::Walk::Into;
  });
}

std::vector<Node> CallSites::callees(Node call) const {
  std::vector<Node> result;
  for (const Node& function : items_.functions(called_name(call))) {
    if (fit(call, target_of(function)) != Fit::No) {
      result.push_back(function);
    }
  }
  return result;
}

bool CallSites::gives_future(Node function) {
  if (syntax::is_async_function(function)) {
    return true;
  }
  const llvm::StringRef type(function.field("return_type").text());
  return type.contains("Future");
}

}  // namespace jaa::flow
