#include "plugin/cargo/fix_export.h"

#include <algorithm>
#include <tuple>

#include "fixit/replacements.h"
#include "llvm/Support/Error.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {

namespace {

// Two replacements that meet at one place would be applied in no certain order, so
// they become one.
std::vector<base::Edit> join_touching(std::vector<base::Edit> edits,
                                      const base::SourceFiles& sources) {
  std::stable_sort(edits.begin(), edits.end(), [&](const base::Edit& a, const base::Edit& b) {
    return std::tuple(sources.path(a.span.file), a.span.begin, a.span.end) <
           std::tuple(sources.path(b.span.file), b.span.begin, b.span.end);
  });
  std::vector<base::Edit> joined;
  for (base::Edit& edit : edits) {
    if (!joined.empty() && joined.back().span.file == edit.span.file &&
        joined.back().span.end == edit.span.begin) {
      joined.back().span.end = edit.span.end;
      joined.back().text += edit.text;
    } else {
      joined.push_back(std::move(edit));
    }
  }
  return joined;
}

}  // namespace

void FixExport::add(const FixPlan& plan) {
  std::vector<base::Edit> next;
  for (const auto& [path, change] : plan.files) {
    const base::FileId file = originals_.add(path, path, change.old_text);
    if (base::apply_edits(originals_, file, edits_) != change.old_text) {
      foreign_ = path;
    }
    for (const ReportedEdit& edit : change.edits) {
      next.push_back({{file, edit.begin, edit.end}, edit.text});
    }
  }
  if (auto composed = base::compose_edits(originals_, edits_, next)) {
    edits_ = std::move(*composed);
  }
}

std::string FixExport::text() const {
  return fixit::to_yaml(join_touching(edits_, originals_), originals_);
}

llvm::Error FixExport::write(const std::string& path) const {
  if (!foreign_.empty()) {
    return sentence("the fixes are not exported, because " + foreign_ +
                    " was edited meanwhile, by somebody else");
  }
  const std::string target = canonical_path(path).value_or(path);
  if (const auto stamp = stamp_of(target); stamp && !S_ISREG(stamp->mode)) {
    return sentence("the fixes are not exported, because " + path + " is no regular file");
  }
  return write_file_atomically(target, text());
}

}  // namespace jaa::plugin
