#include "pitfalls/pin_fixes.h"

#include <algorithm>

#include "flow/named_block.h"
#include "flow/type_sites.h"
#include "pitfalls/pin_edits.h"
#include "pitfalls/send_report.h"
#include "rewrite/bounds.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using rewrite::HolderPath;
using syntax::Node;
using Step = rewrite::HolderStep::Kind;

namespace {

constexpr std::string_view PinMacro = "std::pin::pin";
constexpr std::string_view BoxCost = "one allocation";

// How a variable is used behind its binding.
struct Uses {
  std::vector<Node> pin_new;   // the places in `Pin::new(&mut x)`
  std::vector<Node> polled;    // `x` in `x.poll(cx)`
  std::vector<Node> assigned;  // `x = value`
  bool is_borrowed = false;    // something needs `&mut x`
  bool is_moved = false;       // given away, other than to an `await`
};

// The block or function in which the name of a binding can be used.
Node scope_of(Node binding) {
  const Node let = syntax::enclosing(binding, {"let_declaration"});
  return let ? syntax::enclosing_block(let) : syntax::enclosing(binding, {"function_item"});
}

void add_use(Node mention, Uses& uses) {
  const Node parent = mention.parent();
  if (parent.is("token_tree")) {
    const bool is_receiver = mention.next().is(".");
    const bool is_borrow = is_receiver || mention.previous().is("mutable_specifier");
    if (is_receiver && mention.next().next().text().starts_with("poll")) {
      uses.polled.push_back(mention);
    }
    uses.is_borrowed = uses.is_borrowed || is_borrow;
    uses.is_moved = uses.is_moved || !is_borrow;
  } else if (parent.is("reference_expression")) {
    uses.is_borrowed = true;
    if (pin_new_around(parent)) {
      uses.pin_new.push_back(parent);
    }
  } else if (parent.is("field_expression") && parent.parent().is("call_expression")) {
    uses.is_borrowed = true;
    if (parent.field("field").text().starts_with("poll")) {
      uses.polled.push_back(mention);
    }
  } else if (parent.is("assignment_expression") && parent.field("left") == mention) {
    uses.is_borrowed = true;
    uses.assigned.push_back(parent);
  } else if (!parent.is("await_expression")) {
    uses.is_moved = true;
  }
}

// What is passed where a pinned future is expected is no longer given away when it is.
bool is_passed_pinned(const PinGroup& group, Node mention) {
  return std::any_of(group.uses.begin(), group.uses.end(), [&mention](const PinUse& use) {
    return use.error->kind == flow::Unpinned::Kind::NotPinned && use.place == mention;
  });
}

Uses uses_of(const PinGroup& group) {
  const Node binding = group.homes.front().node;
  Uses uses;
  for (const Node& mention : syntax::mentions(scope_of(binding), binding.text())) {
    const bool is_use = mention.begin() > binding.end() && mention.is("identifier") &&
                        flow::local_binding(mention, mention.text()) == binding;
    if (is_use && !is_passed_pinned(group, mention)) {
      add_use(mention, uses);
    } else if (!is_use && mention.begin() > binding.end() && mention.parent().is("token_tree")) {
      add_use(mention, uses);
    }
  }
  return uses;
}

bool is_declared_mut(Node binding) {
  const Node let = syntax::enclosing(binding, {"let_declaration", "parameter"});
  for (const syntax::Binding& each : syntax::bindings(let.field("pattern"))) {
    if (each.name == binding && each.is_mut) {
      return true;
    }
  }
  return let.has_child("mutable_specifier") && let.field("pattern") == binding;
}

void poll_by_as_mut(const Uses& uses, bool keeps_pin_new, PinEdits& edits) {
  for (const Node& place : keeps_pin_new ? std::vector<Node>() : uses.pin_new) {
    replace_pin_new(pin_new_around(place), place, edits);
  }
  for (const Node& place : uses.polled) {
    edits.insert(place, place.end(), ".as_mut()");
  }
}

// A trait's method needs the trait in scope, which a type that is only awaited does not.
void import_trait(const flow::Facts& facts, const PinGroup& group, PinEdits& edits) {
  for (const PinUse& use : group.uses) {
    if (!use.place || use.error->method != "poll" || facts.package().edition == "2024") {
      continue;
    }
    const Node scope = rewrite::import_scope(use.place);
    bool is_there = false;
    syntax::walk(scope, [&](Node node) {
      const bool is_other = node != scope && rewrite::import_scope(node) == node;
      is_there = is_there ||
                 (node.is_any({"identifier", "type_identifier"}) && node.text() == "Future" &&
                  !node.parent().is("scoped_type_identifier")) ||
                 (node.is("use_wildcard") && node.text().find("future") != std::string_view::npos);
      return is_other ? syntax::Walk::Over : syntax::Walk::Into;
    });
    if (!is_there) {
      (void)edits.imports.name_at(use.place, "std::future::Future");
    }
  }
}

base::FixIt fix_of(std::string name, std::string title, PinEdits& edits, Node place) {
  base::FixIt fix = bound_fix(std::move(name), std::move(title), edits.take());
  const base::Span body = syntax::outermost_function(place).span();
  const bool stays_inside =
      std::all_of(fix.edits.begin(), fix.edits.end(),
                  [&body](const base::Edit& edit) { return body.contains(edit.span); });
  if (stays_inside) {
    fix.body = body;
  }
  return fix;
}

void make_mut(Node binding, const Uses& uses, PinEdits& edits) {
  if (uses.is_borrowed && !is_declared_mut(binding)) {
    edits.insert(binding, binding.begin(), "mut ");
  }
}

// `let mut x = pin!(value);`
base::FixIt pin_local(const flow::Facts& facts, const PinGroup& group, const Uses& uses) {
  const PinHome& home = group.homes.front();
  PinEdits edits(group);
  edits.is_known = home.value && !home.value.has_error() &&
                   !syntax::enclosing(home.node, {"let_declaration"}).field("type");
  if (edits.is_known) {
    const std::string macro = edits.imports.name_at(home.value, std::string(PinMacro));
    edits.insert(home.value, home.value.begin(), macro + "!(");
    edits.insert(home.value, home.value.end(), ")");
    make_mut(home.node, uses, edits);
    poll_by_as_mut(uses, false, edits);
    import_trait(facts, group, edits);
    for (const Node& assignment : uses.assigned) {
      const Node left = assignment.field("left");
      const Node right = assignment.field("right");
      edits.edits.push_back({{left.span().file, left.end(), right.begin()}, ".set("});
      edits.insert(right, right.end(), ")");
    }
  }
  base::FixIt fix =
      fix_of("pin_on_stack", "pin the future where it is made, with `pin!`", edits, home.node);
  if (uses.is_moved) {
    fix.keeps_meaning = false;
    fix.trade_off = "the future is dropped at the end of the block, not where it is given away";
  }
  return fix;
}

// `let mut x = Box::pin(value);`, or the same for the elements of a collection.
base::FixIt box_local(const flow::Facts& facts, const PinGroup& group, const Uses& uses) {
  const PinHome& home = group.homes.front();
  PinEdits edits(group);
  HolderPath path = home.path;
  if (path.empty()) {
    path = rewrite::shape_of(home.value);
  }
  const Node type = syntax::enclosing(home.node, {"let_declaration"}).field("type");
  if (home.value) {
    edits.box(home.value, path);
  } else if (uses.assigned.empty()) {
    edits.is_known = false;
  }
  if (type) {
    const Node leaf = rewrite::type_at(type, path);
    if (leaf && leaf.text() != "_") {
      edits.edits.push_back(rewrite::pinned_box_type(leaf, edits.pin_name(leaf)));
    }
  }
  for (const Node& assignment : uses.assigned) {
    // Another variable has what came out of the first one, or is a cause of its own.
    if (!assignment.field("right").is("identifier")) {
      edits.box(assignment.field("right"), path);
    }
  }
  if (path.empty()) {
    make_mut(home.node, uses, edits);
    poll_by_as_mut(uses, !group.is_alone, edits);
    import_trait(facts, group, edits);
  } else {
    const auto is_holder = [&](Node receiver) {
      return receiver.is("identifier") && receiver.text() == home.node.text() &&
             flow::local_binding(receiver, receiver.text()) == home.node;
    };
    const auto is_own = [&](Node value) { return home_of(facts, value).node == home.node; };
    box_what_is_put_in(scope_of(home.node), is_holder, is_own, path, edits);
    poll_through_box(group.uses, edits);
  }
  base::FixIt fix =
      fix_of("box_future", "put the future in a box where it is made", edits, home.node);
  fix.trade_off = path.empty() ? std::string(BoxCost) : "one allocation for each future";
  return fix;
}

// What is made of the future may be the wrong thing to pin: a struct that wants its parts to
// be `Unpin`. The calls, blocks and variables within `value` that make the future are boxed.
base::FixIt box_inside(const flow::Facts& facts, const PinGroup& group, Node value) {
  PinEdits edits(group);
  const std::string& type = group.uses.front().error->type;
  syntax::walk(value, [&](Node node) {
    if (node.is_any({"closure_expression", "token_tree"})) {
      return syntax::Walk::Over;
    }
    const bool is_variable =
        node.is("identifier") &&
        node.parent().is_any({"arguments", "field_initializer", "shorthand_field_initializer"});
    if (is_variable) {
      const PinHome home = home_of(facts, node);
      if (home.kind == PinHome::Kind::Local && home.path.empty() && is_made_by(home.value, type)) {
        const bool is_short = node.parent().is("shorthand_field_initializer");
        edits.insert(node, node.begin(),
                     (is_short ? std::string(node.text()) + ": " : "") + "Box::pin(");
        edits.insert(node, node.end(), ")");
      }
      return syntax::Walk::Over;
    }
    if (node != value && is_made_by(node, type)) {
      edits.box(node, {});
      return syntax::Walk::Over;
    }
    return syntax::Walk::Into;
  });
  base::FixIt fix =
      fix_of("box_inside", "put the future in a box where it is passed", edits, value);
  fix.trade_off = BoxCost;
  return fix;
}

// A block that something else makes, a closure that is called for it, say: in a box from the
// start.
base::FixIt box_block(const flow::Facts& facts, const PinGroup& group, Node home) {
  PinEdits edits(group);
  const Node block = flow::block_named(facts, group.uses.front().error->type);
  if (!block || block == home || block.parent().is("await_expression")) {
    return {};
  }
  edits.box(block, {});
  base::FixIt fix = fix_of("box_block", "put the future in a box where it is made", edits, block);
  fix.trade_off = "one allocation for each future";
  return fix;
}

// A parameter that is a reference to the future: only a bound can say that it may move.
base::FixIt bound_parameter(Node parameter) {
  const Node type = parameter.field("type");
  Node owner = type.field("type");
  syntax::walk(owner, [&owner](Node node) {
    // In parentheses, `impl A + B`.
    const bool is_it = node.is("bounded_type") || node.is("abstract_type");
    owner = is_it ? node : owner;
    return is_it ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  if (owner.is("type_identifier")) {
    for (Node item = syntax::enclosing_item(parameter); item && owner.is("type_identifier");
         item = syntax::enclosing_item(item.parent())) {
      for (const Node& each : item.field("type_parameters").named_children()) {
        if (each.field("name").text() == owner.text()) {
          owner = each;
          break;
        }
      }
    }
  }
  std::vector<base::Edit> edits;
  if (owner.is_any({"type_parameter", "abstract_type", "bounded_type"})) {
    edits = rewrite::add_bounds(owner, {"Unpin"});
  }
  base::FixIt fix = bound_fix("unpin_bound", "ask for a future that may move", std::move(edits));
  fix.trade_off = "callers pass a pinned or boxed future";
  return fix;
}

// The innermost function item or outermost async block within it around `use`: what runs
// in the same future, or on the same stack, as the use.
Node running_body(Node use, Node function) {
  Node body = function.field("body");
  for (Node at = syntax::enclosing_function(use); at && at != function;
       at = syntax::enclosing_function(at)) {
    if (at.is("async_block")) {
      const std::vector<Node> parts = at.named_children();
      body = parts.empty() ? body : parts.back();
    }
  }
  return body;
}

// A parameter is bound again: `let mut future = pin!(future);`
base::FixIt rebind_parameter(const flow::Facts& facts, const PinGroup& group, const Uses& uses,
                             bool is_boxed) {
  const PinHome& home = group.homes.front();
  const Node name = home.node;
  const Node function = syntax::enclosing(name, {"function_item"});
  const Node body =
      is_boxed ? function.field("body") : running_body(group.uses.front().place, function);
  PinEdits edits(group);
  edits.is_known = body.is("block") && !syntax::is_in_macro(body) && !body.has_error();
  const bool is_collection = home.path.size() == 1 && home.path.front().kind == Step::Element;
  if (!home.path.empty() && (!is_collection || !is_boxed)) {
    edits.is_known = false;
  }
  if (edits.is_known) {
    const std::string text(name.text());
    std::string value;
    if (is_collection) {
      value = text + ".into_iter().map(Box::pin).collect()";
    } else if (group.is_boxed) {
      value = "Box::into_pin(" + text + ")";
    } else if (is_boxed) {
      value = "Box::pin(" + text + ")";
    } else {
      value = edits.imports.name_at(body, std::string(PinMacro)) + "!(" + text + ")";
    }
    const bool is_mut = uses.is_borrowed || is_declared_mut(name);
    const std::string line = std::string("let ") + (is_mut ? "mut " : "") + text +
                             (is_collection ? ": Vec<_>" : "") + " = " + value + ";";
    const std::vector<Node> statements = syntax::statements(body);
    Node first = statements.empty() ? Node() : statements.front();
    while (first.previous().is_any({"attribute_item", "inner_attribute_item"})) {
      first = first.previous();
    }
    const std::string_view source = facts.files().text(body.span().file);
    if (!first) {
      edits.is_known = false;
    } else if (syntax::starts_line(source, first.begin())) {
      const std::string indent(syntax::indentation(source, first.begin()));
      edits.insert(first, first.begin(),
                   line + std::string(syntax::layout(source).line_end) + indent);
    } else {
      edits.insert(first, first.begin(), line + " ");
    }
    // The parameter itself is only moved now.
    const Node parameter = syntax::enclosing(name, {"parameter"});
    for (const Node& child : parameter.children()) {
      if (child.is("mutable_specifier") && parameter.field("pattern") == name) {
        edits.edits.push_back({{child.span().file, child.begin(), name.begin()}, ""});
      }
    }
    if (home.path.empty()) {
      poll_by_as_mut(uses, is_boxed && !group.is_alone, edits);
    } else {
      poll_through_box(group.uses, edits);
    }
  }
  base::FixIt fix =
      fix_of(is_boxed ? "box_future" : "pin_on_stack",
             is_boxed ? "put the future in a box" : "pin the future on the stack, with `pin!`",
             edits, name);
  if (is_boxed) {
    fix.trade_off = std::string(BoxCost) + " a call";
  }
  return fix;
}

// `select(Box::pin(a()), Box::pin(b()))`.
base::FixIt box_in_place(const PinGroup& group) {
  const PinHome& home = group.homes.front();
  PinEdits edits(group);
  HolderPath path = home.path;
  if (path.empty()) {
    path = rewrite::shape_of(home.node);
  }
  edits.box(home.node, path);
  poll_through_box(group.uses, edits);
  base::FixIt fix = fix_of("box_future", "put the future in a box", edits, home.node);
  fix.trade_off = path.empty() ? std::string(BoxCost) : "one allocation for each future";
  return fix;
}

}  // namespace

std::vector<base::FixIt> pin_fixes(const flow::Facts& facts, const PinGroup& group) {
  std::vector<base::FixIt> fixes;
  if (group.homes.empty()) {
    return fixes;
  }
  const PinHome& home = group.homes.front();
  switch (home.kind) {
    case PinHome::Kind::Local: {
      const Uses uses = uses_of(group);
      base::FixIt box = box_local(facts, group, uses);
      const bool may_pin =
          home.path.empty() && rewrite::shape_of(home.value).empty() && !group.is_boxed;
      if (may_pin && !uses.is_moved) {
        fixes.push_back(pin_local(facts, group, uses));
      }
      fixes.push_back(std::move(box));
      if (home.path.empty() && !group.is_boxed) {
        fixes.push_back(box_inside(facts, group, home.value));
      }
      if (may_pin && uses.is_moved) {
        fixes.push_back(pin_local(facts, group, uses));
      }
      break;
    }
    case PinHome::Kind::Parameter: {
      const Node parameter = syntax::enclosing(home.node, {"parameter"});
      if (parameter.field("type").is("reference_type")) {
        fixes.push_back(bound_parameter(parameter));
        break;
      }
      const Uses uses = uses_of(group);
      if (home.path.empty() && !group.is_boxed && group.uses.front().place) {
        fixes.push_back(rebind_parameter(facts, group, uses, false));
      }
      fixes.push_back(rebind_parameter(facts, group, uses, true));
      break;
    }
    case PinHome::Kind::Value:
      fixes.push_back(box_in_place(group));
      if (home.path.empty() && !group.is_boxed) {
        fixes.push_back(box_inside(facts, group, home.node));
        fixes.push_back(box_block(facts, group, home.node));
      }
      break;
    case PinHome::Kind::Field:
      fixes = box_fields(facts, group);
      break;
    case PinHome::Kind::Owner:
      fixes.push_back(bound_fix("declare_unpin", "say that the type may move while it is pinned",
                                declare_unpin(facts, home.owner)));
      break;
    case PinHome::Kind::Unknown:
      break;
  }
  std::erase_if(fixes, [](const base::FixIt& fix) { return fix.edits.empty(); });
  return fixes;
}

}  // namespace jaa::pitfalls
