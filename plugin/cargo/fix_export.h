// Applied fixes as replacements in YAML, for `clang-apply-replacements` and whatever
// else reads its files.
//
// Their offsets are of the texts that the files had first, however many rounds edited
// them since: applied to those, they give the last texts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/source_files.h"
#include "llvm/Support/Error.h"
#include "plugin/cargo/fix_plan_unix.h"

namespace jaa::plugin {

class FixExport {
 public:
  // The changes of one more round.
  void add(const FixPlan& plan);
  [[nodiscard]] std::string text() const;
  // Replaces a file, and nothing that is none.
  [[nodiscard]] llvm::Error write(const std::string& path) const;

 private:
  base::SourceFiles originals_;
  // Somebody else edited it between two rounds; empty: none.
  std::string foreign_;
  std::vector<base::Edit> edits_;
};

}  // namespace jaa::plugin
