#include "flow/call_graph.h"

#include <algorithm>

#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SmallVector.h"

#include "flow/origin.h"
#include "flow/saved.h"
#include "mir/lexer.h"

namespace jaa::flow {
namespace {

using TypeKind = mir::Type::Kind;

// Splits `a::<impl at x.rs:1:2: 1:3>::b` at its last `::` outside of brackets: the whole
// path is the second part when there is none.
std::pair<std::string_view, std::string_view> split_last(std::string_view path) {
  size_t last = std::string_view::npos;
  for (size_t at = 0; at < path.size();) {
    if (path[at] == '<' || path[at] == '{' || path[at] == '(') {
      const size_t end = mir::skip_bracketed(path, at);
      if (end == std::string_view::npos) {
        break;
      }
      at = end;
    } else if (path.substr(at).starts_with("::")) {
      last = at;
      at += 2;
    } else {
      ++at;
    }
  }
  return last == std::string_view::npos ? std::pair(std::string_view(), path)
                                        : std::pair(path.substr(0, last), path.substr(last + 2));
}

bool is_closure_name(std::string_view name) {
  return name.starts_with('{');
}
bool is_impl_name(std::string_view name) {
  return name.starts_with("<impl ");
}

std::string key(std::string_view crate, std::string_view rest) {
  std::string result(crate);
  result += '\n';
  result += rest;
  return result;
}

// `&T`, `Pin<&mut T>`, `Box<T>`, `Rc<T>`, `Arc<T>`: what `self` may be written as.
mir::TypeId without_self_wrappers(const mir::TypeTable& types, mir::TypeId type) {
  constexpr int MostLayers = 8;
  for (int layer = 0; layer < MostLayers; ++layer) {
    const mir::Type shape = types[type];
    const std::string_view name = types.last_segment(type);
    const bool is_wrapper = shape.kind == TypeKind::Path && !shape.args.empty() &&
                            (name == "Pin" || name == "Box" || name == "Rc" || name == "Arc");
    if (shape.kind == TypeKind::Ref) {
      type = shape.args.back();
    } else if (is_wrapper) {
      type = shape.args.front();
    } else {
      break;
    }
  }
  return type;
}

// A type's path without arguments: `db::Db`; other types as they print.
std::string self_name(const mir::TypeTable& types, mir::TypeId type) {
  const mir::Type shape = types[type];
  return shape.kind == TypeKind::Path ? std::string(shape.name) : types.print(type);
}

// The type of the variable `self`, as it is written; none without one.
mir::TypeId type_of_self(const mir::Body& body) {
  for (const mir::DebugInfo& info : body.debug_infos) {
    if (info.place.is_valid() && body.local(info.place).index() == 1 &&
        body.text(info.name) == "self") {
      return body.type_of(info.place);
    }
  }
  return {};
}

// The same path as another crate has it, or the crate itself.
bool is_same_path(std::string_view path, std::string_view crate, std::string_view called) {
  return path == called || (called.size() == crate.size() + 2 + path.size() &&
                            called.starts_with(crate) && called.ends_with(path));
}

// A callee's path in parts: what it is a member of, and its name.
struct Callee {
  std::string self_type;  // `db::Db`, `T`; empty for a plain function
  std::string trait;      // of `<T as Trait>::f`
  std::string path;       // `a::f`, `db::Db::get`
  std::string_view name;
};

std::optional<Callee> read_callee(const mir::TypeTable& types, mir::TypeId path) {
  const mir::Type shape = types[path];
  Callee callee;
  callee.path = types.plain_path(path);
  if (shape.kind == TypeKind::Projection) {
    callee.self_type = self_name(types, shape.args[0]);
    callee.trait = self_name(types, shape.args[1]);
    callee.name = shape.name;
    return callee;
  }
  if (shape.kind != TypeKind::Path && shape.kind != TypeKind::Member) {
    return std::nullopt;
  }
  const auto [before, name] = split_last(shape.name);
  callee.name = name;
  const std::string_view whole = callee.path;
  callee.self_type = split_last(whole).first;
  return callee;
}

// Earlier passes are nearer to the source.
int pass_rank(std::string_view pass) {
  if (pass == "built") {
    return 0;
  }
  return pass == "SimplifyCfg-promote-consts" ? 1 : 2;
}

}  // namespace

std::string_view last_name(std::string_view path) {
  auto [before, name] = split_last(path);
  while (is_closure_name(name) && !before.empty()) {
    std::tie(before, name) = split_last(before);
  }
  return name;
}

CallGraph::CallGraph(llvm::ArrayRef<const mir::Module*> modules) {
  add_bodies(modules);
  index_names();
  link_coroutines();
  for (size_t index = 0; index < body_count_; ++index) {
    add_edges(FunctionId(index));
  }
}

void CallGraph::add_bodies(llvm::ArrayRef<const mir::Module*> modules) {
  std::map<std::string, FunctionId> seen;
  for (const mir::Module* module : modules) {
    for (const mir::Body& body : module->bodies) {
      const bool is_code = body.form == mir::Body::Form::Function && body.text(body.pass) != "ctfe";
      if (!is_code) {
        continue;
      }
      const std::string_view own =
          body.definition_path.is_valid() ? body.text(body.definition_path) : body.text(body.name);
      const auto [known, is_new] =
          seen.try_emplace(key(body.text(body.crate), own), FunctionId(functions_.size()));
      if (is_new) {
        Function function;
        function.body = &body;
        function.path = body.text(body.name);
        function.name = own;
        function.crate = body.text(body.crate);
        functions_.add(std::move(function));
      } else if (pass_rank(body.text(body.pass)) <
                 pass_rank(body.text(functions_[known->second].body->pass))) {
        functions_[known->second].body = &body;
      }
    }
  }
  body_count_ = functions_.size();
}

void CallGraph::index_names() {
  for (size_t index = 0; index < body_count_; ++index) {
    const FunctionId id(index);
    const Function& function = functions_[id];
    const mir::Body& body = *function.body;
    by_body_[&body] = id;
    by_path_.try_emplace(key(function.crate, function.path), id);
    const auto [before, name] = split_last(function.path);
    if (is_closure_name(name)) {
      // A coroutine is its own first argument, a closure often behind a reference.
      if (body.arg_count > 0) {
        const mir::TypeId type =
            without_self_wrappers(body.types(), body.locals[mir::LocalId(size_t{1})].type);
        by_closure_type_.try_emplace(key(function.crate, body.types()[type].name), id);
      }
      continue;
    }
    by_last_name_[std::string(name)].push_back(id);
    add_impl(function, before, type_of_self(body));
  }
}

// A function of `owner`, which may be an `impl`, has a `self` of this type.
void CallGraph::add_impl(const Function& function, std::string_view owner, mir::TypeId self) {
  if (!is_impl_name(split_last(owner).second)) {
    return;
  }
  Impl& known = impls_[key(function.crate, owner)];
  if (known.self_type.empty() && self.is_valid()) {
    const mir::TypeTable& types = function.body->types();
    known.self_type = self_name(types, without_self_wrappers(types, self));
  }
}

// An `async fn` of which only the body was dumped.
FunctionId CallGraph::add_parent(FunctionId coroutine, std::string_view path) {
  Function parent;
  parent.path = path;
  parent.crate = functions_[coroutine].crate;
  parent.name = split_last(functions_[coroutine].name).first;
  parent.coroutine = coroutine;
  const FunctionId id = functions_.add(std::move(parent));
  const auto [owner, name] = split_last(functions_[id].path);
  by_last_name_[std::string(name)].push_back(id);
  by_path_.try_emplace(key(functions_[id].crate, functions_[id].path), id);
  add_impl(functions_[coroutine], owner, type_of_self(*functions_[coroutine].body));
  return id;
}

void CallGraph::link_coroutines() {
  for (size_t index = 0; index < body_count_; ++index) {
    const FunctionId id(index);
    const auto [before, name] = split_last(functions_[id].path);
    if (!is_closure_name(name)) {
      continue;
    }
    const mir::Body& body = *functions_[id].body;
    const mir::TypeId own =
        body.arg_count == 0
            ? mir::TypeId()
            : without_self_wrappers(body.types(), body.locals[mir::LocalId(size_t{1})].type);
    const bool is_async_fn = body.types()[own].name.starts_with("{async fn body of ");
    const auto parent = by_path_.find(key(functions_[id].crate, before));
    if (parent != by_path_.end()) {
      functions_[id].parent = parent->second;
      if (is_async_fn) {
        functions_[parent->second].coroutine = id;
      }
    } else if (is_async_fn) {
      const FunctionId added = add_parent(id, before);
      functions_[id].parent = added;
    }
  }
}

FunctionId CallGraph::find(const mir::Body& body) const {
  const auto found = by_body_.find(&body);
  return found == by_body_.end() ? FunctionId() : found->second;
}

FunctionId CallGraph::external(const std::string& path) {
  const auto [known, is_new] = externals_.try_emplace(path, FunctionId(functions_.size()));
  if (is_new) {
    Function function;
    function.path = path;
    function.name = path;
    functions_.add(std::move(function));
  }
  return known->second;
}

FunctionId CallGraph::resolve(const mir::Body& caller, const mir::Terminator& call) const {
  const mir::TypeId path = caller.callee(call);
  if (const FunctionId closure = called_closure(caller, path); closure.is_valid()) {
    return closure;
  }
  const auto callee = path.is_valid() ? read_callee(caller.types(), path) : std::nullopt;
  const auto named = callee ? by_last_name_.find(callee->name) : by_last_name_.end();
  if (named == by_last_name_.end()) {
    return {};
  }
  const std::string_view crate = caller.text(caller.crate);
  FunctionId found;
  bool is_default = false;
  for (const FunctionId id : named->second) {
    const Function& function = functions_[id];
    if (function.body != nullptr && function.body->arg_count != call.operand_count) {
      continue;
    }
    // Paths of another crate begin with its name.
    const std::string_view prefix = function.crate == crate ? std::string_view() : function.crate;
    const auto [before, name] = split_last(function.path);
    bool fits = false;
    bool fits_as_default = false;
    if (is_impl_name(split_last(before).second)) {
      const auto impl = impls_.find(key(function.crate, before));
      fits = !callee->self_type.empty() && impl != impls_.end() &&
             is_same_path(impl->second.self_type, prefix, callee->self_type);
    } else if (callee->trait.empty()) {
      fits = is_same_path(function.path, prefix, callee->path);
    } else {
      // A trait's default method, unless the type has its own.
      fits_as_default = is_same_path(before, prefix, callee->trait);
    }
    if (fits) {
      if (found.is_valid() && !is_default) {
        return {};
      }
      found = id;
      is_default = false;
    } else if (fits_as_default && !found.is_valid()) {
      found = id;
      is_default = true;
    }
  }
  return found;
}

// Where a coroutine is made it is named by its place alone, with the number of the macro
// expansion it comes from: `{coroutine@a.rs:1:2: 3:4 (#0)}`. Elsewhere an async block is
// `{async block@a.rs:1:2: 3:4}`, and the body of an `async fn` is named after it.
FunctionId CallGraph::made_closure(const mir::Body& body, mir::TypeId type) const {
  const mir::Type shape = body.types()[type];
  if (shape.kind != TypeKind::Closure && shape.kind != TypeKind::Coroutine) {
    return {};
  }
  const std::string_view crate = body.text(body.crate);
  const auto lookup = [&](std::string_view name) {
    const auto found = by_closure_type_.find(key(crate, name));
    return found == by_closure_type_.end() ? FunctionId() : found->second;
  };
  constexpr std::string_view Made = "{coroutine@";
  if (!shape.name.starts_with(Made)) {
    return lookup(shape.name);
  }
  std::string_view place = shape.name.substr(Made.size());
  place = place.substr(0, std::min(place.rfind(" (#"), place.size() - 1));
  for (const std::string_view kind : {"{async block@", "{async closure body@"}) {
    const FunctionId found = lookup(std::string(kind) + std::string(place) + "}");
    if (found.is_valid()) {
      return found;
    }
  }
  // A function that makes a coroutine which is no block is an `async fn`.
  const FunctionId own = find(body);
  return own.is_valid() ? functions_[own].coroutine : FunctionId();
}

// `<{closure@..} as Fn<..>>::call` and its kin, also through a reference.
FunctionId CallGraph::called_closure(const mir::Body& body, mir::TypeId path) const {
  const mir::TypeTable& types = body.types();
  const mir::Type call = path.is_valid() ? types[path] : mir::Type();
  if (call.kind != TypeKind::Projection || !call.name.starts_with("call")) {
    return {};
  }
  return made_closure(body, without_self_wrappers(types, call.args[0]));
}

void CallGraph::add_edges(FunctionId id) {
  const mir::Body& body = *functions_[id].body;
  std::vector<CallEdge> edges;
  for (size_t index = 0; index < body.blocks.size(); ++index) {
    mir::Point point{mir::BlockId(index), 0};
    for (const mir::Statement& statement : body.statements(point.block)) {
      const mir::Rvalue rvalue = body.rvalue(statement);
      if (rvalue.kind == mir::Rvalue::Kind::Struct || rvalue.kind == mir::Rvalue::Kind::Unit) {
        if (const FunctionId made = made_closure(body, rvalue.type); made.is_valid()) {
          edges.push_back({CallEdge::Kind::Make, made, point, point});
        }
      }
      ++point.statement;
    }
    const mir::Terminator& end = body.terminator(point.block);
    const mir::TypeId callee = body.callee(end);
    if (callee.is_valid()) {
      const FunctionId known = resolve(body, end);
      edges.push_back({CallEdge::Kind::Call,
                       known.is_valid() ? known : external(body.types().plain_path(callee)), point,
                       point});
    }
  }
  const std::vector<Definition> made = definitions(body);
  for (const SuspendPoint& suspend : suspend_points(body)) {
    const auto origin = made_by(body, made, suspend.awaitee);
    if (!origin) {
      continue;
    }
    FunctionId awaited;
    if (*origin == body.end_of(origin->block)) {
      const mir::Terminator& call = body.terminator(origin->block);
      const FunctionId called = resolve(body, call);
      awaited = called.is_valid() ? functions_[called].coroutine : FunctionId();
      if (!called.is_valid() && body.callee(call).is_valid()) {
        awaited = external(body.types().plain_path(body.callee(call)));
      }
    } else {
      const mir::Statement& statement = body.statements(origin->block)[origin->statement];
      awaited = made_closure(body, body.rvalue(statement).type);
    }
    if (awaited.is_valid()) {
      edges.push_back({CallEdge::Kind::Await, awaited, body.end_of(suspend.block), *origin});
    }
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const CallEdge& a, const CallEdge& b) { return a.point < b.point; });
  functions_[id].edges = std::move(edges);
}

