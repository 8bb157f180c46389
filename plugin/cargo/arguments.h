// The command line of `cargo async`.
//
// Everything that is not ours goes to cargo in the order given, and cargo reports
// what it does not know. Ours are few flags before `--`, and all that follows it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "llvm/Support/Error.h"
#include "plugin/rustc/settings.h"

namespace jaa::plugin {

enum class Verb : uint8_t { Check, Fix, Add, Remove, Explain, Help, Version };

enum class ColorChoice : uint8_t { Auto, Always, Never };

struct FixArguments {
  bool allow_dirty = false;
  bool allow_staged = false;
  bool allow_no_vcs = false;
  // Keep what was written although the check after it shows more errors.
  bool broken_code = false;
  // Show the edits of one round as a diff and write nothing.
  bool dry_run = false;
  // Ask about each finding.
  bool interactive = false;
  // Lint names without scope; empty means every lint.
  std::vector<std::string> only;
  // Lint name to the name of the alternative to apply.
  std::map<std::string, std::string> picks;
  uint32_t max_rounds = 8;
};

struct Arguments {
  Verb verb = Verb::Check;
  // For `cargo check`, as given, but for the two lists that follow.
  std::vector<std::string> cargo;
  std::vector<std::string> target_dir;       // `--target-dir` with its value
  std::vector<std::string> message_formats;  // the values of `--message-format`
  // Those of the flags in `cargo` that `cargo metadata` must see as well.
  std::vector<std::string> metadata;
  // The values of `--config` among them.
  std::vector<std::string> config;
  bool quiet = false;
  bool verbose = false;
  ColorChoice color = ColorChoice::Auto;

  std::optional<Verify> verify;
  bool no_unlock = false;
  bool all_fixes = false;
  bool stats = false;
  // Where the chosen fixes go as replacements in YAML; empty: nowhere.
  std::string export_fixes;
  // Name without scope, level; in the order given, the last wins.
  std::vector<std::pair<std::string, std::string>> lint_levels;

  FixArguments fix;
  // `add`, `remove`: the function, and where the change ends.
  std::string function;
  std::string ends_at;
  bool keeps_sync = false;
  // What to explain, or the verb to help with; empty: everything.
  std::string topic;

  // Cargo prints messages as JSON on stdout.
  [[nodiscard]] bool has_json_messages() const;
};

// `arguments` without the program and without the word `async`. The error is a
// complete sentence for the user.
[[nodiscard]] llvm::Expected<Arguments> parse_arguments(const std::vector<std::string>& arguments);

// A lint's name without `just_async::`; none when it has another scope or is no name.
[[nodiscard]] std::optional<std::string> unscoped_lint(std::string_view name);

}  // namespace jaa::plugin
