#include "syntax/outline.h"

#include <utility>

#include "llvm/ADT/StringExtras.h"

#include "syntax/tokens.h"

namespace jaa::syntax {
namespace {

using Kind = OutlineItem::Kind;

bool is_modifier(const Token& token) {
  return token.is_word("pub") || token.is_word("default") || token.is_word("unsafe") ||
         token.is_word("async") || token.is_word("safe") || token.is_word("auto");
}

class Outliner {
 public:
  explicit Outliner(std::string_view text) : text_(text), tokens_(text) { step(); }

  std::optional<std::vector<OutlineItem>> read() {
    while (true) {
      if (token_.kind == Token::Kind::End) {
        return open_.empty() ? std::optional(std::move(items_)) : std::nullopt;
      }
      if (token_.is('}')) {
        if (open_.empty()) {
          return std::nullopt;
        }
        OutlineItem& closed = items_[static_cast<size_t>(open_.back())];
        closed.body_end = closed.end = token_.end;
        open_.pop_back();
        step();
        continue;
      }
      if (!read_item()) {
        return std::nullopt;
      }
    }
  }

 private:
  void step() {
    last_end_ = token_.end;
    previous_ = token_;
    token_ = tokens_.next();
  }
  bool step_over(char c) {
    const bool is_there = token_.is(c);
    if (is_there) {
      step();
    }
    return is_there;
  }

  // At an opening bracket: to behind the one that closes it. `visit` is called at each token
  // on the way.
  bool skip_group(llvm::function_ref<void()> visit = [] {}) {
    size_t depth = 0;
    do {
      if (token_.kind == Token::Kind::End) {
        return false;
      }
      depth += token_.opens() ? 1 : 0;
      depth -= token_.closes() ? 1 : 0;
      visit();
      step();
    } while (depth > 0);
    return true;
  }

  // `#[..]`, `#![..]` and doc comments. `begin` becomes the first outer one's.
  bool skip_attributes(uint32_t& begin, bool& has_outer) {
    while (true) {
      if (token_.kind == Token::Kind::InnerDoc) {
        step();
        continue;
      }
      if (token_.kind == Token::Kind::OuterDoc) {
        begin = has_outer ? begin : token_.begin;
        has_outer = true;
        step();
        continue;
      }
      if (!token_.is('#')) {
        return true;
      }
      const uint32_t start = token_.begin;
      step();
      if (token_.is('!')) {
        step();
        if (!token_.is('[') || !skip_group()) {
          return false;
        }
        OutlineItem inner;
        inner.begin = inner.head = start;
        inner.body_begin = inner.body_end = inner.end = last_end_;
        add(std::move(inner));
        continue;
      }
      begin = has_outer ? begin : start;
      has_outer = true;
      if (!token_.is('[') || !skip_group()) {
        return false;
      }
    }
  }

  // Keeps what is read of it; gives its index.
  int32_t add(OutlineItem item) {
    item.parent = open_.empty() ? -1 : open_.back();
    items_.push_back(std::move(item));
    return static_cast<int32_t>(items_.size() - 1);
  }

  bool read_item() {
    OutlineItem item;
    bool has_outer = false;
    if (!skip_attributes(item.begin, has_outer)) {
      return false;
    }
    if (token_.kind == Token::Kind::End || token_.is('}')) {
      return !has_outer;  // attributes of nothing
    }
    item.begin = has_outer ? item.begin : token_.begin;
    item.head = token_.begin;
    if (token_.is(';')) {
      step();
      return true;
    }
    if (token_.kind != Token::Kind::Word && !token_.is(':')) {
      return false;
    }
    return skip_modifiers(item) && read_known(std::move(item));
  }

  bool skip_modifiers(OutlineItem& item) {
    while (true) {
      // As the name of a macro or path these words are none.
      const Token behind = tokens_.peek();
      if (token_.is_word("pub")) {
        step();
        if (token_.is('(') && !skip_group()) {
          return false;
        }
      } else if (token_.is_word("crate") && behind.kind == Token::Kind::Word) {
        step();
      } else if (is_modifier(token_) && behind.kind == Token::Kind::Word) {
        step();
      } else if (token_.is_word("const") &&
                 (behind.is_word("fn") || behind.is_word("unsafe") || behind.is_word("async") ||
                  behind.is_word("extern") || behind.is_word("trait") || behind.is_word("impl"))) {
        item.is_const = true;
        step();
      } else if (token_.is_word("extern") && behind.kind == Token::Kind::String) {
        step();
        step();
      } else if (token_.is_word("extern") && behind.is_word("fn")) {
        step();
      } else {
        return true;
      }
    }
  }

