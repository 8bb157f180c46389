#include "flow/source_names.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/queries.h"
#include "syntax/uses.h"

namespace jaa::flow {

using syntax::Node;

namespace {

constexpr size_t MostSteps = 32;

std::string joined(std::string_view module, std::string_view name) {
  return module.empty() ? std::string(name) : std::string(module).append("::").append(name);
}

std::string parent_of(llvm::StringRef module) {
  return module.contains("::") ? module.rsplit("::").first.str() : std::string();
}

llvm::StringRef folder_of(llvm::StringRef path) {
  return path.contains('/') ? path.rsplit('/').first : llvm::StringRef();
}

// `/p/my-store/src/lib.rs` and `/p/my_store.rs` -> `my_store`.
std::string crate_name(llvm::StringRef root) {
  llvm::StringRef name = root.rsplit('/').second;
  name.consume_back(".rs");
  if (name == "lib" || name == "main") {
    llvm::StringRef folder = folder_of(root);
    folder.consume_back("/src");
    name = folder.rsplit('/').second;
  }
  std::string result = name.str();
  std::replace(result.begin(), result.end(), '-', '_');
  return result;
}

// The module that a file of the crate with this root is, as without `#[path]`.
std::string module_of(llvm::StringRef path, llvm::StringRef root) {
  if (path == root || !path.consume_front(folder_of(root)) || !path.consume_front("/")) {
    return {};
  }
  path.consume_back(".rs");
  path.consume_back("/mod");
  llvm::SmallVector<llvm::StringRef, 8> parts;
  path.split(parts, '/');
  return llvm::join(parts, "::");
}

}  // namespace

SourceNames::SourceNames(const base::SourceFiles& files, const syntax::TreeCache& trees,
                         llvm::ArrayRef<CrateFiles> crates)
    : trees_(&trees) {
  for (const CrateFiles& crate : crates) {
    Crate known{crate_name(crate.root), {}};
    for (const base::FileId file : crate.files) {
      const std::string_view path = files.path(file);
      known.files.emplace(module_of({path.data(), path.size()}, crate.root), file);
      crate_of_.emplace(file, crates_.size());
    }
    // The files of an integration test, say, may be those of another one too.
    const auto is_same = [&known](const Crate& other) { return other.name == known.name; };
    if (std::any_of(crates_.begin(), crates_.end(), is_same)) {
      known.name += "_" + std::to_string(crates_.size());
    }
    crates_.push_back(std::move(known));
  }
}

size_t SourceNames::crate_of(base::FileId file) const {
  const auto found = crate_of_.find(file);
  return found == crate_of_.end() ? 0 : found->second;
}

const SourceNames::Module& SourceNames::module(const NameScope& scope) {
  // An inline module stands in the file of one around it.
  std::vector<std::string> around{scope.module};
  while (!around.back().empty()) {
    around.push_back(parent_of(around.back()));
  }
  if (scope.crate < crates_.size()) {
    for (const std::string& name : around) {
      const auto [first, last] = crates_[scope.crate].files.equal_range(name);
      for (auto at = first; at != last; ++at) {
        read_file(at->second, {scope.crate, name});
      }
    }
  }
  return modules_[scope];
}

void SourceNames::read_file(base::FileId file, const NameScope& scope) {
  if (std::find(read_.begin(), read_.end(), file) != read_.end()) {
    return;
  }
  read_.push_back(file);
  using Kind = syntax::OutlineItem::Kind;
  std::vector<std::pair<std::vector<Node>, NameScope>> open;
  open.emplace_back(trees_->tree(file).top_items({Kind::Type, Kind::Use, Kind::Module}), scope);
  while (!open.empty()) {
    const auto [items, at] = std::move(open.back());
    open.pop_back();
    Module& into = modules_[at];
    for (const Node& item : items) {
      const std::string name(item.field("name").text());
      if (item.is_any({"struct_item", "enum_item", "union_item", "type_item"})) {
        into.types.emplace(name, item);
      } else if (item.is("use_declaration")) {
        read_use(item, into);
      } else if (item.is("mod_item")) {
        into.children.push_back(name);
        if (const Node body = item.field("body")) {
          open.emplace_back(body.named_children(), NameScope{at.crate, joined(at.module, name)});
        }
      }
    }
  }
}

void SourceNames::read_use(Node declaration, Module& into) {
  syntax::each_use(declaration, [&into](const std::string& name, const std::string& path) {
    if (name == "*") {
      into.globs.push_back(path);
    } else {
      into.uses[name] = path;
    }
  });
}

// The module that a path, as a glob import has it, leads to through other modules.
std::optional<NameScope> SourceNames::module_at(NameScope scope, llvm::StringRef path) {
  llvm::SmallVector<llvm::StringRef, 8> names;
  path.split(names, "::");
  for (size_t at = 0; at < names.size() && at < MostSteps; ++at) {
    const std::string name = names[at].str();
    const std::vector<std::string>& children = module(scope).children;
    if (name == "crate") {
      scope.module.clear();
    } else if (name == "super") {
      scope.module = parent_of(scope.module);
    } else if (std::find(children.begin(), children.end(), name) != children.end()) {
      scope.module = joined(scope.module, name);
    } else if (const auto crate = find_crate(name); at == 0 && crate) {
      scope = {*crate, ""};
    } else if (name != "self") {
      return std::nullopt;
    }
  }
  return scope;
}

std::optional<size_t> SourceNames::find_crate(std::string_view name) const {
  for (size_t index = 0; index < crates_.size(); ++index) {
    if (crates_[index].name == name) {
      return index;
    }
  }
  return std::nullopt;
}

std::string SourceNames::resolve(const NameScope& from, std::string_view path) {
  NameScope scope = from;
  llvm::StringRef written(path.data(), path.size());
  written.consume_front("::");
  std::string rest = written.str();
  // Below a module that was named, only what it declares is meant.
  bool is_inside = false;
  for (size_t step = 0; step < MostSteps; ++step) {
    const auto [head, tail] = llvm::StringRef(rest).split("::");
    const std::string first = head.str();
    std::string next = tail.str();
    if (first == "crate" || first == "self" || first == "super") {
      scope.module = first == "crate"   ? std::string()
                     : first == "super" ? parent_of(scope.module)
                                        : scope.module;
      is_inside = true;
      rest = std::move(next);
      continue;
    }
    const Module& here = module(scope);
    if (next.empty() && here.types.contains(first)) {
      return joined(name_of(scope.crate), joined(scope.module, first));
    }
    if (!next.empty() &&
        std::find(here.children.begin(), here.children.end(), first) != here.children.end()) {
      scope.module = joined(scope.module, first);
      is_inside = true;
      rest = std::move(next);
      continue;
    }
    if (const auto use = here.uses.find(first); use != here.uses.end() && use->second != first) {
      rest = next.empty() ? use->second : joined(use->second, next);
      is_inside = false;
      continue;
    }
    if (next.empty() && !here.globs.empty() && step + 1 < MostSteps) {
      // One glob has it, or the name is left as it is.
      const std::vector<std::string> globs = here.globs;
      for (const std::string& glob : globs) {
        if (const auto target = module_at(scope, glob);
            target && module(*target).types.contains(first)) {
          return joined(crates_[target->crate].name, joined(target->module, first));
        }
      }
    }
    const auto crate = find_crate(first);
    if (is_inside || next.empty() || !crate) {
      break;
    }
    scope = {*crate, ""};
    is_inside = true;
    rest = std::move(next);
  }
  return is_inside ? std::string(path) : rest;
}

std::optional<NamedType> SourceNames::find(std::string_view path) {
  const auto [crate_part, tail] = llvm::StringRef(path.data(), path.size()).split("::");
  const auto crate = find_crate({crate_part.data(), crate_part.size()});
  if (!crate || tail.empty()) {
    return std::nullopt;
  }
  const NameScope scope{*crate, parent_of(tail)};
  const auto& types = module(scope).types;
  const std::string name = tail.contains("::") ? tail.rsplit("::").second.str() : tail.str();
  if (types.count(name) != 1) {
    return std::nullopt;
  }
  return NamedType{types.find(name)->second, scope};
}

}  // namespace jaa::flow
