// Pin projection without unsafe code: a field that is polled becomes `Pin<Box<..>>`, which
// may move with its struct while the future in the box stays where it is.
#include <algorithm>

#include "pitfalls/pin_edits.h"
#include "pitfalls/send_report.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using rewrite::HolderPath;
using syntax::Node;

namespace {

// rustfmt breaks a struct literal whose fields take more columns than this.
constexpr size_t WidestLiteral = 18;

bool is_box_of_dyn(Node type) {
  return type.is("generic_type") && syntax::last_name(type) == "Box" &&
         type.text().find("dyn ") != std::string_view::npos;
}

// The part of the field's type that is the future: what the compiler calls unpinned, or a
// `Box<dyn ..>`; else what the way from the use says.
Node future_type(Node type, const PinHome& home, const PinGroup& group) {
  Node found;
  syntax::walk(type, [&](Node node) {
    const bool is_named =
        std::any_of(group.uses.begin(), group.uses.end(), [&node](const PinUse& use) {
          return node.is_any({"type_identifier", "scoped_type_identifier", "generic_type"}) &&
                 node.text() == use.error->type;
        });
    if (is_named || (group.is_boxed && is_box_of_dyn(node))) {
      found = node;
      return syntax::Walk::Stop;
    }
    return syntax::Walk::Into;
  });
  return found ? found : rewrite::type_at(type, home.path);
}

// `path` spells the struct or variant, or `Self` within its own `impl`.
bool names_owner(Node path, Node owner) {
  const std::string_view item = type_item_of(owner).field("name").text();
  const std::string_view name = syntax::last_name(path);
  if (owner.is("enum_variant")) {
    const std::string_view outer = syntax::last_name(path.field("path"));
    return name == owner.field("name").text() &&
           (outer.empty() || outer == item || (outer == "Self" && impl_type(path) == item));
  }
  return name == item || (name == "Self" && impl_type(path) == item);
}

std::string text_after(Node node, std::vector<base::Edit> edits) {
  std::string text(node.text());
  std::stable_sort(edits.begin(), edits.end(), [](const base::Edit& a, const base::Edit& b) {
    return a.span.begin < b.span.begin;
  });
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    if (node.span().contains(edit->span)) {
      text.replace(edit->span.begin - node.begin(), edit->span.end - edit->span.begin, edit->text);
    }
  }
  return text;
}

class Boxing {
 public:
  Boxing(const flow::Facts& facts, const PinGroup& group)
      : facts_(facts), group_(group), edits_(group) {}

  PinEdits run() {
    for (const PinHome& home : group_.homes) {
      // `type Task = Box<dyn Future<..>>;`
      const auto& aliases = facts_.items().aliases(syntax::last_name(home.node));
      const Node whole = aliases.size() == 1 ? aliases.front().field("type") : home.node;
      const Node type = future_type(whole, home, group_);
      const auto path = type ? rewrite::path_to(whole, type) : std::nullopt;
      if (!path) {
        edits_.is_known = false;
        return std::move(edits_);
      }
      edits_.edits.push_back(rewrite::pinned_box_type(type, edits_.pin_name(type)));
      paths_.push_back(*path);
    }
    for (const syntax::Tree* tree : crate_trees(facts_, group_.homes.front().node.span().file)) {
      syntax::walk(tree->root(), [this](Node node) {
        visit(node);
        return node.is("macro_definition") ? syntax::Walk::Over : syntax::Walk::Into;
      });
      for (size_t index = 0; index < paths_.size(); ++index) {
        const auto is_holder = [&](Node receiver) { return is_field(receiver, index); };
        const auto is_own = [&](Node value) {
          return home_of(facts_, value).node == group_.homes[index].node;
        };
        box_what_is_put_in(tree->root(), is_holder, is_own, paths_[index], edits_);
      }
    }
    poll_through_box(group_.uses, edits_);
    make_self_mut();
    return std::move(edits_);
  }

 private:
  // `self.field.as_mut()` borrows the pinned `self` as mutable.
  void make_self_mut() {
    std::vector<Node> done;
    for (const PinUse& use : group_.uses) {
      const Node function = syntax::enclosing(use.place, {"function_item"});
      Node root = use.place;
      while (root.is_any({"reference_expression", "field_expression", "index_expression"})) {
        root = root.is("index_expression") ? root.parts().front() : root.field("value");
      }
      if (!root.is("self") || std::find(done.begin(), done.end(), function) != done.end()) {
        continue;
      }
      done.push_back(function);
      for (const Node& part : function.field("parameters").named_children()) {
        if (part.text().starts_with("self: Pin<") ||
            part.text().starts_with("self: std::pin::Pin<")) {
          edits_.insert(part, part.begin(), "mut ");
        }
      }
    }
  }

