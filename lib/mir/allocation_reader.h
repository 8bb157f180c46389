// Tables of memory behind a body: `alloc6 (size: 12, align: 1) { .. }`.
#pragma once

#include <string_view>
#include <vector>

#include "mir/line_reader.h"
#include "mir/module.h"

namespace jaa::mir {

class AllocationReader {
 public:
  // `first` begins with `alloc`. False when it is not understood, and then nothing was
  // read but it; a row that is not is in `opaque_lines`.
  bool read(std::string_view first, LineReader& lines, Module& module);
  [[nodiscard]] const std::vector<std::string_view>& opaque_lines() const { return opaque_; }
  // The last one ended with its `}`.
  [[nodiscard]] bool is_closed() const { return is_closed_; }

 private:
  bool read_head(std::string_view head, Tables& tables, Allocation& allocation, bool& has_rows);
  bool read_row(std::string_view row, Tables& tables);

  std::vector<uint16_t> bytes_;
  std::vector<Allocation::Relocation> relocations_;
  std::vector<std::string_view> opaque_;
  bool is_closed_ = true;
};

}  // namespace jaa::mir
