#include "plugin/rustc/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

namespace {

constexpr std::array<std::string_view, 3> verify_names = {"auto", "always", "never"};
constexpr std::array<std::string_view, 4> level_names = {"allow", "warn", "deny", "forbid"};

std::string levels_text(const LintLevels& levels) {
  std::string text;
  for (const auto& [name, level] : levels) {
    text += (text.empty() ? "" : ",") + name + ":" + level;
  }
  return text;
}

bool parse_levels(llvm::StringRef text, LintLevels& levels) {
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, ',', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef part : parts) {
    const auto [name, level] = part.split(':');
    if (!is_lint_name(name) || !is_lint_level(level)) {
      return false;
    }
    levels[name.str()] = level.str();
  }
  return true;
}

bool parse_flag(llvm::StringRef text, bool& flag) {
  flag = text == "yes";
  return flag || text == "no";
}

bool parse_seconds(llvm::StringRef text, double& seconds) {
  const auto [end, error] = std::from_chars(text.begin(), text.end(), seconds);
  return error == std::errc() && end == text.end() && std::isfinite(seconds) && seconds >= 0;
}

bool parse_part(llvm::StringRef part, Settings& settings) {
  constexpr llvm::StringLiteral package_prefix = "lints@";
  const auto [key, value] = part.split('=');
  if (key == "verify") {
    const auto verify = parse_verify(value);
    settings.verify = verify.value_or(Verify::Auto);
    return verify.has_value();
  }
  if (key == "budget") {
    return parse_seconds(value, settings.verify_budget_seconds);
  }
  if (key == "timeout") {
    return parse_seconds(value, settings.trial_timeout_seconds);
  }
  if (key == "unlock") {
    return parse_flag(value, settings.unlock);
  }
  if (key == "all-fixes") {
    return parse_flag(value, settings.all_fixes);
  }
  if (key == "verbose") {
    return parse_flag(value, settings.verbose);
  }
  if (key == "unicode") {
    return parse_flag(value, settings.unicode);
  }
  if (key == "lints") {
    return parse_levels(value, settings.lint_levels);
  }
  if (key.starts_with(package_prefix)) {
    const std::string package = key.drop_front(package_prefix.size()).str();
    return parse_levels(value, settings.package_lint_levels[package]);
  }
  return false;
}

}  // namespace

std::optional<Verify> parse_verify(std::string_view text) {
  const auto* const found = std::find(verify_names.begin(), verify_names.end(), text);
  if (found == verify_names.end()) {
    return std::nullopt;
  }
  return static_cast<Verify>(found - verify_names.begin());
}

bool is_lint_level(std::string_view text) {
  return std::find(level_names.begin(), level_names.end(), text) != level_names.end();
}

bool is_lint_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Settings Settings::for_package(const std::string& package) const {
  Settings result = *this;
  result.package_lint_levels.clear();
  if (const auto own = package_lint_levels.find(package); own != package_lint_levels.end()) {
    for (const auto& [name, level] : own->second) {
      result.lint_levels[name] = level;
    }
  }
  return result;
}

std::string Settings::to_string() const {
  const auto flag = [](bool value) { return value ? "yes" : "no"; };
  std::string text = "verify=";
  text += verify_names[static_cast<size_t>(verify)];
  const auto seconds = [](double number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return std::string(digits.data(), end.ptr);
  };
  // Where they mean nothing they would make cargo run units again for nothing.
  if (verify == Verify::Auto) {
    text += " budget=" + seconds(verify_budget_seconds);
  }
  if (verify != Verify::Never && trial_timeout_seconds != Settings().trial_timeout_seconds) {
    text += " timeout=" + seconds(trial_timeout_seconds);
  }
  text += std::string(" unlock=") + flag(unlock) + " all-fixes=" + flag(all_fixes) +
          " verbose=" + flag(verbose) + " unicode=" + flag(unicode);
  if (!lint_levels.empty()) {
    text += " lints=" + levels_text(lint_levels);
  }
  for (const auto& [package, levels] : package_lint_levels) {
    if (!levels.empty()) {
      text += " lints@" + package + "=" + levels_text(levels);
    }
  }
  return text;
}

llvm::Expected<Settings> Settings::parse(std::string_view text) {
  Settings settings;
  llvm::SmallVector<llvm::StringRef> parts;
  llvm::StringRef(text).split(parts, ' ', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef part : parts) {
    if (!parse_part(part, settings)) {
      return llvm::createStringError(std::errc::invalid_argument, "settings: `%s` not understood",
                                     part.str().c_str());
    }
  }
  return settings;
}

}  // namespace jaa::plugin
