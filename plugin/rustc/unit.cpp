#include "plugin/rustc/unit.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/xxhash.h"
#include "plugin/rustc/arguments.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {
namespace {

// `name=path`, `priv:name=path`, `noprelude,priv:name`.
std::pair<std::string, std::string> parse_extern(std::string_view value) {
  const auto [left, path] = llvm::StringRef(value).split('=');
  const llvm::StringRef name = left.contains(':') ? left.rsplit(':').second : left;
  return {name.str(), path.str()};
}

void parse_emit(std::string_view value, UnitArgs& args) {
  llvm::SmallVector<llvm::StringRef, 4> kinds;
  llvm::StringRef(value).split(kinds, ',', -1, false);
  for (const llvm::StringRef kind : kinds) args.emit.push_back(kind.split('=').first.str());
}

void parse_codegen(std::string_view option, UnitArgs& args) {
  const auto [name, value] = llvm::StringRef(option).split('=');
  if (name == "extra-filename") args.extra_filename = value;
  if (name == "metadata") args.metadata = value;
  if (name == "incremental") args.incremental = value;
}

// Arguments that only say how messages look; cargo takes them from the terminal.
bool is_about_messages(std::string_view name) {
  return name == "--diagnostic-width" || name == "--json" || name == "--error-format" ||
         name == "--color";
}

// Variables that cargo or rustup sets but that differ between two equal runs, or
// only say how the run is reported.
bool is_volatile(llvm::StringRef name) {
  static constexpr std::array Names = {
      "CARGO_MAKEFLAGS", "CARGO_PRIMARY_PACKAGE", "RUST_BACKTRACE", "RUST_LIB_BACKTRACE",
      "RUST_LOG",        "RUST_RECURSION_COUNT",  "RUST_MIN_STACK"};
  return std::ranges::count(Names, name) > 0 || name.starts_with("CARGO_TERM_");
}

// The names of the variables that the package's build script set. Cargo keeps what
// the script printed beside its output folder.
llvm::StringSet<> build_script_variables(const std::vector<std::string>& env) {
  llvm::StringSet<> names;
  const std::optional<std::string> out_dir = environment_value(env, "OUT_DIR");
  if (!out_dir) return names;
  llvm::Expected<std::string> printed = read_file(*out_dir + "/../output");
  if (!printed) {
    llvm::consumeError(printed.takeError());
    return names;
  }
  llvm::SmallVector<llvm::StringRef, 16> lines;
  llvm::StringRef(*printed).split(lines, '\n', -1, false);
  for (llvm::StringRef line : lines) {
    if (line.consume_front("cargo::rustc-env=") || line.consume_front("cargo:rustc-env=")) {
      names.insert(line.split('=').first);
    }
  }
  return names;
}

bool matters_to_rustc(llvm::StringRef name, const llvm::StringSet<>& build_script) {
  if (build_script.contains(name)) return true;
  if (is_volatile(name)) return false;
  return name == "OUT_DIR" || name.starts_with("CARGO") || name.starts_with("RUST") ||
         name.starts_with("DEP_");
}

}  // namespace

UnitArgs parse_unit_args(const std::vector<std::string>& argv) {
  UnitArgs args;
  for (const Argument& argument : split_arguments(argv)) {
    const std::string_view name = argument.name;
    const std::string value(argument.value);
    if (name.empty()) {
      if (args.source.empty() && !value.starts_with('@')) args.source = value;
    } else if (name == "--crate-name") {
      args.crate_name = value;
    } else if (name == "--edition") {
      args.edition = value;
    } else if (name == "--crate-type") {
      llvm::SmallVector<llvm::StringRef, 2> types;
      llvm::StringRef(value).split(types, ',', -1, false);
      for (const llvm::StringRef type : types) args.crate_types.push_back(type.str());
    } else if (name == "--out-dir") {
      args.out_dir = value;
    } else if (name == "--target") {
      args.target = value;
    } else if (name == "--test") {
      args.is_test = true;
    } else if (name == "--error-format") {
      args.has_json = value == "json";
    } else if (name == "--emit") {
      parse_emit(value, args);
    } else if (name == "--cfg") {
      args.cfg.push_back(value);
    } else if (name == "--extern") {
      args.externs.push_back(parse_extern(value));
    } else if (name == "-C") {
      parse_codegen(value, args);
    }
  }
  const auto makes_code = [](const std::string& kind) {
    return kind != "metadata" && kind != "dep-info" && kind != "mir";
  };
  args.is_check =
      std::ranges::count(args.emit, "metadata") > 0 && std::ranges::none_of(args.emit, makes_code);
  return args;
}

bool is_cargo_unit(const UnitArgs& args) {
  return args.has_json && !args.source.empty() && args.source != "-";
}

std::string unit_key(const Unit& unit) {
  std::string text;
  const auto add = [&](std::string_view part) {
    text += part;
    text += '\0';
  };
  if (!unit.argv.empty()) add(unit.argv[0]);
  for (const Argument& argument : split_arguments(unit.argv)) {
    if (is_about_messages(argument.name)) continue;
    for (size_t i = 0; i < argument.count; ++i) add(unit.argv[argument.first + i]);
  }
  add("");
  add(unit.cwd);
  const llvm::StringSet<> build_script = build_script_variables(unit.env);
  std::vector<std::string_view> variables;
  for (const std::string& variable : unit.env) {
    if (matters_to_rustc(llvm::StringRef(variable).split('=').first, build_script)) {
      variables.push_back(variable);
    }
  }
  std::ranges::sort(variables);
  for (const std::string_view variable : variables) add(variable);
  return llvm::formatv("{0:x-16}", llvm::xxh3_64bits(text)).str();
}

std::optional<std::string> environment_value(const std::vector<std::string>& env,
                                             std::string_view name) {
  for (const std::string& variable : env) {
    const auto [left, right] = llvm::StringRef(variable).split('=');
    if (left == llvm::StringRef(name) && variable.size() > name.size()) return right.str();
  }
  return std::nullopt;
}

}  // namespace jaa::plugin
