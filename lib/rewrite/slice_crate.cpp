#include "rewrite/slice_crate.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include "rewrite/stub_bodies.h"
#include "syntax/outline.h"
#include "syntax/tokens.h"

namespace jaa::rewrite {
namespace {

using syntax::OutlineItem;
using syntax::Token;
using Kind = OutlineItem::Kind;

// A name, and the file whose own item it means; -1: any file's.
struct Name {
  std::string_view word;
  int32_t file = -1;
};

struct Item {
  OutlineItem outline;
  bool is_wanted = false;  // its body is
  bool is_kept = false;
  // Impl: of a trait; a wanted function is in it; what has to be kept for it.
  bool has_trait = false;
  bool is_forced = false;
  std::vector<Name> needs = {};
  // Trait: the names of its functions.
  std::vector<std::string_view> members = {};
  // Use.
  std::optional<syntax::UseTree> tree = {};
  std::vector<bool> leaves = {};
};

struct File {
  std::string_view text;
  int32_t number = 0;
  // None: all of it is kept.
  std::optional<std::vector<Item>> items = {};
  // What it has items for, outside of `impl`s and traits; of them, what is named in it and
  // what is kept.
  llvm::StringSet<> own = {};
  llvm::StringSet<> own_mentioned = {};
  llvm::StringSet<> own_kept = {};
};

class Slicer {
 public:
  Slicer(llvm::ArrayRef<std::string_view> files, llvm::ArrayRef<std::string> wanted) {
    for (const std::string& name : wanted) {
      wanted_.insert(name);
      missing_.insert(name);
    }
    for (const std::string_view text : files) {
      files_.push_back({text, static_cast<int32_t>(files_.size())});
      if (auto outline = syntax::outline(text)) {
        auto& items = files_.back().items.emplace();
        items.reserve(outline->size());
        for (OutlineItem& item : *outline) {
          items.push_back({std::move(item)});
        }
        define(files_.back());
      }
    }
  }

  std::vector<std::optional<std::string>> run() {
    for (File& file : files_) {
      if (file.items) {
        read_heads(file);
      } else {
        missing_.clear();  // they may be there
        mention(file, 0, static_cast<uint32_t>(file.text.size()));
      }
    }
    if (!missing_.empty()) {
      return {};
    }
    do {
      is_changed_ = false;
      for (File& file : files_) {
        for (Item& item : file.items ? *file.items : none_) {
          visit(file, item);
        }
      }
    } while (is_changed_);
    std::vector<std::optional<std::string>> result;
    result.reserve(files_.size());
    for (const File& file : files_) {
      result.push_back(file.items ? std::optional(print(file)) : std::nullopt);
    }
    return result;
  }

 private:
  static Item* parent_of(File& file, const Item& item) {
    return item.outline.parent < 0 ? nullptr
                                   : &(*file.items)[static_cast<size_t>(item.outline.parent)];
  }
  static bool is_member(File& file, const Item& item) {
    const Item* parent = parent_of(file, item);
    return parent != nullptr && parent->outline.kind != Kind::Module;
  }

  // A word that stands by itself means the file's own item where there is one; a glob import
  // does not go before it. In a macro it may be put anywhere.
  void mention(File& file, uint32_t begin, uint32_t end, bool is_macro = false) {
    syntax::each_word(file.text, begin, end, [&](std::string_view word, bool is_bare) {
      if (is_bare && !is_macro && file.own.contains(word)) {
        is_changed_ |= file.own_mentioned.insert(word).second;
        mentioned_anywhere_.insert(word);
      } else {
        mention(word);
      }
    });
  }
  void mention(std::string_view word) {
    is_changed_ |= mentioned_.insert(word).second;
    mentioned_anywhere_.insert(word);
  }

  // Names that paths and imports may lead to.
  void define(File& file) {
    for (const Item& item : *file.items) {
      const OutlineItem& outline = item.outline;
      if (outline.kind == Kind::Module) {
        modules_.insert(outline.name);
      } else if (!outline.name.empty() && !is_member(file, item)) {
        defined_.insert(outline.name);
        file.own.insert(outline.name);
        if (outline.kind == Kind::Type || outline.kind == Kind::Trait) {
          types_.insert(outline.name);
        }
        if (outline.kind == Kind::Trait) {
          traits_.insert(outline.name);
        }
      }
    }
  }