  void visit(Node node) {
    if (node.is("struct_expression")) {
      visit_literal(node);
    } else if (node.is("call_expression")) {
      visit_call(node);
    } else if (node.is("assignment_expression")) {
      for (size_t index = 0; index < paths_.size(); ++index) {
        if (is_field(node.field("left"), index)) {
          edits_.box(node.field("right"), paths_[index]);
        }
      }
    } else if (node.is("token_tree")) {
      visit_tokens(node);
    } else if (node.is_any({"identifier", "scoped_identifier"}) && node.parent().is("arguments")) {
      visit_constructor(node);
    }
  }

  void visit_literal(Node literal) {
    const Node body = literal.field("body");
    std::vector<base::Edit> own;
    for (size_t index = 0; index < paths_.size(); ++index) {
      const PinHome& home = group_.homes[index];
      if (!names_owner(literal.field("name"), home.owner)) {
        continue;
      }
      for (const Node& part : body.named_children()) {
        if (part.is("shorthand_field_initializer") && part.text() == home.field) {
          const std::string value = paths_[index].empty() ? function() + "(" + home.field + ")"
                                                          : home.field + mapped(paths_[index]);
          own.push_back({part.span(), home.field + ": " + value});
        } else if (part.is("field_initializer") && name_of(part) == home.field) {
          edits_.is_known =
              rewrite::box_value(part.field("value"), paths_[index], own, edits_.form) &&
              edits_.is_known;
        }
      }
    }
    if (own.empty()) {
      return;
    }
    if (is_too_wide(body, own)) {
      break_literal(body, own);
      return;
    }
    for (base::Edit& edit : own) {
      edits_.edits.push_back(std::move(edit));
    }
  }

  static std::string_view name_of(Node initializer) {
    const Node field = initializer.field("field");
    return field ? field.text() : initializer.field("name").text();
  }

  std::string function() const {
    return edits_.form == rewrite::BoxForm::New ? "Box::pin" : "Box::into_pin";
  }

  // What makes the boxed form of a variable that holds several, or perhaps one.
  std::string mapped(const HolderPath& path) {
    using Kind = rewrite::HolderStep::Kind;
    if (path.size() == 1 && path.front().kind == Kind::Inside) {
      return ".map(" + function() + ")";
    }
    if (path.size() == 1 && path.front().kind == Kind::Element) {
      return ".into_iter().map(" + function() + ").collect()";
    }
    edits_.is_known = false;
    return "";
  }

  // On one line, and no longer as rustfmt would have it.
  static bool is_too_wide(Node body, const std::vector<base::Edit>& own) {
    const std::string after = text_after(body, own);
    return body.text().find('\n') == std::string_view::npos &&
           body.text().size() <= WidestLiteral + 4 && after.size() > WidestLiteral + 4 &&
           after.find("//") == std::string::npos;
  }

  void break_literal(Node body, const std::vector<base::Edit>& own) {
    const std::string_view text = facts_.files().text(body.span().file);
    const syntax::Layout layout = syntax::layout(text);
    const std::string line =
        std::string(layout.line_end) + std::string(syntax::indentation(text, body.begin()));
    std::string result = "{";
    for (const Node& part : body.named_children()) {
      result += line + layout.indent + text_after(part, own);
      result += part.is("base_field_initializer") ? "" : ",";
    }
    edits_.edits.push_back({body.span(), result + line + "}"});
  }

  void visit_call(Node call) {
    for (size_t index = 0; index < paths_.size(); ++index) {
      const PinHome& home = group_.homes[index];
      const Node function = call.field("function");
      if (!home.owner.field("body").is("ordered_field_declaration_list") ||
          !names_owner(function, home.owner)) {
        continue;
      }
      std::vector<Node> arguments;
      for (const Node& part : call.field("arguments").named_children()) {
        if (!part.is_comment()) {
          arguments.push_back(part);
        }
      }
      for (uint32_t number = 0; number < arguments.size(); ++number) {
        if (std::to_string(number) == home.field) {
          edits_.box(arguments[number], paths_[index]);
        }
      }
    }
  }

  // In a macro's arguments, such as those of `vec!`: a name and the tokens of its fields.
  void visit_tokens(Node tokens) {
    const std::vector<Node> all = tokens.children();
    for (size_t at = 0; at + 1 < all.size(); ++at) {
      for (size_t index = 0; index < paths_.size(); ++index) {
        const PinHome& home = group_.homes[index];
        if (all[at].is("identifier") && all[at + 1].is("token_tree") &&
            all[at].text() == home.owner.field("name").text() &&
            syntax::enclosing_function(tokens)) {
          box_token(all[at + 1], index);
        }
      }
    }
  }

