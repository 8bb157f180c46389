// Reads a page's body: title, prose, and fenced code.
//
// A fence says what its code is: `rust,broken` must not compile, `rust,fixed`
// must (perhaps with `edition=2021`), `text` is shown only. As in rustdoc, a
// line of Rust that starts with `# ` completes the program and is not shown.
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Path.h"

#include "tools/catalogue/page.h"

namespace jaa::catalogue {

namespace {

bool is_known_tag(llvm::StringRef tag) {
  llvm::SmallVector<llvm::StringRef> words;
  tag.split(words, ',');
  if (words.size() == 1) return words[0] == "text" || words[0] == "toml";
  if (words.size() > 3 || words[0] != "rust" || (words[1] != "broken" && words[1] != "fixed"))
    return false;
  return words.size() == 2 || words[2] == "edition=2021" || words[2] == "edition=2024";
}

}  // namespace

void read_body(PageSource& source, llvm::StringRef body, Page& page) {
  body = body.ltrim('\n');
  if (!body.consume_front("# ")) {
    source.error(body.data(), "expected the title, '# ..', after the head");
    return;
  }
  page.title = body.take_until([](char c) { return c == '\n'; }).str();
  page.text = "# " + page.title + "\n";
  body = body.drop_front(page.title.size());
  body.consume_front("\n");

  const char* fence = nullptr;
  bool is_rust = false;
  while (!body.empty()) {
    auto [line, rest] = body.split('\n');
    body = rest;
    if (line.starts_with("```")) {
      if (fence != nullptr && line == "```") {
        fence = nullptr;
        page.text += "```\n";
        continue;
      }
      if (fence != nullptr) break;
      llvm::StringRef tag = line.drop_front(3);
      if (!is_known_tag(tag)) {
        source.error(line.data(), "unknown fence '" + line +
                                      "'; expected rust,broken or rust,fixed, perhaps with "
                                      ",edition=2021; toml; or text");
        return;
      }
      fence = line.data();
      is_rust = tag.starts_with("rust");
      page.text += "```" + tag.split(',').first.str() + "\n";
      continue;
    }
    if (fence != nullptr && is_rust && (line == "#" || line.starts_with("# "))) continue;
    page.text += line.str() + "\n";
  }
  if (fence != nullptr) source.error(fence, "the fence is never closed");
}

std::optional<Page> read_guide_page(PageSource& source) {
  llvm::StringRef name = llvm::sys::path::stem(source.path());
  unsigned place = 0;
  Page page;
  if (name.consumeInteger(10, place) || !name.consume_front("_") || name.empty()) {
    source.error(source.text().data(), "expected a name such as 01_functions.md");
    return std::nullopt;
  }
  page.name = name.str();
  read_body(source, source.text(), page);
  return source.failed() ? std::nullopt : std::optional(std::move(page));
}

}  // namespace jaa::catalogue
