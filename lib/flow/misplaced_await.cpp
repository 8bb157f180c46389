#include "flow/misplaced_await.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

constexpr llvm::StringRef Blanks = " \t\r\n";

bool continues_word(llvm::StringRef rest) {
  return !rest.empty() && (llvm::isAlnum(rest.front()) || rest.front() == '_');
}

// `await load()`, `await!(load())`, `await? load()`, from `begin` on.
std::optional<MisplacedAwait> in_front(llvm::StringRef text, base::Span error) {
  const llvm::StringRef before = text.take_front(error.begin).rtrim(Blanks);
  llvm::StringRef rest = text.drop_front(error.begin);
  const bool is_field = before.ends_with(".") && !before.ends_with("..");
  if (is_field || before.ends_with("#") || !rest.consume_front("await") || continues_word(rest)) {
    return std::nullopt;
  }
  MisplacedAwait await;
  await.is_in_front = true;
  rest = rest.ltrim(Blanks);
  rest.consume_front("!");
  await.tries = rest.consume_front("?");
  rest = rest.ltrim(Blanks);
  await.excess = {error.file, error.begin, static_cast<uint32_t>(text.size() - rest.size())};
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
    const llvm::StringRef text(facts.files().text(place->file));
    auto await = in_front(text, *place);
    return await ? await : behind(text, *place);
  }
  return std::nullopt;
}

base::SourceFiles blanked(const base::SourceFiles& files, base::FileId file,
                          const std::vector<MisplacedAwait>& awaits) {
  base::SourceFiles result;
  for (size_t index = 0; index < files.size(); ++index) {
    const base::FileId each(index);
    std::string text(files.text(each));
    for (const MisplacedAwait& await : awaits) {
      if (each == file && await.excess.file == file) {
        std::fill(text.begin() + await.excess.begin, text.begin() + await.excess.end, ' ');
      }
    }
    result.add(std::string(files.path(each)), std::string(files.display(each)), std::move(text));
  }
  return result;
}

// The macros around what stands behind the awaits that are not open yet.
std::vector<syntax::Node> closed_macros(const syntax::Tree& tree,
                                        const std::vector<MisplacedAwait>& awaits) {
  std::vector<syntax::Node> result;
  for (const MisplacedAwait& await : awaits) {
    const uint32_t at = await.is_in_front ? await.excess.end : await.excess.begin - 1;
    if (await.excess.file != tree.file() || at >= tree.text().size()) {
      continue;
    }
    const syntax::Node token = tree.smallest_node({tree.file(), at, at + 1});
    if (!syntax::is_in_macro(token)) {
      continue;
    }
    for (const syntax::Node& macro : syntax::plain_macros_around(token)) {
      if (std::find(result.begin(), result.end(), macro) == result.end()) {
        result.push_back(macro);
      }
    }
  }
  return result;
}

}  // namespace

std::vector<MisplacedAwait> read_misplaced_awaits(const Facts& facts) {
  std::vector<MisplacedAwait> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    if (auto await = read(facts, facts.diagnostics()[index])) {
      const auto known = std::find_if(result.begin(), result.end(), [&await](const auto& other) {
        return other.excess == await->excess;
      });
      const bool is_new = known == result.end();
      (is_new ? result.emplace_back(*await) : *known).diagnostics.push_back(index);
    }
  }
  std::sort(result.begin(), result.end(),
            [](const MisplacedAwait& a, const MisplacedAwait& b) { return a.excess < b.excess; });
  return result;
}

std::unique_ptr<syntax::OpenedFile> blank_excess(const base::SourceFiles& files, base::FileId file,
                                                 const std::vector<MisplacedAwait>& awaits) {
  // A macro in a macro's arguments is one only when the outer one is open.
  constexpr int MostDepth = 8;
  auto result = syntax::open_macros(blanked(files, file, awaits), file, {});
  for (int depth = 0; depth < MostDepth; ++depth) {
    const std::vector<syntax::Node> macros = closed_macros(*result->tree, awaits);
    if (macros.empty()) {
      break;
    }
    result = syntax::open_macros(result->files, file, macros);
  }
  return result;
}

}  // namespace jaa::flow
