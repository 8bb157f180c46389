// What a path that names a type means, by the modules and imports of loaded sources.
//
// A file's module is told by where it lies below its crate's root file, as it is without
// `#[path]`; a crate's name by its folder. What is not found keeps the path as written,
// so nothing is ever taken for something of the same name elsewhere. Items within
// functions are not looked at. Files are read when a path leads into them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_files.h"
#include "flow/crate_files.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/tree_cache.h"

namespace jaa::flow {

// Where a path is read: a module of a crate, as `a::b`; the crate's root has no name.
struct NameScope {
  size_t crate = 0;
  std::string module;
  friend auto operator<=>(const NameScope&, const NameScope&) = default;
};

// A struct, enum, union or alias.
struct NamedType {
  syntax::Node node;
  NameScope scope;  // that it is declared in
};

class SourceNames {
 public:
  SourceNames() = default;
  SourceNames(const base::SourceFiles& files, const syntax::TreeCache& trees,
              llvm::ArrayRef<CrateFiles> crates);

  // The crate that a file belongs to; the first one where it is not known.
  [[nodiscard]] size_t crate_of(base::FileId file) const;
  // As paths of other crates begin; empty where it is not known.
  [[nodiscard]] std::string_view name_of(size_t crate) const {
    return crate < crates_.size() ? std::string_view(crates_[crate].name) : std::string_view();
  }
  // The path of its definition, `crate::module::Name`, or else `path` itself.
  [[nodiscard]] std::string resolve(const NameScope& scope, std::string_view path);
  // By such a path; none where no such type is declared, or several are (for
  // different `cfg`s).
  [[nodiscard]] std::optional<NamedType> find(std::string_view path);

 private:
  struct Module {
    std::multimap<std::string, syntax::Node, std::less<>> types;
    std::map<std::string, std::string, std::less<>> uses;  // by the name they give
    std::vector<std::string> globs;
    std::vector<std::string> children;
  };
  struct Crate {
    std::string name;
    std::multimap<std::string, base::FileId> files;  // by module
  };

  const Module& module(const NameScope& scope);
  void read_file(base::FileId file, const NameScope& scope);
  static void read_use(syntax::Node declaration, Module& into);
  [[nodiscard]] std::optional<NameScope> module_at(NameScope scope, llvm::StringRef path);
  [[nodiscard]] std::optional<size_t> find_crate(std::string_view name) const;

  const syntax::TreeCache* trees_ = nullptr;
  std::vector<Crate> crates_;
  std::map<base::FileId, size_t> crate_of_;
  std::map<NameScope, Module> modules_;
  std::vector<base::FileId> read_;
};

}  // namespace jaa::flow
