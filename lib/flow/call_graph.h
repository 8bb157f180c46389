// Who calls whom, over the bodies of one crate and those of its dependencies that are
// loaded.
//
// A call names its callee by path, a body is named by where it is defined, and the two
// differ for methods: `db::Db::get` against `db::<impl at src/db.rs:9:1: 9:8>::get`. Which
// type an `impl` is for is known from the methods in it that have a `self`; a trait's
// method is found by the type that it is called on. A call that fits no body, or more than
// one, leads to a function that is known by its path only.
//
// Async edges are apart from calls: calling an `async fn` only makes its future, and what
// its body does happens where that is awaited.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/GraphTraits.h"

#include "base/id.h"
#include "mir/module.h"

namespace jaa::flow {

struct Function;
using FunctionId = base::Id<Function>;

struct CallEdge {
  enum class Kind : uint8_t {
    Call,   // runs it now; of an `async fn`, only makes its future
    Await,  // polls the future that it is the body of
    Make,   // makes the closure or future that it is the body of
  };
  Kind kind = Kind::Call;
  FunctionId callee;
  mir::Point point;
  // Await: where the awaited future was made, a call or an aggregate; else `point`.
  mir::Point origin;
};

// A function, closure, async block, or the body of an `async fn`.
struct Function {
  // None for a function that is known by its path only, or by the coroutine that it makes.
  const mir::Body* body = nullptr;
  // As its body's header has it, or as it is called: `db::Db::get`, `std::thread::sleep`.
  std::string path;
  // For readers: the definition path where that is known, else `path`.
  std::string name;
  std::string crate;  // empty when not known
  // Of an `async fn`: the coroutine that its call makes.
  FunctionId coroutine;
  // Of a closure, an async block and the body of an `async fn`: the function around it.
  FunctionId parent;
  std::vector<CallEdge> edges;  // by point
};

class CallGraph {
 public:
  // Where a body is there more than once, in several passes, the earliest is taken. The
  // modules outlive the graph.
  explicit CallGraph(llvm::ArrayRef<const mir::Module*> modules);
  CallGraph(const CallGraph&) = delete;
  CallGraph& operator=(const CallGraph&) = delete;

  [[nodiscard]] const Function& operator[](FunctionId id) const { return functions_[id]; }
  [[nodiscard]] size_t size() const { return functions_.size(); }
  // Those with bodies come first, in the order they were read.
  [[nodiscard]] size_t body_count() const { return body_count_; }
  // None when the body is not in the graph.
  [[nodiscard]] FunctionId find(const mir::Body& body) const;
  // The body that a call's callee names; none when that is not known.
  [[nodiscard]] FunctionId resolve(const mir::Body& caller, const mir::Terminator& call) const;
  // Functions before what they call and await, but for cycles, reversed: a callee's
  // facts are there when its callers ask. Cycles are one group.
  [[nodiscard]] std::vector<std::vector<FunctionId>> bottom_up() const;

 private:
  class Builder;

  // What an `impl` block is for, by where it is.
  struct Impl {
    std::string self_type;  // path without arguments; empty when not known
  };

  void add_bodies(llvm::ArrayRef<const mir::Module*> modules);
  void index_names();
  void link_coroutines();
  void add_impl(const Function& function, std::string_view owner, mir::TypeId self);
  FunctionId add_parent(FunctionId coroutine, std::string_view path);
  void add_edges(FunctionId function);
  FunctionId external(const std::string& path);
  [[nodiscard]] FunctionId made_closure(const mir::Body& body, mir::TypeId type) const;
  [[nodiscard]] FunctionId called_closure(const mir::Body& body, mir::TypeId path) const;

  base::Store<FunctionId, Function> functions_;
  size_t body_count_ = 0;
  std::map<const mir::Body*, FunctionId> by_body_;
  std::map<std::string, std::vector<FunctionId>, std::less<>> by_last_name_;
  std::map<std::string, FunctionId, std::less<>> by_path_;  // crate, then path
  std::map<std::string, FunctionId, std::less<>> by_closure_type_;
  std::map<std::string, Impl, std::less<>> impls_;  // crate, then `module::<impl at ..>`
  std::map<std::string, FunctionId, std::less<>> externals_;
};

// The last name of a path, closures left out: `get` of `db::<impl at ..>::get::{closure#0}`.
[[nodiscard]] std::string_view last_name(std::string_view path);

}  // namespace jaa::flow