  bool read_known(OutlineItem item) {
    const Token behind = tokens_.peek();
    if (token_.is_word("fn")) {
      return read_function(std::move(item));
    }
    if (token_.is_word("struct") || token_.is_word("enum") || token_.is_word("type") ||
        (token_.is_word("union") && behind.kind == Token::Kind::Word)) {
      item.kind = Kind::Type;
      const bool is_alias = token_.is_word("type");
      step();
      item.name = token_.text;
      return read_to_end(std::move(item), !is_alias);
    }
    if (token_.is_word("const") || token_.is_word("static")) {
      step();
      if (token_.is_word("mut") || token_.is_word("ref")) {
        step();
      }
      item.kind = token_.is_word("_") ? Kind::Other : Kind::Value;
      item.name = item.kind == Kind::Value ? token_.text : std::string_view();
      return read_to_end(std::move(item), false);
    }
    if (token_.is_word("use")) {
      item.kind = Kind::Use;
      return read_to_end(std::move(item), false);
    }
    if (token_.is_word("impl") || token_.is_word("trait") ||
        (token_.is_word("mod") && behind.kind == Token::Kind::Word)) {
      item.kind = token_.is_word("impl")    ? Kind::Impl
                  : token_.is_word("trait") ? Kind::Trait
                                            : Kind::Module;
      step();
      item.name = item.kind == Kind::Impl ? std::string_view() : token_.text;
      return read_container(std::move(item));
    }
    // A crate, or what is from another language.
    if (token_.is_word("extern") || token_.is('{')) {
      return read_to_end(std::move(item), true);
    }
    if (token_.is_word("macro") && behind.kind == Token::Kind::Word) {
      item.kind = Kind::Macro;
      step();
      item.name = token_.text;
      return read_to_end(std::move(item), true);
    }
    return read_macro(std::move(item));
  }

  // A call, or the definition of one: `path! name? {..}`.
  bool read_macro(OutlineItem item) {
    const bool is_definition = token_.is_word("macro_rules");
    item.kind = Kind::Call;
    while (token_.kind == Token::Kind::Word || token_.is(':')) {
      step();
    }
    if (!step_over('!')) {
      return false;
    }
    if (token_.kind == Token::Kind::Word) {
      item.kind = is_definition ? Kind::Macro : Kind::Call;
      item.name = is_definition ? token_.text : std::string_view();
      step();
    }
    const bool needs_end = !token_.is('{');
    if (!token_.opens() || !skip_group()) {
      return false;
    }
    if (needs_end) {
      step_over(';');
    }
    return finish(std::move(item));
  }

  bool finish(OutlineItem item) {
    item.end = last_end_;
    if (item.body_end == 0) {
      item.body_begin = item.body_end = item.end;
    }
    add(std::move(item));
    return true;
  }

  // To the `;` outside of brackets, or behind braces where they may end it.
  bool read_to_end(OutlineItem item, bool ends_with_braces) {
    while (!token_.is(';')) {
      const bool is_end = ends_with_braces && token_.is('{');
      if (token_.kind == Token::Kind::End || token_.closes()) {
        return false;
      }
      if (!token_.opens()) {
        step();
      } else if (!skip_group()) {
        return false;
      }
      if (is_end) {
        return finish(std::move(item));
      }
    }
    step();
    return finish(std::move(item));
  }

  // To the `{` or `;` behind a head. A block in angle brackets belongs to the head.
  bool skip_head() {
    while (!token_.is(';') && (!token_.is('{') || previous_.is('<'))) {
      if (token_.kind == Token::Kind::End || token_.closes()) {
        return false;
      }
      if (!token_.opens()) {
        step();
      } else if (!skip_group()) {
        return false;
      }
    }
    return true;
  }

  bool read_function(OutlineItem item) {
    item.kind = Kind::Function;
    step();
    if (token_.kind != Token::Kind::Word) {
      return false;
    }
    item.name = token_.text;
    const uint32_t name = token_.begin;
    if (!skip_head()) {
      return false;
    }
    item.body_begin = token_.begin;
    // `impl` in the result, wherever in it.
    bool is_result = false;
    Token before;
    for (Tokens head(text_, name, item.body_begin);;) {
      const Token token = head.next();
      if (token.kind == Token::Kind::End) {
        break;
      }
      is_result |= token.is('>') && before.is('-') && before.end == token.begin;
      item.returns_impl |= is_result && token.is_word("impl");
      before = token;
    }
    if (token_.is(';')) {
      step();
      item.body_begin = 0;
      return finish(std::move(item));
    }
    const bool has_end = skip_group([&] {
      item.has_inner_items |= token_.is_word("impl") || token_.is_word("macro_rules") ||
                              token_.is_word("mod") || token_.is_word("extern");
      if (previous_.is_word("fn") && token_.kind == Token::Kind::Word) {
        item.inner_functions.push_back(token_.text);
      }
    });
    if (!has_end) {
      return false;
    }
    item.body_end = last_end_;
    return finish(std::move(item));
  }

