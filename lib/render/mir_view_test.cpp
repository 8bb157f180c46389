// Over the recorded crates of `testdata/flow/calls`.
#include "render/mir_view.h"

#include "mir/reader.h"
#include "render/sample_test.h"

namespace jaa::render {
namespace {

mir::Module read_crate(const std::string& crate) {
  const std::string text = sample::slurp("flow/calls/" + crate + ".mir");
  const std::string_view all = text;
  constexpr std::string_view Mark = "==> ";
  mir::Reader reader;
  for (size_t at = all.find(Mark); at != std::string_view::npos;) {
    const size_t name_end = all.find('\n', at);
    const size_t next = all.find(Mark, name_end);
    reader.read({all.substr(name_end + 1, std::min(next, all.size()) - name_end - 1),
                 all.substr(at + Mark.size(), name_end - at - Mark.size())});
    at = next;
  }
  return reader.finish();
}

struct World {
  mir::Module dep = read_crate("dep");
  mir::Module app = read_crate("app");
  flow::CallGraph graph{{&app, &dep}};
  std::vector<flow::Summary> summaries = flow::summarise(graph);
};

TEST_CASE("functions of two crates as text") {
  World world;
  std::string text;
  for (size_t index = 0; index < world.graph.body_count(); ++index) {
    if (world.summaries[index].path == "boxed::{closure#0}") {
      world.summaries[index].is_send = false;
      world.summaries[index].why = {"captures `x: Rc<u8>`"};
    }
    text += render::mir_text(world.graph, flow::FunctionId(index), world.summaries[index]);
    text += '\n';
  }
  sample::check_golden("mir_view.txt", text);
}

TEST_CASE("graphs for Graphviz") {
  const World world;
  std::vector<flow::FunctionId> all;
  std::string control_flow;
  for (size_t index = 0; index < world.graph.body_count(); ++index) {
    all.emplace_back(index);
    const flow::Function& function = world.graph[flow::FunctionId(index)];
    if (function.name == "odd" || function.name == "{impl#0}::fetch::{closure#0}") {
      control_flow += control_flow_dot(*function.body);
    }
  }
  sample::check_golden("mir_view.calls.dot", call_graph_dot(world.graph, all));
  sample::check_golden("mir_view.flow.dot", control_flow);
}

}  // namespace
}  // namespace jaa::render
