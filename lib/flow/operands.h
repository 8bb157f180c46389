// What a statement or terminator reads, moves and writes.
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"

#include "mir/body.h"

namespace jaa::flow {

// Each operand, in printed order.
void each_operand(const mir::Body& body, const mir::Statement& statement,
                  llvm::function_ref<void(mir::Operand)> visit);
// The callee, condition or yielded value among them.
void each_operand(const mir::Body& body, const mir::Terminator& terminator,
                  llvm::function_ref<void(mir::Operand)> visit);

// Each place that is read, copied, moved or borrowed; not what is assigned, and not
// what only begins or ends: storage and drops.
void each_read(const mir::Body& body, const mir::Statement& statement,
               llvm::function_ref<void(mir::Place)> visit);
void each_read(const mir::Body& body, const mir::Terminator& terminator,
               llvm::function_ref<void(mir::Place)> visit);

// Each local that is moved out of as a whole.
void each_moved_local(const mir::Body& body, const mir::Statement& statement,
                      llvm::function_ref<void(mir::LocalId)> visit);
void each_moved_local(const mir::Body& body, const mir::Terminator& terminator,
                      llvm::function_ref<void(mir::LocalId)> visit);

// The place that a borrow or raw pointer is made of; fake borrows are none.
[[nodiscard]] mir::Place borrowed_place(const mir::Body& body, const mir::Statement& statement);

// The place mentions the local, as its base or as an index.
[[nodiscard]] bool mentions(const mir::Body& body, mir::Place place, mir::LocalId local);

}  // namespace jaa::flow
