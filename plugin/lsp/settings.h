// What the user may set in the editor: the section `just-async`.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace jaa::lsp {

struct ClientSettings {
  // Findings show through us, or through rust-analyzer running `cargo async`.
  bool shows_findings = true;
  bool check_on_save = true;
  bool all_targets = true;
  bool all_features = false;
  std::vector<std::string> features;
  // For `cargo check`, behind ours.
  std::vector<std::string> extra_arguments;
  bool inlay_hints = false;

  // The arguments of `cargo async check`.
  [[nodiscard]] std::vector<std::string> check_arguments() const;

  friend bool operator==(const ClientSettings&, const ClientSettings&) = default;
};

// The section's name.
inline constexpr llvm::StringLiteral SettingsSection = "just-async";

// The section in what a client sends as its settings: below its name, or, as some have it,
// the section itself. Null where there is neither: nothing is set then.
[[nodiscard]] const llvm::json::Value* find_section(const llvm::json::Value& settings);

// The defaults with what `value` (the section's content) sets; `problems` gets what is not
// as it should be, by its name.
[[nodiscard]] ClientSettings read_settings(const llvm::json::Value& value,
                                           std::vector<std::string>& problems);

}  // namespace jaa::lsp
