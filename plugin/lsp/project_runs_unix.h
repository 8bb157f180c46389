// What the server has cargo and rustc do for it, one function a kind of job. Each blocks
// until it is done or the thread's `plugin::StopScope` is stopped, and may run in any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "plugin/lsp/host.h"

namespace jaa::lsp {

struct RunContext {
  // The program `cargo-async`, which is also the wrapper around rustc.
  std::string cargo_async;
  std::vector<std::string> env;
};

// Findings come as they are found, and again when their fixes are tried.
// May be called by another thread than the one that runs.
using OnFound = std::function<void(std::vector<plugin::ReportedFinding>, bool is_final)>;

[[nodiscard]] CheckResult run_check(const RunContext& context, const CheckRequest& request,
                                    const OnFound& on_found);
[[nodiscard]] AnalysisResult run_analysis(const RunContext& context,
                                          const AnalysisRequest& request);
[[nodiscard]] TryResult run_try(const RunContext& context, const TryRequest& request);
[[nodiscard]] ChangeResult run_change(const RunContext& context, const ChangeRequest& request);
[[nodiscard]] FactsResult run_facts(const RunContext& context, const FactsRequest& request);

}  // namespace jaa::lsp
