#include "rewrite/box_value.h"

#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using Kind = HolderStep::Kind;

namespace {

// Deeper nesting than any program has; keeps the recursion short on hostile input.
constexpr uint32_t MostSteps = 24;

Node inner_type(Node type) {
  return type.is("generic_type") ? type.field("type_arguments") : Node();
}

std::vector<Node> type_arguments(Node type) {
  std::vector<Node> result;
  for (const Node& part : inner_type(type).named_children()) {
    if (!part.is_comment() && !part.is("lifetime")) result.push_back(part);
  }
  return result;
}

std::vector<Node> tuple_types(Node type) {
  std::vector<Node> result;
  for (const Node& part : type.named_children())
    if (!part.is_comment()) result.push_back(part);
  return result;
}

bool is_map(std::string_view name) {
  return name == "HashMap" || name == "BTreeMap";
}

bool is_collection(std::string_view name) {
  return name == "Vec" || name == "VecDeque" || name == "LinkedList" || name == "BinaryHeap" ||
         is_map(name);
}

void insert(Node at, uint32_t offset, std::string text, std::vector<base::Edit>& edits) {
  edits.push_back({{at.span().file, offset, offset}, std::move(text)});
}

class Boxer {
 public:
  Boxer(std::vector<base::Edit>& edits, BoxForm form)
      : edits_(edits), function_(form == BoxForm::New ? "Box::pin" : "Box::into_pin") {}

  bool box(Node value, llvm::ArrayRef<HolderStep> path) {
    if (depth_ == MostSteps || !value || value.has_error()) return false;
    ++depth_;
    const bool is_known = box_at(value, path);
    --depth_;
    return is_known;
  }

 private:
  bool box_at(Node value, llvm::ArrayRef<HolderStep> path) {
    while (value.is("parenthesized_expression") && !path.empty() && !value.parts().empty())
      value = value.parts().front();
    if (path.empty()) return wrap(value);
    if (value.is_any({"if_expression", "match_expression", "block", "expression_statement",
                      "return_expression", "else_clause"}))
      return box_tails(value, path);
    switch (path.front().kind) {
      case Kind::Element:
        return box_elements(value, path.drop_front());
      case Kind::Inside:
        return box_inside(value, path.drop_front());
      case Kind::Tuple:
        return box_tuple(value, path);
    }
    return false;
  }

  bool wrap(Node value) {
    if (syntax::is_in_macro(value)) return false;
    const Node function = value.field("function");
    if (value.is("call_expression") && syntax::last_name(function.field("path")) == "Box") {
      if (syntax::last_name(function) == "pin") return true;
      if (syntax::last_name(function) == "new") {
        edits_.push_back({function.field("name").span(), "pin"});
        return true;
      }
    }
    if (is_shared(value)) {
      const std::vector<Node> arguments = value.field("arguments").parts();
      return arguments.size() == 1 && box(arguments.front(), {});
    }
    insert(value, value.begin(), function_ + "(", edits_);
    insert(value, value.end(), ")", edits_);
    return true;
  }

  // A pointer or lock around the value, which may move although the value may not.
  static bool is_shared(Node value) {
    const Node function = value.field("function");
    const std::string_view type = syntax::last_name(function.field("path"));
    return value.is("call_expression") && syntax::last_name(function) == "new" &&
           (type == "Rc" || type == "Arc" || type == "RefCell" || type == "Mutex" ||
            type == "RwLock");
  }

  // What the branches of an expression give.
  bool box_tails(Node value, llvm::ArrayRef<HolderStep> path) {
    if (value.is("block")) {
      const std::vector<Node> all = syntax::statements(value);
      return !all.empty() && box(all.back(), path);
    }
    if (value.is_any({"expression_statement", "else_clause", "return_expression"})) {
      const std::vector<Node> parts = value.named_children();
      return !parts.empty() && !value.text().ends_with(";") && box(parts.back(), path);
    }
    if (value.is("if_expression"))
      return box(value.field("consequence"), path) && box(value.field("alternative"), path);
    for (const Node& arm : value.field("body").named_children())
      if (arm.is("match_arm") && !box(arm.field("value"), path)) return false;
    return true;
  }

