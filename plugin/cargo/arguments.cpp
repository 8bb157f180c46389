#include "plugin/cargo/arguments.h"

#include <algorithm>
#include <array>
#include <span>
#include <system_error>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

enum class Meaning : uint8_t {
  // Cargo's; the first four are looked at on their way.
  Quiet,
  Verbose,
  Color,
  Config,
  PassOn,
  // Cargo's, and `cargo metadata` must see it too.
  Project,
  TargetDir,
  MessageFormat,
  // Ours.
  Help,
  Version,
  VerifyMode,
  NoUnlock,
  AllFixes,
  Stats,
  ExportFixes,
  // Ours, for `add` alone.
  EndsAt,
  KeepsSync,
  // Ours, for what edits.
  AllowDirty,
  AllowStaged,
  AllowNoVcs,
  BrokenCode,
  DryRun,
  // Ours, for `fix` alone.
  Interactive,
  Only,
  Pick,
  MaxIterations,
};
constexpr Meaning first_of_fix = Meaning::AllowDirty;

struct Option {
  StringRef name;
  char letter;
  bool has_value;
  Meaning meaning;
};

// Cargo's switches are not listed: an unknown flag passes on. Its flags with a
// value are, so that a value is never taken for a verb.
constexpr std::array options = {
    Option{"quiet", 'q', false, Meaning::Quiet},
    Option{"verbose", 'v', false, Meaning::Verbose},
    Option{"color", 0, true, Meaning::Color},
    Option{"config", 0, true, Meaning::Config},
    Option{"package", 'p', true, Meaning::PassOn},
    Option{"exclude", 0, true, Meaning::PassOn},
    Option{"bin", 0, true, Meaning::PassOn},
    Option{"test", 0, true, Meaning::PassOn},
    Option{"example", 0, true, Meaning::PassOn},
    Option{"bench", 0, true, Meaning::PassOn},
    Option{"features", 'F', true, Meaning::PassOn},
    Option{"target", 0, true, Meaning::PassOn},
    Option{"profile", 0, true, Meaning::PassOn},
    Option{"jobs", 'j', true, Meaning::PassOn},
    Option{"manifest-path", 0, true, Meaning::Project},
    Option{"lockfile-path", 0, true, Meaning::Project},
    Option{"unstable", 'Z', true, Meaning::Project},
    Option{"locked", 0, false, Meaning::Project},
    Option{"offline", 0, false, Meaning::Project},
    Option{"frozen", 0, false, Meaning::Project},
    Option{"target-dir", 0, true, Meaning::TargetDir},
    Option{"message-format", 0, true, Meaning::MessageFormat},
    Option{"help", 'h', false, Meaning::Help},
    Option{"version", 'V', false, Meaning::Version},
    Option{"verify", 0, true, Meaning::VerifyMode},
    Option{"no-unlock", 0, false, Meaning::NoUnlock},
    Option{"all-fixes", 0, false, Meaning::AllFixes},
    Option{"stats", 0, false, Meaning::Stats},
    Option{"export-fixes", 0, true, Meaning::ExportFixes},
    Option{"allow-dirty", 0, false, Meaning::AllowDirty},
    Option{"allow-staged", 0, false, Meaning::AllowStaged},
    Option{"allow-no-vcs", 0, false, Meaning::AllowNoVcs},
    Option{"broken-code", 0, false, Meaning::BrokenCode},
    Option{"dry-run", 0, false, Meaning::DryRun},
    Option{"diff", 0, false, Meaning::DryRun},
    Option{"interactive", 0, false, Meaning::Interactive},
    Option{"only", 0, true, Meaning::Only},
    Option{"pick", 0, true, Meaning::Pick},
    Option{"to", 0, true, Meaning::EndsAt},
    Option{"keep-sync", 0, false, Meaning::KeepsSync},
    Option{"max-iterations", 0, true, Meaning::MaxIterations},
};

constexpr StringRef cargo_formats =
    "human, short, json, json-diagnostic-short, json-diagnostic-rendered-ansi, "
    "json-render-diagnostics";

template <class... Parts>
llvm::Error usage_error(const Parts&... parts) {
  std::string text;
  ((text += StringRef(parts)), ...);
  return llvm::createStringError(std::errc::invalid_argument, "%s", text.c_str());
}

const Option* find_option(StringRef name) {
  return llvm::find_if(options, [&](const Option& option) { return option.name == name; });
}

