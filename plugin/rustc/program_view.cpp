#include "plugin/rustc/program_view.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"

#include "fixit/replacements.h"

namespace jaa::plugin {

Texts texts_of(const std::vector<base::Edit>& edits, const base::SourceFiles& files) {
  Texts texts;
  for (const fixit::EditedFile& file : fixit::make_trial(edits, files).files) {
    texts[file.path] = file.text;
  }
  return texts;
}

std::string place_of(const base::SourceFiles& files, const base::Span& place) {
  return std::string(files.display(place.file)) + ":" +
         std::to_string(files.line_column(place.file, place.begin).line);
}

ProgramView::ProgramView(const AsyncChangeHost& host, const Texts& texts,
                         const std::vector<rustc::Diagnostic>* diagnostics) {
  std::vector<flow::CrateFiles> crates;
  for (const session::Source& source : host.sources) {
    const auto changed = texts.find(source.path);
    const base::FileId file = files_.add(source.path, source.display,
                                         changed == texts.end() ? source.text : changed->second);
    if (!source.is_editable || source.crate.empty() ||
        !llvm::StringRef(source.path).ends_with(".rs")) {
      continue;
    }
    auto crate = std::find_if(crates.begin(), crates.end(),
                              [&source](const auto& each) { return each.root == source.crate; });
    if (crate == crates.end()) {
      crate = crates.insert(crates.end(), {source.crate, {}});
    }
    crate->files.push_back(file);
  }
  flow::FactsInput input;
  input.files = &files_;
  input.trees = &trees_;
  input.diagnostics = diagnostics;
  input.cwd = host.cwd;
  input.package = host.package;
  input.crates = std::move(crates);
  facts_.emplace(input);
}

std::string ProgramView::place_of(const base::Span& place) const {
  return plugin::place_of(files_, place);
}

}  // namespace jaa::plugin
