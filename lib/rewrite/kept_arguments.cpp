#include "rewrite/kept_arguments.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool is_owned_self(Node parameter) {
  return (parameter.is("self_parameter") && !parameter.has_child("&")) ||
         (parameter.field("pattern").text() == "self" &&
          !parameter.field("type").is("reference_type"));
}

// What an `async fn` has of an argument that has something to do when it is dropped.
enum class Mention : uint8_t { None, Part, Whole };

// A block takes in what it names: of `other.0` only the field.
Mention mention_of(Node body, std::string_view name) {
  Mention result = Mention::None;
  for (const Node& token : syntax::mentions(body, name)) {
    const Node access = token.parent();
    bool is_part =
        access.is("field_expression") && access.field("value") == token &&
        !(access.parent().is("call_expression") && access.parent().field("function") == access);
    // In a macro's arguments a call is told by its parenthesis.
    if (access.is("token_tree") && token.next().is("."))
      is_part = !token.next().next().next().is("token_tree");
    if (!is_part) return Mention::Whole;
    result = Mention::Part;
  }
  return result;
}

struct Argument {
  Node pattern;
  std::string name;  // `_`, or empty where a pattern takes it apart
  Mention mention = Mention::None;
  bool is_mut = false;
};

std::vector<Argument> noisy_arguments(Node method, const std::set<std::string>& quiet) {
  std::vector<Argument> result;
  const Node body = method.field("body");
  if (!body) return result;
  for (const Node& parameter : method.field("parameters").named_children()) {
    const Node pattern = parameter.field("pattern");
    if (is_owned_self(parameter) && mention_of(body, "self") == Mention::None)
      result.push_back({pattern, "self", Mention::None, false});
    if (!parameter.is("parameter") || pattern.text() == "self" ||
        is_quiet(parameter.field("type"), quiet))
      continue;
    const std::vector<syntax::Binding> bound = syntax::bindings(pattern);
    if (pattern.is("_") || bound.size() != 1 || bound.front().name != pattern) {
      const bool is_whole =
          !bound.empty() &&
          std::all_of(bound.begin(), bound.end(), [&](const syntax::Binding& one) {
            return mention_of(body, one.name.text()) == Mention::Whole;
          });
      result.push_back(
          {pattern, pattern.is("_") ? "_" : "", is_whole ? Mention::Whole : Mention::None, false});
      continue;
    }
    result.push_back({pattern, std::string(pattern.text()), mention_of(body, pattern.text()),
                      parameter.has_child("mutable_specifier")});
  }
  return result;
}

// An `async fn` drops its arguments after all else, the last first. One that the block
// takes in as a whole is dropped at the same time.
bool needs_bindings(const std::vector<Argument>& arguments) {
  return arguments.size() > 1 ||
         (arguments.size() == 1 && arguments.front().mention != Mention::Whole);
}

}  // namespace

bool is_quiet(Node type, const std::set<std::string>& quiet) {
  if (type.is_any({"reference_type", "primitive_type", "unit_type", "pointer_type"})) return true;
  if (type.is("tuple_type")) {
    const std::vector<Node> parts = type.named_children();
    return std::all_of(parts.begin(), parts.end(),
                       [&quiet](const Node& part) { return is_quiet(part, quiet); });
  }
  if (type.is("array_type")) return is_quiet(type.field("element"), quiet);
  static const std::set<std::string_view> plain{"String",  "PathBuf", "OsString",   "Duration",
                                                "Instant", "IpAddr",  "SystemTime", "SocketAddr"};
  static const std::set<std::string_view> wrapping{
      "Vec", "Option", "Box", "VecDeque", "HashMap", "HashSet", "BTreeMap", "BTreeSet", "Range"};
  const std::string_view name = syntax::last_name(type);
  if (plain.contains(name) || quiet.contains(std::string(name))) return true;
  if (!wrapping.contains(name) || !type.is("generic_type")) return false;
  const std::vector<Node> arguments = type.field("type_arguments").named_children();
  return std::all_of(arguments.begin(), arguments.end(),
                     [&quiet](const Node& one) { return is_quiet(one, quiet); });
}

bool drops_early(Node method, const std::set<std::string>& quiet) {
  const Node body = method.field("body");
  if (!body) return false;
  for (const Node& one : method.field("parameters").named_children()) {
    const bool is_self = is_owned_self(one);
    // Nothing can be bound in place of it.
    if (is_self && one.is("self_parameter") && mention_of(body, "self") == Mention::Part)
      return true;
  }
  const std::vector<Argument> arguments = noisy_arguments(method, quiet);
  const bool has_statements = !syntax::statements(body).empty();
  return needs_bindings(arguments) &&
         std::any_of(arguments.begin(), arguments.end(),
                     [&](const Argument& one) { return one.name.empty() || !has_statements; });
}

bool keeps_arguments(Node method, const std::set<std::string>& quiet) {
  return needs_bindings(noisy_arguments(method, quiet));
}

void keep_arguments(Node method, Node first, const std::string& gap,
                    const std::set<std::string>& quiet, EditList& edits) {
  const std::vector<Argument> arguments = noisy_arguments(method, quiet);
  if (!needs_bindings(arguments)) return;
  int count = 0;
  for (const Argument& argument : arguments) {
    std::string name = argument.name;
    if (name.empty()) continue;
    if (name == "_") {
      name = ++count == 1 ? "_argument" : "_argument" + std::to_string(count);
      edits.replace(argument.pattern, name);
    }
    const bool is_unnamed = argument.mention == Mention::None && !name.starts_with("_");
    edits.insert(first.begin(), "let " + std::string(argument.is_mut ? "mut " : "") +
                                    (is_unnamed ? "_" : "") + name + " = " + name + ";" + gap);
  }
}

}  // namespace jaa::rewrite
