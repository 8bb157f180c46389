#include "plugin/cargo/completion.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace jaa::plugin {

namespace {

// What the errors of such a change are found to be, one by one.
constexpr std::array<std::string_view, 2> Pitfalls{"missing_await", "await_outside_async"};

// One edit from the first byte that differs to the last.
ReportedEdit difference(const std::string& path, const std::string& before,
                        const std::string& after) {
  const auto begins = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto ends =
      std::mismatch(before.rbegin(), std::string::const_reverse_iterator(begins.first),
                    after.rbegin(), std::string::const_reverse_iterator(begins.second));
  const auto begin = static_cast<uint32_t>(begins.first - before.begin());
  const auto end = static_cast<uint32_t>(ends.first.base() - before.begin());
  return {path, begin, end, before.substr(begin, end - begin),
          std::string(begins.second, ends.second.base())};
}

}  // namespace

bool may_complete(const FixArguments& arguments) {
  const auto is_named = [](std::string_view name) {
    return std::find(Pitfalls.begin(), Pitfalls.end(), name) != Pitfalls.end();
  };
  const bool is_left_out = !arguments.only.empty() &&
                           std::none_of(arguments.only.begin(), arguments.only.end(), is_named);
  const bool is_chosen =
      std::any_of(arguments.picks.begin(), arguments.picks.end(),
                  [&is_named](const auto& pick) { return is_named(pick.first); });
  return !is_left_out && !is_chosen;
}

FixPlan plan_of(const AsyncChange& change, const AsyncChangeHost& host) {
  FixPlan plan;
  for (const fixit::EditedFile& file : change.files) {
    for (const session::Source& source : host.sources) {
      if (source.path == file.path) {
        plan.files[file.path] = {
            source.text, file.text, 1, {difference(file.path, source.text, file.text)}};
      }
    }
  }
  plan.fixes = plan.files.empty() ? 0 : 1;
  return plan;
}

}  // namespace jaa::plugin
