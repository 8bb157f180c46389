// The ways to carry a goal through, as fixes to be tried.
#include <algorithm>
#include <array>

#include "propagate/blocking.h"
#include "propagate/carry.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

base::Edit insertion(Node at, uint32_t offset, std::string text) {
  return {{at.span().file, offset, offset}, std::move(text)};
}

// Every function that is to be async, for a title.
std::string listed(const std::vector<Node>& functions) {
  std::vector<std::string> names;
  for (const Node& function : functions) {
    std::string name = "`" + std::string(function.field("name").text()) + "`";
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  constexpr size_t MostNames = 3;
  std::string text;
  for (size_t index = 0; index < std::min(names.size(), MostNames); ++index) {
    text += (index == 0 ? "" : ", ") + names[index];
  }
  if (names.size() > MostNames) {
    text += " and " + std::to_string(names.size() - MostNames) + " more";
  }
  return text;
}

std::string joined(const std::string& title, const Plan& plan, const Options& options) {
  std::string text = title;
  if (!plan.functions.empty()) {
    text += (text.empty() ? "make " : ", making ") + listed(plan.functions) + " async";
  }
  for (const InherentMethod& inherent : plan.inherent) {
    text += ", as a method of `" + inherent.type + "` itself and not of `" + inherent.trait + "`";
  }
  if (plan.entry) {
    const std::string way =
        options.entry == Entry::Attribute ? options.attribute : options.block_on;
    text += (text.empty() ? "run the future by `" : ", run by `") + way + "` in `" +
            std::string(plan.entry.field("name").text()) + "`";
  }
  return text;
}

// What else the plan means for those who are not seen here.
void add_trade_off(const Plan& plan, base::FixIt& fix) {
  if (plan.is_public) {
    fix.trade_off = "callers outside of the workspace have to await it too";
  }
  for (const InherentMethod& inherent : plan.inherent) {
    if (inherent.is_public) {
      fix.keeps_meaning = false;
      fix.trade_off = "`" + inherent.type + "` is no `" + inherent.trait +
                      "` any more for code outside of the workspace";
    }
  }
}

// One way to carry the await, with the name of the fix that it is.
struct Way {
  std::string name;
  Options options;
};

// By each way the plan, and the same without the calls that may be of other functions; in
// the end the functions alone, whose callers wait already. A method of another crate's trait
// shares its name with those of many types: there the calls that are surely meant come first.
class Offers {
 public:
  Offers(const flow::Facts& facts, const Goal& goal, const std::string& title)
      : facts_(facts), goal_(goal), title_(title) {}

  std::vector<base::FixIt> of(const std::vector<Way>& ways) {
    std::vector<Way> open;
    for (const Way& way : ways) {
      const bool leaves_traits = way.options.may_leave_traits;
      bool can_wait = true;
      for (const Callers callers : {leaves_traits ? Callers::Certain : Callers::All,
                                    leaves_traits ? Callers::All : Callers::Certain}) {
        // Where callers without doubt cannot wait, they do not wait already.
        can_wait = offer(way, callers) || (can_wait && callers != Callers::Certain);
      }
      if (can_wait) {
        open.push_back(way);
      }
    }
    for (const Way& way : open) {
      offer(way, Callers::None);
    }
    return std::move(result_);
  }

 private:
  // False when the way ends somewhere.
  bool offer(Way way, Callers callers) {
    way.options.callers = callers;
    const Plan plan = carry(facts_, goal_, way.options);
    const bool is_known =
        std::any_of(result_.begin(), result_.end(),
                    [&plan](const base::FixIt& other) { return other.edits == plan.edits; });
    const bool may_lose = callers == Callers::None && plan.loses_future;
    if (!plan.stopped_at.empty() || plan.edits.empty() || is_known || may_lose) {
      return plan.stopped_at.empty();
    }
    base::FixIt fix;
    fix.name = plan.inherent.empty() ? way.name : "inherent_method";
    fix.title = joined(title_, plan, way.options);
    fix.edits = plan.edits;
    fix.keeps_meaning = true;
    add_trade_off(plan, fix);
    if (plan.functions.empty() && !plan.entry && !goal_.unawaited.empty()) {
      fix.body = syntax::outermost_function(goal_.unawaited.front()).span();
    }
    result_.push_back(std::move(fix));
    return true;
  }

  const flow::Facts& facts_;
  const Goal& goal_;
  const std::string& title_;
  std::vector<base::FixIt> result_;
};

Node place_of(const Goal& goal) {
  for (const std::vector<Node>* nodes :
       {&goal.awaits, &goal.unawaited, &goal.entries, &goal.functions}) {
    if (!nodes->empty()) {
      return nodes->front();
    }
  }
  return {};
}

}  // namespace

std::vector<base::FixIt> fixes(const flow::Facts& facts, const Goal& goal,
                               const std::string& title) {
  if (!place_of(goal)) {
    return {};
  }
  Options options;
  options.block_on = "block_on";
  Plan first = carry(facts, goal, options);
  if (first.stops_at_trait) {
    options.may_leave_traits = true;
    first = carry(facts, goal, options);
  }
  if (!first.entry) {
    return Offers(facts, goal, title).of({{"await", options}});
  }
  std::vector<Way> ways;
  options.attribute = entry_attribute(facts.package(), first.entry.field("name").text() != "main");
  if (!options.attribute.empty()) {
    options.entry = Entry::Attribute;
    ways.push_back({"entry_attribute", options});
  }
  for (const Blocking& way : ways_to_block(facts, first.entry)) {
    options.block_on = way.call;
    options.definition = way.definition;
    for (const Entry entry : {Entry::BlockCall, Entry::BlockBody}) {
      // A call by call run needs a call to run.
      if (entry == Entry::BlockBody || goal.entries.empty()) {
        options.entry = entry;
        ways.push_back({"block_on", options});
      }
    }
  }
  return Offers(facts, goal, title).of(ways);
}

std::vector<base::FixIt> block_in_place(const flow::Facts& facts, const Goal& goal) {
  std::vector<base::FixIt> result;
  const Node place = place_of(goal);
  for (const Blocking& way : place ? ways_to_block(facts, place) : std::vector<Blocking>()) {
    if (!way.definition.empty()) {
      continue;
    }
    base::FixIt fix;
    fix.name = "block_in_place";
    fix.title = "wait for the future where it stands, by `" + way.name + "`";
    fix.trade_off =
        "the thread does nothing else meanwhile, and in a task of a runtime it may "
        "panic or wait for ever";
    for (const Node& await : goal.awaits) {
      const Node operand = rewrite::awaited_operand(await);
      if (!operand || syntax::is_in_macro(await)) {
        return {};
      }
      fix.edits.push_back(insertion(operand, operand.begin(), way.call + "("));
      fix.edits.push_back({{operand.span().file, operand.end(), await.end()}, ")"});
    }
    for (const Node& expression : goal.unawaited) {
      if (syntax::is_in_macro(expression)) {
        return {};
      }
      fix.edits.push_back(insertion(expression, expression.begin(), way.call + "("));
      base::Edit end = insertion(expression, expression.end(), ")");
      for (const base::Span& replaced : goal.replaced) {
        if (replaced.file == end.span.file && replaced.begin == end.span.begin) {
          end.span.end = replaced.end;
        }
      }
      fix.edits.push_back(std::move(end));
    }
    if (!fix.edits.empty()) {
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace jaa::propagate
