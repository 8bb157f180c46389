// Ends a process group when we die, whatever we die of.
//
// A child can ask the kernel for a signal when its parent dies, but what the child has
// started (cargo's compilers) does not get it, and cargo passes nothing on. So a process of
// our own waits beside us, in a session of its own, for the end of a pipe that only we hold.
#pragma once

#include <sys/types.h>

namespace jaa::plugin {

class GroupGuard {
 public:
  // `group` is a process group whose leader we have not waited for. Without a pipe or a
  // process to be had there is no guard.
  explicit GroupGuard(pid_t group);
  GroupGuard(const GroupGuard&) = delete;
  GroupGuard& operator=(const GroupGuard&) = delete;
  // The group may live on.
  ~GroupGuard();

 private:
  pid_t guard_ = -1;
  int ours_ = -1;
};

}  // namespace jaa::plugin
