// The plan of `add` while it is made; see spread.h.
//
// In this order: the uses of each function that becomes async are taken up (spread.cpp), each
// gets a form by what is around it (spread_forms.cpp), entries and boxes follow from all of
// them (spread_entries.cpp, spread_circles.cpp), and in the end the edits (spread_write.cpp).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "propagate/callables.h"
#include "propagate/opened_trees.h"
#include "propagate/spread.h"
#include "propagate/waiting.h"
#include "propagate/wraps.h"

namespace jaa::propagate {

class Spreader {
 public:
  Spreader(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
           const SpreadOptions& options);
  SpreadPlan run(const std::vector<syntax::Node>& leaves);

 private:
  enum class Form : uint8_t { Await, Block, Entry, Stopped };
  // Functions that are one: a trait's method with its implementations.
  struct Group {
    std::vector<syntax::Node> members;
    std::vector<syntax::Node> types;  // of functions that are values, in place of members
    size_t step = 0;
    bool is_boxed = false;  // its futures are in boxes: the trait is used as `dyn`
    bool keeps_sync = false;
  };
  struct Call {
    base::Span place;  // of the whole call, or of the function's name as a value
    base::Span name;
    syntax::Node around;  // a node of the tree there
    syntax::Node caller;  // the function item around it; none for a static
    size_t callee = 0;    // group
    Form form = Form::Await;
    bool is_value = false;
    bool in_closure = false;
    bool is_boxed = false;
    bool becomes_box = false;  // a value whose type changes
    base::Span entry;
  };
  struct Entry {
    syntax::Node function;
    size_t step = 0;
  };

  void stop(syntax::Node place, std::string why);
  [[nodiscard]] size_t group_of(syntax::Node function) const;
  size_t step(SpreadStep::Kind kind, syntax::Node at, std::string note, size_t caused_by);
  // The trait is used as a trait object somewhere.
  [[nodiscard]] bool is_dyn(std::string_view trait) const;
  // The same function in the tree in which macros are closed.
  [[nodiscard]] syntax::Node plain(syntax::Node function) const;
  [[nodiscard]] syntax::Node plain_at(syntax::Node node) const;
  void become_async(syntax::Node function, size_t caused_by);
  // One use of a function that becomes async.
  void take(const FunctionUse& use, size_t callee);
  // The closure runs on a thread of its own, or is the body of a scope of threads.
  [[nodiscard]] bool is_for_thread(syntax::Node argument) const;
  // What it is given to calls it as often as it likes, to compare: its calls cannot be made
  // beforehand, and a loop would not be the same.
  [[nodiscard]] std::string_view comparing_method(syntax::Node argument) const;
  Form blocks(syntax::Node at, const std::string& note, size_t caused_by);
  // What the code around the call becomes, and so what the call does.
  Form reach(Call& call, size_t caused_by);
  // What becomes a value of a written type: that type changes, or the value waits. None
  // where it does not become one.
  std::optional<Form> as_value(syntax::Node value, size_t caused_by);
  void convert(syntax::Node type, size_t caused_by);
  // Functions by their names, of the types that change.
  void write_values(Wraps& wraps);
  [[nodiscard]] bool is_in_changed_type(const base::Span& place) const;
  // How `main` and tests run what they call.
  void finish_entries();
  void insert(base::FileId file, uint32_t at, std::string text);
  void add_attribute(syntax::Node function, const std::string& attribute);
  // What the function waits for is awaited from now on.
  void unblock(syntax::Node function);
  // `fn main() { block_on(async_main()) }` beside `async fn async_main()`.
  void split(syntax::Node function, const std::string& block_on);
  // A provided method that calls itself names its own future's type in what defines it, which
  // rustc refuses (E0792).
  void box_provided_that_recur();
  // In each circle of calls one future has to be in a box. So has one in a long chain:
  // rustc lays out a future with all that it holds, and asks 128 questions deep (the
  // default `recursion_limit`); a call takes some three of them.
  void box_circles_and_chains();
  void write();
  // Names of functions that keep a form beside the async one, where they are imported.
  void import_async(Wraps& wraps);
  // The function as it was, which waits for the async one.
  void keep_sync(syntax::Node function);

  const flow::Facts& facts_;
  const std::vector<FunctionUse>& uses_;
  const SpreadOptions& options_;
  OpenedTrees opened_;
  Waiting waiting_;
  SpreadPlan plan_;
  std::vector<Group> groups_;
  std::map<base::Span, size_t> group_by_function_;
  std::vector<Call> calls_;
  std::vector<Entry> entries_;
  std::map<base::Span, size_t> entry_causes_;
  std::optional<Callables> callables_;
  std::vector<std::pair<syntax::Node, size_t>> imports_;  // names in `use`, and whose
  std::vector<syntax::Node> closures_;                    // that return boxed futures from now on
};

}  // namespace jaa::propagate
