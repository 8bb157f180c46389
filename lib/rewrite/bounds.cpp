#include "rewrite/bounds.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool is_trait_object(Node type) {
  return type.is_any({"dynamic_type", "abstract_type", "bounded_type"});
}

// The bounds as written, in order, lifetimes among them.
std::vector<Node> bounds_of(Node owner) {
  std::vector<Node> result;
  if (is_trait_object(owner)) {
    // `A + B + C` nests to the left.
    std::vector<Node> todo{owner};
    while (!todo.empty()) {
      const Node next = todo.back();
      todo.pop_back();
      if (next.is("bounded_type")) {
        const std::vector<Node> parts = next.named_children();
        todo.insert(todo.end(), parts.rbegin(), parts.rend());
      } else {
        result.push_back(next);
      }
    }
    return result;
  }
  // The grammar makes up an empty one behind a lone `T:`.
  for (const Node& part : owner.field("bounds").parts())
    if (!part.text().empty()) result.push_back(part);
  return result;
}

std::string_view bound_name(Node bound) {
  const Node trait = bound.field("trait");
  return syntax::last_name(trait ? trait : bound);
}

std::string joined(const std::vector<std::string>& traits) {
  std::string text;
  for (const std::string& trait : traits) text += (text.empty() ? "" : " + ") + trait;
  return text;
}

base::Edit insertion(Node at, uint32_t offset, std::string text) {
  return {{at.span().file, offset, offset}, std::move(text)};
}

// `&dyn A + Send` would be read as two bounds of the reference.
bool needs_parentheses(Node type) {
  return is_trait_object(type) && !type.is("bounded_type") &&
         type.parent().is_any({"reference_type", "pointer_type"});
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char one) { return llvm::isAlnum(one) || one == '_'; });
}

// `S::Future` and `<S as Service>::Future` say the same; of a longer type than `S` only
// the second may be written.
std::string plain_projection(std::string_view type) {
  const size_t as = type.find(" as ");
  const size_t end = type.rfind(">::");
  if (!type.starts_with("<") || as == std::string_view::npos || end == std::string_view::npos ||
      end < as || !is_name(type.substr(1, as - 1)))
    return std::string(type);
  return std::string(type.substr(1, as - 1)) + std::string(type.substr(end + 1));
}

Node where_clause_of(Node item) {
  for (const Node& part : item.children())
    if (part.is("where_clause")) return part;
  return {};
}

}  // namespace

bool has_bound(Node owner, std::string_view trait) {
  const std::vector<Node> bounds = bounds_of(owner);
  return std::any_of(bounds.begin(), bounds.end(),
                     [&](const Node& bound) { return bound_name(bound) == trait; });
}

std::vector<base::Edit> add_bounds(Node owner, const std::vector<std::string>& traits) {
  std::vector<std::string> missing;
  for (const std::string& trait : traits)
    if (!has_bound(owner, trait)) missing.push_back(trait);
  if (missing.empty() || !owner || syntax::is_in_macro(owner)) return {};
  const std::vector<Node> bounds = bounds_of(owner);
  const auto lifetime =
      std::find_if(bounds.begin(), bounds.end(), [](Node bound) { return bound.is("lifetime"); });
  // `Send + Sync`, as people write them.
  const auto sync = std::find_if(bounds.begin(), bounds.end(),
                                 [](Node bound) { return bound_name(bound) == "Sync"; });
  if (missing == std::vector<std::string>{"Send"} && sync != bounds.end())
    return {insertion(owner, sync->begin(), "Send + ")};
  if (needs_parentheses(owner))
    return {insertion(owner, owner.begin(), "("),
            insertion(owner, owner.end(), " + " + joined(missing) + ")")};
  if (lifetime != bounds.end())
    return {insertion(owner, lifetime->begin(), joined(missing) + " + ")};
  if (!bounds.empty()) return {insertion(owner, bounds.back().end(), " + " + joined(missing))};
  // No bound yet: behind the name, the parameters of the name, or an empty `T:`.
  const Node empty = owner.field("bounds");
  if (empty) return {insertion(owner, empty.end(), " " + joined(missing))};
  const Node parameters = owner.field("type_parameters");
  const Node name = parameters ? parameters : owner.field("name");
  if (!name) return {};
  const Node colon = name.next() ? name.next() : owner.next();
  if (colon.text() == ":") return {insertion(owner, colon.end(), " " + joined(missing))};
  return {insertion(owner, name.end(), ": " + joined(missing))};
}

std::vector<base::Edit> add_predicate(Node item, const std::string& type,
                                      const std::vector<std::string>& traits) {
  if (!item || syntax::is_in_macro(item)) return {};
  const std::string plain = plain_projection(type);
  const Node clause = where_clause_of(item);
  std::vector<Node> predicates;
  for (const Node& part : clause.named_children())
    if (part.is("where_predicate")) predicates.push_back(part);
  for (const Node& predicate : predicates)
    if (plain_projection(predicate.field("left").text()) == plain)
      return add_bounds(predicate, traits);
  const std::string text = plain + ": " + joined(traits);
  if (predicates.empty()) {
    const Node body = item.field("body");
    const std::vector<Node> parts = item.children();
    if (clause) return {};
    if (body) return {insertion(item, body.begin(), "where " + text + " ")};
    if (!item.is("function_signature_item") || !parts.back().is(";")) return {};
    return {insertion(item, parts.back().begin(), " where " + text)};
  }
  // A line of its own where the others have one.
  const Node last = predicates.back();
  const std::string_view source = last.text().data() == nullptr ? std::string_view() : last.text();
  const bool is_closed = last.next().is(",");
  const uint32_t end = is_closed ? last.next().end() : last.end();
  std::string added = is_closed ? "" : ",";
  const uint32_t gap = predicates.size() > 1
                           ? predicates.back().begin() - predicates[predicates.size() - 2].end()
                           : predicates.front().begin() - clause.begin();
  // The white space before the last predicate, taken over from the source.
  const Node before =
      predicates.size() > 1 ? predicates[predicates.size() - 2] : clause.children().front();
  std::string space;
  const char* const stop = source.data();
  for (const char* at = before.text().data() + before.text().size(); at < stop; ++at)
    if (*at != ',') space.push_back(*at);
  if (gap == 0 || space.empty() || space.find_first_not_of(" \t\r\n") != std::string::npos)
    space = " ";
  added += space + text + (is_closed ? "," : "");
  return {insertion(item, end, std::move(added))};
}

}  // namespace jaa::rewrite
