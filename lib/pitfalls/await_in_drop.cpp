// Reports an `await` in `Drop::drop`, and an `async fn drop`.
//
// Detected by rustc: E0728 for the await, E0053 for the async function, whose future
// nobody would wait for. Syntax tells the `impl Drop`. All of one `impl` is one cause.
// The remedy is a method that the owner calls and awaits before the value goes out of
// scope; where the owners are not plain variables of async functions, that is for a person.
#include <algorithm>
#include <map>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/dropped_values.h"
#include "pitfalls/pin_home.h"
#include "pitfalls/send_report.h"
#include "rewrite/evaluation.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using syntax::Node;

namespace {

struct AsyncDrop {
  Node function;
  std::vector<uint32_t> errors;
  std::vector<Node> places;
};

std::vector<AsyncDrop> async_drops(const flow::Facts& facts) {
  std::vector<AsyncDrop> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const bool may_be =
        error.is_error() && (error.code == "E0728" || error.code == "E0053" || error.code.empty());
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node =
          may_be && span.is_primary && !span.is_from_macro() ? facts.node_at(span) : Node();
      // An await in a closure or block of its own is another matter.
      Node function =
          syntax::enclosing(node, {"function_item", "closure_expression", "async_block"});
      const bool is_drop = function.is("function_item") &&
                           function.field("name").text() == "drop" &&
                           syntax::last_name(syntax::impl_of(function).field("trait")) == "Drop" &&
                           (error.code == "E0728") != syntax::is_async_function(function);
      if (!is_drop) {
        continue;
      }
      const auto same =
          std::find_if(result.begin(), result.end(),
                       [&function](const AsyncDrop& one) { return one.function == function; });
      AsyncDrop& drop = same == result.end() ? result.emplace_back() : *same;
      drop.function = function;
      drop.errors.push_back(index);
      drop.places.push_back(error.code == "E0728" ? node : function.field("name"));
    }
  }
  return result;
}

// `self.flush().await;` as all that the body does: the method, else none.
Node only_method(Node function) {
  const std::vector<Node> all = syntax::statements(function.field("body"));
  Node only = all.size() == 1 ? all.front() : Node();
  if (only.is("expression_statement") && !only.parts().empty()) {
    only = only.parts().front();
  }
  const Node call =
      only.is("await_expression") && !only.parts().empty() ? only.parts().front() : Node();
  const Node method = rewrite::method_name(call);
  return method && rewrite::chain_receiver(call).is("self") && !rewrite::has_arguments(call)
             ? method
             : Node();
}

// A name that no method of the type has, and no trait of the workspace.
std::string free_name(const flow::Facts& facts, std::string_view type) {
  for (const char* const name : {"close", "finish", "shut_down", "close_async"}) {
    const auto& functions = facts.items().functions(name);
    const bool is_taken = std::any_of(functions.begin(), functions.end(), [&](const Node& one) {
      return syntax::trait_of(one) || syntax::last_name(syntax::impl_of(one).field("type")) == type;
    });
    if (!is_taken) {
      return name;
    }
  }
  return {};
}

Node item_named(const flow::Facts& facts, std::string_view name) {
  const auto& items = facts.items().structs(name);
  return items.size() == 1 ? items.front() : Node();
}

class Closing {
 public:
  Closing(const flow::Facts& facts, const AsyncDrop& drop, Node item)
      : facts_(facts), drop_(drop), item_(item), values_(dropped_values(facts, item)) {}

  [[nodiscard]] bool is_everywhere() const { return values_.elsewhere.empty() && !has_missed_; }
  [[nodiscard]] const DroppedValues& values() const { return values_; }

  // The owners call `method`, which the type has.
  base::FixIt call_existing(Node method) {
    base::FixIt fix = start("await_helper");
    const std::string name(method.text());
    const bool takes_self = mutates(name);
    fix.title = "await `" + name + "` where the value's scope ends, instead of in `Drop`";
    fix.edits = owners(name, takes_self);
    if (!fix.edits.empty()) {
      const Node impl = syntax::impl_of(drop_.function);
      fix.edits.push_back(without_impl(impl));
    }
    return finish(std::move(fix));
  }

