#include "flow/lock_mismatch.h"

#include <algorithm>
#include <array>
#include <set>

#include "llvm/ADT/StringRef.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

using syntax::Node;

// A lock or guard in a type's text.
struct NamedLock {
  std::string lock;
  std::string path;  // in front of the name, as far as it is written: "tokio::sync::"
  std::string protects;
};

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The last name of the first type in `Mutex<crate::State<'_>>` or `MutexGuard<'_, State>`.
std::string first_argument(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && (text[at] == '\'' || text[at] == ' ')) {
    const size_t comma = text[at] == '\'' ? text.find(',', at) : at;
    at = comma == std::string_view::npos ? text.size() : comma + 1;
  }
  size_t begin = at;
  while (at < text.size() && (is_name(text[at]) || text[at] == ':')) {
    if (text[at] == ':') {
      begin = at + 1;
    }
    ++at;
  }
  return std::string(text.substr(begin, at - begin));
}

std::vector<NamedLock> locks_in(std::string_view text) {
  constexpr std::array Types{std::pair("Mutex", "Mutex"), std::pair("MutexGuard", "Mutex"),
                             std::pair("RwLock", "RwLock"), std::pair("RwLockReadGuard", "RwLock"),
                             std::pair("RwLockWriteGuard", "RwLock")};
  std::vector<NamedLock> result;
  for (size_t open = text.find('<'); open != std::string_view::npos;
       open = text.find('<', open + 1)) {
    size_t begin = open;
    while (begin > 0 && is_name(text[begin - 1])) {
      --begin;
    }
    const std::string_view name = text.substr(begin, open - begin);
    const auto* type = std::find_if(Types.begin(), Types.end(),
                                    [name](const auto& one) { return name == one.first; });
    if (type == Types.end()) {
      continue;
    }
    size_t path = begin;
    while (path > 0 && (is_name(text[path - 1]) || text[path - 1] == ':')) {
      --path;
    }
    result.push_back({type->second, std::string(text.substr(path, begin - path)),
                      first_argument(text.substr(open + 1))});
  }
  return result;
}

bool is_blocking(std::string_view path) {
  return path.starts_with("std::sync::") || path.starts_with("alloc::") ||
         path.starts_with("core::") || path.starts_with("parking_lot::") ||
         path.starts_with("lock_api::");
}

// All that an error says beside its help, which is rustc's own guess.
std::vector<std::string_view> texts_of(const rustc::Diagnostic& error) {
  std::vector<std::string_view> result{error.message};
  for (const rustc::DiagnosticSpan& span : error.spans) {
    result.push_back(span.label);
  }
  for (const rustc::Diagnostic& child : error.children) {
    result.push_back(child.message);
  }
  return result;
}

bool is_acquiring(Node call) {
  const Node access = call.field("function");
  const std::string_view method = access.field("field").text();
  return call.is("call_expression") && access.is("field_expression") &&
         (method == "lock" || method == "read" || method == "write") &&
         call.field("arguments").parts().empty();
}

Node receiver_of(Node call) {
  return call.field("function").field("value");
}

// `lock.lock().poll_unpin(cx)` in a macro's arguments, by the token of the last method's
// name: the token of the lock's name.
Node lock_in_macro(Node method) {
  const Node dot = method.previous();
  const Node arguments = dot.previous();
  const Node taken = arguments.previous();
  const Node lock = taken.previous().previous();
  const bool is_taken =
      dot.is(".") && arguments.text() == "()" && taken.previous().is(".") &&
      (taken.text() == "lock" || taken.text() == "read" || taken.text() == "write");
  return is_taken && lock.is_any({"identifier", "self"}) ? lock : Node();
}

