#include "syntax/opened_macros.h"

#include <algorithm>
#include <string>

#include "llvm/ADT/StringSwitch.h"
#include "syntax/items.h"

namespace jaa::syntax {
namespace {

// How many of the first arguments the macro evaluates in any case; the others of an
// assertion only when it fails.
size_t eager_arguments(std::string_view macro) {
  return llvm::StringSwitch<size_t>(macro)
      .Cases("print", "println", "eprint", "eprintln", "format", 99)
      .Cases("write", "writeln", "vec", "dbg", 99)
      .Cases("assert_eq", "assert_ne", 2)
      .Cases("assert", "pin", 1)
      .Default(0);
}

Node arguments_of(Node macro) {
  for (const Node& part : macro.parts())
    if (part.is("token_tree")) return part;
  return {};
}

// Commas of `arguments` before `token`.
size_t index_of(Node arguments, Node token) {
  size_t index = 0;
  for (const Node& part : arguments.children())
    if (part.end() <= token.begin() && part.text() == ",") ++index;
  return index;
}

}  // namespace

std::vector<Node> plain_macros_around(Node token) {
  std::vector<Node> result;
  for (Node at = token; at; at = at.parent()) {
    if (!at.is("macro_invocation")) continue;
    const Node arguments = arguments_of(at);
    const size_t eager = eager_arguments(last_name(at.field("macro")));
    // `vec![x; 3]` has a length behind its value.
    const std::vector<Node> parts = arguments.children();
    const bool has_length = std::any_of(parts.begin(), parts.end(),
                                        [](const Node& part) { return part.text() == ";"; });
    if (!arguments.contains(token) || index_of(arguments, token) >= eager || has_length) return {};
    result.push_back(at);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

std::unique_ptr<OpenedFile> open_macros(const base::SourceFiles& files, base::FileId file,
                                        const std::vector<Node>& macros) {
  auto opened = std::make_unique<OpenedFile>();
  for (size_t index = 0; index < files.size(); ++index) {
    const base::FileId each(index);
    std::string text(files.text(each));
    if (each == file) {
      for (const Node& macro : macros) {
        const Node arguments = arguments_of(macro);
        for (uint32_t at = macro.field("macro").end(); at < arguments.begin(); ++at) text[at] = ' ';
        text[arguments.begin()] = '(';
        text[arguments.end() - 1] = ')';
      }
    }
    opened->files.add(std::string(files.path(each)), std::string(files.display(each)),
                      std::move(text));
  }
  opened->tree.emplace(opened->files, file);
  return opened;
}

}  // namespace jaa::syntax
