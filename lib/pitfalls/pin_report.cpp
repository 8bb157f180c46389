#include "pitfalls/pin_report.h"

#include <algorithm>

#include "pitfalls/pin_edits.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using flow::Unpinned;
using syntax::Node;

namespace {

// What is longer is not quoted in a message.
constexpr size_t LongestName = 40;

bool mentions_future(std::string_view text) {
  return text.find("Future<") != std::string_view::npos || text.starts_with("{async");
}

// The trait says that `method` takes a pinned `self`.
bool takes_pinned(const flow::Facts& facts, std::string_view trait, const std::string& method) {
  if (trait == "Future") {
    return method == "poll";
  }
  for (const Node& function : facts.items().functions(method)) {
    const Node owner = syntax::trait_of(function);
    if (owner && owner.field("name").text() == trait &&
        function.field("parameters").text().find("Pin<&mut Self>") != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// A type parameter in scope at `place` has such a trait among its bounds.
bool is_bounded(const flow::Facts& facts, Node place, const std::string& type,
                const std::string& method) {
  for (Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    bool is_found = false;
    const auto look = [&](Node bounds) {
      syntax::walk(bounds, [&](Node node) {
        is_found = is_found || takes_pinned(facts, syntax::last_name(node), method);
        return syntax::Walk::Into;
      });
    };
    for (const Node& part : item.children()) {
      if (!part.is_any({"type_parameters", "where_clause"})) {
        continue;
      }
      for (const Node& parameter : part.named_children()) {
        const Node left = parameter.field("left");
        if ((left ? left : parameter.field("name")).text() == type) {
          look(parameter.field("bounds"));
        }
      }
    }
    if (is_found) {
      return true;
    }
  }
  return false;
}

// The method's receiver, or none when the call is not about a future at all.
Node polled_receiver(const flow::Facts& facts, const Unpinned& error, Node name) {
  const Node access = name.parent();
  if (access.is("token_tree")) {
    // `future.poll(cx)` in a macro's arguments.
    const Node receiver = name.previous().is(".") ? name.previous().previous() : Node();
    const bool is_name = receiver.is("identifier") && !receiver.previous().is(".");
    return is_name && (error.is_pinnable || error.is_method_of_pin) ? receiver : Node();
  }
  if (!access.is("field_expression") || !access.parent().is("call_expression")) {
    return {};
  }
  const bool is_future =
      error.is_pinnable || (error.method == "poll" && mentions_future(error.type)) ||
      error.is_method_of_pin || is_bounded(facts, name, error.type, error.method);
  return is_future ? access.field("value") : Node();
}

// `pin!(..)` or `Box::pin(..)`.
bool is_pinned(Node value) {
  const Node maker = value.is("macro_invocation") ? value.field("macro") : value.field("function");
  return syntax::last_name(maker) == "pin";
}

bool is_same(const PinHome& a, const PinHome& b) {
  if (a.kind != b.kind) {
    return false;
  }
  return a.kind == PinHome::Kind::Field ? type_item_of(a.owner) == type_item_of(b.owner)
                                        : a.node == b.node;
}

class Grouping {
 public:
  explicit Grouping(const flow::Facts& facts)
      : facts_(facts), errors_(flow::read_unpinned(facts.diagnostics(), facts.names())) {}

  std::vector<PinGroup> run() {
    std::vector<const Unpinned*> later;
    for (const Unpinned& error : errors_) {
      if (error.kind == Unpinned::Kind::NoMethod) {
        group_directly(error);
      }
    }
    // A struct that polls its field is as unpinned as that, wherever it is awaited.
    for (const Unpinned& error : errors_) {
      if (error.kind != Unpinned::Kind::NoMethod && !attach_to_struct(error) &&
          !group_directly(error)) {
        later.push_back(&error);
      }
    }
    // A call around what was found, or the await of it, says the same once more.
    for (const Unpinned* error : later) {
      if (!error->is_macro && !attach(*error)) {
        group_call(*error);
      }
    }
    return std::move(groups_);
  }

  // The errors outlive the groups that point at them.
  std::vector<Unpinned> take_errors() { return std::move(errors_); }

 private:
  Node node_of(const Unpinned& error) const {
    return facts_.tree(error.place.file).smallest_node(error.place);
  }

  void add(const PinHome& home, const Unpinned& error, Node place) {
    const auto same = std::find_if(groups_.begin(), groups_.end(), [&home](const PinGroup& group) {
      return is_same(group.homes.front(), home);
    });
    PinGroup& group = same == groups_.end() ? groups_.emplace_back() : *same;
    const bool is_known =
        std::any_of(group.homes.begin(), group.homes.end(),
                    [&home](const PinHome& each) { return each.node == home.node; });
    if (!is_known) {
      group.homes.push_back(home);
    }
    group.uses.push_back({&error, place});
    group.is_boxed =
        group.is_boxed || error.type.starts_with("dyn ") || error.type.starts_with("Box<dyn ");
  }

  // The place itself is the future, or a reference to it.
  bool group_directly(const Unpinned& error) {
    Node place = node_of(error);
    if (!place) {
      return true;
    }
    if (error.kind == Unpinned::Kind::NoMethod) {
      place = polled_receiver(facts_, error, place);
      if (place && !error.is_pinnable && error.is_method_of_pin) {
        guess(error, place);
      } else if (place) {
        add(home_of(facts_, place), error, place);
      }
      return true;
    }
    if (error.kind == Unpinned::Kind::NotPinned) {
      guess(error, place);
      return true;
    }
    if (error.is_macro) {
      return group_macro(error, place);
    }
    if (error.kind == Unpinned::Kind::PinnedSelf) {
      return false;
    }
    if (place.is("token_tree") || place.parent().is("token_tree")) {
      return group_token(error, place);
    }
    if (error.is_await) {
      const Node await = syntax::enclosing(place, {"await_expression"});
      place = await.parts().empty() ? Node() : await.parts().front();
      const bool is_plain =
          place.is_any({"identifier", "field_expression"}) || place.is("parenthesized_expression");
      if (!is_plain || !await) {
        return false;
      }
    } else if (place.is("call_expression") || place.parent().is_any({"scoped_identifier"})) {
      return false;
    } else if (place.is("field_identifier") && place.parent().parent().is("call_expression")) {
      place = place.parent().field("value");
    } else if (!place.parent().is_any({"arguments", "reference_expression"}) &&
               !place.is_any({"reference_expression", "self"})) {
      return false;
    }
    const PinHome home = home_of(facts_, place);
    // A wrapper around the future is as unpinned as that; the wrapper is another's cause.
    if (home.kind == PinHome::Kind::Unknown) {
      return false;
    }
    add(home, error, place);
    return true;
  }

  // The variable or parameter may be meant to be pinned.
  void guess(const Unpinned& error, Node place) {
    const PinHome home = home_of(facts_, place);
    const bool is_variable =
        home.kind == PinHome::Kind::Local || home.kind == PinHome::Kind::Parameter;
    if (is_variable && home.path.empty()) {
      const size_t before = groups_.size();
      add(home, error, place);
      if (groups_.size() > before) {
        groups_.back().is_guess = true;
      }
    }
  }

  // A macro's arguments lend the futures that it polls: `select! { _ = &mut future => .. }`.
  // Those are meant that the error names; where it names none, the only one that is left, or
  // the one at its place among as many errors.
  bool group_macro(const Unpinned& error, Node place) {
    if (!place.is("macro_invocation") || place.span() != error.place) {
      return false;
    }
    std::vector<std::pair<Node, PinHome>> lent;
    syntax::walk(place, [&](Node node) {
      const bool is_lent = node.is("identifier") && node.previous().is("mutable_specifier") &&
                           node.previous().previous().is("&") && !node.next().is(".");
      const PinHome home = is_lent ? home_of(facts_, node) : PinHome();
      const bool is_variable =
          home.kind == PinHome::Kind::Local || home.kind == PinHome::Kind::Parameter;
      if (is_variable && home.path.empty() && !is_pinned(home.value)) {
        lent.emplace_back(node, home);
      }
      return syntax::Walk::Into;
    });
    bool is_added = false;
    for (const auto& [node, home] : lent) {
      if (makes(home.value, error.type)) {
        add(home, error, node);
        is_added = true;
      }
    }
    if (is_added) {
      return true;
    }
    std::vector<const Unpinned*> others;  // that name none, with this one
    for (const Unpinned& other : errors_) {
      const auto names = [&other](const auto& one) { return makes(one.second.value, other.type); };
      if (other.is_macro && other.kind == error.kind && other.place == error.place) {
        const auto named = std::find_if(lent.begin(), lent.end(), names);
        if (named == lent.end()) {
          others.push_back(&other);
        } else {
          lent.erase(named);
        }
      }
    }
    const auto at =
        static_cast<size_t>(std::find(others.begin(), others.end(), &error) - others.begin());
    const bool is_paired = others.size() == lent.size() && at < lent.size();
    if (is_paired || lent.size() == 1) {
      guess(error, lent[is_paired ? at : 0].first);
      is_added = true;
    }
    return is_added;
  }

  // `&mut future` among the arguments of a macro.
  bool group_token(const Unpinned& error, Node place) {
    Node name;
    syntax::walk(place, [&](Node node) {
      if (node.is("identifier") && error.place.contains(node.span())) {
        name = node;
      }
      return syntax::Walk::Into;
    });
    const PinHome home = home_of(facts_, name);
    if (home.kind != PinHome::Kind::Local && home.kind != PinHome::Kind::Parameter) {
      return false;
    }
    add(home, error, name);
    return true;
  }

  bool attach_to_struct(const Unpinned& error) {
    const auto group = std::find_if(groups_.begin(), groups_.end(), [&](const PinGroup& each) {
      return error.kind == Unpinned::Kind::NotUnpin && concerns_struct(each, error);
    });
    if (group != groups_.end()) {
      group->uses.push_back({&error, {}});
    }
    return group != groups_.end();
  }

  bool attach(const Unpinned& error) {
    const Node place = node_of(error);
    Node whole = error.is_await ? syntax::enclosing(place, {"await_expression"})
                                : syntax::enclosing(place, {"call_expression"});
    for (PinGroup& group : groups_) {
      const bool is_within =
          std::any_of(group.uses.begin(), group.uses.end(), [&](const PinUse& use) {
            return whole.span().contains(use.error->place) && use.error->type == error.type;
          });
      if (is_within || concerns_struct(group, error)) {
        group.uses.push_back({&error, {}});
        return true;
      }
    }
    return false;
  }

  // The type that is not `Unpin` is the group's struct, or contains it.
  bool concerns_struct(const PinGroup& group, const Unpinned& error) const {
    const PinHome& home = group.homes.front();
    const Node item = home.kind == PinHome::Kind::Field ? type_item_of(home.owner) : Node();
    if (!item) {
      return false;
    }
    const std::string name(item.field("name").text());
    if (error.kind == Unpinned::Kind::PinnedSelf) {
      const std::string outer = error.type.substr(0, error.type.find('<'));
      const auto& structs = facts_.items().structs(outer);
      return outer == name || std::any_of(structs.begin(), structs.end(), [&name](Node each) {
               return each.text().find(name) != std::string_view::npos;
             });
    }
    return std::any_of(error.notes.begin(), error.notes.end(), [&item](const base::Span& note) {
      return item.field("name").span() == note;
    });
  }

  // The type of the pinned `self` that is to lend its fields: `self.get_mut()`, or a field
  // that is changed.
  Node own_type(const Unpinned& error, Node place) const {
    const Node access = place.parent();
    const bool is_get_mut = access.is("field_expression") && place.text() == "get_mut" &&
                            access.field("value").is("self");
    if (error.kind != Unpinned::Kind::PinnedSelf && !is_get_mut) {
      return {};
    }
    const auto& items = facts_.items().structs(impl_type(place));
    return items.size() == 1 ? items.front() : Node();
  }

  // The call's arguments that make a future of that type; or what the call gives.
  void group_call(const Unpinned& error) {
    const Node place = node_of(error);
    if (const Node item = own_type(error, place)) {
      PinHome home;
      home.kind = PinHome::Kind::Owner;
      home.node = item.field("name");
      home.owner = item;
      add(home, error, {});
      return;
    }
    if (error.kind == Unpinned::Kind::PinnedSelf) {
      return;
    }
    Node call;
    if (error.is_await) {
      const Node await = syntax::enclosing(place, {"await_expression"});
      call = await.parts().empty() ? Node() : await.parts().front();
    } else {
      call = syntax::enclosing(place, {"call_expression"});
    }
    const bool is_argument = place == call && call.parent().is("arguments");
    const bool is_itself =
        !made_by(error.type).empty() && makes(call.field("function"), error.type);
    if (call && (is_argument || is_itself || error.type.starts_with("dyn "))) {
      add(home_of(facts_, call), error, call);
      return;
    }
    bool is_added = false;
    for (const Node& argument : call.field("arguments").named_children()) {
      const PinHome home = home_of(facts_, argument);
      const Node value = home.kind == PinHome::Kind::Value ? home.node : home.value;
      if (value && makes(value, error.type)) {
        add(home, error, argument);
        is_added = true;
      }
    }
    if (!is_added && mentions_future(error.type)) {
      PinHome unknown;
      unknown.node = place;
      add(unknown, error, {});
    }
  }

  const flow::Facts& facts_;
  std::vector<Unpinned> errors_;
  std::vector<PinGroup> groups_;
};

}  // namespace

PinGroups pin_groups(const flow::Facts& facts) {
  Grouping grouping(facts);
  PinGroups result;
  result.groups = grouping.run();
  for (PinGroup& group : result.groups) {
    group.is_alone = result.groups.size() == 1;
  }
  result.errors = grouping.take_errors();
  return result;
}

bool is_polled_unpinned(const PinGroup& group) {
  return group.homes.front().kind == PinHome::Kind::Field ||
         std::any_of(group.uses.begin(), group.uses.end(),
                     [](const PinUse& use) { return use.error->kind == Unpinned::Kind::NoMethod; });
}

base::Span place_of(const PinGroup& group) {
  return group.uses.front().error->place;
}

std::string name_of(const PinGroup& group) {
  const PinHome& home = group.homes.front();
  switch (home.kind) {
    case PinHome::Kind::Local:
    case PinHome::Kind::Parameter:
      return std::string(home.node.text());
    case PinHome::Kind::Field:
      return std::string(type_item_of(home.owner).field("name").text()) + "::" + home.field;
    case PinHome::Kind::Value:
      return home.node.text().size() > LongestName ||
                     home.node.text().find('\n') != std::string::npos
                 ? group.uses.front().error->type
                 : std::string(home.node.text());
    case PinHome::Kind::Owner:
      return std::string(home.node.text());
    case PinHome::Kind::Unknown:
      break;
  }
  return group.uses.front().error->type;
}

void explain(FindingBuilder& finding, const flow::Facts& facts, const PinGroup& group) {
  finding.evidence(base::Evidence::Messages);
  if (group.is_guess) {
    finding.needs_proof();
  }
  for (const PinUse& use : group.uses) {
    finding.explains(use.error->diagnostic);
  }
  const PinHome& home = group.homes.front();
  if (home.kind == PinHome::Kind::Field) {
    for (const PinHome& each : group.homes) {
      finding.label(each.node.span(), "would move with the struct");
    }
  } else if (home.kind == PinHome::Kind::Local || home.kind == PinHome::Kind::Parameter) {
    finding.label(home.node.span(), "not pinned here, so it may still move");
  }
  finding.fixes(pin_fixes(facts, group));
}

}  // namespace jaa::pitfalls
