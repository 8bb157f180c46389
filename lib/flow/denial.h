// Errors in which rustc denies an auto trait, read by their shape.
//
// rustc 1.95 has these shapes. A note labels a value and the await it is saved
// across; or it labels one expression whose value the future holds, by capturing or
// awaiting it; or, when the value lives in another crate, notes only name the bodies
// of the futures in between, innermost first; or nothing but the type is named. None
// is told by its wording: spans from the desugaring of an `await`, labels and the
// types and traits that messages quote decide.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source_files.h"
#include "flow/sources.h"
#include "rustc/diagnostic.h"

namespace jaa::flow {

// A span by file name, for files that may not be loaded.
struct NamedPlace {
  std::string path;  // absolute
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;
  friend auto operator<=>(const NamedPlace&, const NamedPlace&) = default;
};

struct Denial {
  uint32_t diagnostic = 0;   // index into the unit's diagnostics
  NamedPlace demand;         // where the future had to be `Send`
  std::string demand_label;  // what rustc says there
  // The trait that is missing, "Send" or "Sync", and the innermost type that lacks it,
  // as rustc quotes them; both empty when rustc does not say.
  std::string trait;
  std::string culprit;
  // The value that the future holds: saved across `await`, or, without one, captured
  // or awaited.
  std::optional<NamedPlace> value;
  std::optional<NamedPlace> await;
  std::string value_type;  // as the label quotes it
  // Bodies of async functions and blocks on the way to the value, innermost first.
  std::vector<NamedPlace> bodies;
  // The obligation that rustc could not decide, as quoted: "impl Future<..>: Send"; and
  // where the opaque type of it is declared.
  std::string undecided;
  std::optional<NamedPlace> opaque;
  // Every type and name the message quotes.
  std::vector<std::string> quoted;
  // rustc did not say that it is about `Send`; a probe did (flow/probe.h). What rests
  // on it alone has to be proven by a fix that removes the error.
  bool is_inferred = false;
  // The bound that demands it, where rustc shows one.
  std::optional<NamedPlace> bound;
  std::string bound_label;
};

// In order of the diagnostics; one for each error of such a shape.
[[nodiscard]] std::vector<Denial> read_denials(const std::vector<rustc::Diagnostic>& diagnostics,
                                               const UnitSources& sources);

// The place of a span, its file by absolute path.
[[nodiscard]] NamedPlace place_of(const rustc::DiagnosticSpan& span, const UnitSources& sources);
// The span of a place whose file is loaded.
[[nodiscard]] std::optional<base::Span> span_of(const NamedPlace& place,
                                                const base::SourceFiles& files);

}  // namespace jaa::flow
