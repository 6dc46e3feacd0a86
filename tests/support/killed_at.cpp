#include "tests/support/killed_at.h"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <exception>

namespace eakte::testing {
namespace {

constexpr int died_of_itself = 70;

[[noreturn]] void work_as_child(const std::function<void()>& work) {
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  raise(SIGSTOP);
  try {
    work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "the work failed: %s\n", error.what());
    _exit(died_of_itself);
  }
  _exit(0);
}

bool is_durable(std::uint64_t call) {
  constexpr auto durable = std::to_array<std::uint64_t>({SYS_fsync, SYS_fdatasync, SYS_renameat,
                                                         SYS_renameat2, SYS_linkat, SYS_unlinkat,
#ifdef SYS_rename
                                                         SYS_rename, SYS_link, SYS_unlink
#endif
  });
  return std::ranges::find(durable, call) != durable.end();
}

bool enters_durable_call(pid_t thread) {
  __ptrace_syscall_info info{};
  const long size =
      ptrace(static_cast<__ptrace_request>(PTRACE_GET_SYSCALL_INFO), thread, sizeof info, &info);
  return size > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY && is_durable(info.entry.nr);
}

/// Threads of the killed process are reported one by one, itself last.
void reap() {
  int status = 0;
  while (waitpid(-1, &status, __WALL) > 0) continue;
}

}  // namespace

Killed killed_at(int place, const std::function<void()>& work) {
  const pid_t child = fork();
  if (child < 0) return Killed::failed;
  if (child == 0) work_as_child(work);
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return Killed::failed;
  ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
  constexpr int system_call = SIGTRAP | 0x80;
  for (int reached = 0;;) {
    const pid_t thread = waitpid(-1, &status, __WALL);
    if (thread < 0) return Killed::failed;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (thread != child) continue;
      return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? Killed::no : Killed::failed;
    }
    const int signal = WSTOPSIG(status);
    if (signal == system_call && enters_durable_call(thread) && ++reached == place) {
      kill(child, SIGKILL);
      reap();
      return Killed::yes;
    }
    // New threads begin with a stop of their own; everything else is passed on.
    const bool ours = signal == system_call || signal == SIGTRAP || signal == SIGSTOP;
    ptrace(PTRACE_SYSCALL, thread, nullptr, ours ? 0 : signal);
  }
}

}  // namespace eakte::testing
