#include "session/asked_bounds.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace jaa::session {
namespace {

// The source after these suggestions, each an insertion behind that text.
std::string after(const std::string& source,
                  const std::vector<std::pair<std::string, std::string>>& suggestions) {
  base::SourceFiles files;
  const base::FileId file = files.add("/p/a.rs", "a.rs", source);
  const syntax::TreeCache trees(files);
  const syntax::Items items({&trees.tree(file)});
  AskedBounds bounds(trees, items);
  for (const auto& [behind, text] : suggestions) {
    const auto at = static_cast<uint32_t>(source.find(behind) + behind.size());
    if (!bounds.take({{{file, at, at}, text}})) return "not taken";
  }
  std::vector<base::Edit> edits;
  for (const base::FixIt& step : bounds.steps()) {
    edits.insert(edits.end(), step.edits.begin(), step.edits.end());
  }
  return base::apply_edits(files, file, edits).value_or("edits overlap");
}

TEST_CASE("rustc's bounds get the short names and stand before the lifetime") {
  CHECK(after("fn f<T: A + 'static, U>() {}", {{"'static", " + std::marker::Sync"},
                                               {"'static", " + std::marker::Send"},
                                               {"U", ": std::marker::Send"}}) ==
        "fn f<T: A + Send + Sync + 'static, U: Send>() {}");
  CHECK(after("fn f<T>() where T: Fn(u8) -> u8 + 'static {}",
              {{"'static", " + std::marker::Send"}}) ==
        "fn f<T>() where T: Fn(u8) -> u8 + Send + 'static {}");
}

TEST_CASE("other suggestions are left to rustc") {
  CHECK(after("fn f<T: A>() {}", {{"A", " + 'static"}}) == "not taken");
  CHECK(after("fn f<T: A>() {}", {{"A", " + std::fmt::Debug"}}) == "not taken");
  CHECK(after("fn f(t: impl A) {}", {{"impl A", " + std::marker::Send"}}) == "not taken");
  CHECK(after("trait Send {} fn f<T: A>() {}", {{"T: A", " + std::marker::Send"}}) == "not taken");
}

}  // namespace
}  // namespace jaa::session
