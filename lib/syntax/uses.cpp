#include "syntax/uses.h"

#include <utility>
#include <vector>

namespace jaa::syntax {
namespace {

std::string joined(const std::string& prefix, std::string_view path) {
  return prefix.empty() ? std::string(path) : prefix + "::" + std::string(path);
}

}  // namespace

void each_use(Node declaration,
              llvm::function_ref<void(const std::string& name, const std::string& path)> visit) {
  std::vector<std::pair<Node, std::string>> open{{declaration.field("argument"), ""}};
  while (!open.empty()) {
    const auto [node, prefix] = std::move(open.back());
    open.pop_back();
    if (node.is("use_list")) {
      for (const Node& part : node.named_children()) {
        open.emplace_back(part, prefix);
      }
    } else if (node.is("scoped_use_list")) {
      open.emplace_back(node.field("list"), joined(prefix, node.field("path").text()));
    } else if (node.is("use_wildcard")) {
      const std::vector<Node> path = node.named_children();
      visit("*", path.empty() ? prefix : joined(prefix, path.front().text()));
    } else if (node.is("use_as_clause")) {
      visit(std::string(node.field("alias").text()), joined(prefix, node.field("path").text()));
    } else if (node.is("self")) {
      // `use a::b::{self}`
      const size_t colons = prefix.rfind("::");
      visit(colons == std::string::npos ? prefix : prefix.substr(colons + 2), prefix);
    } else if (node.is_any({"identifier", "scoped_identifier"})) {
      const Node name = node.is("identifier") ? node : node.field("name");
      visit(std::string(name.text()), joined(prefix, node.text()));
    }
  }
}

}  // namespace jaa::syntax
