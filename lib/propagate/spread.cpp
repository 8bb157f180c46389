#include "propagate/spread.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "propagate/blocking.h"
#include "propagate/boxed_traits.h"
#include "propagate/call_shape.h"
#include "propagate/callables.h"
#include "propagate/find_function.h"
#include "propagate/opened_trees.h"
#include "propagate/waiting.h"
#include "propagate/wraps.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

class Spreader {
 public:
  Spreader(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
           const SpreadOptions& options)
      : facts_(facts), uses_(uses), options_(options), opened_(facts), waiting_(facts) {
    std::map<base::FileId, std::vector<base::Span>> places;
    for (const FunctionUse& use : uses) {
      places[use.name.file].push_back(use.name);
      places[use.visible.file].push_back(use.visible);
    }
    for (const auto& [file, spans] : places) {
      opened_.open(file, spans);
    }
    callables_.emplace(facts, opened_);
  }

  SpreadPlan run(const std::vector<Node>& leaves) {
    const std::string trait = foreign_trait(facts_, leaves.front());
    if (!trait.empty()) {
      stop(leaves.front(),
           "`" + trait + "`, a trait of another crate, whose methods stay as they are");
    } else if (is_entry(leaves.front())) {
      stop(leaves.front(), "`" + std::string(leaves.front().field("name").text()) +
                               "`, which starts the program or is a test");
    } else {
      become_async(leaves.front(), 0);
    }
    for (size_t next = 0; next < groups_.size() && plan_.stopped_at.empty(); ++next) {
      for (const FunctionUse& use : uses_) {
        if (group_of(use.function) == next) {
          take(use, next);
        }
      }
    }
    if (plan_.stopped_at.empty()) {
      finish_entries();
      box_provided_that_recur();
      box_circles_and_chains();
      write();
    }
    return std::move(plan_);
  }

 private:
  enum class Form : uint8_t { Await, Block, Entry, Stopped };
  // Functions that are one: a trait's method with its implementations.
  struct Group {
    std::vector<Node> members;
    std::vector<Node> types;  // of functions that are values, in place of members
    size_t step = 0;
    bool is_boxed = false;  // its futures are in boxes: the trait is used as `dyn`
    bool keeps_sync = false;
  };
  struct Call {
    base::Span place;  // of the whole call, or of the function's name as a value
    base::Span name;
    Node around;        // a node of the tree there
    Node caller;        // the function item around it; none for a static
    size_t callee = 0;  // group
    Form form = Form::Await;
    bool is_value = false;
    bool in_closure = false;
    bool is_boxed = false;
    bool becomes_box = false;  // a value whose type changes
    base::Span entry;
  };
  struct Entry {
    Node function;
    size_t step = 0;
  };

  void stop(Node place, std::string why) {
    if (plan_.stopped_at.empty()) {
      plan_.stopped_at = std::move(why);
      plan_.stopped_place = place.field("name") ? place.field("name").span() : place.span();
    }
  }

  size_t group_of(Node function) const {
    const auto at = group_by_function_.find(function.span());
    return at == group_by_function_.end() ? static_cast<size_t>(-1) : at->second;
  }

  size_t step(SpreadStep::Kind kind, Node at, std::string note, size_t caused_by) {
    const Node name = at.field("name") ? at.field("name") : at;
    for (size_t index = 0; index < plan_.steps.size(); ++index) {
      if (plan_.steps[index].place == name.span() && plan_.steps[index].kind == kind) {
        ++plan_.steps[index].calls;
        return index;
      }
    }
    SpreadStep added;
    added.kind = kind;
    added.name =
        at.is_any({"function_item", "function_signature_item"})
            ? path_of(facts_, at)
            : std::string(
                  llvm::StringRef(facts_.files().text(at.span())).split('\n').first.rtrim());
    added.place = name.span();
    added.note = std::move(note);
    added.caused_by = caused_by;
    added.calls = 1;
    plan_.steps.push_back(std::move(added));
    return plan_.steps.size() - 1;
  }

  // The trait is used as a trait object somewhere.
  bool is_dyn(std::string_view trait) const {
    for (const Node& type : facts_.items().trait_objects()) {
      if (llvm::StringRef(type.text()).starts_with("dyn") && has_word(type.text(), trait)) {
        return true;
      }
    }
    return false;
  }

