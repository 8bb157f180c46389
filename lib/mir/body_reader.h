// One body: its head (`fn NAME(ARGS) -> TYPE {` and kin), its declarations
// (locals, scopes, variables), and its blocks, up to the `}` at the margin.
// After reading, every id in the body is good: of a truncated or foreign body
// the missing parts are filled in as opaque ones and reported.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/DenseMap.h"

#include "base/problem.h"
#include "mir/body.h"
#include "mir/lexer.h"
#include "mir/span_comment.h"
#include "mir/statement_reader.h"
#include "mir/value_reader.h"

namespace jaa::mir {

// Where a file's problems go.
struct ProblemSink {
  std::string_view input;
  base::Problems& problems;
  // `text` is quoted, shortened, if it is not empty.
  void add(uint32_t line, std::string_view what, std::string_view text = {}) const;
};

class BodyReader {
 public:
  BodyReader(LineReader& lines, TypeTable& types, const ProblemSink& sink);
  // `first` is the head's first line. None when it is no head of a body; an item
  // that is written on one line has no body.
  std::optional<Body> read(const Line& first);

 private:
  struct Declaration {
    uint32_t number;
    Local local;
  };
  struct PendingDebug {
    std::string_view value;
    uint32_t line;
    DebugInfo info;
  };

  bool read_head(const Line& first);
  bool read_function_head(Cursor& cursor, const Line& first);
  bool read_item_head(Cursor& cursor);

  void read_declarations();
  void read_local(Cursor& cursor, const Line& line);
  void read_debug(Cursor& cursor, const Line& line);
  void open_scope(Cursor& cursor, const Line& line);
  void place_locals();
  void resolve_scopes();
  void place_debug_infos();

  void read_blocks();
  bool open_block(Cursor& cursor, const Line& line);
  void read_block(Block& block);
  void read_comment(std::string_view comment, Block& block);
  void add_line(const Line& line, Block& block, bool& has_terminator);
  std::string_view read_assembly(Line& line);
  void resolve_targets();

  void not_understood(const Line& line);
  // The next line of this body that is not blank, a comment or of a table. False
  // at the end of the text and at a line of another item.
  bool next(Line& line);
  [[nodiscard]] ScopeId scope_id(std::optional<uint32_t> number) const;

  LineReader& lines_;
  TypeTable& types_;
  const ProblemSink& sink_;
  Body body_;
  SpanReader spans_;
  ValueReader values_;
  StatementReader statements_;
  std::vector<Declaration> declarations_;
  std::vector<PendingDebug> debug_infos_;
  std::vector<uint32_t> open_scopes_{0};
  llvm::DenseMap<uint32_t, Scope> scopes_;       // by printed number
  llvm::DenseMap<uint32_t, BlockId> block_ids_;  // by printed number
  // Blocks and statements are large and, holding small vectors, are copied when
  // a `std::vector` of them grows. So they are gathered here and moved once.
  std::deque<Block> blocks_;
  std::vector<Statement> block_statements_;
  bool is_open_ = true;  // the body's `}` has not come yet
  bool wants_callee_span_ = false;
};

}  // namespace jaa::mir
