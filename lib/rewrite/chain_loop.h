// The loop that a chain becomes, while it is written; see chain_to_loop.h.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "llvm/ADT/StringSet.h"
#include "rewrite/awaited_source.h"
#include "rewrite/chain.h"
#include "rewrite/chain_to_loop.h"
#include "rewrite/chain_types.h"
#include "rewrite/inline_closure.h"
#include "rewrite/naming.h"
#include "rewrite/put_statements.h"

namespace jaa::rewrite {

// Which of several forms to write, where only types would tell.
struct ChainGuess {
  size_t container = 0;
  size_t flatten = 0;
};

// How many of each there are.
struct ChainChoices {
  size_t containers = 1;
  size_t flattens = 1;
};

class ChainLoop {
 public:
  ChainLoop(const ChainRequest& request, Chain chain, size_t first, ChainGuess guess);

  // None when a part of the chain is not known.
  [[nodiscard]] std::optional<std::vector<base::Edit>> write();
  [[nodiscard]] const ChainChoices& choices() const { return choices_; }

 private:
  enum class Take : uint8_t { Value, Reference };
  struct ApplyOptions {
    std::string on_return = {};
    std::string on_none = {};
    std::string on_success = {};
    bool may_leave = false;
  };

  void comments_of(syntax::Node call, Code& code) const;
  [[nodiscard]] bool is_implied(syntax::Node source, bool is_loop) const;
  // The iterator that the loop runs over: one line where it fits.
  [[nodiscard]] std::string source_text(bool is_loop) const;

  // chain_stages.cpp: the stages, which hand an item on.
  bool stage(size_t index);
  bool filter(size_t index);
  bool filter_map(size_t index, bool stops);
  bool flatten(size_t index, std::string value, bool is_bare);
  Fallible item_kind(size_t index);
  bool take(size_t index);
  bool number(const ChainCall& call, std::string& limit);
  void keep_source();
  // chain_to_loop.cpp: what is made before the loop, how the loop begins, and the statements
  // that its body begins with.
  [[nodiscard]] std::string source_line() const;
  [[nodiscard]] std::string loop_head(Code& first) const;

  // chain_items.cpp: the item on its way.
  std::string next_name(size_t index, const std::string& otherwise);
  std::string index_wish(size_t index);
  void let_else(const std::string& pattern, const std::string& value, const std::string& otherwise);
  void open(std::string head);
  // The item in a variable, and its name.
  std::string named(const std::string& wish = "");
  // Binds the item to `pattern` for code that may move it.
  bool bind(syntax::Node pattern);
  // What `argument`, a closure or a function's name, gives for the item.
  std::optional<std::string> apply(syntax::Node argument, Take take, const ApplyOptions& options);
  void set(std::string value, bool is_named);
  [[nodiscard]] bool is_wanted_later(std::string_view name) const;
  [[nodiscard]] bool has_reference_items() const;
  // Nothing in `argument` has another meaning in the loop.
  [[nodiscard]] bool is_free(syntax::Node argument) const;
  std::string break_word();
  void named_if_empty();
  std::string condition(std::string value, bool is_negated);

  // chain_sinks.cpp: what becomes of the items.
  bool sink();
  bool collect(const ChainCall& call);
  bool fold(const ChainCall& call, bool is_try);
  bool fold_parts(const ChainCall& call, bool is_try);
  bool fold_by_name(const ChainCall& call, bool is_try);
  [[nodiscard]] std::string called(syntax::Node function, const std::string& arguments) const;
  bool reduce(const ChainCall& call);
  [[nodiscard]] std::string carried_type(syntax::Node carried, syntax::Node init,
                                         bool is_try) const;
  bool for_each(const ChainCall& call, bool is_try);
  bool search(const ChainCall& call);
  bool find_map(const ChainCall& call);
  bool position(const ChainCall& call);
  bool add_up(const ChainCall& call);
  bool count();
  bool keep_one(bool is_first);
  bool keyed(const ChainCall& call);
  bool partition(const ChainCall& call);
  bool unzip();
  bool gather(const ChainCall& call);
  bool extend();

  // chain_results.cpp: where they go.
  void push(const std::string& container, const Container& how);
  void end_take(const std::string& container, const Container* how);
  bool enter_sink();
  // The two variables of `let (a, b) = ..`, or two new ones; their types, where written.
  std::pair<std::string, std::string> result_pair(const std::string& first,
                                                  const std::string& second);
  // A variable for the result: the one of the `let`, where it fits.
  std::string result(const std::string& wish, const std::string& init, syntax::Node type);
  // Reads the item; with the `?` of a sink for `Result`s.
  std::string item();
  std::string in_success(const std::string& value, bool is_wanted = true);
  std::optional<std::vector<base::Edit>> place(Code all);
  std::optional<std::vector<base::Edit>> into_for_body();

  const syntax::Tree& tree_;
  const syntax::Items& items_;
  std::vector<syntax::Node> futures_;
  std::vector<syntax::Node> parts_;
  Chain chain_;
  size_t first_;
  size_t sink_ = 0;     // of all calls; their number when something else takes the items
  size_t current_ = 0;  // the call that is being written
  ChainGuess guess_;
  ChainChoices choices_;
  FreshNames names_;
  ExpressionPlace place_;
  syntax::Node taker_;  // `extend(chain)`, `Vec::from_iter(chain)`, `for x in chain`

  Code head_;  // before the loop
  Code body_;
  size_t open_ = 0;      // blocks in the body that are still open
  std::string pattern_;  // of the loop, once the first stage has said it
  std::string source_suffix_;
  std::string kept_source_;               // the variable that holds the iterator
  std::optional<AwaitedSource> awaited_;  // the same, where each item is awaited
  syntax::Node source_item_;              // the type of an item that is awaited
  bool has_unknown_source_ = false;       // items are to be awaited, and cannot be
  std::string value_;                     // the item, as an expression
  bool is_named_ = false;
  bool is_pull_ = false;  // `while` with a condition, which asks the iterator itself
  std::string pull_condition_;
  size_t loops_ = 1;
  bool needs_label_ = false;
  bool is_one_to_one_ = true;  // no stage so far drops or adds items
  llvm::StringSet<> bound_;    // names that the loop's body gives a meaning
  std::string take_limit_;     // `take(n)` waits for the sink

  std::string result_;  // what the chain's place becomes; empty for `()`
  Fallible fallible_ = Fallible::No;
  ErrorExit exit_ = ErrorExit::None;
  std::string failure_;  // the variable that keeps what ended the loop
  bool may_leave_ = false;
  syntax::Node type_;   // of the chain's value
  syntax::Node inner_;  // of what is in it, for a fallible one
};

// A variable that was moved into a closure is changed in there only.
[[nodiscard]] bool changes_own_copy(const ClosureParts& parts);
// Fewer or more items may leave the stage than came.
[[nodiscard]] bool drops_items(std::string_view method);
// The sink may leave items in the iterator.
[[nodiscard]] bool stops_early(std::string_view method);

}  // namespace jaa::rewrite