  // The same function in the tree in which macros are closed.
  Node plain(Node function) const {
    const syntax::Tree& tree = facts_.tree(function.span().file);
    Node node = tree.smallest_node(function.span());
    return syntax::enclosing(node, {"function_item", "function_signature_item"});
  }

  Node plain_at(Node node) const {
    return facts_.tree(node.span().file).smallest_node(node.span());
  }

  void become_async(Node function, size_t caused_by) {
    if (group_of(function) != static_cast<size_t>(-1)) {
      return;
    }
    Group group;
    group.members = methods_alike(facts_, function);
    const Node trait = syntax::trait_of(group.members.front());
    group.is_boxed =
        trait && !is_only_of_sized(group.members.front()) && is_dyn(trait.field("name").text());
    std::string note;
    if (trait) {
      note = "a method of the trait `" + std::string(trait.field("name").text()) + "`, with " +
             std::to_string(group.members.size() - 1) +
             (group.members.size() == 2 ? " implementation" : " implementations");
      note += group.is_boxed ? "; used as `dyn`, so it returns a boxed future" : "";
    }
    if (group.is_boxed) {
      plan_.boxed.emplace_back(trait.field("name").text(), function.field("name").text());
    }
    bool is_public = false;
    for (const Node& part : group.members.front().children()) {
      is_public |= part.is("visibility_modifier") && part.text() == "pub";
    }
    is_public = is_public && group.members.front().field("body");
    group.keeps_sync = options_.keeps_sync && is_public && !trait;
    if (group.keeps_sync) {
      note = "keeps its form that is not async; the async one is `" +
             std::string(function.field("name").text()) + "_async`";
    }
    group.step = step(group.is_boxed ? SpreadStep::Kind::Boxed : SpreadStep::Kind::Async,
                      group.members.front(), std::move(note), caused_by);
    if (plan_.steps.size() == 1) {
      plan_.steps.front().caused_by = 0;
    }
    for (const Node& member : group.members) {
      group_by_function_[member.span()] = groups_.size();
      plan_.is_public |= member.has_child("visibility_modifier");
    }
    plan_.functions += static_cast<uint32_t>(group.members.size());
    groups_.push_back(std::move(group));
  }

  // One use of a function that becomes async.
  void take(const FunctionUse& use, size_t callee) {
    const syntax::Tree& tree = opened_.tree(use.name.file);
    const Node token = tree.smallest_node(use.name);
    if (syntax::enclosing(token, {"use_declaration"})) {
      imports_.push_back({token, callee});
      return;
    }
    if (!token) {
      return;
    }
    Call call;
    call.name = use.name;
    call.callee = callee;
    // In a macro's definition the code is at its calls.
    const bool is_elsewhere = use.is_from_macro && use.visible != use.name;
    call.around = is_elsewhere ? opened_.tree(use.visible.file).smallest_node(use.visible) : token;
    if (syntax::is_in_macro(token)) {
      const Node arguments = token.next();
      Node end = arguments;
      if (arguments.text() == "::") {  // a turbofish
        while (end && !(end.is("token_tree") && llvm::StringRef(end.text()).starts_with("("))) {
          end = end.next();
        }
      }
      if (!end.is("token_tree") || !llvm::StringRef(end.text()).starts_with("(")) {
        stop(token, "a macro's arguments, which name the function and do not call it");
        return;
      }
      call.place = {use.name.file, first_token(token).begin(), end.end()};
      if (end.next().text() == "." && end.next().next().text() == "await") {
        return;
      }
    } else {
      const Node whole = whole_name(token);
      const Node parent = whole.parent();
      if (parent.is("call_expression") && parent.field("function") == whole) {
        call.place = parent.span();
        call.around = is_elsewhere ? call.around : parent;
        if (parent.parent().is("await_expression")) {
          return;
        }
      } else {
        call.place = whole.span();
        call.is_value = true;
        call.around = whole;
      }
    }
    call.form = reach(call, groups_[callee].step);
    if (call.form == Form::Stopped) {
      return;
    }
    ++plan_.calls;
    calls_.push_back(call);
  }

