// The command line of `jaa`.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"

namespace jaa::plugin {

enum class JaaVerb : uint8_t { Check, Fix, Add, Remove, Analyze, Mir, Help, Version };
enum class JaaFormat : uint8_t { Human, Json, Jsonl };

struct JaaArguments {
  JaaVerb verb = JaaVerb::Help;
  JaaFormat format = JaaFormat::Human;
  std::string edition = "2021";
  std::string file;                // check, fix, add, remove
  std::string target;              // add, remove: the function
  std::string ends_at;             // add: the function in which it ends
  bool keeps_sync = false;         // add: public functions keep a form that is not async
  std::string messages;            // analyze: rustc's JSON
  std::string mir;                 // analyze: folder of dumps; may be empty
  std::string source;              // analyze: what file names in them are relative to
  std::vector<std::string> paths;  // mir: dumps, folders of them, source files
  std::string function;            // mir: only bodies with this in their path
  bool dot = false;                // mir: graphs
  bool verify = true;
  bool unlock = true;
  bool all_fixes = false;
  bool dry_run = false;
  // `--pick finding=alternative`, as given.
  std::vector<std::string> picks;
  // `--only a,b`: names of findings; empty: all.
  std::vector<std::string> only;
  // Where the chosen fixes go as replacements in YAML; empty: nowhere.
  std::string export_fixes;
  // Further arguments for rustc, after `--`.
  std::vector<std::string> rustc;
};

// The error is a usage error: what was expected and what was found.
[[nodiscard]] llvm::Expected<JaaArguments> parse_jaa_arguments(
    const std::vector<std::string>& arguments);

[[nodiscard]] std::string_view jaa_help();

}  // namespace jaa::plugin
