#include "pitfalls/owned_values.h"

#include <algorithm>

#include "flow/cloning.h"
#include "flow/overcapture.h"
#include "flow/type_sites.h"
#include "flow/type_text.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using flow::Cloning;
using syntax::Node;

constexpr const char* ArcPath = "std::sync::Arc";

bool is_owner(const flow::Escape& escape, Node binding) {
  return std::find(escape.owners.begin(), escape.owners.end(), binding) != escape.owners.end();
}

bool takes_from_owner(const flow::Escape& escape, Node binding) {
  if (escape.kind == flow::EscapeKind::Temporary) {
    return flow::is_derived(binding, escape.borrow);
  }
  return std::any_of(escape.owners.begin(), escape.owners.end(),
                     [&binding](const Node& owner) { return flow::is_derived(binding, owner); });
}

// What the function around says of the variable behind the task.
std::vector<Node> later_mentions(const flow::Task& task, const flow::Capture& capture) {
  std::vector<Node> mentions =
      syntax::mentions(syntax::outermost_function(task.future), capture.name);
  std::erase_if(mentions, [&](const Node& mention) {
    return mention.begin() < task.future.end() ||
           syntax::binding_of(capture.name, mention) != capture.binding;
  });
  return mentions;
}

// The variable is read again when the task has been made.
bool is_wanted_later(const flow::Task& task, const flow::Capture& capture) {
  return syntax::repeater_of(task.future, capture.binding) ||
         !later_mentions(task, capture).empty();
}

// The last statement that names the variable, where tasks have clones of it and more
// follows: from there on the function holds one without need. None where the variable is
// given away there, or where that cannot be told.
Node last_use_of(const flow::Task& task, const flow::Capture& capture) {
  const Node parameters = syntax::enclosing(capture.binding, {"parameters", "block"});
  const Node block = parameters.is("parameters") ? parameters.parent().field("body")
                                                 : syntax::enclosing_block(capture.binding);
  const std::vector<Node> statements = syntax::statements(block);
  Node last;
  for (const Node& statement : statements) {
    if (syntax::is_mentioned(statement, capture.name)) {
      last = statement;
    }
  }
  if (!last || last == statements.back() || last.contains(capture.binding)) {
    return {};
  }
  for (const Node& mention : syntax::mentions(last, capture.name)) {
    const bool is_read = mention.parent().is("field_expression") && !syntax::is_in_macro(mention);
    const bool is_in_task = task.future.contains(mention);
    if (syntax::binding_of(capture.name, mention) != capture.binding ||
        !(is_in_task || (is_read && !last.contains(task.future)))) {
      return {};
    }
  }
  return last.contains(task.future) && !syntax::repeater_of(task.future, capture.binding) ? Node()
                                                                                          : last;
}

std::string change_is_lost(const std::string& name) {
  return "what the task changes in `" + name + "` is not seen elsewhere";
}

std::string self_type(Node self) {
  const Node impl = syntax::impl_of(syntax::enclosing(self, {"function_item"}));
  return std::string(impl.field("type").text());
}

// `RateLimiter` -> `rate_limiter`, where that makes a good name for a local.
std::string name_for_self(Node self, rewrite::FreshNames& fresh) {
  const Node impl = syntax::impl_of(syntax::enclosing(self, {"function_item"}));
  const std::string_view type = syntax::last_name(impl.field("type"));
  std::string name;
  for (const char byte : type) {
    if (llvm::isUpper(byte) && !name.empty()) {
      name += '_';
    }
    name += llvm::toLower(byte);
  }
  constexpr size_t LongName = 16;
  return fresh.unused(name.empty() || name.size() > LongName ? "this" : name);
}

class Owner {
 public:
  Owner(const flow::Facts& facts, const flow::Escape& escape, const flow::Task& task,
        const flow::Capture& capture, Preference preference, rewrite::ImportEdits& imports)
      : facts_(facts),
        escape_(escape),
        task_(task),
        capture_(capture),
        preference_(preference),
        imports_(imports) {}

