#include "rewrite/chain_to_loop.h"

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

constexpr size_t LineWidth = 100;
constexpr size_t ChainWidth = 60;  // that rustfmt leaves in one line

// Methods that take an item and hand on one, or none, or several.
bool is_stage(const ChainCall& call) {
  const size_t arguments = llvm::StringSwitch<size_t>(call.name)
                               .Cases("map", "filter", "filter_map", "flat_map", "inspect", 1)
                               .Cases("take_while", "skip_while", "map_while", 1)
                               .Cases("take", "skip", "zip", 1)
                               .Cases("enumerate", "flatten", "cloned", "copied", "rev", "fuse", 0)
                               .Default(99);
  return call.arguments.size() == arguments;
}

// Its closure gives the item a name.
bool binds_item(const ChainCall& call) {
  const bool counts =
      llvm::StringSwitch<bool>(call.name).Cases("take", "skip", "zip", true).Default(false);
  return !call.arguments.empty() && !counts;
}

bool is_sink(const ChainCall& call) {
  const size_t arguments =
      llvm::StringSwitch<size_t>(call.name)
          .Cases("collect", "sum", "product", "count", "last", "next", "unzip", 0)
          .Cases("max", "min", 0)
          .Cases("for_each", "try_for_each", "any", "all", "find", "find_map", "position", 1)
          .Cases("max_by_key", "min_by_key", "max_by", "min_by", "partition", "reduce", 1)
          .Cases("fold", "try_fold", 2)
          .Default(99);
  return call.arguments.size() == arguments;
}

}  // namespace

ChainLoop::ChainLoop(const ChainRequest& request, Chain chain, size_t first, ChainGuess guess)
    : tree_(*request.tree),
      items_(*request.items),
      futures_(request.futures),
      parts_(request.parts),
      chain_(std::move(chain)),
      first_(first),
      guess_(guess),
      names_(request.source ? request.source : request.first) {
  if (request.source) {
    awaited_ = awaited_source(tree_, request.source, request.source_type, names_);
    has_unknown_source_ = !awaited_;
    source_item_ = type_argument(request.next.field("return_type"), 0);
    if (awaited_) kept_source_ = awaited_->name;
  }
}

// A `for` makes it an iterator itself.
bool ChainLoop::is_implied(Node source, bool is_loop) const {
  return is_loop && source_suffix_.empty() && method_name(source).text() == "into_iter" &&
         !has_arguments(source);
}

// The iterator that the loop runs over: one line where it fits.
std::string ChainLoop::source_text(bool is_loop) const {
  Node source = chain_.receiver(first_);
  std::string suffix = source_suffix_;
  const bool is_plain = is_loop && suffix.empty();
  if (is_implied(source, is_loop)) source = chain_receiver(source);
  const bool stands_alone = is_plain || (suffix.empty() && !kept_source_.empty());
  if (stands_alone && source.is("parenthesized_expression") && source.parts().size() == 1 &&
      source.parts().front().is("range_expression"))
    source = source.parts().front();
  const std::string text = piece(tree_, source.span());
  if (!is_several_lines(text)) return text + suffix;
  std::string joined;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n') {
      joined += text[at];
      continue;
    }
    size_t next = at + 1;
    while (next < text.size() && text[next] == ' ') ++next;
    if (next >= text.size() || text[next] != '.') return text + suffix;
    at = next - 1;
  }
  const bool has_comment = joined.find("//") != std::string::npos;
  if (!has_comment && joined.size() + suffix.size() <= ChainWidth) return joined + suffix;
  return suffix.empty() ? text : text + "\n    " + suffix;
}

void ChainLoop::comments_of(Node call, Code& code) const {
  for (const Node& comment : comments_before(call)) code.line(piece(tree_, comment.span()));
}

std::optional<std::vector<base::Edit>> ChainLoop::write() {
  if (has_unknown_source_) return std::nullopt;
  sink_ = first_;
  while (sink_ < chain_.calls.size() && is_stage(chain_.calls[sink_])) ++sink_;
  if (sink_ < chain_.calls.size() && !is_sink(chain_.calls[sink_])) return std::nullopt;
  if (!enter_sink()) return std::nullopt;
  if (awaited_ && !binds_item(chain_.calls.front())) named_if_empty();
  for (size_t index = first_; index < sink_; ++index) {
    current_ = index;
    comments_of(chain_.calls[index].call, body_);
    if (!stage(index)) return std::nullopt;
  }
  current_ = sink_;
  if (sink_ < chain_.calls.size()) comments_of(chain_.calls[sink_].call, body_);
  if (!sink()) return std::nullopt;
  if (pattern_.empty()) return std::nullopt;
  if (taker_.is("for_expression")) return into_for_body();
  for (; open_ > 0; --open_) body_.close();

  Code all;
  const std::string source = source_line();
  if (!source.empty())
    all.line(source);
  else if (is_implied(chain_.receiver(first_), !is_pull_))
    comments_of(chain_.receiver(first_), all);
  all.append(head_);
  Code first;
  const std::string head = loop_head(first);
  if (is_several_lines(head) || head.size() + 2 > LineWidth) {
    all.line(head);
    all.open("{");
  } else {
    all.open(head + " {");
  }
  all.append(first);
  all.append(body_);
  all.close();
  return place(std::move(all));
}

std::string ChainLoop::source_line() const {
  if (awaited_) return awaited_->declaration;
  if (kept_source_.empty()) return {};
  return (is_pull_ ? "let mut " : "let ") + kept_source_ + " = " + source_text(false) + ";";
}

std::string ChainLoop::loop_head(Code& first) const {
  const std::string label = needs_label_ ? "'items: " : "";
  const std::string source = kept_source_.empty() ? source_text(!is_pull_) : kept_source_;
  const std::string next = awaited_ ? awaited_->next() : source + ".next()";
  if (is_pull_) {
    first.open("let Some(" + pattern_ + ") = " + next + " else {");
    first.line("break;");
    first.close("};");
    return "while " + pull_condition_;
  }
  return awaited_ ? label + "while let Some(" + pattern_ + ") = " + next
                  : label + "for " + pattern_ + " in " + source;
}

bool is_loop_method(Node call) {
  const Chain chain = chain_from(chain_receiver(call));
  return !chain.calls.empty() && (is_stage(chain.calls.front()) || is_sink(chain.calls.front()));
}

std::vector<std::vector<base::Edit>> chain_to_loop(const ChainRequest& request) {
  std::vector<std::vector<base::Edit>> result;
  const Chain chain = request.source ? chain_from(request.source) : chain_around(request.first);
  size_t first = 0;
  const auto has_it = [&](const ChainCall& call) {
    return std::find(call.arguments.begin(), call.arguments.end(), request.first) !=
           call.arguments.end();
  };
  while (!request.source && first < chain.calls.size() && !has_it(chain.calls[first])) ++first;
  if (first == chain.calls.size() || syntax::is_in_macro(request.first) ||
      syntax::is_in_macro(request.source) || chain.calls.back().call.has_error())
    return result;
  ChainChoices choices;
  for (size_t container = 0; container < choices.containers; ++container) {
    for (size_t flatten = 0; flatten < choices.flattens; ++flatten) {
      ChainLoop loop(request, chain, first, {container, flatten});
      auto edits = loop.write();
      if (!edits) continue;
      choices = loop.choices();
      if (std::find(result.begin(), result.end(), *edits) == result.end())
        result.push_back(std::move(*edits));
    }
  }
  return result;
}

}  // namespace jaa::rewrite