// The value that the variable at `use` is bound to before it.
Node bound_value(Node use) {
  Node value;
  syntax::walk(syntax::outermost_function(use), [&](Node node) {
    if (node.is("let_declaration") && node.end() <= use.begin()) {
      const std::vector<syntax::Binding> names = syntax::bindings(node.field("pattern"));
      if (names.size() == 1 && names.front().name.text() == use.text()) {
        value = node.field("value");
      }
    }
    return syntax::Walk::Into;
  });
  return value;
}

// The call that takes the lock and gives `value`, which may be in a variable.
Node taking_call(Node value) {
  if (value.is("identifier")) {
    value = bound_value(value);
  }
  return is_acquiring(value) ? value : Node();
}

// Methods that tokio's locks have and blocking ones have not.
std::string_view lock_of_method(std::string_view method) {
  if (method == "blocking_lock" || method == "lock_owned" || method == "blocking_lock_owned") {
    return "Mutex";
  }
  const bool is_of_rw_lock = method == "blocking_read" || method == "blocking_write" ||
                             method == "read_owned" || method == "write_owned";
  return is_of_rw_lock ? "RwLock" : "";
}

class Reader {
 public:
  explicit Reader(const Facts& facts) : facts_(facts) {}

  std::vector<LockMismatch> read() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts_.diagnostics()[index];
      const bool counts = error.code == "E0308" || error.code == "E0277" || error.code == "E0599";
      const auto primary = std::find_if(error.spans.begin(), error.spans.end(),
                                        [](const auto& span) { return span.is_primary; });
      const auto place =
          counts && primary != error.spans.end() ? facts_.names().span(*primary) : std::nullopt;
      if (!place) {
        continue;
      }
      const Node node = facts_.tree(place->file).smallest_node(*place);
      if (node) {
        add(index, error, node);
      }
    }
    return std::move(result_);
  }

 private:
  void add(uint32_t index, const rustc::Diagnostic& error, Node node) {
    LockMismatch mismatch;
    mismatch.diagnostic = index;
    std::vector<NamedLock> locks;
    std::set<std::string> crates;
    bool is_result = false;
    bool wants_future = error.code == "E0277";
    for (const std::string_view text : texts_of(error)) {
      for (const std::string& quoted : rustc::quoted_parts(text)) {
        for (NamedLock& lock : locks_in(quoted)) {
          is_result |= quoted.find("Result<") != std::string::npos;
          locks.push_back(std::move(lock));
        }
        wants_future |= quoted.ends_with("Future");
        // "is defined in crate `tokio`"
        const bool is_plain = std::all_of(quoted.begin(), quoted.end(), is_name);
        if (is_plain) {
          crates.insert(quoted);
        }
      }
    }
    if (error.code == "E0308") {
      mismatch.place = of_two_crates(locks, crates, mismatch) ? lock_of_guard(node) : Node();
    } else if (const Node call = node_call(node); call && (error.code == "E0599")) {
      const Node receiver = receiver_of(call);
      if (const std::string_view lock = lock_of_method(node.text()); !lock.empty()) {
        mismatch.place = receiver;
        mismatch.lock = lock;
        // The type that has no such method is quoted behind the method's name.
        const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
        mismatch.holder = quoted.size() > 1 ? first_argument(quoted[1]) : "";
      } else if (is_unpacking(call) && !is_result) {
        set_unpacking(call, receiver, mismatch);
      } else if (wants_future && is_result && is_acquiring(receiver)) {
        mismatch.place = receiver_of(receiver);
        take_names(locks, mismatch);
      } else if (const Node taken = taking_call(receiver); taken && is_result) {
        mismatch.place = receiver_of(taken);
        mismatch.lacks_unpacking = true;
        take_names(locks, mismatch);
      }
    } else if (error.code == "E0599" && wants_future && is_result) {
      mismatch.place = lock_in_macro(node);
      take_names(locks, mismatch);
    } else if (error.code == "E0277" && (is_result || !locks.empty())) {
      const Node await = syntax::enclosing(node, {"await_expression", "block"});
      const std::vector<Node> parts = await.parts();
      if (await.is("await_expression") && !parts.empty() && is_acquiring(parts.front())) {
        mismatch.place = receiver_of(parts.front());
        take_names(locks, mismatch);
      }
    }
    if (mismatch.place && !mismatch.lock.empty()) {
      result_.push_back(std::move(mismatch));
    }
  }

  // `&mut guard`: the lock that the guard is of; else `node` itself.
  static Node lock_of_guard(Node node) {
    Node value = node;
    if (value.is("reference_expression")) {
      value = value.field("value");
    }
    Node taken = value.is("identifier") ? bound_value(value) : Node();
    if (const Node call = node_call(node_name(taken)); call && is_unpacking(call)) {
      taken = receiver_of(call);
    }
    return is_acquiring(taken) ? receiver_of(taken) : node;
  }

  // The name of the method that `call` calls.
  static Node node_name(Node call) {
    const Node access = call.field("function");
    return access.is("field_expression") ? access.field("field") : Node();
  }

  // The method call whose name `node` is.
  static Node node_call(Node node) {
    const Node call = node.parent().is("field_expression") ? node.parent().parent() : Node();
    return call.is("call_expression") ? call : Node();
  }

  static bool is_unpacking(Node call) {
    const std::string_view method = call.field("function").field("field").text();
    return method == "unwrap" || method == "expect";
  }

  static void set_unpacking(Node call, Node receiver, LockMismatch& mismatch) {
    const std::vector<Node> parts = receiver.parts();
    if (receiver.is("await_expression") && !parts.empty()) {
      receiver = parts.front();
    }
    if (!is_acquiring(receiver)) {
      return;
    }
    const bool is_mutex = receiver.field("function").field("field").text() == "lock";
    mismatch.lock = is_mutex ? "Mutex" : "RwLock";
    mismatch.place = receiver_of(receiver);
    mismatch.unpacking = call;
  }

  static void take_names(const std::vector<NamedLock>& locks, LockMismatch& mismatch) {
    for (const NamedLock& lock : locks) {
      if (mismatch.lock.empty()) {
        mismatch.lock = lock.lock;
      }
      if (mismatch.protects.empty() && lock.lock == mismatch.lock) {
        mismatch.protects = lock.protects;
      }
    }
  }

  // Two locks of one name that differ in where they are from, and one of them blocks.
  static bool of_two_crates(const std::vector<NamedLock>& locks,
                            const std::set<std::string>& crates, LockMismatch& mismatch) {
    bool is_of_std = crates.contains("std");
    bool is_of_parking_lot = crates.contains("parking_lot") || crates.contains("lock_api");
    bool has_other = false;
    for (const NamedLock& lock : locks) {
      const llvm::StringRef path(lock.path);
      is_of_std |=
          path.starts_with("std::") || path.starts_with("core::") || path.starts_with("alloc::");
      is_of_parking_lot |= path.starts_with("parking_lot::") || path.starts_with("lock_api::");
      if (!is_blocking(lock.path) && path.contains("::")) {
        has_other = true;
        mismatch.crate = lock.path.substr(0, lock.path.find("::"));
      }
    }
    for (const std::string& crate : crates) {
      if (crates.contains("std") && crate != "std" && !is_blocking(crate + "::")) {
        has_other = true;
        mismatch.crate = crate;
      }
    }
    take_names(locks, mismatch);
    mismatch.is_of_blocking = is_of_std && is_of_parking_lot && !has_other;
    if (mismatch.is_of_blocking) {
      mismatch.crate = "parking_lot";
    }
    return !locks.empty() &&
           (mismatch.is_of_blocking || ((is_of_std || is_of_parking_lot) && has_other));
  }

  const Facts& facts_;
  std::vector<LockMismatch> result_;
};

}  // namespace

std::vector<LockMismatch> find_lock_mismatches(const Facts& facts) {
  return Reader(facts).read();
}

}  // namespace jaa::flow
