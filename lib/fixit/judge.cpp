#include "fixit/judge.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "base/paths.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::fixit {
namespace {

using Kind = base::Verdict::Kind;

// Lines of the new text that one fix is answerable for in one file, 1-based,
// inclusive: its whole function, or else from its first edit to its last.
struct ChangedLines {
  std::string path;
  uint32_t first = 0;
  uint32_t last = 0;
  // The edits alone, without the rest of the function.
  uint32_t first_edited = 0;
  uint32_t last_edited = 0;
  size_t fix = 0;
};

// Those of one edit.
struct EditedLines {
  std::string path;
  uint32_t first = 0;
  uint32_t last = 0;
  size_t fix = 0;
};

uint32_t newlines(std::string_view text) {
  return static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
}

std::vector<ChangedLines> changed_lines(const std::vector<TriedFix>& fixes,
                                        const base::SourceFiles& sources,
                                        std::vector<EditedLines>& edited_lines) {
  struct Placed {
    const base::Edit* edit;
    size_t fix;
  };
  std::map<base::FileId, std::vector<Placed>> by_file;
  for (size_t index = 0; index < fixes.size(); ++index) {
    for (const base::Edit& edit : fixes[index].edits) {
      by_file[edit.span.file].push_back({&edit, index});
    }
  }
  std::vector<ChangedLines> result;
  for (auto& [edited, placed_edits] : by_file) {
    // Names of a binding cannot be captured by a lambda.
    const base::FileId file = edited;
    std::vector<Placed>& placed = placed_edits;
    std::stable_sort(placed.begin(), placed.end(),
                     [](const Placed& a, const Placed& b) { return a.edit->span < b.edit->span; });
    // The new line of an old offset: all edits before it have moved it.
    const auto new_line = [&](uint32_t offset, bool past_edit) {
      auto line = static_cast<int64_t>(sources.line_column(file, offset).line);
      for (const Placed& one : placed) {
        const base::Span& span = one.edit->span;
        if (span.begin < offset || (past_edit && span.begin == offset)) {
          line += static_cast<int64_t>(newlines(one.edit->text)) -
                  static_cast<int64_t>(newlines(sources.text(span)));
        }
      }
      return static_cast<uint32_t>(line);
    };
    std::map<size_t, base::Span> extents;
    for (const Placed& one : placed) {
      const base::Span& span = one.edit->span;
      edited_lines.push_back({std::string(sources.path(file)), new_line(span.begin, false),
                              new_line(span.end, true), one.fix});
      auto [at, is_new] = extents.try_emplace(one.fix, one.edit->span);
      at->second.end = std::max(at->second.end, one.edit->span.end);
    }
    for (const auto& [fix, extent] : extents) {
      const base::Span& all = fixes[fix].body.contains(extent) ? fixes[fix].body : extent;
      result.push_back({std::string(sources.path(file)), new_line(all.begin, false),
                        new_line(all.end, true), new_line(extent.begin, false),
                        new_line(extent.end, true), fix});
    }
  }
  return result;
}

// Calls `visit` with each span of the diagnostic and of its children.
template <class Visit>
void each_span(const rustc::Diagnostic& diagnostic, Visit visit) {
  for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
    visit(span);
  }
  for (const rustc::Diagnostic& child : diagnostic.children) {
    for (const rustc::DiagnosticSpan& span : child.spans) {
      visit(span);
    }
  }
}

bool is_of_name(char byte) {
  return (std::isalnum(static_cast<unsigned char>(byte)) != 0) || byte == '_';
}

// Places in generated names move with the lines: `{async block@a.rs:3:1: 3:6}`.
std::string without_places(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    result.push_back(text[at]);
    if (text[at] == ':') {
      while (at + 1 < text.size() &&
             (std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0)) {
        ++at;
      }
    }
  }
  return result;
}

