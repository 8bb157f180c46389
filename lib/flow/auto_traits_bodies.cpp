#include "flow/auto_traits_bodies.h"

#include <iterator>
#include <memory>

#include "llvm/ADT/STLExtras.h"

#include "mir/type.h"

namespace jaa::flow {
namespace {

using mir::Body;
using mir::Rvalue;
using mir::Statement;
using Kind = mir::Type::Kind;

// A body's name in two: what the innermost function is named by, and the closures in it.
// A name is a path, in which an impl is written as where it is:
// `sync::mutex::<impl at a.rs:3:1: 3:9>::lock::{closure#0}`.
struct BodyName {
  std::string root;
  std::string_view rest;
};

BodyName split_name(std::string_view name, std::string_view crate) {
  constexpr std::string_view ImplAt = "<impl at ";
  BodyName result;
  size_t path_begin = 0;
  if (const size_t impl = name.rfind(ImplAt); impl != std::string_view::npos) {
    const std::string_view place = name.substr(impl + ImplAt.size());
    const size_t end = place.find(": ");
    const size_t close = place.find('>');
    if (end != std::string_view::npos && close != std::string_view::npos && end < close) {
      result.root = place.substr(0, end);
      path_begin = impl + ImplAt.size() + close + 1;
    }
  }
  if (path_begin == 0) {
    result.root = std::string(crate) + "::";
  }
  size_t end = name.size();
  for (size_t at = name.rfind("::{");
       at != std::string_view::npos && at >= path_begin && name.find("::", at + 2) >= end;
       at = at == 0 ? std::string_view::npos : name.rfind("::{", at - 1)) {
    end = at;
  }
  for (size_t at = path_begin; at < end; ++at) {
    // `r#yield` is the name `yield`.
    if (name.substr(at, 2) == "r#" && (at == 0 || name[at - 1] == ':')) {
      ++at;
    } else {
      result.root += name[at];
    }
  }
  result.rest = name.substr(end);
  return result;
}

}  // namespace

std::string begin_of(std::string_view type_name) {
  const size_t at = type_name.find('@');
  const size_t end = type_name.rfind(": ");
  return at == std::string_view::npos || end == std::string_view::npos || end < at
             ? std::string()
             : std::string(type_name.substr(at + 1, end - at - 1));
}

std::string_view Bodies::keep(std::string text) {
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  return *texts_.back();
}

void Bodies::add(const mir::Module& module, std::string_view crate) {
  const std::string_view kept_crate = keep(std::string(crate));
  for (const Body& body : module.bodies) {
    // What was cut off may lack its locals.
    if (body.text(body.pass) != "built" || body.locals.size() <= body.arg_count) {
      continue;
    }
    const BodyName name = split_name(body.text(body.name), crate);
    const BodyRef ref{kept_crate, &body, keep(name.root)};
    all_.push_back(ref);
    by_root_[name.root].push_back(ref);
    if (name.rest.empty()) {
      functions_.emplace(name.root, ref);
    } else if (body.arg_count > 0) {
      // `_1` is the closure or coroutine, or a reference to it.
      mir::TypeId self = body.locals[mir::LocalId(size_t{1})].type;
      while (body.types()[self].kind == Kind::Ref) {
        self = body.types()[self].args.back();
      }
      const std::string begin = begin_of(body.types()[self].name);
      if (!begin.empty()) {
        by_begin_[begin].push_back(ref);
      } else if (body.is_coroutine && name.rest == "::{closure#0}") {
        // What an `async fn` runs is its first closure.
        async_bodies_.emplace(name.root, ref);
      }
    }
    if (body.is_coroutine && body.arg_count > 0) {
      coroutines_.push_back(ref);
    }
    for (const Statement& statement : body.all_statements) {
      if (statement.rvalue != Rvalue::Kind::Struct && statement.rvalue != Rvalue::Kind::Unit) {
        continue;
      }
      const Rvalue value = body.rvalue(statement);
      const mir::Type type = body.types()[value.type];
      if (type.kind == Kind::Closure || type.kind == Kind::Coroutine) {
        creations_[begin_of(type.name)].push_back({ref, value.operands});
      }
    }
  }
}

namespace {

template <class Map>
auto find_all(const Map& map, const std::string& key)
    -> llvm::ArrayRef<typename Map::mapped_type::value_type> {
  const auto found = map.find(key);
  if (found == map.end()) {
    return {};
  }
  return found->second;
}

}  // namespace

BodyRef Bodies::function(const std::string& key) const {
  const auto found = functions_.find(key);
  return found == functions_.end() ? BodyRef() : found->second;
}

BodyRef Bodies::async_body(const std::string& key) const {
  const auto found = async_bodies_.find(key);
  return found == async_bodies_.end() ? BodyRef() : found->second;
}

std::vector<BodyRef> Bodies::at(const std::string& begin, std::string_view root) const {
  std::vector<BodyRef> result;
  llvm::copy_if(find_all(by_begin_, begin), std::back_inserter(result),
                [&](const BodyRef& body) { return body.root == root; });
  return result;
}
std::vector<Creation> Bodies::creations(const std::string& begin, std::string_view root) const {
  std::vector<Creation> result;
  llvm::copy_if(find_all(creations_, begin), std::back_inserter(result),
                [&](const Creation& creation) { return creation.in.root == root; });
  return result;
}
llvm::ArrayRef<BodyRef> Bodies::in_function(std::string_view key) const {
  return find_all(by_root_, std::string(key));
}

}  // namespace jaa::flow
