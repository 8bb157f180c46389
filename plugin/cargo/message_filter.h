// Passes cargo's JSON messages on, line by line and untouched, but for a second
// copy of one of our own findings: a library that is compiled twice (for itself and
// for its tests) has each finding twice, and cargo drops twins only in its human
// output.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace jaa::plugin {

class MessageFilter {
 public:
  using Sink = std::function<void(std::string_view)>;
  // `sink` gets whole lines with their line ends, each as soon as it is complete.
  explicit MessageFilter(Sink sink) : sink_(std::move(sink)) {}

  void feed(std::string_view piece);
  // Passes on what is left when the stream ended without a line end.
  void finish();

 private:
  void pass(std::string_view line);

  Sink sink_;
  std::string pending_;  // the start of a line whose end has not come yet
  std::unordered_set<std::string> seen_;
};

}  // namespace jaa::plugin
