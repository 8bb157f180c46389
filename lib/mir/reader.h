// Reads textual MIR of every kind: `--emit=mir` files, `-Zdump-mir` files.
//
// Any bytes give a module and problems. Nothing is lost: what is not understood is kept
// as opaque lines, statements or bodies, and counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include "mir/dump_file_name.h"
#include "mir/module.h"

namespace jaa::mir {

struct Input {
  std::string_view text;
  // Names the text in problems; of a `-Zdump-mir` file it also says the body's path and
  // pass.
  std::string_view name;
  uint32_t first_line = 1;
};

struct Limits {
  // What is beyond them in one body is kept as opaque lines: its flat arrays must stay
  // within their ids.
  size_t statements = 10'000'000;
};

// Reads texts one after the other into one module, whose bodies share their tables.
class Reader {
 public:
  explicit Reader(Limits limits = {});
  ~Reader();
  // Gives the number of lines that it had.
  uint32_t read(const Input& input);
  // The module as far as it is read.
  [[nodiscard]] const Module& module() const;
  // The module with all that was read. The reader is empty afterwards.
  [[nodiscard]] Module finish();

 private:
  friend void for_each_body(const Input& input, llvm::function_ref<void(const Body&)> visit,
                            base::Problems& problems);
  class Impl;
  Limits limits_;
  std::unique_ptr<Impl> impl_;
};

[[nodiscard]] Module read_mir(std::string_view text, std::string_view name);

// The same modules whatever the number of threads: inputs are cut into `parts` runs of
// about the same size, large ones between items, and each run is a module. In order.
// `threads` 0: as many as the machine has.
[[nodiscard]] std::vector<Module> read_in_parallel(llvm::ArrayRef<Input> inputs, size_t parts,
                                                   unsigned threads = 0);

// Into how many parts it pays to cut these: a thread's start costs what reading some
// megabytes does. Depends on the text alone, so that results do not depend on the machine.
[[nodiscard]] size_t useful_parts(llvm::ArrayRef<Input> inputs);

// Shows each body and keeps none: memory stays near constant however long the text is.
// The body, and all that it refers to, is gone when `visit` returns.
void for_each_body(const Input& input, llvm::function_ref<void(const Body&)> visit,
                   base::Problems& problems);

}  // namespace jaa::mir