// A type is written with its path or without, as rustc finds it needed: `std::string::String`
// and `String` are the same.
std::string without_paths(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "::" && at > 0 && is_of_name(text[at - 1]) && at + 2 < text.size() &&
        is_of_name(text[at + 2])) {
      while (!result.empty() && is_of_name(result.back())) result.pop_back();
      ++at;
      continue;
    }
    result.push_back(text[at]);
  }
  return result;
}

// What the diagnostic says beside its message: the text at all its labels. Two
// errors at one place that name different values differ in it.
std::string detail_key(const rustc::Diagnostic& diagnostic) {
  std::string key;
  each_span(diagnostic, [&key](const rustc::DiagnosticSpan& span) {
    key += '\n' + without_paths(without_places(span.label));
    for (const rustc::SpanLine& line : span.text) {
      key += '\n' + llvm::StringRef(line.text).trim().str();
    }
  });
  return key;
}

// Names of types in a text.
std::set<std::string> names_in(std::string_view text) {
  std::set<std::string> result;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_of_name(text[end])) ++end;
    const std::string_view name = text.substr(at, end - at);
    if (!name.empty() && std::isupper(static_cast<unsigned char>(name.front())) != 0)
      result.emplace(name);
    at = std::max(end, at + 1);
  }
  return result;
}

using Counts = std::map<std::string, int>;

class Judge {
 public:
  Judge(const Baseline& baseline, const std::vector<TriedFix>& fixes, const TrialOutcome& outcome,
        const base::SourceFiles& sources)
      : baseline_(baseline),
        fixes_(fixes),
        outcome_(outcome),
        changed_(changed_lines(fixes, sources, edited_)) {
    for (const rustc::Diagnostic& diagnostic : baseline.diagnostics) {
      ++known_[diagnostic_key(diagnostic)];
    }
    std::set<std::string> old_names;
    for (const TriedFix& fix : fixes) {
      for (const base::Edit& edit : fix.edits) {
        edit_texts_.push_back(edit.text);
        new_names_.merge(names_in(edit.text));
        edit_texts_.emplace_back(sources.text(edit.span));
        old_names.merge(names_in(sources.text(edit.span)));
      }
      if (fix.body.is_valid()) {
        bodies_ += sources.text(fix.body);
      }
    }
    for (const std::string& name : old_names) {
      new_names_.erase(name);
    }
    std::vector<bool> explained(baseline.diagnostics.size());
    for (const TriedFix& fix : fixes) {
      for (const uint32_t index : fix.explains) {
        if (index < explained.size() && !explained[index]) {
          explained[index] = true;
          const rustc::Diagnostic& error = baseline.diagnostics[index];
          ++explained_[diagnostic_key(error)];
          explained_details_.insert(diagnostic_key(error) + detail_key(error));
        }
      }
    }
  }

  Judgement decide() {
    bool saw_baseline_unit = false;
    for (const UnitOutcome& unit : outcome_.units) {
      const bool reads_edit = reads_edited(unit);
      const bool is_baseline = unit.is_test == baseline_.is_test &&
                               std::find(unit.sources.begin(), unit.sources.end(),
                                         baseline_.root_source) != unit.sources.end();
      saw_baseline_unit |= is_baseline;
      has_edited_library_ |= reads_edit && unit.target_kind == "lib";
      if (reads_edit || is_baseline) {
        compare(unit, is_baseline);
      } else {
        look_at_dependant(unit);
      }
    }
    if (!saw_baseline_unit && result_.kind != Kind::Rejected) {
      unknown("the crate with the error was not compiled again");
    }
    if (verdict_open_) {
      result_.kind = Kind::Accepted;
    }
    return std::move(result_);
  }

 private:
  bool reads_edited(const UnitOutcome& unit) const {
    return std::any_of(changed_.begin(), changed_.end(), [&unit](const ChangedLines& change) {
      return std::find(unit.sources.begin(), unit.sources.end(), change.path) != unit.sources.end();
    });
  }