  // What is known of items before anything is kept.
  void read_heads(File& file) {
    for (Item& item : *file.items) {
      const OutlineItem& outline = item.outline;
      Item* const parent = parent_of(file, item);
      if (outline.kind == Kind::Function) {
        const auto is_wanted = [this](std::string_view name) { return wanted_.contains(name); };
        item.is_wanted =
            is_wanted(outline.name) ||
            std::any_of(outline.inner_functions.begin(), outline.inner_functions.end(), is_wanted);
        if (item.is_wanted) {
          missing_.erase(outline.name);
          for (const std::string_view name : outline.inner_functions) {
            missing_.erase(name);
          }
        }
        if (parent != nullptr) {
          parent->is_forced |= item.is_wanted;
          parent->members.push_back(outline.name);
        }
      } else if (outline.kind == Kind::Impl) {
        read_impl(file, item);
      } else if (outline.kind == Kind::Module) {
        mention(file, outline.begin, outline.body_begin);
      } else if (outline.kind == Kind::Use) {
        item.tree = syntax::use_tree(file.text, outline);
        item.leaves.resize(item.tree ? item.tree->leaves.size() : 0);
      }
    }
  }

  // `impl<T> Trait<A> for Type<B> where ..`: `Trait` and `Type`, as far as they are the
  // crate's; where neither is, the crate's names in their arguments.
  void read_impl(const File& file, Item& item) {
    syntax::Tokens tokens(file.text, item.outline.head, item.outline.body_begin);
    Token token = tokens.next();
    while (token.kind != Token::Kind::End && !token.is_word("impl")) {
      token = tokens.next();
    }
    token = tokens.next();
    Token before;
    int depth = 0;
    bool is_generics = token.is('<');
    std::vector<Name> arguments;
    bool has_head = false;
    for (; token.kind != Token::Kind::End; before = token, token = tokens.next()) {
      const bool is_arrow = token.is('>') && before.is('-') && before.end == token.begin;
      depth += token.is('<') ? 1 : token.is('>') && !is_arrow ? -1 : 0;
      if (is_generics) {
        is_generics = depth > 0;
        continue;
      }
      if (depth == 0 && token.is_word("where")) {
        break;
      }
      // `for<'a>` binds lifetimes.
      if (depth == 0 && token.is_word("for") && !tokens.peek().is('<')) {
        item.has_trait = true;
        has_head = false;
      }
      if (token.kind == Token::Kind::Word && types_.contains(token.text)) {
        const bool is_own = !before.is(':') && file.own.contains(token.text);
        (depth == 0 && !has_head ? item.needs : arguments)
            .push_back({token.text, is_own ? file.number : -1});
        has_head |= depth == 0;
      }
    }
    if (item.needs.empty()) {
      item.needs = std::move(arguments);
    }
  }

  bool is_mentioned(const File& file, std::string_view name) const {
    return mentioned_.contains(name) || file.own_mentioned.contains(name);
  }
  // Methods are called from everywhere.
  bool is_mentioned_anywhere(std::string_view name) const {
    return mentioned_anywhere_.contains(name);
  }
  bool is_kept(const Name& name) const {
    return name.file < 0 ? kept_names_.contains(name.word)
                         : files_[static_cast<size_t>(name.file)].own_kept.contains(name.word);
  }

  bool is_needed(File& file, const Item& item) const {
    const OutlineItem& outline = item.outline;
    const Item* const parent = parent_of(file, item);
    if (parent != nullptr && parent->outline.kind != Kind::Module) {
      const bool is_open = parent->outline.kind == Kind::Impl && !parent->has_trait;
      return parent->is_kept && (!is_open || item.is_wanted || outline.name.empty() ||
                                 is_mentioned_anywhere(outline.name) || outline.has_inner_items);
    }
    switch (outline.kind) {
      // What a macro makes of its arguments is not known.
      case Kind::Call:
      case Kind::Other:
        return true;
      case Kind::Function:
        return item.is_wanted || outline.has_inner_items || outline.name == "main" ||
               is_mentioned(file, outline.name);
      case Kind::Type:
      case Kind::Value:
      case Kind::Macro:
        return is_mentioned(file, outline.name);
      // Its methods are called without its name.
      case Kind::Trait:
        return item.is_forced || is_mentioned(file, outline.name) ||
               llvm::any_of(item.members,
                            [this](std::string_view name) { return is_mentioned_anywhere(name); });
      case Kind::Impl:
        return item.is_forced ||
               llvm::all_of(item.needs, [this](const Name& name) { return is_kept(name); });
      case Kind::Use:
        return !item.tree;
      case Kind::Module:
        return false;
    }
    return true;
  }

  static bool has_body(const Item& item, std::string_view text) {
    const OutlineItem& outline = item.outline;
    return item.is_wanted || outline.is_const || outline.returns_impl || outline.has_inner_items ||
           !stub_of(text.substr(outline.body_begin, outline.body_end - outline.body_begin));
  }

