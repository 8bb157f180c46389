// Source text: parsed, its items listed, and each question asked of places all over the tree;
// outlined, and cut down to one of its functions.
#include <algorithm>

#include "rewrite/slice_crate.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/outline.h"
#include "syntax/queries.h"
#include "syntax/tree.h"
#include "tools/fuzz/check.h"

namespace {

using namespace jaa;

// A byte may be several nodes, each some tens of bytes in the parser's tree and in ours.
constexpr size_t BytesPerByte = 1024;
// Some questions walk all that is below a node, so not every node can be asked.
constexpr size_t MaxAsked = 24;

void check_node(const syntax::Tree& tree, syntax::Node node) {
  const base::Span span = node.span();
  fuzz::require(span.begin <= span.end && span.end <= tree.text().size(),
                "a node lies in the text");
  const syntax::Node parent = node.parent();
  fuzz::require(parent || node == tree.root(), "only the root has no parent");
  fuzz::require(!parent || parent.contains(node), "a node lies in its parent");
  fuzz::require(!node.next() || node.next().previous() == node, "siblings know each other");
}

void ask(const syntax::Tree& tree, syntax::Node node) {
  (void)syntax::last_name(node);
  (void)syntax::trait_of(node);
  (void)syntax::impl_of(node);
  (void)syntax::enclosing_item(node);
  (void)syntax::enclosing_statement(node);
  (void)syntax::enclosing_block(node);
  (void)syntax::is_async_function(syntax::enclosing_function(node));
  (void)syntax::outermost_function(node);
  (void)syntax::is_in_macro(node);
  (void)syntax::statements(node);
  (void)syntax::has_attributes(node);
  (void)syntax::bindings(node);
  (void)syntax::format_names(node.text());
  const auto names = syntax::names(node);
  if (!names.empty()) {
    fuzz::require(syntax::is_mentioned(node, std::string_view(names.begin()->getKey())),
                  "a name is mentioned");
  }
  (void)syntax::comments_above(tree, node);
  (void)syntax::comment_behind(tree, node);
  (void)syntax::has_comment(tree, node.span());
  for (const uint32_t line : syntax::movable_lines(tree, node.span())) {
    fuzz::require(syntax::line_start(tree.text(), line) == line, "a line starts where it starts");
  }
  for (const uint32_t offset : {node.begin(), node.end()}) {
    const uint32_t start = syntax::line_start(tree.text(), offset);
    fuzz::require(start <= offset, "a line starts before what is in it");
    fuzz::require(syntax::line_stop(tree.text(), offset) >= start, "a line stops after its start");
    (void)syntax::indentation(tree.text(), offset);
    (void)syntax::starts_line(tree.text(), offset);
    (void)syntax::ends_line(tree.text(), offset);
  }
  if (node.is_named()) {
    const syntax::Node found = tree.smallest_node(node.span());
    fuzz::require(found && found.contains(node), "a node is found by its span");
  }
}

// What has no syntax error is the same, whether it was parsed as a whole or item by item.
void check_sections(const syntax::Tree& tree) {
  const syntax::Tree whole(tree.file(), tree.text());
  if (whole.root().has_error()) {
    return;
  }
  std::vector<syntax::Node> nodes;
  syntax::walk(whole.root(), [&](syntax::Node node) {
    nodes.push_back(node);
    return syntax::Walk::Into;
  });
  auto next = nodes.begin();
  syntax::walk(tree.root(), [&](syntax::Node node) {
    fuzz::require(next != nodes.end() && node.kind() == next->kind() && node.span() == next->span(),
                  "items have the nodes of the whole");
    ++next;
    return syntax::Walk::Into;
  });
  fuzz::require(next == nodes.end(), "items have all nodes of the whole");
}

void check_outline(std::string_view text) {
  const auto items = syntax::outline(text);
  if (!items) {
    return;
  }
  std::string wanted;
  uint32_t at = 0;
  for (const syntax::OutlineItem& item : *items) {
    fuzz::require(item.begin >= at, "items are in order");
    fuzz::require(item.begin <= item.head && item.head < item.end && item.end <= text.size() &&
                      item.head <= item.body_begin && item.body_begin <= item.body_end &&
                      item.body_end <= item.end,
                  "an item lies in the text");
    at = item.begin;
    if (item.kind == syntax::OutlineItem::Kind::Use) {
      (void)syntax::use_tree(text, item);
    } else if (item.kind == syntax::OutlineItem::Kind::Function) {
      wanted = item.name;
    }
  }
  if (wanted.empty()) {
    return;
  }
  const auto sliced = rewrite::slice_crate({text}, {wanted});
  fuzz::require(sliced.size() == 1 && sliced.front(), "a function that is there is found");
  fuzz::require(sliced.front()->size() <= text.size() &&
                    std::count(sliced.front()->begin(), sliced.front()->end(), '\n') ==
                        std::count(text.begin(), text.end(), '\n'),
                "lines stay");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  base::SourceFiles sources;
  const base::FileId file =
      sources.add("/fuzz.rs", "fuzz.rs", std::string(fuzz::text_of(data, size)));
  const fuzz::MemoryWatch watch(size, BytesPerByte);
  const syntax::Tree tree(sources, file);
  const syntax::Items items({&tree});
  (void)syntax::layout(tree.text());
  std::vector<syntax::Node> nodes;
  syntax::walk(tree.root(), [&](syntax::Node node) {
    check_node(tree, node);
    nodes.push_back(node);
    return syntax::Walk::Into;
  });
  const size_t step = nodes.size() / MaxAsked + 1;
  for (size_t at = 0; at < nodes.size(); at += step) ask(tree, nodes[at]);
  ask(tree, {});
  check_sections(tree);
  check_outline(tree.text());
  return 0;
}
