// Marked sources for the tests of this layer: `«g»` is the held value (a binding's
// name or a whole temporary), `‹x.await›` an await it is held over, `¤drop(g)¤` a
// use that moves.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/guard_scope.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct Marked {
  explicit Marked(std::string_view marked) {
    std::string text;
    std::vector<uint32_t> awaits;
    uint32_t value = 0;
    uint32_t move = 0;
    bool is_in_move = false;
    for (size_t at = 0; at < marked.size();) {
      const auto offset = static_cast<uint32_t>(text.size());
      const auto skip = [&](std::string_view mark) {
        if (marked.substr(at, mark.size()) != mark) return false;
        at += mark.size();
        return true;
      };
      if (skip("«")) {
        value = offset;
      } else if (skip("»")) {
        held.value = {base::FileId(0), value, offset};
      } else if (skip("‹")) {
        awaits.push_back(offset);
      } else if (skip("›")) {
        held.awaits.push_back({base::FileId(0), awaits.back(), offset});
        awaits.pop_back();
      } else if (skip("¤")) {
        if (is_in_move) held.uses.push_back({{base::FileId(0), move, offset}, true, false});
        is_in_move = !is_in_move;
        move = offset;
      } else {
        text += marked[at++];
      }
    }
    const std::string value_text = text.substr(held.value.begin, held.value.end - held.value.begin);
    if (value_text.find_first_of(".(") == std::string::npos) held.name = value_text;
    file = files.add("/p/a.rs", "a.rs", text);
  }

  base::SourceFiles files;
  base::FileId file;
  Held held;
};

using Rewrite = std::vector<base::FixIt> (*)(const syntax::Tree&, const Held&);

// The text after each candidate, best first.
inline std::vector<std::string> outcomes(const Rewrite& rewrite, const Marked& marked) {
  const syntax::Tree tree(marked.files, marked.file);
  std::vector<std::string> result;
  for (const base::FixIt& fix : rewrite(tree, marked.held)) {
    const auto text = base::apply_edits(marked.files, marked.file, fix.edits);
    REQUIRE_MESSAGE(text.has_value(), fix.title);
    CHECK(fix.title.find('\n') == std::string::npos);
    result.push_back(*text);
  }
  CHECK(result.size() <= 4);
  return result;
}

// The body of `async fn f` with its lines indented, for short tables.
inline std::string in_function(std::string_view body) {
  std::string result = "async fn f() {\n";
  for (size_t at = 0; at < body.size();) {
    const size_t end = std::min(body.find('\n', at), body.size());
    if (end > at) result.append("    ").append(body.substr(at, end - at));
    result += '\n';
    at = end + 1;
  }
  return result + "}\n";
}

struct Row {
  std::string_view before;
  // The candidate's body; empty: refused.
  std::string_view after;
};

// Checks that candidate `index` of each row is what it says.
inline void check_rows(Rewrite rewrite, const std::vector<Row>& rows, size_t index = 0) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const auto found = outcomes(rewrite, Marked(in_function(row.before)));
    if (row.after.empty()) {
      CHECK(found.empty());
      continue;
    }
    REQUIRE(found.size() > index);
    CHECK(found[index] == in_function(row.after));
  }
}

}  // namespace jaa::rewrite
