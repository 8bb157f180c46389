// Finds the source text that a compiler's span talks about.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/source_files.h"
#include "mir/body.h"
#include "rustc/diagnostic.h"

namespace jaa::flow {

// The files of one unit: names in its messages and dumps are relative to its
// working directory. Refers to the session's `SourceFiles`.
class UnitSources {
 public:
  UnitSources(const base::SourceFiles& files, std::string cwd)
      : files_(&files), cwd_(std::move(cwd)) {}
  [[nodiscard]] const base::SourceFiles& files() const { return *files_; }
  // Absolute path of a name that this unit's compiler printed.
  [[nodiscard]] std::string absolute(std::string_view name) const;
  // None when the file is not loaded or the place does not exist in it.
  [[nodiscard]] std::optional<base::Span> span(const mir::Body& body,
                                               const mir::MirSpan& span) const;
  [[nodiscard]] std::optional<base::Span> span(const rustc::DiagnosticSpan& span) const;
  // The same, and for what a macro wrote the outermost call of a macro.
  [[nodiscard]] std::optional<base::Span> visible_span(const rustc::DiagnosticSpan& span) const;

 private:
  const base::SourceFiles* files_;
  std::string cwd_;
};

}  // namespace jaa::flow
