#include "flow/cloning.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "syntax/mentions.h"

namespace jaa::flow {

using syntax::Node;

namespace {

bool is_word_byte(char byte) {
  return llvm::isAlnum(byte) || byte == '_' || static_cast<unsigned char>(byte) > 127;
}

// Behind the `<..>` that begins at `at`.
size_t behind_arguments(std::string_view type, size_t at) {
  int depth = 0;
  for (; at < type.size(); ++at) {
    if (type[at] == '<') ++depth;
    if (type[at] == '>' && (at == 0 || type[at - 1] != '-') && --depth == 0) return at + 1;
  }
  return at;
}

// The standard library's, and words of types.
Cloning known_word(std::string_view word) {
  if (word.starts_with("Atomic")) return Cloning::Impossible;
  return llvm::StringSwitch<Cloning>(word)
      .Cases("bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", Cloning::Copies)
      .Cases("i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", Cloning::Copies)
      .Cases("Duration", "Instant", "SystemTime", "Ordering", "NonZero", "Option", "Result",
             Cloning::Copies)
      .Cases("Ipv4Addr", "Ipv6Addr", "IpAddr", "SocketAddr", "TypeId", "ThreadId", Cloning::Copies)
      .Cases("Arc", "Rc", "Weak", "Sender", "SyncSender", "UnboundedSender", "Waker",
             Cloning::Shares)
      .Cases("str", "String", "Vec", "VecDeque", "HashMap", "BTreeMap", "HashSet",
             Cloning::Duplicates)
      .Cases("BTreeSet", "BinaryHeap", "LinkedList", "PathBuf", "Path", "OsString", "OsStr",
             Cloning::Duplicates)
      .Cases("CString", "Cow", "RandomState", "Global", "Box", "Range", "RangeInclusive",
             Cloning::Duplicates)
      .Cases("Cell", "RefCell", "OnceCell", "LazyCell", Cloning::SplitsState)
      .Cases("Mutex", "RwLock", "Condvar", "Barrier", "Once", "OnceLock", "LazyLock",
             Cloning::Impossible)
      .Cases("UnsafeCell", "MutexGuard", "JoinHandle", "File", "TcpStream", "TcpListener",
             Cloning::Impossible)
      .Cases("UdpSocket", "Child", "dyn", "mut", Cloning::Impossible)
      .Default(Cloning::Unknown);
}

// What a change of one clone is not seen in, where a type that has one is cloned by hand.
bool is_changed_in_place(std::string_view word) {
  return word.starts_with("Atomic") ||
         llvm::StringSwitch<bool>(word)
             .Cases("Mutex", "RwLock", "OnceLock", "LazyLock", "UnsafeCell", true)
             .Default(false);
}

bool derives(Node item, std::string_view trait) {
  for (Node before = item.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous())
    if (!before.is_comment() && syntax::is_mentioned(before, "derive") &&
        syntax::is_mentioned(before, trait))
      return true;
  return false;
}

bool has_impl(const syntax::Items& items, std::string_view trait, std::string_view type) {
  const syntax::Items::List& impls = items.impls(trait);
  return std::any_of(impls.begin(), impls.end(), [type](const Node& item) {
    return syntax::last_name(item.field("type")) == type;
  });
}

// The types of a struct's or enum's fields.
std::vector<Node> field_types(Node item) {
  std::vector<Node> result;
  syntax::walk(item.field("body"), [&result](Node node) {
    if (node.is("field_declaration")) {
      result.push_back(node.field("type"));
      return syntax::Walk::Over;
    }
    if (!node.is("ordered_field_declaration_list")) return syntax::Walk::Into;
    for (const Node& part : node.parts())
      if (!part.is_any({"visibility_modifier", "attribute_item"})) result.push_back(part);
    return syntax::Walk::Over;
  });
  return result;
}

// Words of a type that are no part of a path, but its end.
std::vector<std::string_view> type_words(std::string_view type) {
  std::vector<std::string_view> result;
  for (size_t at = 0; at < type.size();) {
    const bool is_lifetime = type[at] == '\'';
    size_t end = is_lifetime ? at + 1 : at;
    while (end < type.size() && is_word_byte(type[end])) ++end;
    const std::string_view behind = type.substr(end);
    const bool is_path = behind.starts_with("::") && !behind.starts_with("::<");
    if (!is_lifetime && end > at && !is_path) result.push_back(type.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return result;
}

class Judge {
 public:
  explicit Judge(const syntax::Items& items) : items_(items) {}

  [[nodiscard]] bool tells_its_end() const { return tells_its_end_; }

  Cloning judge(std::string_view type) {
    // Types within types are looked at one after the other, each declaration once.
    todo_.push_back({std::string(type), false});
    for (size_t at = 0; at < todo_.size() && at < 256; ++at) {
      by_hand_ = todo_[at].by_hand;
      read(std::string(todo_[at].type));
    }
    return result_;
  }

 private:
  void read(std::string_view type) {
    for (size_t at = 0; at < type.size();) {
      if (!is_word_byte(type[at])) {
        // A reference is copied, and what it leads to is shared.
        if (type[at] == '&' && type.substr(at, 4) != "&mut") {
          object(Cloning::Copies);
          return;
        }
        if (type[at] == '\'') {  // a lifetime
          ++at;
          while (at < type.size() && is_word_byte(type[at])) ++at;
          continue;
        }
        ++at;
        continue;
      }
      size_t end = at;
      while (end < type.size() && is_word_byte(type[end])) ++end;
      const std::string_view word = type.substr(at, end - at);
      at = end;
      if (type.substr(at, 2) == "::" && type.substr(at, 3) != "::<") continue;
      const Cloning known = llvm::isDigit(word.front()) ? Cloning::Copies : known_word(word);
      if (known == Cloning::Unknown) {
        read_own(word);
        continue;
      }
      object(by_hand_ && is_changed_in_place(word) ? Cloning::SplitsState : known);
      tells_its_end_ |= word.ends_with("Sender");
      if (known == Cloning::Shares && at < type.size() && type[at] == '<')
        at = behind_arguments(type, at);
    }
  }

  // A type of the workspace, by its declaration.
  void read_own(std::string_view word) {
    const syntax::Items::List& declared = items_.structs(word);
    if (declared.size() != 1) {
      object(Cloning::Unknown);
      return;
    }
    if (!seen_.insert(std::string(word)).second) return;
    const Node item = declared.front();
    const bool has_own_clone = has_impl(items_, "Clone", word);
    const bool has_drop = has_impl(items_, "Drop", word);
    tells_its_end_ |= has_drop || word.ends_with("Sender");
    if (!has_own_clone && (has_drop || !derives(item, "Clone"))) {
      object(Cloning::Impossible);
      return;
    }
    // Written by hand as a pair, they count who holds it.
    if (has_own_clone && has_drop) {
      object(Cloning::Shares);
      return;
    }
    object(derives(item, "Copy") || has_impl(items_, "Copy", word) ? Cloning::Copies
                                                                   : Cloning::Duplicates);
    const bool by_hand = by_hand_ || has_own_clone;
    for (const Node& field : field_types(item))
      todo_.push_back({std::string(field.text()), by_hand});
  }

  // A part that is no `Clone` is none of the concern of what is cloned by hand.
  void object(Cloning more) {
    result_ = std::max(result_, by_hand_ && more == Cloning::Impossible ? Cloning::Unknown : more);
  }

  struct Part {
    std::string type;
    bool by_hand = false;  // within a type that has a `Clone` written for it
  };

  const syntax::Items& items_;
  std::vector<Part> todo_;
  bool by_hand_ = false;
  std::set<std::string> seen_;
  Cloning result_ = Cloning::Copies;
  bool tells_its_end_ = false;
};

}  // namespace

Cloning cloning_of(const syntax::Items& items, std::string_view type) {
  if (type.empty()) return Cloning::Unknown;
  return Judge(items).judge(type);
}

bool ends_unnoticed(const syntax::Items& items, std::string_view type) {
  std::set<std::string> seen;
  std::vector<std::string> todo{std::string(type)};
  if (type.empty()) return false;
  while (!todo.empty()) {
    const std::string part = std::move(todo.back());
    todo.pop_back();
    for (const std::string_view word : type_words(part)) {
      const Cloning known = llvm::isDigit(word.front()) ? Cloning::Copies : known_word(word);
      const bool is_data = known == Cloning::Copies || known == Cloning::Duplicates ||
                           known == Cloning::SplitsState || word == "mut" ||
                           is_changed_in_place(word);
      if (is_data || !seen.insert(std::string(word)).second) continue;
      const syntax::Items::List& declared = items.structs(word);
      if (declared.size() != 1 || has_impl(items, "Drop", word)) return false;
      for (const Node& field : field_types(declared.front())) todo.emplace_back(field.text());
    }
  }
  return true;
}

bool tells_its_end(const syntax::Items& items, std::string_view type) {
  Judge judge(items);
  judge.judge(type);
  return judge.tells_its_end();
}

}  // namespace jaa::flow
