// From one error that denies an auto trait to its cause.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "flow/cause.h"
#include "flow/denial.h"
#include "syntax/items.h"
#include "syntax/tree_cache.h"

namespace jaa::flow {

// The error is about a future: one is named, asked for by the bound, or on the way.
// Errors about threads and plain values are not.
[[nodiscard]] bool concerns_future(const Denial& denial, const base::SourceFiles& files,
                                   const syntax::TreeCache& trees);

class CauseReader {
 public:
  CauseReader(const base::SourceFiles& files, const syntax::TreeCache& trees,
              const syntax::Items& items)
      : files_(files), trees_(trees), items_(items) {}

  // None when the error is about nothing that is loaded. `held`
  // is the value in MIR, where it was found.
  [[nodiscard]] std::optional<Cause> read(const Denial& denial,
                                          std::optional<HeldValue> held) const;

 private:
  [[nodiscard]] syntax::Node node_of(const std::optional<NamedPlace>& place) const;
  void read_value(const Denial& denial, Cause& cause) const;
  void read_unlabelled_value(const Denial& denial, Cause& cause) const;
  void classify(const Denial& denial, const mir::TypeTable& types, mir::TypeId culprit,
                Cause& cause) const;
  void classify_name(const Denial& denial, const mir::TypeTable& types, mir::TypeId culprit,
                     Cause& cause) const;
  void find_trait_object(const mir::TypeTable& types, mir::TypeId culprit, Cause& cause) const;
  [[nodiscard]] std::set<std::string_view> traits_in_scope(syntax::Node place) const;
  [[nodiscard]] bool find_trait_method(const Denial& denial, Cause& cause) const;
  [[nodiscard]] bool find_parameter(const std::string& name, const Denial& denial,
                                    Cause& cause) const;
  [[nodiscard]] bool find_parameter_at(const std::string& name, syntax::Node place,
                                       Cause& cause) const;
  void find_projection(const std::string& name, Cause& cause) const;
  void find_opaque_argument(Cause& cause) const;
  [[nodiscard]] bool is_bound_to_thread(syntax::Node site) const;

  const base::SourceFiles& files_;
  const syntax::TreeCache& trees_;
  const syntax::Items& items_;
};

}  // namespace jaa::flow