  void visit(File& file, Item& item) {
    const OutlineItem& outline = item.outline;
    if (outline.kind == Kind::Use && item.tree) {
      return visit_use(file, item);
    }
    if (item.is_kept || outline.kind == Kind::Module || !is_needed(file, item)) {
      return;
    }
    item.is_kept = true;
    is_changed_ = true;
    if (!is_member(file, item)) {
      kept_names_.insert(outline.name);
      file.own_kept.insert(outline.name);
    }
    const bool is_head_only = outline.kind == Kind::Impl || outline.kind == Kind::Trait ||
                              (outline.kind == Kind::Function &&
                               outline.body_begin < outline.body_end && !has_body(item, file.text));
    mention(file, outline.begin, is_head_only ? outline.body_begin : outline.end,
            outline.kind == Kind::Macro);
  }

  // A trait of another crate is needed for its methods, whether it is named or not. What has
  // the name of a module may be another crate as well.
  bool is_needed(const File& file, const syntax::UseLeaf& leaf) const {
    const std::string_view first = leaf.path.front();
    const std::string_view last = leaf.path.back();
    const bool is_own = first == "crate" || first == "self" || first == "super";
    if (last == "*") {
      return true;
    }
    if (defined_.contains(last) && (leaf.name == last || leaf.name == "_")) {
      return (kept_names_.contains(last) && (traits_.contains(last) || is_mentioned(file, last))) ||
             (!is_own && !modules_.contains(first) && !defined_.contains(first));
    }
    return !is_own || is_mentioned(file, leaf.name);
  }

  void visit_use(const File& file, Item& item) {
    for (size_t index = 0; index < item.leaves.size(); ++index) {
      const syntax::UseLeaf& leaf = item.tree->leaves[index];
      if (!item.leaves[index] && is_needed(file, leaf)) {
        item.leaves[index] = true;
        item.is_kept = true;
        is_changed_ = true;
        for (const std::string_view part : leaf.path) {
          mention(part);
        }
      }
    }
  }

  // ---- the texts ----

  struct Cut {
    uint32_t begin;
    uint32_t end;
    bool is_body = false;
  };

  static void cut_use(const Item& item, std::vector<Cut>& cuts) {
    const syntax::UseTree& tree = *item.tree;
    std::vector<bool> has_any(tree.groups.size());
    for (size_t index = 0; index < tree.leaves.size(); ++index) {
      for (uint32_t group = tree.leaves[index].group; item.leaves[index] && !has_any[group];
           group = tree.groups[group].parent) {
        has_any[group] = true;
      }
    }
    std::vector<Cut> own;
    for (size_t group = 1; group < tree.groups.size(); ++group) {
      if (!has_any[group] && has_any[tree.groups[group].parent]) {
        own.push_back({tree.groups[group].begin, tree.groups[group].end});
      }
    }
    for (size_t index = 0; index < tree.leaves.size(); ++index) {
      const syntax::UseLeaf& leaf = tree.leaves[index];
      if (!item.leaves[index] && has_any[leaf.group]) {
        own.push_back({leaf.begin, leaf.end});
      }
    }
    std::sort(own.begin(), own.end(), [](const Cut& a, const Cut& b) { return a.begin < b.begin; });
    cuts.insert(cuts.end(), own.begin(), own.end());
  }

  static std::string print(const File& file) {
    std::vector<Cut> cuts;
    uint32_t done = 0;
    for (const Item& item : *file.items) {
      const OutlineItem& outline = item.outline;
      if (outline.begin < done || outline.kind == Kind::Module) {
        continue;  // it stands in what is cut
      }
      if (!item.is_kept) {
        cuts.push_back({outline.begin, outline.end});
        done = outline.end;
      } else if (outline.kind == Kind::Use && item.tree) {
        cut_use(item, cuts);
      } else if (outline.kind == Kind::Function && outline.body_begin < outline.body_end &&
                 !has_body(item, file.text)) {
        cuts.push_back({outline.body_begin, outline.body_end, true});
      }
    }
    std::string result;
    result.reserve(file.text.size());
    size_t copied = 0;
    for (const Cut& cut : cuts) {
      const std::string_view text = file.text.substr(cut.begin, cut.end - cut.begin);
      result.append(file.text.substr(copied, cut.begin - copied));
      result.append(cut.is_body ? *stub_of(text) : blanks(text));
      copied = cut.end;
    }
    return result.append(file.text.substr(copied));
  }

  std::vector<File> files_;
  std::vector<Item> none_;
  llvm::StringSet<> wanted_;
  llvm::StringSet<> missing_;
  llvm::StringSet<> defined_;
  llvm::StringSet<> types_;
  llvm::StringSet<> traits_;
  llvm::StringSet<> modules_;
  llvm::StringSet<> mentioned_;  // in a way that means any file's
  llvm::StringSet<> mentioned_anywhere_;
  llvm::StringSet<> kept_names_;
  bool is_changed_ = false;
};

}  // namespace

std::vector<std::optional<std::string>> slice_crate(llvm::ArrayRef<std::string_view> files,
                                                    llvm::ArrayRef<std::string> wanted) {
  return Slicer(files, wanted).run();
}

}  // namespace jaa::rewrite
