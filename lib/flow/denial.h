// Errors in which rustc denies an auto trait to a future, read by their shape.
//
// Two shapes are known (rustc 1.95). In the first, a note labels a value and the
// await it is saved across. In the second, when the value lives in another crate,
// notes only name the bodies of the futures in between, innermost first. Neither
// is told by its wording: the first by a span that comes from the desugaring of
// an `await` beside a labelled one, the second by spans that are bodies of async
// functions together with the types which the message quotes.
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
  // First shape.
  std::optional<NamedPlace> value;
  std::optional<NamedPlace> await;
  std::string value_type;  // as the label quotes it
  // Second shape: bodies of async functions and blocks, innermost first.
  std::vector<NamedPlace> bodies;
  // Every type and name the message quotes.
  std::vector<std::string> quoted;
  // rustc did not say that it is about `Send`; a probe did (flow/probe.h). What rests
  // on it alone has to be proven by a fix that removes the error.
  bool is_inferred = false;
  // The bound that demands it, where rustc shows one.
  std::optional<NamedPlace> bound;
  std::string bound_label;
};

// In order of the diagnostics; one for each error of either shape.
[[nodiscard]] std::vector<Denial> read_denials(const std::vector<rustc::Diagnostic>& diagnostics,
                                               const UnitSources& sources);

// The span of a place whose file is loaded.
[[nodiscard]] std::optional<base::Span> span_of(const NamedPlace& place,
                                                const base::SourceFiles& files);

}  // namespace jaa::flow
