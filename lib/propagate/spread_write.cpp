// The edits of a plan.

#include <algorithm>

#include "propagate/call_shape.h"
#include "propagate/spreader.h"
#include "propagate/wraps.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// A closure there would take what follows into its body: `f as fn(u8) -> u8`.
bool needs_parentheses(Node value) {
  return value.parent().is_any({"type_cast_expression", "field_expression", "binary_expression",
                                "try_expression", "await_expression"});
}

}  // namespace

void Spreader::write() {
  Wraps wraps;
  for (const Group& group : groups_) {
    for (const Node& member : group.members) {
      if (!syntax::is_async_function(member)) {
        insert(member.span().file, async_offset(member), "async ");
        unblock(member);
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
      if (needs_parentheses(call.around)) {
        before = "(" + before;
        after += ")";
      }
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

void Spreader::write_values(Wraps& wraps) {
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
    const bool changes = type && std::any_of(groups_.begin(), groups_.end(), [&](const Group& g) {
                           return std::find(g.types.begin(), g.types.end(), type) != g.types.end();
                         });
    if (!changes) {
      continue;
    }
    const auto [head, arguments] = parameters_of(use.function);
    const bool is_async = group_of(use.function) < groups_.size();
    const bool is_closed = needs_parentheses(whole);
    wraps.add(whole.span(),
              (is_closed ? "(" : "") + head + (is_async ? "Box::pin(" : "Box::pin(async move { "),
              arguments + (is_async ? ")" : " })") + (is_closed ? ")" : ""));
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
      for (base::Edit& edit : Callables::boxed(type, options_.lifetimes, facts_.package().edition,
                                               /*is_send=*/false, imports)) {
        plan_.edits.push_back(std::move(edit));
      }
    }
  }
  // In front of what else is inserted where a file begins.
  const std::vector<base::Edit> added = imports.take();
  plan_.edits.insert(plan_.edits.begin(), added.begin(), added.end());
}

bool Spreader::is_in_changed_type(const base::Span& place) const {
  return std::any_of(groups_.begin(), groups_.end(), [&place](const Group& group) {
    return std::any_of(group.types.begin(), group.types.end(),
                       [&place](const Node& type) { return type.span().contains(place); });
  });
}

void Spreader::import_async(Wraps& wraps) {
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

}  // namespace jaa::propagate
