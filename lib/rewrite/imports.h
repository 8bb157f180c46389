// Keeps the `use` declarations right while an edit changes which names are spelled.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// One imported name.
struct Import {
  std::string path;   // "std::rc::Rc"
  syntax::Node name;  // the last name, or the alias after `as`
  syntax::Node declaration;
};

// The names that the `use` declarations of `scope` import, without globs. `scope` is a
// file or the declarations of a module; what modules within it import is not counted.
[[nodiscard]] std::vector<Import> imports_of(syntax::Node scope);

// The file or module whose imports `node` sees.
[[nodiscard]] syntax::Node import_scope(syntax::Node node);

class ImportEdits {
 public:
  // How `path` is written at `place`: its last name where that is imported or can be,
  // else in full. An import that is missing is added.
  [[nodiscard]] std::string name_at(syntax::Node place, const std::string& path);
  // The same, where the name is worth an import even if it is the first of its file or
  // module.
  [[nodiscard]] std::string import(syntax::Node place, const std::string& path);
  // The import, whatever else has its name: for a name that stays and means this from now on.
  void add(syntax::Node place, const std::string& path) { scope_of(place).added.insert(path); }
  // The edit takes out `token`, a mention of an imported name.
  void remove_mention(syntax::Node token);

  // Imports added, and those whose last mention went away taken out; all files.
  [[nodiscard]] std::vector<base::Edit> take();

 private:
  struct Scope {
    syntax::Node node;
    std::vector<Import> imports;
    std::set<std::string> added;  // paths
    std::set<std::string> removed_names;
  };
  Scope& scope_of(syntax::Node place);
  void take_scope(Scope& scope, std::vector<base::Edit>& edits);

  std::map<base::Span, Scope> scopes_;
  std::set<base::Span> removed_;  // mentions
};

}  // namespace jaa::rewrite