const Option* find_option(char letter) {
  return llvm::find_if(options, [&](const Option& option) { return option.letter == letter; });
}

std::optional<Verb> parse_verb(StringRef name) {
  return llvm::StringSwitch<std::optional<Verb>>(name)
      .Case("check", Verb::Check)
      .Case("fix", Verb::Fix)
      .Case("add", Verb::Add)
      .Case("remove", Verb::Remove)
      .Case("explain", Verb::Explain)
      .Case("help", Verb::Help)
      .Default(std::nullopt);
}

// Reads the arguments one after another; `result` grows as it goes.
class Parser {
 public:
  explicit Parser(std::span<const std::string> arguments) : rest_(arguments) {}

  llvm::Expected<Arguments> run() {
    while (!rest_.empty()) {
      const std::string& argument = take();
      llvm::Error error = argument == "--"                        ? lint_levels()
                          : StringRef(argument).starts_with("--") ? long_flag(argument)
                          : StringRef(argument).starts_with("-")  ? short_flags(argument)
                                                                  : positional(argument);
      if (error) {
        return error;
      }
    }
    if (llvm::Error error = check_whole()) {
      return error;
    }
    return std::move(result_);
  }

 private:
  const std::string& take() {
    const std::string& argument = rest_.front();
    rest_ = rest_.subspan(1);
    return argument;
  }

  // The next argument when it can be a value. Cargo's `--bin` and `--package` may
  // stand without one, and `-j` takes a negative number.
  std::optional<std::string> next_value(const Option& option) {
    if (rest_.empty() || (StringRef(rest_.front()).starts_with("-") && option.letter != 'j')) {
      return std::nullopt;
    }
    return take();
  }

  llvm::Error positional(const std::string& argument) {
    if (has_verb_ && result_.topic.empty() &&
        (result_.verb == Verb::Explain || result_.verb == Verb::Help)) {
      result_.topic = argument;
      return llvm::Error::success();
    }
    const bool is_change = result_.verb == Verb::Add || result_.verb == Verb::Remove;
    if (has_verb_ && is_change && result_.function.empty()) {
      result_.function = argument;
      return llvm::Error::success();
    }
    const auto verb = has_verb_ ? std::nullopt : parse_verb(argument);
    if (verb) {
      has_verb_ = true;
      result_.verb = *verb;
      return llvm::Error::success();
    }
    if (!has_verb_ && result_.cargo.empty()) {
      return usage_error("no such verb: `", argument,
                         "`; expected check, fix, add, remove, explain or help");
    }
    // It may be the value of a flag of cargo's that we do not know.
    result_.cargo.push_back(argument);
    return llvm::Error::success();
  }

  llvm::Error long_flag(const std::string& argument) {
    const auto [name, attached] = StringRef(argument).drop_front(2).split('=');
    const bool is_attached = argument.find('=') != std::string::npos;
    const Option* const option = find_option(name);
    if (option == options.end() || name == "unstable") {
      result_.cargo.push_back(argument);
      return llvm::Error::success();
    }
    if (is_attached) {
      return apply(*option, {argument}, attached.str());
    }
    if (!option->has_value) {
      return apply(*option, {argument}, std::nullopt);
    }
    auto value = next_value(*option);
    return apply(*option, value ? std::vector{argument, *value} : std::vector{argument}, value);
  }

  // `-q`, `-qv`, `-j4`, `-p name`. A cluster passes to cargo whole, so only those
  // with help or version, which end everything anyway, are not exact.
  llvm::Error short_flags(const std::string& argument) {
    std::vector<std::string> raw = {argument};
    for (size_t at = 1; at < argument.size(); ++at) {
      const Option* const option = find_option(argument[at]);
      if (option == options.end()) {
        continue;
      }
      if (option->has_value) {
        std::optional<std::string> value;
        if (at + 1 < argument.size()) {
          value = argument.substr(at + 1 + (argument[at + 1] == '=' ? 1 : 0));
        } else if ((value = next_value(*option))) {
          raw.push_back(*value);
        }
        return apply(*option, raw, value);
      }
      if (option->meaning == Meaning::Help || option->meaning == Meaning::Version) {
        return apply(*option, {}, std::nullopt);
      }
      note(*option);
    }
    result_.cargo.insert(result_.cargo.end(), raw.begin(), raw.end());
    return llvm::Error::success();
  }