  // The closure runs on a thread of its own, or is the body of a scope of threads.
  bool is_for_thread(Node argument) const {
    const Node call = argument.parent().parent();
    if (!argument.parent().is("arguments") || !call.is("call_expression")) {
      return false;
    }
    const std::string_view name = called_name(call);
    const bool is_known = name == "spawn" || name == "scope" || name == "spawn_scoped" ||
                          name == "spawn_blocking" || name == "block_in_place";
    return is_known && facts_.items().functions(name).empty();
  }

  // What it is given to calls it as often as it likes, to compare: its calls cannot be made
  // beforehand, and a loop would not be the same.
  std::string_view comparing_method(Node argument) const {
    const Node call = argument.parent().parent();
    if (!argument.parent().is("arguments") || !call.field("function").is("field_expression")) {
      return {};
    }
    constexpr std::array Methods{std::string_view("sort_by"),
                                 std::string_view("sort_by_key"),
                                 std::string_view("sort_unstable_by"),
                                 std::string_view("sort_unstable_by_key"),
                                 std::string_view("binary_search_by"),
                                 std::string_view("binary_search_by_key"),
                                 std::string_view("select_nth_unstable_by"),
                                 std::string_view("is_sorted_by"),
                                 std::string_view("partition_point")};
    const std::string_view name = called_name(call);
    const bool is_known = std::find(Methods.begin(), Methods.end(), name) != Methods.end();
    return is_known && facts_.items().functions(name).empty() ? name : std::string_view();
  }

  Form blocks(Node at, const std::string& note, size_t caused_by) {
    step(SpreadStep::Kind::Blocks, at, note, caused_by);
    return Form::Block;
  }

  // What the code around the call becomes, and so what the call does.
  Form reach(Call& call, size_t caused_by) {
    Node at = call.around;
    if (call.is_value && !comparing_method(at).empty() && !waiting_.starts_runtime(plain_at(at))) {
      return blocks(at, "`" + std::string(comparing_method(at)) + "` calls it to compare: waits",
                    caused_by);
    }
    if (call.is_value) {
      if (const auto form = as_value(at, caused_by)) {
        call.becomes_box = *form == Form::Await;
        return *form;
      }
    }
    if (call.is_value && is_for_thread(at)) {
      return blocks(at, "runs on a thread of its own, which waits", caused_by);
    }
    Node function = syntax::enclosing_function(at);
    call.in_closure = call.is_value;
    Node closure;
    while (function.is("closure_expression") && !syntax::is_async_function(function)) {
      if (is_for_thread(function)) {
        return blocks(function.parent().parent().field("function"),
                      "runs on a thread of its own, which waits", caused_by);
      }
      const std::string_view method = comparing_method(function);
      if (!method.empty() && !waiting_.starts_runtime(plain_at(function))) {
        return blocks(function, "`" + std::string(method) + "` calls it to compare: waits",
                      caused_by);
      }
      if (const auto form = as_value(function, caused_by)) {
        return *form;
      }
      call.in_closure = true;
      closure = function;
      function = syntax::enclosing_function(function);
    }
    const Node macro = syntax::enclosing(at, {"macro_invocation"});
    if (macro &&
        macro.parent().is_any({"source_file", "declaration_list", "expression_statement"}) &&
        !syntax::enclosing(macro, {"block", "static_item", "const_item"}) &&
        at != macro.field("macro")) {
      const std::string_view name = syntax::last_name(macro.field("macro"));
      if (name != "thread_local" && name != "lazy_static") {
        stop(at, "a function that a macro makes");
        return Form::Stopped;
      }
    }
    if (!function || !syntax::enclosing(at, {"function_item"})) {
      if (!call.in_closure && !syntax::is_in_macro(call.around)) {
        stop(at, "a constant or static, which is computed when the program is compiled");
        return Form::Stopped;
      }
      return blocks(syntax::enclosing(at, {"static_item", "const_item", "macro_invocation"}),
                    "a value that is made once, by whoever is first, who waits", caused_by);
    }
    if (syntax::is_async_function(function)) {
      const Node item = syntax::enclosing(at, {"function_item"});
      step(SpreadStep::Kind::Awaits, item ? plain(item) : function, "", caused_by);
      call.caller = item ? plain(item) : Node();
      return Form::Await;
    }
    const Node item = plain(function);
    call.caller = item;
    if (syntax::is_in_macro(item) || !item) {
      stop(call.around, "a function that a macro makes");
      return Form::Stopped;
    }
    const std::string name(item.field("name").text());
    if (std::find(options_.ends_at.begin(), options_.ends_at.end(), item) !=
        options_.ends_at.end()) {
      return blocks(item,
                    waiting_.starts_runtime(item)
                        ? "ends here, as asked: waits in a runtime of its own, which panics where "
                          "another one runs"
                        : "ends here, as asked: waits",
                    caused_by);
    }
    if (std::find(options_.idle.begin(), options_.idle.end(), item) != options_.idle.end()) {
      return blocks(item, "would await nothing but in closures that cannot: waits", caused_by);
    }
    if (is_entry(item)) {
      call.entry = item.span();
      if (std::none_of(entries_.begin(), entries_.end(),
                       [&item](const Entry& entry) { return entry.function == item; })) {
        entries_.push_back({item, 0});
      }
      entry_causes_.insert({item.span(), caused_by});
      return Form::Entry;
    }
    if (const std::string trait = foreign_trait(facts_, item); !trait.empty()) {
      if (waiting_.starts_runtime(item)) {
        stop(item, "`" + trait + "::" + name +
                       "`, a method of another crate's trait; a runtime cannot be started in "
                       "it, as one may be running");
        return Form::Stopped;
      }
      return blocks(item, "`" + trait + "` is a trait of another crate: its methods wait",
                    caused_by);
    }
    const std::string form = fixed_form(item);
    if (form == "const") {
      stop(item, "`" + name + "`, which is `const`");
      return Form::Stopped;
    }
    if (form == "extern") {
      return blocks(item, "called from other languages: waits", caused_by);
    }
    become_async(item, caused_by);
    if (closure) {
      step(SpreadStep::Kind::Closure, closure, "its form is found by trials",
           groups_[group_of(item)].step);
    }
    return Form::Await;
  }

