#include "rewrite/pinned_receiver.h"

#include <string>

#include "rewrite/edit_list.h"
#include "rewrite/naming.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// The `self` of a path, `self::tick`, is a module.
bool is_value(Node token) {
  return !token.parent().is_any({"scoped_identifier", "use_declaration", "visibility_modifier"});
}

}  // namespace

std::vector<base::Edit> pin_receiver(const syntax::Tree& tree, Node method, PinnedForm form,
                                     ImportEdits& imports) {
  const std::vector<Node> parameters = method.field("parameters").named_children();
  const std::vector<Node> statements = syntax::statements(method.field("body"));
  if (parameters.empty() || !parameters.front().is("self_parameter") || statements.empty() ||
      method.has_error() || syntax::is_in_macro(method))
    return {};
  EditList edits(tree);
  const std::string pin = imports.import(method, "std::pin::Pin");
  edits.replace(parameters.front(), std::string(form == PinnedForm::Changed ? "mut " : "") +
                                        "self: " + pin + "<&mut Self>");
  if (form == PinnedForm::Plain) {
    const std::string name = FreshNames(method).unused("this");
    for (const Node& token : syntax::mentions(method.field("body"), "self"))
      if (is_value(token)) edits.replace(token, name);
    edits.insert_before(statements.front(), "let " + name + " = self.get_mut();");
  }
  return edits.take();
}

}  // namespace jaa::rewrite
