#include "propagate/blocking.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringRef.h"

#include "rewrite/imports.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

struct KnownWay {
  std::string_view crate;
  std::string_view path;
};

// Runtimes first, then crates that only run one future.
constexpr std::array KnownWays{
    KnownWay{"smol", "smol::block_on"},
    KnownWay{"async_std", "async_std::task::block_on"},
    KnownWay{"pollster", "pollster::block_on"},
    KnownWay{"futures_lite", "futures_lite::future::block_on"},
    KnownWay{"futures", "futures::executor::block_on"},
    KnownWay{"futures_executor", "futures_executor::block_on"},
    KnownWay{"async_io", "async_io::block_on"},
    KnownWay{"tokio", "tokio::runtime::Runtime::new().unwrap().block_on"},
};

// Polls on this thread, and sleeps until the waker wakes it.
constexpr std::string_view OwnDefinition = R"(
fn block_on<F: std::future::Future>(future: F) -> F::Output {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::park();
    }
}
)";

// The name of the type parameter that is bounded by `Future`, of a function that takes
// nothing but a value of it; empty for any other function.
std::string future_parameter(Node function) {
  std::vector<Node> parameters;
  for (const Node& parameter : function.field("parameters").named_children()) {
    if (!parameter.is_comment()) {
      parameters.push_back(parameter);
    }
  }
  if (parameters.size() != 1 || !parameters.front().is("parameter")) {
    return {};
  }
  const std::string type(parameters.front().field("type").text());
  if (llvm::StringRef(type).starts_with("impl Future<Output")) {
    return type;
  }
  bool is_bounded = false;
  const auto look = [&](Node list, std::string_view key) {
    for (const Node& part : list.named_children()) {
      is_bounded |= part.field(key).text() == type &&
                    llvm::StringRef(part.field("bounds").text()).contains("Future");
    }
  };
  look(function.field("type_parameters"), "name");
  look(function.field("type_parameters"), "left");
  for (const Node& child : function.named_children()) {
    if (child.is("where_clause")) {
      look(child, "left");
    }
  }
  return is_bounded ? type : std::string();
}

// It gives the output itself, not a handle to a task.
bool gives_output(Node function, const std::string& future) {
  const llvm::StringRef result(function.field("return_type").text());
  if (result == future + "::Output" || result == "<" + future + " as Future>::Output") {
    return true;
  }
  // `fn run<T>(f: impl Future<Output = T>) -> T`, or `F: Future<Output = T>`.
  return !result.empty() && !result.contains('<') &&
         llvm::StringRef(
             function.text().substr(0, function.field("body").begin() - function.begin()))
             .contains(("Output = " + result).str());
}

bool is_public(Node item) {
  return item.has_child("visibility_modifier");
}

// The modules around an item of one file, outermost first.
std::vector<std::string> modules_of(Node item) {
  std::vector<std::string> result;
  for (Node at = item.parent(); at; at = at.parent()) {
    if (at.is("mod_item")) {
      result.insert(result.begin(), std::string(at.field("name").text()));
    }
  }
  return result;
}

// The path of a function of the same file, as seen from `place`; empty where it cannot be
// seen.
std::string path_from(Node function, Node place) {
  std::vector<std::string> there = modules_of(function);
  const std::vector<std::string> here = modules_of(place);
  std::string path(function.field("name").text());
  size_t common = 0;
  while (common < there.size() && common < here.size() && there[common] == here[common]) {
    ++common;
  }
  if (common < there.size() && !is_public(function)) {
    return {};
  }
  for (size_t index = there.size(); index-- > common;) {
    path = there[index] + "::" + path;
  }
  for (size_t index = common; index < here.size(); ++index) {
    path = "super::" + path;
  }
  return path;
}

// By the name under which it is imported where `place` is, where it is.
std::string imported_name(Node place, llvm::StringRef path) {
  for (const rewrite::Import& import : rewrite::imports_of(rewrite::import_scope(place))) {
    llvm::StringRef imported(import.path);
    for (const llvm::StringRef prefix : {"crate::", "self::"}) {
      imported.consume_front(prefix);
    }
    if (imported == path) {
      return std::string(import.name.text());
    }
  }
  return path.str();
}

}  // namespace

std::vector<Blocking> ways_to_block(const flow::Facts& facts, Node place) {
  std::vector<Blocking> result;
  // Functions of this file; a path to another file's would be a guess.
  syntax::walk(facts.tree(place.span().file).root(), [&](Node node) {
    // What is in a function's body is not seen outside of it.
    if (node.is_any({"token_tree", "block"})) {
      return syntax::Walk::Over;
    }
    if (node.is("function_item") && !syntax::is_async_function(node) && !syntax::impl_of(node)) {
      const std::string future = future_parameter(node);
      const std::string path =
          !future.empty() && gives_output(node, future) ? path_from(node, place) : std::string();
      if (!path.empty()) {
        const std::string name = imported_name(place, path);
        result.push_back({name, name, {}});
      }
    }
    return syntax::Walk::Into;
  });
  std::stable_partition(result.begin(), result.end(), [](const Blocking& way) {
    return llvm::StringRef(way.call).ends_with("block_on");
  });
  for (const KnownWay& way : KnownWays) {
    if (facts.package().depends_on(way.crate)) {
      result.push_back({imported_name(place, way.path), std::string(way.path), {}});
    }
  }
  if (result.empty() && facts.items().functions("block_on").empty()) {
    std::string call = "block_on";
    for (size_t depth = modules_of(place).size(); depth-- > 0;) {
      call = "super::" + call;
    }
    result.push_back({call, call, std::string(OwnDefinition)});
  }
  return result;
}

bool is_way_to_block(const flow::Facts& facts, Node call) {
  const Node place = facts.tree(call.span().file).smallest_node(call.span());
  const std::string_view name = call.field("function").text();
  if (llvm::StringRef(name).ends_with("block_on")) {
    return true;
  }
  const std::vector<Blocking> ways = ways_to_block(facts, place);
  return std::any_of(ways.begin(), ways.end(),
                     [name](const Blocking& way) { return way.call == name; });
}

std::string own_definition(const std::string& name) {
  constexpr llvm::StringRef Head = "\nfn block_on";
  return Head.drop_back(8).str() + name + std::string(OwnDefinition.substr(Head.size()));
}

std::string entry_attribute(const project::Package& package, bool is_test) {
  if (package.depends_on("tokio")) {
    return is_test ? "#[tokio::test]" : "#[tokio::main]";
  }
  if (package.depends_on("async_std")) {
    return is_test ? "#[async_std::test]" : "#[async_std::main]";
  }
  if (package.depends_on("macro_rules_attribute") && package.depends_on("smol_macros")) {
    return is_test ? "#[apply(smol_macros::test!)]" : "#[apply(smol_macros::main!)]";
  }
  return {};
}

}  // namespace jaa::propagate
