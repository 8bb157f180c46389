#include "rewrite/box_future.h"

#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

void box_value(const syntax::Tree& tree, const base::Span& place, const std::string& type,
               EditList& edits) {
  const std::string end = type.empty() ? ")" : ") as " + type;
  const std::string_view text = tree.text().substr(place.begin, place.end - place.begin);
  const Node node = tree.node_at(place);
  Node value = node;
  while (value.parent().span() == place) value = value.parent();
  const bool is_body = value.parent().is("closure_expression") &&
                       text.find('\n') != std::string_view::npos && !value.parent().has_child("->");
  if (!is_body) {
    edits.insert(place.begin, "Box::pin(");
    edits.insert(place.end, end);
    return;
  }
  const std::string line = std::string(edits.layout().line_end) +
                           std::string(syntax::indentation(tree.text(), place.end));
  const std::string& indent = edits.layout().indent;
  edits.insert(place.begin, "{" + line + indent + "Box::pin(");
  for (const uint32_t at : syntax::movable_lines(tree, place)) edits.indent(at);
  edits.insert(place.end, end + line + "}");
}

void pin_box(Node call, EditList& edits) {
  const Node function = call.field("function");
  const Node name = function.is("generic_function") ? function.field("function").field("name")
                                                    : function.field("name");
  if (name) edits.replace(name, "pin");
}

void box_result_of(Node call, Node callee, EditList& edits) {
  const std::vector<Node> arguments = call.field("arguments").named_children();
  if (arguments.size() != 1) return;
  std::string names;
  size_t number = 0;
  for (const Node& parameter : callee.field("parameters").named_children()) {
    if (!parameter.is_any({"parameter", "self_parameter"})) continue;
    Node pattern = parameter.field("pattern");
    ++number;
    const std::string name = pattern.is("identifier") ? std::string(pattern.text())
                             : parameter.is("self_parameter")
                                 ? std::string("this")
                                 : "argument_" + std::to_string(number);
    names += (names.empty() ? "" : ", ") + name;
  }
  edits.insert(arguments.front().begin(), "|" + names + "| Box::pin(");
  edits.insert(arguments.front().end(), "(" + names + "))");
}

std::string boxed_future_type(Node place, bool is_send, std::string_view edition,
                              ImportEdits& imports) {
  const std::string pin = imports.name_at(place, "std::pin::Pin");
  const std::string future =
      edition >= "2024" ? "Future" : imports.name_at(place, "std::future::Future");
  return pin + "<Box<dyn " + future + "<Output = _>" + (is_send ? " + Send" : "") + ">>";
}

}  // namespace jaa::rewrite
