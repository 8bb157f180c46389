#include "propagate/find_function.h"

#include <algorithm>
#include <iterator>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"

#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

using Names = std::vector<std::string>;

// The modules that the file's place in its crate's folder stands for.
Names file_modules(const flow::Facts& facts, base::FileId file) {
  const base::FileId root = facts.root_of(file);
  if (root == file) {
    return {};
  }
  llvm::StringRef path(facts.files().path(file));
  const llvm::StringRef folder = llvm::sys::path::parent_path(facts.files().path(root));
  if (!path.consume_front(folder) || !path.consume_back(".rs")) {
    return {std::string(llvm::sys::path::stem(facts.files().path(file)))};
  }
  path.consume_back("/mod");
  llvm::SmallVector<llvm::StringRef> parts;
  path.split(parts, '/', -1, /*KeepEmpty=*/false);
  Names result;
  for (const llvm::StringRef part : parts) {
    result.push_back(part.str());
  }
  return result;
}

// `owner` is what stands for the type or trait around a method.
Names names_of(const flow::Facts& facts, Node function, const std::string& owner) {
  Names inner{std::string(function.field("name").text())};
  bool is_method = true;
  for (Node at = function.parent(); at; at = at.parent()) {
    if (at.is("mod_item") || at.is("function_item")) {
      inner.insert(inner.begin(), std::string(at.field("name").text()));
      is_method = false;
    } else if (at.is("trait_item")) {
      inner.insert(inner.begin(), std::string(at.field("name").text()));
      is_method = false;
    } else if (at.is("impl_item")) {
      inner.insert(inner.begin(),
                   is_method ? owner : std::string(syntax::last_name(at.field("type"))));
      is_method = false;
    }
  }
  Names result = file_modules(facts, function.span().file);
  result.insert(result.end(), inner.begin(), inner.end());
  return result;
}

// Names by which the function can be called.
std::vector<Names> ways_to_name(const flow::Facts& facts, Node function) {
  const Node impl = syntax::impl_of(function);
  if (!impl) {
    return {names_of(facts, function, "")};
  }
  const std::string type(syntax::last_name(impl.field("type")));
  std::vector<Names> result{
      names_of(facts, function, type.empty() ? std::string(impl.field("type").text()) : type)};
  if (const std::string trait(syntax::last_name(impl.field("trait"))); !trait.empty()) {
    Names both = result.front();
    both[both.size() - 2] = "<" + both[both.size() - 2] + " as " + trait + ">";
    result.push_back(std::move(both));
  }
  return result;
}

// The names of a path; what stands in angle brackets is one.
Names split_path(llvm::StringRef path) {
  Names result;
  std::string name;
  int depth = 0;
  for (size_t at = 0; at < path.size(); ++at) {
    depth += path[at] == '<' ? 1 : path[at] == '>' ? -1 : 0;
    if (depth == 0 && path.substr(at).starts_with("::")) {
      result.push_back(std::exchange(name, ""));
      ++at;
    } else {
      name += path[at];
    }
  }
  result.push_back(name);
  return result;
}

bool ends_with(const Names& whole, const Names& end) {
  return end.size() <= whole.size() &&
         std::equal(end.begin(), end.end(), whole.end() - static_cast<std::ptrdiff_t>(end.size()));
}

void each_function(const flow::Facts& facts, llvm::function_ref<void(Node)> visit) {
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(facts.tree(file).root(), [&](Node node) {
        if (node.is_any({"token_tree", "macro_definition"})) {
          return syntax::Walk::Over;
        }
        if (node.is_any({"function_item", "function_signature_item"})) {
          visit(node);
        }
        return syntax::Walk::Into;
      });
    }
  }
}

std::string place_text(const flow::Facts& facts, Node function) {
  const base::Span span = function.field("name").span();
  return std::string(facts.files().display(span.file)) + ":" +
         std::to_string(facts.files().line_column(span.file, span.begin).line);
}

