#include "plugin/rustc/arguments.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"

namespace jaa::plugin {
namespace {

// Long options that take no value; all others do. An option of a future rustc is
// more likely to have one, and then usually with `=`.
constexpr std::array FlagsWithoutValue = {"--test", "--help", "--version", "--verbose"};
// Short options whose value may be joined ("-Cx=y") or apart ("-C x=y").
constexpr std::string_view ShortWithValue = "CZLloAWDF";

std::string file_name(std::string_view path) {
  return llvm::sys::path::filename(llvm::StringRef(path)).str();
}

// `dep-info,metadata=/some/path`: each path moves into the folder.
std::string redirect_emit(std::string_view value, const std::string& folder) {
  llvm::SmallVector<llvm::StringRef, 4> kinds;
  llvm::StringRef(value).split(kinds, ',');
  std::vector<std::string> result;
  for (const llvm::StringRef kind : kinds) {
    const auto [name, path] = kind.split('=');
    // `=-` is standard output, which moves nowhere.
    const bool has_file = !path.empty() && path != "-";
    result.push_back(has_file ? name.str() + "=" + folder + "/" + file_name(path) : kind.str());
  }
  return llvm::join(result, ",");
}

}  // namespace

std::vector<Argument> split_arguments(const std::vector<std::string>& argv) {
  std::vector<Argument> result;
  for (size_t i = 1; i < argv.size();) {
    const std::string_view text = argv[i];
    Argument argument;
    argument.first = i;
    const auto take_next = [&] {
      if (i + 1 >= argv.size()) return;
      argument.value = argv[i + 1];
      argument.count = 2;
    };
    if (text.starts_with("--") && text.size() > 2) {
      const size_t equals = text.find('=');
      argument.name = text.substr(0, equals);
      if (equals != std::string_view::npos) {
        argument.value = text.substr(equals + 1);
      } else if (!std::ranges::count(FlagsWithoutValue, text)) {
        take_next();
      }
    } else if (text.starts_with('-') && text.size() > 1) {
      argument.name = text.substr(0, 2);
      if (text.size() > 2) {
        argument.value = text.substr(2);
      } else if (ShortWithValue.find(text[1]) != std::string_view::npos) {
        take_next();
      }
    } else {
      argument.value = text;  // a file, `-` or `@response`
    }
    if (argument.name == "--codegen") argument.name = "-C";
    i += argument.count;
    result.push_back(argument);
  }
  return result;
}

std::vector<std::string> redirect(const std::vector<std::string>& argv, const Redirection& to) {
  std::vector<std::string> result;
  if (!argv.empty()) result.push_back(argv[0]);
  for (const Argument& argument : split_arguments(argv)) {
    // The folder is ours alone, so files may have the names that rustc gives them; one
    // name for several outputs (`-o`) would only make it warn.
    if (argument.name == "--out-dir" || argument.name == "-o") continue;
    if (argument.name == "--emit") {
      if (!to.emit) result.push_back("--emit=" + redirect_emit(argument.value, to.out_dir));
    } else if (argument.name == "-C" && argument.value.starts_with("incremental=") &&
               to.incremental) {
      if (to.incremental->empty()) continue;
      result.push_back("-C");
      result.push_back("incremental=" + *to.incremental);
    } else {
      for (size_t i = 0; i < argument.count; ++i) result.push_back(argv[argument.first + i]);
    }
  }
  if (to.emit) result.push_back("--emit=" + *to.emit);
  result.push_back("--out-dir=" + to.out_dir);
  return result;
}

}  // namespace jaa::plugin
