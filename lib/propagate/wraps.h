// Text put around expressions, which may lie in one another and begin or end at one place.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"

namespace jaa::propagate {

class Wraps {
 public:
  // A second one of the same place and texts is the same.
  void add(const base::Span& place, std::string before, std::string after);
  // Insertions, at most one for each offset.
  [[nodiscard]] std::vector<base::Edit> edits() const;

 private:
  struct Wrap {
    base::Span place;
    std::string before;
    std::string after;
    friend bool operator==(const Wrap&, const Wrap&) = default;
  };
  std::vector<Wrap> wraps_;
};

}  // namespace jaa::propagate
