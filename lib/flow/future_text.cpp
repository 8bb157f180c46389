#include "flow/future_text.h"

#include <algorithm>
#include <array>

#include "llvm/ADT/StringRef.h"

#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

bool is_trait_of_futures(std::string_view quoted) {
  constexpr std::array Names{
      std::string_view("Send"),  std::string_view("Sync"),       std::string_view("Unpin"),
      std::string_view("Copy"),  std::string_view("Sized"),      std::string_view("Future"),
      std::string_view("Clone"), std::string_view("IntoFuture"), std::string_view("Stream")};
  return std::find(Names.begin(), Names.end(), quoted) != Names.end() ||
         quoted.find("FnOnce<") != std::string_view::npos ||
         quoted.find("FnMut<") != std::string_view::npos ||
         quoted.find("Fn<") != std::string_view::npos;
}

std::vector<std::string> quoted_texts(const rustc::Diagnostic& error) {
  std::vector<std::string> result = rustc::quoted_parts(error.message);
  const auto add = [&result](const std::string& text) {
    for (std::string& part : rustc::quoted_parts(text)) {
      result.push_back(std::move(part));
    }
  };
  for (const rustc::DiagnosticSpan& span : error.spans) {
    add(span.label);
    result.push_back(span.label);  // an operand's label is its bare type
  }
  for (const rustc::Diagnostic& child : error.children) {
    add(child.message);
  }
  return result;
}

bool names_future_trait(std::string_view quoted) {
  return quoted == "Future" || llvm::StringRef(quoted).ends_with("::Future");
}

bool mentions_future(Node type, const syntax::Items& items) {
  bool result = false;
  syntax::walk(type, [&](Node node) {
    if (node.is("type_identifier")) {
      const std::string_view name = node.text();
      result |= name == "Future" || name == "BoxFuture" || name == "LocalBoxFuture";
      for (const Node& alias : items.aliases(name)) {
        result |= syntax::is_mentioned(alias.field("type"), "Future");
      }
    }
    return result ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return result;
}

namespace {

// The expression that the variable at `use` was bound to, by a plain `let` before it.
Node value_of(Node use) {
  Node value;
  if (!use.is("identifier")) {
    return value;
  }
  syntax::walk(syntax::outermost_function(use), [&](Node node) {
    if (node.is("let_declaration") && node.end() <= use.begin() &&
        node.field("pattern").text() == use.text()) {
      value = node.field("value");
    }
    return syntax::Walk::Into;
  });
  return value;
}

}  // namespace

std::vector<base::Span> wanted_futures(const Facts& facts) {
  std::vector<base::Span> result;
  for (const rustc::Diagnostic& error : facts.diagnostics()) {
    const std::vector<std::string> quoted = quoted_texts(error);
    if (error.code != "E0277" || std::none_of(quoted.begin(), quoted.end(), names_future_trait)) {
      continue;
    }
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place =
          span.is_primary && !span.is_await() ? facts.names().visible_span(span) : std::nullopt;
      if (!place) {
        continue;
      }
      result.push_back(*place);
      // Of a variable, what it was made of.
      if (const Node value = value_of(facts.node_at(span))) {
        result.push_back(value.span());
      }
    }
  }
  return result;
}

bool is_future_type(std::string_view type, const syntax::Items& items) {
  llvm::StringRef text(type);
  while (text.consume_front("&") || text.consume_front("mut ")) {
  }
  if (text.starts_with("impl Future") || text.starts_with("impl std::future::Future") ||
      text.starts_with("impl core::future::Future") || text.starts_with("{async ")) {
    return true;
  }
  const bool is_boxed = text.starts_with("Pin<Box<") || text.starts_with("Box<") ||
                        text.starts_with("std::pin::Pin<");
  if (is_boxed) {
    return text.contains("dyn Future") || text.contains("dyn std::future::Future");
  }
  const llvm::StringRef path = text.take_until([](char c) { return c == '<'; });
  if (path.contains(' ')) {
    return false;  // a sentence, that may quote a type
  }
  const llvm::StringRef name = path.rsplit("::").second;
  const llvm::StringRef last = name.empty() ? path : name;
  constexpr std::array Known{"JoinHandle", "BoxFuture", "LocalBoxFuture"};
  if (std::find(Known.begin(), Known.end(), last) != Known.end()) {
    return true;
  }
  const auto& impls = items.impls("Future");
  return std::any_of(impls.begin(), impls.end(), [&last](const Node& impl) {
    return !last.empty() && syntax::last_name(impl.field("type")) == std::string_view(last);
  });
}

}  // namespace jaa::flow
