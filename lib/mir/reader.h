// Reads textual MIR: one `-Zdump-mir` file, or an `--emit=mir` file of many
// bodies. Never fails, never hangs, never reads outside the text: what it does
// not understand becomes an opaque node and a problem with its line.
#pragma once

#include <string_view>
#include <vector>

#include "base/problem.h"
#include "mir/body.h"

namespace jaa::mir {

struct ReadResult {
  std::vector<Body> bodies;
  base::Problems problems;
};

// `input_name` is used in problems; when it is a dump's file name
// (`a.work-{closure#0}.1-1-000.built.after.mir`) the body's definition path and
// pass are taken from it.
[[nodiscard]] ReadResult read_mir(std::string_view text, std::string_view input_name,
                                  TypeTable& types);

// The parts of a dump's file name; `crate` empty when it is not one.
struct DumpFileName {
  std::string crate;
  std::string definition_path;  // "work::{closure#0}"
  std::string pass;
  bool is_after = true;
};
[[nodiscard]] DumpFileName parse_dump_file_name(std::string_view file_name);

}  // namespace jaa::mir
