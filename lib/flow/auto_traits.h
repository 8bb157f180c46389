// Is a future `Send`, or why not: rustc's rules for auto traits, applied to the bodies of
// a program and to what rustdoc says of its types.
//
// A type is `Send` when all that it is made of is, unless an impl says otherwise. What a
// coroutine is made of stands in its body: the values it captured, used or not, and all
// that it saves across an await. A type parameter is what its bounds say, an `impl Future`
// what its function's body returns. A cycle holds if nothing else speaks against it.
//
// Where something is not known the answer is `Unknown`, never a guess.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

#include "flow/auto_traits_bodies.h"
#include "mir/module.h"
#include "rustc/rustdoc.h"

namespace jaa::flow {

enum class Answer : uint8_t { Yes, No, Unknown };
enum class AutoTrait : uint8_t { Send, Sync };

struct Verdict {
  Answer answer = Answer::Unknown;
  // From the outside in: "captures `x: std::rc::Rc<u8>`", "`std::rc::Rc<u8>` is not `Send`".
  std::vector<std::string> why;
};

class AutoTraits {
 public:
  AutoTraits();
  ~AutoTraits();
  // What is added lives longer than this, and is there before anything is asked.
  void add(const rustc::RustdocTable& table);
  void add(const mir::Module& module, std::string_view crate);
  // A function that the table does not list (flow/inner_functions.h).
  void add_inner(const rustc::RustdocTable& table, const rustc::RustdocFunction& function);

  // All coroutines that were added.
  [[nodiscard]] llvm::ArrayRef<BodyRef> coroutines() const;
  // Whether the future that runs this body is `Send`, for all values of its parameters.
  [[nodiscard]] Verdict is_send(const BodyRef& coroutine);
  // Of a type without parameters, as MIR prints it.
  [[nodiscard]] Verdict has(AutoTrait trait, std::string_view type);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace jaa::flow