// --- orders ---

namespace {

// The graph as LLVM's algorithms want it: nodes by pointer, and a root that leads to all.
struct Node {
  FunctionId id;
  llvm::SmallVector<Node*, 4> next;
};

}  // namespace

}  // namespace jaa::flow

template <>
struct llvm::GraphTraits<jaa::flow::Node*> {
  using NodeRef = jaa::flow::Node*;
  using ChildIteratorType = llvm::SmallVectorImpl<NodeRef>::iterator;
  static NodeRef getEntryNode(NodeRef node) { return node; }
  static ChildIteratorType child_begin(NodeRef node) { return node->next.begin(); }
  static ChildIteratorType child_end(NodeRef node) { return node->next.end(); }
};

namespace jaa::flow {

std::vector<std::vector<FunctionId>> CallGraph::bottom_up() const {
  std::vector<Node> nodes(functions_.size() + 1);
  Node& root = nodes.back();
  for (size_t index = 0; index < functions_.size(); ++index) {
    nodes[index].id = FunctionId(index);
    root.next.push_back(&nodes[index]);
    for (const CallEdge& edge : functions_[FunctionId(index)].edges) {
      nodes[index].next.push_back(&nodes[edge.callee.index()]);
    }
    if (functions_[FunctionId(index)].coroutine.is_valid()) {
      nodes[index].next.push_back(&nodes[functions_[FunctionId(index)].coroutine.index()]);
    }
  }
  std::vector<std::vector<FunctionId>> groups;
  for (auto at = llvm::scc_begin(&root); !at.isAtEnd(); ++at) {
    std::vector<FunctionId> group;
    for (const Node* node : *at) {
      if (node != &root) {
        group.push_back(node->id);
      }
    }
    std::sort(group.begin(), group.end());
    if (!group.empty()) {
      groups.push_back(std::move(group));
    }
  }
  return groups;
}

}  // namespace jaa::flow
