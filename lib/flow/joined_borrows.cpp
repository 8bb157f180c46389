#include "flow/joined_borrows.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "flow/captures.h"
#include "flow/escape.h"
#include "flow/taken_along.h"
#include "syntax/scopes.h"

namespace jaa::flow {
namespace {

using syntax::Node;

bool is_conflict(const rustc::Diagnostic& error) {
  constexpr std::array<std::string_view, 4> Codes{"E0499", "E0502", "E0506", "E0524"};
  return error.is_error() && std::find(Codes.begin(), Codes.end(), error.code) != Codes.end();
}

void add_once(std::vector<Node>& nodes, Node node) {
  if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
}

// The async blocks at whose heads the error points.
std::vector<Node> blocks_of(const Facts& facts, const rustc::Diagnostic& error) {
  std::vector<Node> result;
  for (const rustc::DiagnosticSpan& span : error.spans) {
    const Node block = future_at(facts, span);
    if (block.is("async_block")) add_once(result, block);
  }
  return result;
}

// The variable that all of them take, and at which the error points within one.
Node common_variable(const Facts& facts, const rustc::Diagnostic& error,
                     const std::vector<Node>& blocks) {
  for (const Capture& capture : captures_of(blocks.front())) {
    const bool is_common =
        std::all_of(blocks.begin() + 1, blocks.end(), [&capture](const Node& block) {
          const std::vector<Capture> others = captures_of(block);
          return std::any_of(others.begin(), others.end(), [&capture](const Capture& other) {
            return other.binding == capture.binding;
          });
        });
    const bool is_meant =
        std::any_of(error.spans.begin(), error.spans.end(), [&](const rustc::DiagnosticSpan& span) {
          const Node place = facts.node_at(span);
          return std::any_of(
              capture.mentions.begin(), capture.mentions.end(), [&place](const Node& mention) {
                return place && (place.contains(mention) || mention.contains(place)) &&
                       !place.is("async_block");
              });
        });
    if (is_common && is_meant && !capture.binding.is("self_parameter")) return capture.binding;
  }
  return {};
}

}  // namespace

std::vector<JoinedBorrow> read_joined_borrows(const Facts& facts) {
  std::vector<JoinedBorrow> result;
  const std::vector<Escape> escapes = read_escapes(facts);
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const bool is_escape =
        std::any_of(escapes.begin(), escapes.end(), [index](const Escape& escape) {
          return std::find(escape.diagnostics.begin(), escape.diagnostics.end(), index) !=
                 escape.diagnostics.end();
        });
    if (!is_conflict(error) || is_escape) continue;
    const std::vector<Node> blocks = blocks_of(facts, error);
    if (blocks.size() < 2) continue;
    const Node binding = common_variable(facts, error, blocks);
    if (!binding) continue;
    auto same = std::find_if(result.begin(), result.end(), [&blocks](const JoinedBorrow& one) {
      return std::any_of(blocks.begin(), blocks.end(), [&one](const Node& block) {
        return std::find(one.futures.begin(), one.futures.end(), block) != one.futures.end();
      });
    });
    if (same == result.end()) {
      result.emplace_back();
      same = result.end() - 1;
    }
    same->diagnostics.push_back(index);
    add_once(same->variables, binding);
    for (const Node& block : blocks) add_once(same->futures, block);
  }
  for (JoinedBorrow& one : result)
    std::sort(one.futures.begin(), one.futures.end(),
              [](const Node& a, const Node& b) { return a.span() < b.span(); });
  return result;
}

}  // namespace jaa::flow
