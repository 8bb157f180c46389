#include "flow/misplaced_await.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringRef.h"

namespace jaa::flow {
namespace {

constexpr llvm::StringRef Blanks = " \t\r\n";

// rustc proposes to write `.await` behind something.
bool proposes_await(const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children) {
    for (const rustc::DiagnosticSpan& span : child.spans) {
      if (span.suggested_replacement &&
          llvm::StringRef(*span.suggested_replacement).starts_with(".await")) {
        return true;
      }
    }
  }
  return false;
}

// `await load()`, `await!(load())`, `await? load()`: `text` begins with it.
std::optional<MisplacedAwait> in_front(llvm::StringRef text, base::Span place) {
  llvm::StringRef rest = text;
  if (!rest.consume_front("await")) {
    return std::nullopt;
  }
  MisplacedAwait await;
  await.is_in_front = true;
  rest = rest.ltrim(Blanks);
  rest.consume_front("!");
  await.tries = rest.consume_front("?");
  rest = rest.ltrim(Blanks);
  await.place = place;
  await.excess = {place.file, place.begin, place.end - static_cast<uint32_t>(rest.size())};
  return await;
}

// `()` or `!()` right behind an `.await`, from `begin` on.
std::optional<MisplacedAwait> behind(llvm::StringRef text, base::Span error) {
  const llvm::StringRef before = text.take_front(error.begin).rtrim(Blanks);
  llvm::StringRef rest = text.drop_front(error.begin);
  const bool is_await =
      before.ends_with("await") && before.drop_back(5).rtrim(Blanks).ends_with(".");
  rest.consume_front("!");
  rest = rest.ltrim(Blanks);
  if (!is_await || !rest.consume_front("(")) {
    return std::nullopt;
  }
  rest = rest.ltrim(Blanks);
  if (!rest.consume_front(")")) {
    return std::nullopt;
  }
  MisplacedAwait await;
  await.excess = {error.file, static_cast<uint32_t>(before.size()),
                  static_cast<uint32_t>(text.size() - rest.size())};
  await.place = {error.file, await.excess.begin - 5, await.excess.end};
  return await;
}

std::optional<MisplacedAwait> read(const Facts& facts, const rustc::Diagnostic& error) {
  if (!error.is_error() || !error.code.empty()) {
    return std::nullopt;
  }
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const auto place =
        span.is_primary && !span.is_from_macro() ? facts.names().span(span) : std::nullopt;
    if (!place) {
      continue;
    }
    if (proposes_await(error)) {
      return in_front(facts.files().text(*place), *place);
    }
    return behind(facts.files().text(place->file), *place);
  }
  return std::nullopt;
}

std::string blanked(const base::SourceFiles& files, base::FileId file,
                    const std::vector<MisplacedAwait>& awaits) {
  std::string text(files.text(file));
  for (const MisplacedAwait& await : awaits) {
    if (await.excess.file == file) {
      std::fill(text.begin() + await.excess.begin, text.begin() + await.excess.end, ' ');
    }
  }
  return text;
}

}  // namespace

std::vector<MisplacedAwait> read_misplaced_awaits(const Facts& facts) {
  std::vector<MisplacedAwait> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    if (auto await = read(facts, facts.diagnostics()[index])) {
      await->diagnostic = index;
      result.push_back(*await);
    }
  }
  std::sort(result.begin(), result.end(),
            [](const MisplacedAwait& a, const MisplacedAwait& b) { return a.excess < b.excess; });
  return result;
}

BlankedFile::BlankedFile(const base::SourceFiles& files, base::FileId file,
                         const std::vector<MisplacedAwait>& awaits)
    : text_(blanked(files, file, awaits)), tree_(file, text_) {}

}  // namespace jaa::flow
