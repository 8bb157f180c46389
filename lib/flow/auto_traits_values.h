// The types of values in bodies, with what their text hides.
//
// MIR prints what a function returns as `impl Future<Output = T>` as just that, whichever
// function it was. Which one it was stands in the body: the value came from a call, perhaps
// by way of moves, of `into_future`, and of a capture.
#pragma once

#include <optional>
#include <unordered_map>

#include "flow/auto_traits_scope.h"

namespace jaa::flow {

// A value of a type that is declared in a function's body, where no table tells of it.
struct LocalTypeValue {
  BodyRef in;
  TypeId type;
  llvm::ArrayRef<mir::Operand> fields;
};

class Values {
 public:
  Values(TypeTable& types, Items& items, Bodies& bodies, Scopes& scopes)
      : types_(types), items_(items), bodies_(bodies), scopes_(scopes) {}

  // A type as a body prints it, in terms of the body's function.
  [[nodiscard]] TypeId import(const BodyRef& body, TypeId type);
  [[nodiscard]] TypeId of_local(const BodyRef& body, mir::LocalId local);
  [[nodiscard]] TypeId of_operand(const BodyRef& body, mir::Operand operand);
  // What a body returns, seen through its `impl Trait`.
  [[nodiscard]] TypeId of_result(const BodyRef& body);
  // The same of one argument of the type that it returns: `0.` of `Result<impl Trait, E>`.
  [[nodiscard]] TypeId of_result_argument(const BodyRef& body, llvm::StringRef path);
  [[nodiscard]] TypeId argument_at(TypeId type, llvm::StringRef path) const;
  // What a closure gives when it is called, and a coroutine when it is done; none if not
  // known.
  [[nodiscard]] TypeId output_of(TypeId type);
  // The parameters of a function in another one's body, which its coroutine names.
  [[nodiscard]] Substitution inner_values(const FunctionUse& use, const BodyRef& coroutine);
  // The parameters around a closure or async block.
  [[nodiscard]] Substitution created_values(const Term& created);
  // All that is made of a type of a function's own. Such a type can be made nowhere else,
  // so what it is made of is what its fields are.
  [[nodiscard]] llvm::ArrayRef<LocalTypeValue> values_of_local_type(TypeId type);

 private:
  struct Source {
    BodyRef body;
    mir::LocalId local;
  };
  // An opaque part of a call's result: how the body prints it, and what it is.
  struct Result {
    TypeId printed;
    TypeId meant;
  };
  using Results = llvm::SmallVector<Result, 1>;
  [[nodiscard]] DocFunction function_of(const BodyRef& body) const;
  [[nodiscard]] TypeId seen_callee(const BodyRef& body, const mir::Terminator& call, TypeId path);
  [[nodiscard]] Results results_of(const BodyRef& body, const mir::Terminator& call);
  [[nodiscard]] TypeId trace(Source at);
  [[nodiscard]] TypeId assigned(Source& at, const mir::Statement& statement);
  [[nodiscard]] TypeId made_by_call(const BodyRef& body, const mir::Terminator& call);
  [[nodiscard]] TypeId aggregate_type(const BodyRef& body, TypeId path);
  [[nodiscard]] bool step_into_capture(Source& at, mir::Place place);
  [[nodiscard]] TypeId from_calls(const BodyRef& body, TypeId printed);
  [[nodiscard]] const std::vector<Result>& opaque_results(const BodyRef& body);
  [[nodiscard]] TypeId see_through(const BodyRef& body, TypeId type);
  [[nodiscard]] TypeId output_at_depth(TypeId type);
  [[nodiscard]] bool is_known(TypeId type) const;
  void index_local_types();

  TypeTable& types_;
  Items& items_;
  Bodies& bodies_;
  Scopes& scopes_;
  // How many calls deep types are being looked for.
  unsigned depth_ = 0;
  bool are_local_types_known_ = false;
  std::unordered_map<std::string, std::vector<LocalTypeValue>> local_types_;
  std::unordered_map<const mir::Body*, std::vector<Result>> results_;
  std::unordered_map<std::string, std::vector<TypeId>> params_;
  std::unordered_map<std::string, TypeId> imported_;
};

}  // namespace jaa::flow
