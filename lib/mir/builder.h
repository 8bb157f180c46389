// A body while it is read: growing arrays that are used again for the next one, and at
// the end copied to the module's arena, each in one piece.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "mir/body.h"

namespace jaa::mir {

struct Builder {
  explicit Builder(Tables& shared) : tables(shared) { clear(); }

  Tables& tables;
  Body body;  // its head

  std::vector<Local> locals;
  std::vector<Block> blocks;
  std::vector<Scope> scopes;
  std::vector<DebugInfo> debug_infos;
  std::vector<UserTypeProjection> user_type_projections;
  std::vector<Statement> statements;
  std::vector<Operand> operands;
  std::vector<Aggregate> aggregates;
  std::vector<NameId> names;
  std::vector<BlockId> targets;
  std::vector<NameId> switch_values;
  std::vector<ProjectedPlace> places;
  std::vector<Projection> projections;
  std::vector<MirSpan> spans;
  std::vector<SourceInfo> source_infos;
  std::vector<Note> notes;
  std::vector<NoteLine> note_lines;
  std::vector<OpaqueLine> opaque_lines;

  [[nodiscard]] uint32_t next_location() const {
    return static_cast<uint32_t>(statements.size() + blocks.size());
  }
  void clear();
  [[nodiscard]] Body finish(base::Arena& arena);
};

}  // namespace jaa::mir