  // What becomes a value of a written type: that type changes, or the value waits. None
  // where it does not become one.
  std::optional<Form> as_value(Node value, size_t caused_by) {
    const Node type = callables_->type_of(value);
    if (!type && !is_kept(value)) {
      return std::nullopt;
    }
    plan_.has_values |= type.is_valid();
    if (type && options_.converts_values) {
      convert(type, caused_by);
      return Form::Await;
    }
    if (waiting_.starts_runtime(plain_at(value))) {
      stop(value, "a function that is kept as a value, in which no runtime can be started");
      return Form::Stopped;
    }
    return blocks(value, "kept as a value of a type that is written out: waits", caused_by);
  }

  void convert(Node type, size_t caused_by) {
    for (const Group& group : groups_) {
      if (std::find(group.types.begin(), group.types.end(), type) != group.types.end()) {
        return;
      }
    }
    Group group;
    group.types = callables_->alike(type);
    group.is_boxed = true;
    group.step = step(SpreadStep::Kind::Boxed, type,
                      "the type of functions that are kept as values; they return a boxed future",
                      caused_by);
    const size_t index = groups_.size();
    groups_.push_back(group);
    for (const Node& closure : callables_->closures(group.types)) {
      closures_.push_back(closure);
      plan_.has_captures |= !captured_names(closure).empty();
    }
    for (const Node& node : callables_->calls(group.types)) {
      if (node.parent().is("await_expression")) {
        continue;
      }
      Call call;
      call.place = node.span();
      call.name = node.span();
      call.around = node;
      call.callee = index;
      call.form = reach(call, group.step);
      if (call.form == Form::Stopped) {
        return;
      }
      ++plan_.calls;
      calls_.push_back(call);
    }
  }

