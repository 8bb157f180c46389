#include "plugin/cargo/completion.h"

#include <algorithm>

#include "diag/catalogue.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

namespace {

// One edit from the first byte that differs to the last.
ReportedEdit difference(const std::string& path, const std::string& before,
                        const std::string& after) {
  const auto begins = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto ends =
      std::mismatch(before.rbegin(), std::string::const_reverse_iterator(begins.first),
                    after.rbegin(), std::string::const_reverse_iterator(begins.second));
  const auto begin = static_cast<uint32_t>(begins.first - before.begin());
  const auto end = static_cast<uint32_t>(ends.first.base() - before.begin());
  return {path, begin, end, before.substr(begin, end - begin),
          std::string(begins.second, ends.second.base())};
}

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
        fix.edits.push_back(difference(file.path, source.text, file.text));
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
