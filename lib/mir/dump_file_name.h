// What the name of a `-Zdump-mir` file says. It, and not the header in the file, has a body's
// full definition path.
#pragma once

#include <string>
#include <string_view>

namespace jaa::mir {

struct DumpFileName {
  std::string_view crate;
  std::string definition_path;
  std::string_view pass;
  bool is_after = true;
};
// Parts of `crate.path-{closure#0}.1-1-000.built.after.mir`; `crate` is empty if it is
// no such name.
[[nodiscard]] DumpFileName parse_dump_file_name(std::string_view file_name);

}  // namespace jaa::mir
