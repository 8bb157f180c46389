// A unit: one invocation of rustc as cargo (or a user) made it, recorded whole so
// that it can be run again. Without the environment a replay fails (`OUT_DIR`,
// `CARGO_MANIFEST_DIR`, variables set by build scripts).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/Error.h"

namespace jaa::plugin {

struct Unit {
  std::vector<std::string> argv;  // argv[0] is the compiler
  std::string cwd;                // absolute
  std::vector<std::string> env;   // "NAME=value", whole
};

// What the arguments say. Values are as given; paths may be relative to the cwd.
struct UnitArgs {
  std::string crate_name;
  std::string edition = "2015";
  std::vector<std::string> crate_types;
  std::string source;  // the crate's root file
  std::string out_dir;
  std::string extra_filename;  // -C extra-filename
  std::string metadata;        // -C metadata
  std::string incremental;     // -C incremental; empty: off
  std::string target;          // --target
  bool is_test = false;
  bool is_check = false;  // emits metadata and no object code
  bool has_json = false;  // --error-format=json
  std::vector<std::string> emit;
  std::vector<std::string> cfg;
  // `--extern name=path`; the path is empty when none was given.
  std::vector<std::pair<std::string, std::string>> externs;
  [[nodiscard]] bool is_build_script() const {
    return crate_name == "build_script_build" || crate_name.starts_with("build_script_");
  }
};
[[nodiscard]] UnitArgs parse_unit_args(const std::vector<std::string>& argv);

// A real unit, as opposed to `-vV`, target probing or a feature probe that a build
// script runs: it asks for JSON and names a source file.
[[nodiscard]] bool is_cargo_unit(const UnitArgs& args);

// Hash of argv and of the environment that matters to rustc: the unit's identity
// in the stores. 16 hex digits.
[[nodiscard]] std::string unit_key(const Unit& unit);

// The record kept beside the artifacts: `<target>/just-async/units/<key>.json`,
// written atomically.
[[nodiscard]] llvm::Error write_unit_record(const std::string& directory, const Unit& unit);
[[nodiscard]] llvm::Expected<Unit> read_unit_record(const std::string& path);
// All readable records in a directory, sorted by file name; unreadable ones are
// passed over.
[[nodiscard]] std::vector<Unit> read_unit_records(const std::string& directory);

// The value of a variable; none when it is not set.
[[nodiscard]] std::optional<std::string> environment_value(const std::vector<std::string>& env,
                                                           std::string_view name);

}  // namespace jaa::plugin
