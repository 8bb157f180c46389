// Settings, folders, and the checks of the projects in them.
#include <algorithm>

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "plugin/lsp/paths.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/server.h"

namespace jaa::lsp {

namespace json = llvm::json;

void Server::set_settings(const json::Value& section) {
  std::vector<std::string> problems;
  settings_ = read_settings(section, problems);
  for (const std::string& problem : problems) {
    log(problem);
  }
}

void Server::take_settings(const json::Value& section) {
  const ClientSettings before = settings_;
  set_settings(section);
  if (before.check_arguments() != settings_.check_arguments() ||
      before.shows_findings != settings_.shows_findings) {
    for (const auto& [root, project] : projects_) {
      start_check(root);
    }
  }
  if (before.inlay_hints != settings_.inlay_hints && client_.refreshes_hints) {
    ask("workspace/inlayHint/refresh", nullptr, nullptr);
  }
  publish_all();
}

// Checks begin when the settings are known.
void Server::pull_settings() {
  ask("workspace/configuration",
      json::Object{{"items", json::Array{json::Object{{"section", SettingsSection}}}}},
      [this](const json::Value& result) {
        const json::Array* const sections = result.getAsArray();
        const bool is_set =
            sections != nullptr && !sections->empty() && sections->front().getAsObject() != nullptr;
        if (is_set) {
          take_settings(sections->front());
        }
        for (const auto& [root, project] : projects_) {
          if (!project.was_checked) {
            start_check(root);
          }
        }
      });
}

void Server::did_change_configuration(const json::Value& params) {
  const json::Value* const settings = value_at(params, {"settings"});
  // Some clients tell them here and have no answer when they are asked.
  if (const json::Value* const section = settings == nullptr ? nullptr : find_section(*settings)) {
    take_settings(*section);
  } else if (client_.configuration) {
    pull_settings();
  }
}

void Server::did_change_folders(const json::Value& params) {
  if (const json::Array* const removed = array_at(params, {"event", "removed"})) {
    for (const json::Value& folder : *removed) {
      const auto uri = string_at(folder, {"uri"});
      const auto path = uri ? folder_at(*uri) : std::nullopt;
      if (!path) {
        continue;
      }
      std::erase(folders_, *path);
      for (auto at = projects_.begin(); at != projects_.end();) {
        if (is_below(at->first, *path)) {
          stop_check(at->first);
          findings_.forget_project(at->first);
          at = projects_.erase(at);
        } else {
          ++at;
        }
      }
    }
  }
  if (const json::Array* const added = array_at(params, {"event", "added"})) {
    for (const json::Value& folder : *added) {
      const auto uri = string_at(folder, {"uri"});
      const auto path = uri ? folder_at(*uri) : std::nullopt;
      if (path && std::find(folders_.begin(), folders_.end(), *path) == folders_.end()) {
        folders_.push_back(*path);
        if (host_.has_file(*path + "/Cargo.toml")) {
          projects_.try_emplace(*path);
          start_check(*path);
        }
      }
    }
  }
  publish_all();
}

// The outermost `Cargo.toml` within the client's folder that the file is in: a workspace,
// where there is one. Where the folder has none, the nearest around it: some clients take
// the file's own folder for the root.
std::optional<std::string> Server::project_of(const std::string& path) {
  std::string folder;
  for (const std::string& one : folders_) {
    if (is_below(path, one) && one.size() > folder.size()) {
      folder = one;
    }
  }
  std::optional<std::string> found;
  for (llvm::StringRef at = llvm::sys::path::parent_path(path); !at.empty();
       at = llvm::sys::path::parent_path(at)) {
    const bool is_outside = folder.empty() || !is_below(at, folder);
    if (is_outside && found) {
      break;
    }
    if (projects_.contains(at.str()) || host_.has_file((at + "/Cargo.toml").str())) {
      found = at.str();
    }
  }
  return found;
}

void Server::start_check(const std::string& root) {
  stop_check(root);
  // Rust-analyzer runs the check where it shows the findings.
  if (!settings_.shows_findings) {
    return;
  }
  Project& project = projects_[root];
  project.check = ++last_job_;
  project.was_checked = true;
  project.progress = begin_progress("just-async/check/" + std::to_string(project.check),
                                    "cargo async check", llvm::sys::path::filename(root).str());
  host_.start_check(project.check, {root, settings_});
}

void Server::stop_check(const std::string& root) {
  const auto found = projects_.find(root);
  if (found == projects_.end() || found->second.check == 0) {
    return;
  }
  host_.stop(found->second.check);
  found->second.check = 0;
  end_progress(found->second.progress, "stopped");
}

Server::Project* Server::project_of_check(JobId job, std::string& root) {
  for (auto& [folder, project] : projects_) {
    if (project.check == job && job != 0) {
      root = folder;
      return &project;
    }
  }
  return nullptr;
}

void Server::check_found(JobId job, std::vector<plugin::ReportedFinding> findings, bool is_final) {
  std::string root;
  Project* const project = project_of_check(job, root);
  if (project == nullptr) {
    return;
  }
  findings_.add(root, std::move(findings), is_final);
  publish_all();
  if (!is_final && !project->progress.empty()) {
    const std::string text = llvm::formatv("{0} found; trying their fixes", findings_.count(root));
    host_.send(
        notification("$/progress",
                     json::Object{{"token", project->progress},
                                  {"value", json::Object{{"kind", "report"}, {"message", text}}}}));
  }
}

void Server::check_ended(JobId job, CheckResult result) {
  std::string root;
  Project* const project = project_of_check(job, root);
  if (project == nullptr) {
    return;
  }
  project->check = 0;
  const size_t count = result.findings.size();
  if (result.is_complete) {
    findings_.set_all(root, std::move(result.findings));
  } else {
    // What is known from before may be there still.
    findings_.add(root, std::move(result.findings), /*is_final=*/true);
  }
  end_progress(project->progress,
               result.problem.empty()
                   ? llvm::formatv("{0} finding{1}", count, count == 1 ? "" : "s").str()
                   : result.problem);
  if (!result.problem.empty()) {
    log(root + ": " + result.problem);
  }
  // Of a dependency, too, another text may have been compiled.
  std::erase_if(facts_, [&root](const auto& one) { return is_below(one.first, root); });
  publish_all();
  if (client_.refreshes_hints && settings_.inlay_hints) {
    ask("workspace/inlayHint/refresh", nullptr, nullptr);
  }
}

void Server::cancel_progress(const json::Value& params) {
  const auto token = string_at(params, {"token"});
  for (const auto& [root, project] : projects_) {
    if (token && project.progress == *token) {
      stop_check(root);
      return;
    }
  }
  for (const auto& [job, changing] : changes_) {
    if (token && changing.progress == *token) {
      drop_job(job, {ErrorCode::RequestCancelled, "cancelled"});
      return;
    }
  }
}

std::optional<Server::Reply> Server::execute_command(const json::Value& params,
                                                     const json::Value& /*id*/) {
  if (string_at(params, {"command"}) != "just-async.check") {
    return ResponseError{ErrorCode::InvalidParams, "there is no such command here"};
  }
  for (const auto& [root, project] : projects_) {
    start_check(root);
  }
  return Reply(json::Value(nullptr));
}

}  // namespace jaa::lsp
