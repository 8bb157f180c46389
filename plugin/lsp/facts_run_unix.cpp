// What the compiler knows of the futures of one file.
#include <algorithm>

#include "flow/call_graph.h"
#include "flow/guard_types.h"
#include "flow/saved.h"
#include "flow/send_summary.h"
#include "flow/sources.h"
#include "flow/summary.h"
#include "llvm/Support/Path.h"
#include "mir/reader.h"
#include "plugin/lsp/cargo_project_unix.h"
#include "plugin/lsp/send_answers_unix.h"
#include "plugin/rustc/facts_runner_unix.h"
#include "plugin/rustc/facts_store_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "syntax/queries.h"
#include "syntax/tree.h"

namespace jaa::lsp {

namespace {

// The functions of a file whose futures are asked about.
std::vector<plugin::WantedBody> wanted_bodies(const syntax::Tree& tree,
                                              const base::SourceFiles& sources) {
  std::vector<plugin::WantedBody> result;
  const std::string name(llvm::sys::path::filename(sources.path(tree.file())));
  syntax::walk(tree.root(), [&](syntax::Node node) {
    if (node.is("await_expression")) {
      const syntax::Node function = syntax::outermost_function(node);
      if (function.is("function_item")) {
        const uint32_t line = sources.line_column(tree.file(), node.end()).line;
        result.push_back({std::string(function.field("name").text()), name, line, false});
      }
    }
    return syntax::Walk::Into;
  });
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

FutureFacts::Saved saved_value(const mir::Body& body, mir::LocalId local) {
  FutureFacts::Saved saved;
  saved.name = body.variable_name(local);
  saved.type = body.types().print(body.locals[local].type);
  if (const auto guard = flow::find_guard(body.types(), body.locals[local].type)) {
    saved.guard_of = guard->guard->lock;
  }
  return saved;
}

}  // namespace

FactsResult run_facts(const RunContext& run, const FactsRequest& request) {
  FactsResult result;
  auto project = open_project(run, request.root, request.settings);
  if (!project) {
    result.problem = llvm::toString(project.takeError());
    return result;
  }
  const std::vector<KnownUnit> units = known_units(*project);
  const auto unit = std::find_if(units.begin(), units.end(), [&request](const KnownUnit& one) {
    return std::binary_search(one.sources.begin(), one.sources.end(), request.path);
  });
  auto text = plugin::read_file(request.path);
  if (unit == units.end() || !text) {
    result.problem =
        text ? "no target of the project reads the file" : llvm::toString(text.takeError());
    return result;
  }
  base::SourceFiles sources;
  const base::FileId file = sources.add(request.path, request.path, std::move(*text));
  const syntax::Tree tree(sources, file);
  plugin::FactsRequest wanted;
  wanted.functions = wanted_bodies(tree, sources);
  wanted.timeout_seconds = project->settings.trial_timeout_seconds;
  if (wanted.functions.empty()) {
    return result;
  }
  const plugin::FactsStore store(project->store() + "/facts");
  std::vector<plugin::Dump> dumps;
  if (auto kept = store.find(unit->unit, unit->sources, wanted.functions)) {
    dumps = std::move(*kept);
  } else {
    auto outcome = plugin::run_facts(unit->unit, wanted);
    if (!outcome) {
      result.problem = llvm::toString(outcome.takeError());
      return result;
    }
    dumps = std::move(outcome->dumps);
    store.keep(unit->unit, unit->sources, wanted.functions, dumps);
  }
  std::vector<mir::Input> inputs;
  for (const plugin::Dump& dump : dumps) {
    inputs.push_back({dump.text, dump.file_name});
  }
  const std::vector<mir::Module> modules = mir::read_in_parallel(inputs, 1);
  std::vector<const mir::Module*> views;
  for (const mir::Module& module : modules) {
    views.push_back(&module);
  }
  const flow::CallGraph graph(views);
  std::vector<flow::Summary> summaries = flow::summarise(graph);
  flow::add_send_verdicts(graph, views, {}, summaries);
  const flow::UnitSources names(sources, unit->unit.cwd);
  for (size_t index = 0; index < graph.body_count(); ++index) {
    const flow::FunctionId id(index);
    const mir::Body& body = *graph[id].body;
    FutureFacts future;
    future.is_send = summaries[index].is_send;
    future.why = summaries[index].why;
    for (const flow::SuspendPoint& point : flow::suspend_points(body)) {
      const auto keyword = names.span(body, point.keyword_span);
      if (!keyword || keyword->file != file) {
        continue;
      }
      FutureFacts::Await await{keyword->begin, keyword->end, {}};
      for (const mir::LocalId local : point.saved) {
        if (local != point.awaitee) {
          await.saved.push_back(saved_value(body, local));
        }
      }
      const syntax::Node function = syntax::enclosing_function(tree.smallest_node(*keyword));
      const syntax::Node name = function.field("name");
      future.begin = name ? name.begin() : function.begin();
      future.name = name ? std::string(name.text()) : "this block";
      future.awaits.push_back(std::move(await));
    }
    if (!future.awaits.empty()) {
      result.futures.push_back(std::move(future));
    }
  }
  if (auto folder = own_folder(*project, "send")) {
    ask_whether_send(unit->unit, tree, sources, folder->path(), wanted.timeout_seconds, result);
  } else {
    llvm::consumeError(folder.takeError());  // what is known without stays
  }
  return result;
}

}  // namespace jaa::lsp
