// One body: its head (`fn NAME(ARGS) -> TYPE {` and kin), its declarations (locals,
// scopes, variables), and its blocks, up to the `}` at the margin.
//
// After reading, every id in the body is good: of a truncated or foreign body the
// missing parts are filled in as opaque ones and reported.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/problem.h"
#include "mir/builder.h"
#include "mir/line_reader.h"
#include "mir/note_reader.h"
#include "mir/span_reader.h"
#include "mir/statement_reader.h"
#include "mir/value_reader.h"

namespace jaa::mir {

// Where a file's problems go. Only the first are kept in full: a foreign text would
// have one a line.
struct ProblemSink {
  std::string_view input;
  base::Problems& problems;
  // `text` is quoted, shortened, if it is not empty.
  void add(uint32_t line, std::string_view what, std::string_view text = {}) const;
};

class BodyReader {
 public:
  BodyReader(Tables& tables, size_t most_statements);

  // `first` is the head's first line, which `lines` has just given. None when it is no
  // head of a body; an item that is written on one line has no body.
  std::optional<Body> read(std::string_view first, LineReader& lines, base::Arena& arena,
                           const ProblemSink& sink);
  // Lines of the last body that were not understood.
  [[nodiscard]] uint64_t opaque_lines() const { return opaque_lines_; }

 private:
  // `LOCAL: TYPE` in the order they are written, which is that of the scope tree.
  struct Declaration {
    uint32_t number;
    Local local;
  };
  struct DeclaredScope {
    uint32_t number;
    Scope scope;
  };
  struct PendingDebug {
    std::string_view value;
    uint32_t line;
    std::string_view text;
  };

  bool read_head(std::string_view first);
  bool read_function_head(Cursor& cursor);
  bool read_item_head(Cursor& cursor);

  void read_declarations();
  bool read_local(Cursor& cursor);
  bool read_debug(Cursor& cursor, std::string_view line);
  bool open_scope(Cursor& cursor);
  bool read_declaration_comment(Cursor& cursor, std::string_view mark, SourceInfo& info);
  void place_locals();
  void place_scopes();
  void place_debug_infos();

  void read_blocks();
  bool open_block(Cursor& cursor);
  void read_block();
  void read_code(std::string_view line);
  bool read_line_comment(Cursor& cursor, SourceInfo& info);
  void doubt_terminator();
  bool read_unknown_terminator(std::string_view text, Terminator& terminator);
  void read_assembly(std::string_view line);
  void finish_block(const Terminator& terminator, SourceInfo info);
  void resolve_targets();

  bool next(std::string_view& line);
  void expect_blank_lines(size_t count);
  void not_understood(std::string_view line);
  void keep_opaque(std::string_view line);
  [[nodiscard]] bool is_full() const;

  size_t most_statements_;
  Builder builder_;
  SpanReader spans_;
  ValueReader values_;
  StatementReader statements_;
  NoteReader notes_;
  LineReader* lines_ = nullptr;
  const ProblemSink* sink_ = nullptr;
  std::vector<Declaration> declarations_;
  std::vector<PendingDebug> debug_infos_;
  std::vector<DeclaredScope> declared_scopes_;
  std::vector<ScopeId> open_scopes_;
  std::vector<uint32_t> block_numbers_;  // as printed, one a block
  Block block_;                          // the one that is open
  bool has_terminator_ = false;
  size_t blank_lines_ = 0;  // since the last line that is not
  bool is_open_ = true;     // the body's `}` has not come yet
  uint64_t opaque_lines_ = 0;
};

}  // namespace jaa::mir