  // A unit that compiled edited text, or the one whose errors should be gone.
  void compare(const UnitOutcome& unit, bool is_baseline) {
    Counts seen;
    uint32_t errors = 0;
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      if (diagnostic.is_summary()) {
        continue;
      }
      const std::string key = diagnostic_key(diagnostic);
      const int count = ++seen[key];
      const auto known = known_.find(key);
      const auto gone = explained_.find(key);
      const int expected = (known == known_.end() ? 0 : known->second) -
                           (gone == explained_.end() ? 0 : gone->second);
      if (diagnostic.is_error()) {
        ++errors;
        if (count > expected) {
          new_error(diagnostic, is_baseline,
                    gone != explained_.end() && is_still_there(diagnostic));
        }
      } else if (diagnostic.level == rustc::Level::Warning && count > expected &&
                 is_of_edits(diagnostic)) {
        reject(diagnostic, "a new warning: ");
      }
    }
    if (errors == 0 && !unit.succeeded) {
      unknown("`" + unit.target + "` did not compile and gave no error");
    }
    if (is_baseline || result_.remaining_errors == 0) {
      result_.remaining_errors = std::max(result_.remaining_errors, errors);
    }
  }

  // A unit that read no edited file: it may fail for reasons of its own, which
  // were not seen before when a dependency failed first.
  void look_at_dependant(const UnitOutcome& unit) {
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      if (!diagnostic.is_error() || diagnostic.is_summary()) {
        continue;
      }
      // What it names of a changed file has not changed where each fix stays inside of a
      // function: the demand of a `spawn` that stands beside it, for one.
      if (touches_change(diagnostic) ||
          (!stay_inside() &&
           (points_into_changed_file(diagnostic) || names_what_is_new(diagnostic))) ||
          explained_.count(diagnostic_key(diagnostic)) != 0) {
        reject(diagnostic, "");
      } else {
        ++result_.remaining_errors;
      }
    }
  }

  // An explained error that comes again: for the same value, or for one that the
  // edits themselves handle. One that now names a value elsewhere has another cause.
  bool is_still_there(const rustc::Diagnostic& diagnostic) const {
    return explained_details_.count(diagnostic_key(diagnostic) + detail_key(diagnostic)) != 0 ||
           is_at_edits(diagnostic);
  }

  bool is_at_edits(const rustc::Diagnostic& diagnostic) const {
    bool at_edit = false;
    each_span(diagnostic, [&](const rustc::DiagnosticSpan& span) {
      const std::string path = base::absolute_path(baseline_.cwd, span.file_name);
      at_edit |= std::any_of(changed_.begin(), changed_.end(), [&](const ChangedLines& change) {
        return change.path == path && span.line_start <= change.last_edited &&
               change.first_edited <= span.line_end;
      });
    });
    return at_edit;
  }

  void new_error(const rustc::Diagnostic& diagnostic, bool is_baseline, bool was_explained) {
    if (was_explained) {
      reject(diagnostic, "the error is still there: ");
    } else if (explained_.count(diagnostic_key(diagnostic)) != 0) {
      return;  // the same demand, denied by another value
    } else if (touches_change(diagnostic)) {
      reject(diagnostic, "");
    } else if (stay_inside()) {
      return;  // hidden before, and none of these fixes can reach it
    } else if (is_baseline) {
      reject(diagnostic, "");
    } else {
      unknown("an error elsewhere that was not seen before: " + diagnostic.message);
    }
  }

  // No fix changes more than the body of one function.
  bool stay_inside() const {
    return std::all_of(fixes_.begin(), fixes_.end(),
                       [](const TriedFix& fix) { return fix.body.is_valid(); });
  }

  void reject(const rustc::Diagnostic& diagnostic, const std::string& prefix) {
    if (result_.kind != Kind::Rejected) {
      result_.kind = Kind::Rejected;
      result_.reason = prefix + diagnostic.message;
    }
    verdict_open_ = false;
    // The fix of which an edit is where the error points; else the one whose edits are around
    // that, or in whose function it is.
    if (!blame_editor(diagnostic) &&
        !blame_where(diagnostic, &ChangedLines::first_edited, &ChangedLines::last_edited)) {
      blame_where(diagnostic, &ChangedLines::first, &ChangedLines::last);
    }
    blame_owners(diagnostic);
  }

  bool blame_editor(const rustc::Diagnostic& diagnostic) {
    bool found = false;
    each_span(diagnostic, [&](const rustc::DiagnosticSpan& span) {
      const std::string path = base::absolute_path(baseline_.cwd, span.file_name);
      for (const EditedLines& edited : edited_) {
        if (edited.path == path && span.line_start <= edited.last &&
            edited.first <= span.line_end) {
          blame(edited.fix);
          found = true;
        }
      }
    });
    return found;
  }

  bool blame_where(const rustc::Diagnostic& diagnostic, uint32_t ChangedLines::* first,
                   uint32_t ChangedLines::* last) {
    bool found = false;
    each_span(diagnostic, [&](const rustc::DiagnosticSpan& span) {
      const std::string path = base::absolute_path(baseline_.cwd, span.file_name);
      for (const ChangedLines& change : changed_) {
        if (change.path == path && span.line_start <= change.*last &&
            change.*first <= span.line_end) {
          blame(change.fix);
          found = true;
        }
      }
    });
    return found;
  }

  void blame(size_t fix) {
    if (std::find(result_.blamed.begin(), result_.blamed.end(), fix) == result_.blamed.end()) {
      result_.blamed.push_back(fix);
    }
  }

  // An error that a fix was to remove and did not is that fix's fault.
  void blame_owners(const rustc::Diagnostic& diagnostic) {
    const std::string key = diagnostic_key(diagnostic);
    if (explained_.count(key) == 0) {
      return;
    }
    for (size_t index = 0; index < fixes_.size(); ++index) {
      for (const uint32_t error : fixes_[index].explains) {
        if (error < baseline_.diagnostics.size() &&
            diagnostic_key(baseline_.diagnostics[error]) == key) {
          blame(index);
        }
      }
    }
  }

  // A warning that the edits bring. Lints do not run on code with errors, so one that was
  // there all along shows now; it speaks of a name that the edits do not touch. A value
  // that is no longer used, a future above all, counts wherever it is, unless no fix can have
  // changed what gives it.
  bool is_of_edits(const rustc::Diagnostic& warning) const {
    if (warning.code == "unused_must_use") {
      return !stay_inside() || is_at_edits(warning) || is_of_local(warning);
    }
    // Whether a variable has to be `mut` depends on more than where it is named.
    const bool is_of_name = warning.code == "unused_variables" ||
                            warning.code == "unused_imports" || warning.code == "dead_code";
    return touches_change(warning) && !(is_of_name && is_untouched(warning));
  }

  // What the warning speaks of is neither in what the edits add nor in what they replace.
  bool is_untouched(const rustc::Diagnostic& warning) const {
    for (const rustc::DiagnosticSpan& span : warning.spans) {
      if (!span.is_primary || span.text.size() != 1) {
        continue;
      }
      const std::string name = name_at(span);
      return !name.empty() &&
             std::none_of(edit_texts_.begin(), edit_texts_.end(), [&name](const auto& text) {
               return text.find(name) != std::string::npos;
             });
    }
    return false;
  }

  // What is called is a variable of a changed function, which the fix may have made another.
  bool is_of_local(const rustc::Diagnostic& warning) const {
    for (const rustc::DiagnosticSpan& span : warning.spans) {
      if (!span.is_primary || span.text.empty()) {
        continue;
      }
      const llvm::StringRef line(span.text.front().text);
      const llvm::StringRef called = line.drop_front(span.column_start - 1).ltrim();
      const std::string name = called.take_while(is_of_name).str();
      return called.drop_front(name.size()).starts_with("(") &&
             (bodies_.find("let " + name + " =") != std::string::npos ||
              bodies_.find("let mut " + name + " =") != std::string::npos);
    }
    return true;
  }

  // The last name of the path that the span covers: `Pin` of an import.
  static std::string name_at(const rustc::DiagnosticSpan& span) {
    const llvm::StringRef line(span.text.front().text);
    const llvm::StringRef text = line.slice(span.column_start - 1, span.column_end - 1).trim();
    const size_t path = text.rfind("::");
    return (path == llvm::StringRef::npos ? text : text.drop_front(path + 2)).str();
  }

  void unknown(std::string reason) {
    if (verdict_open_) {
      result_.kind = Kind::Unknown;
      result_.reason = std::move(reason);
      verdict_open_ = false;
    }
  }

  bool touches_change(const rustc::Diagnostic& diagnostic) const {
    bool touches = false;
    each_span(diagnostic, [&](const rustc::DiagnosticSpan& span) {
      const std::string path = base::absolute_path(baseline_.cwd, span.file_name);
      touches |= std::any_of(changed_.begin(), changed_.end(), [&](const ChangedLines& change) {
        return change.path == path && span.line_start <= change.last &&
               change.first <= span.line_end;
      });
    });
    return touches;
  }

  // It speaks of a type that the edits bring: `Mutex` for `RefCell`. Nobody depends on what is
  // no library.
  bool names_what_is_new(const rustc::Diagnostic& diagnostic) const {
    if (!has_edited_library_) {
      return false;
    }
    std::vector<std::string> quoted = rustc::quoted_parts(diagnostic.message);
    for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
      const std::vector<std::string> parts = rustc::quoted_parts(span.label);
      quoted.insert(quoted.end(), parts.begin(), parts.end());
      quoted.push_back(span.label);
    }
    return std::any_of(quoted.begin(), quoted.end(), [this](const std::string& text) {
      const std::set<std::string> names = names_in(text);
      return std::any_of(names.begin(), names.end(),
                         [this](const std::string& name) { return new_names_.contains(name); });
    });
  }

  bool points_into_changed_file(const rustc::Diagnostic& diagnostic) const {
    bool points = false;
    each_span(diagnostic, [&](const rustc::DiagnosticSpan& span) {
      const std::string path = base::absolute_path(baseline_.cwd, span.file_name);
      points |= std::any_of(changed_.begin(), changed_.end(),
                            [&](const ChangedLines& change) { return change.path == path; });
    });
    return points;
  }

  const Baseline& baseline_;
  const std::vector<TriedFix>& fixes_;
  const TrialOutcome& outcome_;
  std::vector<EditedLines> edited_;  // each edit by itself
  std::vector<ChangedLines> changed_;
  std::vector<std::string> edit_texts_;  // added and replaced
  std::set<std::string> new_names_;      // of types, added where they were not
  std::string bodies_;                   // of the functions that the fixes stay in
  Counts known_;
  Counts explained_;
  std::set<std::string> explained_details_;
  Judgement result_;
  bool has_edited_library_ = false;  // among the units so far: what needs one comes later
  bool verdict_open_ = true;
};

}  // namespace