  std::optional<Ownership> own() {
    if (capture_.binding.is("self_parameter")) {
      return capture_.binding.text().starts_with("&") ? own_self()
                                                      : own_local(self_type(capture_.binding));
    }
    const std::string type = facts_.type_of(capture_.binding);
    if (std::find(escape_.lent.begin(), escape_.lent.end(), capture_.binding) !=
        escape_.lent.end()) {
      return own_reference(type);
    }
    // What was computed from the value, but is known to hold no reference to it.
    const bool is_plain = !type.empty() && type.find('&') == std::string::npos &&
                          flow::cloning_of(facts_.items(), type) != Cloning::Unknown;
    return is_plain || !takes_from_owner(escape_, capture_.binding) ? own_local(type)
                                                                    : own_reference(type);
  }

 private:
  [[nodiscard]] std::string arc_clone(const std::string& value) {
    return imports_.name_at(task_.future, ArcPath) + "::clone(" + value + ")";
  }

  // A variable of the function itself.
  std::optional<Ownership> own_local(const std::string& type) {
    Ownership result;
    const bool has_error = is_owner(escape_, capture_.binding);
    const bool takes_already = task_.future.has_child("move");
    if ((takes_already && !has_error) || !is_wanted_later(task_, capture_)) {
      return result;
    }
    Cloning cloning = flow::cloning_of(facts_.items(), type);
    if (type.empty()) {
      const Cloning likely =
          flow::cloning_of(facts_.items(), likely_type(facts_, capture_.binding));
      cloning = likely >= Cloning::SplitsState ? likely : cloning;
    }
    if (preference_ == Preference::Lock && cloning != Cloning::Shares && has_error &&
        is_changed_by_task()) {
      result.way = Ownership::Way::Lock;
      result.shared = capture_.binding;
      result.values = {{capture_.name, arc_clone("&" + capture_.name)}};
      return result;
    }
    if (cloning == Cloning::Copies) {
      if (!type.starts_with("&")) {
        note_lost_writes(task_, capture_, result);
      }
      return result;
    }
    std::string name = capture_.name;
    if (name == "self") {
      rewrite::FreshNames fresh(task_.future);
      name = name_for_self(capture_.binding, fresh);
      rename_all(name, result);
    }
    if (name == capture_.name && flow::tells_its_end(facts_.items(), type)) {
      result.last_use = last_use_of(task_, capture_);
    }
    if (cloning >= Cloning::SplitsState ||
        (preference_ == Preference::Share && cloning > Cloning::Shares)) {
      result.way = Ownership::Way::Share;
      result.shared = capture_.binding;
      result.values = {{name, arc_clone("&" + capture_.name)}};
      return name == capture_.name ? std::optional(result) : std::nullopt;
    }
    result.way = Ownership::Way::Clone;
    result.values = {{name, clone_text(task_.future, type, capture_.name),
                      rewrite::change_of(capture_.name, task_.future) == rewrite::Change::Yes}};
    note_lost_writes(task_, capture_, result);
    for (const Node& mention : capture_.mentions) {
      if (cloning != Cloning::Shares && is_changed_by_callee(facts_, mention)) {
        result.keeps_meaning = false;
        result.trade_off = change_is_lost(capture_.name);
      }
    }
    return result;
  }

  [[nodiscard]] bool is_changed_by_task() const {
    const rewrite::Change change = rewrite::change_of(capture_.name, task_.future);
    return is_mutable(capture_.binding) && change != rewrite::Change::No &&
           !task_.future.is("call_expression");
  }

