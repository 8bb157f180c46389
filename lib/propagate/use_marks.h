// Who uses which function, as the compiler resolves it.
//
// Each function gets a mark of its own, `#[deprecated = "jaa 7"]`, in a copy of the
// sources that is compiled once: the compiler then points at each use of it, however it is
// written, through macros, traits and inference. It leaves out a function's use of itself.
// So a function that spells its own name gets a twin beside it, with the same body and no
// mark, in which these uses are ones of another function.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flow/facts.h"

namespace jaa::propagate {

struct FunctionUse {
  syntax::Node function;  // that is used
  base::Span name;        // how it is spelled there: the last name of a path, a method's name
  // For what a macro writes: the outermost call of it; else the same as `name`.
  base::Span visible;
  bool is_from_macro = false;
};

class UseMarks {
 public:
  explicit UseMarks(const flow::Facts& facts);

  // What marks the functions.
  [[nodiscard]] const std::vector<base::Edit>& edits() const { return edits_; }
  // The uses by what the compiler said of the marked sources, in source order.
  // Names of files in it are relative to `cwd`.
  [[nodiscard]] std::vector<FunctionUse> read(const std::vector<rustc::Diagnostic>& diagnostics,
                                              const std::string& cwd) const;
  // Lifetimes of types that are left out where the types are named, which an `async fn`
  // has to write: `Parser<'_>`. Insertions, as rustc's lint on them suggests.
  [[nodiscard]] std::vector<base::Edit> hidden_lifetimes(
      const std::vector<rustc::Diagnostic>& diagnostics, const std::string& cwd) const;
  // What the compiler has to be told, so that it says all that is read here.
  static constexpr std::array<std::string_view, 2> Flags = {
      "--force-warn=deprecated", "--force-warn=elided_lifetimes_in_paths"};

 private:
  // What an edit that adds text adds it for.
  struct Twin {
    uint32_t body = 0;  // the original's place
    size_t shift = 0;   // in the edit's text, where the body begins
  };
  [[nodiscard]] base::SourceFiles marked_files() const;
  void add_twin(syntax::Node function);
  [[nodiscard]] uint32_t unmarked(base::FileId file, uint32_t offset) const;
  [[nodiscard]] base::Span unmarked(const base::Span& marked) const;

  const flow::Facts& facts_;
  std::vector<syntax::Node> functions_;  // by their number
  std::vector<base::Edit> edits_;        // in the order of their places
  std::map<size_t, Twin> twins_;         // by the edit's index
};

}  // namespace jaa::propagate
