// The facts store: MIR of bodies that were asked for before.
//
// A body's facts follow from its dump in a fraction of a millisecond, so the dump is
// what is kept. An entry belongs to one unit (arguments and environment), one
// compiler binary and one content of every source file that the unit read; when any
// of them changes the entry is another one, so nothing stale is ever read. A failing
// unit may be kept too: the same text gives the same bodies.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/summary.h"
#include "plugin/rustc/facts_runner_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

class FactsStore {
 public:
  // `directory` is made when something is kept; a store that cannot be written is
  // only a slower one.
  explicit FactsStore(std::string directory) : directory_(std::move(directory)) {}

  // The dumps of these functions (none named: of the whole crate); none when one of
  // them was not kept.
  [[nodiscard]] std::optional<std::vector<Dump>> find(
      const Unit& unit, const std::vector<std::string>& sources,
      const std::vector<WantedBody>& functions) const;
  void keep(const Unit& unit, const std::vector<std::string>& sources,
            const std::vector<WantedBody>& functions, const std::vector<Dump>& dumps) const;

  // What callers must know of the unit's functions; empty when that was not kept, or not
  // by this version.
  [[nodiscard]] std::vector<flow::Summary> find_summaries(
      const Unit& unit, const std::vector<std::string>& sources) const;
  void keep_summaries(const Unit& unit, const std::vector<std::string>& sources,
                      llvm::ArrayRef<flow::Summary> summaries) const;

 private:
  [[nodiscard]] std::string entry(const Unit& unit, const std::vector<std::string>& sources) const;

  std::string directory_;
};

}  // namespace jaa::plugin