  void box_token(Node fields, size_t index) {
    const std::string& field = group_.homes[index].field;
    const std::vector<Node> all = fields.children();
    const bool has_names = fields.text().starts_with("{");
    uint32_t number = 0;
    for (size_t at = 1; at + 1 < all.size();) {
      size_t stop = at;
      while (stop + 1 < all.size() && !all[stop].is(",")) {
        ++stop;
      }
      const bool has_value = has_names && at + 2 < stop && all[at + 1].text() == ":";
      const size_t first = has_value ? at + 2 : at;
      const bool is_it = has_names ? all[at].text() == field && (has_value || stop == at + 1)
                                   : std::to_string(number) == field;
      if (is_it && first < stop) {
        edits_.is_known = edits_.is_known && paths_[index].empty();
        const std::string name = has_names && !has_value ? field + ": " : "";
        edits_.insert(all[first], all[first].begin(), name + function() + "(");
        edits_.insert(all[stop - 1], all[stop - 1].end(), ")");
      }
      at = stop + 1;
      ++number;
    }
  }

  // The constructor as a function: `.map(State::Running)`.
  void visit_constructor(Node path) {
    for (size_t index = 0; index < paths_.size(); ++index) {
      const PinHome& home = group_.homes[index];
      const Node body = home.owner.field("body");
      if (!body.is("ordered_field_declaration_list") || !names_owner(path, home.owner) ||
          (path.is("identifier") && path.text() != home.owner.field("name").text())) {
        continue;
      }
      if (!paths_[index].empty()) {
        edits_.is_known = false;
        return;
      }
      edits_.edits.push_back(
          {path.span(), "|value| " + std::string(path.text()) + "(" + function() + "(value))"});
    }
  }

  // By name, where no other struct has such a field or the struct's own methods are around.
  bool is_field(Node expression, size_t index) const {
    const PinHome& home = group_.homes[index];
    const Node item = type_item_of(home.owner);
    return expression.is("field_expression") && expression.field("field").text() == home.field &&
           (impl_type(expression) == item.field("name").text() ||
            facts_.items().fields(home.field).size() == 1);
  }

  const flow::Facts& facts_;
  const PinGroup& group_;
  PinEdits edits_;
  std::vector<HolderPath> paths_;  // of the homes
};

base::FixIt field_fix(std::vector<base::Edit> edits) {
  base::FixIt fix =
      bound_fix("box_field", "keep the future in a box in the struct", std::move(edits));
  fix.trade_off = "one allocation for each future";
  return fix;
}

}  // namespace

std::vector<base::Edit> declare_unpin(const flow::Facts& facts, Node item) {
  const std::string_view text = facts.files().text(item.span().file);
  const Node parameters = item.field("type_parameters");
  if (!item.is_any({"struct_item", "enum_item"}) || !parameters || syntax::is_in_macro(item) ||
      text.find("unsafe") != std::string_view::npos ||
      parameters.text().find('=') != std::string_view::npos) {
    return {};
  }
  const std::string name(item.field("name").text());
  for (const Node& other : facts.items().impls("Unpin")) {
    if (syntax::last_name(other.field("type")) == name) {
      return {};
    }
  }
  std::string arguments;
  for (const Node& parameter : parameters.named_children()) {
    if (parameter.is_comment() || parameter.is("attribute_item")) {
      continue;
    }
    const Node own = parameter.field("name");
    const std::string spelled(own ? own.text() : parameter.text());
    arguments += (arguments.empty() ? "" : ", ") + spelled;
  }
  std::string bounds;
  for (const Node& part : item.named_children()) {
    if (part.is("where_clause")) {
      bounds = " " + std::string(part.text());
    }
  }
  const syntax::Layout layout = syntax::layout(text);
  const std::string indent(syntax::indentation(text, item.begin()));
  const std::string line = std::string(layout.line_end) + std::string(layout.line_end) + indent +
                           "impl" + std::string(parameters.text()) + " Unpin for " + name + "<" +
                           arguments + ">" + bounds + " {}";
  return {{{item.span().file, item.end(), item.end()}, line}};
}

std::vector<base::FixIt> box_fields(const flow::Facts& facts, const PinGroup& group) {
  std::vector<base::FixIt> fixes;
  const std::vector<base::Edit> boxed = Boxing(facts, group).run().take();
  if (boxed.empty()) {
    return fixes;
  }
  fixes.push_back(field_fix(boxed));
  // Other fields, such as a result that is kept, may be of types that are not `Unpin`.
  std::vector<base::Edit> declared = declare_unpin(facts, type_item_of(group.homes.front().owner));
  if (!declared.empty()) {
    declared.insert(declared.end(), boxed.begin(), boxed.end());
    fixes.push_back(field_fix(std::move(declared)));
  }
  return fixes;
}

}  // namespace jaa::pitfalls
