// The bodies of all crates, found by what types say of them: which body a coroutine or
// closure runs, and what its creation captured.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "mir/module.h"

namespace jaa::flow {

// A body and where it is. `root` is what the body of the function around it is named by
// in rustdoc's tables; see `Items::by_body`.
struct BodyRef {
  std::string_view crate;
  const mir::Body* body = nullptr;
  std::string_view root;
  explicit operator bool() const { return body != nullptr; }
};

// Where a coroutine or closure is made. The operands are what it captures, in order.
struct Creation {
  BodyRef in;
  llvm::ArrayRef<mir::Operand> captures;
};

class Bodies {
 public:
  // The module lives longer than this. Bodies of passes other than `built` are left out. Of
  // two functions with one name, in two versions of a crate, the first counts.
  void add(const mir::Module& module, std::string_view crate);

  // The function itself, by its key.
  [[nodiscard]] BodyRef function(const std::string& key) const;
  // What an `async fn` runs.
  [[nodiscard]] BodyRef async_body(const std::string& key) const;
  // Of an async block or closure in a function, by where it begins. More than one where a
  // macro made several.
  [[nodiscard]] std::vector<BodyRef> at(const std::string& begin, std::string_view root) const;
  [[nodiscard]] std::vector<Creation> creations(const std::string& begin,
                                                std::string_view root) const;
  // The bodies in one function, itself included.
  [[nodiscard]] llvm::ArrayRef<BodyRef> in_function(std::string_view key) const;
  [[nodiscard]] llvm::ArrayRef<BodyRef> coroutines() const { return coroutines_; }
  [[nodiscard]] llvm::ArrayRef<BodyRef> all() const { return all_; }

 private:
  [[nodiscard]] std::string_view keep(std::string text);

  template <class T>
  using ByText = std::unordered_map<std::string, T>;
  ByText<BodyRef> functions_;
  ByText<BodyRef> async_bodies_;
  ByText<std::vector<BodyRef>> by_begin_;
  ByText<std::vector<Creation>> creations_;
  ByText<std::vector<BodyRef>> by_root_;
  std::vector<BodyRef> all_;
  std::vector<BodyRef> coroutines_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

// `a.rs:3:5` of `{async block@a.rs:3:5: 3:10}`, `{closure@..}`, `{coroutine@.. (#0)}`; empty
// for what names no place.
[[nodiscard]] std::string begin_of(std::string_view type_name);

}  // namespace jaa::flow
