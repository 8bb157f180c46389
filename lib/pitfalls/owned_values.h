// How a task comes to own one of the values it names, by the value's type.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flow/escape.h"
#include "flow/facts.h"
#include "rewrite/imports.h"
#include "rewrite/own_in_task.h"

namespace jaa::pitfalls {

struct Ownership {
  enum class Way : uint8_t {
    Take,   // it is moved in, or copies itself
    Clone,  // a value of its own
    Share,  // `value` only works once `shared` is behind an `Arc`
  };
  Way way = Way::Take;
  std::vector<rewrite::TaskValue> values;
  std::vector<std::pair<base::Span, std::string>> renamed;
  // Instead of `renamed`: a statement in the block that makes a reference again, and
  // what is renamed even then.
  std::vector<std::string> views;
  std::vector<std::pair<base::Span, std::string>> renamed_with_views;
  syntax::Node shared;  // the binding
  // The function gives its own away behind this statement: others wait for the last.
  syntax::Node last_use;
  std::string trade_off;
  bool keeps_meaning = true;
};

enum class Preference : uint8_t { Clone, Share };

// None when a task cannot own it without more being changed.
[[nodiscard]] std::optional<Ownership> own_value(const flow::Facts& facts,
                                                 const flow::Escape& escape, const flow::Task& task,
                                                 const flow::Capture& capture,
                                                 Preference preference,
                                                 rewrite::ImportEdits& imports);

}  // namespace jaa::pitfalls