  // A variable that holds a reference, or something with a reference in it.
  std::optional<Ownership> own_reference(const std::string& written) {
    Ownership result;
    result.way = Ownership::Way::Clone;
    const std::string& name = capture_.name;
    const std::string type = flow::short_type_text(written);
    if (type == "Option<&str>" || type.starts_with("Option<&")) {
      if (type.find('&', type.find('&') + 1) != std::string::npos ||
          type.find("&mut") != std::string::npos) {
        return std::nullopt;
      }
      const bool is_text = type == "Option<&str>";
      result.values = {{name, name + (is_text ? ".map(str::to_owned)" : ".cloned()")}};
      const std::string view = name + (is_text ? ".as_deref()" : ".as_ref()");
      result.needs_view = !task_.future.is("call_expression");
      result.views = {"let " + name + " = " + view + ";"};
      for (const Node& mention : capture_.mentions) {
        result.renamed.emplace_back(mention.span(), view);
      }
      return result;
    }
    const auto pointee = without_references(type);
    if (!pointee || (pointee->second == 0 && !type.empty()) ||
        pointee->first.find('&') != std::string::npos) {
      return std::nullopt;
    }
    const auto& [inner, count] = *pointee;
    std::string value = name + ".clone()";
    std::string view = "&" + name;
    Cloning cloning = flow::cloning_of(facts_.items(), inner);
    if (inner == "str") {
      value = name + (count == 1 ? ".to_owned()" : ".to_string()");
      view = name + ".as_str()";
    } else if (inner.starts_with("[") && inner.find(';') == std::string::npos) {
      value = name + ".to_vec()";
      view = name + ".as_slice()";
    } else if (inner == "Path") {
      value = name + ".to_path_buf()";
      view = name + ".as_path()";
    } else if (inner == "OsStr") {
      value = name + ".to_os_string()";
      view = name + ".as_os_str()";
    } else if (cloning == Cloning::Copies) {
      value = std::string(static_cast<size_t>(count), '*') + name;
    } else if (cloning == Cloning::Shares && inner.starts_with("Arc<")) {
      value = count == 1
                  ? arc_clone(name)
                  : "(" + std::string(static_cast<size_t>(count - 1), '*') + name + ").clone()";
    } else if (cloning >= Cloning::SplitsState || preference_ == Preference::Share) {
      if (preference_ != Preference::Share) {
        if (auto fields = own_fields(facts_, task_, capture_)) {
          return fields;
        }
      }
      if (count != 1 || !capture_.binding.parent().is("parameter") || inner.starts_with("dyn ") ||
          inner.starts_with("impl ")) {
        return std::nullopt;
      }
      result.way = Ownership::Way::Share;
      result.shared = capture_.binding;
      value = arc_clone(name);
    } else if (count > 1) {
      value = "(" + std::string(static_cast<size_t>(count - 1), '*') + name + ").clone()";
    }
    result.values = {{name, value}};
    const std::string core = count > 1 && view == "&" + name
                                 ? std::string(static_cast<size_t>(count), '&') + name
                                 : view;
    result.views = {"let " + name + " = " + core + ";"};
    const bool derefs = inner != "str" && !inner.starts_with("[") && inner != "Path";
    for (const Node& mention : capture_.mentions) {
      if (auto renamed = rewrite::as_reference(mention, derefs)) {
        result.renamed.push_back(std::move(*renamed));
      }
    }
    return result;
  }

  void rename_all(const std::string& name, Ownership& result) const {
    for (const Node& mention : capture_.mentions) {
      result.renamed.emplace_back(mention.span(), name);
    }
    result.renamed_with_views = result.renamed;
  }

  std::optional<Ownership> own_self() {
    if (preference_ != Preference::Share) {
      if (auto fields = own_fields(facts_, task_, capture_)) {
        return fields;
      }
    }
    Ownership result;
    rewrite::FreshNames fresh(task_.future);
    const std::string name = name_for_self(capture_.binding, fresh);
    rename_all(name, result);
    const Cloning cloning = flow::cloning_of(facts_.items(), self_type(capture_.binding));
    if (preference_ != Preference::Share && cloning < Cloning::SplitsState) {
      result.way = Ownership::Way::Clone;
      result.values = {{name, "self.clone()"}};
      note_lost_writes(task_, capture_, result);
      return result;
    }
    result.way = Ownership::Way::Share;
    result.shared = capture_.binding;
    result.values = {{name, arc_clone("self")}};
    return result;
  }

  const flow::Facts& facts_;
  const flow::Escape& escape_;
  const flow::Task& task_;
  const flow::Capture& capture_;
  Preference preference_;
  rewrite::ImportEdits& imports_;
};

}  // namespace

