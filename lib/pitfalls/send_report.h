// What the reports about futures that are not `Send` have in common.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"
#include "rewrite/held.h"

namespace jaa::pitfalls {

// The value as the scope rewrites take it.
[[nodiscard]] rewrite::Held to_held(const flow::HeldValue& value);

// What a finding tells of the errors behind it.
struct Explained {
  base::Evidence evidence = base::Evidence::Messages;
  std::vector<uint32_t> denials;         // it is named by these
  std::vector<uint32_t> hidden_denials;  // and would be named by these next
  bool is_inferred = false;
  std::vector<base::Span> awaits;
  std::string await_label;
  std::vector<flow::ChainLink> chain;
};

// Adds level, evidence, the errors explained, a label at each await and at each place
// that demands the trait, and the way the future takes to there.
void explain(FindingBuilder& finding, const flow::Facts& facts, const Explained& explained);

// The same for a cause. Names the executors that do not ask for `Send`, where a task is
// what asks for it.
void explain(FindingBuilder& finding, const flow::Facts& facts, const flow::Cause& cause);

// The value's type, or where rustc gives none the type that lacks the trait.
[[nodiscard]] std::string value_type_text(const flow::Cause& cause);

// Marks where the type is written that would have to change, as far as the finding does
// not stand there.
void label_sites(FindingBuilder& finding, const flow::Cause& cause, const base::Span& place);

// Ends, moves or avoids the value's life across the await, within its function.
[[nodiscard]] std::vector<base::FixIt> shorten_scope(const flow::Facts& facts,
                                                     const flow::Cause& cause);

// The value is made at each use instead of being kept: for handles and pointers.
[[nodiscard]] std::vector<base::FixIt> make_where_used(const flow::Facts& facts,
                                                       const flow::Cause& cause);

// The rest of the function is instrumented with the entered span.
[[nodiscard]] std::vector<base::FixIt> instrument_rest(const flow::Facts& facts,
                                                       const flow::Cause& cause);

// The crate's files, the one of `first` before the others.
[[nodiscard]] std::vector<const syntax::Tree*> crate_trees(const flow::Facts& facts,
                                                           base::FileId first);

// The files of the other crates, some of which may use that of `file`.
[[nodiscard]] std::vector<const syntax::Tree*> user_trees(const flow::Facts& facts,
                                                          base::FileId file);

// The name that the value is bound to, or the expression, as a node.
[[nodiscard]] syntax::Node name_of(const flow::Cause& cause);

// The `&T` written for the parameter that the value is, or its `&self`; none for others.
[[nodiscard]] syntax::Node reference_of(const flow::Cause& cause);

// A fix-it that changes nothing but what types say, so that the program does the same.
[[nodiscard]] base::FixIt bound_fix(std::string name, std::string title,
                                    std::vector<base::Edit> edits);

// The traits to ask for so that `cause.trait` holds: what is shared by reference has to
// be `Sync`, and is most often sent as well.
[[nodiscard]] std::vector<std::vector<std::string>> trait_sets(const flow::Cause& cause);

}  // namespace jaa::pitfalls
