#include "plugin/jaa/arguments.h"

#include <optional>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {
namespace {

llvm::Error usage(const std::string& text) {
  return llvm::createStringError(std::errc::invalid_argument, "%s", text.c_str());
}

// Takes `--name=value` or `--name value` from the list.
class Reader {
 public:
  explicit Reader(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  bool next() { return ++at_ < arguments_.size(); }
  [[nodiscard]] const std::string& text() const { return arguments_[at_]; }
  bool is_flag(llvm::StringRef name) const { return text() == name; }
  // The value, if this is that option; the empty optional inside an error-free
  // result never happens: a missing value is the error.
  llvm::Expected<std::optional<std::string>> value_of(llvm::StringRef name) {
    const llvm::StringRef argument = text();
    if (argument == name) {
      if (at_ + 1 >= arguments_.size()) {
        return usage("`" + name.str() + "` needs a value");
      }
      return arguments_[++at_];
    }
    if (argument.starts_with((name + "=").str())) {
      return argument.substr(name.size() + 1).str();
    }
    return std::nullopt;
  }
  std::vector<std::string> rest() {
    std::vector<std::string> result(arguments_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                                    arguments_.end());
    at_ = arguments_.size();
    return result;
  }

 private:
  const std::vector<std::string>& arguments_;
  size_t at_ = static_cast<size_t>(-1);
};

llvm::Expected<JaaFormat> parse_format(const std::string& text) {
  if (text == "human") {
    return JaaFormat::Human;
  }
  if (text == "json") {
    return JaaFormat::Json;
  }
  if (text == "jsonl") {
    return JaaFormat::Jsonl;
  }
  return usage("`--message-format` is human, json or jsonl; found `" + text + "`");
}

llvm::Expected<JaaVerb> parse_verb(const std::string& text) {
  if (text == "check") {
    return JaaVerb::Check;
  }
  if (text == "fix") {
    return JaaVerb::Fix;
  }
  if (text == "add") {
    return JaaVerb::Add;
  }
  if (text == "remove") {
    return JaaVerb::Remove;
  }
  if (text == "analyze") {
    return JaaVerb::Analyze;
  }
  if (text == "mir") {
    return JaaVerb::Mir;
  }
  if (text == "help" || text == "--help" || text == "-h") {
    return JaaVerb::Help;
  }
  if (text == "--version" || text == "-V") {
    return JaaVerb::Version;
  }
  return usage("no such command: `" + text +
               "`; there are check, fix, add, remove, analyze and mir");
}

// A verb must have what it works on.
llvm::Error check_complete(const JaaArguments& result) {
  if ((result.verb == JaaVerb::Check || result.verb == JaaVerb::Fix) && result.file.empty()) {
    return usage("which file? Expected a path to a Rust source file");
  }
  const bool is_change = result.verb == JaaVerb::Add || result.verb == JaaVerb::Remove;
  if (is_change && (result.file.empty() || result.target.empty())) {
    return usage("expected a Rust source file and the path of a function in it");
  }
  if (result.verb == JaaVerb::Analyze && (result.messages.empty() || result.source.empty())) {
    return usage("`analyze` needs --messages FILE and --source ROOT");
  }
  if (result.verb == JaaVerb::Mir && result.paths.empty()) {
    return usage("`mir` needs a dump, a folder of dumps or a Rust source file");
  }
  return llvm::Error::success();
}

}  // namespace

llvm::Expected<JaaArguments> parse_jaa_arguments(const std::vector<std::string>& arguments) {
  JaaArguments result;
  Reader reader(arguments);
  if (!reader.next()) {
    return result;
  }
  llvm::Expected<JaaVerb> verb = parse_verb(reader.text());
  if (!verb) {
    return verb.takeError();
  }
  result.verb = *verb;
  const std::vector<std::pair<llvm::StringRef, std::string*>> values{
      {"--edition", &result.edition},   {"--export-fixes", &result.export_fixes},
      {"--function", &result.function}, {"--messages", &result.messages},
      {"--mir", &result.mir},           {"--source", &result.source},
      {"--to", &result.ends_at}};
  while (reader.next()) {
    bool is_taken = false;
    for (const auto& [name, target] : values) {
      auto value = reader.value_of(name);
      if (!value) {
        return value.takeError();
      }
      if (*value) {
        *target = std::move(**value);
        is_taken = true;
        break;
      }
    }
    if (is_taken) {
      continue;
    }
    auto format = reader.value_of("--message-format");
    if (!format) {
      return format.takeError();
    }
    if (*format) {
      auto parsed = parse_format(**format);
      if (!parsed) {
        return parsed.takeError();
      }
      result.format = *parsed;
      continue;
    }
    auto pick = reader.value_of("--pick");
    if (!pick) {
      return pick.takeError();
    }
    auto only = reader.value_of("--only");
    if (!only) {
      return only.takeError();
    }
    if (*pick) {
      result.picks.push_back(std::move(**pick));
    } else if (*only) {
      llvm::SmallVector<llvm::StringRef> names;
      llvm::StringRef(**only).split(names, ',');
      result.only.insert(result.only.end(), names.begin(), names.end());
    } else if (reader.is_flag("--no-verify")) {
      result.verify = false;
    } else if (reader.is_flag("--no-unlock")) {
      result.unlock = false;
    } else if (reader.is_flag("--all-fixes")) {
      result.all_fixes = true;
    } else if (reader.is_flag("--dot")) {
      result.dot = true;
    } else if (reader.is_flag("--dry-run")) {
      result.dry_run = true;
    } else if (reader.is_flag("--keep-sync")) {
      result.keeps_sync = true;
    } else if (reader.is_flag("--")) {
      result.rustc = reader.rest();
    } else if (reader.is_flag("--help") || reader.is_flag("-h")) {
      result.verb = JaaVerb::Help;
      return result;
    } else if (llvm::StringRef(reader.text()).starts_with("-")) {
      return usage("unknown option `" + reader.text() + "`");
    } else if (result.verb == JaaVerb::Mir) {
      result.paths.push_back(reader.text());
    } else if (result.file.empty()) {
      result.file = reader.text();
    } else if ((result.verb == JaaVerb::Add || result.verb == JaaVerb::Remove) &&
               result.target.empty()) {
      result.target = reader.text();
    } else {
      return usage("one file at a time: `" + result.file + "` and `" + reader.text() + "`");
    }
  }
  if (llvm::Error incomplete = check_complete(result)) {
    return incomplete;
  }
  return result;
}

std::string_view jaa_help() {
  return R"(Explains async errors of one Rust file, or of a compiler's recorded output

Usage:
  jaa check [OPTIONS] FILE.rs [-- RUSTC-ARGUMENTS]
  jaa fix [OPTIONS] FILE.rs [-- RUSTC-ARGUMENTS]
  jaa add [OPTIONS] FILE.rs FUNCTION [-- RUSTC-ARGUMENTS]
  jaa remove [OPTIONS] FILE.rs FUNCTION [-- RUSTC-ARGUMENTS]
  jaa analyze --messages FILE [--mir DIR] --source ROOT [OPTIONS]
  jaa mir [OPTIONS] PATH.. [-- RUSTC-ARGUMENTS]

`check` compiles the file and prints findings; `fix` applies the fixes that the
compiler has accepted and that keep what the program does. `add` makes a function of a
program that compiles async (`name`, `Type::method`, `module::name`, `FILE.rs:LINE`) and
carries that through its callers to `main`; `remove` takes it back. `analyze` starts no
process: it reads rustc's JSON messages and a folder of MIR dumps. `mir` shows what
is understood of MIR (`.mir` dumps, folders of them, or a source file): suspend
points and what each saves, held guards, calls; with --message-format jsonl one
summary a line.

Options:
  --edition E               Rust edition of the file [default: 2021]
  --message-format FORMAT   human, json (rustc's own form) or jsonl [default: human]
  --pick FINDING=FIX        fix: apply this accepted alternative
  --only FINDING[,FINDING]  fix: only these
  --export-fixes FILE       check: write the fixes that `fix` would apply first to FILE,
                            fix: those that were applied; as YAML for
                            clang-apply-replacements
  --function TEXT           mir: only bodies with this in their path
  --dot                     mir: the call graph, or with --function the control flow,
                            for Graphviz
  --dry-run                 fix, add, remove: print a diff, change nothing
  --to FUNCTION             add: end in this function, which waits for the future
  --keep-sync               add: public functions keep a form that is not async, and the
                            async one is `NAME_async`
  --all-fixes               show every alternative
  --no-verify               do not try fixes
  --no-unlock               do not run the compiler a second time for its MIR

Exit codes: 0 the file compiles (analyze: the input was read), 101 it does not,
1 wrong usage or a file that cannot be read.
)";
}

}  // namespace jaa::plugin
