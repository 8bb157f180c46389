// Where a value comes from: back over moves, and over calls that hand their argument on.
#pragma once

#include <optional>
#include <vector>

#include "mir/body.h"

namespace jaa::flow {

// Where each local's value was made: an assignment or a call's result; the last in block
// order when there are several.
struct Definition {
  std::optional<mir::Point> statement;
  std::optional<mir::Point> call;
};
// By local.
[[nodiscard]] std::vector<Definition> definitions(const mir::Body& body);

// The operands of the statement or terminator there.
[[nodiscard]] llvm::ArrayRef<mir::Operand> operands_at(const mir::Body& body, mir::Point point);

// The call or assignment that made the future in `local`: moves, `into_future`, `pin!`
// and the like are passed over. None when it came from outside, or was not followed.
[[nodiscard]] std::optional<mir::Point> made_by(const mir::Body& body,
                                                const std::vector<Definition>& made,
                                                mir::LocalId local);

}  // namespace jaa::flow
