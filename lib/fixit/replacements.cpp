#include "fixit/replacements.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "clang/Tooling/Core/Replacement.h"
#include "clang/Tooling/ReplacementsYaml.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace jaa::fixit {
namespace {

clang::tooling::Replacement to_replacement(const base::Edit& edit,
                                           const base::SourceFiles& sources) {
  return {llvm::StringRef(sources.path(edit.span.file)), edit.span.begin,
          edit.span.end - edit.span.begin, edit.text};
}

}  // namespace

llvm::Expected<std::vector<base::Edit>> combine(const std::vector<const base::FixIt*>& fixes,
                                                const base::SourceFiles& sources) {
  std::vector<base::Edit> edits;
  std::map<base::FileId, clang::tooling::Replacements> by_file;
  for (const base::FixIt* fix : fixes) {
    // Insertions of one fix at one place belong together, in their order; Clang
    // would call them a conflict.
    std::vector<base::Edit> own;
    for (const base::Edit& edit : fix->edits) {
      if (edit.span.begin > edit.span.end || edit.span.end > sources.text(edit.span.file).size()) {
        return llvm::createStringError("an edit of `%s` lies outside of %s", fix->name.c_str(),
                                       std::string(sources.path(edit.span.file)).c_str());
      }
      const auto same = std::find_if(own.begin(), own.end(), [&edit](const base::Edit& other) {
        return other.span == edit.span && edit.span.is_empty();
      });
      if (same != own.end()) {
        same->text += edit.text;
      } else {
        own.push_back(edit);
      }
    }
    for (base::Edit& edit : own) {
      if (std::find(edits.begin(), edits.end(), edit) != edits.end()) {
        continue;
      }
      if (llvm::Error conflict = by_file[edit.span.file].add(to_replacement(edit, sources))) {
        return conflict;
      }
      edits.push_back(std::move(edit));
    }
  }
  std::stable_sort(edits.begin(), edits.end(), [&](const base::Edit& a, const base::Edit& b) {
    return std::tuple(sources.path(a.span.file), a.span.begin, a.span.end) <
           std::tuple(sources.path(b.span.file), b.span.begin, b.span.end);
  });
  return edits;
}

Trial make_trial(const std::vector<base::Edit>& edits, const base::SourceFiles& sources) {
  std::map<std::string, base::FileId> files;
  for (const base::Edit& edit : edits) {
    files.emplace(sources.path(edit.span.file), edit.span.file);
  }
  Trial trial;
  std::string all;
  for (const auto& [path, file] : files) {
    std::string text = base::apply_edits(sources, file, edits).value_or(std::string());
    all.append(path).push_back('\0');
    all.append(text).push_back('\0');
    trial.files.push_back({path, std::move(text)});
  }
  const llvm::XXH128_hash_t hash =
      llvm::xxh3_128bits({reinterpret_cast<const uint8_t*>(all.data()), all.size()});
  llvm::raw_string_ostream key(trial.key);
  key << llvm::format_hex_no_prefix(hash.high64, 16) << llvm::format_hex_no_prefix(hash.low64, 16);
  return trial;
}

std::string to_yaml(const std::vector<base::Edit>& edits, const base::SourceFiles& sources) {
  clang::tooling::TranslationUnitReplacements document;
  for (const base::Edit& edit : edits) {
    document.Replacements.push_back(to_replacement(edit, sources));
  }
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::yaml::Output output(stream);
  output << document;
  return text;
}

}  // namespace jaa::fixit
