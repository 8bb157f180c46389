// The item that goes through a chain, and what its closures make of it.
#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/chain_loop.h"
#include "rewrite/evaluation.h"
#include "rewrite/text_shape.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

constexpr size_t LetElseWidth = 50;  // that rustfmt leaves in one line

std::string singular(Node source) {
  std::string name;
  for (Node at = source; at && name.empty(); at = chain_receiver(at)) {
    if (at.is_any({"identifier", "self"})) name = std::string(at.text());
    if (at.is("field_expression")) name = std::string(at.field("field").text());
    if (!chain_receiver(at) && at.is("reference_expression")) {
      at = at.field("value");
      if (at.is("identifier")) name = std::string(at.text());
    }
  }
  if (name.size() > 4 && name.ends_with("ies")) return name.substr(0, name.size() - 3) + "y";
  if (name.size() > 2 && name.ends_with('s') && !name.ends_with("ss"))
    return name.substr(0, name.size() - 1);
  return "item";
}

}  // namespace

bool changes_own_copy(const ClosureParts& parts) {
  if (!parts.is_move) return false;
  llvm::StringSet<> own;
  for (const Node& pattern : parts.patterns)
    for (const syntax::Binding& binding : syntax::bindings(pattern))
      own.insert(binding.name.text());
  const llvm::StringSet<> names = syntax::names(parts.body);
  for (const auto& name : names)
    if (!own.contains(name.getKey()) && change_of(name.getKey().str(), parts.body) == Change::Yes)
      return true;
  return false;
}

void ChainLoop::set(std::string value, bool is_named) {
  value_ = std::move(value);
  is_named_ = is_named;
}

std::string ChainLoop::named(const std::string& wish) {
  if (is_named_) return value_;
  const std::string name =
      wish.empty() ? names_.unused(pattern_.empty() ? singular(chain_.receiver(first_)) : "value")
                   : wish;
  if (pattern_.empty()) {
    pattern_ = name;
  } else {
    body_.line("let " + name + " = " + value_ + ";");
  }
  bound_.insert(name);
  set(name, true);
  return name;
}

bool ChainLoop::bind(Node pattern) {
  const std::string text = pattern_text(pattern);
  if (pattern.is("_") && !pattern_.empty()) {
    // It lives as long as the closure runs.
    if (!is_named_ && !value_.empty()) {
      const std::string name = names_.unused("_value");
      body_.line("let " + name + " = " + value_ + ";");
      set(name, true);
    }
    return true;
  }
  const bool is_name = pattern.is("identifier");
  for (const syntax::Binding& binding : syntax::bindings(pattern))
    bound_.insert(binding.name.text());
  if (pattern_.empty()) {
    pattern_ = text;
  } else if (text != value_) {
    const auto pair = split_pair(value_);
    const std::vector<Node> parts = pattern.parts();
    if (pair && pattern.is("tuple_pattern") && parts.size() == 2) {
      // `let (a, b) = (x, y);` is two declarations.
      if (syntax::is_mentioned(parts[0], pair->second)) return false;
      if (pair->first != parts[0].text())
        body_.line("let " + std::string(parts[0].text()) + " = " + pair->first + ";");
      if (pair->second != parts[1].text())
        body_.line("let " + std::string(parts[1].text()) + " = " + pair->second + ";");
    } else {
      body_.line("let " + text + " = " + value_ + ";");
    }
  }
  set(is_name ? text : "", is_name);
  return true;
}

// A closure further on names `name` and does not mean its own parameter.
bool ChainLoop::is_wanted_later(std::string_view name) const {
  for (size_t index = current_ + 1; index < chain_.calls.size(); ++index)
    for (const Node& argument : chain_.calls[index].arguments) {
      bool is_own = false;
      for (const Node& pattern : closure_parts(argument).patterns)
        for (const syntax::Binding& binding : syntax::bindings(pattern))
          is_own |= binding.name.text() == name;
      if (!is_own && syntax::is_mentioned(argument, name)) return true;
    }
  return false;
}

// The loop's items are references, and so can be passed on as they are.
bool ChainLoop::has_reference_items() const {
  for (Node at = chain_.receiver(first_); method_name(at); at = chain_receiver(at)) {
    const std::string_view name = method_name(at).text();
    if (name == "iter" || name == "keys" || name == "values") return true;
    const bool keeps = llvm::StringSwitch<bool>(name)
                           .Cases("skip", "take", "rev", "filter", "step_by", "inspect", true)
                           .Default(false);
    if (!keeps) return false;
  }
  return false;
}

bool ChainLoop::is_free(Node argument) const {
  llvm::StringSet<> own;
  for (const Node& pattern : closure_parts(argument).patterns)
    for (const syntax::Binding& binding : syntax::bindings(pattern))
      own.insert(binding.name.text());
  bool result = true;
  syntax::for_each_name(argument, [&](std::string_view name, Node token) {
    if (token.is("type_identifier")) return;
    result = result && (own.contains(name) || !bound_.contains(name));
  });
  return result;
}