std::string likely_type(const flow::Facts& facts, Node binding) {
  std::string type = binding ? facts.type_of(binding) : std::string();
  if (!type.empty() || !binding) {
    return type;
  }
  const Node value = flow::origin_of(binding).value;
  const Node maker =
      value.is("struct_expression") ? value.field("name") : value.field("function").field("path");
  return maker ? std::string(maker.text()) + "<" : std::string();
}

bool is_mutable(Node binding) {
  return binding.parent().is("mut_pattern") || binding.previous().is("mutable_specifier") ||
         (binding.is("self_parameter") && binding.has_child("mutable_specifier"));
}

namespace {

// The function changes the variable when the task has been made. In a loop around both, each
// task has the value of its round.
bool is_changed_meanwhile(const flow::Task& task, const flow::Capture& capture) {
  if (syntax::repeater_of(task.future, capture.binding)) {
    return false;
  }
  const std::vector<Node> later = later_mentions(task, capture);
  return std::any_of(later.begin(), later.end(), [](const Node& mention) {
    return rewrite::change_at(mention) == rewrite::Change::Yes;
  });
}

bool is_mut_parameter(Node parameter) {
  const Node pattern = parameter.is("self_parameter") ? parameter : parameter.field("pattern");
  return !pattern.text().starts_with("&") &&
         (pattern.is("mut_pattern") || parameter.has_child("mutable_specifier"));
}

}  // namespace

bool is_changed_by_callee(const flow::Facts& facts, Node place) {
  const Node call = syntax::enclosing(place, {"call_expression"});
  const bool is_given = place.parent().is("arguments") || rewrite::chain_receiver(call) == place;
  const syntax::Items::List& functions = facts.items().functions(syntax::called_name(call));
  return is_given && std::any_of(functions.begin(), functions.end(), [&](const Node& function) {
           const auto index =
               static_cast<size_t>(flow::parameter_of_argument(call, function, place));
           const std::vector<Node> parameters = function.field("parameters").parts();
           return index < parameters.size() && is_mut_parameter(parameters[index]);
         });
}

void note_lost_writes(const flow::Task& task, const flow::Capture& capture, Ownership& ownership) {
  if (is_changed_meanwhile(task, capture)) {
    ownership.keeps_meaning = false;
    ownership.trade_off = "what is changed in `" + capture.name + "` later the task does not see";
  }
  const rewrite::Change change = rewrite::change_of(capture.name, task.future);
  if (change == rewrite::Change::Yes ||
      (change == rewrite::Change::Maybe && is_mutable(capture.binding))) {
    ownership.keeps_meaning = false;
    ownership.trade_off = change_is_lost(capture.name);
  }
}

std::optional<std::pair<std::string, int>> without_references(llvm::StringRef type) {
  int count = 0;
  while (type.consume_front("&")) {
    ++count;
    type = type.ltrim();
    if (type.starts_with("'")) {
      type = type.drop_until([](char byte) { return byte == ' '; }).ltrim();
    }
    if (type.starts_with("mut ")) {
      return std::nullopt;
    }
  }
  return std::pair(type.str(), count);
}

std::string clone_text(Node place, llvm::StringRef type, const std::string& name) {
  const bool is_arc = flow::short_type_text(type).starts_with("Arc<");
  const std::vector<rewrite::Import> imports = rewrite::imports_of(rewrite::import_scope(place));
  const bool has_arc =
      std::any_of(imports.begin(), imports.end(),
                  [](const rewrite::Import& import) { return import.name.text() == "Arc"; });
  return is_arc && has_arc ? "Arc::clone(&" + name + ")" : name + ".clone()";
}

std::optional<Ownership> own_value(const flow::Facts& facts, const flow::Escape& escape,
                                   const flow::Task& task, const flow::Capture& capture,
                                   Preference preference, rewrite::ImportEdits& imports) {
  return Owner(facts, escape, task, capture, preference, imports).own();
}

}  // namespace jaa::pitfalls