std::string diagnostic_key(const rustc::Diagnostic& diagnostic) {
  std::string key = std::to_string(static_cast<int>(diagnostic.level)) + '\n' + diagnostic.code +
                    '\n' + without_paths(without_places(diagnostic.message));
  for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
    if (!span.is_primary) {
      continue;
    }
    key += '\n' + span.file_name;
    for (const rustc::SpanLine& line : span.text) {
      key += '\n' + llvm::StringRef(line.text).trim().str();
    }
  }
  return key;
}

Judgement judge(const Baseline& baseline, const std::vector<TriedFix>& fixes,
                const TrialOutcome& outcome, const base::SourceFiles& sources) {
  const bool is_partial = outcome.state == TrialOutcome::State::Unproven && !outcome.unread.empty();
  if (outcome.state != TrialOutcome::State::Ran && !is_partial) {
    Judgement result;
    result.reason = outcome.why;
    result.is_final = outcome.state == TrialOutcome::State::NotRun;
    return result;
  }
  Judgement result = Judge(baseline, fixes, outcome, sources).decide();
  result.is_partial = is_partial;
  if (is_partial && result.kind != Kind::Rejected) {
    result.kind = Kind::Unknown;
    result.reason = outcome.why;
  }
  return result;
}

}  // namespace jaa::fixit
