#include "plugin/rustc/crate_sources_unix.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"

#include "plugin/rustc/unit.h"
#include "syntax/tree.h"

namespace jaa::plugin {
namespace {

using syntax::Node;

// `#[path = "other.rs"]` before a module; empty without one.
std::string written_path(Node item) {
  for (Node before = item.previous(); before.is_comment() || before.is("attribute_item");
       before = before.previous()) {
    llvm::StringRef text(before.text());
    if (text.consume_front("#[path")) {
      return text.split('"').second.split('"').first.str();
    }
  }
  return {};
}

// A module without a body, and the folder in which its file is looked for.
struct Declared {
  std::vector<std::string> candidates;
};

void find_modules(Node items, const std::string& file_folder, const std::string& folder,
                  std::vector<Declared>& into) {
  for (const Node& item : items.named_children()) {
    if (!item.is("mod_item")) {
      continue;
    }
    const std::string name(item.field("name").text());
    const std::string written = written_path(item);
    if (const Node body = item.field("body")) {
      find_modules(body, file_folder, folder + "/" + name, into);
    } else if (!written.empty()) {
      into.push_back({{clean_path(absolute_from(file_folder, written))}});
    } else {
      into.push_back({{folder + "/" + name + ".rs", folder + "/" + name + "/mod.rs"}});
    }
  }
}

}  // namespace

void add_crate_sources(const std::string& root, const std::string& cwd,
                       std::vector<session::Source>& sources, ReadText read) {
  std::vector<std::string> todo{root};
  while (!todo.empty()) {
    const std::string file = std::move(todo.back());
    todo.pop_back();
    const bool is_known = std::any_of(sources.begin(), sources.end(),
                                      [&file](const auto& each) { return each.path == file; });
    llvm::Expected<std::string> text = read(file);
    if (!text || is_known) {
      llvm::consumeError(text.takeError());
      continue;
    }
    base::SourceFiles files;
    const base::FileId id = files.add(file, file, *text);
    const std::string display = cwd != "/" && is_within(file, cwd) && file.size() > cwd.size() + 1
                                    ? file.substr(cwd.size() + 1)
                                    : file;
    sources.push_back({file, display, std::move(*text), root});
    const syntax::Tree tree(files, id);
    const std::string folder = llvm::sys::path::parent_path(file).str();
    const std::string stem = llvm::sys::path::stem(file).str();
    const bool owns_folder = file == root || stem == "mod";
    std::vector<Declared> modules;
    find_modules(tree.root(), folder, owns_folder ? folder : folder + "/" + stem, modules);
    for (const Declared& module : modules) {
      for (const std::string& path : module.candidates) {
        llvm::Expected<std::string> there = read(path);
        if (there) {
          todo.push_back(path);
          break;
        }
        llvm::consumeError(there.takeError());
      }
    }
  }
}

}  // namespace jaa::plugin
