#include "rewrite/declared_head.h"

#include <algorithm>
#include <map>
#include <string>

#include "llvm/ADT/StringExtras.h"
#include "rewrite/edit_list.h"
#include "rewrite/head_edits.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

using Spelling = std::map<std::string, std::string>;

// `T` of `T: Clone = u8`, `'a` of `'a: 'b`.
std::string name_of_parameter(Node parameter) {
  const Node name = parameter.field("name");
  return std::string(name ? name.text() : parameter.text());
}

std::vector<std::string> names_of_parameters(Node item, bool are_lifetimes) {
  std::vector<std::string> result;
  for (const Node& part : item.field("type_parameters").named_children()) {
    std::string name = name_of_parameter(part);
    if (!part.is_comment() && name.starts_with('\'') == are_lifetimes)
      result.push_back(std::move(name));
  }
  return result;
}

Node where_of(Node function) {
  for (const Node& part : function.children())
    if (part.is("where_clause")) return part;
  return {};
}

std::string without_mut(Node self) {
  llvm::StringRef text(self.text());
  text.consume_front("mut ");
  return text.str();
}

class DeclaredHead {
 public:
  DeclaredHead(const syntax::Tree& tree, Node method, Node declared, ImportEdits& imports)
      : tree_(tree),
        method_(method),
        declared_(declared),
        implementation_(syntax::impl_of(method)),
        trait_(syntax::trait_of(declared)),
        imports_(imports),
        edits_(tree),
        head_(tree, method, edits_) {}

  std::vector<base::Edit> write() {
    if (!read_trait_arguments() ||
        names_of_parameters(method_, false) != names_of_parameters(declared_, false) ||
        parameters_of(method_).size() != parameters_of(declared_).size())
      return {};
    rename_lifetimes();
    head_.remove_async();
    write_generics();
    write_parameters();
    write_result();
    const bool has_where = write_where();
    head_.break_lines(has_where);
    return edits_.take();
  }

 private:
  // False where it cannot be told which is which.
  bool read_trait_arguments() {
    std::vector<std::string> names = names_of_parameters(trait_, true);
    for (std::string& name : names_of_parameters(trait_, false)) names.push_back(std::move(name));
    std::vector<Node> given;
    for (const Node& one : implementation_.field("trait").field("type_arguments").named_children())
      if (!one.is("type_binding")) given.push_back(one);
    if (names.size() != given.size()) return false;
    for (size_t index = 0; index < names.size(); ++index)
      spelled_[names[index]] = given[index].text();
    return true;
  }

  // The `impl` has a lifetime of that name already.
  void rename_lifetimes() {
    const std::vector<std::string> taken = names_of_parameters(implementation_, true);
    const std::vector<std::string> own = names_of_parameters(declared_, true);
    const auto is_taken = [&](const std::string& name) {
      return std::find(taken.begin(), taken.end(), name) != taken.end();
    };
    char letter = 'b';
    for (const std::string& name : own) {
      if (!is_taken(name)) continue;
      std::string fresh{'\'', letter};
      while (letter < 'z' &&
             (is_taken(fresh) || std::find(own.begin(), own.end(), fresh) != own.end()))
        fresh[1] = ++letter;
      spelled_[name] = fresh;
      ++letter;
    }
  }

  // `node` of the trait's head, as it is spelled at the `impl`.
  std::string text_of(Node node) {
    const uint32_t begin = node.begin();
    std::string result;
    uint32_t at = begin;
    syntax::walk(node, [&](Node part) {
      if (!part.is_any({"lifetime", "type_identifier", "identifier"})) return Walk::Into;
      const std::string spelled = spelling(part);
      result += node.text().substr(at - begin, part.begin() - at);
      result += spelled;
      at = part.end();
      return Walk::Over;
    });
    return result + std::string(node.text().substr(at - begin));
  }

