#include "syntax/tree.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <mutex>
#include <vector>

#include "llvm/ADT/DenseMap.h"
#include "tree_sitter/api.h"

extern "C" const TSLanguage* tree_sitter_rust(void);

namespace jaa::syntax {

// The only place that knows how a `Node` is a `TSNode`.
struct TreeData {
  base::FileId file;
  std::string_view text;
  TSTree* tree = nullptr;
  // The library finds a parent or sibling by descending from the root, which is
  // quadratic for a walk up a deep tree; here they are looked up.
  struct Relatives {
    int32_t parent = -1;
    int32_t previous = -1;
    int32_t next = -1;
  };
  // Of one child of the root, made when it is first asked for: most questions are about a few
  // functions of a file.
  struct Index {
    std::once_flag is_made;
    std::vector<Node> nodes;  // in source order, from the child itself
    std::vector<Relatives> relatives;
    llvm::DenseMap<const void*, int32_t> places;
  };
  mutable std::once_flag has_tops;
  mutable std::vector<Node> tops;  // the root's children
  mutable std::vector<uint32_t> top_begins;
  mutable std::deque<Index> indexes;  // of each of them

  // `before`: the tree of an earlier text, edited as the text was.
  TreeData(base::FileId of, std::string_view source, const TSTree* before = nullptr)
      : file(of), text(source) {
    // Offsets are 32 bits wide here and in the parser.
    if (text.size() >= std::numeric_limits<uint32_t>::max()) text = {};
    TSParser* parser = ts_parser_new();
    if (ts_parser_set_language(parser, tree_sitter_rust()))
      tree =
          ts_parser_parse_string(parser, before, text.data(), static_cast<uint32_t>(text.size()));
    ts_parser_delete(parser);
  }
  TreeData(const TreeData&) = delete;
  TreeData& operator=(const TreeData&) = delete;
  ~TreeData() {
    if (tree != nullptr) ts_tree_delete(tree);
  }

  [[nodiscard]] Node wrap(TSNode node) const {
    Node result;
    if (ts_node_is_null(node)) return result;
    std::copy(std::begin(node.context), std::end(node.context), result.place_.begin());
    result.id_ = node.id;
    result.tree_ = this;
    return result;
  }
  [[nodiscard]] static TSNode unwrap(const Node& node) {
    TSNode result{};
    if (!node.is_valid()) return result;
    std::copy(node.place_.begin(), node.place_.end(), std::begin(result.context));
    result.id = node.id_;
    result.tree = node.tree_->tree;
    return result;
  }
  [[nodiscard]] static const TreeData* of(const Node& node) { return node.tree_; }

  void list_tops() const {
    if (tree == nullptr) return;
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      do {
        tops.push_back(wrap(ts_tree_cursor_current_node(&cursor)));
        top_begins.push_back(tops.back().begin());
      } while (ts_tree_cursor_goto_next_sibling(&cursor));
    }
    ts_tree_cursor_delete(&cursor);
    indexes.resize(tops.size());
  }

  // The cursor does not leave the node that it starts at.
  void index_relatives(const Node& top, Index& index) const {
    auto& nodes = index.nodes;
    const uint32_t count = ts_node_descendant_count(unwrap(top));
    nodes.reserve(count);
    index.relatives.reserve(count);
    index.places.reserve(count);
    TSTreeCursor cursor = ts_tree_cursor_new(unwrap(top));
    std::vector<int32_t> open;
    Relatives next;
    while (true) {
      const Node node = wrap(ts_tree_cursor_current_node(&cursor));
      const auto number = static_cast<int32_t>(nodes.size());
      if (next.previous >= 0) index.relatives[static_cast<size_t>(next.previous)].next = number;
      nodes.push_back(node);
      index.relatives.push_back(next);
      index.places[node.id_] = number;
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        open.push_back(number);
        next = {number, -1, -1};
        continue;
      }
      int32_t before = number;
      while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
        if (!ts_tree_cursor_goto_parent(&cursor)) {
          ts_tree_cursor_delete(&cursor);
          return;
        }
        before = open.back();
        open.pop_back();
      }
      next = {open.empty() ? -1 : open.back(), before, -1};
    }
  }

  [[nodiscard]] static Node relative(const Node& node, int32_t Relatives::* which) {
    if (!node.is_valid()) return {};
    const TreeData& data = *node.tree_;
    std::call_once(data.has_tops, [&data] { data.list_tops(); });
    const auto behind =
        std::upper_bound(data.top_begins.begin(), data.top_begins.end(), node.begin());
    // Nodes of no width may stand where another child ends, so several may have it.
    for (auto top = static_cast<size_t>(behind - data.top_begins.begin()); top-- > 0;) {
      if (data.tops[top].end() < node.end()) break;
      Index& index = data.indexes[top];
      std::call_once(index.is_made, [&] { data.index_relatives(data.tops[top], index); });
      const auto place = index.places.find(node.id_);
      if (place == index.places.end()) continue;
      if (place->second == 0) {
        if (which == &Relatives::parent) return data.wrap(ts_tree_root_node(data.tree));
        const size_t other = which == &Relatives::next ? top + 1 : top - 1;
        return other < data.tops.size() ? data.tops[other] : Node();
      }
      const int32_t number = index.relatives[static_cast<size_t>(place->second)].*which;
      return number < 0 ? Node() : index.nodes[static_cast<size_t>(number)];
    }
    return {};
  }
};

