// Over the MIR of two recorded crates; `testdata/flow/calls` has their sources.
#include "flow/call_graph.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "flow/send_summary.h"
#include "flow/summary.h"
#include "mir/reader.h"

namespace jaa::flow {
namespace {

// `==> NAME` stands before each dump.
mir::Module read_calls(const std::string& crate) {
  std::ifstream file(JAA_TESTDATA "/flow/calls/" + crate + ".mir", std::ios::binary);
  REQUIRE(file.good());
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  constexpr std::string_view Mark = "==> ";
  mir::Reader reader;
  for (size_t at = text.find(Mark); at != std::string::npos;) {
    const size_t name_end = text.find('\n', at);
    const size_t next = text.find(Mark, name_end);
    const std::string_view all = text;
    reader.read({all.substr(name_end + 1, std::min(next, text.size()) - name_end - 1),
                 all.substr(at + Mark.size(), name_end - at - Mark.size())});
    at = next;
  }
  mir::Module module = reader.finish();
  CHECK(module.problems.empty());
  return module;
}

struct World {
  mir::Module dep = read_calls("dep");
  mir::Module app = read_calls("app");
  CallGraph graph{{&app, &dep}};

  [[nodiscard]] FunctionId find(std::string_view name) const {
    for (size_t index = 0; index < graph.body_count(); ++index) {
      if (graph[FunctionId(index)].name == name) {
        return FunctionId(index);
      }
    }
    FAIL(std::string(name));
    return {};
  }
  // Names of what the function's edges of this kind lead to, once each.
  [[nodiscard]] std::vector<std::string> targets(std::string_view name, CallEdge::Kind kind) const {
    std::vector<std::string> names;
    for (const CallEdge& edge : graph[find(name)].edges) {
      if (edge.kind == kind) {
        names.push_back(graph[edge.callee].name);
      }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }
};

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

using Kind = CallEdge::Kind;

TEST_CASE("methods are found by the type they are for, also in another crate") {
  const World world;
  const auto calls = world.targets("serve::{closure#0}", Kind::Call);
  CHECK(has(calls, "{impl#0}::fetch"));
  CHECK(has(world.targets("serve::{closure#0}::{closure#0}", Kind::Call), "later"));
  CHECK(has(world.targets("{impl#0}::fetch::{closure#0}", Kind::Call), "{impl#0}::load"));
  CHECK(has(world.targets("{impl#0}::load", Kind::Call), "std::fs::read"));
}

TEST_CASE("a trait's own method is meant unless the type has one") {
  const World world;
  const auto calls = world.targets("shapes", Kind::Call);
  CHECK(has(calls, "Shape::twice"));
  CHECK(has(calls, "{impl#1}::twice"));
  CHECK(has(calls, "{impl#0}::area"));
  // Whose `area` it is depends on the type.
  CHECK(world.targets("Shape::twice", Kind::Call) ==
        std::vector<std::string>{"<Self as Shape>::area"});
}

TEST_CASE("an await leads to the body that it polls, a call of an async fn to the function") {
  const World world;
  const auto awaits = world.targets("serve::{closure#0}", Kind::Await);
  CHECK(awaits == std::vector<std::string>{"serve::{closure#0}::{closure#0}",
                                           "{impl#0}::fetch::{closure#0}"});
  CHECK(world.targets("{impl#0}::fetch::{closure#0}", Kind::Await) ==
        std::vector<std::string>{"tick::{closure#0}"});
  const auto makes = world.targets("serve::{closure#0}", Kind::Make);
  CHECK(makes == std::vector<std::string>{"serve::{closure#0}::{closure#0}",
                                          "serve::{closure#0}::{closure#1}"});
  CHECK(world.targets("prepare", Kind::Await).empty());
}

TEST_CASE("a closure that is called is run") {
  const World world;
  CHECK(has(world.targets("serve::{closure#0}", Kind::Call), "serve::{closure#0}::{closure#1}"));
}

TEST_CASE("a call through a pointer leads nowhere") {
  const World world;
  CHECK(world.targets("through_pointer", Kind::Call).empty());
}

TEST_CASE("without the plain functions, the bodies of async fns are found all the same") {
  mir::Module dep = read_calls("dep");
  mir::Module app = read_calls("app");
  for (mir::Module* module : {&dep, &app}) {
    std::erase_if(module->bodies, [](const mir::Body& body) { return !body.is_coroutine; });
  }
  const CallGraph graph({&app, &dep});
  bool found = false;
  for (size_t index = 0; index < graph.body_count(); ++index) {
    const Function& function = graph[FunctionId(index)];
    for (const CallEdge& edge : function.edges) {
      found |= function.name == "serve::{closure#0}" && edge.kind == Kind::Await &&
               graph[edge.callee].name == "{impl#0}::fetch::{closure#0}";
    }
  }
  CHECK(found);
}

TEST_CASE("callees come before their callers, and a cycle is one group") {
  const World world;
  const auto groups = world.graph.bottom_up();
  const auto position = [&](std::string_view name) {
    const FunctionId id = world.find(name);
    const auto group = std::find_if(groups.begin(), groups.end(), [id](const auto& each) {
      return std::find(each.begin(), each.end(), id) != each.end();
    });
    REQUIRE(group != groups.end());
    return group - groups.begin();
  };
  CHECK(position("even") == position("odd"));
  CHECK(position("{impl#0}::load") < position("{impl#0}::fetch::{closure#0}"));
  CHECK(position("{impl#0}::fetch::{closure#0}") < position("serve::{closure#0}"));
}

TEST_CASE("what blocks is found through calls and awaits, and not where only a future is made") {
  const World world;
  const std::vector<Summary> summaries = summarise(world.graph);
  const auto summary = [&](std::string_view name) { return summaries[world.find(name).index()]; };
  using Chain = std::vector<std::string>;
  CHECK(summary("{impl#0}::load").blocks_by == Chain{"std::fs::read"});
  CHECK(summary("serve::{closure#0}").blocks_by ==
        Chain{"{impl#0}::fetch::{closure#0}", "{impl#0}::load", "std::fs::read"});
  CHECK(summary("even").blocks_by == Chain{"odd", "std::thread::sleep"});
  CHECK(summary("odd").blocks_by == Chain{"std::thread::sleep"});
  CHECK(summary("prepare").blocks_by.empty());
  CHECK(summary("shapes").blocks_by.empty());

  CHECK(summary("prepare").returns_future);
  CHECK(summary("boxed").returns_future);
  CHECK_FALSE(summary("boxed").is_async);
  CHECK(summary("serve").is_async);
  CHECK(summary("serve::{closure#0}").may_await);
  CHECK_FALSE(summary("tick::{closure#0}").may_await);
  REQUIRE(summary("serve::{closure#0}").saved.size() == 2);
  CHECK(has(summary("serve::{closure#0}").saved[1], "first: std::vec::Vec<u8>"));
}

TEST_CASE("a future is Send or not as far as std's types tell") {
  World world;
  std::vector<Summary> summaries = summarise(world.graph);
  const mir::Module* const modules[] = {&world.app, &world.dep};
  add_send_verdicts(world.graph, modules, {}, summaries);
  const auto verdict = [&](std::string_view name) {
    return summaries[world.find(name).index()].is_send;
  };
  CHECK(verdict("tick::{closure#0}") == true);
  CHECK(verdict("boxed::{closure#0}") == true);
  // Nothing is known of `Disk`.
  CHECK_FALSE(verdict("{impl#0}::fetch::{closure#0}").has_value());
}

TEST_CASE("what an earlier run found out answers for a dependency without bodies") {
  const mir::Module app = read_calls("app");
  const mir::Module* const modules[] = {&app};
  const CallGraph graph(modules);
  Summary known;
  known.crate = "dep";
  known.path = "Disk::fetch";
  known.blocks_by = {"std::fs::read"};
  const std::vector<Summary> summaries = summarise(graph, known);
  const auto serve = std::find_if(summaries.begin(), summaries.end(), [](const Summary& each) {
    return each.path == "serve::{closure#0}";
  });
  REQUIRE(serve != summaries.end());
  CHECK(serve->blocks_by == std::vector<std::string>{"dep::Disk::fetch", "std::fs::read"});
}

TEST_CASE("only functions that are documented to block do") {
  CHECK(is_blocking("std::fs::read_to_string"));
  CHECK(is_blocking("std::fs::OpenOptions::open"));
  CHECK_FALSE(is_blocking("std::fs::OpenOptions::new"));
  CHECK_FALSE(is_blocking("std::fs::Metadata::len"));
  CHECK_FALSE(is_blocking("std::sync::Mutex::lock"));
  CHECK_FALSE(is_blocking("app::std::fs::read"));
}

TEST_CASE("a summary survives JSON, and a broken one says what it lacks") {
  Summary summary;
  summary.crate = "app";
  summary.path = "a::b";
  summary.body_hash = 0xDEADBEEF12345678;
  summary.is_async = true;
  summary.may_await = true;
  summary.blocks_by = {"x", "y"};
  summary.is_send = false;
  summary.why = {"captures `x: Rc<u8>`"};
  summary.saved = {{"g: T"}, {}};
  llvm::Expected<Summary> back = summary_from_json(to_json(summary));
  REQUIRE(static_cast<bool>(back));
  CHECK(*back == summary);

  for (const char* field : {"crate", "path", "body", "async", "blocks_by", "why", "saved"}) {
    llvm::json::Value value = to_json(summary);
    value.getAsObject()->erase(field);
    llvm::Expected<Summary> broken = summary_from_json(value);
    REQUIRE_FALSE(static_cast<bool>(broken));
    CHECK(llvm::toString(broken.takeError()).find(field) != std::string::npos);
  }
  llvm::Expected<Summary> none = summary_from_json(llvm::json::Value(3));
  REQUIRE_FALSE(static_cast<bool>(none));
  llvm::consumeError(none.takeError());
}

TEST_CASE("a path's last name") {
  CHECK(last_name("db::<impl at a.rs:1:2: 3:4>::get::{closure#0}::{closure#1}") == "get");
  CHECK(last_name("main") == "main");
  CHECK(last_name("{closure#0}") == "{closure#0}");
}

}  // namespace
}  // namespace jaa::flow
