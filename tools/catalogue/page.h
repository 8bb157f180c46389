// One catalogue page as the generator reads it.
//
// A page is a YAML head between two `---` lines and a Markdown body. The head
// declares the diagnostic; the body, which opens with the page's title, is what
// `explain` prints. Mistakes are reported through the source manager, so they
// carry file, line and column.
#pragma once

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jaa::catalogue {

struct Argument {
  std::string name;
  std::string description;
};

struct Page {
  std::string name;
  std::string level;
  std::string stage;
  std::string fix;
  std::string message;
  std::vector<Argument> arguments;
  std::vector<std::string> clippy;
  std::string retired_by;
  std::string title;
  // The body as `explain` prints it.
  std::string text;
};

// Collects the mistakes of one page. Owns its text.
class PageSource {
 public:
  // The buffer's identifier is the page's path; its stem is the page's name.
  explicit PageSource(std::unique_ptr<llvm::MemoryBuffer> buffer);

  [[nodiscard]] llvm::StringRef text() const { return text_; }
  [[nodiscard]] llvm::StringRef path() const { return path_; }
  [[nodiscard]] llvm::SourceMgr& manager() { return manager_; }
  [[nodiscard]] bool failed() const { return !errors_.empty(); }
  // One `path:line:column: error: text` a mistake.
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }

  // Reports a mistake at `place`, which points into `text()`.
  void error(const char* place, const llvm::Twine& message);
  void error(llvm::SMLoc place, const llvm::Twine& message) { error(place.getPointer(), message); }

 private:
  llvm::SourceMgr manager_;
  std::string path_;
  llvm::StringRef text_;
  std::vector<std::string> errors_;
};

// The page in `source`; none when it has a mistake.
[[nodiscard]] std::optional<Page> read_page(PageSource& source);

// A page of the guide, which has no head: its name is the file's without the number in
// front, which is its place in the guide.
[[nodiscard]] std::optional<Page> read_guide_page(PageSource& source);

// Reads the part after the head into `page`: title and text. `body` points into
// the source's text.
void read_body(PageSource& source, llvm::StringRef body, Page& page);

}  // namespace jaa::catalogue
