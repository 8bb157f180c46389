// How a task comes to own one of the values it names, by the value's type.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "flow/escape.h"
#include "flow/facts.h"
#include "llvm/ADT/StringRef.h"
#include "rewrite/imports.h"
#include "rewrite/own_in_task.h"

namespace jaa::pitfalls {

struct Ownership {
  enum class Way : uint8_t {
    Take,   // it is moved in, or copies itself
    Clone,  // a value of its own
    Share,  // `value` only works once `shared` is behind an `Arc`
    Lock,   // and once all that name `shared` lock it
  };
  Way way = Way::Take;
  std::vector<rewrite::TaskValue> values;
  std::vector<std::pair<base::Span, std::string>> renamed;
  // Instead of `renamed`: a statement in the block that makes a reference again, and
  // what is renamed even then.
  std::vector<std::string> views;
  std::vector<std::pair<base::Span, std::string>> renamed_with_views;
  bool needs_view = false;  // there is no other way
  syntax::Node shared;      // the binding
  // The function gives its own away behind this statement: others wait for the last.
  syntax::Node last_use;
  std::string trade_off;
  bool keeps_meaning = true;
};

// `Lock`: what a task changes and others name is one value for all; the rest is cloned.
enum class Preference : uint8_t { Lock, Clone, Share };

// None when a task cannot own it without more being changed.
[[nodiscard]] std::optional<Ownership> own_value(const flow::Facts& facts,
                                                 const flow::Escape& escape, const flow::Task& task,
                                                 const flow::Capture& capture,
                                                 Preference preference,
                                                 rewrite::ImportEdits& imports);

// The fields of `self`, or of what another reference leads to, that the task names, each
// once; none when it names more of it than that, or a field cannot be cloned.
[[nodiscard]] std::optional<Ownership> own_fields(const flow::Facts& facts, const flow::Task& task,
                                                  const flow::Capture& self);

// What the variable holds, or else the type whose function or fields make it: `Cell<` of
// `Cell::new(..)`. Good enough to tell what must not be cloned.
[[nodiscard]] std::string likely_type(const flow::Facts& facts, syntax::Node binding);

[[nodiscard]] bool is_mutable(syntax::Node binding);
// What the task writes to a value of its own is lost to the others.
// What is written to the variable after the task is made does not reach the task, either.
void note_lost_writes(const flow::Task& task, const flow::Capture& capture, Ownership& ownership);
// `place` is given to a function that changes what it is given: its parameter is `mut`.
[[nodiscard]] bool is_changed_by_callee(const flow::Facts& facts, syntax::Node place);
// `&T` -> `T`, and how many there were; none for `&mut`.
[[nodiscard]] std::optional<std::pair<std::string, int>> without_references(llvm::StringRef type);
// `x.clone()`; where the file of `place` imports `Arc`, a share is written as one.
[[nodiscard]] std::string clone_text(syntax::Node place, llvm::StringRef type,
                                     const std::string& name);

}  // namespace jaa::pitfalls
