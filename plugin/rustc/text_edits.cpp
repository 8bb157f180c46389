#include "plugin/rustc/text_edits.h"

#include "render/minimal_edits.h"

namespace jaa::plugin {

std::vector<ReportedEdit> edits_between(const std::string& path, const std::string& before,
                                        const std::string& after) {
  base::SourceFiles files;
  const base::FileId file = files.add(path, path, before);
  const base::Edit whole{{file, 0, static_cast<uint32_t>(before.size())}, after};
  std::vector<ReportedEdit> result;
  for (const base::Edit& edit : render::minimal_edits(files, {whole})) {
    result.push_back(
        {path, edit.span.begin, edit.span.end, std::string(files.text(edit.span)), edit.text});
  }
  return result;
}

}  // namespace jaa::plugin
