// `cargo async fix --interactive`: shows each finding with its accepted fixes, and
// asks. What is asked and read comes from outside, so the dialogue itself is pure.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "plugin/cargo/console.h"
#include "plugin/cargo/fix_choice.h"

namespace jaa::plugin {

// What a fix would do to the files, or why it cannot be applied.
struct FixPreview {
  std::string diff;
  std::string objection;
};

class FixDialogue {
 public:
  // A line without its end; none when there is no more input.
  using ReadLine = std::function<std::optional<std::string>()>;
  using Preview = std::function<FixPreview(const ChosenFix&)>;
  FixDialogue(const Console& console, const FixArguments& arguments, ReadLine read_line,
              Preview preview)
      : console_(console),
        arguments_(arguments),
        read_line_(std::move(read_line)),
        preview_(std::move(preview)) {}

  // The choice of one round. What was declined is not asked about again.
  [[nodiscard]] FixChoice choose(std::vector<ReportedFinding> findings);

 private:
  struct Offer {
    ReportedFix fix;
    std::string diff;
  };
  [[nodiscard]] std::vector<Offer> offers(const ReportedFinding& finding) const;
  void show(const ReportedFinding& finding, const std::vector<Offer>& offers) const;
  // The index of the offer that the user takes.
  [[nodiscard]] std::optional<size_t> ask(const ReportedFinding& finding,
                                          const std::vector<Offer>& offers);

  const Console& console_;
  const FixArguments& arguments_;
  ReadLine read_line_;
  Preview preview_;
  bool has_quit_ = false;
  // Whatever keeps the meaning is taken without asking.
  bool takes_all_ = false;
  // How many findings of one identity were declined: two may be alike.
  std::map<std::string, size_t> declined_;
  std::set<std::string> skipped_codes_;
};

}  // namespace jaa::plugin