bool makes_items(Node token) {
  const Node macro = syntax::enclosing(token, {"macro_invocation"});
  const Node around =
      macro.parent().is("expression_statement") ? macro.parent().parent() : macro.parent();
  return macro && around.is_any({"source_file", "declaration_list"});
}

// A macro's tokens declare a function of that name.
bool is_made_by_macro(const flow::Facts& facts, std::string_view name) {
  bool found = false;
  for (const flow::CrateFiles& crate : facts.crates()) {
    for (const base::FileId file : crate.files) {
      syntax::walk(facts.tree(file).root(), [&](Node node) {
        const bool is_token =
            node.is("identifier") && node.text() == name && syntax::is_in_macro(node);
        // By its text, or by a name that a macro is given where items stand.
        found |= is_token && (node.previous().text() == "fn" || makes_items(node));
        return found ? syntax::Walk::Stop : syntax::Walk::Into;
      });
    }
  }
  return found;
}

// The innermost function around a line.
std::vector<Node> at_line(const flow::Facts& facts, llvm::StringRef file, uint32_t line) {
  Node best;
  each_function(facts, [&](Node function) {
    const base::Span span = function.span();
    const llvm::StringRef path(facts.files().path(span.file));
    const bool is_file = path == file || path.ends_with(("/" + file).str());
    const uint32_t first = facts.files().line_column(span.file, span.begin).line;
    const uint32_t last = facts.files().line_column(span.file, span.end).line;
    if (is_file && first <= line && line <= last && (!best || best.contains(function))) {
      best = function;
    }
  });
  return best ? std::vector<Node>{best} : std::vector<Node>();
}

// It and its group; it stands first.
std::vector<Node> with_group(Node function, const std::vector<Node>& group) {
  std::vector<Node> result{function};
  std::copy_if(group.begin(), group.end(), std::back_inserter(result),
               [&function](const Node& member) { return member != function; });
  return result;
}

// `#[test]`, or one of another crate: `#[tokio::test(start_paused = true)]`.
bool is_test_attribute(Node attribute) {
  llvm::StringRef text(attribute.text());
  text.consume_front("#[");
  text = text.take_until([](char c) { return c == '(' || c == ']'; }).trim();
  return text == "test" || text.ends_with("::test");
}

}  // namespace

std::string path_of(const flow::Facts& facts, Node function) {
  const Names names = ways_to_name(facts, function).front();
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : "::") + name;
  }
  return text;
}

std::string foreign_trait(const flow::Facts& facts, Node function) {
  const Node impl = syntax::impl_of(function);
  const std::string name(syntax::last_name(impl.field("trait")));
  return !name.empty() && facts.items().traits(name).empty() ? name : std::string();
}

std::vector<Node> methods_alike(const flow::Facts& facts, Node function) {
  Node trait = syntax::trait_of(function);
  if (const Node impl = syntax::impl_of(function); impl && impl.field("trait")) {
    const auto& traits = facts.items().traits(syntax::last_name(impl.field("trait")));
    trait = traits.empty() ? Node() : traits.front();
  }
  if (!trait) {
    return {function};
  }
  std::vector<Node> group;
  const auto add_from = [&](Node owner) {
    for (const Node& member : owner.field("body").named_children()) {
      if (member.is_any({"function_item", "function_signature_item"}) &&
          member.field("name").text() == function.field("name").text()) {
        group.push_back(member);
      }
    }
  };
  add_from(trait);
  for (const Node& other : facts.items().impls(trait.field("name").text())) {
    add_from(other);
  }
  return group;
}

bool is_entry(Node function) {
  if (!function.is("function_item")) {
    return false;
  }
  if (function.field("name").text() == "main" && function.parent().is("source_file")) {
    return true;
  }
  for (Node before = function.previous(); before.is_comment() || before.is("attribute_item");
       before = before.previous()) {
    if (before.is("attribute_item") && is_test_attribute(before)) {
      return true;
    }
  }
  return false;
}

