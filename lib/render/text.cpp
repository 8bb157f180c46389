#include "render/text.h"

#include <algorithm>

#include "render/minimal_edits.h"
#include "render/report.h"

namespace jaa::render {
namespace {

using Kind = base::Verdict::Kind;

// "1 other error remains", "3 other errors remain"
std::string remaining(uint32_t errors) {
  return std::to_string(errors) + (errors == 1 ? " other error remains" : " other errors remain");
}

std::string check_text(const base::FixIt& fix, const std::string& compiler) {
  const base::Verdict& verdict = fix.verdict;
  switch (verdict.kind) {
    case Kind::Accepted: {
      std::string text = "checked: this fix compiles";
      if (!compiler.empty()) {
        text += " (" + compiler + ")";
      }
      if (verdict.remaining_errors > 0) {
        text += "; " + remaining(verdict.remaining_errors) + " elsewhere";
      }
      return text;
    }
    case Kind::Rejected:
      return "rejected by the compiler: " + verdict.reason;
    case Kind::Unknown:
      return "not checked: " +
             (verdict.reason.empty() ? "the compiler could not tell" : verdict.reason);
    case Kind::Untried:
      return fix.has_placeholders ? "not checked: parts of this fix are yours to fill in"
                                  : "not checked: this fix was not tried";
  }
  return {};
}

class ReportBuilder {
 public:
  ReportBuilder(const base::Finding& finding, const base::SourceFiles& sources,
                const TextOptions& options)
      : finding_(finding), sources_(sources), options_(options) {}

  Report run() {
    std::vector<Annotation> annotations{{finding_.primary.span, true, finding_.primary.text}};
    for (const base::Label& label : finding_.secondary) {
      annotations.push_back({label.span, false, label.text});
    }
    report_.push_back({finding_.level, full_code(finding_), finding_.message,
                       snippets(std::move(annotations), sources_)});
    for (const base::Note& note : finding_.notes) {
      add_note(note);
    }
    add_fixes();
    return std::move(report_);
  }

 private:
  void add_message(base::Level level, std::string text) {
    report_.back().elements.push_back(Message{level, std::move(text)});
  }

  void add_note(const base::Note& note) {
    if (!note.place) {
      add_message(note.level, note.text);
      return;
    }
    report_.push_back({note.level,
                       {},
                       note.text,
                       snippets({{note.place->span, true, note.place->text}}, sources_)});
  }

  void add_fixes() {
    const base::FixIt* const lead = lead_fix(finding_);
    if (options_.all_fixes) {
      for (const base::FixIt& fix : finding_.fixits) {
        if (fix.verdict.kind != Kind::Rejected) {
          add_fix(fix);
        }
      }
    } else if (lead != nullptr) {
      add_fix(*lead);
      add_hint(*lead);
    }
    if (options_.verbose) {
      for (const base::FixIt& fix : finding_.fixits) {
        if (fix.verdict.kind == Kind::Rejected) {
          add_message(base::Level::Note, "not offered, as the compiler rejects it: " + fix.title +
                                             "\n" + fix.verdict.reason);
        }
      }
    }
  }

  void add_fix(const base::FixIt& fix) {
    // Advice in words has no edits; edits that do not fit cannot be shown.
    const bool has_edits = !fix.edits.empty() && edits_fit(sources_, fix.edits);
    if (!has_edits) {
      add_message(base::Level::Help, fix.title);
    } else {
      add_diff(fix);
      add_message(base::Level::Note, check_text(fix, options_.compiler));
    }
    if (!fix.trade_off.empty()) {
      add_message(base::Level::Note, fix.trade_off);
    }
  }

  // One suggestion a file, the finding's own file first.
  void add_diff(const base::FixIt& fix) {
    std::vector<Suggestion> files;
    for (base::Edit& edit : minimal_edits(sources_, fix.edits)) {
      if (files.empty() || files.back().file != edit.span.file) {
        files.push_back({edit.span.file, {}});
      }
      files.back().edits.push_back(std::move(edit));
    }
    std::stable_partition(files.begin(), files.end(), [this](const Suggestion& suggestion) {
      return suggestion.file == finding_.primary.span.file;
    });
    report_.push_back({base::Level::Help, {}, fix.title, {files.begin(), files.end()}});
  }

  // The other fixes that are as well founded as the one shown, by name.
  void add_hint(const base::FixIt& lead) {
    std::string names;
    size_t count = 0;
    for (const base::FixIt& fix : finding_.fixits) {
      const bool is_as_good = lead.verdict.kind == Kind::Accepted
                                  ? fix.verdict.kind == Kind::Accepted
                                  : fix.verdict.kind != Kind::Rejected;
      if (&fix != &lead && is_as_good) {
        names += (count++ == 0 ? "`" : ", `") + fix.name + "`";
      }
    }
    if (count > 0) {
      add_message(base::Level::Help,
                  std::to_string(count) + (count == 1 ? " more fix (" : " more fixes (") + names +
                      "): see `cargo async explain " + full_code(finding_) + "`");
    }
  }

  const base::Finding& finding_;
  const base::SourceFiles& sources_;
  const TextOptions& options_;
  Report report_;
};

}  // namespace

std::string full_code(const base::Finding& finding) {
  return "just_async::" + finding.code;
}

const base::FixIt* lead_fix(const base::Finding& finding) {
  const auto first = [&finding](auto&& matches) -> const base::FixIt* {
    const auto found = std::find_if(finding.fixits.begin(), finding.fixits.end(), matches);
    return found == finding.fixits.end() ? nullptr : &*found;
  };
  const auto* accepted =
      first([](const base::FixIt& fix) { return fix.verdict.kind == Kind::Accepted; });
  return accepted != nullptr
             ? accepted
             : first([](const base::FixIt& fix) { return fix.verdict.kind != Kind::Rejected; });
}

namespace {

std::string short_text(const base::Finding& finding, const base::SourceFiles& sources) {
  std::string text;
  const base::Span& span = finding.primary.span;
  if (span.is_valid() && span.file.index() < sources.size()) {
    const base::LineColumn place = sources.line_column(span.file, span.begin);
    text.append(sources.display(span.file)).append(":");
    text += std::to_string(place.line) + ":" + std::to_string(place.column) + ": ";
  }
  text.append(level_name(finding.level)).append("[" + full_code(finding) + "]: ");
  return text + finding.message + "\n";
}

}  // namespace

std::string render_text(const base::Finding& finding, const base::SourceFiles& sources,
                        const TextOptions& options) {
  if (options.is_short) {
    return short_text(finding, sources);
  }
  const Report report = ReportBuilder(finding, sources, options).run();
  return print(report, sources, {options.color, options.unicode, options.width}) + "\n\n";
}

}  // namespace jaa::render
