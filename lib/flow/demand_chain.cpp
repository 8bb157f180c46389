#include "flow/demand_chain.h"

#include <algorithm>
#include <cctype>

#include "llvm/ADT/StringRef.h"

#include "syntax/queries.h"

namespace jaa::flow {
namespace {

// "store::Repo::load::{closure#0}" -> "load".
std::string function_name(llvm::StringRef path) {
  while (path.ends_with("}")) {
    path = path.rsplit("::").first;
  }
  const size_t generics = path.find("::<");
  path = path.substr(0, path.starts_with("<") ? llvm::StringRef::npos : generics);
  return path.rsplit("::").second.empty() ? path.str() : path.rsplit("::").second.str();
}

// A word of `text` is `name`.
bool has_word(llvm::StringRef text, llvm::StringRef name) {
  const auto is_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (size_t at = text.find(name); at != llvm::StringRef::npos; at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    if ((at == 0 || !is_name(text[at - 1])) && (end == text.size() || !is_name(text[end]))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<base::Span> async_body(const NamedPlace& place, const Facts& facts) {
  const auto span = span_of(place, facts.files());
  if (!span) {
    return std::nullopt;
  }
  const syntax::Node node = facts.tree(span->file).smallest_node(*span);
  if (node.is("block") && node.span() == *span && node.parent().is("function_item")) {
    return span;
  }
  const syntax::Node head = syntax::enclosing(node, {"async_block", "closure_expression"});
  if (head && head.begin() == span->begin) {
    return head.span();
  }
  return std::nullopt;
}

namespace {

// The body that holds the value.
FunctionId function_of(const HeldValue& guard, const FactsInput& input, const CallGraph& graph) {
  for (const UnitBodies& unit : input.units) {
    for (const mir::Body& body : unit.module.bodies) {
      const bool is_there =
          body.text(body.name) == guard.body &&
          std::any_of(body.locals.begin(), body.locals.end(), [&](const mir::Local& local) {
            return unit.sources.span(body, body.span(local.span)) == guard.value;
          });
      if (is_there) {
        return graph.find(body);
      }
    }
  }
  return {};
}

// Where the future that the edge awaits was made.
std::optional<base::Span> origin_of(const CallEdge& edge, const mir::Body& body,
                                    const FactsInput& input) {
  for (const UnitBodies& unit : input.units) {
    if (!unit.module.bodies.empty() && unit.module.tables.get() == body.tables) {
      return unit.sources.span(body, body.span(edge.origin));
    }
  }
  return std::nullopt;
}

// Chains over the awaits of the bodies that were dumped: from a function that the
// demanding place names inwards to the guard's.
std::vector<ChainLink> chain_by_calls(const HeldValue& guard, const Denial& denial,
                                      const FactsInput& input, const Facts& facts) {
  const auto demand = span_of(denial.demand, *input.files);
  const std::string guarded = function_name(guard.body);
  if (!demand || demand->contains(guard.value) || has_word(input.files->text(*demand), guarded)) {
    return {};
  }
  struct Step {
    FunctionId function;
    std::vector<ChainLink> links;
  };
  const CallGraph& graph = facts.calls();
  std::vector<Step> steps{{function_of(guard, input, graph), {}}};
  const auto is_seen = [&steps](FunctionId id) {
    return std::any_of(steps.begin(), steps.end(),
                       [id](const Step& step) { return step.function == id; });
  };
  for (size_t at = 0; at < steps.size(); ++at) {
    for (size_t index = 0; index < graph.body_count(); ++index) {
      const FunctionId caller(index);
      for (const CallEdge& edge : graph[caller].edges) {
        if (edge.kind != CallEdge::Kind::Await || edge.callee != steps[at].function ||
            is_seen(caller)) {
          continue;
        }
        const auto made = origin_of(edge, *graph[caller].body, input);
        if (!made) {
          continue;
        }
        const std::string name = function_name(graph[caller].path);
        Step next{caller, steps[at].links};
        next.links.insert(next.links.begin(), {*made, name});
        if (has_word(input.files->text(*demand), name) || demand->contains(*made)) {
          return next.links;
        }
        steps.push_back(std::move(next));
      }
    }
  }
  return {};
}

// Chains over crates, from the bodies that the error lists.
std::vector<ChainLink> chain_by_bodies(const HeldValue& guard, const Denial& denial,
                                       const Facts& facts) {
  std::vector<ChainLink> links;
  for (auto place = denial.bodies.rbegin(); place != denial.bodies.rend(); ++place) {
    const auto body = async_body(*place, facts);
    if (!body || body->contains(guard.value)) {
      continue;
    }
    const syntax::Node node = facts.tree(body->file).node_at(*body);
    const syntax::Node name = node.is("block") ? node.parent().field("name") : syntax::Node();
    links.push_back({name ? name.span() : *body, std::string(name ? name.text() : "async block")});
  }
  return links;
}

}  // namespace

std::vector<ChainLink> chain_to(const HeldValue& value, const Denial& denial,
                                const FactsInput& input, const Facts& facts) {
  return denial.value ? chain_by_calls(value, denial, input, facts)
                      : chain_by_bodies(value, denial, facts);
}

}  // namespace jaa::flow