std::optional<std::string> ChainLoop::apply(Node argument, Take take, const ApplyOptions& options) {
  if (!is_free(argument)) return std::nullopt;
  if (argument.is_any({"identifier", "scoped_identifier", "generic_function"})) {
    std::string item = take == Take::Reference ? "&" + named() : is_named_ ? value_ : named();
    return called(argument, item);
  }
  const ClosureParts parts = closure_parts(argument);
  if (parts.patterns.size() != 1 || !parts.body) return std::nullopt;
  if (changes_own_copy(parts)) return std::nullopt;
  const Node pattern = parts.patterns.front();
  std::vector<base::Edit> edits;
  if (take == Take::Value) {
    const std::string own(pattern.text());
    if (pattern.is("identifier") && is_wanted_later(own)) {
      // Another variable of that name is used further on.
      const std::string other = named();
      auto spelled = renamed(parts.body, own, other);
      if (!spelled) return std::nullopt;
      edits = std::move(*spelled);
    } else if (!bind(pattern)) {
      return std::nullopt;
    }
  } else {
    const std::string name(pattern.text());
    const bool is_plain = pattern.is("identifier");
    const std::string item = is_named_ ? value_ : name;
    const bool is_reference = !is_named_ && pattern_.empty() && has_reference_items();
    const auto passes = [&](Node passed) {
      return is_reference && is_reference_parameter(passed, items_);
    };
    auto direct = is_plain ? without_reference(parts.body, name, item, passes) : std::nullopt;
    if (direct) {
      named(name);
      edits = std::move(*direct);
    } else if (pattern.is("reference_pattern")) {
      // `|&x|` is by value what the reference points at, which is then `Copy`.
      const Node inner = pattern.parts().back();
      if (pattern_.empty() && inner.is("identifier")) {
        named(std::string(inner.text()));
      } else {
        const std::string from = named();
        if (from != inner.text())
          body_.line("let " + std::string(inner.text()) + " = " + from + ";");
      }
    } else if (pattern.is("_")) {
      const bool is_counted = current_ + 1 == sink_ && sink_ < chain_.calls.size() &&
                              chain_.calls[sink_].name == "count";
      named(is_counted ? names_.unused("_item") : "");
    } else {
      const std::string from = named();
      for (const syntax::Binding& binding : syntax::bindings(pattern))
        if (binding.name.text() == from) return std::nullopt;
      body_.line("let " + pattern_text(pattern) + " = &" + from + ";");
    }
    for (const syntax::Binding& binding : syntax::bindings(pattern))
      bound_.insert(binding.name.text());
  }
  for (const Node& part : parts_)
    if (argument.contains(part))
      edits.push_back({{tree_.file(), part.end(), part.end()}, ".await"});
  InlineOptions inlined;
  inlined.is_awaited = std::find(futures_.begin(), futures_.end(), argument) != futures_.end();
  inlined.on_return = options.on_return;
  inlined.on_none = options.on_none;
  inlined.on_success = options.on_success;
  inlined.may_leave = options.may_leave;
  llvm::StringSet<> taken = bound_;
  for (const syntax::Binding& binding : syntax::bindings(pattern)) taken.erase(binding.name.text());
  inlined.bound = &taken;
  std::string value = inline_body(tree_, argument, std::move(edits), inlined, body_);
  for (const Node& statement : syntax::statements(parts.body))
    for (const syntax::Binding& binding : syntax::bindings(statement.field("pattern")))
      bound_.insert(binding.name.text());
  return value;
}

std::string ChainLoop::condition(std::string value, bool is_negated) {
  if (is_several_lines(value)) {
    const std::string name = names_.unused("matches");
    body_.line("let " + name + " = " + value + ";");
    value = name;
  }
  return is_negated ? negated(std::move(value)) : value;
}

void ChainLoop::let_else(const std::string& pattern, const std::string& value,
                         const std::string& otherwise) {
  const std::string line = "let " + pattern + " = " + value + " else {";
  if (line.size() + otherwise.size() + 4 <= LetElseWidth) {
    body_.line(line + " " + otherwise + " };");
    return;
  }
  body_.open(line);
  body_.line(otherwise + ";");
  body_.close("};");
}

// The name that the closure behind this stage has for the item.
std::string ChainLoop::next_name(size_t index, const std::string& otherwise) {
  if (index + 1 < chain_.calls.size())
    for (const Node& argument : chain_.calls[index + 1].arguments) {
      const std::vector<Node> patterns = closure_parts(argument).patterns;
      if (!patterns.empty() && patterns.back().is("identifier") &&
          !bound_.contains(patterns.back().text()))
        return std::string(patterns.back().text());
    }
  return names_.unused(otherwise);
}

std::string ChainLoop::index_wish(size_t index) {
  if (index + 1 < chain_.calls.size() && !chain_.calls[index + 1].arguments.empty()) {
    const auto patterns = closure_parts(chain_.calls[index + 1].arguments[0]).patterns;
    const std::vector<Node> parts = patterns.size() == 1 && patterns[0].is("tuple_pattern")
                                        ? patterns[0].parts()
                                        : std::vector<Node>();
    if (parts.size() == 2 && parts[0].is("identifier") && !bound_.contains(parts[0].text()))
      return std::string(parts[0].text());
  }
  return names_.unused("index");
}

void ChainLoop::open(std::string head) {
  body_.open(std::move(head));
  ++open_;
}

void ChainLoop::named_if_empty() {
  if (value_.empty()) named();
}

std::string ChainLoop::break_word() {
  if (loops_ > 1) needs_label_ = true;
  return loops_ > 1 ? "break 'items" : "break";
}

}  // namespace jaa::rewrite