  bool box_inside(Node value, llvm::ArrayRef<HolderStep> rest) {
    const std::string_view function = syntax::last_name(value.field("function"));
    if (value.is_any({"identifier", "scoped_identifier"}) && syntax::last_name(value) == "None")
      return true;
    if (value.is("call_expression") && function == "Some") {
      const std::vector<Node> arguments = value.field("arguments").named_children();
      return arguments.size() == 1 && box(arguments.front(), rest);
    }
    if (value.is("call_expression") && function == "default" && !has_arguments(value)) return true;
    return rest.empty() && append_map(value);
  }

  bool box_tuple(Node value, llvm::ArrayRef<HolderStep> path) {
    if (!value.is("tuple_expression")) return false;
    std::vector<Node> parts;
    for (const Node& part : value.named_children())
      if (!part.is_comment()) parts.push_back(part);
    return path.front().index < parts.size() && box(parts[path.front().index], path.drop_front());
  }

  bool box_elements(Node value, llvm::ArrayRef<HolderStep> rest) {
    if (value.is("macro_invocation")) return box_listed(value, rest);
    if (value.is("array_expression")) {
      for (const Node& child : value.children())
        if (child.is(";")) return false;
      for (const Node& part : value.named_children())
        if (!part.is_any({"attribute_item"}) && !part.is_comment() && !box(part, rest))
          return false;
      return true;
    }
    if (value.is("reference_expression")) return box(value.field("value"), with_element(rest));
    if (!value.is("call_expression")) return rest.empty() && append_collected(value);
    const Node function = value.field("function");
    const Node method = method_name(value);
    if (!method) {
      const std::string_view name = syntax::last_name(function);
      if (name == "new" || name == "with_capacity" || name == "default") return true;
      const std::vector<Node> arguments = value.field("arguments").named_children();
      if (name == "from" && arguments.size() == 1)
        return box(arguments.front(), with_element(rest));
      return rest.empty() && append_collected(value);
    }
    const Node receiver = function.is("generic_function")
                              ? function.field("function").field("value")
                              : function.field("value");
    const std::string_view name = method.text();
    const bool is_listed = receiver.is_any({"array_expression", "macro_invocation"});
    if (name == "into_iter" && !is_listed) return rest.empty() && append_map(value);
    if (name == "collect" || name == "into_iter" || name == "iter_mut" || name == "rev" ||
        name == "take" || name == "skip" || name == "into_boxed_slice" || name == "to_vec")
      return box(receiver, with_element(rest));
    if (name == "map") {
      const std::vector<Node> arguments = value.field("arguments").named_children();
      if (arguments.size() == 1 && arguments.front().is("closure_expression"))
        return box(arguments.front().field("body"), rest);
    }
    return rest.empty() && append_map(value);
  }

  // `vec![a, b]`: between the commas stand whole expressions.
  bool box_listed(Node macro, llvm::ArrayRef<HolderStep> rest) {
    if (syntax::last_name(macro.field("macro")) != "vec") return false;
    Node tokens;
    for (const Node& part : macro.named_children())
      if (part.is("token_tree")) tokens = part;
    std::vector<std::vector<Node>> items(1);
    std::vector<Node> all = tokens.children();
    std::erase_if(all, [](const Node& token) { return token.is_comment(); });
    for (size_t index = 1; index + 1 < all.size(); ++index) {
      if (all[index].text() == ";") return false;
      if (all[index].text() == ",") {
        items.emplace_back();
      } else {
        items.back().push_back(all[index]);
      }
    }
    for (const std::vector<Node>& item : items) {
      if (item.empty()) continue;  // behind the last comma
      if (!rest.empty()) return false;
      insert(item.front(), item.front().begin(), function_ + "(", edits_);
      insert(item.back(), item.back().end(), ")", edits_);
    }
    return true;
  }

