// What the user may set, as the cargo driver hands it to the wrapper.
//
// The text form travels in `JAA_SETTINGS` and is written to each unit's dep-info,
// so that cargo runs a unit again when it changes. It is therefore one line, the
// same for equal settings, and holds only what changes the output.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "llvm/Support/Error.h"

namespace jaa::plugin {

// Whether fixes are tried by the compiler before they are shown. `Auto` stops at
// the time budget and says so.
enum class Verify : uint8_t { Auto, Always, Never };

// Lint name without its scope, to "allow", "warn", "deny" or "forbid".
using LintLevels = std::map<std::string, std::string>;

struct Settings {
  Verify verify = Verify::Auto;
  double verify_budget_seconds = 60;
  // One trial that takes longer is given up: a compiler that hangs.
  double trial_timeout_seconds = 600;
  // The second, unlocked compiler run may be used.
  bool unlock = true;
  // Try and show every alternative, not only the lead fix.
  bool all_fixes = false;
  // Show fixes that the compiler rejected, with its reason.
  bool verbose = false;
  // Draw rendered text with Unicode lines.
  bool unicode = false;
  LintLevels lint_levels;
  // Levels that single packages set for themselves, by package name.
  std::map<std::string, LintLevels> package_lint_levels;

  // These settings as they hold in one package: its own levels are merged into
  // `lint_levels`, and no package's are left.
  [[nodiscard]] Settings for_package(const std::string& package) const;

  [[nodiscard]] std::string to_string() const;
  // Accepts what `to_string` writes; the empty text means the defaults. The error
  // names the part that was not understood.
  [[nodiscard]] static llvm::Expected<Settings> parse(std::string_view text);

  friend bool operator==(const Settings&, const Settings&) = default;
};

[[nodiscard]] std::optional<Verify> parse_verify(std::string_view text);
[[nodiscard]] bool is_lint_level(std::string_view text);
// A name as the catalogue has them: lower-case letters, digits and underscores.
[[nodiscard]] bool is_lint_name(std::string_view text);

}  // namespace jaa::plugin
