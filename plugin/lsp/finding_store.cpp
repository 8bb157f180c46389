#include "plugin/lsp/finding_store.h"

#include <algorithm>
#include <set>

namespace jaa::lsp {

using plugin::ReportedEdit;
using plugin::ReportedFinding;
using plugin::ReportedFix;
using plugin::ReportedPlace;

namespace {

bool is_same(const ReportedFinding& a, const ReportedFinding& b) {
  return a.code == b.code && a.path == b.path && a.begin == b.begin && a.end == b.end;
}

}  // namespace

Document& Documents::open(std::string uri, std::string path, int64_t version, std::string text) {
  auto document = std::make_unique<Document>(uri, std::move(path), version, std::move(text));
  return *(by_uri_[std::move(uri)] = std::move(document));
}

void Documents::close(const std::string& uri) {
  by_uri_.erase(uri);
}

Document* Documents::find_uri(const std::string& uri) {
  const auto found = by_uri_.find(uri);
  return found == by_uri_.end() ? nullptr : found->second.get();
}

Document* Documents::find_path(const std::string& path) {
  if (path.empty()) {
    return nullptr;  // an unnamed document is no file's
  }
  for (const auto& [uri, document] : by_uri_) {
    if (document->path() == path) {
      return document.get();
    }
  }
  return nullptr;
}

std::vector<Document*> Documents::all() {
  std::vector<Document*> result;
  for (const auto& [uri, document] : by_uri_) {
    result.push_back(document.get());
  }
  return result;
}

KnownFinding* FindingStore::same(const std::string& project, const ReportedFinding& finding) {
  const auto found =
      std::find_if(findings_.begin(), findings_.end(), [&](const KnownFinding& known) {
        return known.project == project && is_same(known.report, finding);
      });
  return found == findings_.end() ? nullptr : &*found;
}

void FindingStore::add(const std::string& project, std::vector<ReportedFinding> findings,
                       bool is_final) {
  for (ReportedFinding& finding : findings) {
    if (KnownFinding* const known = same(project, finding)) {
      if (is_final || !known->is_final || known->is_outdated) {
        known->report = std::move(finding);
        known->is_final = is_final;
        known->is_outdated = false;
      }
      continue;
    }
    findings_.push_back({++last_id_, project, std::move(finding), is_final, false});
  }
}

void FindingStore::set_all(const std::string& project, std::vector<ReportedFinding> findings) {
  std::erase_if(findings_, [&](const KnownFinding& known) {
    return known.project == project &&
           std::none_of(findings.begin(), findings.end(), [&](const ReportedFinding& finding) {
             return is_same(known.report, finding);
           });
  });
  add(project, std::move(findings), /*is_final=*/true);
}

void FindingStore::forget_file(const std::string& path) {
  std::erase_if(findings_,
                [&path](const KnownFinding& known) { return known.report.path == path; });
}

void FindingStore::forget_project(const std::string& project) {
  std::erase_if(findings_,
                [&project](const KnownFinding& known) { return known.project == project; });
}

void FindingStore::rebase(const Document& document) {
  const auto move = [&document](const std::string& path, uint32_t& begin, uint32_t& end) {
    if (path != document.path()) {
      return true;
    }
    const auto now = document.to_present({begin, end});
    if (now) {
      begin = now->begin;
      end = now->end;
    }
    return now.has_value();
  };
  std::erase_if(findings_, [&](KnownFinding& known) {
    ReportedFinding& report = known.report;
    bool stands = move(report.path, report.begin, report.end);
    for (ReportedPlace& label : report.labels) {
      stands = stands && move(label.path, label.begin, label.end);
    }
    std::erase_if(report.notes, [&](ReportedPlace& note) {
      return !note.path.empty() && !move(note.path, note.begin, note.end);
    });
    std::erase_if(report.fixes, [&](ReportedFix& fix) {
      return !std::all_of(fix.edits.begin(), fix.edits.end(), [&](ReportedEdit& edit) {
        return move(edit.path, edit.begin, edit.end);
      });
    });
    known.is_outdated = true;
    return !stands;
  });
}

std::optional<TextRange> FindingStore::present(const std::string& path, TextRange saved) const {
  const Document* const document = documents_.find_path(path);
  return document == nullptr ? saved : document->to_present(saved);
}

std::optional<PresentFinding> FindingStore::present(const KnownFinding& known) const {
  const ReportedFinding& report = known.report;
  const auto primary = present(report.path, {report.begin, report.end});
  if (!primary) {
    return std::nullopt;
  }
  PresentFinding result{&known, *primary, {}, {}};
  for (const ReportedPlace& label : report.labels) {
    const auto place = present(label.path, {label.begin, label.end});
    if (!place) {
      return std::nullopt;
    }
    result.labels.push_back({label.path, place->begin, place->end, label.text});
  }
  for (const ReportedPlace& note : report.notes) {
    const auto place = note.path.empty() ? TextRange() : present(note.path, {note.begin, note.end});
    if (place) {
      result.notes.push_back({note.path, place->begin, place->end, note.text});
    }
  }
  return result;
}

const KnownFinding* FindingStore::find(FindingId id) const {
  for (const KnownFinding& known : findings_) {
    if (known.id == id) {
      return &known;
    }
  }
  return nullptr;
}

std::vector<PresentFinding> FindingStore::in_file(const std::string& path) const {
  std::vector<PresentFinding> result;
  for (const KnownFinding& known : findings_) {
    if (known.report.path == path) {
      if (auto finding = present(known)) {
        result.push_back(std::move(*finding));
      }
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const PresentFinding& a, const PresentFinding& b) {
                     return a.primary.begin < b.primary.begin;
                   });
  return result;
}

std::vector<std::string> FindingStore::files() const {
  std::set<std::string> paths;
  for (const KnownFinding& known : findings_) {
    paths.insert(known.report.path);
  }
  return {paths.begin(), paths.end()};
}

size_t FindingStore::count(const std::string& project) const {
  return static_cast<size_t>(
      std::count_if(findings_.begin(), findings_.end(),
                    [&project](const KnownFinding& known) { return known.project == project; }));
}

bool FindingStore::explains_errors(const std::string& project) const {
  return std::any_of(findings_.begin(), findings_.end(), [&project](const KnownFinding& known) {
    return known.project == project && known.report.explains > 0;
  });
}

std::optional<std::vector<ReportedEdit>> FindingStore::present_edits(const ReportedFix& fix) const {
  std::vector<ReportedEdit> result;
  for (const ReportedEdit& edit : fix.edits) {
    const auto range = present(edit.path, {edit.begin, edit.end});
    if (!range) {
      return std::nullopt;
    }
    result.push_back({edit.path, range->begin, range->end, edit.old_text, edit.text});
  }
  return result;
}

}  // namespace jaa::lsp
