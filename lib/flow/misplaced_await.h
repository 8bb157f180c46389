// Awaits that are not written as `future.await`: in front of their operand, as a call, or as
// a macro.
//
// They are errors without a code, known by the text at their place: rustc proposes the right
// form for some, and stumbles over others. As no tree can be made of such text, the file is
// read once more with blanks for what does not belong there.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "flow/facts.h"
#include "syntax/opened_macros.h"

namespace jaa::flow {

struct MisplacedAwait {
  std::vector<uint32_t> diagnostics;
  // What must go: `await`, `await!` or `await?` in front, with the blanks behind it; or the
  // parentheses behind `.await`, with a `!`.
  base::Span excess;
  bool is_in_front = false;
  bool tries = false;  // `await? future`
};

// In source order.
[[nodiscard]] std::vector<MisplacedAwait> read_misplaced_awaits(const Facts& facts);

// The file with blanks for the excess of `awaits`, and with the common macros around them
// open. All places stay where they are.
[[nodiscard]] std::unique_ptr<syntax::OpenedFile> blank_excess(
    const base::SourceFiles& files, base::FileId file, const std::vector<MisplacedAwait>& awaits);

}  // namespace jaa::flow
