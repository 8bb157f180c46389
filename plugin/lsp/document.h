// One file that is open in the editor.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/lsp/positions.h"
#include "plugin/lsp/text_map.h"
#include "syntax/live_tree.h"

namespace jaa::lsp {

class Document {
 public:
  Document(std::string uri, std::string path, int64_t version, std::string text);

  [[nodiscard]] const std::string& uri() const { return uri_; }
  // Absolute; empty for what is no file.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int64_t version() const { return version_; }
  [[nodiscard]] std::string_view text() const { return tree_.text(); }
  [[nodiscard]] const Lines& lines() const { return lines_; }
  [[nodiscard]] const syntax::Tree& tree() const { return tree_.tree(); }

  // A change of the whole text, or of a range; false where there is no such range, and
  // nothing is changed.
  void replace(std::string text);
  [[nodiscard]] bool edit(Position begin, Position end, std::string_view text, Encoding encoding);
  void set_version(int64_t version) { version_ = version; }

  // The text that is on disk, which the compiler sees.
  [[nodiscard]] const std::string& saved_text() const { return saved_; }
  [[nodiscard]] bool is_dirty() const { return is_dirty_; }
  // The file on disk is now as the document is.
  void set_saved();
  // The file on disk has another text, by somebody else's doing.
  void set_on_disk(std::string text);

  // Between the saved text and the present one.
  [[nodiscard]] std::optional<TextRange> to_present(TextRange saved) const {
    return map_.to_new(saved);
  }
  [[nodiscard]] std::optional<TextRange> to_saved(TextRange present) const {
    return map_.to_old(present);
  }

  [[nodiscard]] Position position(uint32_t offset, Encoding encoding) const {
    return lines_.position(text(), offset, encoding);
  }
  [[nodiscard]] std::optional<uint32_t> offset(Position position, Encoding encoding) const {
    return lines_.offset(text(), position, encoding);
  }

 private:
  void apply(TextRange range, std::string_view text);
  void compare();

  std::string uri_;
  std::string path_;
  int64_t version_ = 0;
  std::string saved_;
  syntax::LiveTree tree_;
  Lines lines_;
  TextMap map_;
  bool is_dirty_ = false;
};

}  // namespace jaa::lsp
