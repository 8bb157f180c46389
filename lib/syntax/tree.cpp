#include "syntax/tree.h"

#include <algorithm>
#include <limits>

#include "tree_sitter/api.h"

extern "C" const TSLanguage* tree_sitter_rust(void);

namespace jaa::syntax {

// The only place that knows how a `Node` is a `TSNode`.
struct TreeData {
  base::FileId file;
  std::string_view text;
  TSTree* tree = nullptr;

  TreeData(base::FileId of, std::string_view source) : file(of), text(source) {
    // Offsets are 32 bits wide here and in the parser.
    if (text.size() >= std::numeric_limits<uint32_t>::max()) text = {};
    TSParser* parser = ts_parser_new();
    if (ts_parser_set_language(parser, tree_sitter_rust()))
      tree = ts_parser_parse_string(parser, nullptr, text.data(),
                                    static_cast<uint32_t>(text.size()));
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

bool Node::is_named() const { return is_valid() && ts_node_is_named(TreeData::unwrap(*this)); }

bool Node::has_error() const { return is_valid() && ts_node_has_error(TreeData::unwrap(*this)); }

base::Span Node::span() const {
  return is_valid() ? base::Span{tree_->file, begin(), end()} : base::Span{};
}

uint32_t Node::begin() const {
  return is_valid() ? ts_node_start_byte(TreeData::unwrap(*this)) : 0;
}

uint32_t Node::end() const { return is_valid() ? ts_node_end_byte(TreeData::unwrap(*this)) : 0; }

std::string_view Node::text() const {
  return is_valid() ? tree_->text.substr(begin(), end() - begin()) : std::string_view();
}

Node Node::parent() const {
  return is_valid() ? tree_->wrap(ts_node_parent(TreeData::unwrap(*this))) : Node();
}

std::vector<Node> Node::parts() const {
  return list_children(*this, [](const Node& child) { return child.is_named() && !child.is_comment(); });
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
  return is_valid() ? tree_->wrap(ts_node_prev_sibling(TreeData::unwrap(*this))) : Node();
}

Node Node::next() const {
  return is_valid() ? tree_->wrap(ts_node_next_sibling(TreeData::unwrap(*this))) : Node();
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

Tree::Tree(const base::SourceFiles& sources, base::FileId file)
    : data_(std::make_unique<TreeData>(file, sources.text(file))) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

base::FileId Tree::file() const { return data_->file; }

std::string_view Tree::text() const { return data_->text; }

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
