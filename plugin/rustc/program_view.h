// A program's sources with some texts in place of those on disk, and what is asked of them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/source_files.h"
#include "flow/facts.h"
#include "plugin/rustc/async_change_unix.h"
#include "rustc/diagnostic.h"
#include "syntax/tree_cache.h"

namespace jaa::plugin {

using Texts = std::map<std::string, std::string>;  // by path

// The texts that the edits make.
[[nodiscard]] Texts texts_of(const std::vector<base::Edit>& edits, const base::SourceFiles& files);

// Files that may be edited and belong to a crate are its crates' files. Refers to
// `diagnostics`, which must outlive it; null: none.
class ProgramView {
 public:
  ProgramView(const AsyncChangeHost& host, const Texts& texts,
              const std::vector<rustc::Diagnostic>* diagnostics);
  ProgramView(const ProgramView&) = delete;
  ProgramView& operator=(const ProgramView&) = delete;

  [[nodiscard]] const base::SourceFiles& files() const { return files_; }
  [[nodiscard]] const flow::Facts& facts() const { return *facts_; }
  // "src/main.rs:12".
  [[nodiscard]] std::string place_of(const base::Span& place) const;

 private:
  base::SourceFiles files_;
  syntax::TreeCache trees_{files_};
  std::optional<flow::Facts> facts_;
};

// "src/main.rs:12".
[[nodiscard]] std::string place_of(const base::SourceFiles& files, const base::Span& place);

}  // namespace jaa::plugin