  void note(const Option& option) {
    result_.quiet |= option.meaning == Meaning::Quiet;
    result_.verbose |= option.meaning == Meaning::Verbose;
  }

  llvm::Error apply(const Option& option, const std::vector<std::string>& raw,
                    std::optional<std::string> value) {
    if (option.meaning >= Meaning::TargetDir && option.has_value != value.has_value()) {
      return usage_error("`--", option.name,
                         option.has_value ? "` needs a value" : "` takes no value");
    }
    if (option.meaning >= Meaning::Interactive && only_fix_flag_.empty()) {
      only_fix_flag_ = raw.front();
    }
    if (option.meaning >= first_of_fix && fix_flag_.empty()) {
      fix_flag_ = raw.front();
    }
    note(option);
    switch (option.meaning) {
      case Meaning::Color:
        result_.color = llvm::StringSwitch<ColorChoice>(value.value_or(""))
                            .Case("always", ColorChoice::Always)
                            .Case("never", ColorChoice::Never)
                            .Default(ColorChoice::Auto);
        pass_on(raw);
        break;
      case Meaning::Config:
        result_.config.push_back(value.value_or(""));
        [[fallthrough]];
      case Meaning::Project:
        result_.metadata.insert(result_.metadata.end(), raw.begin(), raw.end());
        [[fallthrough]];
      case Meaning::Quiet:
      case Meaning::Verbose:
      case Meaning::PassOn:
        pass_on(raw);
        break;
      case Meaning::TargetDir:
        result_.target_dir.insert(result_.target_dir.end(), {"--target-dir", *value});
        break;
      case Meaning::MessageFormat:
        return message_format(*value);
      case Meaning::Help:
        wants_help_ = true;
        break;
      case Meaning::Version:
        wants_version_ = true;
        break;
      case Meaning::VerifyMode:
        result_.verify = parse_verify(*value);
        if (!result_.verify) {
          return usage_error("`--verify` takes auto, always or never; found `", *value, "`");
        }
        break;
      case Meaning::NoUnlock:
        result_.no_unlock = true;
        break;
      case Meaning::AllFixes:
        result_.all_fixes = true;
        break;
      case Meaning::Stats:
        result_.stats = true;
        break;
      case Meaning::ExportFixes:
        if (value->empty()) {
          return usage_error("`--export-fixes` needs the name of a file");
        }
        result_.export_fixes = *value;
        break;
      case Meaning::AllowDirty:
        result_.fix.allow_dirty = true;
        break;
      case Meaning::AllowStaged:
        result_.fix.allow_staged = true;
        break;
      case Meaning::AllowNoVcs:
        result_.fix.allow_no_vcs = true;
        break;
      case Meaning::BrokenCode:
        result_.fix.broken_code = true;
        break;
      case Meaning::DryRun:
        result_.fix.dry_run = true;
        break;
      case Meaning::Interactive:
        result_.fix.interactive = true;
        break;
      case Meaning::EndsAt:
        result_.ends_at = *value;
        change_flag_ = raw.front();
        break;
      case Meaning::KeepsSync:
        result_.keeps_sync = true;
        change_flag_ = raw.front();
        break;
      case Meaning::Only:
        return only(*value);
      case Meaning::Pick:
        return pick(*value);
      case Meaning::MaxIterations:
        if (StringRef(*value).getAsInteger(10, result_.fix.max_rounds) ||
            result_.fix.max_rounds == 0) {
          return usage_error("`--max-iterations` takes a number from 1; found `", *value, "`");
        }
        break;
    }
    return llvm::Error::success();
  }

  void pass_on(const std::vector<std::string>& raw) {
    result_.cargo.insert(result_.cargo.end(), raw.begin(), raw.end());
  }

  llvm::Error message_format(const std::string& value) {
    const std::string lower = StringRef(value).lower();
    if (lower == "sarif" || lower == "github" || lower == "rdjson") {
      return usage_error("`--message-format ", lower,
                         "` is not available in this version; expected ", cargo_formats);
    }
    result_.message_formats.push_back(value);
    return llvm::Error::success();
  }

  llvm::Error only(const std::string& value) {
    llvm::SmallVector<StringRef> names;
    StringRef(value).split(names, ',');
    for (const StringRef name : names) {
      const auto lint = unscoped_lint(name);
      if (!lint) {
        return usage_error("`--only` takes names of lints of just_async; found `", value, "`");
      }
      result_.fix.only.push_back(*lint);
    }
    return llvm::Error::success();
  }

