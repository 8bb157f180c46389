#include "plugin/lsp/send_answers_unix.h"

#include <algorithm>

#include "fixit/replacements.h"
#include "flow/probe.h"
#include "flow/sources.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::lsp {

void ask_whether_send(const plugin::Unit& unit, const syntax::Tree& tree,
                      const base::SourceFiles& sources, const std::string& scratch,
                      double timeout_seconds, FactsResult& facts) {
  const std::vector<flow::Probe> probes = flow::probe_functions(tree);
  if (probes.empty()) {
    return;
  }
  std::vector<base::Edit> edits;
  for (const flow::Probe& probe : probes) {
    edits.push_back(probe.edit);
  }
  const fixit::TrialOutcome outcome = plugin::run_unit_trial(
      unit, fixit::make_trial(edits, sources), scratch, {.timeout_seconds = timeout_seconds});
  if (outcome.state != fixit::TrialOutcome::State::Ran || outcome.units.empty()) {
    return;
  }
  const flow::UnitSources names(sources, unit.cwd);
  for (const flow::ProbeAnswer& answer :
       flow::read_answers(probes, outcome.units.front().diagnostics, names)) {
    // The probe stands behind its function.
    const uint32_t end = probes[answer.probe].edit.span.begin;
    const syntax::Node function = tree.smallest_node({tree.file(), end - 1, end});
    syntax::Node item = function;
    while (item && !(item.is("function_item") && item.end() == end)) {
      item = item.parent();
    }
    const uint32_t begin = item.field("name").begin();
    for (FutureFacts& future : facts.futures) {
      if (item && future.begin == begin) {
        future.is_send = answer.is_send;
        future.why = answer.why;
      }
    }
  }
}

}  // namespace jaa::lsp