namespace {

std::vector<Node> list_children(const Node& node, llvm::function_ref<bool(const Node&)> keep) {
  std::vector<Node> result;
  if (!node.is_valid()) return result;
  const TreeData* data = TreeData::of(node);
  TSTreeCursor cursor = ts_tree_cursor_new(TreeData::unwrap(node));
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const Node child = data->wrap(ts_tree_cursor_current_node(&cursor));
      if (keep(child)) result.push_back(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return result;
}

}  // namespace

std::string_view Node::kind() const {
  return is_valid() ? std::string_view(ts_node_type(TreeData::unwrap(*this))) : std::string_view();
}

bool Node::is_any(std::initializer_list<std::string_view> names) const {
  return std::find(names.begin(), names.end(), kind()) != names.end();
}

bool Node::is_named() const {
  return is_valid() && ts_node_is_named(TreeData::unwrap(*this));
}

bool Node::has_error() const {
  return is_valid() && ts_node_has_error(TreeData::unwrap(*this));
}

base::Span Node::span() const {
  return is_valid() ? base::Span{tree_->file, begin(), end()} : base::Span{};
}

uint32_t Node::begin() const {
  return is_valid() ? ts_node_start_byte(TreeData::unwrap(*this)) : 0;
}

uint32_t Node::end() const {
  return is_valid() ? ts_node_end_byte(TreeData::unwrap(*this)) : 0;
}

std::string_view Node::text() const {
  return is_valid() ? tree_->text.substr(begin(), end() - begin()) : std::string_view();
}

Node Node::parent() const {
  return TreeData::relative(*this, &TreeData::Relatives::parent);
}

std::vector<Node> Node::parts() const {
  return list_children(*this,
                       [](const Node& child) { return child.is_named() && !child.is_comment(); });
}

std::vector<Node> Node::children() const {
  return list_children(*this, [](const Node&) { return true; });
}

std::vector<Node> Node::named_children() const {
  return list_children(*this, [](const Node& child) { return child.is_named(); });
}

Node Node::field(std::string_view name) const {
  if (!is_valid()) return {};
  return tree_->wrap(ts_node_child_by_field_name(TreeData::unwrap(*this), name.data(),
                                                 static_cast<uint32_t>(name.size())));
}

Node Node::previous() const {
  return TreeData::relative(*this, &TreeData::Relatives::previous);
}

Node Node::next() const {
  return TreeData::relative(*this, &TreeData::Relatives::next);
}

bool Node::has_child(std::string_view name) const {
  return !list_children(*this, [&](const Node& child) { return child.is(name); }).empty();
}

void walk(Node root, llvm::function_ref<Walk(Node)> visit) {
  if (!root.is_valid()) return;
  const TreeData* data = TreeData::of(root);
  TSTreeCursor cursor = ts_tree_cursor_new(TreeData::unwrap(root));
  for (bool is_done = false; !is_done;) {
    const Walk step = visit(data->wrap(ts_tree_cursor_current_node(&cursor)));
    if (step == Walk::Stop) break;
    if (step == Walk::Into && ts_tree_cursor_goto_first_child(&cursor)) continue;
    // The cursor does not leave `root`: neither call below succeeds there.
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        is_done = true;
        break;
      }
    }
  }
  ts_tree_cursor_delete(&cursor);
}

namespace {

// Where an offset is, in the library's words: rows, and bytes from their beginning.
TSPoint point_at(std::string_view text, uint32_t offset) {
  const std::string_view before = text.substr(0, offset);
  const size_t line = before.rfind('\n');
  return {static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')),
          static_cast<uint32_t>(line == std::string_view::npos ? offset : offset - line - 1)};
}

}  // namespace

Tree::Tree(const base::SourceFiles& sources, base::FileId file) : Tree(file, sources.text(file)) {}

Tree::Tree(base::FileId file, std::string_view text)
    : data_(std::make_unique<TreeData>(file, text)) {}

Tree::Tree(const Tree& before, std::string_view text, const TextEdit& edit) {
  TSTree* old = before.data_->tree == nullptr ? nullptr : ts_tree_copy(before.data_->tree);
  if (old != nullptr) {
    const TSPoint begin = point_at(text, edit.begin);
    TSPoint old_end = point_at(edit.removed, static_cast<uint32_t>(edit.removed.size()));
    old_end.column += old_end.row == 0 ? begin.column : 0;
    old_end.row += begin.row;
    const TSInputEdit change{edit.begin, edit.begin + static_cast<uint32_t>(edit.removed.size()),
                             edit.end,   begin,
                             old_end,    point_at(text, edit.end)};
    ts_tree_edit(old, &change);
  }
  data_ = std::make_unique<TreeData>(before.data_->file, text, old);
  if (old != nullptr) {
    ts_tree_delete(old);
  }
}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

base::FileId Tree::file() const {
  return data_->file;
}

std::string_view Tree::text() const {
  return data_->text;
}

Node Tree::root() const {
  return data_->tree == nullptr ? Node() : data_->wrap(ts_tree_root_node(data_->tree));
}

Node Tree::smallest_node(const base::Span& span) const {
  if (span.file != data_->file || span.begin > span.end || span.end > data_->text.size()) return {};
  if (data_->tree == nullptr) return {};
  const Node found = data_->wrap(ts_node_named_descendant_for_byte_range(
      ts_tree_root_node(data_->tree), span.begin, span.end));
  return found.span().contains(span) ? found : Node();
}

Node Tree::node_at(const base::Span& span) const {
  const Node found = smallest_node(span);
  return found.span() == span ? found : Node();
}

}  // namespace jaa::syntax
