#include "pitfalls/own_locks.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "propagate/find_function.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// The type that `type Output = ..` or `Output = ..` within `node` names.
Node associated_type(Node node, std::string_view name) {
  Node result;
  syntax::walk(node, [&](Node at) {
    if (at.is_any({"type_item", "type_binding"}) && at.field("name").text() == name) {
      result = at.field("type");
    }
    return result ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return result;
}

bool derives_default(Node item) {
  for (Node before = item.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    if (before.is("attribute_item") && syntax::is_mentioned(before, "Default")) {
      return true;
    }
  }
  return false;
}

class OwnLocks {
 public:
  OwnLocks(const flow::Facts& facts, const std::vector<base::FileId>& files)
      : facts_(facts), files_(files) {}

  [[nodiscard]] std::vector<rewrite::ProjectView::AsyncLock> find() const {
    std::vector<rewrite::ProjectView::AsyncLock> result;
    for (const Node& lock : facts_.items().functions("lock")) {
      if (gives_guard(lock, "DerefMut")) {
        result.push_back({"crate", path_of_owner(lock), "", true});
      }
    }
    for (const Node& write : facts_.items().functions("write")) {
      const std::string path = path_of_owner(write);
      const auto& reads = facts_.items().functions("read");
      const bool can_read = std::any_of(reads.begin(), reads.end(), [&](const Node& read) {
        return gives_guard(read, "Deref") && path_of_owner(read) == path;
      });
      if (can_read && gives_guard(write, "DerefMut")) {
        result.push_back({"crate", "", path, true});
      }
    }
    return result;
  }

 private:
  [[nodiscard]] std::string path_of_owner(Node method) const {
    const std::string path = propagate::path_of(facts_, method);
    return "crate::" + path.substr(0, path.rfind("::"));
  }

  // `Lock` of `impl<T> Lock<T>`, where that is in the crate.
  [[nodiscard]] std::string_view owner_of(Node method) const {
    const Node impl = syntax::impl_of(method);
    const bool is_ours =
        std::find(files_.begin(), files_.end(), method.span().file) != files_.end();
    const std::vector<Node> arguments = impl.field("type").field("type_arguments").parts();
    const bool is_generic = arguments.size() == 1 && arguments.front().is("type_identifier") &&
                            impl.has_child("type_parameters");
    return is_ours && is_generic && !impl.field("trait") ? syntax::last_name(impl.field("type"))
                                                         : std::string_view();
  }

  // `fn lock(&self)`, whose future gives a guard with an `impl` of that trait.
  [[nodiscard]] bool gives_guard(Node method, std::string_view trait) const {
    const std::vector<Node> parameters = method.field("parameters").parts();
    return !owner_of(method).empty() && parameters.size() == 1 &&
           parameters.front().text() == "&self" && is_made_of_value(owner_of(method)) &&
           is_guard(output_of(method), trait);
  }

  // `new` makes one of a value. A derived `Default` may make one without: of an `Option` that
  // is taken while the lock is, say.
  [[nodiscard]] bool is_made_of_value(std::string_view lock) const {
    const auto& makers = facts_.items().functions("new");
    const auto& items = facts_.items().structs(lock);
    if (items.size() != 1 || derives_default(items.front())) {
      return false;
    }
    return std::any_of(makers.begin(), makers.end(), [&](const Node& maker) {
      return owner_of(maker) == lock && !syntax::is_async_function(maker) &&
             maker.field("parameters").parts().size() == 1 &&
             !maker.field("parameters").has_child("self_parameter");
    });
  }

  // What is there when the future that `method` gives is awaited.
  [[nodiscard]] Node output_of(Node method) const {
    const Node returned = method.field("return_type");
    if (syntax::is_async_function(method)) {
      return returned;
    }
    if (returned.is_any({"abstract_type", "bounded_type"})) {
      return associated_type(returned, "Output");
    }
    const Node future = impl_for("Future", syntax::last_name(returned));
    return associated_type(future.field("body"), "Output");
  }

  [[nodiscard]] Node impl_for(std::string_view trait, std::string_view type) const {
    const auto& impls = facts_.items().impls(trait);
    const auto found = std::find_if(impls.begin(), impls.end(), [&type](const Node& impl) {
      return !type.empty() && syntax::last_name(impl.field("type")) == type;
    });
    return found == impls.end() ? Node() : *found;
  }

  // It dereferences to what the lock was made of: to a parameter of its type.
  [[nodiscard]] bool is_guard(Node type, std::string_view trait) const {
    const std::string_view name = syntax::last_name(type);
    const Node deref = impl_for("Deref", name);
    const Node target = associated_type(deref.field("body"), "Target");
    const std::vector<Node> arguments = deref.field("type").field("type_arguments").parts();
    return impl_for(trait, name) &&
           std::any_of(arguments.begin(), arguments.end(), [&target](const Node& argument) {
             return argument.is("type_identifier") && argument.text() == target.text();
           });
  }

  const flow::Facts& facts_;
  const std::vector<base::FileId>& files_;
};

}  // namespace

std::vector<rewrite::ProjectView::AsyncLock> own_async_locks(const flow::Facts& facts,
                                                             base::FileId file) {
  // To look at the items costs a parse of the crate; few crates have a guard of their own.
  const std::vector<base::FileId> files = facts.crate_of(file);
  const bool has_guards = std::any_of(files.begin(), files.end(), [&facts](base::FileId one) {
    return llvm::StringRef(facts.files().text(one)).contains("DerefMut");
  });
  return has_guards ? OwnLocks(facts, files).find()
                    : std::vector<rewrite::ProjectView::AsyncLock>();
}

}  // namespace jaa::pitfalls
