// How code that stays as it is waits for a future, and what the crate needs for that.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::propagate {

class Waiting {
 public:
  explicit Waiting(const flow::Facts& facts) : facts_(facts) {}
  // The function to call at `place`: "block_on", "crate::block_on", "smol::block_on".
  [[nodiscard]] std::string call_at(syntax::Node place);
  // A runtime that must not be started where another one runs.
  [[nodiscard]] bool starts_runtime(syntax::Node place) const;
  // Definitions of what `call_at` has named and was not there.
  [[nodiscard]] std::vector<base::Edit> definitions() const;

 private:
  const flow::Facts& facts_;
  struct Definition {
    std::string text;
    bool is_for_tests = true;  // nothing else needs it
  };
  std::map<base::FileId, Definition> definitions_;  // by the crate's root file
};

}  // namespace jaa::propagate