  // `drop` becomes `async fn close(self)`, which the owners call.
  base::FixIt call_new(const std::string& name, const std::string& receiver) {
    base::FixIt fix = start("close_method");
    fix.title = "an `async fn " + name + "`, awaited where the value's scope ends";
    fix.edits = owners(name, receiver == "&mut self");
    if (!fix.edits.empty()) {
      for (base::Edit& edit : method_from_drop(name, receiver)) {
        fix.edits.push_back(std::move(edit));
      }
    }
    return finish(std::move(fix));
  }

 private:
  base::FixIt start(std::string name) {
    base::FixIt fix;
    fix.name = std::move(name);
    has_missed_ = false;
    return fix;
  }

  base::FixIt finish(base::FixIt fix) const {
    fix.keeps_meaning = is_everywhere();
    fix.trade_off = fix.keeps_meaning
                        ? "not run when the future is dropped before its end, or panics"
                        : "some values are dropped where nothing calls it";
    return fix;
  }

  // A method of that name takes `&mut self`.
  bool mutates(const std::string& name) const {
    for (const Node& function : facts_.items().functions(name)) {
      if (syntax::last_name(syntax::impl_of(function).field("type")) ==
          item_.field("name").text()) {
        return function.field("parameters").text().starts_with("(&mut self");
      }
    }
    return false;
  }

  std::vector<base::Edit> owners(const std::string& method, bool needs_mut) {
    std::vector<base::Edit> edits;
    for (const OwningBody& body : values_.bodies) {
      std::vector<rewrite::OwnedValue> values = body.values;
      for (rewrite::OwnedValue& value : values) {
        value.call = call_on(value, method, needs_mut);
      }
      const syntax::Tree& tree = facts_.tree(body.body.span().file);
      rewrite::ScopeEnds ends = rewrite::run_at_ends(tree, body.body, values, [this](Node mention) {
        return is_taken_over(facts_, item_, mention);
      });
      has_missed_ = has_missed_ || !ends.missed.empty();
      for (base::Edit& edit : ends.edits) {
        edits.push_back(std::move(edit));
      }
      for (const rewrite::OwnedValue& value : values) {
        if (needs_mut && !value.is_optional && !is_mut(value) && !ends.edits.empty()) {
          edits.push_back(
              {{value.name.span().file, value.name.begin(), value.name.begin()}, "mut "});
        }
      }
    }
    return edits;
  }

  static std::string call_on(const rewrite::OwnedValue& value, const std::string& method,
                             bool needs_mut) {
    const std::string name(value.name.text());
    if (!value.is_optional) {
      return name + "." + method + "().await";
    }
    return std::string("if let Some(") + (needs_mut ? "mut " : "") + "value) = " + name +
           " { value." + method + "().await }";
  }

  static bool is_mut(const rewrite::OwnedValue& value) {
    for (const syntax::Binding& each : syntax::bindings(value.since.field("pattern"))) {
      if (each.name == value.name && each.is_mut) {
        return true;
      }
    }
    return value.since.has_child("mutable_specifier");
  }

  base::Edit without_impl(Node impl) const {
    const std::string_view text = facts_.files().text(impl.span().file);
    const syntax::Tree& tree = facts_.tree(impl.span().file);
    const std::vector<Node> above = syntax::comments_above(tree, impl);
    uint32_t begin = above.empty() ? impl.begin() : above.front().begin();
    begin = syntax::line_start(text, begin);
    uint32_t end = impl.end();
    // One of the empty lines around it goes as well.
    const auto skip_line = [&text](uint32_t at) {
      while (at < text.size() && (text[at] == ' ' || text[at] == '\r')) {
        ++at;
      }
      return at < text.size() && text[at] == '\n' ? at + 1 : at;
    };
    end = skip_line(end);
    const uint32_t next = skip_line(end);
    if (syntax::ends_line(text, end)) {
      end = next;
    }
    return {{impl.span().file, begin, end}, ""};
  }