std::string fixed_form(Node function) {
  for (const Node& child : function.children()) {
    if (child.is("function_modifiers")) {
      return child.has_child("const")             ? "const"
             : child.has_child("extern_modifier") ? "extern"
                                                  : "";
    }
  }
  return {};
}

FoundFunction find_function(const flow::Facts& facts, const CrateNames& crates,
                            const std::string& path) {
  std::vector<Node> found;
  const auto [file, line] = llvm::StringRef(path).rsplit(':');
  uint32_t number = 0;
  const bool is_place = !file.ends_with(":") && !line.getAsInteger(10, number);
  const Names wanted = split_path(path);
  const std::string first = wanted.front();
  // Behind the name of a crate a path is whole; a module may have the same name.
  const Names rest(wanted.begin() + 1, wanted.end());
  const bool is_whole = !rest.empty() && first == "crate";
  if (is_place) {
    found = at_line(facts, file, number);
  } else {
    each_function(facts, [&](Node function) {
      if (function.parent().parent().is("foreign_mod_item")) {
        return;
      }
      const std::string root(facts.files().path(facts.root_of(function.span().file)));
      const auto named = crates.find(root);
      const bool is_of_crate =
          !rest.empty() && (is_whole || (named != crates.end() && named->second == first));
      for (const Names& names : ways_to_name(facts, function)) {
        if ((is_of_crate && names == rest) || (!is_whole && ends_with(names, wanted))) {
          found.push_back(function);
          return;
        }
      }
    });
  }
  if (found.empty()) {
    std::string why = is_place ? "no function stands at `" + path + "`"
                               : "there is no function `" + path + "` in this workspace";
    if (!is_place && is_made_by_macro(facts, wanted.back())) {
      why = "`" + path + "` is made by a macro; nothing but its text could be edited";
    } else if (!is_place && !is_whole && wanted.size() > 1 && facts.package().depends_on(first)) {
      why = "`" + path + "` is a function of a dependency, which is not edited";
    }
    return {{}, why};
  }
  // The methods of one trait are one function; that of the trait stands first.
  const std::vector<Node> group = methods_alike(facts, found.front());
  const bool is_one = std::all_of(found.begin(), found.end(), [&group](const Node& each) {
    return std::find(group.begin(), group.end(), each) != group.end();
  });
  if (!is_one) {
    std::string why = "`" + path + "` may be any of these:";
    for (const Node& each : found) {
      why += "\n  " + path_of(facts, each) + " (" + place_text(facts, each) + ")";
    }
    return {{}, why};
  }
  return {with_group(found.front(), group), {}};
}

FoundFunction find_function_at(const flow::Facts& facts, const std::string& file, uint32_t offset) {
  const auto id = facts.files().find(file);
  Node best;
  bool is_read = false;
  for (const flow::CrateFiles& crate : facts.crates()) {
    is_read |= id && std::find(crate.files.begin(), crate.files.end(), *id) != crate.files.end();
  }
  if (!is_read) {
    return {{}, "`" + file + "` is a file of no crate of this workspace"};
  }
  syntax::walk(facts.tree(*id).root(), [&](Node node) {
    if (node.end() < offset || offset < node.begin()) {
      return syntax::Walk::Over;
    }
    const bool is_declared = node.parent().parent().is("foreign_mod_item");
    if (node.is_any({"function_item", "function_signature_item"}) && !is_declared) {
      best = node;
    }
    return syntax::Walk::Into;
  });
  if (!best) {
    const base::LineColumn place = facts.files().line_column(*id, offset);
    return {{},
            "no function stands at `" + std::string(facts.files().display(*id)) + ":" +
                std::to_string(place.line) + "`"};
  }
  return {with_group(best, methods_alike(facts, best)), {}};
}

}  // namespace jaa::propagate