  // Functions by their names, of the types that change.
  void write_values(Wraps& wraps) {
    for (const FunctionUse& use : uses_) {
      const Node token = opened_.tree(use.name.file).smallest_node(use.name);
      const Node whole = token ? whole_name(token) : Node();
      const bool is_call =
          whole.parent().is("call_expression") && whole.parent().field("function") == whole;
      if (!whole || is_call || syntax::is_in_macro(whole) ||
          syntax::enclosing(whole, {"use_declaration"})) {
        continue;
      }
      const Node type = callables_->type_of(whole);
      const bool changes =
          type && std::any_of(groups_.begin(), groups_.end(), [&](const Group& g) {
            return std::find(g.types.begin(), g.types.end(), type) != g.types.end();
          });
      if (!changes) {
        continue;
      }
      const auto [head, arguments] = parameters_of(use.function);
      const bool is_async = group_of(use.function) < groups_.size();
      wraps.add(whole.span(), head + (is_async ? "Box::pin(" : "Box::pin(async move { "),
                arguments + (is_async ? ")" : " })"));
    }
    for (const Node& closure : closures_) {
      const Node body = closure.field("body");
      std::string before = body.is("block") ? "Box::pin(async move " : "Box::pin(async move { ";
      std::string after = body.is("block") ? ")" : " })";
      const std::vector<std::string> captured = captured_names(closure);
      if (options_.clones_captures && !captured.empty()) {
        std::string lets = "{ ";
        for (const std::string& name : captured) {
          lets += "let " + name + " = " + name + ".clone(); ";
        }
        before = lets + before;
        after += " }";
      }
      wraps.add(body.span(), before, after);
    }
    rewrite::ImportEdits imports;
    for (const Group& group : groups_) {
      for (const Node& type : group.types) {
        for (base::Edit& edit : Callables::boxed(type, options_.lifetimes, imports)) {
          plan_.edits.push_back(std::move(edit));
        }
      }
    }
    // In front of what else is inserted where a file begins.
    const std::vector<base::Edit> added = imports.take();
    plan_.edits.insert(plan_.edits.begin(), added.begin(), added.end());
  }

  bool is_in_changed_type(const base::Span& place) const {
    return std::any_of(groups_.begin(), groups_.end(), [&place](const Group& group) {
      return std::any_of(group.types.begin(), group.types.end(),
                         [&place](const Node& type) { return type.span().contains(place); });
    });
  }

  // How `main` and tests run what they call.
  void finish_entries() {
    constexpr size_t MostSeparate = 3;
    for (const Entry& entry : entries_) {
      const Node function = entry.function;
      const bool is_main = function.field("name").text() == "main";
      size_t calls = 0;
      bool in_closure = false;
      bool waits_for_some = false;
      for (const Call& call : calls_) {
        if (call.form == Form::Entry && call.entry == function.span()) {
          ++calls;
          waits_for_some |= !groups_[call.callee].keeps_sync;
          in_closure |= call.in_closure;
        }
      }
      const std::string attribute = entry_attribute(facts_.package(), !is_main);
      const bool is_split =
          attribute.empty() && waits_for_some && (calls > MostSeparate || in_closure);
      std::string note;
      if (attribute.empty() && !waits_for_some) {
        note = "calls the forms that are not async, as before";
      } else if (!attribute.empty()) {
        add_attribute(function, attribute);
        note = "run by `" + attribute + "`";
      } else {
        const std::string block_on = waiting_.call_at(function);
        note = "runs the future to its end by `" + block_on + "`";
        if (is_split) {
          split(function, block_on);
        }
      }
      const bool waits = attribute.empty() && !is_split;
      for (Call& call : calls_) {
        if (call.form == Form::Entry && call.entry == function.span()) {
          call.form = waits ? Form::Block : Form::Await;
        }
      }
      step(SpreadStep::Kind::Runs, function, note, entry_causes_[function.span()]);
    }
  }

  void insert(base::FileId file, uint32_t at, std::string text) {
    plan_.edits.push_back({{file, at, at}, std::move(text)});
  }

  void add_attribute(Node function, const std::string& attribute) {
    const base::FileId file = function.span().file;
    bool is_replaced = false;
    for (Node before = function.previous(); before.is("attribute_item") || before.is_comment();
         before = before.previous()) {
      if (before.text() == "#[test]") {
        plan_.edits.push_back({before.span(), attribute});
        is_replaced = true;
      }
    }
    const std::string_view text = facts_.files().text(file);
    insert(file, async_offset(function),
           is_replaced || async_offset(function) != function.begin()
               ? "async "
               : attribute + std::string(syntax::layout(text).line_end) +
                     std::string(syntax::indentation(text, function.begin())) + "async ");
    if (!is_replaced && async_offset(function) != function.begin()) {
      insert(file, function.begin(),
             attribute + std::string(syntax::layout(text).line_end) +
                 std::string(syntax::indentation(text, function.begin())));
    }
  }

