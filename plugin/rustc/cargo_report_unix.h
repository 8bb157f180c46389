// Cargo's messages of one trial, joined with the dep-info it left: one outcome for
// each unit.
#pragma once

#include <string>
#include <vector>

#include "fixit/trial.h"

namespace jaa::plugin {

struct CargoReport {
  std::vector<fixit::UnitOutcome> units;  // sources as the compilers saw them
  bool is_finished = false;               // cargo said so
  bool succeeded = false;
};

// `workspace_root` as cargo saw it. `started_ns`: dep-info older than this is
// not this trial's.
[[nodiscard]] CargoReport read_cargo_report(const std::string& out,
                                            const std::string& workspace_root,
                                            const std::vector<std::string>& profile_folders,
                                            int64_t started_ns);

}  // namespace jaa::plugin