  std::vector<base::Edit> method_from_drop(const std::string& name, const std::string& receiver) {
    std::vector<base::Edit> edits;
    const Node impl = syntax::impl_of(drop_.function);
    const base::FileId file = impl.span().file;
    edits.push_back({{file, impl.field("trait").begin(), impl.field("type").begin()}, ""});
    const Node own = drop_.function.field("name");
    const std::string visibility = visibility_of_method();
    const std::string head =
        visibility + (syntax::is_async_function(drop_.function) ? "" : "async ");
    if (!head.empty()) {
      edits.push_back({{file, drop_.function.begin(), drop_.function.begin()}, head});
    }
    edits.push_back({own.span(), name});
    for (const Node& part : drop_.function.field("parameters").named_children()) {
      if (part.is("self_parameter") && part.text() != receiver) {
        edits.push_back({part.span(), receiver});
      }
    }
    return edits;
  }

  // As wide as the type where it is called from another module.
  std::string visibility_of_method() const {
    const Node here = rewrite::import_scope(drop_.function);
    const bool is_near =
        std::all_of(values_.bodies.begin(), values_.bodies.end(),
                    [&here](const OwningBody& one) { return here.contains(one.body); });
    if (is_near) {
      return "";
    }
    for (const Node& part : item_.children()) {
      if (part.is("visibility_modifier")) {
        return std::string(part.text()) + " ";
      }
    }
    return "pub(crate) ";
  }

  const flow::Facts& facts_;
  const AsyncDrop& drop_;
  Node item_;
  DroppedValues values_;
  bool has_missed_ = false;
};

// Most that are shown of what somebody else drops.
constexpr size_t MostLabels = 3;

}  // namespace

void await_in_drop(const flow::Facts& facts, Sink& sink) {
  for (const AsyncDrop& drop : async_drops(facts)) {
    const Node impl = syntax::impl_of(drop.function);
    const std::string type(syntax::last_name(impl.field("type")));
    auto finding = sink.report(drop.places.front().span(), diag::await_in_drop{.type = type});
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t error : drop.errors) {
      finding.explains(error);
    }
    finding.label("nothing waits for this");
    if (drop.places.front() != drop.function.field("name")) {
      finding.label(drop.function.field("name").span(), "runs where the value's scope ends");
    }
    const Node item = item_named(facts, type);
    if (item && !syntax::is_in_macro(item)) {
      Closing closing(facts, drop, item);
      std::vector<base::FixIt> fixes;
      if (const Node method = only_method(drop.function)) {
        fixes.push_back(closing.call_existing(method));
      }
      const std::string name = free_name(facts, type);
      for (const char* const receiver : {"self", "mut self", "&mut self"}) {
        if (!name.empty()) {
          fixes.push_back(closing.call_new(name, receiver));
        }
      }
      std::erase_if(fixes, [](const base::FixIt& fix) { return fix.edits.empty(); });
      finding.fixes(std::move(fixes));
      const std::vector<Node>& elsewhere = closing.values().elsewhere;
      for (size_t index = 0; index < std::min(elsewhere.size(), MostLabels); ++index) {
        finding.label(elsewhere[index].span(), "such a value is dropped by others, too");
      }
    }
    finding.help(
        "an `async fn close(self)` that the owner awaits can do the same; a value in a field is "
        "closed by a `close` of the struct");
    finding.help(facts.package().depends_on("tokio")
                     ? "`Drop` can move what is left into `tokio::spawn(..)`; nobody learns when "
                       "or whether that is done"
                     : "`Drop` can pass what is left to a task of the runtime; nobody learns when "
                       "or whether that is done");
  }
}

}  // namespace jaa::pitfalls
