// `jaa mir`: what was understood of MIR, from dumps or from a source file.
#include <algorithm>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "flow/call_graph.h"
#include "flow/send_summary.h"
#include "flow/summary.h"
#include "mir/reader.h"
#include "plugin/jaa/jaa_unix.h"
#include "plugin/rustc/facts_runner_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "render/mir_view.h"

namespace jaa::plugin {
namespace {

constexpr int ExitUsage = 1;

struct Text {
  std::string name;
  std::string text;
};

llvm::Error read_into(const std::string& path, std::vector<Text>& texts) {
  llvm::Expected<std::string> text = read_file(path);
  if (!text) {
    return text.takeError();
  }
  texts.push_back({path, std::move(*text)});
  return llvm::Error::success();
}

// A folder's dumps, those below it included.
llvm::Error read_folder(const std::string& folder, std::vector<Text>& texts) {
  std::vector<std::string> paths;
  std::error_code failed;
  for (llvm::sys::fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (llvm::sys::path::extension(at->path()) == ".mir") {
      paths.push_back(at->path());
    }
  }
  if (failed) {
    return llvm::createStringError(failed, "cannot read the folder %s: %s", folder.c_str(),
                                   failed.message().c_str());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    if (llvm::Error error = read_into(path, texts)) {
      return error;
    }
  }
  return llvm::Error::success();
}

llvm::Error compile_into(const JaaArguments& arguments, const std::string& path,
                         std::vector<Text>& texts) {
  llvm::SmallString<128> temporary;
  llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, temporary);
  llvm::Expected<TemporaryFolder> scratch = TemporaryFolder::make(std::string(temporary) + "/jaa-");
  if (!scratch) {
    return scratch.takeError();
  }
  llvm::Expected<std::string> text = read_file(path);
  if (!text) {
    return text.takeError();
  }
  FactsRequest request;
  request.all_bodies = true;
  llvm::Expected<FactsOutcome> outcome =
      run_facts(make_unit(arguments, path, *text, scratch->path()), request);
  if (!outcome) {
    return outcome.takeError();
  }
  for (Dump& dump : outcome->dumps) {
    texts.push_back({std::move(dump.file_name), std::move(dump.text)});
  }
  return llvm::Error::success();
}

llvm::Error read_path(const JaaArguments& arguments, const std::string& path,
                      std::vector<Text>& texts) {
  if (llvm::sys::fs::is_directory(path)) {
    return read_folder(path, texts);
  }
  if (llvm::sys::path::extension(path) == ".rs") {
    return compile_into(arguments, path, texts);
  }
  return read_into(path, texts);
}

}  // namespace

int show_mir(const JaaArguments& arguments) {
  std::vector<Text> texts;
  for (const std::string& path : arguments.paths) {
    if (llvm::Error error = read_path(arguments, path, texts)) {
      llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
      return ExitUsage;
    }
  }
  std::vector<mir::Input> inputs;
  for (const Text& text : texts) {
    inputs.push_back({text.text, text.name});
  }
  const std::vector<mir::Module> modules = mir::read_in_parallel(inputs, mir::useful_parts(inputs));
  std::vector<const mir::Module*> views;
  for (const mir::Module& module : modules) {
    views.push_back(&module);
    for (const base::Problem& problem : module.problems) {
      llvm::errs() << "warning: " << problem.input << ':' << problem.line << ": " << problem.text
                   << '\n';
    }
  }
  const flow::CallGraph graph(views);
  std::vector<flow::FunctionId> chosen;
  for (size_t index = 0; index < graph.body_count(); ++index) {
    const flow::FunctionId id(index);
    const mir::Body& body = *graph[id].body;
    const bool is_wanted =
        arguments.function.empty() ||
        graph[id].path.find(arguments.function) != std::string::npos ||
        body.text(body.definition_path).find(arguments.function) != std::string_view::npos;
    if (is_wanted) {
      chosen.push_back(id);
    }
  }
  if (chosen.empty()) {
    llvm::errs() << "error: no body"
                 << (arguments.function.empty() ? std::string(" in the input")
                                                : " has `" + arguments.function + "` in its path")
                 << '\n';
    return ExitUsage;
  }
  if (arguments.dot) {
    if (arguments.function.empty()) {
      llvm::outs() << render::call_graph_dot(graph, chosen);
    } else {
      for (const flow::FunctionId id : chosen) {
        llvm::outs() << render::control_flow_dot(*graph[id].body);
      }
    }
    return 0;
  }
  std::vector<flow::Summary> summaries = flow::summarise(graph);
  flow::add_send_verdicts(graph, views, {}, summaries);
  bool is_first = true;
  for (const flow::FunctionId id : chosen) {
    const flow::Summary& summary = summaries[id.index()];
    if (arguments.format != JaaFormat::Human) {
      llvm::outs() << flow::to_json(summary) << '\n';
      continue;
    }
    llvm::outs() << (is_first ? "" : "\n") << render::mir_text(graph, id, summary);
    is_first = false;
  }
  return 0;
}

}  // namespace jaa::plugin
