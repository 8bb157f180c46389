// The source of one file as a syntax tree.
//
// A tree is made from any text, however broken: what the grammar does not know
// becomes `ERROR` nodes. A macro's arguments are a flat `token_tree`, so a place
// inside one has tokens but no expressions, statements or patterns.
//
// Kinds and fields are those of the tree-sitter Rust grammar ("let_declaration",
// field "pattern"). No type of that library appears here.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

#include "base/source_files.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "syntax/outline.h"

namespace jaa::syntax {

struct TreeData;
struct Section;

// A place in a tree; a small value that must not outlive the tree. The default
// node is none: its kind and text are empty, its relatives are none.
class Node {
 public:
  Node() = default;

  [[nodiscard]] bool is_valid() const { return id_ != nullptr; }
  explicit operator bool() const { return is_valid(); }
  [[nodiscard]] std::string_view kind() const;
  [[nodiscard]] bool is(std::string_view name) const { return kind() == name; }
  [[nodiscard]] bool is_any(std::initializer_list<std::string_view> names) const;
  // Keywords and punctuation are not named.
  [[nodiscard]] bool is_named() const;
  [[nodiscard]] bool is_comment() const { return is_any({"line_comment", "block_comment"}); }
  // There is a syntax error somewhere within.
  [[nodiscard]] bool has_error() const;

  [[nodiscard]] base::Span span() const;
  [[nodiscard]] uint32_t begin() const;
  [[nodiscard]] uint32_t end() const;
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] bool contains(Node other) const {
    return is_valid() && other.is_valid() && span().contains(other.span());
  }

  [[nodiscard]] Node parent() const;
  // Without comments, unlike the two lists below.
  [[nodiscard]] std::vector<Node> parts() const;
  [[nodiscard]] std::vector<Node> children() const;
  [[nodiscard]] std::vector<Node> named_children() const;
  [[nodiscard]] Node field(std::string_view name) const;
  [[nodiscard]] Node previous() const;
  [[nodiscard]] Node next() const;
  // A direct child of that kind, named or not (`async`, `mutable_specifier`).
  [[nodiscard]] bool has_child(std::string_view name) const;

  friend bool operator==(const Node& a, const Node& b) {
    return a.id_ == b.id_ && a.section_ == b.section_ && a.place_[0] == b.place_[0];
  }

 private:
  friend struct Section;
  friend struct TreeData;

  std::array<uint32_t, 4> place_{};
  const void* id_ = nullptr;
  const Section* section_ = nullptr;
};

// What to do after a node was visited.
enum class Walk : uint8_t { Into, Over, Stop };

// Visits `root` and all below it, in source order.
void walk(Node root, llvm::function_ref<Walk(Node)> visit);

// What was done to a text: `removed`, which stood at `begin`, gave way to the bytes
// `[begin, end)` of the new text.
struct TextEdit {
  uint32_t begin = 0;
  std::string_view removed;
  uint32_t end = 0;
};

// Owns the parse; the text belongs to somebody else and must outlive the tree.
class Tree {
 public:
  // Each item of the file (syntax/outline.h) is parsed when somebody first asks for what is in
  // it: most questions are about one function. The nodes are those of the whole file's parse,
  // but for what follows upon a syntax error, which stays in its item.
  Tree(const base::SourceFiles& sources, base::FileId file);
  // Parsed at once, and as a whole: for texts that are edited.
  Tree(base::FileId file, std::string_view text);
  // The tree of `text`, which an edit has made of the text of `before`. What the edit does
  // not touch is not parsed again, if `before` was parsed as a whole. The text of `before` is
  // not looked at.
  Tree(const Tree& before, std::string_view text, const TextEdit& edit);
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;
  ~Tree();

  [[nodiscard]] base::FileId file() const;
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] Node root() const;
  // The root's named children, but for items that are known to be of none of these kinds, which
  // are not parsed. Others may be among them.
  [[nodiscard]] std::vector<Node> top_items(std::initializer_list<OutlineItem::Kind> kinds) const;
  // The smallest named node that covers `span`; none when it lies outside.
  [[nodiscard]] Node smallest_node(const base::Span& span) const;
  // The smallest named node whose span is exactly `span`.
  [[nodiscard]] Node node_at(const base::Span& span) const;

 private:
  std::unique_ptr<TreeData> data_;
};

}  // namespace jaa::syntax
