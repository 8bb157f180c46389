// What the analysis says: one finding a cause, with labels, notes and the edits
// that would remove it. Plain values that own their text; a finding outlives
// the analysis that made it. Spans refer to the session's `SourceFiles`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source_files.h"

namespace jaa::base {

enum class Level : uint8_t { Error, Warning, Note, Help };

// What a claim rests on, strongest last.
enum class Evidence : uint8_t { Syntax, Messages, Mir };

// rustc's four words (rustc-dev-guide, "Suggestions"): how far an edit may be
// applied unasked.
enum class Applicability : uint8_t {
  MachineApplicable,
  MaybeIncorrect,
  HasPlaceholders,
  Unspecified
};

// Replaces the bytes of `span` by `text`; an empty span inserts.
struct Edit {
  Span span;
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

struct Label {
  Span span;
  std::string text;
};

// A line below the snippet, with a snippet of its own when it has a span.
struct Note {
  Level level = Level::Note;
  std::string text;
  std::optional<Label> place;
};

// What the compiler said of a fix.
struct Verdict {
  enum class Kind : uint8_t { Untried, Accepted, Rejected, Unknown };
  Kind kind = Kind::Untried;
  // Why it was rejected (the compiler's own message) or cannot be known.
  std::string reason;
  // Errors that remain elsewhere and have nothing to do with this fix.
  uint32_t remaining_errors = 0;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// A set of edits, all or nothing.
struct FixIt {
  // The alternative's name, unique within a finding: `--pick finding=name`.
  std::string name;
  // What the edit does, as an imperative: "end the guard's scope before the await".
  std::string title;
  // What it costs, in one line; empty when it costs nothing.
  std::string trade_off;
  std::vector<Edit> edits;
  // The function that all edits stay inside of; not valid when a signature or a
  // declared type changes too. What such a fix breaks, it breaks in there.
  Span body;
  // The program does the same as before, but for what the title says.
  bool keeps_meaning = false;
  bool has_placeholders = false;
  // How often the compiler's answer has told what else the change needs.
  uint32_t follow_ups = 0;
  Verdict verdict;
};

struct Finding {
  std::string code;  // the pitfall's name: "guard_across_await"
  Level level = Level::Warning;
  std::string message;
  Label primary;
  std::vector<Label> secondary;
  std::vector<Note> notes;
  // Best first: the lead fix, then the alternatives.
  std::vector<FixIt> fixits;
  Evidence evidence = Evidence::Syntax;
  // A conclusion that the compiler has not drawn itself: shown only when a fix that
  // rests on it is accepted.
  bool needs_proof = false;
  // Indexes, into the unit's diagnostics, of the compiler's errors that this
  // finding explains; empty for a lint.
  std::vector<uint32_t> explains;
  // The same errors by what they say, which a later compilation can be asked about
  // (`fixit::diagnostic_key`); known when the session is done.
  std::vector<std::string> explained_errors;
};

// Orders by file path, offset, code: the order of all output.
void sort_findings(std::vector<Finding>& findings, const SourceFiles& sources);

// The text of `file` after `edits`, which must not overlap and may be in any
// order; edits of other files are passed over. None when an edit lies outside
// the file or two overlap.
[[nodiscard]] std::optional<std::string> apply_edits(const SourceFiles& sources, FileId file,
                                                     const std::vector<Edit>& edits);

// One list of edits that does what `first` and then `second` do. The spans of `second`
// are of the texts that `first` makes; files keep their ids. Neither list may overlap in
// itself. None where an edit lies outside its file.
[[nodiscard]] std::optional<std::vector<Edit>> compose_edits(const SourceFiles& sources,
                                                             const std::vector<Edit>& first,
                                                             const std::vector<Edit>& second);

}  // namespace jaa::base
