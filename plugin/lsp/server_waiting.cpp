// Requests that wait for a job, and what the jobs said.
#include <algorithm>

#include "plugin/lsp/protocol.h"
#include "plugin/lsp/server.h"

namespace jaa::lsp {

namespace json = llvm::json;

void Server::cancel(const json::Value& params) {
  const json::Value* const id = value_at(params, {"id"});
  if (id == nullptr) {
    return;
  }
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [id](const Waiting& waiting) { return waiting.id == *id; });
  if (found == waiting_.end()) {
    return;  // answered already
  }
  const JobId job = found->job;
  reply(found->id, ResponseError{ErrorCode::RequestCancelled, "cancelled"});
  waiting_.erase(found);
  // Others may wait for the same.
  const bool is_wanted = std::any_of(waiting_.begin(), waiting_.end(),
                                     [job](const Waiting& other) { return other.job == job; });
  if (!is_wanted) {
    drop_job(job, {});
  }
}

// Ends it; those that wait for it get the error.
void Server::drop_job(JobId job, const ResponseError& error) {
  host_.stop(job);
  analyses_.erase(job);
  facts_jobs_.erase(job);
  tries_.erase(job);
  if (const auto changing = changes_.find(job); changing != changes_.end()) {
    end_progress(changing->second.progress, "stopped");
    changes_.erase(changing);
  }
  std::erase_if(waiting_, [&](const Waiting& waiting) {
    if (waiting.job == job) {
      reply(waiting.id, error);
    }
    return waiting.job == job;
  });
}

void Server::wait_for(JobId job, const json::Value& id, Again again) {
  waiting_.push_back({id, job, versions(), std::move(again)});
}

void Server::job_ended(JobId job) {
  std::vector<Waiting> ready;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    if (at->job == job) {
      ready.push_back(std::move(*at));
      at = waiting_.erase(at);
    } else {
      ++at;
    }
  }
  const auto now = versions();
  for (const Waiting& waiting : ready) {
    if (waiting.versions != now) {
      reply(waiting.id, ResponseError{ErrorCode::ContentModified, "the text was edited meanwhile"});
    } else if (std::optional<Reply> answer = waiting.again()) {
      reply(waiting.id, std::move(*answer));
    }
  }
}

std::map<std::string, int64_t> Server::versions() {
  std::map<std::string, int64_t> result;
  for (const Document* const document : documents_.all()) {
    result[document->uri()] = document->version();
  }
  return result;
}

const AnalysisResult* Server::known_analysis(const std::string& root,
                                             const std::vector<fixit::EditedFile>& files) {
  for (const Analysed& one : analysed_) {
    if (one.request.root == root && one.request.files == files) {
      return &one.result;
    }
  }
  return nullptr;
}

void Server::ask_analysis(const std::string& root, const std::vector<fixit::EditedFile>& files,
                          const json::Value& id, Again again) {
  const auto running = std::find_if(analyses_.begin(), analyses_.end(), [&](const auto& one) {
    return one.second.root == root && one.second.files == files;
  });
  JobId job = 0;
  if (running != analyses_.end()) {
    job = running->first;
  } else {
    job = ++last_job_;
    analyses_[job] = {root, settings_, files};
    host_.start_analysis(job, analyses_[job]);
  }
  wait_for(job, id, std::move(again));
}

// What could not be found out is not remembered: the next time may be luckier.
void Server::analysis_ended(JobId job, AnalysisResult result) {
  const auto request = analyses_.find(job);
  if (request == analyses_.end()) {
    return;
  }
  constexpr size_t MostKept = 4;
  if (analysed_.size() >= MostKept) {
    analysed_.erase(analysed_.begin());
  }
  analysed_.push_back({std::move(request->second), std::move(result)});
  analyses_.erase(request);
  job_ended(job);
  std::erase_if(analysed_, [](const Analysed& one) { return !one.result.problem.empty(); });
}

void Server::try_ended(JobId job, const TryResult& result) {
  const auto asked = tries_.find(job);
  if (asked == tries_.end()) {
    return;
  }
  constexpr size_t MostKept = 32;
  if (tried_.size() >= MostKept) {
    tried_.erase(tried_.begin());
  }
  tried_.push_back({asked->second.root, asked->second.key, result});
  tries_.erase(asked);
  job_ended(job);
  std::erase_if(tried_,
                [](const Tried& one) { return one.result.kind == base::Verdict::Kind::Unknown; });
}

const ChangeResult* Server::known_change(const ChangeRequest& request) {
  const auto known = std::find_if(changed_.begin(), changed_.end(), [&request](const Changed& one) {
    return one.request == request;
  });
  return known == changed_.end() ? nullptr : &known->result;
}

void Server::ask_change(const ChangeRequest& request, const std::string& title,
                        const json::Value& id, Again again) {
  const auto running = std::find_if(changes_.begin(), changes_.end(), [&request](const auto& one) {
    return one.second.request == request;
  });
  JobId job = 0;
  if (running != changes_.end()) {
    job = running->first;
  } else {
    job = ++last_job_;
    changes_[job] = {
        request, title,
        begin_progress("just-async/change/" + std::to_string(job), title, "asking the compiler")};
    host_.start_change(job, request);
  }
  wait_for(job, id, std::move(again));
}

void Server::change_ended(JobId job, ChangeResult result) {
  const auto changing = changes_.find(job);
  if (changing == changes_.end()) {
    return;
  }
  // The tree of what becomes of whom is more than an edit or an error says.
  log(changing->second.title + "\n" + result.plan +
          (result.problem.empty() ? "" : "refused: " + result.problem),
      LogLevel::Info);
  end_progress(changing->second.progress, result.problem.empty() ? "done" : "refused");
  constexpr size_t MostKept = 4;
  if (changed_.size() >= MostKept) {
    changed_.erase(changed_.begin());
  }
  changed_.push_back({std::move(changing->second.request), std::move(result)});
  changes_.erase(changing);
  job_ended(job);
  std::erase_if(changed_, [](const Changed& one) { return !one.result.problem.empty(); });
}

}  // namespace jaa::lsp