  // `fn main() { block_on(async_main()) }` beside `async fn async_main()`.
  void split(Node function, const std::string& block_on) {
    const base::FileId file = function.span().file;
    const std::string_view text = facts_.files().text(file);
    const syntax::Layout layout = syntax::layout(text);
    const std::string line =
        std::string(layout.line_end) + std::string(syntax::indentation(text, function.begin()));
    const Node name = function.field("name");
    std::string other = "async_" + std::string(name.text());
    while (!facts_.items().functions(other).empty()) {
      other += "_";
    }
    const std::string head(
        text.substr(function.begin(), function.field("body").begin() - function.begin()));
    // What becomes one function's edits must not touch: the head is written in one piece.
    const uint32_t begin = async_offset(function);
    const std::string between(text.substr(begin, name.begin() - begin));
    plan_.edits.push_back({{file, function.begin(), name.end()},
                           head + "{" + line + layout.indent + block_on + "(" + other + "())" +
                               line + "}" + std::string(layout.line_end) + line + "async " +
                               between + other});
  }

  // A provided method that calls itself names its own future's type in what defines it, which
  // rustc refuses (E0792).
  void box_provided_that_recur() {
    for (const Call& call : calls_) {
      Group& group = groups_[call.callee];
      const Node trait = call.caller ? syntax::trait_of(call.caller) : Node();
      if (trait && call.caller.field("body") && !group.is_boxed &&
          group_of(call.caller) == call.callee) {
        group.is_boxed = true;
        plan_.boxed.emplace_back(trait.field("name").text(), call.caller.field("name").text());
        SpreadStep& step = plan_.steps[group.step];
        step.kind = SpreadStep::Kind::Boxed;
        step.note += "; calls itself, so it returns a boxed future";
      }
    }
  }

  // In each circle of calls one future has to be in a box. So has one in a long chain:
  // rustc lays out a future with all that it holds, and asks 128 questions deep (the
  // default `recursion_limit`); a call takes some three of them.
  void box_circles_and_chains() {
    constexpr size_t MostNested = 24;
    const size_t count = groups_.size();
    std::vector<std::vector<size_t>> calls_of(count);
    for (size_t index = 0; index < calls_.size(); ++index) {
      const Call& call = calls_[index];
      const size_t caller = call.caller ? group_of(call.caller) : static_cast<size_t>(-1);
      if (caller < count && call.form == Form::Await && !groups_[call.callee].is_boxed) {
        calls_of[caller].push_back(index);
      }
    }
    enum class Seen : uint8_t { No, Open, Done };
    std::vector<Seen> seen(count, Seen::No);
    std::vector<size_t> nested(count, 0);  // how many calls deep, up to a box
    struct Frame {
      size_t group;
      size_t next = 0;
    };
    for (size_t start = 0; start < count; ++start) {
      if (seen[start] != Seen::No) {
        continue;
      }
      std::vector<Frame> stack{{start}};
      seen[start] = Seen::Open;
      while (!stack.empty()) {
        Frame& frame = stack.back();
        if (frame.next == calls_of[frame.group].size()) {
          seen[frame.group] = Seen::Done;
          for (const size_t index : calls_of[frame.group]) {
            Call& made = calls_[index];
            made.is_boxed |= nested[made.callee] >= MostNested;
            if (!made.is_boxed) {
              nested[frame.group] = std::max(nested[frame.group], nested[made.callee] + 1);
            }
          }
          stack.pop_back();
          continue;
        }
        Call& call = calls_[calls_of[frame.group][frame.next++]];
        if (seen[call.callee] == Seen::Open) {
          call.is_boxed = true;
        } else if (seen[call.callee] == Seen::No) {
          seen[call.callee] = Seen::Open;
          stack.push_back({call.callee});
        }
      }
    }
  }