  llvm::Error pick(const std::string& value) {
    const auto [name, alternative] = StringRef(value).split('=');
    const auto lint = unscoped_lint(name);
    if (!lint || alternative.empty()) {
      return usage_error("`--pick` takes LINT=ALTERNATIVE; found `", value, "`");
    }
    result_.fix.picks[*lint] = alternative.str();
    return llvm::Error::success();
  }

  // All that follows `--`, in the forms rustc takes: `-W x`, `-Wx`, `--warn x`,
  // `--warn=x`.
  llvm::Error lint_levels() {
    while (!rest_.empty()) {
      const std::string& argument = take();
      StringRef value;
      StringRef level;
      if (StringRef(argument).starts_with("--")) {
        std::tie(level, value) = StringRef(argument).drop_front(2).split('=');
      } else if (StringRef(argument).starts_with("-")) {
        value = StringRef(argument).drop_front(std::min<size_t>(argument.size(), 2));
        level = llvm::StringSwitch<StringRef>(StringRef(argument).take_front(2))
                    .Case("-A", "allow")
                    .Case("-W", "warn")
                    .Case("-D", "deny")
                    .Case("-F", "forbid")
                    .Default("");
      }
      if (!is_lint_level(level)) {
        return usage_error("`", argument,
                           "` after `--`: expected a lint level: -A, -W, -D or -F with a lint");
      }
      if (value.empty() && rest_.empty()) {
        return usage_error("`", argument, "` needs the name of a lint");
      }
      const std::string name = value.empty() ? take() : value.str();
      const auto lint = unscoped_lint(name);
      if (!lint) {
        return usage_error("`", name,
                           "` is no lint of just_async; levels of other lints are set in ",
                           "the source or in the `[lints]` table of Cargo.toml");
      }
      result_.lint_levels.emplace_back(*lint, level.str());
    }
    return llvm::Error::success();
  }

  llvm::Error check_whole() {
    if (wants_version_) {
      result_.verb = Verb::Version;
    } else if (wants_help_) {
      const bool has_topic = has_verb_ && result_.verb != Verb::Help;
      result_.topic = !has_topic                      ? result_.topic
                      : result_.verb == Verb::Fix     ? "fix"
                      : result_.verb == Verb::Add     ? "add"
                      : result_.verb == Verb::Remove  ? "remove"
                      : result_.verb == Verb::Explain ? "explain"
                                                      : "check";
      result_.verb = Verb::Help;
    } else if (result_.verb != Verb::Add && !change_flag_.empty()) {
      return usage_error("`", change_flag_, "` belongs to `cargo async add`");
    } else if (result_.verb == Verb::Add || result_.verb == Verb::Remove) {
      if (!only_fix_flag_.empty()) {
        return usage_error("`", only_fix_flag_, "` belongs to `cargo async fix`");
      }
      if (result_.function.empty()) {
        return usage_error("which function? Expected its path, `name`, `Type::method` or ",
                           "`FILE:LINE`");
      }
    } else if (result_.verb != Verb::Fix && !fix_flag_.empty()) {
      return usage_error("`", fix_flag_, "` belongs to `cargo async fix`");
    } else if (result_.verb == Verb::Fix && result_.verify == Verify::Never) {
      return usage_error(
          "`cargo async fix` applies only what the compiler has accepted, so it "
          "cannot run with `--verify=never`");
    }
    return llvm::Error::success();
  }

  std::span<const std::string> rest_;
  Arguments result_;
  std::string change_flag_;    // a flag that only `add` takes
  std::string fix_flag_;       // the first flag that only what edits takes
  std::string only_fix_flag_;  // and one that only `fix` takes
  bool has_verb_ = false;
  bool wants_help_ = false;
  bool wants_version_ = false;
};

}  // namespace

bool Arguments::has_json_messages() const {
  return llvm::any_of(message_formats, [](const std::string& value) {
    return StringRef(value).lower().find("json") != std::string::npos;
  });
}

std::optional<std::string> unscoped_lint(std::string_view name) {
  StringRef rest = name;
  rest.consume_front("just_async::");
  if (!is_lint_name(rest)) {
    return std::nullopt;
  }
  return rest.str();
}

llvm::Expected<Arguments> parse_arguments(const std::vector<std::string>& arguments) {
  return Parser(arguments).run();
}

}  // namespace jaa::plugin