  bool append_map(Node value) {
    if (syntax::is_in_macro(value)) return false;
    insert(value, value.end(), ".map(" + function_ + ")", edits_);
    return true;
  }

  bool append_collected(Node value) {
    if (syntax::is_in_macro(value)) return false;
    insert(value, value.end(), ".into_iter().map(" + function_ + ").collect()", edits_);
    return true;
  }

  HolderPath with_element(llvm::ArrayRef<HolderStep> rest) {
    HolderPath path{{Kind::Element, 0}};
    path.insert(path.end(), rest.begin(), rest.end());
    return path;
  }

  std::vector<base::Edit>& edits_;
  std::string function_;
  uint32_t depth_ = 0;
};

}  // namespace

bool box_value(Node value, llvm::ArrayRef<HolderStep> path, std::vector<base::Edit>& edits,
               BoxForm form) {
  return Boxer(edits, form).box(value, path);
}

HolderPath shape_of(Node value) {
  for (uint32_t step = 0; step < MostSteps && value; ++step) {
    if (value.is("array_expression") ||
        (value.is("macro_invocation") && syntax::last_name(value.field("macro")) == "vec"))
      return {{Kind::Element, 0}};
    if (!value.is("call_expression")) return {};
    const Node function = value.field("function");
    const Node method = method_name(value);
    const std::string_view name = method ? method.text() : syntax::last_name(function);
    if (!method && name == "Some") return {{Kind::Inside, 0}};
    if (!method && (name == "new" || name == "with_capacity") &&
        is_collection(syntax::last_name(function.field("path"))))
      return {{Kind::Element, 0}};
    if (method && (name == "collect" || name == "map")) return {{Kind::Element, 0}};
    if (!method || (name != "into_iter" && name != "rev" && name != "take" && name != "skip"))
      return {};
    value = function.field("value");
  }
  return {};
}

Node type_at(Node type, llvm::ArrayRef<HolderStep> path) {
  for (const HolderStep& step : path) {
    if (type.is("reference_type")) type = type.field("type");
    if (step.kind == Kind::Tuple) {
      const std::vector<Node> parts =
          type.is("tuple_type") ? tuple_types(type) : std::vector<Node>();
      type = step.index < parts.size() ? parts[step.index] : Node();
    } else if (type.is("array_type")) {
      type = step.kind == Kind::Element ? type.field("element") : Node();
    } else {
      const std::vector<Node> arguments = type_arguments(type);
      const std::string_view name = syntax::last_name(type);
      const bool fits = step.kind == Kind::Inside ? name == "Option" : is_collection(name);
      type = !fits || arguments.empty() ? Node()
             : is_map(name)             ? arguments.back()
                                        : arguments.front();
    }
  }
  return type;
}

std::optional<HolderPath> path_to(Node type, Node part) {
  HolderPath path;
  for (uint32_t depth = 0; depth < MostSteps && type; ++depth) {
    if (type == part) return path;
    HolderStep step;
    if (type.is("tuple_type")) {
      step.kind = Kind::Tuple;
      const std::vector<Node> parts = tuple_types(type);
      while (step.index < parts.size() && !parts[step.index].contains(part)) ++step.index;
    } else if (syntax::last_name(type) == "Option") {
      step.kind = Kind::Inside;
    } else if (!type.is("array_type") && !is_collection(syntax::last_name(type))) {
      return std::nullopt;
    }
    path.push_back(step);
    type = type_at(type, step);
    if (!type.contains(part)) return std::nullopt;
  }
  return std::nullopt;
}

base::Edit pinned_box_type(Node type, const std::string& pin) {
  const std::string text(type.text());
  const bool is_box = syntax::last_name(type) == "Box" && type.is("generic_type");
  return {type.span(), pin + (is_box ? "<" + text + ">" : "<Box<" + text + ">>")};
}

}  // namespace jaa::rewrite