  void write() {
    Wraps wraps;
    for (const Group& group : groups_) {
      for (const Node& member : group.members) {
        if (!syntax::is_async_function(member)) {
          insert(member.span().file, async_offset(member), "async ");
        }
        const base::Span head{member.span().file, member.field("parameters").begin(),
                              member.field("body") ? member.field("body").begin() : member.end()};
        for (const base::Edit& edit : options_.lifetimes) {
          if (head.contains(edit.span) && !is_in_changed_type(edit.span)) {
            plan_.edits.push_back(edit);
          }
        }
        if (group.keeps_sync) {
          wraps.add(member.field("name").span(), "", "_async");
          keep_sync(member);
        }
      }
    }
    for (const Call& call : calls_) {
      const Group& callee = groups_[call.callee];
      if (callee.keeps_sync) {
        if (call.form == Form::Block) {
          continue;
        }
        wraps.add(call.name, "", "_async");
      }
      std::string before;
      std::string after;
      if (call.is_boxed) {
        before = "Box::pin(";
        after = ")";
      }
      if (call.is_value && call.becomes_box) {
        continue;
      }
      if (call.is_value) {
        const auto [head, arguments] = parameters_of(callee.members.front());
        before = call.form == Form::Block ? head + waiting_.call_at(call.around) + "(" + before
                                          : head + before;
        after = arguments + after + (call.form == Form::Block ? ")" : ".await");
      } else if (call.form == Form::Block) {
        before = waiting_.call_at(call.around) + "(" + before;
        after += ")";
      } else {
        after += ".await";
      }
      wraps.add(call.place, before, after);
    }
    write_values(wraps);
    import_async(wraps);
    for (base::Edit& edit : wraps.edits()) {
      plan_.edits.push_back(std::move(edit));
    }
    for (base::Edit& edit : waiting_.definitions()) {
      plan_.edits.push_back(std::move(edit));
    }
  }

  // Names of functions that keep a form beside the async one, where they are imported.
  void import_async(Wraps& wraps) {
    for (const auto& [token, callee] : imports_) {
      if (!groups_[callee].keeps_sync) {
        continue;
      }
      bool is_used = false;  // as it was
      bool is_awaited = false;
      for (const Call& call : calls_) {
        const bool is_here = call.callee == callee && call.name.file == token.span().file;
        is_used |= is_here && call.form == Form::Block;
        is_awaited |= is_here && call.form != Form::Block;
      }
      const Node use = syntax::enclosing(token, {"use_declaration"});
      const bool is_export = use.has_child("visibility_modifier");
      const std::string name(token.text());
      if (!is_awaited && !is_export) {
        continue;
      }
      if (!is_used && !is_export) {
        wraps.add(token.span(), "", "_async");
      } else if (token.parent().is("use_list")) {
        wraps.add(token.span(), "", ", " + name + "_async");
      } else {
        wraps.add(token.span(), "{", ", " + name + "_async}");
      }
    }
  }

  // The function as it was, which waits for the async one.
  void keep_sync(Node function) {
    const base::FileId file = function.span().file;
    const std::string_view text = facts_.files().text(file);
    const syntax::Layout layout = syntax::layout(text);
    const std::string line =
        std::string(layout.line_end) + std::string(syntax::indentation(text, function.begin()));
    const std::string name(function.field("name").text());
    std::string arguments;
    bool has_self = false;
    for (const Node& parameter : function.field("parameters").named_children()) {
      if (parameter.is("self_parameter")) {
        has_self = true;
      } else if (parameter.is("parameter")) {
        std::string_view pattern = parameter.field("pattern").text();
        if (!parameter.field("pattern").is("identifier")) {
          stop(function, "`" + name +
                             "`, whose parameters are patterns, so that nothing can "
                             "be handed on");
          return;
        }
        arguments += (arguments.empty() ? "" : ", ") + std::string(pattern);
      }
    }
    const std::string callee = has_self                    ? "self." + name + "_async"
                               : syntax::impl_of(function) ? "Self::" + name + "_async"
                                                           : name + "_async";
    std::string head(
        text.substr(function.begin(), function.field("body").begin() - function.begin()));
    // `mut` of a parameter is the body's own.
    insert(file, function.begin(),
           head + "{" + line + layout.indent + waiting_.call_at(function) + "(" + callee + "(" +
               arguments + "))" + line + "}" + std::string(layout.line_end) + line);
  }

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
  std::vector<std::pair<Node, size_t>> imports_;  // names in `use`, and whose
  std::vector<Node> closures_;                    // that return boxed futures from now on
};

}  // namespace

SpreadPlan spread(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
                  const std::vector<Node>& leaves, const SpreadOptions& options) {
  return Spreader(facts, uses, options).run(leaves);
}

}  // namespace jaa::propagate
