#include "syntax/tree.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <limits>
#include <mutex>
#include <optional>
#include <vector>

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "tree_sitter/api.h"

extern "C" const TSLanguage* tree_sitter_rust(void);

namespace jaa::syntax {

// A part of the text that is parsed by itself: all of it, or one item and what stands between
// it and the one before. The only place that knows how a `Node` is a `TSNode`.
struct Section {
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

  const TreeData* data = nullptr;
  size_t number = 0;  // among its tree's
  // Bytes of the tree's text; the library counts from `begin`.
  uint32_t begin = 0;
  uint32_t end = 0;
  // Of its item; none where it may have several.
  std::optional<OutlineItem::Kind> kind = {};

  Section(const TreeData& of, size_t which) : data(&of), number(which) {}
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;
  ~Section() {
    if (tree_ != nullptr) ts_tree_delete(tree_);
  }

  // Null when the library cannot parse, as for want of memory.
  [[nodiscard]] const TSTree* tree() const {
    std::call_once(is_parsed_, [this] { parse(nullptr); });
    return tree_;
  }
  // `before`: the tree of an earlier text, edited as the text was.
  void parse_now(const TSTree* before) const {
    std::call_once(is_parsed_, [&] { parse(before); });
  }

  [[nodiscard]] Node wrap(TSNode node) const {
    Node result;
    if (ts_node_is_null(node)) return result;
    std::copy(std::begin(node.context), std::end(node.context), result.place_.begin());
    result.id_ = node.id;
    result.section_ = this;
    return result;
  }
  [[nodiscard]] static TSNode unwrap(const Node& node) {
    TSNode result{};
    if (!node.is_valid()) return result;
    std::copy(node.place_.begin(), node.place_.end(), std::begin(result.context));
    result.id = node.id_;
    result.tree = node.section_->tree();
    return result;
  }
  [[nodiscard]] static const Section* of(const Node& node) { return node.section_; }

  // Children of the root.
  [[nodiscard]] const std::vector<Node>& tops() const {
    std::call_once(has_tops_, [this] { list_tops(); });
    return tops_;
  }
  // None for children of the root, which may have them in other sections.
  struct Found {
    size_t top = 0;
    const Index* index = nullptr;
    int32_t place = -1;  // 0: the child of the root itself
  };
  [[nodiscard]] Found find(const Node& node) const {
    const std::vector<Node>& all = tops();
    const auto behind =
        std::upper_bound(all.begin(), all.end(), node.begin(),
                         [](uint32_t at, const Node& top) { return at < top.begin(); });
    // Nodes of no width may stand where another child ends, so several may have it.
    for (auto top = static_cast<size_t>(behind - all.begin()); top-- > 0;) {
      if (all[top].end() < node.end()) break;
      Index& index = indexes_[top];
      std::call_once(index.is_made, [&] { index_relatives(all[top], index); });
      const auto place = index.places.find(node.id_);
      if (place != index.places.end()) return {top, &index, place->second};
    }
    return {};
  }

 private:
  void parse(const TSTree* before) const;

  void list_tops() const {
    if (tree() == nullptr) return;
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree_));
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      do {
        tops_.push_back(wrap(ts_tree_cursor_current_node(&cursor)));
      } while (ts_tree_cursor_goto_next_sibling(&cursor));
    }
    ts_tree_cursor_delete(&cursor);
    indexes_.resize(tops_.size());
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
      const auto place = static_cast<int32_t>(nodes.size());
      if (next.previous >= 0) index.relatives[static_cast<size_t>(next.previous)].next = place;
      nodes.push_back(node);
      index.relatives.push_back(next);
      index.places[node.id_] = place;
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        open.push_back(place);
        next = {place, -1, -1};
        continue;
      }
      int32_t before = place;
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

  mutable std::once_flag is_parsed_;
  mutable TSTree* tree_ = nullptr;
  mutable std::once_flag has_tops_;
  mutable std::vector<Node> tops_;
  mutable std::deque<Index> indexes_;  // of each of them
};

struct TreeData {
  base::FileId file;
  std::string_view text;
  // At least one. Their roots are seen as one node: that of the only section, or one of our
  // own, whose `id_` is this.
  std::deque<Section> sections;

  TreeData(base::FileId of, std::string_view source) : file(of), text(source) {
    // Offsets are 32 bits wide here and in the parser.
    if (text.size() >= std::numeric_limits<uint32_t>::max()) text = {};
  }
  TreeData(const TreeData&) = delete;
  TreeData& operator=(const TreeData&) = delete;

