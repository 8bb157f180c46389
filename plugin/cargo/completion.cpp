#include "plugin/cargo/completion.h"

#include "diag/catalogue.h"
#include "llvm/ADT/StringRef.h"
#include "plugin/rustc/text_edits.h"

namespace jaa::plugin {

namespace {

std::string code() {
  return std::string(diag::missing_await::name);
}

}  // namespace

bool may_complete(const FixArguments& arguments) {
  return !arguments.picks.contains(code());
}

std::optional<ReportedFinding> completion(const AsyncChange& change, const AsyncChangeHost& host) {
  if (change.exit_code != 0 || change.files.empty() || change.begun.empty()) {
    return std::nullopt;
  }
  ReportedFinding finding;
  const BegunFunction& first = change.begun.front();
  finding.code = code();
  finding.level = base::Level::Error;
  finding.message = "`" + first.name + "` became async, and not yet all that calls it";
  finding.path = first.path;
  finding.begin = first.begin;
  finding.end = first.end;
  ReportedFix fix;
  fix.name = "carry_through";
  fix.title = "carry `async` through the callers";
  fix.verdict = base::Verdict::Kind::Accepted;
  fix.keeps_meaning = true;
  for (const session::Source& source : host.sources) {
    if (source.path == first.path) {
      const llvm::StringRef before = llvm::StringRef(source.text).take_front(first.begin);
      finding.display = source.display;
      finding.line = static_cast<uint32_t>(before.count('\n')) + 1;
      finding.column = static_cast<uint32_t>(before.size() - (before.rfind('\n') + 1)) + 1;
    }
    for (const fixit::EditedFile& file : change.files) {
      if (file.path == source.path) {
        for (ReportedEdit& edit : edits_between(file.path, source.text, file.text)) {
          fix.edits.push_back(std::move(edit));
        }
      }
    }
  }
  finding.fixes = {std::move(fix)};
  finding.rendered = "error[just_async::" + finding.code + "]: " + finding.message + "\n  --> " +
                     finding.display + ":" + std::to_string(finding.line) + ":" +
                     std::to_string(finding.column) + "\n" + change.plan;
  for (const std::string& note : change.notes) {
    finding.rendered += "note: " + note + "\n";
  }
  return finding;
}

}  // namespace jaa::plugin
