// What is known of futures: hovers, and hints.
#include <algorithm>

#include "plugin/lsp/protocol.h"
#include "plugin/lsp/server.h"
#include "syntax/queries.h"

namespace jaa::lsp {

namespace json = llvm::json;

const FactsResult* Server::known_facts(const Document& document) {
  const auto known = facts_.find(document.path());
  return known != facts_.end() && known->second.text == document.saved_text()
             ? &known->second.result
             : nullptr;
}

void Server::ask_facts(const std::string& root, const Document& document, const json::Value& id,
                       Again again) {
  const auto running = std::find_if(facts_jobs_.begin(), facts_jobs_.end(), [&](const auto& one) {
    return one.second.path == document.path() && one.second.text == document.saved_text();
  });
  JobId job = 0;
  if (running != facts_jobs_.end()) {
    job = running->first;
  } else {
    job = ++last_job_;
    facts_jobs_[job] = {document.path(), document.saved_text()};
    host_.start_facts(job, {root, settings_, document.path()});
  }
  wait_for(job, id, std::move(again));
}

void Server::facts_ended(JobId job, FactsResult result) {
  const auto asked = facts_jobs_.find(job);
  if (asked == facts_jobs_.end()) {
    return;
  }
  const std::string path = asked->second.path;
  // A file that was saved meanwhile is asked about again.
  facts_[path] = {std::move(asked->second.text), std::move(result)};
  facts_jobs_.erase(asked);
  job_ended(job);
  if (const auto known = facts_.find(path);
      known != facts_.end() && !known->second.result.problem.empty()) {
    facts_.erase(known);
  }
}

namespace {

// What a hover can be about: the keyword of an await, or what begins a future.
struct HoverTarget {
  TextRange await;   // empty: none
  TextRange future;  // a function's name, or the first token of a block or closure
};

std::optional<HoverTarget> hover_target(const Document& document, uint32_t offset) {
  using syntax::Node;
  const syntax::Tree& tree = document.tree();
  const std::string_view text = document.text();
  // The whole word, whichever end of it the pointer is at.
  const auto is_word = [&text](uint32_t at) {
    return at < text.size() &&
           ((std::isalnum(static_cast<unsigned char>(text[at])) != 0) || text[at] == '_');
  };
  uint32_t begin = offset;
  while (begin > 0 && is_word(begin - 1)) {
    --begin;
  }
  uint32_t end = offset;
  while (is_word(end)) {
    ++end;
  }
  if (begin == end) {
    return std::nullopt;
  }
  const std::string_view word = text.substr(begin, end - begin);
  const Node node = tree.smallest_node({tree.file(), begin, end});
  if (word == "await" && node.is("await_expression")) {
    return HoverTarget{{begin, end}, {}};
  }
  const Node function = syntax::enclosing(node, {"function_item"});
  const Node name = function.field("name");
  const bool is_head = name && (name.begin() == begin || (word == "async" && begin < name.begin()));
  if (is_head && syntax::is_async_function(function)) {
    return HoverTarget{{}, {name.begin(), name.end()}};
  }
  const Node block = syntax::enclosing(node, {"async_block", "closure_expression"});
  if (word == "async" && block && block.begin() == begin && syntax::is_async_function(block)) {
    return HoverTarget{{}, {begin, end}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Server::Reply> Server::hover(const json::Value& params, const json::Value& id) {
  ResponseError error;
  Document* const document = document_at(params, error);
  if (document == nullptr) {
    return error;
  }
  const auto position = position_at(params, {"position"});
  const auto offset = position ? document->offset(*position, client_.encoding) : std::nullopt;
  if (!offset) {
    return ResponseError{ErrorCode::InvalidParams, "no such position in " + document->uri()};
  }
  const Reply nothing(json::Value(nullptr));
  const auto target = hover_target(*document, *offset);
  const auto root = target ? project_of(document->path()) : std::nullopt;
  if (!root) {
    return nothing;
  }
  const FactsResult* const facts = known_facts(*document);
  if (facts == nullptr) {
    ask_facts(*root, *document, id, [this, params, id] { return hover(params, id); });
    return std::nullopt;
  }
  const bool is_await = target->await.begin != target->await.end;
  const auto saved = document->to_saved(is_await ? target->await : target->future);
  if (!saved) {
    return nothing;  // edited since
  }
  for (const FutureFacts& future : facts->futures) {
    const FutureFacts::Await* found = nullptr;
    for (const FutureFacts::Await& await : future.awaits) {
      if (is_await && await.begin <= saved->begin && saved->end <= await.end) {
        found = &await;
      }
    }
    if (found == nullptr && (is_await || future.begin != saved->begin)) {
      continue;
    }
    const std::string text = hover_text(future, found);
    return Reply(json::Value(json::Object{
        {"contents", json::Object{{"kind", client_.markdown_hover ? "markdown" : "plaintext"},
                                  {"value", json::fixUTF8(text)}}},
        {"range", to_json({document->position(is_await ? target->await.begin : target->future.begin,
                                              client_.encoding),
                           document->position(is_await ? target->await.end : target->future.end,
                                              client_.encoding)})}}));
  }
  return nothing;
}

std::optional<Server::Reply> Server::inlay_hints(const json::Value& params, const json::Value& id) {
  ResponseError error;
  Document* const document = document_at(params, error);
  if (document == nullptr) {
    return error;
  }
  const auto range = range_at(params, {"range"});
  const auto begin = range ? document->offset(range->start, client_.encoding) : std::nullopt;
  const auto end = range ? document->offset(range->end, client_.encoding)
                               .value_or(static_cast<uint32_t>(document->text().size()))
                         : 0;
  if (!begin) {
    return ResponseError{ErrorCode::InvalidParams, "no such range in " + document->uri()};
  }
  const auto root = project_of(document->path());
  const bool has_awaits = document->text().find("await") != std::string_view::npos;
  if (!settings_.inlay_hints || !root || !has_awaits) {
    return Reply(json::Value(json::Array()));
  }
  const FactsResult* const facts = known_facts(*document);
  if (facts == nullptr) {
    ask_facts(*root, *document, id, [this, params, id] { return inlay_hints(params, id); });
    return std::nullopt;
  }
  json::Array hints;
  for (const FutureFacts& future : facts->futures) {
    for (const FutureFacts::Await& await : future.awaits) {
      const auto place = document->to_present({await.begin, await.end});
      const std::string text = hint_text(await);
      if (place && !text.empty() && *begin <= place->end && place->begin <= end) {
        hints.push_back(
            json::Object{{"position", to_json(document->position(place->end, client_.encoding))},
                         {"label", json::fixUTF8(text)},
                         {"paddingLeft", true}});
      }
    }
  }
  return Reply(json::Value(std::move(hints)));
}

}  // namespace jaa::lsp
