// `jaa analyze`: the session over recorded output. Everything comes from files;
// a missing or broken one costs what it held and is said, the rest goes on.
#include <algorithm>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "plugin/jaa/jaa_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "rustc/diagnostic.h"
#include "session/session.h"

namespace jaa::plugin {
namespace {

constexpr int ExitUsage = 1;

void warn(const base::Problem& problem) {
  llvm::errs() << "warning: " << problem.input;
  if (problem.line != 0) {
    llvm::errs() << ':' << problem.line;
  }
  llvm::errs() << ": " << problem.text << '\n';
}

std::vector<session::Source> read_wanted(const session::NeedSources& wanted,
                                         const std::string& root) {
  std::vector<session::Source> result;
  for (const std::string& path : wanted.paths) {
    llvm::Expected<std::string> text = read_file(path);
    if (!text) {
      if (path != root) {  // the root file is only a guess here
        warn({path, 0, llvm::toString(text.takeError())});
      }
      llvm::consumeError(text.takeError());
      continue;
    }
    const std::string display = is_within(path, root) && path.size() > root.size() + 1
                                    ? path.substr(root.size() + 1)
                                    : path;
    result.push_back({path, display, std::move(*text), root});
  }
  return result;
}

llvm::Expected<session::UnitDumps> read_dumps(const std::string& folder, const std::string& root) {
  session::UnitDumps unit{root, {}};
  std::error_code failed;
  for (llvm::sys::fs::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    const std::string name = llvm::sys::path::filename(at->path()).str();
    if (!llvm::StringRef(name).ends_with(".mir")) {
      continue;
    }
    llvm::Expected<std::string> text = read_file(at->path());
    if (!text) {
      warn({at->path(), 0, llvm::toString(text.takeError())});
      continue;
    }
    unit.dumps.push_back({name, std::move(*text)});
  }
  if (failed) {
    return llvm::createStringError(failed, "cannot read the folder %s: %s", folder.c_str(),
                                   failed.message().c_str());
  }
  std::sort(unit.dumps.begin(), unit.dumps.end(),
            [](const auto& a, const auto& b) { return a.file_name < b.file_name; });
  return unit;
}

}  // namespace

int analyze(const JaaArguments& arguments) {
  llvm::Expected<std::string> text = read_file(arguments.messages);
  if (!text) {
    llvm::errs() << "error: " << llvm::toString(text.takeError()) << '\n';
    return ExitUsage;
  }
  const std::string root = canonical_path(arguments.source).value_or(arguments.source);
  rustc::Messages messages = rustc::read_messages(*text, arguments.messages);
  for (const base::Problem& problem : messages.problems) {
    warn(problem);
  }
  session::Input input;
  input.cwd = root;
  input.root_source = root;
  input.package.edition = arguments.edition;
  input.diagnostics = std::move(messages.diagnostics);
  input.options.may_unlock = !arguments.mir.empty();
  input.options.may_verify = false;
  session::Session session(std::move(input));
  for (;;) {
    session::Request request = session.next();
    if (const auto* wanted = std::get_if<session::NeedSources>(&request)) {
      session.answer(read_wanted(*wanted, root));
    } else if (std::holds_alternative<session::NeedFacts>(request)) {
      llvm::Expected<session::UnitDumps> dumps = read_dumps(arguments.mir, root);
      if (!dumps) {
        llvm::errs() << "error: " << llvm::toString(dumps.takeError()) << '\n';
        return ExitUsage;
      }
      session.answer({std::move(*dumps)});
    } else {
      break;
    }
  }
  for (const base::Problem& problem : session.problems()) {
    warn(problem);
  }
  print_findings(session.findings(), session.sources(), arguments, "");
  return 0;
}

}  // namespace jaa::plugin
