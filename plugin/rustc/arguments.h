// rustc's command line taken apart and put together again.
//
// rustc accepts `--flag value`, `--flag=value`, `-C x=y`, `-Cx=y`. Response files
// (`@path`) are left alone: cargo uses them only where a command line is too long
// for the system.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jaa::plugin {

struct Argument {
  std::string_view name;   // "--emit", "-C", "-o"; empty for a file
  std::string_view value;  // what follows the name, joined or apart
  size_t first = 0;        // its place in argv and how many strings it takes
  size_t count = 1;
};

// All arguments after argv[0]; the views point into `argv`.
[[nodiscard]] std::vector<Argument> split_arguments(const std::vector<std::string>& argv);

// Where a replay puts what the recorded run put elsewhere.
struct Redirection {
  std::string out_dir;  // takes all outputs, those with a path of their own as well
  // A folder; an empty text removes `-C incremental`; none leaves it.
  std::optional<std::string> incremental;
  // Replaces what is emitted; none leaves it, which keeps incremental state usable.
  std::optional<std::string> emit;
};
[[nodiscard]] std::vector<std::string> redirect(const std::vector<std::string>& argv,
                                                const Redirection& to);

}  // namespace jaa::plugin
