#include "plugin/cargo/fix_dialogue.h"

#include <algorithm>
#include <utility>

#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

// The same finding in the next round, when edits above have moved it.
std::string identity(const ReportedFinding& finding) {
  std::string text = finding.path + '\n' + finding.code + '\n' + finding.message;
  for (const ReportedFix& fix : finding.fixes) {
    text += '\n' + fix.name;
    for (const ReportedEdit& edit : fix.edits) {
      text += '\n' + edit.old_text + '\n' + edit.text;
    }
  }
  return text;
}

std::string head(const ReportedFinding& finding) {
  return finding.display + ":" + std::to_string(finding.line) + ":" +
         std::to_string(finding.column) + ": " + finding.code + ": " + finding.message + "\n";
}

}  // namespace

FixChoice FixDialogue::choose(std::vector<ReportedFinding> findings) {
  FixChoice choice;
  std::map<std::string, size_t> known = declined_;
  for (ReportedFinding& finding : distinct_findings(std::move(findings), arguments_)) {
    if (has_quit_ || skipped_codes_.contains(finding.code)) {
      continue;
    }
    const std::string key = identity(finding);
    if (const auto before = known.find(key); before != known.end() && before->second > 0) {
      --before->second;
      continue;
    }
    std::vector<Offer> offered = offers(finding);
    if (offered.empty()) {
      continue;
    }
    std::optional<size_t> taken;
    if (!takes_all_) {
      show(finding, offered);
      taken = ask(finding, offered);
    } else if (is_automatic(offered.front().fix)) {
      taken = 0;
    }
    if (taken) {
      finding.fixes.clear();
      choice.chosen.push_back({std::move(finding), std::move(offered[*taken].fix)});
    } else {
      ++declined_[key];
    }
  }
  return choice;
}

// First what would be applied unasked, which is what `y` takes; a pick goes before it.
std::vector<FixDialogue::Offer> FixDialogue::offers(const ReportedFinding& finding) const {
  std::vector<Offer> result;
  for (const ReportedFix& fix : finding.fixes) {
    if (!is_pickable(fix)) {
      continue;
    }
    const FixPreview preview = preview_({finding, fix});
    if (preview.objection.empty()) {
      result.push_back({fix, preview.diff});
    } else {
      console_.note(preview.objection);
    }
  }
  const auto pick = arguments_.picks.find(finding.code);
  const auto rank = [&](const Offer& offer) {
    const bool is_picked = pick != arguments_.picks.end() && pick->second == offer.fix.name;
    return is_picked ? 0 : is_automatic(offer.fix) ? 1 : 2;
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](const Offer& a, const Offer& b) { return rank(a) < rank(b); });
  return result;
}

void FixDialogue::show(const ReportedFinding& finding, const std::vector<Offer>& offers) const {
  console_.err << '\n' << (finding.rendered.empty() ? head(finding) : finding.rendered);
  for (size_t index = 0; index < offers.size(); ++index) {
    const ReportedFix& fix = offers[index].fix;
    console_.err << '\n' << index + 1 << ". " << fix.title << " (`" << fix.name << "`)\n";
    if (!fix.trade_off.empty()) {
      console_.err << "   " << fix.trade_off << '\n';
    }
    if (!fix.keeps_meaning) {
      console_.err << "   it may change what the program does\n";
    }
    console_.err << offers[index].diff;
  }
}

std::optional<size_t> FixDialogue::ask(const ReportedFinding& finding,
                                       const std::vector<Offer>& offers) {
  const std::string last = std::to_string(offers.size());
  const std::string numbers = offers.size() == 1 ? "1" : "1-" + last;
  for (;;) {
    console_.err << "\napply a fix? [y, " << numbers << ", n, s, a, q, ?] ";
    console_.err.flush();
    const std::optional<std::string> line = read_line_();
    if (!line) {
      console_.err << '\n';
      has_quit_ = true;
      return std::nullopt;
    }
    const std::string answer = StringRef(*line).trim().lower();
    size_t number = 0;
    if (!StringRef(answer).getAsInteger(10, number) && number >= 1 && number <= offers.size()) {
      return number - 1;
    }
    if (answer == "y" || answer == "yes") {
      return 0;
    }
    if (answer == "a" || answer == "all") {
      takes_all_ = true;
      return 0;
    }
    if (answer == "n" || answer == "no") {
      return std::nullopt;
    }
    if (answer == "s" || answer == "skip") {
      skipped_codes_.insert(finding.code);
      return std::nullopt;
    }
    if (answer == "q" || answer == "quit") {
      has_quit_ = true;
      return std::nullopt;
    }
    console_.err << "y    apply fix 1\n"
                 << numbers << (numbers.size() == 1 ? "    " : "  ") << "apply that fix\n"
                 << "n    leave this finding as it is\n"
                    "s    leave every `"
                 << finding.code
                 << "` as it is\n"
                    "a    apply fix 1, and from here on, unasked, what keeps what the program "
                    "does\n"
                    "q    ask no more; what was chosen so far is applied\n";
  }
}

}  // namespace jaa::plugin
