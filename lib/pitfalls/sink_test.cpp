// How a finding gets from a builder into the sink.
#include "pitfalls/sink.h"

#include "doctest/doctest.h"

#include <type_traits>

#include "diag/catalogue.h"

namespace jaa::pitfalls {

namespace {

const base::Span Here{base::FileId(0), 4, 9};
const base::Span There{base::FileId(0), 20, 25};

FindingBuilder report(Sink& sink) {
  return sink.report<diag::guard_across_await>(Here, {.guard = "g", .type = "Guard"});
}

base::FixIt fix_named(std::string name) {
  base::FixIt fix;
  fix.name = std::move(name);
  return fix;
}

}  // namespace

TEST_CASE("a finding takes code, level and message from its page") {
  Sink sink;
  report(sink);
  REQUIRE(sink.findings().size() == 1);
  const base::Finding& finding = sink.findings()[0];
  CHECK(finding.code == "guard_across_await");
  CHECK(finding.level == base::Level::Error);
  CHECK(finding.message == "`g` of type `Guard` is held across an await point");
  CHECK(finding.primary.span == Here);
  CHECK(finding.primary.text.empty());
}

TEST_CASE("everything put into the builder is delivered") {
  Sink sink;
  report(sink)
      .label("taken here")
      .label(There, "still held")
      .note("one")
      .note("two", There, "there")
      .help("three")
      .fix(fix_named("lead"))
      .fixes({fix_named("second"), fix_named("third")})
      .level(base::Level::Warning)
      .evidence(base::Evidence::Mir)
      .explains(7);
  std::vector<base::Finding> findings = sink.take();
  CHECK(sink.findings().empty());
  REQUIRE(findings.size() == 1);
  const base::Finding& finding = findings[0];
  CHECK(finding.primary.text == "taken here");
  REQUIRE(finding.secondary.size() == 1);
  CHECK(finding.secondary[0].span == There);
  REQUIRE(finding.notes.size() == 3);
  CHECK_FALSE(finding.notes[0].place.has_value());
  REQUIRE(finding.notes[1].place.has_value());
  CHECK(finding.notes[1].place->text == "there");
  CHECK(finding.notes[2].level == base::Level::Help);
  REQUIRE(finding.fixits.size() == 3);
  CHECK(finding.fixits[0].name == "lead");
  CHECK(finding.fixits[2].name == "third");
  CHECK(finding.level == base::Level::Warning);
  CHECK(finding.evidence == base::Evidence::Mir);
  CHECK(finding.explains == std::vector<uint32_t>{7});
}

TEST_CASE("a finding is delivered once, at the end of the last builder's scope") {
  static_assert(!std::is_copy_constructible_v<FindingBuilder>);
  Sink sink;
  {
    FindingBuilder first = report(sink);
    FindingBuilder second = std::move(first);
    second.note("kept");
    CHECK(sink.findings().empty());
  }
  REQUIRE(sink.findings().size() == 1);
  CHECK(sink.findings()[0].notes.size() == 1);
}

}  // namespace jaa::pitfalls