  bool read_container(OutlineItem item) {
    if (!skip_head()) {
      return false;
    }
    if (token_.is(';')) {
      step();
      return finish(std::move(item));
    }
    item.body_begin = token_.begin;
    step();
    open_.push_back(add(std::move(item)));
    return true;
  }

  std::string_view text_;
  Tokens tokens_;
  Token token_;
  Token previous_;
  uint32_t last_end_ = 0;
  std::vector<OutlineItem> items_;
  std::vector<int32_t> open_;
};

// Of a string literal.
void each_word_in(std::string_view text, llvm::function_ref<void(std::string_view, bool)> visit) {
  const auto is_part = [](char c) { return llvm::isAlnum(c) || c == '_' || (c & '\x80') != 0; };
  for (size_t begin = 0; begin < text.size(); ++begin) {
    size_t end = begin;
    while (end < text.size() && is_part(text[end])) {
      ++end;
    }
    if (end > begin) {
      visit(text.substr(begin, end - begin), false);
      begin = end;
    }
  }
}

}  // namespace

std::optional<std::vector<OutlineItem>> outline(std::string_view text) {
  return Outliner(text).read();
}

void each_word(std::string_view text, uint32_t begin, uint32_t end,
               llvm::function_ref<void(std::string_view, bool)> visit) {
  Tokens tokens(text, begin, end);
  Token before;
  Token previous;
  for (Token token = tokens.next(); token.kind != Token::Kind::End; token = tokens.next()) {
    if (token.kind == Token::Kind::Word) {
      const bool is_in_path = previous.is(':') && before.is(':') && before.end == previous.begin;
      const bool is_member = previous.is('.') && !before.is('.');
      visit(token.text, !is_in_path && !is_member);
    } else if (token.kind == Token::Kind::String) {
      each_word_in(token.text, visit);
    }
    before = std::exchange(previous, token);
  }
}

std::optional<UseTree> use_tree(std::string_view text, const OutlineItem& item) {
  UseTree tree;
  tree.groups.push_back({item.begin, item.end, 0});
  Tokens tokens(text, item.head, item.end);
  Token token = tokens.next();
  while (token.kind != Token::Kind::End && !token.is_word("use")) {
    token = tokens.next();
  }
  token = tokens.next();
  struct Open {
    uint32_t group;
    size_t path;  // its length
  };
  std::vector<Open> open = {{0, 0}};
  std::vector<std::string_view> path;
  uint32_t begin = token.begin;
  // Ends a leaf or a group at `token`, and takes the comma along.
  const auto end_of = [&] {
    const uint32_t end = token.is(',') ? token.end : token.begin;
    if (token.is(',')) {
      token = tokens.next();
    }
    return end;
  };
  // Each leaf has its whole path; nobody's is longer.
  constexpr size_t Longest = 100;
  while (open.size() < Longest && path.size() < Longest) {
    if (token.is(':')) {
      token = tokens.next();
    } else if (token.is('{')) {
      tree.groups.push_back({begin, 0, open.back().group});
      open.push_back({static_cast<uint32_t>(tree.groups.size() - 1), path.size()});
      token = tokens.next();
      begin = token.begin;
    } else if (token.is('}')) {
      if (open.size() == 1) {
        return std::nullopt;
      }
      const uint32_t group = open.back().group;
      open.pop_back();
      token = tokens.next();
      tree.groups[group].end = end_of();
      path.resize(open.back().path);
      begin = token.begin;
    } else if (token.is(';')) {
      return open.size() == 1 ? std::optional(std::move(tree)) : std::nullopt;
    } else if (token.kind == Token::Kind::Word || token.is('*')) {
      path.push_back(token.text);
      token = tokens.next();
      if (token.is(':')) {
        continue;
      }
      UseLeaf leaf{path, path.back(), begin, 0, open.back().group};
      if (leaf.name == "self" && path.size() > 1) {
        leaf.path.pop_back();
        leaf.name = leaf.path.back();
      }
      if (token.is_word("as")) {
        leaf.name = tokens.next().text;
        token = tokens.next();
      }
      if (!token.is(',') && !token.is('}') && !token.is(';')) {
        return std::nullopt;
      }
      leaf.end = end_of();
      tree.leaves.push_back(std::move(leaf));
      path.resize(open.back().path);
      begin = token.begin;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace jaa::syntax
