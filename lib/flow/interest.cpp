#include "flow/interest.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "flow/future_text.h"
#include "flow/missing_import.h"

namespace jaa::flow {
namespace {

using std::string_view_literals::operator""sv;

// Sorted. What each says is in rustc's error index.
constexpr std::array BorrowCodes{"E0309"sv, "E0310"sv, "E0311"sv, "E0373"sv, "E0382"sv, "E0499"sv,
                                 "E0502"sv, "E0505"sv, "E0506"sv, "E0507"sv, "E0515"sv, "E0521"sv,
                                 "E0594"sv, "E0596"sv, "E0597"sv, "E0621"sv, "E0700"sv, "E0716"sv};
constexpr std::array OtherCodes{
    "E0038"sv, "E0053"sv, "E0106"sv, "E0195"sv, "E0271"sv,          "E0277"sv, "E0282"sv, "E0283"sv,
    "E0308"sv, "E0368"sv, "E0369"sv, "E0525"sv, "E0560"sv,          "E0562"sv, "E0593"sv, "E0599"sv,
    "E0600"sv, "E0604"sv, "E0605"sv, "E0606"sv, "E0608"sv,          "E0609"sv, "E0614"sv, "E0618"sv,
    "E0631"sv, "E0728"sv, "E0746"sv, "E0752"sv, "unused_must_use"sv};

template <size_t Size>
bool is_in(const std::array<std::string_view, Size>& codes, std::string_view code) {
  return std::binary_search(codes.begin(), codes.end(), code);
}

}  // namespace

bool is_lost_future(const rustc::Diagnostic& diagnostic) {
  const std::vector<std::string> quoted = rustc::quoted_parts(diagnostic.message);
  return diagnostic.level == rustc::Level::Warning && diagnostic.code == "unused_must_use" &&
         std::any_of(quoted.begin(), quoted.end(), names_future_trait);
}

bool may_concern_async(const rustc::Diagnostic& diagnostic) {
  if (is_lost_future(diagnostic) || !missing_import(diagnostic).path.empty()) {
    return true;
  }
  return diagnostic.is_error() && !diagnostic.is_summary() && !diagnostic.spans.empty() &&
         (diagnostic.code.empty() || is_in(BorrowCodes, diagnostic.code) ||
          is_in(OtherCodes, diagnostic.code));
}

bool has_typed_body(const rustc::Diagnostic& diagnostic) {
  return diagnostic.is_error() && is_in(BorrowCodes, diagnostic.code);
}

}  // namespace jaa::flow
