// What rustdoc's tables say, found by the names that MIR prints.
//
// An item has one path here, that of its definition, whichever way it was named: the
// re-exports of all crates are followed. The standard library has no table; its items are
// named by crate, first module and name, since MIR prints re-exported paths and rustdoc
// those of private modules: `std::sync::poison::mutex::MutexGuard` and
// `std::sync::MutexGuard` are both the latter.
//
// Two versions of one crate are told apart by neither source: the table added first counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "flow/auto_traits_types.h"
#include "rustc/rustdoc.h"

namespace jaa::flow {

struct Predicate {
  TypeId subject;
  TypeId bound;
};

// A function with the table that it is in.
struct DocFunction {
  const rustc::RustdocTable* table = nullptr;
  const rustc::RustdocFunction* function = nullptr;
  explicit operator bool() const { return function != nullptr; }
  [[nodiscard]] const rustc::RustdocImpl* impl() const {
    return function->in_impl ? &table->impls[*function->in_impl] : nullptr;
  }
  [[nodiscard]] const rustc::RustdocTrait* trait() const {
    return function->in_trait ? &table->traits[*function->in_trait] : nullptr;
  }
};
struct DocImpl {
  const rustc::RustdocTable* table = nullptr;
  const rustc::RustdocImpl* impl = nullptr;
};
struct DocTrait {
  const rustc::RustdocTable* table = nullptr;
  const rustc::RustdocTrait* trait = nullptr;
  explicit operator bool() const { return trait != nullptr; }
};
struct DocType {
  const rustc::RustdocTable* table = nullptr;
  const rustc::RustdocType* type = nullptr;
  explicit operator bool() const { return type != nullptr; }
};

class Items {
 public:
  explicit Items(TypeTable& types) : types_(types) {}
  // The table lives longer than this. All are added before anything is asked.
  void add(const rustc::RustdocTable& table);
  // A function in the body of one of the table's, which it does not list; it lives as long.
  // Its generics hold for its own bodies; a call of it is judged by those.
  void add_inner(const rustc::RustdocTable& table, const rustc::RustdocFunction& function);

  [[nodiscard]] std::string canonical_path(std::string_view path, std::string_view crate);
  // A type with all paths canonical and aliases as what they are. `text` as seen from
  // `crate`.
  [[nodiscard]] TypeId type(std::string_view text, std::string_view crate);
  [[nodiscard]] TypeId canonical(TypeId type, std::string_view crate);
  [[nodiscard]] TypeId param(std::string_view name);
  [[nodiscard]] std::vector<TypeId> params(const rustc::RustdocGenerics& generics);
  void add_predicates(const rustc::RustdocGenerics& generics, std::string_view crate,
                      std::vector<Predicate>& predicates);

  [[nodiscard]] DocType find_type(std::string_view path) const;
  [[nodiscard]] DocTrait find_trait(std::string_view path) const;
  // Impls of a trait, in the order of tables.
  [[nodiscard]] llvm::ArrayRef<DocImpl> impls_of(std::string_view trait) const;
  // `Send` or `Sync` impls that name a type.
  [[nodiscard]] llvm::ArrayRef<DocImpl> auto_impls(std::string_view trait,
                                                   std::string_view type) const;
  // By `path::name`, where an inherent method is below its type.
  [[nodiscard]] llvm::ArrayRef<DocFunction> functions(std::string_view path) const;
  // By where its impl begins and its name, or else its path: what bodies are named by.
  [[nodiscard]] DocFunction by_body(const std::string& key) const;
  [[nodiscard]] static std::string body_key(const DocFunction& function);
  [[nodiscard]] bool has_crate(std::string_view crate) const {
    return modules_.contains(std::string(crate));
  }

 private:
  struct Found {
    std::string path;
    bool is_any = false;    // some of the path was found
    bool is_whole = false;  // all of it
  };
  [[nodiscard]] std::string child(const std::string& module, std::string_view name, bool is_last,
                                  unsigned depth) const;
  [[nodiscard]] Found walk(std::string module, std::string_view rest) const;
  void add_defaults(const std::string& path, llvm::SmallVectorImpl<TypeId>& args, unsigned depth);
  [[nodiscard]] TypeId canonical_node(TypeId node, std::string_view crate, unsigned depth);

  TypeTable& types_;
  template <class T>
  using ByPath = std::unordered_map<std::string, T>;
  std::unordered_set<std::string> modules_;
  std::unordered_set<std::string> definitions_;
  ByPath<std::string> reexports_;           // by module and name
  ByPath<std::vector<std::string>> globs_;  // by module
  ByPath<DocType> type_items_;
  ByPath<DocTrait> trait_items_;
  ByPath<std::pair<const rustc::RustdocTable*, const rustc::RustdocAlias*>> aliases_;
  ByPath<std::vector<DocImpl>> impls_;
  ByPath<std::vector<DocImpl>> auto_impls_;  // by trait and type
  ByPath<std::vector<DocFunction>> functions_;
  ByPath<DocFunction> by_body_;
  ByPath<std::string> canonical_paths_;
  ByPath<TypeId> canonical_types_;
};

}  // namespace jaa::flow
