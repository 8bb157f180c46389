// Awaits that are not written as `future.await`: in front of their operand, as a call, or as
// a macro.
//
// rustc goes on behind most of them and proposes the right form; they are known by the shape
// of that and by the text at its place. As no tree can be made of such text, the file is read
// once more with blanks for what does not belong there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/facts.h"
#include "syntax/tree.h"

namespace jaa::flow {

struct MisplacedAwait {
  uint32_t diagnostic = 0;
  base::Span place;  // of it all, as the error has it
  // What must go: `await`, `await!` or `await?` in front, with the blanks behind it; or the
  // parentheses behind `.await`, with a `!`.
  base::Span excess;
  bool is_in_front = false;
  bool tries = false;  // `await? future`
};

// In source order.
[[nodiscard]] std::vector<MisplacedAwait> read_misplaced_awaits(const Facts& facts);

// A file in which the excess of `awaits` is blank; all places stay where they are.
class BlankedFile {
 public:
  BlankedFile(const base::SourceFiles& files, base::FileId file,
              const std::vector<MisplacedAwait>& awaits);
  [[nodiscard]] const syntax::Tree& tree() const { return tree_; }

 private:
  std::string text_;
  syntax::Tree tree_;
};

}  // namespace jaa::flow
