// Where pitfalls put what they find.
//
//   sink.report<diag::guard_across_await>(span, {.guard = "g", .type = "Guard"})
//       .label(await, "still held at this await")
//       .fixes(rewrite::end_scope_before_await(tree, held));
//
// The builder delivers its finding when it leaves its scope, so a finding cannot
// be forgotten, and a label cannot exist without one. Code, message and level
// come from the catalogue's page. The sink has to outlive its builders.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "diag/page_info.h"

namespace jaa::pitfalls {

class Sink;

// A finding in the making. Only a sink makes one.
class FindingBuilder {
 public:
  FindingBuilder(FindingBuilder&& other) noexcept
      : sink_(std::exchange(other.sink_, nullptr)), finding_(std::move(other.finding_)) {}
  FindingBuilder(const FindingBuilder&) = delete;
  FindingBuilder& operator=(const FindingBuilder&) = delete;
  FindingBuilder& operator=(FindingBuilder&&) = delete;
  ~FindingBuilder();

  // What stands at the finding's own place.
  FindingBuilder& label(std::string text) {
    finding_.primary.text = std::move(text);
    return *this;
  }
  // What stands at a related place.
  FindingBuilder& label(base::Span span, std::string text) {
    finding_.secondary.push_back({span, std::move(text)});
    return *this;
  }
  FindingBuilder& note(std::string text) {
    return add({base::Level::Note, std::move(text), std::nullopt});
  }
  FindingBuilder& note(std::string text, base::Span span, std::string label_text) {
    return add({base::Level::Note, std::move(text), base::Label{span, std::move(label_text)}});
  }
  FindingBuilder& help(std::string text) {
    return add({base::Level::Help, std::move(text), std::nullopt});
  }
  FindingBuilder& help(std::string text, base::Span span, std::string label_text) {
    return add({base::Level::Help, std::move(text), base::Label{span, std::move(label_text)}});
  }
  // The first fix is the lead; those after it are alternatives.
  FindingBuilder& fix(base::FixIt fix) {
    finding_.fixits.push_back(std::move(fix));
    return *this;
  }
  FindingBuilder& fixes(std::vector<base::FixIt> fixes) {
    for (base::FixIt& each : fixes) fix(std::move(each));
    return *this;
  }
  // In place of the page's level.
  FindingBuilder& level(base::Level level) {
    finding_.level = level;
    return *this;
  }
  FindingBuilder& evidence(base::Evidence evidence) {
    finding_.evidence = evidence;
    return *this;
  }
  FindingBuilder& needs_proof() {
    finding_.needs_proof = true;
    return *this;
  }
  // The finding is the cause of the unit's diagnostic number `diagnostic`.
  FindingBuilder& explains(uint32_t diagnostic) {
    finding_.explains.push_back(diagnostic);
    return *this;
  }

 private:
  friend class Sink;
  FindingBuilder(Sink& sink, base::Finding finding) : sink_(&sink), finding_(std::move(finding)) {}

  FindingBuilder& add(base::Note note) {
    finding_.notes.push_back(std::move(note));
    return *this;
  }

  Sink* sink_;  // null once moved from
  base::Finding finding_;
};

// Collects findings in the order of their delivery.
class Sink {
 public:
  // Starts a finding of the page `Page` at `span`.
  template <diag::Page Page>
  FindingBuilder report(base::Span span, const Page& page) {
    base::Finding finding;
    finding.code = Page::name;
    finding.level = diag::finding_level(Page::level);
    finding.message = page.message();
    finding.primary.span = span;
    return FindingBuilder(*this, std::move(finding));
  }

  [[nodiscard]] const std::vector<base::Finding>& findings() const { return findings_; }
  // Hands over what was collected and starts afresh.
  [[nodiscard]] std::vector<base::Finding> take() { return std::exchange(findings_, {}); }

 private:
  friend class FindingBuilder;

  std::vector<base::Finding> findings_;
};

inline FindingBuilder::~FindingBuilder() {
  if (sink_ != nullptr) sink_->findings_.push_back(std::move(finding_));
}

}  // namespace jaa::pitfalls