  Section& add_section(uint32_t begin, uint32_t end) {
    Section& section = sections.emplace_back(*this, sections.size());
    section.begin = begin;
    section.end = end;
    return section;
  }
  void parse_whole(const TSTree* before = nullptr) {
    add_section(0, static_cast<uint32_t>(text.size())).parse_now(before);
  }
  void parse_by_items() {
    const auto items = outline(text);
    uint32_t begin = 0;
    for (const OutlineItem& item : items.value_or(std::vector<OutlineItem>())) {
      if (item.parent >= 0) continue;
      add_section(begin, item.end).kind = item.kind;
      begin = item.end;
    }
    // What stands behind the last item is none.
    Section& rest = add_section(begin, static_cast<uint32_t>(text.size()));
    if (items) rest.kind = OutlineItem::Kind::Other;
  }

  [[nodiscard]] Node root() const {
    const Section& first = sections.front();
    if (sections.size() == 1)
      return first.tree() == nullptr ? Node() : first.wrap(ts_tree_root_node(first.tree()));
    Node result;
    result.id_ = this;
    result.section_ = &first;
    return result;
  }
  // Several sections have no node of the library as their root.
  [[nodiscard]] static bool is_own_root(const Node& node) {
    return node.is_valid() && node.id_ == node.section_->data;
  }
  // As the library has it: without what stands before the first token.
  [[nodiscard]] uint32_t begin_of_own_root() const {
    return static_cast<uint32_t>(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  }
  [[nodiscard]] static const TreeData& of(const Node& node) { return *node.section_->data; }

  // The nearest child of a root before or after those of `section`.
  [[nodiscard]] Node top_before(size_t section) const {
    while (section-- > 0)
      if (!sections[section].tops().empty()) return sections[section].tops().back();
    return {};
  }
  [[nodiscard]] Node top_after(size_t section) const {
    while (++section < sections.size())
      if (!sections[section].tops().empty()) return sections[section].tops().front();
    return {};
  }

  [[nodiscard]] Node smallest(const base::Span& span) const {
    // Where it ends belongs to a section, as to a node.
    const auto section = std::partition_point(sections.begin(), sections.end(),
                                              [&](const Section& at) { return at.end < span.end; });
    if (section == sections.end() || section->begin > span.begin) return root();
    if (section->tree() == nullptr) return {};
    const TSNode whole = ts_tree_root_node(section->tree());
    const TSNode found = ts_node_named_descendant_for_byte_range(whole, span.begin - section->begin,
                                                                 span.end - section->begin);
    return ts_node_eq(found, whole) ? root() : section->wrap(found);
  }

  [[nodiscard]] static Node relative(const Node& node, int32_t Section::Relatives::* which) {
    using Relatives = Section::Relatives;
    if (!node.is_valid() || is_own_root(node)) return {};
    const Section& section = *node.section_;
    const Section::Found found = section.find(node);
    if (found.index == nullptr) return {};
    if (found.place == 0) {
      if (which == &Relatives::parent) return section.data->root();
      const std::vector<Node>& tops = section.tops();
      if (which == &Relatives::next) {
        return found.top + 1 < tops.size() ? tops[found.top + 1]
                                           : section.data->top_after(section.number);
      }
      return found.top > 0 ? tops[found.top - 1] : section.data->top_before(section.number);
    }
    const int32_t place = found.index->relatives[static_cast<size_t>(found.place)].*which;
    return place < 0 ? Node() : found.index->nodes[static_cast<size_t>(place)];
  }
};

namespace {

// Each thread has its own, kept: it has much to set up for a small item.
TSParser* this_threads_parser() {
  struct Deleter {
    void operator()(TSParser* parser) const { ts_parser_delete(parser); }
  };
  thread_local const std::unique_ptr<TSParser, Deleter> parser(ts_parser_new());
  return parser.get();
}

}  // namespace

void Section::parse(const TSTree* before) const {
  TSParser* parser = this_threads_parser();
  if (ts_parser_set_language(parser, tree_sitter_rust()))
    tree_ = ts_parser_parse_string(parser, before, data->text.data() + begin, end - begin);
}

namespace {

std::vector<Node> list_children(const Node& node, llvm::function_ref<bool(const Node&)> keep) {
  std::vector<Node> result;
  if (!node.is_valid()) return result;
  if (TreeData::is_own_root(node)) {
    for (const Section& section : TreeData::of(node).sections)
      llvm::copy_if(section.tops(), std::back_inserter(result), keep);
    return result;
  }
  const Section* section = Section::of(node);
  TSTreeCursor cursor = ts_tree_cursor_new(Section::unwrap(node));
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const Node child = section->wrap(ts_tree_cursor_current_node(&cursor));
      if (keep(child)) result.push_back(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return result;
}

}  // namespace

std::string_view Node::kind() const {
  if (TreeData::is_own_root(*this)) return "source_file";
  return is_valid() ? std::string_view(ts_node_type(Section::unwrap(*this))) : std::string_view();
}

bool Node::is_any(std::initializer_list<std::string_view> names) const {
  return std::find(names.begin(), names.end(), kind()) != names.end();
}

bool Node::is_named() const {
  return is_valid() && (TreeData::is_own_root(*this) || ts_node_is_named(Section::unwrap(*this)));
}

bool Node::has_error() const {
  if (TreeData::is_own_root(*this)) {
    return llvm::any_of(section_->data->sections, [](const Section& section) {
      return section.tree() == nullptr || ts_node_has_error(ts_tree_root_node(section.tree()));
    });
  }
  return is_valid() && ts_node_has_error(Section::unwrap(*this));
}

base::Span Node::span() const {
  return is_valid() ? base::Span{section_->data->file, begin(), end()} : base::Span{};
}

uint32_t Node::begin() const {
  if (TreeData::is_own_root(*this)) return section_->data->begin_of_own_root();
  return is_valid() ? section_->begin + ts_node_start_byte(Section::unwrap(*this)) : 0;
}

uint32_t Node::end() const {
  if (TreeData::is_own_root(*this)) return static_cast<uint32_t>(section_->data->text.size());
  return is_valid() ? section_->begin + ts_node_end_byte(Section::unwrap(*this)) : 0;
}

std::string_view Node::text() const {
  return is_valid() ? section_->data->text.substr(begin(), end() - begin()) : std::string_view();
}

Node Node::parent() const {
  return TreeData::relative(*this, &Section::Relatives::parent);
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
  if (!is_valid() || TreeData::is_own_root(*this)) return {};
  return section_->wrap(ts_node_child_by_field_name(Section::unwrap(*this), name.data(),
                                                    static_cast<uint32_t>(name.size())));
}

Node Node::previous() const {
  return TreeData::relative(*this, &Section::Relatives::previous);
}

Node Node::next() const {
  return TreeData::relative(*this, &Section::Relatives::next);
}

bool Node::has_child(std::string_view name) const {
  return !list_children(*this, [&](const Node& child) { return child.is(name); }).empty();
}

namespace {

// Visits `root` and what is below it, which is in one section. False: it was stopped.
bool walk_in_section(const Node& root, llvm::function_ref<Walk(Node)> visit) {
  const Section* section = Section::of(root);
  TSTreeCursor cursor = ts_tree_cursor_new(Section::unwrap(root));
  bool is_stopped = false;
  for (bool is_done = false; !is_done;) {
    const Walk step = visit(section->wrap(ts_tree_cursor_current_node(&cursor)));
    is_stopped = step == Walk::Stop;
    if (is_stopped) break;
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
  return !is_stopped;
}

}  // namespace

void walk(Node root, llvm::function_ref<Walk(Node)> visit) {
  if (!root.is_valid()) return;
  if (!TreeData::is_own_root(root)) {
    walk_in_section(root, visit);
    return;
  }
  if (visit(root) != Walk::Into) return;
  for (const Section& section : TreeData::of(root).sections)
    for (const Node& top : section.tops())
      if (!walk_in_section(top, visit)) return;
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

Tree::Tree(const base::SourceFiles& sources, base::FileId file)
    : data_(std::make_unique<TreeData>(file, sources.text(file))) {
  data_->parse_by_items();
}

Tree::Tree(base::FileId file, std::string_view text)
    : data_(std::make_unique<TreeData>(file, text)) {
  data_->parse_whole();
}

Tree::Tree(const Tree& before, std::string_view text, const TextEdit& edit)
    : data_(std::make_unique<TreeData>(before.data_->file, text)) {
  const auto& sections = before.data_->sections;
  const TSTree* known = sections.size() == 1 ? sections.front().tree() : nullptr;
  if (known == nullptr) {
    data_->parse_whole();
    return;
  }
  TSTree* old = ts_tree_copy(known);
  const TSPoint begin = point_at(text, edit.begin);
  TSPoint old_end = point_at(edit.removed, static_cast<uint32_t>(edit.removed.size()));
  old_end.column += old_end.row == 0 ? begin.column : 0;
  old_end.row += begin.row;
  const TSInputEdit change{edit.begin, edit.begin + static_cast<uint32_t>(edit.removed.size()),
                           edit.end,   begin,
                           old_end,    point_at(text, edit.end)};
  ts_tree_edit(old, &change);
  data_->parse_whole(old);
  ts_tree_delete(old);
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
  return data_->root();
}

std::vector<Node> Tree::top_items(std::initializer_list<OutlineItem::Kind> kinds) const {
  std::vector<Node> result;
  for (const Section& section : data_->sections) {
    if (section.kind && !llvm::is_contained(kinds, *section.kind)) continue;
    llvm::copy_if(section.tops(), std::back_inserter(result),
                  [](const Node& top) { return top.is_named(); });
  }
  return result;
}

Node Tree::smallest_node(const base::Span& span) const {
  if (span.file != data_->file || span.begin > span.end || span.end > data_->text.size()) return {};
  const Node found = data_->smallest(span);
  return found.span().contains(span) ? found : Node();
}

Node Tree::node_at(const base::Span& span) const {
  const Node found = smallest_node(span);
  return found.span() == span ? found : Node();
}

}  // namespace jaa::syntax