  std::string spelling(Node name) {
    std::string text(name.text());
    if (const auto known = spelled_.find(text); known != spelled_.end()) return known->second;
    const Node scope = import_scope(trait_);
    const bool is_in_path = name.parent().is_any({"scoped_type_identifier", "scoped_identifier"});
    if (scope == import_scope(method_) || is_in_path || !name.is("type_identifier")) return text;
    for (const Import& import : imports_of(scope)) {
      const llvm::StringRef path(import.path);
      const bool is_relative = path.starts_with("self::") || path.starts_with("super::");
      if (import.name.text() == text && !is_relative && path.ends_with("::" + text))
        return imports_.name_at(method_, import.path);
    }
    return is_declared_in(scope, text) ? beside_trait(text) : text;
  }

  static bool is_declared_in(Node scope, std::string_view name) {
    for (const Node& item : scope.named_children())
      if (item.is_any({"type_item", "struct_item", "enum_item", "trait_item"}) &&
          item.field("name").text() == name)
        return true;
    return false;
  }

  // What is declared in the trait's module, by the path that leads to the trait.
  std::string beside_trait(const std::string& name) {
    Node path = implementation_.field("trait");
    if (path.is("generic_type")) path = path.field("type");
    if (path.is("scoped_type_identifier"))
      return std::string(path.field("path").text()) + "::" + name;
    for (const Import& import : imports_of(import_scope(method_)))
      if (import.name.text() == path.text())
        return imports_.name_at(method_, import.path.substr(0, import.path.rfind("::") + 2) + name);
    return name;
  }

  static std::vector<Node> parameters_of(Node function) {
    std::vector<Node> result;
    for (const Node& one : function.field("parameters").named_children())
      if (one.is_any({"parameter", "self_parameter"})) result.push_back(one);
    return result;
  }

  void write_generics() {
    const Node theirs = declared_.field("type_parameters");
    const Node ours = method_.field("type_parameters");
    const uint32_t begin = method_.field("name").end();
    head_.replace(begin, ours ? ours.end() : begin, theirs ? text_of(theirs) : "");
  }

  void write_parameters() {
    const std::vector<Node> theirs = parameters_of(declared_);
    const std::vector<Node> ours = parameters_of(method_);
    for (size_t index = 0; index < ours.size(); ++index) {
      const Node type = ours[index].field("type");
      const Node wanted = theirs[index].field("type");
      if (type && wanted) {
        head_.replace(type.begin(), type.end(), text_of(wanted));
      } else if (without_mut(ours[index]) != without_mut(theirs[index])) {
        head_.replace(ours[index].begin(), ours[index].end(), text_of(theirs[index]));
      }
    }
  }

  void write_result() {
    const Node ours = method_.field("return_type");
    const uint32_t begin = method_.field("parameters").end();
    head_.replace(begin, ours ? ours.end() : begin,
                  " -> " + text_of(declared_.field("return_type")));
  }

  // Returns whether that begins the clause.
  bool write_where() {
    std::vector<std::string> wanted;
    for (const Node& one : where_of(declared_).named_children())
      if (!one.is_comment()) wanted.push_back(text_of(one));
    const std::vector<Node> ours = where_of(method_).named_children();
    if (ours.empty()) return head_.add_where(wanted);
    if (wanted.empty()) return false;
    const bool has_lines = syntax::starts_line(tree_.text(), ours.front().begin());
    const std::string gap = has_lines ? "," + head_.line() + edits_.layout().indent : ", ";
    edits_.replace(ours.front().begin(), ours.back().end(), llvm::join(wanted, gap));
    return false;
  }

  const syntax::Tree& tree_;
  Node method_;
  Node declared_;
  Node implementation_;
  Node trait_;
  ImportEdits& imports_;
  EditList edits_;
  HeadEdits head_;
  Spelling spelled_;
};

}  // namespace

std::vector<base::Edit> take_declared_head(const syntax::Tree& tree, Node method, Node declared,
                                           ImportEdits& imports) {
  if (!syntax::impl_of(method) || !syntax::trait_of(declared) || syntax::is_in_macro(method) ||
      method.has_error() || declared.has_error())
    return {};
  return DeclaredHead(tree, method, declared, imports).write();
}

}  // namespace jaa::rewrite
